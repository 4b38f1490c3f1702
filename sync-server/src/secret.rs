//! Tokens and invitation secrets: made here, shown once, kept only as their hash.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// SHA-256 of a secret. Secrets are 256 random bits, so a fast hash is enough: there is nothing to guess.
pub type SecretHash = [u8; 32];

/// A secret in the clear, on its way to the one who may know it. Its `Debug` says nothing.
pub struct Secret(String);

/// What is kept of a token.
#[derive(Debug, Clone, Copy)]
pub struct TokenHashes {
    /// Of the token itself.
    pub token: SecretHash,
    /// Of what [`protocol::ending_secret`] makes of it.
    pub ending: SecretHash,
}

/// The operating system gave no random bytes.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoRandomness;

type Roll = dyn Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync;

/// Where random bytes come from. Simulations put their own in.
#[derive(Clone)]
pub struct Dice(Arc<Roll>);

impl Dice {
    /// Those of the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self::new(|bytes| getrandom::fill(bytes).map_err(|_| NoRandomness))
    }

    /// Dice that fall as the function says.
    pub fn new(
        roll: impl Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(roll))
    }

    /// Random bytes.
    ///
    /// # Errors
    /// When there are none.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], NoRandomness> {
        let mut bytes = [0; N];
        (self.0)(&mut bytes)?;
        Ok(bytes)
    }

    /// A secret: 256 random bits in base64url.
    ///
    /// # Errors
    /// When there are none.
    pub fn secret(&self) -> Result<Secret, NoRandomness> {
        Ok(Secret(URL_SAFE_NO_PAD.encode(self.bytes::<32>()?)))
    }

    /// A new id (UUIDv7, RFC 9562).
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn id(&self, now_ms: i64) -> Result<Uuid, NoRandomness> {
        let now_ms = now_ms.max(0).unsigned_abs();
        let id = uuid::Builder::from_unix_timestamp_millis(now_ms, &self.bytes()?);
        Ok(id.into_uuid())
    }
}

impl std::fmt::Debug for Dice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dice")
    }
}

impl Secret {
    /// The text to give away.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What to keep.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        hash(&self.0)
    }

    /// What to keep of a token: its own hash, and that of the secret which can only end the device.
    #[must_use]
    pub fn token_hashes(&self) -> TokenHashes {
        TokenHashes {
            token: self.hash(),
            ending: hash(&protocol::ending_secret(&self.0)),
        }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The hash of a secret somebody showed.
#[must_use]
pub fn hash(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}
