//! Documents and changes to judge.

use admission::{Batch, Claim, Stored, admit_all};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ROOT};
use sha2::{Digest, Sha256};
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

/// Gives a tampered change chunk its right length and checksum again.
pub(crate) fn reseal(data: &[u8], kind: u8) -> Vec<u8> {
    let mut hashed = vec![kind];
    let mut length = data.len();
    while length >= 0x80 {
        hashed.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    hashed.push(length as u8);
    hashed.extend_from_slice(data);
    let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83];
    chunk.extend_from_slice(&Sha256::digest(&hashed)[..4]);
    chunk.extend_from_slice(&hashed);
    chunk
}

/// The data of a chunk: what its checksum is about, without type and length.
pub(crate) fn data(chunk: &[u8]) -> &[u8] {
    let length_bytes = chunk[9..]
        .iter()
        .take_while(|byte| **byte & 0x80 != 0)
        .count()
        + 1;
    &chunk[9 + length_bytes..]
}
