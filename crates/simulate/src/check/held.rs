//! What a device holds.

use std::collections::{BTreeMap, BTreeSet};

use app::App;
use app::api::{Nothing, RecordList, RecordView};

use crate::history::Kind;
use crate::truth::Seen;
use crate::world::{add_conflict, seen_in};

/// Rows in a page of records.
const PAGE: u32 = 1_000;

/// What a device holds.
pub(super) struct Held {
    pub(super) records: BTreeMap<String, RecordView>,
    /// The words that records show, by record.
    pub(super) seen: BTreeMap<String, Seen>,
    /// Values on which people disagree, by record and path.
    pub(super) conflicts: BTreeMap<(String, String), BTreeSet<String>>,
    /// Records of which a change was refused and is kept aside in sight.
    pub(super) refused: BTreeSet<String>,
    /// Something of its own was refused.
    pub(super) mine_refused: bool,
}

impl Held {
    pub(super) fn by(app: &App) -> app::Result<Self> {
        let mut records = BTreeMap::new();
        let mut offset = 0;
        loop {
            let page = app.record_list(RecordList {
                kind: None,
                offset,
                limit: PAGE,
                archived: true,
            })?;
            offset += PAGE;
            records.extend(page.rows.into_iter().map(|row| (row.id.clone(), row)));
            if offset >= page.total {
                break;
            }
        }
        let mut seen: BTreeMap<String, Seen> = records
            .values()
            .filter_map(|row| Some((row.id.clone(), seen_in(Kind::of(&row.kind)?, &row.fields))))
            .collect();
        let mut conflicts = BTreeMap::new();
        for conflict in app.conflict_list(Nothing {})? {
            let id = conflict.record.id;
            if let (Some(kind), Some(seen)) = (Kind::of(&conflict.record.kind), seen.get_mut(&id)) {
                add_conflict(seen, kind, &conflict.path, &conflict.values);
            }
            let values = conflict
                .values
                .iter()
                .map(|value| value.value.to_string())
                .collect();
            conflicts.insert((id, conflict.path), values);
        }
        let details = app.sync_details(Nothing {})?;
        let mine_refused = details.refused.iter().any(|change| change.mine);
        let refused = details
            .refused
            .into_iter()
            .filter_map(|change| change.record.map(|record| record.id))
            .collect();
        Ok(Self {
            records,
            seen,
            conflicts,
            refused,
            mine_refused,
        })
    }
}
