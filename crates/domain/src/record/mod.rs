//! What every kind of record has in common: fields with a shape, and the macro that declares a kind.

mod field;
mod kind;

pub use field::{Entry, Field, FieldType, Item, LongText, Shape, entry_key};
pub use kind::{KindSpec, Record, kind, kind_by_number, kinds, typed};

/// A record's fields as they stand outside the document: JSON values by field name.
///
/// A set is an array, entries are an object by key, dates are `YYYY-MM-DD`, instants RFC 3339 in UTC. A missing field
/// is simply absent.
pub type Fields = serde_json::Map<String, serde_json::Value>;

/// Declares a group of fields: a struct for code and screens, and the table of fields that documents follow.
///
/// Every field may be missing; the Rust type decides the shape in the document (see [`FieldType`]).
macro_rules! fields {
    ($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[serde(default)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),+ }

        impl $name {
            /// The fields and their shapes, in the order in which they are written.
            pub const FIELDS: &'static [$crate::record::Field] = &[$(
                $crate::record::Field {
                    name: stringify!($field),
                    shape: <$ty as $crate::record::FieldType>::SHAPE,
                }
            ),+];
        }
    };
}
pub(crate) use fields;
