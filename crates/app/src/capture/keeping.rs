//! Keeping a note with what was accepted: new contacts, what is new about known ones, signals and promises.
//!
//! Each number, address and offer goes to the person it belongs to. What cannot go there stands in the note all the
//! same, and is told back, so that nobody thinks that it was kept.

use std::collections::{BTreeMap, BTreeSet};

use domain::PlaceKind;
use domain::WayKind;
use domain::capture::{Proposal, Span};
use domain::ids::{RecordId, SpaceId};
use domain::kinds::{Contact, FollowUp, Note, Signal, Talent, Way};
use domain::projection::fold;
use domain::record::{Fields, LongText, entry_key};
use serde_json::Value;
use store::Action;

use crate::Result;
use crate::api::{Accepted, CaptureSave, LeftOut, LeftOutWhy};
use crate::device::Device;
use crate::edit::parse_id;
use crate::records::{fields_of, kind_of, with_defaults};

/// The fields that are one address together.
const ADDRESS: [&str; 4] = ["street", "house_number", "postcode", "town"];

/// What became of a note.
pub(super) struct Kept {
    /// The note.
    pub(super) note: RecordId,
    /// What was accepted and stands in the note alone.
    pub(super) left_out: Vec<LeftOut>,
}

/// Keeps the note and what was accepted with it, in one action.
pub(super) fn keep(device: &Device, action: &mut Action<'_>, save: &CaptureSave) -> Result<Kept> {
    let mut keeping = Keeping::new(device, action, save)?;
    keeping.people(&save.accepted)?;
    let spots = keeping.details(action, &save.accepted)?;
    keeping.note(action, save, &spots)?;
    keeping.signals(action, &save.accepted)?;
    keeping.follow_ups(action, &save.accepted)?;
    Ok(Kept {
        note: keeping.note,
        left_out: keeping.left_out,
    })
}

/// A person of the text.
struct Person {
    span: Span,
    id: RecordId,
    /// Not known yet.
    is_new: bool,
    name: String,
    /// Only mentioned.
    spoken_of: bool,
}

/// A note on its way to being kept.
struct Keeping<'a> {
    device: &'a Device,
    space: SpaceId,
    note: RecordId,
    /// The record on whose page it is written, and what kind that is.
    page: Option<(RecordId, &'static str)>,
    /// In the order of the text.
    people: Vec<Person>,
    left_out: Vec<LeftOut>,
}

impl<'a> Keeping<'a> {
    fn new(device: &'a Device, action: &mut Action<'_>, save: &CaptureSave) -> Result<Self> {
        let page = match &save.about {
            Some(about) => {
                let id = parse_id(about)?;
                let kind = action.fields(id)?.map_or("", |(kind, _)| kind.name);
                Some((id, kind))
            }
            None => None,
        };
        Ok(Self {
            device,
            space: match &save.space {
                Some(space) => parse_id(space)?,
                None => device.store.default_space()?.id,
            },
            note: device.new_record(),
            page,
            people: Vec::new(),
            left_out: Vec::new(),
        })
    }

    fn people(&mut self, accepted: &[Accepted]) -> Result<()> {
        for accepted in accepted {
            let Proposal::Contact {
                span,
                name,
                spoken_of,
                ..
            } = &accepted.proposal
            else {
                continue;
            };
            let known = accepted.contact.as_deref().map(parse_id).transpose()?;
            self.people.push(Person {
                span: *span,
                id: known.unwrap_or_else(|| self.device.new_record()),
                is_new: known.is_none(),
                name: name.clone(),
                spoken_of: *spoken_of,
            });
        }
        Ok(())
    }

    /// The people whom a proposal belongs to; with none in the text, who the page is about.
    fn whose(&self, proposal: &Proposal) -> Vec<RecordId> {
        if proposal.whose().is_empty() {
            return self.page_is_somebody().into_iter().collect();
        }
        let people = self.people.iter();
        people
            .filter(|person| proposal.whose().contains(&person.span))
            .map(|person| person.id)
            .collect()
    }

    /// The page on which it is written is that of a person, a group or an organisation.
    fn page_is_somebody(&self) -> Option<RecordId> {
        let (id, kind) = self.page?;
        matches!(kind, "contact" | "group" | "organisation").then_some(id)
    }

