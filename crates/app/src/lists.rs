//! The organisation's own lists, and the people.

use domain::kinds::Theme;

use crate::api::{Lists, Nothing, ThemeView};
use crate::edit::record_ref;
use crate::views::{People, fields};
use crate::{App, Result};

/// Streets that filters offer.
const STREETS: u32 = 200;

impl App {
    /// The organisation's own lists, and the people.
    ///
    /// # Errors
    /// What the database says.
    pub fn lists_get(&self, _: Nothing) -> Result<Lists> {
        let device = self.device()?;
        let themes = device.store.list("theme")?;
        Ok(Lists {
            themes: themes
                .iter()
                .map(|row| {
                    let theme: Theme = fields(row);
                    ThemeView {
                        id: row.id.to_string(),
                        name: theme.name,
                        words: theme.words.into_iter().collect(),
                    }
                })
                .collect(),
            neighbourhoods: device
                .store
                .list("neighbourhood")?
                .iter()
                .map(record_ref)
                .collect(),
            people: People::read(&device)?.all(),
            streets: device.store.streets(STREETS)?,
        })
    }
}
