//! What is known of the town before any record is made: who lives where, and the id and moment of every record.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::Value;

use super::Size;
use super::dice::{Dice, Purpose};
use super::lexicon::LEXICON;
use super::people::Person;

/// Days of work that the notes are spread over.
const DAYS: u64 = 540;

/// The kinds that others point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Neighbourhood = 1,
    Theme,
    Holiday,
    Organisation,
    Contact,
    Group,
    Relation,
    Note,
    Signal,
    FollowUp,
}

/// The town.
pub(super) struct Town {
    pub(super) seed: u64,
    pub(super) today: NaiveDate,
    pub(super) size: Size,
    pub(super) people: Vec<Person>,
    /// Neighbourhoods with their streets.
    pub(super) areas: Vec<(&'static str, &'static [&'static str])>,
    /// Names of the institutions.
    pub(super) organisations: Vec<&'static str>,
}

impl Town {
    pub(super) fn new(seed: u64, today: NaiveDate, size: Size) -> Self {
        let organisations = LEXICON.lines("organisations").iter();
        let mut town = Self {
            seed,
            today,
            size,
            people: Vec::new(),
            areas: LEXICON.all("streets").collect(),
            organisations: organisations
                .filter_map(|line| line.split('|').next())
                .map(str::trim)
                .collect(),
        };
        for number in 0..size.contacts {
            let person = Person::of(&town, number);
            town.people.push(person);
        }
        town
    }

    /// The id of a record: UUIDv7 (RFC 9562) of the moment it was made, with bits thrown from the seed.
    pub(super) fn id(&self, kind: Kind, number: usize) -> String {
        let mut dice = Dice::of(self.seed, Purpose::Id, (kind as usize) << 40 | number);
        let moment = u64::try_from(self.made(kind, number).timestamp_millis()).unwrap_or_default();
        let time = moment & 0xffff_ffff_ffff;
        let (version, variant) = (0x7000 | dice.next() >> 52, 1 << 63 | dice.next() >> 2);
        format!(
            "{:08x}-{:04x}-{version:04x}-{:04x}-{:012x}",
            time >> 16,
            time & 0xffff,
            variant >> 48,
            variant & 0xffff_ffff_ffff,
        )
    }

    /// The moment a record was made. Notes and people come one after another, and a signal is written down with its
    /// note.
    pub(super) fn made(&self, kind: Kind, number: usize) -> DateTime<Utc> {
        let count = match kind {
            Kind::Contact => self.size.contacts,
            Kind::Note => self.size.notes,
            Kind::Signal => match self.note_of_signal(number) {
                Some(note) => return self.made(Kind::Note, note) + TimeDelta::minutes(5),
                None => self.size.signals,
            },
            Kind::Group => self.size.groups,
            Kind::Relation => self.size.relations,
            Kind::FollowUp => self.size.follow_ups,
            Kind::Neighbourhood | Kind::Theme | Kind::Holiday | Kind::Organisation => {
                return at(self.first_day(), 8 * 60);
            }
        };
        let day = DAYS * (number as u64) / (count.max(1) as u64);
        let mut dice = Dice::of(self.seed, Purpose::Id, (kind as usize) << 48 | number);
        at(
            self.first_day() + Days::new(day),
            dice.between(8 * 60, 20 * 60),
        )
    }

    /// The note in which a signal was heard.
    pub(super) fn note_of_signal(&self, signal: usize) -> Option<usize> {
        let note = signal * self.size.notes / self.size.signals.max(1);
        (note < self.size.notes).then_some(note)
    }

    /// The signal that was heard in a note.
    pub(super) fn signal_of_note(&self, note: usize) -> Option<usize> {
        let near = note * self.size.signals / self.size.notes.max(1);
        (near..=near + 1)
            .find(|&signal| signal < self.size.signals && self.note_of_signal(signal) == Some(note))
    }

    /// About how many notes were made before a day; at least one when there are any.
    pub(super) fn notes_until(&self, day: NaiveDate) -> usize {
        let days = usize::try_from((day - self.first_day()).num_days()).unwrap_or_default();
        (days * self.size.notes / usize::try_from(DAYS).unwrap_or(1))
            .clamp(1.min(self.size.notes), self.size.notes)
    }

    /// Some days from today; before today when it is less than nothing.
    pub(super) fn day(&self, days: i64) -> NaiveDate {
        self.today
            .checked_add_signed(TimeDelta::days(days))
            .unwrap_or(self.today)
    }

    /// The number of a theme by its name.
    pub(super) fn theme(&self, name: &str) -> Option<String> {
        let is_it = |line: &&str| line.split(':').next() == Some(name);
        let number = LEXICON.lines("themes").iter().position(is_it)?;
        Some(self.id(Kind::Theme, number))
    }

    fn first_day(&self) -> NaiveDate {
        self.today
            .checked_sub_days(Days::new(DAYS))
            .unwrap_or(self.today)
    }
}

/// A moment on a day, by the minutes since midnight.
pub(super) fn at(day: NaiveDate, minutes: i64) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes)).and_utc()
}

/// A moment as it stands in a record.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Adds a field to a record.
pub(super) fn put(record: &mut Value, field: &str, value: Value) {
    if let Some(fields) = record.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
}