    /// New contacts, and what is new about known ones. Answers the streets where something is going on.
    fn details(&mut self, action: &mut Action<'_>, accepted: &[Accepted]) -> Result<Vec<String>> {
        let mut details: BTreeMap<RecordId, Vec<&Accepted>> = BTreeMap::new();
        let mut spots = Vec::new();
        for accepted in accepted.iter().filter(|accepted| is_detail(accepted)) {
            let owners = self.whose(&accepted.proposal);
            let free = accepted.proposal.whose().is_empty();
            let is_address = matches!(accepted.proposal, Proposal::Address { .. });
            // "Malakkastraat 6: lekkage" names nobody who could live there.
            let homeless = owners.is_empty() && free;
            if is_address && (homeless || !is_home(accepted)) {
                spots.push(accepted);
            } else if owners.is_empty() {
                self.leave_out(accepted, LeftOutWhy::Nobody);
            }
            for owner in owners
                .into_iter()
                .filter(|_| !is_address || is_home(accepted))
            {
                details.entry(owner).or_default().push(accepted);
            }
        }
        let people = std::mem::take(&mut self.people);
        for person in people.iter().filter(|person| person.is_new) {
            let details = details.remove(&person.id).unwrap_or_default();
            let (contact, second) = described(&details);
            for accepted in second {
                self.leave_out(accepted, LeftOutWhy::HasAddress);
            }
            let contact = Contact {
                name: person.name.clone(),
                ..contact
            };
            self.create(action, "contact", person.id, fields_of(&contact)?)?;
        }
        self.people = people;
        for (id, details) in details {
            self.complete(action, id, &details)?;
        }
        Ok(spots.iter().filter_map(|spot| spot_of(spot)).collect())
    }

    /// Adds to a known contact; a field that is filled in already is left alone, unless the broker said that it is new.
    /// What is noted in one space stays out of the records of another.
    fn complete(
        &mut self,
        action: &mut Action<'_>,
        id: RecordId,
        details: &[&Accepted],
    ) -> Result<()> {
        let known = action
            .fields(id)?
            .filter(|(kind, _)| kind.name == "contact");
        let Some((_, known)) = known else {
            self.leave_all_out(details, LeftOutWhy::Nobody);
            return Ok(());
        };
        if action.space_of(id)? != Some(self.space) {
            self.leave_all_out(details, LeftOutWhy::OtherSpace);
            return Ok(());
        }
        let (contact, second) = described(details);
        for accepted in second {
            self.leave_out(accepted, LeftOutWhy::HasAddress);
        }
        let mut new = fields_of(&contact)?;
        let home = details.iter().find(|accepted| is_home(accepted));
        if let Some(home) = home {
            let differs = lives_elsewhere(&known, &new);
            if differs && !home.replaces {
                self.leave_out(home, LeftOutWhy::HasAddress);
                new.retain(|name, _| !ADDRESS.contains(&name.as_str()));
            } else if differs {
                // Half of one address and half of another would be a third.
                for name in ADDRESS {
                    new.entry(name).or_insert(Value::Null);
                }
            } else {
                new.retain(|name, _| {
                    !ADDRESS.contains(&name.as_str()) || !known.contains_key(name)
                });
            }
        }
        action.edit(id, &new)?;
        Ok(())
    }

    fn leave_all_out(&mut self, details: &[&Accepted], why: LeftOutWhy) {
        for accepted in details {
            self.leave_out(accepted, why);
        }
    }

    fn leave_out(&mut self, accepted: &Accepted, why: LeftOutWhy) {
        let proposal = accepted.proposal.clone();
        if self.left_out.iter().all(|other| other.proposal != proposal) {
            self.left_out.push(LeftOut { proposal, why });
        }
    }

    fn note(&self, action: &mut Action<'_>, save: &CaptureSave, spots: &[String]) -> Result<()> {
        let place = save
            .accepted
            .iter()
            .find_map(|accepted| place_of(&accepted.proposal));
        let page = self.page.map(|(id, _)| id);
        let people = self.people.iter().map(|person| person.id);
        let note = Note {
            text: LongText(save.text.clone()),
            at: Some(self.device.surroundings.now()),
            place: place.or(save.place),
            place_name: spots.join(", "),
            about: page.into_iter().chain(people).collect(),
            spoken_of: self.spoken_of(),
            ..Note::default()
        };
        self.create(action, "note", self.note, fields_of(&note)?)
    }

