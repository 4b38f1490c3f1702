//! The key of the database: random, and wrapped by what the person knows and the device keeps.
//!
//! The database is encrypted with 32 random bytes. Beside it stands a key file in which these bytes are sealed with
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) under Argon2id (RFC 9106) of the passphrase, mixed with a random
//! secret from the key store of the operating system where there is one. Another passphrase seals the same key again;
//! the database itself is not rewritten.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::{Result, StoreError};

/// The key of a database.
pub type DatabaseKey = Zeroizing<[u8; 32]>;

/// Random bytes for a new key; the caller rolls the dice. The key goes from memory with it.
#[derive(Clone)]
pub struct KeyDice {
    /// The key itself.
    pub key: [u8; 32],
    /// Salt of the derivation.
    pub salt: [u8; 16],
    /// Nonce of the seal.
    pub nonce: [u8; 24],
}

/// A key is not written anywhere, also not by accident.
impl std::fmt::Debug for KeyDice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyDice").finish_non_exhaustive()
    }
}

impl Drop for KeyDice {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

/// How much work the derivation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
}

impl KeyCost {
    /// RFC 9106's second recommendation halved in memory, so that an older phone opens in about a second.
    pub const PERSON: Self = Self {
        memory_kib: 32 * 1024,
        passes: 3,
    };
}

/// The key file, as it stands beside the database.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyFile {
    version: u32,
    cost: KeyCost,
    salt: String,
    nonce: String,
    sealed: String,
    device_secret: bool,
}

impl KeyFile {
    /// Seals a new key. `device_secret` comes from the key store of the operating system.
    ///
    /// # Errors
    /// When the derivation is given impossible costs.
    pub fn seal(
        dice: &KeyDice,
        passphrase: &str,
        device_secret: Option<&[u8]>,
        cost: KeyCost,
    ) -> Result<Self> {
        let wrapping = derive(passphrase, &dice.salt, device_secret, cost)?;
        let sealed = cipher(&wrapping)?
            .encrypt(
                XNonce::from_slice(&dice.nonce),
                Payload {
                    msg: &dice.key,
                    aad: AAD,
                },
            )
            .map_err(|_| StoreError::KeyFile)?;
        Ok(Self {
            version: 1,
            cost,
            salt: hex::encode(dice.salt),
            nonce: hex::encode(dice.nonce),
            sealed: hex::encode(sealed),
            device_secret: device_secret.is_some(),
        })
    }

    /// A secret of the device guards it besides the passphrase.
    #[must_use]
    pub const fn has_device_secret(&self) -> bool {
        self.device_secret
    }

    /// Opens the seal.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`], [`StoreError::DeviceSecretMissing`], or [`StoreError::KeyFile`] when the
    /// file is damaged.
    pub fn open(&self, passphrase: &str, device_secret: Option<&[u8]>) -> Result<DatabaseKey> {
        if self.version != 1 {
            return Err(StoreError::Newer {
                needs: self.version,
                knows: 1,
            });
        }
        if self.device_secret && device_secret.is_none() {
            return Err(StoreError::DeviceSecretMissing);
        }
        let secret = device_secret.filter(|_| self.device_secret);
        let salt = hex::decode(&self.salt).map_err(|_| StoreError::KeyFile)?;
        let nonce: [u8; 24] = hex::decode(&self.nonce)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(StoreError::KeyFile)?;
        let sealed = hex::decode(&self.sealed).map_err(|_| StoreError::KeyFile)?;
        let wrapping = derive(passphrase, &salt, secret, self.cost)?;
        let key = cipher(&wrapping)?
            .decrypt(
                XNonce::from_slice(&nonce),
                Payload {
                    msg: &sealed,
                    aad: AAD,
                },
            )
            .map(Zeroizing::new)
            .map_err(|_| StoreError::WrongPassphrase)?;
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| StoreError::KeyFile)?;
        Ok(Zeroizing::new(key))
    }

    /// Seals the same key again, under another passphrase: the database itself is not rewritten. Of the dice only the
    /// salt and the nonce are used. What this file was guarded by besides the passphrase still guards the new one.
    ///
    /// # Errors
    /// As [`KeyFile::open`], for the old passphrase.
    pub fn reseal(
        &self,
        old: &str,
        new: &str,
        device_secret: Option<&[u8]>,
        dice: KeyDice,
        cost: KeyCost,
    ) -> Result<Self> {
        let key = self.open(old, device_secret)?;
        let mut dice = dice;
        dice.key.copy_from_slice(key.as_slice());
        let secret = device_secret.filter(|_| self.device_secret);
        Self::seal(&dice, new, secret, cost)
    }
}

