//! The phrase by which two people make sure that they talk about the same device.

use sha2::{Digest, Sha256};

use crate::enroll::EnrollRequest;

/// What the hash is for, so that it is never mistaken for another one.
const PURPOSE: &[u8] = b"buurtboek second look 1";

impl EnrollRequest {
    /// Six digits that stand for this invitation and this device, such as `482 913`.
    ///
    /// The device works them out itself and shows them; the manager sees what the server worked out. Who took the
    /// invitation to another device shows other digits. They are the first eight bytes, big endian, modulo a million,
    /// of SHA-256 over a purpose and each field with its length before it.
    #[must_use]
    pub fn phrase(&self) -> String {
        let device = self.device.to_string();
        let fields = [
            self.secret.as_str(),
            &device,
            self.name.as_deref().unwrap_or_default(),
            &self.platform,
            &self.app,
            &self.device_name,
        ];
        let mut hash = Sha256::new();
        hash.update(PURPOSE);
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        let hash: [u8; 32] = hash.finalize().into();
        let number = crate::digest::head_part(&hash) % 1_000_000;
        format!("{:03} {:03}", number / 1_000, number % 1_000)
    }
}

#[cfg(test)]
mod tests {
    use crate::DeviceId;

    use super::*;

    fn request() -> EnrollRequest {
        EnrollRequest {
            secret: "q2_8cB1xkD-0Zr4tYw6mPjL9sVnH3fGaEuQiToRbXyC".into(),
            device: DeviceId([1, 2, 3, 4, 5, 6, 7, 8]),
            name: Some("Noor de Vries".into()),
            platform: "android".into(),
            app: "0.1.0".into(),
            device_name: "telefoon".into(),
        }
    }

    #[test]
    fn the_same_device_and_invitation_always_show_the_same_digits() {
        assert_eq!(request().phrase(), "070 002");
    }

    #[test]
    fn another_device_name_or_invitation_shows_other_digits() {
        let others = [
            EnrollRequest {
                secret: "another".into(),
                ..request()
            },
            EnrollRequest {
                device: DeviceId([9; 8]),
                ..request()
            },
            EnrollRequest {
                name: None,
                ..request()
            },
            EnrollRequest {
                platform: "androidt".into(),
                device_name: "elefoon".into(),
                ..request()
            },
        ];
        for other in others {
            assert_ne!(other.phrase(), request().phrase(), "{other:?}");
        }
    }
}
