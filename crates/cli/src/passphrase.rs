//! Where the passphrase comes from: a file, or a terminal. Never an argument: others on the machine can read those.

use std::io::IsTerminal as _;
use std::path::Path;

use crate::failure::{Failure, Result};

/// Whether a passphrase is to be had at all.
pub(crate) fn can_ask(file: Option<&Path>) -> bool {
    file.is_some() || std::io::stdin().is_terminal()
}

/// The passphrase of an existing device.
pub(crate) fn read(file: Option<&Path>) -> Result<String> {
    match file {
        Some(file) => first_line(file),
        None => ask("Passphrase: "),
    }
}

/// The passphrase of a new device; typed twice, because nothing else can open the book.
/// Where no key store guards the book as well, a PIN is not enough.
pub(crate) fn choose(file: Option<&Path>, pin_is_enough: bool) -> Result<String> {
    if let Some(file) = file {
        return first_line(file);
    }
    let passphrase = ask(if pin_is_enough {
        "Choose a passphrase or PIN (at least 6 characters): "
    } else {
        "Choose a passphrase (at least 12 characters, such as four words): "
    })?;
    if ask("Once more: ")? == passphrase {
        Ok(passphrase)
    } else {
        Err(Failure::new(
            "passphrase_differs",
            "The two passphrases differ. Nothing was changed; try again.",
        ))
    }
}

fn first_line(file: &Path) -> Result<String> {
    let text = std::fs::read_to_string(file)
        .map_err(|problem| Failure::file("passphrase_needed", file, problem))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn ask(question: &str) -> Result<String> {
    if !can_ask(None) {
        return Err(Failure::new(
            "passphrase_needed",
            "There is no terminal to ask for the passphrase. Give --passphrase-file FILE.",
        ));
    }
    rpassword::prompt_password(question).map_err(|problem| {
        Failure::new(
            "passphrase_needed",
            format!("The passphrase cannot be read: {problem}."),
        )
    })
}