    /// Who is mentioned, and not also there under another name.
    fn spoken_of(&self) -> BTreeSet<RecordId> {
        let ids = |mentioned: bool| {
            let people = self.people.iter();
            people
                .filter(move |person| person.spoken_of == mentioned)
                .map(|person| person.id)
                .collect::<BTreeSet<_>>()
        };
        &ids(true) - &ids(false)
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
                reporters: self.whose(&accepted.proposal).into_iter().collect(),
                note: Some(self.note),
                ..Signal::default()
            };
            let id = self.device.new_record();
            self.create(action, "signal", id, fields_of(&signal)?)?;
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
            let mut about: BTreeSet<RecordId> =
                self.whose(&accepted.proposal).into_iter().collect();
            // A promise made on somebody's page is shown there, whoever else it names.
            about.extend(self.page_is_somebody());
            let signal = self.page.filter(|(_, kind)| *kind == "signal");
            let follow_up = FollowUp {
                what: what.clone(),
                due: Some(*due),
                time: time
                    .map(|time| time.format("%H:%M").to_string())
                    .unwrap_or_default(),
                about,
                note: Some(self.note),
                signal: signal.map(|(id, _)| id),
                ..FollowUp::default()
            };
            let id = self.device.new_record();
            self.create(action, "follow_up", id, fields_of(&follow_up)?)?;
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
        let fields = with_defaults(self.device, kind, fields)?;
        action.create(id, kind, self.space, &fields)?;
        Ok(())
    }
}

const fn is_detail(accepted: &Accepted) -> bool {
    matches!(
        accepted.proposal,
        Proposal::Address { .. }
            | Proposal::Phone { .. }
            | Proposal::Email { .. }
            | Proposal::Offer { .. }
    )
}

const fn is_home(accepted: &Accepted) -> bool {
    matches!(accepted.proposal, Proposal::Address { home: true, .. })
}

const fn place_of(proposal: &Proposal) -> Option<PlaceKind> {
    if let Proposal::Place { place, .. } = proposal {
        Some(*place)
    } else {
        None
    }
}

/// A street where something is going on, as a note has it.
fn spot_of(accepted: &Accepted) -> Option<String> {
    let Proposal::Address {
        street,
        number,
        postcode,
        ..
    } = &accepted.proposal
    else {
        return None;
    };
    let words = [street, number, postcode].into_iter().flatten();
    Some(words.map(String::as_str).collect::<Vec<_>>().join(" "))
}

/// Both addresses are known, and they are not the same.
fn lives_elsewhere(known: &Fields, new: &Fields) -> bool {
    let word = |fields: &Fields, name: &str| fields.get(name).and_then(Value::as_str).map(fold);
    ADDRESS.iter().any(|name| {
        let (before, now) = (word(known, name), word(new, name));
        before.is_some() && now.is_some() && before != now
    })
}

/// What the details of one person come to; and the addresses after the first, for which there is no room.
fn described<'a>(details: &[&'a Accepted]) -> (Contact, Vec<&'a Accepted>) {
    let mut contact = Contact::default();
    let mut second = Vec::new();
    let mut has_home = false;
    for accepted in details {
        match &accepted.proposal {
            Proposal::Address { .. } if has_home => second.push(*accepted),
            Proposal::Address {
                street,
                number,
                postcode,
                town,
                ..
            } => {
                has_home = true;
                contact.street = street.clone().unwrap_or_default();
                contact.house_number = number.clone().unwrap_or_default();
                contact.postcode = postcode.clone().unwrap_or_default();
                contact.town = town.clone().unwrap_or_default();
            }
            Proposal::Phone { number, .. } => add_way(&mut contact, WayKind::Phone, number),
            Proposal::Email { address, .. } => add_way(&mut contact, WayKind::Email, address),
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
    (contact, second)
}

fn add_way(contact: &mut Contact, kind: WayKind, value: &str) {
    let way = Way {
        kind: Some(kind),
        value: value.to_owned(),
        label: String::new(),
    };
    contact.ways.insert(entry_key(&way), way);
}
