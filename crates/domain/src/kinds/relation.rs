//! A typed link between contacts, groups and organisations.

use crate::RelationKind;
use crate::ids::RecordId;
use crate::record::{KindSpec, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// A typed link, read from the first to the second: "Fatima is parent of Sami".
    Relation {
        /// The first.
        from: Option<RecordId>,
        /// The second.
        to: Option<RecordId>,
        /// How they are linked.
        relation_kind: Option<RelationKind>,
        /// A few words, such as "since the street party".
        remark: String,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for Relation {
    const SPEC: KindSpec = KindSpec::of::<Self>("relation", 7, 1, Self::FIELDS);

    fn title(&self) -> String {
        self.remark.clone()
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        for (field, missing) in [
            ("from", self.from.is_none()),
            ("to", self.to.is_none()),
            ("relation_kind", self.relation_kind.is_none()),
        ] {
            if missing {
                return Err(Rejection::Missing { field });
            }
        }
        Ok(())
    }
}
