//! Whole documents for a device that has little or nothing of a space.

use protocol::limits::MAX_PAGE_ERASURES;
use protocol::{Digest, SnapshotRequest, SpaceAction};

use super::pull::{ERASURE_BYTES, Logged};
use super::rows::{self, number, signed, uuid};
use super::{Log, LogError, spaces};
use crate::log::{Device, SnapshotPage, StoredDocument};

impl Log {
    /// A page of documents; `None` when the device may not see the space.
    ///
    /// Pages follow the last change of each document: one that changes while pages are fetched comes again in a later
    /// page, none is skipped.
    ///
    /// # Errors
    /// When the database fails.
    pub fn snapshots(
        &self,
        device: &Device,
        request: &SnapshotRequest,
        max_bytes: u64,
    ) -> Result<Option<SnapshotPage>, LogError> {
        self.read(|tx| {
            let seen = spaces::seen_by(tx, device.member)?;
            let Some(space) = seen.into_iter().find(|space| space.id == request.space) else {
                return Ok(None);
            };
            let after = signed(request.since.max(request.after));
            let mut page = SnapshotPage {
                state: space.state(SpaceAction::Ok),
                documents: Vec::new(),
                erasures: Vec::new(),
                begun: Vec::new(),
                next_cursor: number(space.head),
                remaining: 0,
                digest: Digest(space.digest.cast_unsigned()),
            };
            let mut statement = tx.prepare_cached(include_str!("sql/documents_after.sql"))?;
            let mut found = statement.query((space.no, after))?;
            let mut bytes_left = max_bytes;
            let mut last = 0;
            while let Some(row) = found.next()? {
                // What was erased has no bytes, nor has an epoch of which only the ledger knows.
                let bytes = row
                    .get_ref(3)?
                    .as_blob_or_null()
                    .map_err(|_| LogError::Malformed("document"))?;
                let size = bytes.map_or(ERASURE_BYTES, |bytes| bytes.len() as u64);
                // Each of these stands in the header, too, which holds so many and no more.
                let told = page.erasures.len() + page.begun.len();
                if last > 0 && (size > bytes_left || told >= MAX_PAGE_ERASURES) {
                    page.remaining = tx
                        .prepare_cached(
                            "SELECT (SELECT COUNT(*) FROM document WHERE space = ?1 AND last_seq > ?2)
                                  + (SELECT COUNT(*) FROM erasure
                                     WHERE space = ?1 AND seq > ?2 AND epoch IS NULL)",
                        )?
                        .query_row((space.no, signed(last)), |row| row.get(0).map(number))?;
                    page.next_cursor = last;
                    break;
                }
                bytes_left = bytes_left.saturating_sub(size);
                last = number(row.get(2)?);
                if Logged::of(row.get(6)?) == Logged::Erasure {
                    page.erasures.push(rows::erasure(row, 2, 0)?);
                    continue;
                }
                let epoch = number(row.get(1)?);
                if row.get::<_, Option<i64>>(5)?.is_some() {
                    page.begun.push(rows::erasure(row, 2, 0)?);
                }
                page.documents.push(StoredDocument {
                    id: uuid(row, 0)?,
                    epoch,
                    last_seq: last,
                    bytes: bytes.unwrap_or_default().to_vec(),
                });
            }
            Ok(Some(page))
        })
    }
}
