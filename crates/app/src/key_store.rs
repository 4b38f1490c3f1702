//! The key store of the operating system, where there is one: it keeps a random secret without which a copied database
//! and key file are useless.

use std::path::Path;

use crate::surroundings::Surroundings;

const SERVICE: &str = "nl.buurtboek.app";

/// The name under which the secret of a data folder is kept.
pub(crate) fn name_of(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    folder.display().to_string()
}

/// Makes and keeps a secret for the database of this name. `None` where no key store answers.
pub(crate) fn make_secret(name: &str, surroundings: &dyn Surroundings) -> Option<Vec<u8>> {
    let mut secret = vec![0_u8; 32];
    surroundings.random(&mut secret);
    let entry = entry(name, surroundings)?;
    entry.set_secret(&secret).ok()?;
    // A store that does not give back what it was given must not guard a key.
    (entry.get_secret().ok()? == secret).then_some(secret)
}

/// Whether a key store answers that could keep a secret for a new database of this name.
pub(crate) fn answers(name: &str, surroundings: &dyn Surroundings) -> bool {
    entry(name, surroundings)
        .is_some_and(|entry| matches!(entry.get_secret(), Ok(_) | Err(keyring::Error::NoEntry)))
}

/// The secret that was kept for the database of this name.
pub(crate) fn secret(name: &str, surroundings: &dyn Surroundings) -> Option<Vec<u8>> {
    entry(name, surroundings)?.get_secret().ok()
}

fn entry(name: &str, surroundings: &dyn Surroundings) -> Option<keyring::Entry> {
    if !surroundings.has_key_store() {
        return None;
    }
    // On Linux the secret service is reached over the session bus; without one, asking only costs time.
    if cfg!(target_os = "linux") && std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_none() {
        return None;
    }
    keyring::Entry::new(SERVICE, name).ok()
}

/// Forgets the secret of the database of this name: what it guarded cannot be opened by anybody any more.
pub(crate) fn forget(name: &str, surroundings: &dyn Surroundings) {
    let gone = entry(name, surroundings).map(|entry| entry.delete_credential());
    if let Some(Err(problem)) = gone {
        tracing::info!(%problem, "the key store had no secret to forget");
    }
}
