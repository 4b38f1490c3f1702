//! What the parser proposes. Each proposal is a chip that a person keeps, changes or drops.

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::directory::KnownContact;
use crate::{PlaceKind, SignalKind};

/// A part of the typed text, counted in UTF-16 code units as a text field in a window counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Span {
    /// First unit.
    pub start: u32,
    /// One past the last unit.
    pub end: u32,
}

impl Span {
    /// The span of a byte range of `text`. An end outside the text, or inside a character, counts as the text's end.
    #[must_use]
    pub fn of_bytes(text: &str, bytes: &Range<usize>) -> Self {
        let units = |end: usize| {
            let before = text.get(..end).unwrap_or(text);
            u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
        };
        Self {
            start: units(bytes.start),
            end: units(bytes.end),
        }
    }
}

/// One thing that a typed line may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Proposal {
    /// A person.
    Contact {
        /// Where it stands.
        span: Span,
        /// The name, without "mevrouw" and the like when a given name is known.
        name: String,
        /// Known contacts who may be meant, the likeliest first; none means a new contact.
        candidates: Vec<KnownContact>,
        /// There is nothing to choose: nobody else is known by this name, or the text says which of them it is.
        sure: bool,
        /// They are only mentioned, as far as the words tell: "over Kees", "ruzie met Kees".
        spoken_of: bool,
    },
    /// An address, as far as it was typed.
    Address {
        /// Where it stands.
        span: Span,
        /// Street name.
        street: Option<String>,
        /// House number with its addition, as typed: "6a", "12 bis", "12-2".
        number: Option<String>,
        /// Postcode as "3531 HM".
        postcode: Option<String>,
        /// Town.
        town: Option<String>,
        /// Somebody lives there, as far as the words tell; otherwise it is where something is going on.
        home: bool,
        /// Who lives there, as the spans of their proposals.
        of: Vec<Span>,
    },
    /// A telephone number.
    Phone {
        /// Where it stands.
        span: Span,
        /// E.164, such as +31612345678.
        number: String,
        /// As typed.
        shown: String,
        /// Whose it is, as the span of their proposal.
        of: Vec<Span>,
    },
    /// An e-mail address.
    Email {
        /// Where it stands.
        span: Span,
        /// The address, with its domain in lower case.
        address: String,
        /// Whose it is, as the span of their proposal.
        of: Vec<Span>,
    },
    /// The kind of place where it was said or seen.
    Place {
        /// Where it stands.
        span: Span,
        /// The kind of place.
        place: PlaceKind,
    },
    /// An issue that the neighbourhood raises.
    Signal {
        /// Where it stands.
        span: Span,
        /// What kind of issue.
        kind: SignalKind,
        /// Id of the organisation's theme, if a word points at one.
        theme: Option<String>,
        /// A short title: the words themselves.
        title: String,
        /// Who told it, as the spans of their proposals; who is only spoken of did not.
        of: Vec<Span>,
    },
    /// Something a person offers to do, give or lend.
    Offer {
        /// Where it stands.
        span: Span,
        /// The words themselves.
        text: String,
        /// Who offers it, as the spans of their proposals.
        of: Vec<Span>,
    },
    /// A promise with a date.
    FollowUp {
        /// Where it stands.
        span: Span,
        /// What to do: the words themselves without the date.
        what: String,
        /// The day, in local time.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        due: NaiveDate,
        /// The time of day, if one was named.
        #[serde(with = "hours_and_minutes")]
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        time: Option<NaiveTime>,
        /// For whom it is, as the spans of their proposals.
        of: Vec<Span>,
    },
}

impl Proposal {
    /// The part of the text that it rests on.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Contact { span, .. }
            | Self::Address { span, .. }
            | Self::Phone { span, .. }
            | Self::Email { span, .. }
            | Self::Place { span, .. }
            | Self::Signal { span, .. }
            | Self::Offer { span, .. }
            | Self::FollowUp { span, .. } => *span,
        }
    }
}

impl Proposal {
    /// The people it belongs to, as the spans of their proposals: whose number it is, who told of the signal, for whom
    /// the promise is. None for a person and for the kind of place.
    #[must_use]
    pub fn whose(&self) -> &[Span] {
        match self {
            Self::Address { of, .. }
            | Self::Phone { of, .. }
            | Self::Email { of, .. }
            | Self::Signal { of, .. }
            | Self::Offer { of, .. }
            | Self::FollowUp { of, .. } => of,
            Self::Contact { .. } | Self::Place { .. } => &[],
        }
    }

    pub(super) const fn whose_mut(&mut self) -> Option<&mut Vec<Span>> {
        match self {
            Self::Address { of, .. }
            | Self::Phone { of, .. }
            | Self::Email { of, .. }
            | Self::Signal { of, .. }
            | Self::Offer { of, .. }
            | Self::FollowUp { of, .. } => Some(of),
            Self::Contact { .. } | Self::Place { .. } => None,
        }
    }
}

/// A time of day as "HH:MM", the form of an HTML time field.
mod hours_and_minutes {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    const FORMAT: &str = "%H:%M";

    #[expect(clippy::ref_option, reason = "serde passes the field by reference")]
    pub(super) fn serialize<S: Serializer>(
        time: &Option<NaiveTime>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        time.map(|time| time.format(FORMAT).to_string())
            .serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<NaiveTime>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|typed| NaiveTime::parse_from_str(&typed, FORMAT).map_err(D::Error::custom))
            .transpose()
    }
}
