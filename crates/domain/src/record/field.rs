//! The shapes a field can have, and which Rust type stands for which shape.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{MemberId, RecordId, SpaceId};

/// A named field of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name in documents, JSON and TypeScript.
    pub name: &'static str,
    /// How it is kept and merged.
    pub shape: Shape,
}

/// How a field is kept in the document, and so how concurrent edits of it meet.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// One line of at most 500 characters. Concurrent edits are both kept until a person chooses.
    Line,
    /// Running text of at most 20,000 characters; concurrent edits merge as text.
    Text,
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A moment, RFC 3339 in UTC.
    Instant,
    /// One word of a closed list.
    Choice(&'static [&'static str]),
    /// The id of another record.
    Reference,
    /// The id of a person who uses the app.
    Member,
    /// The id of a space.
    Space,
    /// A set: additions and removals by different people all count.
    Set(Item),
    /// Several small groups of fields under keys of their own; different keys merge, equal fields of one key may
    /// conflict.
    Entries(&'static [Field]),
}

impl Shape {
    /// Concurrent different values are shown to a person, who picks.
    #[must_use]
    pub const fn can_conflict(&self) -> bool {
        !matches!(self, Self::Text | Self::Set(_) | Self::Entries(_))
    }

    /// Two values can stand side by side in the one field.
    #[must_use]
    pub const fn can_hold_both(&self) -> bool {
        matches!(self, Self::Line)
    }
}

/// What a set holds.
#[derive(Debug, Clone, Copy)]
pub enum Item {
    /// Free words, one line each.
    Line,
    /// Words of a closed list.
    Choice(&'static [&'static str]),
    /// Ids of other records.
    Reference,
}

/// A Rust type that stands for a [`Shape`].
pub trait FieldType {
    /// The shape of the field in a document.
    const SHAPE: Shape;
}

/// A Rust type that can stand in a set.
pub trait SetItem {
    /// What the set holds.
    const ITEM: Item;
}

/// A group of fields that can stand under a key.
pub trait Entry {
    /// Its fields.
    const ENTRY_FIELDS: &'static [Field];
}

/// Running text that merges as text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
pub struct LongText(pub String);

impl std::ops::Deref for LongText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl FieldType for String {
    const SHAPE: Shape = Shape::Line;
}
impl FieldType for LongText {
    const SHAPE: Shape = Shape::Text;
}
impl FieldType for bool {
    const SHAPE: Shape = Shape::Flag;
}
impl FieldType for Option<i32> {
    const SHAPE: Shape = Shape::Number;
}
impl FieldType for Option<NaiveDate> {
    const SHAPE: Shape = Shape::Date;
}
impl FieldType for Option<DateTime<Utc>> {
    const SHAPE: Shape = Shape::Instant;
}
impl FieldType for Option<RecordId> {
    const SHAPE: Shape = Shape::Reference;
}
impl FieldType for Option<MemberId> {
    const SHAPE: Shape = Shape::Member;
}
impl FieldType for Option<SpaceId> {
    const SHAPE: Shape = Shape::Space;
}
impl<T: SetItem> FieldType for BTreeSet<T> {
    const SHAPE: Shape = Shape::Set(T::ITEM);
}
impl<T: Entry> FieldType for BTreeMap<String, T> {
    const SHAPE: Shape = Shape::Entries(T::ENTRY_FIELDS);
}
impl SetItem for String {
    const ITEM: Item = Item::Line;
}
impl SetItem for RecordId {
    const ITEM: Item = Item::Reference;
}

/// Lets a closed list stand in a field or a set.
macro_rules! choice_fields {
    ($($name:ty),+ $(,)?) => {$(
        impl FieldType for Option<$name> {
            const SHAPE: Shape = Shape::Choice(<$name>::WORDS);
        }
        impl SetItem for $name {
            const ITEM: Item = Item::Choice(<$name>::WORDS);
        }
    )+};
}
choice_fields!(
    crate::Consent,
    crate::ContactRole,
    crate::FollowUpState,
    crate::GroupKind,
    crate::LegalBasis,
    crate::PlaceKind,
    crate::RelationKind,
    crate::ReporterTold,
    crate::RetainedKind,
    crate::SignalKind,
    crate::SignalState,
    crate::WayKind,
);

/// A key for an entry that comes without one, made of what it says: the same number noted twice, or on two devices, is
/// one entry. FNV-1a, 64 bits (RFC 9923): short and stable, and nobody's secret depends on it.
#[must_use]
pub fn entry_key(entry: &impl Serialize) -> String {
    let value = serde_json::to_value(entry).unwrap_or_default();
    let mut said: Vec<(&String, &serde_json::Value)> = value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !(value.is_null() || *value == "" || *value == false))
        .collect();
    said.sort_by_key(|(name, _)| name.as_str());
    let text: String = said
        .iter()
        .map(|(name, value)| format!("{name}={value};"))
        .collect();
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
