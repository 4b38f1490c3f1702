//! Capture: the draft, what a text may mean, and keeping a note with what was accepted.

use std::collections::BTreeSet;

use domain::bsn;
use domain::capture::{Directory, Holiday, KnownContact, Proposal, Span, ThemeWords, propose};
use domain::ids::RecordId;
use domain::kinds::{Contact, FollowUp, Note, Signal, Talent, Way};
use domain::record::{Fields, LongText, entry_key};
use domain::{PlaceKind, WayKind};
use store::{Action, RecordRow};

use crate::api::{Accepted, CaptureProposals, CapturePropose, CaptureSave, Draft, Nothing, Saved};
use crate::device::{Device, meta};
use crate::edit::parse_id;
use crate::records::{fields_of, kind_of, with_defaults};
use crate::surroundings::local;
use crate::views::{fields, line};
use crate::{App, Result};

impl App {
    /// What was typed and not yet saved.
    ///
    /// # Errors
    /// What the database says.
    pub fn draft_get(&self, _: Nothing) -> Result<Draft> {
        let device = self.device()?;
        let place = device.store.meta(meta::PLACE)?;
        Ok(Draft {
            text: device.store.meta(meta::DRAFT)?.unwrap_or_default(),
            place: place.as_deref().and_then(PlaceKind::from_word),
            space: chosen_space(&device)?,
        })
    }

    /// Keeps what was typed so far; durable when this returns.
    ///
    /// # Errors
    /// What the database says.
    pub fn draft_set(&self, draft: Draft) -> Result<Nothing> {
        let device = self.device()?;
        device.store.set_meta(&[
            (
                meta::DRAFT,
                Some(draft.text.as_str()).filter(|text| !text.is_empty()),
            ),
            (meta::PLACE, draft.place.map(PlaceKind::as_str)),
            (meta::DRAFT_SPACE, draft.space.as_deref()),
        ])?;
        Ok(Nothing {})
    }

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
        let mut kept = Keeping::new(&device, &save)?;
        let (id, saved) = self.edit(&device, |action| {
            kept.contacts(action, &save.accepted)?;
            kept.note(action, &save)?;
            kept.signals(action, &save.accepted)?;
            kept.follow_ups(action, &save.accepted)?;
            if save.from_draft {
                action.set_meta(meta::DRAFT, None)?;
                action.set_meta(meta::DRAFT_SPACE, None)?;
            }
            action.set_meta(meta::PLACE, save.place.map(PlaceKind::as_str))?;
            Ok(kept.note)
        })?;
        Ok(Saved {
            id: id.to_string(),
            ..saved
        })
    }
}

/// The space that was chosen for what is half typed, while this person may still write there.
fn chosen_space(device: &Device) -> Result<Option<String>> {
    let chosen = device.store.meta(meta::DRAFT_SPACE)?;
    let spaces = device.store.spaces()?;
    let may_write = |id: &String| {
        let mut found = spaces.iter().filter(|space| space.may_write());
        found.any(|space| space.id.to_string() == *id)
    };
    Ok(chosen.filter(may_write))
}

/// A note on its way to being kept.
struct Keeping<'a> {
    device: &'a Device,
    space: domain::ids::SpaceId,
    note: RecordId,
    /// Whom it is about, in the order of the text.
    about: Vec<RecordId>,
}

impl<'a> Keeping<'a> {
    fn new(device: &'a Device, save: &CaptureSave) -> Result<Self> {
        let about = save.about.as_deref().map(parse_id).transpose()?;
        Ok(Self {
            device,
            space: match &save.space {
                Some(space) => parse_id(space)?,
                None => device.store.default_space()?.id,
            },
            note: device.new_record(),
            about: about.into_iter().collect(),
        })
    }

    /// New contacts, and what the text says of the first person in it: address, ways to reach, offers.
    fn contacts(&mut self, action: &mut Action<'_>, accepted: &[Accepted]) -> Result<()> {
        let mut details = details(accepted);
        for accepted in accepted {
            let Proposal::Contact { name, .. } = &accepted.proposal else {
                continue;
            };
            match &accepted.contact {
                Some(id) => self.about.push(parse_id(id)?),
                None => {
                    let contact = Contact {
                        name: name.clone(),
                        ..std::mem::take(&mut details)
                    };
                    let id = self.device.new_record();
                    self.create(action, "contact", id, fields_of(&contact)?)?;
                    self.about.push(id);
                }
            }
        }
        // Nobody new took the details: they belong to the first known person.
        let details = fields_of(&details)?;
        if let Some(first) = self.about.first().filter(|_| !details.is_empty()) {
            self.add_details(action, *first, details)?;
        }
        Ok(())
    }

