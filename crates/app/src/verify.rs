//! Does everything on this device agree?

use store::Findings;

use crate::{App, Result};

impl App {
    /// Looks at the pages of the file, at every document, and at what lists and search make of them. Changes nothing.
    ///
    /// # Errors
    /// `damaged` when the database cannot be read at all.
    pub fn verify(&self) -> Result<Findings> {
        Ok(self.device()?.store.verify()?)
    }
}
