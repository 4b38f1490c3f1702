//! A whole document from the server.

use automerge::Automerge;
use uuid::Uuid;

use crate::chunk::{self, ChunkType};
use crate::columns;
use crate::limits::MAX_DOCUMENT_BYTES;
use crate::refusal::Refusal;
use crate::trial::{Merged, check_id, heads_of};
use crate::unwind::quietly;

/// Takes in a saved document: one document chunk with the right checksum and no deflated column, that loads and
/// carries the right id. The server tried every change in it already, so no trial is repeated: a first sync brings
/// thousands of these.
///
/// # Errors
/// When it is not such a document.
pub fn admit_snapshot(bytes: Vec<u8>, document: Uuid) -> Result<Merged, Refusal> {
    let chunk = chunk::read(&bytes, ChunkType::Document, MAX_DOCUMENT_BYTES)?;
    columns::walk_document(chunk.data)?;
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
