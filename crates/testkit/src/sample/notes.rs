//! Notes, as a broker types them after a conversation.

use std::borrow::Cow;
use std::cell::Cell;

use serde_json::{Value, json};

use super::dice::{Dice, Purpose};
use super::lexicon::{LEXICON, TOPICS, Topic};
use super::phrase::{capital, fill, phrase};
use super::town::{Kind, Town, moment};

/// Where anybody is met, and how often.
const OUTSIDE: [(usize, &str); 5] = [
    (30, "street"),
    (12, "park"),
    (10, "shop"),
    (12, "school_gate"),
    (8, "street_activity"),
];
/// Where people come, or are visited, by name.
const INSIDE: [(usize, &str); 6] = [
    (12, "community_centre"),
    (3, "service_centre"),
    (5, "home_visit"),
    (5, "phone"),
    (2, "online"),
    (1, "other"),
];

/// What a note is about. A signal and a follow-up from it are about the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) topic: Option<Topic>,
    /// With whom; nobody who gave a name when it is missing.
    pub(super) contact: Option<usize>,
    /// Somebody else who is mentioned.
    pub(super) other: Option<usize>,
    pub(super) organisation: usize,
    pub(super) area: usize,
    pub(super) street: &'static str,
}

/// What a note is about.
pub(super) fn facts(town: &Town, number: usize) -> Facts {
    let mut dice = Dice::of(town.seed, Purpose::Note, number);
    let contacts = town.size.contacts;
    let contact = (contacts > 0 && dice.percent(92)).then(|| dice.mostly_low(contacts));
    let other = (contacts > 1).then(|| {
        let first = contact.unwrap_or_default();
        (first + 1 + dice.below(contacts - 1)) % contacts
    });
    let area = dice.below(town.areas.len());
    let streets = town.areas.get(area).map_or(&[][..], |(_, streets)| streets);
    let person = contact.and_then(|number| town.people.get(number));
    Facts {
        topic: dice.pick(&TOPICS),
        contact,
        other,
        organisation: dice.below(town.organisations.len()),
        area: person.map_or(area, |person| person.area),
        street: person
            .map(|person| person.street)
            .or_else(|| dice.pick(streets))
            .unwrap_or_default(),
    }
}

/// A note.
pub(super) fn note(town: &Town, number: usize) -> Value {
    let facts = facts(town, number);
    let mut dice = Dice::of(town.seed, Purpose::NoteText, number);
    let place = Place::of(facts, &mut dice);
    let words = Words::of(town, facts, &place.said);
    let text = text(&words, &mut dice);
    let mut about: Vec<String> = facts
        .contact
        .into_iter()
        .map(|contact| town.id(Kind::Contact, contact))
        .collect();
    let other = facts.other.filter(|_| words.names_other.get());
    about.extend(other.map(|other| town.id(Kind::Contact, other)));
    if words.names_organisation.get() {
        about.push(town.id(Kind::Organisation, facts.organisation));
    }
    json!({
        "kind": "note",
        "id": town.id(Kind::Note, number),
        "text": text,
        "at": moment(town.made(Kind::Note, number)),
        "place": place.kind,
        "place_name": place.name,
        "neighbourhood": town.id(Kind::Neighbourhood, facts.area),
        "about": about,
    })
}

/// A phrase about a contact, with somebody else in it.
pub(super) fn about(town: &Town, contact: usize, section: &str, dice: &mut Dice) -> String {
    let mut facts = facts(town, dice.below(1 << 20));
    let person = town.people.get(contact);
    facts.contact = Some(contact);
    facts.street = person.map_or(facts.street, |person| person.street);
    if facts.other == Some(contact) {
        facts.other = Some((contact + 1) % town.size.contacts.max(1));
    }
    let words = Words::of(town, facts, "");
    phrase(section, dice, &|slot, dice| words.word(slot, dice))
}

/// Where a note was made.
struct Place {
    kind: &'static str,
    name: &'static str,
    /// As one says it: "bij basisschool De Zandloper".
    said: Cow<'static, str>,
}

