//! Capture: what is half typed, what a text may mean, and keeping a note with what was accepted.

pub(crate) mod drafts;
mod keeping;

use domain::PlaceKind;
use domain::bsn;
use domain::capture::{Directory, Holiday, KnownContact, Span, ThemeWords, propose};
use store::RecordRow;

use crate::api::{CaptureProposals, CapturePropose, CaptureSave, Saved};
use crate::device::{Device, meta};
use crate::surroundings::local;
use crate::views::{fields, line};
use crate::{App, Result};

impl App {
    /// What a text may mean.
    ///
    /// # Errors
    /// What the database says.
    pub fn capture_propose(&self, ask: CapturePropose) -> Result<CaptureProposals> {
        let device = self.device()?;
        let directory = StoreDirectory::read(&device)?;
        let proposals = propose(&ask.text, local(device.surroundings.now()), &directory);
        let bsn = bsn::find(&ask.text).map(|bytes| Span::of_bytes(&ask.text, &bytes));
        Ok(CaptureProposals { proposals, bsn })
    }

    /// Keeps a note, word for word, and what was accepted with it; empties the draft in the same moment.
    ///
    /// # Errors
    /// The rule it breaks (`bsn`, `missing_field`, ...): nothing is kept then, and the draft stays.
    pub fn capture_save(&self, save: CaptureSave) -> Result<Saved> {
        let device = self.device()?;
        let (kept, saved) = self.edit(&device, |action| {
            let kept = keeping::keep(&device, action, &save)?;
            if save.from_draft {
                drafts::forget(&device, action, save.about.as_deref())?;
            }
            action.set_meta(meta::PLACE, save.place.map(PlaceKind::as_str))?;
            Ok(kept)
        })?;
        Ok(Saved {
            id: kept.note.to_string(),
            left_out: kept.left_out,
            ..saved
        })
    }
}

/// What the parser may look up, over the database.
struct StoreDirectory<'a> {
    device: &'a Device,
    themes: Vec<ThemeWords>,
    holidays: Vec<Holiday>,
}

impl<'a> StoreDirectory<'a> {
    fn read(device: &'a Device) -> Result<Self> {
        let themes = device.store.list("theme")?;
        let holidays = device.store.list("holiday")?;
        Ok(Self {
            device,
            themes: themes.iter().map(theme_words).collect(),
            holidays: holidays.iter().filter_map(holiday).collect(),
        })
    }
}

impl Directory for StoreDirectory<'_> {
    fn contacts_named(&self, name: &str) -> Vec<KnownContact> {
        // A search that fails costs a proposal, never the note.
        let found = self
            .device
            .store
            .search(name, Some("contact"), false, 5)
            .unwrap_or_default();
        found
            .into_iter()
            .filter(|hit| begins_alike(&hit.record.title, name))
            .map(|hit| KnownContact {
                id: hit.record.id.to_string(),
                street: filled(&hit.record, "street"),
                house_number: filled(&hit.record, "house_number"),
                name: hit.record.title,
            })
            .collect()
    }

    fn themes(&self) -> &[ThemeWords] {
        &self.themes
    }

    fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }
}

fn filled(row: &RecordRow, field: &str) -> Option<String> {
    Some(line(row, field)).filter(|value| !value.is_empty())
}

/// Every word of the name typed is a whole word of the known name.
fn begins_alike(known: &str, typed: &str) -> bool {
    let known = domain::projection::fold(known);
    let words: Vec<&str> = known
        .split(|letter: char| !letter.is_alphanumeric())
        .collect();
    domain::projection::fold(typed)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| words.contains(&word))
}

fn theme_words(row: &RecordRow) -> ThemeWords {
    let theme: domain::kinds::Theme = fields(row);
    ThemeWords {
        id: row.id.to_string(),
        name: theme.name,
        words: theme.words.into_iter().collect(),
    }
}

fn holiday(row: &RecordRow) -> Option<Holiday> {
    let holiday: domain::kinds::Holiday = fields(row);
    Some(Holiday {
        name: holiday.name,
        start: holiday.start?,
        end: holiday.end?,
    })
}
