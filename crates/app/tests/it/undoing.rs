//! Taking an action back, and bringing it back again.

use app::api::Nothing;
use chrono::Duration;
use serde_json::json;

use crate::device::{Device, code};
use crate::team::{Team, sync_all};

#[test]
fn a_capture_goes_and_comes_back_as_one_action() {
    let device = Device::of("Noor");
    let saved =
        device.capture("Fatima el Amrani, Malakkastraat 6, oversteek gevaarlijk, bel dinsdag");
    let before: Vec<_> = saved
        .records
        .iter()
        .map(|record| device.fields(&record.id))
        .collect();

    let undone = device.undo(&saved);
    for kind in ["contact", "note", "signal", "follow_up"] {
        assert_eq!(device.all(kind).len(), 0, "{kind}");
    }
    assert_eq!(device.found("fatima"), Vec::<String>::new());
    assert_eq!(
        code(device.app.action_undo(app::api::Undo {
            undo: saved.undo.clone().unwrap()
        })),
        "no_undo"
    );

    device.undo(&undone);
    let after: Vec<_> = saved
        .records
        .iter()
        .map(|record| device.fields(&record.id))
        .collect();
    assert_eq!(after, before);
    assert_eq!(device.found("fatima").len(), 2);
    device.is_sound();
}

#[test]
fn undoing_an_edit_leaves_what_was_edited_after_it() {
    let device = Device::of("Noor");
    let id = device.put(
        "contact",
        json!({ "name": "Kees", "street": "Balistraat", "languages": ["nl"] }),
    );
    let first = device.edit(
        &id,
        json!({ "street": "Javastraat", "languages": ["nl", "fr"] }),
    );
    device.hands.pass(Duration::minutes(1));
    device.edit(&id, json!({ "town": "Utrecht" }));
    device.undo(&first);
    assert_eq!(
        json!(device.fields(&id)),
        json!({ "name": "Kees", "street": "Balistraat", "languages": ["nl"], "town": "Utrecht" })
    );
}

#[test]
fn undoing_a_telephone_number_leaves_the_one_that_came_later() {
    let device = Device::of("Noor");
    let id = device.put(
        "contact",
        json!({ "name": "Kees", "ways": { "z": { "value": "030 0" } } }),
    );
    let first = device.edit(
        &id,
        json!({ "ways": { "a": { "kind": "phone", "value": "030 1" } } }),
    );
    device.edit(
        &id,
        json!({ "ways": { "b": { "kind": "phone", "value": "030 2" } } }),
    );
    device.undo(&first);
    assert_eq!(
        device.fields(&id)["ways"],
        json!({ "b": { "kind": "phone", "value": "030 2" }, "z": { "value": "030 0" } })
    );
}

#[test]
fn an_edit_that_changes_nothing_leaves_nothing_to_undo() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Kees" }));
    let saved = device.edit(&id, json!({ "name": " Kees " }));
    assert_eq!((saved.undo, saved.records.len()), (None, 0));
}

#[test]
fn the_way_back_survives_a_restart() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Kees" }));
    let saved = device.edit(&id, json!({ "name": "Cees" }));
    let device = device.reopened();
    assert_eq!(
        device.app.last_action().unwrap().undo,
        saved.undo.clone().unwrap()
    );
    device.undo(&saved);
    assert_eq!(device.fields(&id)["name"], "Kees");
}

#[test]
fn taking_back_leaves_what_a_colleague_wrote_since_and_says_so() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let id = noor.put(
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat", "met": "Bij de school." }),
    );
    let edited = noor.edit(
        &id,
        json!({ "street": "Balistraat", "town": "Utrecht", "met": "Om 08:20 bij de school." }),
    );
    sync_all(&[&noor, &samir]);
    samir.edit(
        &id,
        json!({ "street": "Javastraat", "met": "Om 08:20 bij de school. Met Fatima." }),
    );
    sync_all(&[&samir, &noor]);

    let undone = noor.undo(&edited);
    let left: Vec<_> = undone
        .left
        .iter()
        .map(|field| (field.record.title.as_str(), field.path.as_str()))
        .collect();
    assert_eq!(left, [("Kees", "street")]);
    sync_all(&[&noor, &samir]);
    for device in [&noor, &samir] {
        assert_eq!(
            json!(device.fields(&id)),
            json!({ "name": "Kees", "street": "Javastraat", "met": "Bij de school. Met Fatima." })
        );
        assert_eq!(device.app.conflict_list(Nothing {}).unwrap().len(), 0);
    }
}

#[test]
fn a_record_that_a_colleague_went_on_with_stays_in_sight() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let saved = noor
        .try_put("contact", None, json!({ "name": "Kees" }))
        .unwrap();
    sync_all(&[&noor, &samir]);
    samir.edit(&saved.id, json!({ "town": "Utrecht" }));
    sync_all(&[&samir, &noor]);
    let undone = noor.undo(&saved);
    assert_eq!(undone.left[0].path, "archived");
    assert_eq!(noor.all("contact").len(), 1);
}
