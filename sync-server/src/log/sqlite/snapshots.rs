//! Whole documents for a device that has little or nothing of a space.

use protocol::{Digest, SnapshotRequest, SpaceAction};

use super::rows::{number, signed, uuid};
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
                next_cursor: number(space.head),
                remaining: 0,
                digest: Digest(space.digest.cast_unsigned()),
            };
            let mut statement = tx.prepare_cached(include_str!("sql/documents_after.sql"))?;
            let mut rows = statement.query((space.no, after))?;
            let mut bytes_left = max_bytes;
            while let Some(row) = rows.next()? {
                let bytes = row
                    .get_ref(3)?
                    .as_blob()
                    .map_err(|_| LogError::Malformed("document"))?;
                if !page.documents.is_empty() && bytes.len() as u64 > bytes_left {
                    let last = page
                        .documents
                        .last()
                        .map_or(0, |document| document.last_seq);
                    page.remaining = tx
                        .prepare_cached(
                            "SELECT COUNT(*) FROM document WHERE space = ?1 AND last_seq > ?2",
                        )?
                        .query_row((space.no, signed(last)), |row| row.get(0).map(number))?;
                    page.next_cursor = last;
                    break;
                }
                bytes_left = bytes_left.saturating_sub(bytes.len() as u64);
                page.documents.push(StoredDocument {
                    id: uuid(row, 0)?,
                    epoch: number(row.get(1)?),
                    last_seq: number(row.get(2)?),
                    bytes: bytes.to_vec(),
                });
            }
            Ok(Some(page))
        })
    }
}
