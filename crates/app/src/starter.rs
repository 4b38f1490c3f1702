//! A starter list of themes, as data: a team changes it to its own words.

use domain::ids::RecordId;
use domain::kinds::Theme;
use domain::projection::fold;
use uuid::Uuid;

use crate::api::{Nothing, Saved};
use crate::records::{fields_of, kind_of};
use crate::{App, Result};

/// One line per theme: name, then the words that point at it.
const NL: &str = include_str!("starter/themes.nl.txt");
const EN: &str = include_str!("starter/themes.en.txt");

impl App {
    /// Adds the themes of the starter list that are not there yet, in the language of the screens.
    ///
    /// # Errors
    /// What the database says.
    pub fn themes_start(&self, _: Nothing) -> Result<Saved> {
        let language = self.preferences().language;
        themes(self, &language)
    }
}

/// Adds the themes of the starter list that are not there yet.
pub(crate) fn themes(app: &App, language: &str) -> Result<Saved> {
    let device = app.device()?;
    let known: Vec<String> = device
        .store
        .list("theme")?
        .iter()
        .map(|row| fold(&row.title))
        .collect();
    let kind = kind_of("theme")?;
    let space = device.store.default_space()?.id;
    let lines = if language == "en" { EN } else { NL };
    let (_, saved) = app.edit(&device, |action| {
        for theme in lines
            .lines()
            .filter_map(parse)
            .filter(|theme| !known.contains(&fold(&theme.name)))
        {
            let id = starter_id(&theme);
            // Put out of sight earlier: a theme that a team does not want does not come back by itself.
            if action.fields(id)?.is_none() {
                action.create(id, kind, space, &fields_of(&theme)?)?;
            }
        }
        Ok(())
    })?;
    Ok(saved)
}

/// The same theme has the same id on every device (UUIDv5, RFC 9562): two people who each started alone and then join
/// one team have one list, not two.
fn starter_id(theme: &Theme) -> RecordId {
    RecordId(Uuid::new_v5(&STARTER, theme.name.as_bytes()))
}

/// The namespace of the starter list.
const STARTER: Uuid = Uuid::from_u128(0x6b1d_5c02_9e0f_4f0a_8d5e_2f6a_71c4_3b90);

fn parse(line: &str) -> Option<Theme> {
    let (name, words) = line.split_once(':')?;
    Some(Theme {
        name: name.trim().to_owned(),
        words: words
            .split(',')
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect(),
        archived: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_starter_lists_is_a_theme_with_words() {
        for list in [NL, EN] {
            let themes: Vec<Theme> = list.lines().filter_map(parse).collect();
            assert_eq!(themes.len(), list.lines().count());
            assert!(themes.iter().all(|theme| theme.words.len() >= 3));
        }
    }
}
