//! A change pushed by an enrolled device; its checksum is made right, so that the fuzzer gets behind step 2.
#![no_main]

use std::sync::LazyLock;

use admission::{Claim, Stored, admit_all};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT, ScalarValue};
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(0x0198_1111_2222_7333_8444_5555_6666_7777);

/// The document of `crates/admission/tests/it/making.rs`, on top of which the corpus is made.
static BEFORE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut actor = [0; 16];
    actor[..8].fill(1);
    let mut made = Automerge::new().with_actor(ActorId::from(actor));
    let mut tx = made.transaction();
    tx.put(ROOT, "id", ID.to_string()).unwrap();
    tx.commit();
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
    made.save_nocompress()
});

fuzz_target!(|bytes: &[u8]| {
    let mut data = bytes.get(9..).unwrap_or_default();
    hostile::read_leb(&mut data);
    let chunk = hostile::seal(data, 1);
    let claim = Claim {
        document: ID,
        device: Some([1; 8]),
    };
    let stored = Stored {
        snapshot: Some(&BEFORE),
        tail: &[],
    };
    let batch = admit_all(stored, &claim, &[&chunk]).expect("the document before is sound");
    if let Some(merged) = batch.merged {
        let again = Automerge::load(&merged.bytes).expect("what is let in loads again");
        assert_eq!(again.get_heads(), merged.document.get_heads());
    }
});
