//! A whole document from the server.

use automerge::Automerge;
use uuid::Uuid;

use crate::chunk::{self, ChunkType};
use crate::columns;
use crate::ledger::Ledger;
use crate::limits::MAX_DOCUMENT_BYTES;
use crate::refusal::Refusal;
use crate::trial::{Merged, check_id, heads_of};
use crate::unwind::quietly;

/// Takes in a saved document: one document chunk with the right checksum, no deflated column and nothing that expands
/// beyond the limits, that loads and carries the right id. Loading recomputes the hash of every change in it. The server
/// tried every change already, so no trial is repeated: a first sync brings thousands of these.
///
/// # Errors
/// When it is not such a document.
pub fn admit_snapshot(bytes: Vec<u8>, document: Uuid) -> Result<Merged, Refusal> {
    let chunk = chunk::read(&bytes, ChunkType::Document, MAX_DOCUMENT_BYTES)?;
    let body = columns::walk_document(chunk.data)?;
    // Finds objects that lie too deep, and columns that cannot be read.
    Ledger::default().read_document(&body, &Some)?;
    let id = document;
    let loaded = quietly(|| {
        let document = Automerge::load(&bytes).map_err(|_| Refusal::Unappliable)?;
        check_id(&document, id)?;
        let heads = heads_of(&document);
        Ok((document, heads))
    });
    let (document, heads) = loaded.unwrap_or(Err(Refusal::Panicked))?;
    Ok(Merged {
        document,
        bytes,
        heads,
    })
}
