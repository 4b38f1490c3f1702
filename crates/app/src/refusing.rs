//! A person does not want to be recorded: what was going on stays as anonymous notes, the person is erased.

use std::collections::BTreeSet;

use domain::ids::{RecordId as Id, SpaceId};
use domain::kinds::{Contact, Note};
use domain::record::{LongText, Record as _};
use domain::unnamed::{Person, Unnamed};
use store::RecordRow;

use crate::api::{RecordId, Refusal, RefusalDone, RefusalPlan, Remains};
use crate::contacts::row_of;
use crate::edit::parse_id;
use crate::mentions::Words;
use crate::records::{fields_of, kind_of};
use crate::views::{fields, moment};
use crate::{App, Error, Result};

impl App {
    /// What stays without the person, and what goes.
    ///
    /// # Errors
    /// `no_record`.
    pub fn refusal_plan(&self, id: RecordId) -> Result<RefusalPlan> {
        let device = self.device()?;
        let person = row_of(&device, &id.id, "contact")?;
        let erase = self.erase_plan(id)?;
        let mut going = vec![person.clone()];
        for part in &erase.only {
            going.extend(device.store.record(parse_id(&part.record.id)?)?);
        }
        let without = without(&going, self.language_is_english());
        let may = |row: &RecordRow| {
            erase
                .only
                .iter()
                .any(|part| part.may && part.record.id == row.id.to_string())
        };
        Ok(RefusalPlan {
            remains: going
                .iter()
                .filter(|row| row.kind == Note::SPEC.name && may(row))
                .map(|row| Remains {
                    id: row.id.to_string(),
                    at: moment(row.at),
                    text: begun(&without.apply(&fields::<Note>(row).text)),
                })
                .collect(),
            other_basis: fields::<Contact>(&person)
                .basis
                .filter(|basis| *basis != domain::LegalBasis::Consent),
            erase,
        })
    }

    /// Keeps what was going on without the person, and erases the person. All of it, or nothing.
    ///
    /// # Errors
    /// `no_record`; `still_named` when the person can still be recognised by name in what stays; `erase_no_right`.
    pub fn refusal_apply(&self, refusal: Refusal) -> Result<RefusalDone> {
        let device = self.device()?;
        let person = row_of(&device, &refusal.erase.id, "contact")?;
        let mut going = vec![person];
        for id in &refusal.erase.also {
            going.extend(device.store.record(parse_id(id)?)?);
        }
        let notes = anonymous(&going, &refusal.remains, self.language_is_english())?;
        let kind = kind_of(Note::SPEC.name)?;
        let erased = self.erase_chosen(&device, &refusal.erase, |action| {
            for (space, note) in &notes {
                action.create(device.new_record(), kind, *space, &fields_of(note)?)?;
            }
            Ok(())
        })?;
        Ok(RefusalDone {
            erased: erased.erased,
            remains: u32::try_from(notes.len()).unwrap_or(u32::MAX),
            left: erased.left,
        })
    }

    fn language_is_english(&self) -> bool {
        self.preferences().language == "en"
    }
}

/// The notes that stay, each in the space of the one it is made of. What is empty leaves nothing.
fn anonymous(
    going: &[RecordRow],
    remains: &[Remains],
    english: bool,
) -> Result<Vec<(SpaceId, Note)>> {
    let without = without(going, english);
    let words: Vec<Words> = going.iter().map(Words::of).collect();
    let mut notes = Vec::new();
    for kept in remains.iter().filter(|kept| !kept.text.trim().is_empty()) {
        // Small words that are somebody's name, too ("wil meehelpen"), may stay.
        if words.iter().any(|words| words.plainly_in(&kept.text)) {
            return Err(still_named(&kept.id));
        }
        let id: Id = parse_id(&kept.id)?;
        // One that stays as it is would keep the name beside the anonymous words.
        let source = going
            .iter()
            .find(|row| row.id == id && row.kind == Note::SPEC.name);
        let source = source.ok_or_else(|| Error::no_record(&kept.id))?;
        let said: Note = fields(source);
        let note = Note {
            text: LongText(kept.text.trim().to_owned()),
            place_name: without.apply(&said.place_name),
            about: BTreeSet::new(),
            archived: false,
            ..said
        };
        notes.push((source.space, note));
    }
    Ok(notes)
}

/// Takes the person out: by every part of the name, by number and address, also as they were recorded a second time.
fn without(going: &[RecordRow], english: bool) -> Unnamed {
    let (somebody, number) = if english {
        ("somebody", "[number]")
    } else {
        ("iemand", "[nummer]")
    };
    let mut unnamed = Unnamed::default();
    for row in going.iter().filter(|row| row.kind == Contact::SPEC.name) {
        let contact: Contact = fields(row);
        unnamed.add(&Person {
            name: contact.name.clone(),
            by_parts: true,
            instead: somebody.to_owned(),
            ..Person::default()
        });
        unnamed.add(&Person {
            ways: contact.ways.values().map(|way| way.value.clone()).collect(),
            instead: number.to_owned(),
            ..Person::default()
        });
        if !contact.street.is_empty() && !contact.house_number.is_empty() {
            // The street is where it happens; the number is where they live.
            unnamed.add(&Person {
                address: format!("{} {}", contact.street, contact.house_number),
                instead: contact.street.clone(),
                ..Person::default()
            });
        }
    }
    unnamed
}

/// A sentence that now begins with "somebody" begins with a capital.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn still_named(id: &str) -> Error {
    Error::new(
        "still_named",
        "The name, number or address of the person still stands in what would stay. Nothing was changed; take it out of the \
         text.",
    )
    .with("id", id)
}
