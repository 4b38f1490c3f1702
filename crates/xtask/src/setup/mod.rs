//! What must be on the machine: installed when missing, left alone when there.

mod packages;
mod tools;

pub(crate) use packages::Purpose;
pub(crate) use tools::cargo_deny;

use crate::failure::Failure;
use crate::place::Place;
use crate::ui;

/// Installs what is missing for a purpose.
pub(crate) fn ensure(place: &Place, purpose: Purpose) -> Result<(), Failure> {
    packages::ensure(purpose)?;
    ui::install(place)
}

/// Installs everything that any command needs.
pub(crate) fn everything(place: &Place) -> Result<(), Failure> {
    ensure(place, Purpose::Test)?;
    cargo_deny(place)?;
    println!("This machine has what Buurtboek needs.");
    Ok(())
}