    /// Adds to a known contact; a field that is filled in already is left alone. What is noted in one space stays out of
    /// the records of another: the words are in the note all the same.
    fn add_details(&self, action: &mut Action<'_>, id: RecordId, details: Fields) -> Result<()> {
        if action.space_of(id)? != Some(self.space) {
            return Ok(());
        }
        let Some((kind, known)) = action.fields(id)? else {
            return Ok(());
        };
        if kind.name != "contact" {
            return Ok(());
        }
        let has_address = known.contains_key("street");
        let new = details
            .into_iter()
            .filter(|(name, value)| value.is_object() || !(known.contains_key(name) || has_address))
            .collect();
        action.edit(id, &new)?;
        Ok(())
    }

    fn note(&self, action: &mut Action<'_>, save: &CaptureSave) -> Result<()> {
        let place = save
            .accepted
            .iter()
            .find_map(|accepted| match accepted.proposal {
                Proposal::Place { place, .. } => Some(place),
                Proposal::Contact { .. }
                | Proposal::Address { .. }
                | Proposal::Phone { .. }
                | Proposal::Email { .. }
                | Proposal::Signal { .. }
                | Proposal::Offer { .. }
                | Proposal::FollowUp { .. } => None,
            });
        let note = Note {
            text: LongText(save.text.clone()),
            at: Some(self.device.surroundings.now()),
            place: place.or(save.place),
            about: self.about.iter().copied().collect(),
            ..Note::default()
        };
        self.create(action, "note", self.note, fields_of(&note)?)
    }

    fn signals(&self, action: &mut Action<'_>, accepted: &[Accepted]) -> Result<()> {
        for accepted in accepted {
            let Proposal::Signal {
                kind, theme, title, ..
            } = &accepted.proposal
            else {
                continue;
            };
            let signal = Signal {
                title: title.clone(),
                signal_kind: Some(*kind),
                theme: theme.as_deref().map(parse_id).transpose()?,
                reporters: self.about.iter().copied().collect::<BTreeSet<_>>(),
                note: Some(self.note),
                ..Signal::default()
            };
            self.create(
                action,
                "signal",
                self.device.new_record(),
                fields_of(&signal)?,
            )?;
        }
        Ok(())
    }

    fn follow_ups(&self, action: &mut Action<'_>, accepted: &[Accepted]) -> Result<()> {
        for accepted in accepted {
            let Proposal::FollowUp {
                what, due, time, ..
            } = &accepted.proposal
            else {
                continue;
            };
            let follow_up = FollowUp {
                what: what.clone(),
                due: Some(*due),
                time: time
                    .map(|time| time.format("%H:%M").to_string())
                    .unwrap_or_default(),
                about: self.about.iter().copied().collect(),
                note: Some(self.note),
                ..FollowUp::default()
            };
            self.create(
                action,
                "follow_up",
                self.device.new_record(),
                fields_of(&follow_up)?,
            )?;
        }
        Ok(())
    }

    fn create(
        &self,
        action: &mut Action<'_>,
        kind: &str,
        id: RecordId,
        fields: Fields,
    ) -> Result<()> {
        let kind = kind_of(kind)?;
        action.create(
            id,
            kind,
            self.space,
            &with_defaults(self.device, kind, fields)?,
        )?;
        Ok(())
    }
}

/// What the accepted proposals say of a person besides the name.
fn details(accepted: &[Accepted]) -> Contact {
    let mut contact = Contact::default();
    for accepted in accepted {
        match &accepted.proposal {
            Proposal::Address {
                street,
                number,
                postcode,
                town,
                ..
            } => {
                contact.street = street.clone().unwrap_or_default();
                contact.house_number = number.clone().unwrap_or_default();
                contact.postcode = postcode.clone().unwrap_or_default();
                contact.town = town.clone().unwrap_or_default();
            }
            Proposal::Phone { number, .. } => {
                add_way(&mut contact, WayKind::Phone, number);
            }
            Proposal::Email { address, .. } => {
                add_way(&mut contact, WayKind::Email, address);
            }
            Proposal::Offer { text, .. } => {
                let talent = Talent {
                    text: text.clone(),
                    offered: true,
                };
                contact.talents.insert(entry_key(&talent), talent);
            }
            Proposal::Contact { .. }
            | Proposal::Place { .. }
            | Proposal::Signal { .. }
            | Proposal::FollowUp { .. } => {}
        }
    }
    contact
}

fn add_way(contact: &mut Contact, kind: WayKind, value: &str) {
    let way = Way {
        kind: Some(kind),
        value: value.to_owned(),
        label: String::new(),
    };
    contact.ways.insert(entry_key(&way), way);
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
            .search(name, Some("contact"), 5)
            .unwrap_or_default();
        found
            .into_iter()
            .filter(|hit| begins_alike(&hit.record.title, name))
            .map(|hit| KnownContact {
                id: hit.record.id.to_string(),
                street: Some(line(&hit.record, "street")).filter(|street| !street.is_empty()),
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
