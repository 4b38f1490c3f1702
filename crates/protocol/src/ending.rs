//! What a device keeps of its token when its book is destroyed: enough to end the device, and for nothing else.

use sha2::{Digest, Sha256};

/// What the hash is for, so that it is never mistaken for another one.
const PURPOSE: &[u8] = b"buurtboek ending 1";

/// The secret by which a device can be ended (`POST /v1/wiped`) and nothing else: SHA-256 over a purpose and the token, in
/// hexadecimal digits. The token cannot be worked out from it.
#[must_use]
pub fn ending_secret(token: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(PURPOSE);
    hash.update(token);
    let hash: [u8; 32] = hash.finalize().into();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_everywhere_and_says_nothing_of_the_token() {
        let token = "q2_8cB1xkD-0Zr4tYw6mPjL9sVnH3fGaEuQiToRbXyC";
        assert_eq!(
            ending_secret(token),
            "b22e5ff796fbcb65a8251e9e1cb9c8d33cd0e452c7b2ed1e6e865e0a40ae299a"
        );
        assert_ne!(ending_secret(token), ending_secret("another"));
    }
}
