//! Whatever three people do, in whatever order their devices meet the log: all end with the same, and sound.

use domain::ids::RecordId;
use proptest::prelude::*;
use serde_json::{Value, json};
use store::StoreError;
use uuid::Uuid;

use crate::device::{Device, Log, SPACE, exchange, object, taking, whole};

/// What somebody does, or what happens to their device.
#[derive(Debug, Clone)]
enum Step {
    Create(u128),
    Edit(u128, Value),
    Settle(u128),
    Undo,
    Send,
    Receive,
    ReceiveTwice,
    /// A whole document comes from the first device.
    Whole(u128),
    Reopen,
    StartOver,
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let record = 1_u128..4;
    let word = prop::sample::select(vec!["Balistraat", "Javastraat", "é👩‍👧", ""]);
    let fields = prop_oneof![
        word.clone().prop_map(|word| json!({ "street": word })),
        word.clone()
            .prop_map(|word| json!({ "met": format!("Bij {word} op de hoek") })),
        prop::collection::vec(prop::sample::select(vec!["nl", "fr", "tr"]), 0..3)
            .prop_map(|languages| json!({ "languages": languages })),
        word.clone()
            .prop_map(|word| json!({ "ways": { "a": { "value": word } } })),
        word.clone()
            .prop_map(|word| json!({ "ways": [{ "kind": "phone", "value": word }] })),
        Just(json!({ "ways": { "a": null } })),
        any::<bool>().prop_map(|archived| json!({ "archived": archived })),
        word.prop_map(|word| json!({ "street": word, "town": "Utrecht", "met": null })),
    ];
    let step = prop_oneof![
        2 => record.clone().prop_map(Step::Create),
        8 => (record.clone(), fields).prop_map(|(record, fields)| Step::Edit(record, fields)),
        2 => record.clone().prop_map(Step::Settle),
        1 => Just(Step::Undo),
        3 => Just(Step::Send),
        3 => Just(Step::Receive),
        1 => Just(Step::ReceiveTwice),
        1 => record.prop_map(Step::Whole),
        1 => Just(Step::Reopen),
        1 => Just(Step::StartOver),
    ];
    prop::collection::vec((0_usize..3, step), 1..40)
}

fn carry_out(devices: &mut Vec<Device>, log: &mut Log, who: usize, at: i64, step: &Step) {
    let device = &devices[who];
    let id = |number: u128| RecordId(Uuid::from_u128(number));
    let stamp = device.stamp_at(at);
    let name = format!("u{at}");
    match step {
        Step::Create(number) if device.store.record(id(*number)).unwrap().is_none() => {
            let kind = domain::record::kind("contact").unwrap();
            let fields = object(json!({ "name": "Kees" }));
            device
                .store
                .transact(&stamp, Some(&name), |action| {
                    action.create(id(*number), kind, SPACE, &fields)
                })
                .unwrap();
        }
        Step::Edit(number, fields) if device.store.record(id(*number)).unwrap().is_some() => {
            device
                .store
                .transact(&stamp, Some(&name), |action| {
                    action.edit(id(*number), &object(fields.clone()))
                })
                .unwrap();
        }
        Step::Settle(number) => {
            for row in device.store.conflicts(Some(id(*number))).unwrap() {
                let value = &row.conflict.values[0].value;
                device
                    .store
                    .transact(&stamp, None, |action| {
                        action.settle(row.id, &row.conflict.path, value)
                    })
                    .unwrap();
            }
        }
        Step::Undo => match device.store.last_undo().unwrap() {
            Some(last) => drop(device.undo(&stamp, &last, &name).unwrap()),
            None => assert!(matches!(
                device.undo(&stamp, "nothing", &name),
                Err(StoreError::NoUndo)
            )),
        },
        Step::Send => log.take(device),
        Step::Receive => drop(log.give(device)),
        Step::ReceiveTwice => {
            log.give(device);
            device
                .store
                .take_changes(SPACE, &log.0, log.end(), &taking())
                .unwrap();
        }
        Step::Whole(number) => {
            // Only what the log has may come as a whole, as from a server.
            log.take(&devices[0]);
            if devices[0].store.record(id(*number)).unwrap().is_some() {
                let mut end = log.end();
                end.cursor = devices[who].space().cursor;
                devices[who]
                    .store
                    .take_documents(SPACE, &[whole(&devices[0], id(*number))], end, &stamp)
                    .unwrap();
            }
        }
        Step::Reopen => {
            let device = devices.remove(who).reopened();
            devices.insert(who, device);
        }
        Step::StartOver => device.store.start_over(SPACE).unwrap(),
        Step::Create(_) | Step::Edit(..) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_edits_and_meetings_converges_and_stays_sound(steps in steps()) {
        let mut devices: Vec<Device> = (1..=3).map(Device::new).collect();
        let mut log = Log::default();
        for (at, (who, step)) in (0_i64..).zip(&steps) {
            carry_out(&mut devices, &mut log, *who, at, step);
        }
        let all: Vec<&Device> = devices.iter().collect();
        exchange(&mut log, &all);
        exchange(&mut log, &all);

        let shown = |device: &Device| {
            let mut rows = device.store.records_of_kind(None, true, 0, 100).unwrap().1;
            rows.sort_by_key(|row| row.id);
            rows.into_iter()
                .map(|row| (row.id, row.title, row.fields, row.conflict, row.unsent))
                .collect::<Vec<_>>()
        };
        let expected = (shown(&devices[0]), devices[0].store.conflicts(None).unwrap().len());
        for device in &devices {
            prop_assert_eq!(device.store.refused().unwrap(), Vec::new());
            prop_assert_eq!(device.problems(), Vec::<String>::new());
            prop_assert_eq!(&(shown(device), device.store.conflicts(None).unwrap().len()), &expected);
            prop_assert_eq!(device.space().digest, devices[0].space().digest);
            prop_assert_eq!(device.outbox(), Vec::new());
            let before = device.read_model();
            device.store.rebuild().unwrap();
            prop_assert_eq!(device.read_model(), before);
        }
    }
}