const AAD: &[u8] = b"buurtboek key file 1";

fn cipher(wrapping: &[u8; 32]) -> Result<XChaCha20Poly1305> {
    XChaCha20Poly1305::new_from_slice(wrapping).map_err(|_| StoreError::KeyFile)
}

fn derive(
    passphrase: &str,
    salt: &[u8],
    device_secret: Option<&[u8]>,
    cost: KeyCost,
) -> Result<Zeroizing<[u8; 32]>> {
    let params =
        Params::new(cost.memory_kib, cost.passes, 1, Some(32)).map_err(|_| StoreError::KeyFile)?;
    // The device's secret is Argon2's own secret input ("pepper", RFC 9106 section 3.1).
    let argon = match device_secret {
        Some(secret) => {
            Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, params)
                .map_err(|_| StoreError::KeyFile)?
        }
        None => Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
    };
    let mut wrapping = Zeroizing::new([0_u8; 32]);
    argon
        .hash_password_into(passphrase.as_bytes(), salt, wrapping.as_mut())
        .map_err(|_| StoreError::KeyFile)?;
    Ok(wrapping)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: KeyCost = KeyCost {
        memory_kib: 64,
        passes: 1,
    };

    fn dice() -> KeyDice {
        KeyDice {
            key: [7; 32],
            salt: [1; 16],
            nonce: [2; 24],
        }
    }

    #[test]
    fn only_the_right_passphrase_opens_the_key() {
        let file = KeyFile::seal(&dice(), "zonnebloem", None, QUICK).unwrap();
        assert_eq!(*file.open("zonnebloem", None).unwrap(), [7; 32]);
        assert!(matches!(
            file.open("zonnebloe", None),
            Err(StoreError::WrongPassphrase)
        ));
    }

    #[test]
    fn a_copied_key_file_is_useless_without_the_secret_of_its_device() {
        let file = KeyFile::seal(&dice(), "zonnebloem", Some(b"device"), QUICK).unwrap();
        assert!(matches!(
            file.open("zonnebloem", None),
            Err(StoreError::DeviceSecretMissing)
        ));
        assert!(matches!(
            file.open("zonnebloem", Some(b"other")),
            Err(StoreError::WrongPassphrase)
        ));
        assert_eq!(*file.open("zonnebloem", Some(b"device")).unwrap(), [7; 32]);
    }

    #[test]
    fn another_passphrase_seals_the_same_key_again() {
        let old = KeyFile::seal(&dice(), "zonnebloem", Some(b"device"), QUICK).unwrap();
        let other = KeyDice {
            key: [0; 32],
            salt: [3; 16],
            nonce: [4; 24],
        };
        let wrong = old.reseal("roos", "klaproos", Some(b"device"), other.clone(), QUICK);
        assert!(matches!(wrong, Err(StoreError::WrongPassphrase)));
        let new = old
            .reseal("zonnebloem", "klaproos", Some(b"device"), other, QUICK)
            .unwrap();
        assert_eq!(*new.open("klaproos", Some(b"device")).unwrap(), [7; 32]);
        assert!(matches!(
            new.open("zonnebloem", Some(b"device")),
            Err(StoreError::WrongPassphrase)
        ));
        assert!(matches!(
            new.open("klaproos", None),
            Err(StoreError::DeviceSecretMissing)
        ));
    }

    #[test]
    fn a_damaged_key_file_is_told_apart_from_a_wrong_passphrase() {
        let mut file = KeyFile::seal(&dice(), "zonnebloem", None, QUICK).unwrap();
        file.nonce = "zz".to_owned();
        assert!(matches!(
            file.open("zonnebloem", None),
            Err(StoreError::KeyFile)
        ));
    }
}
