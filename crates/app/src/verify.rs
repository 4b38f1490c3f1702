//! Does everything on this device agree?

use store::Findings;

use crate::{App, Result};

/// How far this device is in a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceStand {
    /// The space.
    pub space: String,
    /// Position in the server's log up to which everything is here.
    pub cursor: u64,
    /// Sum over the heads of its documents (`docs/protocol.md`): the same everywhere once all is exchanged.
    pub digest: u64,
}

impl App {
    /// Looks at the pages of the file, at every document, and at what lists and search make of them. Changes nothing.
    ///
    /// # Errors
    /// `damaged` when the database cannot be read at all.
    pub fn verify(&self) -> Result<Findings> {
        Ok(self.device()?.store.verify()?)
    }

    /// Makes what lists and search read again from the documents. Returns how many records there are.
    ///
    /// # Errors
    /// What the database says; what was there stays then.
    pub fn rebuild(&self) -> Result<u32> {
        Ok(self.device()?.store.rebuild()?)
    }

    /// How far this device is in each of its spaces.
    ///
    /// # Errors
    /// What the database says.
    pub fn space_stands(&self) -> Result<Vec<SpaceStand>> {
        let spaces = self.device()?.store.spaces()?;
        Ok(spaces
            .into_iter()
            .map(|space| SpaceStand {
                space: space.id.to_string(),
                cursor: space.cursor,
                digest: space.digest,
            })
            .collect())
    }
}
