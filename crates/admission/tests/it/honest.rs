//! What honest devices write is let in, whatever they write and in whatever order it comes.

use admission::Verdict;
use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use hostile::{Dice, Rounds};

use crate::making::*;

#[test]
fn every_change_of_honest_devices_is_let_in_at_once_or_one_by_one() {
    for seed in Rounds::at_least(60) {
        let mut dice = Dice::new(seed);
        let document = neighbours(&mut dice);
        let raws = all(&document);
        let batch = push(None, &FROM_SERVER, &raws);
        for (verdict, raw) in batch.verdicts.iter().zip(&raws) {
            let parts = parts(raw);
            assert!(verdict.is_ok(), "seed {seed}: {verdict:?} for {parts:?}");
        }
        assert_eq!(
            batch.merged.unwrap().heads.len(),
            document.get_heads().len()
        );

        let mut saved: Option<Vec<u8>> = None;
        for raw in &raws {
            let batch = push(saved.as_deref(), &FROM_SERVER, std::slice::from_ref(raw));
            assert!(
                matches!(batch.verdicts.as_slice(), [Ok(Verdict::New(_))]),
                "seed {seed}: {:?}",
                batch.verdicts
            );
            saved = batch.merged.map(|merged| merged.bytes);
        }
        let saved = saved.unwrap();
        assert_eq!(
            Automerge::load(&saved).unwrap().get_heads(),
            document.get_heads()
        );
        let taken = admission::admit_snapshot(saved, ID).unwrap();
        assert_eq!(taken.document.get_heads(), document.get_heads());
    }
}

/// A document that three devices edited, apart and together.
fn neighbours(dice: &mut Dice) -> Automerge {
    let mut first = rich_document();
    let saved = first.save_nocompress();
    let copy = |device, incarnation| {
        Automerge::load(&saved)
            .unwrap()
            .with_actor(actor(device, incarnation))
    };
    let (mut second, mut third) = (copy(OTHER_DEVICE, 1), copy([9; 8], 7));
    for _ in 0..4 + dice.below(12) {
        match dice.below(5) {
            0 => edit(dice, &mut first),
            1 => edit(dice, &mut second),
            2 => edit(dice, &mut third),
            3 => first.merge(&mut second).map(drop).unwrap(),
            _ => {
                second.merge(&mut third).unwrap();
                third.merge(&mut first).unwrap();
            }
        }
    }
    first.merge(&mut second).unwrap();
    first.merge(&mut third).unwrap();
    first
}

fn edit(dice: &mut Dice, document: &mut Automerge) {
    let mut tx = document.transaction();
    for _ in 0..=dice.below(6) {
        let object = any_object(dice, &tx);
        match tx.object_type(&object).unwrap() {
            ObjType::Map | ObjType::Table => edit_map(dice, &mut tx, &object),
            ObjType::List => edit_list(dice, &mut tx, &object),
            ObjType::Text => edit_text(dice, &mut tx, &object),
        }
    }
    tx.commit();
}

/// The root, or something in it, or in that.
fn any_object(dice: &mut Dice, tx: &Transaction<'_>) -> ObjId {
    let mut object = ROOT;
    for _ in 0..dice.below(4) {
        let inner: Vec<ObjId> = match tx.object_type(&object).unwrap() {
            ObjType::Text => Vec::new(),
            ObjType::Map | ObjType::Table | ObjType::List => tx
                .values(&object)
                .filter(|(value, _)| matches!(value, Value::Object(_)))
                .map(|(_, id)| id)
                .collect(),
        };
        if let Some(inner) = dice.pick(&inner) {
            object = inner.clone();
        }
    }
    object
}

fn any_value(dice: &mut Dice) -> ScalarValue {
    match dice.below(9) {
        0 => ScalarValue::Null,
        1 => ScalarValue::Boolean(dice.one_in(2)),
        2 => ScalarValue::Int(dice.nasty().cast_signed()),
        3 => ScalarValue::Uint(dice.nasty()),
        4 => ScalarValue::Timestamp(dice.nasty().cast_signed()),
        5 => ScalarValue::F64(1.5),
        6 => ScalarValue::counter(dice.below(9) as i64),
        7 => ScalarValue::Bytes(vec![dice.byte(); dice.below(5)]),
        _ => ScalarValue::Str("é".repeat(dice.below(200)).into()),
    }
}

fn edit_map(dice: &mut Dice, tx: &mut Transaction<'_>, map: &ObjId) {
    let key = ["name", "street", "visits", "é", "extra"][dice.below(5)];
    let value = tx.get(map, key).unwrap();
    match dice.below(6) {
        0 => tx.delete(map, key).unwrap(),
        1 => drop(tx.put_object(map, "more", ObjType::Map).unwrap()),
        2 => drop(tx.put_object(map, "steps", ObjType::List).unwrap()),
        3 if matches!(&value, Some((Value::Scalar(scalar), _)) if scalar.is_counter()) => {
            tx.increment(map, key, dice.below(7) as i64 - 3).unwrap();
        }
        _ => tx.put(map, key, any_value(dice)).unwrap(),
    }
}

fn edit_list(dice: &mut Dice, tx: &mut Transaction<'_>, list: &ObjId) {
    let length = tx.length(list);
    let at = dice.below(length.max(1));
    match dice.below(4) {
        0 if length > 0 => tx.delete(list, at).unwrap(),
        1 if length > 0 => tx.put(list, at, any_value(dice)).unwrap(),
        2 => drop(
            tx.insert_object(list, dice.below(length + 1), ObjType::Text)
                .unwrap(),
        ),
        _ => tx
            .insert(list, dice.below(length + 1), any_value(dice))
            .unwrap(),
    }
}

fn edit_text(dice: &mut Dice, tx: &mut Transaction<'_>, text: &ObjId) {
    let length = tx.length(text);
    let at = dice.below(length + 1);
    let gone = dice.below(length - at + 1);
    if dice.one_in(3) {
        tx.update_text(text, "de oversteek bij de school \u{1f6b8}")
            .unwrap();
    } else {
        tx.splice_text(text, at, gone as isize, "aaa b").unwrap();
    }
}
