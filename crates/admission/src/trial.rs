//! Step 7: what the change does is tried before it is believed.

use automerge::{Automerge, Change, ROOT, ReadDoc, ScalarValue, Value};
use uuid::Uuid;

use crate::Hash;
use crate::chunk::{self, ChunkType};
use crate::columns;
use crate::limits::MAX_DOCUMENT_BYTES;
use crate::refusal::Refusal;
use crate::unwind::quietly;

/// A document after it was proven to survive being saved and loaded.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The document, loaded from exactly these bytes.
    pub document: Automerge,
    /// The document as `save_nocompress` wrote it.
    pub bytes: Vec<u8>,
    /// Its heads, sorted.
    pub heads: Vec<Hash>,
}

/// Applies the changes to the document and proves the result: same heads as the history says, same content after
/// being saved and loaded, the right id at the root, not too big.
pub(crate) fn run(
    document: Automerge,
    changes: Vec<Change>,
    expected_heads: Vec<Hash>,
    id: Uuid,
) -> Result<Merged, Refusal> {
    quietly(move || try_out(document, changes, expected_heads, id))
        .unwrap_or(Err(Refusal::Panicked))
}

fn try_out(
    mut document: Automerge,
    changes: Vec<Change>,
    expected_heads: Vec<Hash>,
    id: Uuid,
) -> Result<Merged, Refusal> {
    document
        .apply_changes(changes)
        .map_err(|_| Refusal::Unappliable)?;
    if heads_of(&document) != expected_heads {
        return Err(Refusal::Unappliable);
    }
    check_id(&document, id)?;
    let content = document.hydrate(None);
    let bytes = document.save_nocompress();
    drop(document); // never three of it at once
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(Refusal::DocumentTooBig);
    }
    // What is let in must also be taken in as a whole by a new device.
    columns::walk_document(chunk::open(&bytes, ChunkType::Document)?)?;
    let reloaded = Automerge::load(&bytes).map_err(|_| Refusal::Unsafe)?;
    if heads_of(&reloaded) != expected_heads || reloaded.hydrate(None) != content {
        return Err(Refusal::Unsafe);
    }
    Ok(Merged {
        document: reloaded,
        bytes,
        heads: expected_heads,
    })
}

/// The heads, sorted.
pub(crate) fn heads_of(document: &Automerge) -> Vec<Hash> {
    document
        .get_heads()
        .into_iter()
        .map(|hash| hash.0)
        .collect()
}

/// Every value of the root's `id`, also one that lost against another, is the id of this document.
pub(crate) fn check_id(document: &Automerge, id: Uuid) -> Result<(), Refusal> {
    let values = document
        .get_all(ROOT, "id")
        .map_err(|_| Refusal::WrongDocument)?;
    let mut buffer = Uuid::encode_buffer();
    let expected: &str = id.hyphenated().encode_lower(&mut buffer);
    let is_right = |value: &Value<'_>| matches!(value, Value::Scalar(scalar) if matches!(scalar.as_ref(), ScalarValue::Str(text) if text == expected));
    if !values.is_empty() && values.iter().all(|(value, _)| is_right(value)) {
        Ok(())
    } else {
        Err(Refusal::WrongDocument)
    }
}
