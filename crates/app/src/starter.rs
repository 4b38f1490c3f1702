//! A starter list of themes, as data: a team changes it to its own words.

use std::collections::BTreeSet;

use domain::ids::RecordId;
use domain::kinds::Theme;
use domain::projection::fold;
use domain::record::Fields;
use store::{Action, Changes, Space};
use uuid::Uuid;

use crate::api::{Nothing, Saved};
use crate::device::{Device, meta};
use crate::records::{fields_of, kind_of};
use crate::{App, Error, Result};

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
    let themes = missing(&device, language)?;
    let (_, saved) = app.edit(&device, |action| add(&device, action, &themes))?;
    Ok(saved)
}

/// The themes of the starter list of which there is none by name.
fn missing(device: &Device, language: &str) -> Result<Vec<Theme>> {
    let known: Vec<String> = device
        .store
        .list("theme")?
        .iter()
        .map(|row| fold(&row.title))
        .collect();
    let mut themes = list(language);
    themes.retain(|theme| !known.contains(&fold(&theme.name)));
    Ok(themes)
}

fn list(language: &str) -> Vec<Theme> {
    let lines = if language == "en" { EN } else { NL };
    lines.lines().filter_map(parse).collect()
}

fn add(device: &Device, action: &mut Action<'_>, themes: &[Theme]) -> Result<()> {
    let kind = kind_of("theme")?;
    let space = device.store.default_space()?;
    for theme in themes {
        let id = starter_id(&space, theme);
        // Put out of sight earlier: a theme that a team does not want does not come back by itself.
        if action.fields(id)?.is_none() {
            action.create(id, kind, space.id, &fields_of(theme)?)?;
        }
    }
    Ok(())
}

/// The themes of this device, alone, that are from the starter lists.
pub(crate) fn ids(device: &Device) -> Result<Vec<RecordId>> {
    let starters: BTreeSet<RecordId> = every().map(|theme| starter_in(&STARTER, &theme)).collect();
    let starters: Vec<RecordId> = starters.into_iter().collect();
    let here = device.store.records(&starters)?;
    Ok(here.iter().map(|row| row.id).collect())
}

/// Before this device joins a team: its themes that nobody touched make way for the team's own list, which may call them
/// by other names. [`complete`] brings back what the team turns out to lack.
pub(crate) fn make_way(action: &mut Action<'_>, themes: &[RecordId], language: &str) -> Result<()> {
    for id in themes {
        if action.is_untouched(*id)? {
            action.forget(*id)?;
        }
    }
    Ok(action.set_meta(meta::STARTER, Some(language))?)
}

/// What this device kept alone moves to a space that others share: its starter themes become those of that space, and
/// its signals name them.
pub(crate) fn follow(device: &Device, action: &mut Action<'_>, home: &Space) -> store::Result<()> {
    for theme in every() {
        let (alone, there) = (starter_in(&STARTER, &theme), starter_id(home, &theme));
        if let Some((kind, fields)) = action.fields(alone)? {
            if action.fields(there)?.is_none() {
                action.create(there, kind, home.id, &fields)?;
            }
            action.forget(alone)?;
        }
        let named = Fields::from_iter([("theme".to_owned(), there.to_string().into())]);
        let pointing = device.store.pointing_at(alone)?;
        for signal in pointing.iter().filter(|row| row.kind == "signal") {
            action.edit(signal.id, &named)?;
        }
    }
    Ok(())
}

/// Once everything of the team is here: the whole list when the team has no themes at all, otherwise only those that a
/// signal of this device names.
pub(crate) fn complete(device: &Device) -> Result<Option<Changes>> {
    let Some(language) = device.store.meta(meta::STARTER)? else {
        return Ok(None);
    };
    let spaces = device.store.spaces()?;
    if spaces
        .iter()
        .any(|space| space.is_shared() && space.first_sync)
    {
        return Ok(None);
    }
    let mut themes = missing(device, &language)?;
    let (count, _) = device.store.records_of_kind(Some("theme"), true, 0, 0)?;
    if count > 0 {
        let (home, mut named) = (device.store.default_space()?, Vec::new());
        for theme in themes {
            if !device
                .store
                .linking(starter_id(&home, &theme), "signal", "theme")?
                .is_empty()
            {
                named.push(theme);
            }
        }
        themes = named;
    }
    let ((), changes) = device.store.transact(&device.stamp(), None, |action| {
        add(device, action, &themes)?;
        Ok::<(), Error>(action.set_meta(meta::STARTER, None)?)
    })?;
    Ok(Some(changes))
}

/// The same theme has the same id on every device of a space (UUIDv5, RFC 9562): two people who each started alone and
/// then join one team have one list, not two. Every space has ids of its own: a record lives in one space.
fn starter_id(space: &Space, theme: &Theme) -> RecordId {
    if space.is_of_device() {
        starter_in(&STARTER, theme)
    } else {
        starter_in(&Uuid::new_v5(&STARTER, space.id.0.as_bytes()), theme)
    }
}

fn starter_in(namespace: &Uuid, theme: &Theme) -> RecordId {
    RecordId(Uuid::new_v5(namespace, theme.name.as_bytes()))
}

/// The themes of all starter lists.
fn every() -> impl Iterator<Item = Theme> {
    [NL, EN]
        .into_iter()
        .flat_map(|list| list.lines().filter_map(parse))
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
