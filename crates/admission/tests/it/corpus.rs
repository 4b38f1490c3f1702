//! The cases that are always tried, as bytes that also seed the fuzzer: `tests/corpus/change/*`.
//!
//! Each is a change on top of [`rich_document`]. A new case is added to [`cases`] and written with
//! `BUURTBOEK_WRITE_CORPUS=1 cargo test -p admission corpus`; what the fuzzer finds is put beside them as it is, under a
//! name that begins with `found-`.

use std::path::PathBuf;

use admission::{Claim, Refusal, Verdict};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ObjType, ROOT};
use hostile::{Parts, leb, seal, signed_leb};
use uuid::Uuid;

use crate::making::*;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/change")
}

fn judged(raw: &[u8]) -> Result<Verdict, Refusal> {
    let before = rich_document().save_nocompress();
    push(Some(&before), &CLAIM, &[raw.to_vec()])
        .verdicts
        .remove(0)
}

#[test]
fn every_case_of_the_corpus_is_let_in_or_refused_as_written() {
    for (name, raw, expected) in cases() {
        let verdict = judged(&raw);
        match expected {
            None => assert!(
                matches!(verdict, Ok(Verdict::New(_))),
                "{name}: {verdict:?}"
            ),
            Some(refusal) => assert_eq!(verdict.unwrap_err(), refusal, "{name}"),
        }
    }
}

#[test]
fn the_corpus_on_disk_holds_every_case_and_no_file_of_it_does_harm() {
    if std::env::var_os("BUURTBOEK_WRITE_CORPUS").is_some() {
        for (name, raw, _) in cases() {
            std::fs::write(folder().join(format!("{name}.bin")), raw).unwrap();
        }
    }
    let files = hostile::corpus(&folder()).unwrap();
    for (name, raw, _) in cases() {
        let file = files
            .iter()
            .find(|(file, _)| *file == format!("{name}.bin"));
        assert_eq!(file.map(|(_, bytes)| bytes), Some(&raw), "{name}");
    }
    let before = rich_document().save_nocompress();
    for (name, raw) in files {
        let batch = push(Some(&before), &CLAIM, &[raw]);
        if let Some(merged) = batch.merged {
            let again = automerge::Automerge::load(&merged.bytes).unwrap();
            assert_eq!(again.get_heads(), merged.document.get_heads(), "{name}");
        }
    }
}

/// Whole documents, for the fuzzer to begin with.
#[test]
fn the_documents_of_the_corpus_are_taken_in() {
    let folder = folder().with_file_name("document");
    let mut edited = rich_document();
    rich_change(&mut edited);
    for (name, made) in [("rich.bin", rich_document()), ("edited.bin", edited)] {
        let saved = made.save_nocompress();
        let file = folder.join(name);
        if std::env::var_os("BUURTBOEK_WRITE_CORPUS").is_some() {
            std::fs::write(&file, &saved).unwrap();
        }
        assert_eq!(std::fs::read(&file).unwrap(), saved);
        assert!(admission::admit_snapshot(saved, ID).is_ok(), "{name}");
    }
}

#[test]
fn a_change_for_another_document_is_refused() {
    let mut made = rich_document();
    let raws = [all(&made), vec![rich_change(&mut made)]].concat();
    let claim = Claim {
        document: Uuid::from_u128(5),
        ..CLAIM
    };
    let batch = push(None, &claim, &raws);
    assert!(batch.merged.is_none());
    assert!(batch.verdicts.contains(&Err(Refusal::WrongDocument)));
}

/// An operation as the columns of a change hold it; ids are actor and counter.
#[derive(Clone)]
struct Op {
    object: Option<(u64, u64)>,
    key: Key,
    insert: bool,
    action: u64,
    value: (u64, Vec<u8>),
    replaces: Vec<(u64, i64)>,
}

