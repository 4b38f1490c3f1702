//! What a passphrase must be, and taking another one.
//!
//! Where the key store of the system keeps a secret, copied files are useless without the device, and the passphrase only
//! has to withstand the few tries that the lock allows: a PIN will do. Without it the files can be guessed at elsewhere,
//! as fast as somebody's machines go, and the passphrase is all there is.

use store::{KeyCost, KeyDice, StoreError};
use zeroize::Zeroizing;

use crate::api::{DeviceStatus, Nothing, PassphraseChange};
use crate::device::{Device, meta};
use crate::preferences::write_whole;
use crate::{App, Error, Result, key_store};

/// Characters of the shortest passphrase or PIN beside a key store.
const SHORTEST: usize = 6;
/// Characters of the shortest passphrase that stands alone. A million PINs of six digits, at a tenth of a second each, are
/// a day's work for one machine; four words out of a list of 7,776 are 3.6 million billion tries.
const SHORTEST_ALONE: usize = 12;

/// The person is to be asked for a longer one.
const ASK: &str = "ask";
/// The person was asked, and keeps it.
const KEPT: &str = "kept";

impl App {
    /// Takes another passphrase for the same book. The key is sealed again; the database is not rewritten. Whatever
    /// happens meanwhile, the old or the new passphrase opens the book.
    ///
    /// # Errors
    /// `passphrase_short`, `passphrase_digits`, `wrong_passphrase`, `too_many_tries`, or what the disk says. The old one
    /// still opens then.
    pub fn passphrase_change(&self, change: PassphraseChange) -> Result<Nothing> {
        let (old, new) = (Zeroizing::new(change.old), Zeroizing::new(change.new));
        let _turn = self.take_turn()?;
        let file = self.read_key_file()?;
        is_enough(&new, file.has_device_secret())?;
        let secret = key_store::secret(&self.key_store_name(), &*self.surroundings);
        let mut dice = KeyDice {
            key: [0; 32],
            salt: [0; 16],
            nonce: [0; 24],
        };
        self.surroundings.random(&mut dice.salt);
        self.surroundings.random(&mut dice.nonce);
        let sealed = self
            .try_passphrase(|| file.reseal(&old, &new, secret.as_deref(), dice, KeyCost::PERSON))?;
        let text = serde_json::to_vec_pretty(&sealed).map_err(StoreError::from)?;
        write_whole(&self.key_file(), &text)?;
        let open = self.device.read().clone();
        if let Some(device) = open {
            note(&device, None)?;
        }
        Ok(Nothing {})
    }

    /// The person keeps a short passphrase, and is not asked again.
    ///
    /// # Errors
    /// `locked`, or what the database says.
    pub fn passphrase_keep(&self, _: Nothing) -> Result<DeviceStatus> {
        let device = self.device()?;
        if is_asked(&device)? {
            note(&device, Some(KEPT))?;
        }
        self.device_status(Nothing {})
    }

    /// A PIN is enough for the book that is here, or that would be made here.
    pub(crate) fn pin_is_enough(&self) -> bool {
        match self.read_key_file() {
            Ok(file) => file.has_device_secret(),
            Err(_) => key_store::answers(&self.key_store_name(), &*self.surroundings),
        }
    }

    /// Remembers inside the book that its passphrase is too short by today's rule, to ask for a longer one. It opens all
    /// the same.
    pub(crate) fn look_at_passphrase(&self, device: &Device, passphrase: &str) -> Result<()> {
        let is_short = is_enough(passphrase, self.pin_is_enough()).is_err();
        let known = device.store.meta(meta::PASSPHRASE)?;
        match (is_short, known) {
            (true, None) => note(device, Some(ASK)),
            (false, Some(_)) => note(device, None),
            (true, Some(_)) | (false, None) => Ok(()),
        }
    }
}

/// The person is to be asked for a longer passphrase.
pub(crate) fn is_asked(device: &Device) -> Result<bool> {
    Ok(device.store.meta(meta::PASSPHRASE)?.as_deref() == Some(ASK))
}

/// A passphrase or PIN that is worth its name.
pub(crate) fn is_enough(passphrase: &str, beside_key_store: bool) -> Result<()> {
    let shortest = if beside_key_store {
        SHORTEST
    } else {
        SHORTEST_ALONE
    };
    if passphrase.chars().count() < shortest {
        return Err(Error::new(
            "passphrase_short",
            if beside_key_store {
                format!("Take at least {shortest} characters. Nothing was changed.")
            } else {
                format!(
                    "Only the passphrase protects this book, for this system has no key store. Take at least {shortest} \
                     characters, such as four words. Nothing was changed."
                )
            },
        )
        .with("limit", shortest));
    }
    if !beside_key_store && passphrase.chars().all(is_of_a_number) {
        return Err(Error::new(
            "passphrase_digits",
            "Only the passphrase protects this book, for this system has no key store, and a number is guessed quickly. \
             Take words as well, such as four of them. Nothing was changed.",
        ));
    }
    Ok(())
}

/// Digits, and what people put between them.
fn is_of_a_number(character: char) -> bool {
    character.is_numeric() || character.is_whitespace() || character.is_ascii_punctuation()
}

/// A full disk keeps nobody out of their book: then it is looked at again the next time.
fn note(device: &Device, value: Option<&str>) -> Result<()> {
    match device.store.set_meta(&[(meta::PASSPHRASE, value)]) {
        Err(problem) if problem.is_want_of_writing() => {
            tracing::info!(%problem, "whether the passphrase is long enough is not kept");
            Ok(())
        }
        kept => Ok(kept?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(passphrase: &str, beside_key_store: bool) -> Option<&'static str> {
        is_enough(passphrase, beside_key_store)
            .err()
            .map(|error| error.code)
    }

    #[test]
    fn a_pin_is_enough_beside_a_key_store_only() {
        assert_eq!(code("123456", true), None);
        assert_eq!(code("12345", true), Some("passphrase_short"));
        assert_eq!(code("123456", false), Some("passphrase_short"));
        for number in ["123456789012", "06-12 34 56 78", "1990/05/21.1"] {
            assert_eq!(code(number, false), Some("passphrase_digits"), "{number}");
            assert_eq!(code(number, true), None, "{number}");
        }
    }

    #[test]
    fn alone_a_passphrase_has_twelve_characters_and_not_twelve_bytes() {
        assert_eq!(code("zonnebloem", false), Some("passphrase_short"));
        assert_eq!(code("één öre été", false), Some("passphrase_short"));
        for enough in [
            "zonnebloemen",
            "vier rode fietsen",
            "één öre, été",
            "11 klaprozen 11",
        ] {
            assert_eq!(code(enough, false), None, "{enough}");
        }
    }
}
