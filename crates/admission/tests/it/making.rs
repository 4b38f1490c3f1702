//! Documents and changes to judge.

use admission::{Batch, Claim, Stored, admit_all};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc, ScalarValue};
use hostile::Parts;
use uuid::Uuid;

pub(crate) const ID: Uuid = Uuid::from_u128(0x0198_1111_2222_7333_8444_5555_6666_7777);
pub(crate) const DEVICE: [u8; 8] = [1; 8];
pub(crate) const OTHER_DEVICE: [u8; 8] = [2; 8];
pub(crate) const CLAIM: Claim = Claim {
    document: ID,
    device: Some(DEVICE),
};
pub(crate) const FROM_SERVER: Claim = Claim {
    document: ID,
    device: None,
};

pub(crate) fn actor(device: [u8; 8], incarnation: u8) -> ActorId {
    let mut actor = [incarnation; 16];
    actor[..8].copy_from_slice(&device);
    ActorId::from(actor)
}

/// A document as the app would make it.
pub(crate) fn document() -> Automerge {
    let mut document = Automerge::new().with_actor(actor(DEVICE, 0));
    put(&mut document, "id", &ID.to_string());
    document
}

/// Puts a value and returns the raw change.
pub(crate) fn put(document: &mut Automerge, key: &str, value: &str) -> Vec<u8> {
    let mut tx = document.transaction();
    tx.put(ROOT, key, value).unwrap();
    tx.commit();
    last(document)
}

pub(crate) fn last(document: &Automerge) -> Vec<u8> {
    document
        .get_last_local_change()
        .unwrap()
        .raw_bytes()
        .to_vec()
}

pub(crate) fn all(document: &Automerge) -> Vec<Vec<u8>> {
    document
        .get_changes(&[])
        .iter()
        .map(|change| change.raw_bytes().to_vec())
        .collect()
}

pub(crate) fn push(snapshot: Option<&[u8]>, claim: &Claim, raws: &[Vec<u8>]) -> Batch {
    let raws: Vec<&[u8]> = raws.iter().map(Vec::as_slice).collect();
    admit_all(
        Stored {
            snapshot,
            tail: &[],
        },
        claim,
        &raws,
    )
    .unwrap()
}

/// The parts of an honest change.
pub(crate) fn parts(raw: &[u8]) -> Parts {
    Parts::of(raw).unwrap()
}

/// A document with every sort of object, made by [`DEVICE`]: its operations 1 to 12, in two changes.
///
/// 1 `id`, 2 `name`, 3 the text `body`, 4 to 7 its characters, 8 the map `roles`, 9 `resident` in it, 10 the counter
/// `visits`, 11 the list `steps`, 12 its element.
pub(crate) fn rich_document() -> Automerge {
    let mut made = document();
    let mut tx = made.transaction();
    tx.put(ROOT, "name", "Fatima").unwrap();
    let body = tx.put_object(ROOT, "body", ObjType::Text).unwrap();
    tx.splice_text(&body, 0, 0, "abcd").unwrap();
    let roles = tx.put_object(ROOT, "roles", ObjType::Map).unwrap();
    tx.put(&roles, "resident", true).unwrap();
    tx.put(ROOT, "visits", ScalarValue::counter(3)).unwrap();
    let steps = tx.put_object(ROOT, "steps", ObjType::List).unwrap();
    tx.insert(&steps, 0, "bellen").unwrap();
    tx.commit();
    made
}

/// A change with many sorts of operations on top of [`rich_document`].
pub(crate) fn rich_change(made: &mut Automerge) -> Vec<u8> {
    let object = |made: &Automerge, key: &str| made.get(ROOT, key).unwrap().unwrap().1;
    let (body, roles) = (object(made, "body"), object(made, "roles"));
    let steps = object(made, "steps");
    let mut tx = made.transaction();
    tx.splice_text(&body, 2, 1, "oversteek bij school").unwrap();
    tx.put(&roles, "volunteer", true).unwrap();
    tx.delete(&roles, "resident").unwrap();
    tx.put(ROOT, "name", "Fatima el Amrani").unwrap();
    tx.increment(ROOT, "visits", 2).unwrap();
    tx.put(&steps, 0, "langsgaan").unwrap();
    let step = tx.insert_object(&steps, 1, ObjType::Map).unwrap();
    tx.put(&step, "due", 20_261_125_i64).unwrap();
    tx.commit();
    last(made)
}