#[derive(Clone)]
enum Key {
    Text(&'static str),
    Element(Option<u64>, i64),
}

const SET: u64 = 1;
const DELETE: u64 = 3;
const INCREMENT: u64 = 5;

/// Puts a text under a key of the root.
fn op() -> Op {
    Op {
        object: None,
        key: Key::Text("new"),
        insert: false,
        action: SET,
        value: (6, b"x".to_vec()),
        replaces: Vec::new(),
    }
}

fn one(value: Vec<u8>) -> Vec<u8> {
    [vec![0x7f], value].concat()
}

/// The next change of the device, with this one operation.
fn change(op: &Op) -> Parts {
    let mut parts = parts(&rich_change(&mut rich_document()));
    parts.others.clear();
    parts.columns.clear();
    if let Some((actor, counter)) = op.object {
        parts.set_column(0x01, one(leb(actor)));
        parts.set_column(0x02, one(leb(counter)));
    }
    match op.key {
        Key::Text(text) => {
            parts.set_column(0x15, one([leb(text.len() as u64), text.into()].concat()));
        }
        Key::Element(actor, counter) => {
            if let Some(actor) = actor {
                parts.set_column(0x11, one(leb(actor)));
            }
            parts.set_column(0x13, one(signed_leb(counter)));
        }
    }
    parts.set_column(0x34, if op.insert { vec![0, 1] } else { vec![1] });
    parts.set_column(0x42, one(leb(op.action)));
    let (kind, value) = &op.value;
    parts.set_column(0x56, one(leb((value.len() as u64) << 4 | kind)));
    if !value.is_empty() {
        parts.set_column(0x57, value.clone());
    }
    parts.set_column(0x70, one(leb(op.replaces.len() as u64)));
    if let [(actor, counter)] = op.replaces.as_slice() {
        parts.set_column(0x71, one(leb(*actor)));
        parts.set_column(0x73, one(signed_leb(*counter)));
    }
    parts
}

fn with(edit: impl FnOnce(&mut Op)) -> Vec<u8> {
    let mut op = op();
    edit(&mut op);
    change(&op).chunk()
}

fn altered(edit: impl FnOnce(&mut Parts)) -> Vec<u8> {
    let mut parts = parts(&rich_change(&mut rich_document()));
    edit(&mut parts);
    parts.chunk()
}

fn run(length: i64, value: &[u8]) -> Vec<u8> {
    [signed_leb(length), value.to_vec()].concat()
}

/// So many operations in a few bytes: maps under one key of the root.
fn many_maps(length: i64) -> Vec<u8> {
    altered(|parts| {
        parts.others.clear();
        parts.columns = vec![
            (0x15, run(length, &[1, b'k'])),
            (0x34, leb(length.unsigned_abs())),
            (0x42, run(length, &[0])),
            (0x56, run(length, &[0])),
            (0x70, run(length, &[0])),
        ];
    })
}

type Case = (&'static str, Vec<u8>, Option<Refusal>);

fn cases() -> Vec<Case> {
    let mut all = honest();
    all.extend(envelopes());
    all.extend(histories());
    all.extend(shapes());
    all.extend(references());
    all
}

fn honest() -> Vec<Case> {
    vec![
        ("honest", rich_change(&mut rich_document()), None),
        ("honest-one-operation", with(|_| {}), None),
    ]
}

/// Steps 2 and 3.
fn envelopes() -> Vec<Case> {
    let body = |raw: &[u8], kind| {
        let mut data = &raw[9..];
        hostile::read_leb(&mut data).unwrap();
        seal(data, kind)
    };
    let honest = rich_change(&mut rich_document());
    let mut wrong = honest.clone();
    wrong[4] ^= 0xff;
    let big_key = [leb(1_000), vec![b'k'; 1_000]].concat();
    let not_a = |what| Some(Refusal::NotAChange(what));
    let too_many = |what| Some(Refusal::TooMany(what));
    let message = CommitOptions::default().with_message("talk that outlives an erasure");
    let mut talked = rich_document();
    let mut tx = talked.transaction();
    tx.put(ROOT, "name", "x").unwrap();
    tx.commit_with(message);
    vec![
        ("wrong-checksum", wrong, Some(Refusal::Checksum)),
        ("deflate-chunk", body(&honest, 2), not_a("a deflated chunk")),
        (
            "document-chunk",
            body(&honest, 0),
            not_a("a chunk of another type"),
        ),
        (
            "bundle-chunk",
            body(&honest, 3),
            not_a("a chunk of another type"),
        ),
        (
            "deflated-column",
            altered(|parts| parts.columns[0].0 |= 0b1000),
            Some(Refusal::Columns("a deflated column")),
        ),
        (
            "ten-million-operations",
            many_maps(10_000_000),
            too_many("operations"),
        ),
        (
            "one-operation-too-many",
            many_maps(20_001),
            too_many("operations"),
        ),
        (
            "a-thousand-bytes-of-key-19000-times",
            altered(|parts| parts.set_column(0x15, run(19_000, &big_key))),
            too_many("bytes in keys"),
        ),
        (
            "a-run-of-predecessors",
            altered(|parts| parts.set_column(0x70, run(1, &leb(u64::MAX)))),
            too_many("predecessors"),
        ),
        (
            "message",
            last(&talked),
            Some(Refusal::Baggage("a message")),
        ),
        (
            "author",
            altered(|parts| parts.rest = vec![1, 2, b'm', b'e']),
            Some(Refusal::Baggage("an author or other extra bytes")),
        ),
        (
            "marks",
            altered(|parts| parts.set_column(0x94, vec![0, 1])),
            Some(Refusal::Columns("an unknown column")),
        ),
    ]
}

/// Steps 4 and 6.
fn histories() -> Vec<Case> {
    let causality = |what| Some(Refusal::Causality(what));
    let wrong_number = "its first operation has the wrong number";
    vec![
        (
            "forged-actor",
            altered(|parts| parts.actor[..8].fill(7)),
            Some(Refusal::ForeignActor),
        ),
        (
            "short-actor",
            altered(|parts| parts.actor.truncate(8)),
            Some(Refusal::ForeignActor),
        ),
        (
            "gap-in-seq",
            altered(|parts| parts.seq += 1),
            Some(Refusal::MissingDeps),
        ),
        (
            "seq-again",
            altered(|parts| parts.seq -= 1),
            Some(Refusal::ActorFork),
        ),
        (
            "seq-huge",
            altered(|parts| parts.seq = u64::MAX),
            Some(Refusal::MissingDeps),
        ),
        (
            "start-huge",
            altered(|parts| parts.start_op = u64::MAX),
            causality(wrong_number),
        ),
        (
            "start-zero",
            altered(|parts| parts.start_op = 0),
            causality(wrong_number),
        ),
        (
            "foreign-dependency",
            altered(|parts| parts.dependencies[0].fill(7)),
            Some(Refusal::MissingDeps),
        ),
        (
            "not-after-its-own-last-change",
            altered(|parts| {
                parts.dependencies.clear();
                parts.start_op = 1;
            }),
            causality("it does not follow the actor's own last change"),
        ),
        (
            "unknown-actor",
            altered(|parts| parts.others.push(vec![9; 16])),
            causality("it refers to an unknown actor"),
        ),
        (
            "time-huge",
            altered(|parts| parts.time = i64::MIN),
            causality("its time is no time"),
        ),
        (
            "run-written-as-literals",
            altered(|parts| parts.set_column(0x70, [signed_leb(-2), vec![0, 0]].concat())),
            Some(Refusal::Shape("it changes nothing")),
        ),
        (
            "one-operation-written-as-a-run",
            {
                let mut parts = change(&op());
                parts.set_column(0x42, vec![1, 1]);
                parts.chunk()
            },
            Some(Refusal::NotCanonical("its columns are written differently")),
        ),
        (
            "dependency-twice",
            altered(|parts| parts.dependencies.extend(parts.dependencies.clone())),
            Some(Refusal::NotCanonical("its dependencies are not in order")),
        ),
    ]
}

/// Step 5: what an operation is.
fn shapes() -> Vec<Case> {
    let shape = |what| Some(Refusal::Shape(what));
    let no_value = || shape("a value that is none");
    let value = |kind, bytes: &[u8]| {
        let bytes = bytes.to_vec();
        with(|op| op.value = (kind, bytes))
    };
    vec![
        ("counter-huge", value(8, &signed_leb(i64::MAX)), no_value()),
        (
            "not-a-number",
            value(5, &f64::NAN.to_le_bytes()),
            no_value(),
        ),
        ("number-overlong", value(4, &[0x81, 0x00]), no_value()),
        ("text-no-utf8", value(6, &[0xff]), no_value()),
        ("value-of-no-type", value(11, b"x"), no_value()),
        (
            "table",
            with(|op| op.action = 6),
            shape("an unknown action"),
        ),
        ("mark", with(|op| op.action = 7), shape("an unknown action")),
        ("map-with-a-value", with(|op| op.action = 0), no_value()),
        (
            "key-empty",
            with(|op| op.key = Key::Text("")),
            shape("a key that is empty or too long"),
        ),
        (
            "nothing",
            altered(|parts| parts.columns.clear()),
            shape("it holds no operation"),
        ),
        (
            "insert-in-a-map",
            with(|op| op.insert = true),
            shape("an operation that does not fit its object"),
        ),
        (
            "element-of-a-map",
            with(|op| op.key = Key::Element(None, 0)),
            shape("a place in a list as key of a map"),
        ),
        (
            "map-in-a-text",
            with(|op| {
                op.object = Some((0, 3));
                op.key = Key::Element(None, 0);
                (op.insert, op.action, op.value) = (true, 0, (0, Vec::new()));
            }),
            shape("an operation that does not fit its object"),
        ),
        ("too-deep", nested(200), shape("it lies too deep")),
    ]
}

/// Step 5: what an operation refers to.
fn references() -> Vec<Case> {
    let shape = |what| Some(Refusal::Shape(what));
    let in_object = |counter| with(|op| op.object = Some((0, counter)));
    let delete = |key, replaces: &[(u64, i64)]| {
        with(|op| {
            (op.key, op.action, op.value) = (Key::Text(key), DELETE, (0, Vec::new()));
            op.replaces = replaces.to_vec();
        })
    };
    let in_list = |counter: i64| {
        with(|op| {
            op.object = Some((0, 11));
            op.key = Key::Element(Some(0), counter);
            op.insert = true;
        })
    };
    vec![
        (
            "object-not-there",
            in_object(2),
            shape("it works in an object that is not there"),
        ),
        (
            "object-still-to-come",
            in_object(13),
            shape("it works in an object it cannot know"),
        ),
        (
            "object-huge",
            in_object(u64::from(u32::MAX)),
            shape("it works in an object it cannot know"),
        ),
        (
            "delete-nothing",
            delete("name", &[]),
            shape("it changes nothing"),
        ),
        (
            "delete-under-another-key",
            delete("street", &[(0, 2)]),
            shape("it replaces what is not there"),
        ),
        (
            "delete-in-another-object",
            delete("resident", &[(0, 9)]),
            shape("it replaces what is not there"),
        ),
        (
            "delete-itself",
            delete("name", &[(0, 13)]),
            shape("it replaces what is not there"),
        ),
        (
            "element-not-there",
            in_list(4),
            shape("an element that is not there"),
        ),
        (
            "element-itself",
            in_list(13),
            shape("an element that is not there"),
        ),
        (
            "count-a-name",
            with(|op| {
                (op.key, op.action) = (Key::Text("name"), INCREMENT);
                op.value = (4, vec![1]);
                op.replaces = vec![(0, 2)];
            }),
            shape("it counts what is no counter"),
        ),
        (
            "actor-outside-its-table",
            with(|op| op.object = Some((5, 3))),
            Some(Refusal::Columns("an actor that is not in its table")),
        ),
    ]
}

/// Maps in maps in maps.
fn nested(depth: usize) -> Vec<u8> {
    let mut made = rich_document();
    let mut tx = made.transaction();
    let mut object = ROOT;
    for _ in 0..depth {
        object = tx.put_object(&object, "in", ObjType::Map).unwrap();
    }
    tx.commit();
    last(&made)
}