impl Place {
    fn of(facts: Facts, dice: &mut Dice) -> Self {
        // Nobody is visited or telephoned without a name.
        let is_inside = facts.contact.is_some() && dice.percent(28);
        let kinds = if is_inside { &INSIDE[..] } else { &OUTSIDE[..] };
        let kind = dice.weighted(kinds).unwrap_or("street");
        let (name, said) = match kind {
            "street" => (facts.street, Cow::Owned(format!("op de {}", facts.street))),
            "home_visit" => (
                facts.street,
                Cow::Owned(format!("thuis op de {}", facts.street)),
            ),
            _ => {
                let section = match kind {
                    "park" => "parks".to_owned(),
                    "shop" => "shops".to_owned(),
                    "school_gate" => "schools".to_owned(),
                    other => format!("place {other}"),
                };
                let said = dice.pick(LEXICON.lines(&section)).unwrap_or_default();
                let is_place = kind != "phone" && kind != "online";
                // "bij de bakfiets" is at the place "de bakfiets".
                let name = said.split_once(' ').filter(|_| is_place);
                (name.map_or("", |(_, name)| name), Cow::Borrowed(said))
            }
        };
        Self { kind, name, said }
    }
}

/// An opening, what was said, some detail, and how it goes on.
fn text(words: &Words<'_>, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(256);
    let mut add = |sentence: String| {
        if !text.is_empty() {
            // Now and then a new paragraph.
            text.push(if text.len() > 200 && sentence.len().is_multiple_of(3) {
                '\n'
            } else {
                ' '
            });
        }
        text.push_str(&capital(&sentence));
    };
    let known = |slot: &str, dice: &mut Dice| words.word(slot, dice);
    let opener = if words.facts.contact.is_some() {
        "opener"
    } else {
        "opener anoniem"
    };
    add(phrase(opener, dice, &known));
    if let Some(topic) = words.facts.topic {
        add(phrase(&format!("lead {}", topic.kind), dice, &known));
        let mut said = String::new();
        fill(topic.said, dice, &known, &mut said);
        add(said);
    }
    for _ in 0..dice
        .weighted(&[(2, 0), (5, 1), (3, 2), (1, 3)])
        .unwrap_or_default()
    {
        add(phrase("detail", dice, &known));
    }
    if words.facts.contact.is_some() {
        for (section, chance) in [("help", 35), ("extra", 30), ("closer", 65)] {
            if dice.percent(chance) {
                add(phrase(section, dice, &known));
            }
        }
    }
    text
}

/// The words for the slots that depend on who and where.
pub(super) struct Words<'a> {
    town: &'a Town,
    facts: Facts,
    place: &'a str,
    /// Which slots were used, so that the note points at whom it names.
    names_other: Cell<bool>,
    names_organisation: Cell<bool>,
}

impl<'a> Words<'a> {
    pub(super) fn of(town: &'a Town, facts: Facts, place: &'a str) -> Self {
        Self {
            town,
            facts,
            place,
            names_other: Cell::new(false),
            names_organisation: Cell::new(false),
        }
    }

    /// The word for a slot, unless it is one of the lists.
    pub(super) fn word(&self, slot: &str, dice: &mut Dice) -> Option<Cow<'static, str>> {
        let person = |number: Option<usize>| number.and_then(|number| self.town.people.get(number));
        let word = match slot {
            "naam" => Cow::Owned(person(self.facts.contact)?.name()),
            "voornaam" => Cow::Borrowed(person(self.facts.contact)?.given),
            "ander" => {
                self.names_other.set(self.facts.other.is_some());
                person(self.facts.other).map_or("een buur".into(), |person| person.name().into())
            }
            "instantie" => {
                self.names_organisation.set(true);
                (*self.town.organisations.get(self.facts.organisation)?).into()
            }
            "plek" => Cow::Owned(self.place.to_owned()),
            "straat" => Cow::Borrowed(self.facts.street),
            "onderwerp" => Cow::Borrowed(self.facts.topic?.subject),
            _ => return made_up(slot, dice),
        };
        Some(word)
    }
}

/// Numbers, times and compounds: words that no list could hold all of.
fn made_up(slot: &str, dice: &mut Dice) -> Option<Cow<'static, str>> {
    let (low, high) = match slot {
        "woord" => {
            let first = LEXICON.lines("eerste");
            let first = first.get(dice.mostly_low(first.len()))?;
            return Some(format!("{first}{}", dice.pick(LEXICON.lines("tweede"))?).into());
        }
        "uur" => {
            let part = dice.pick(&["", "half ", "kwart over ", "kwart voor "])?;
            let hours = [
                "negen", "tien", "elf", "twee", "drie", "vier", "zeven", "acht",
            ];
            return Some(format!("{part}{}", dice.pick(&hours)?).into());
        }
        "getal" => (1, 28),
        "jaren" => (2, 45),
        "weken" => (2, 11),
        "keren" => (2, 9),
        "nummer" => (1, 180),
        _ => return None,
    };
    Some(dice.between(low, high).to_string().into())
}
