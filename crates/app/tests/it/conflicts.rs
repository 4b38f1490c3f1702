//! Two people, one record.

use app::api::{ConflictResolve, ConflictView, Nothing, Saved};
use chrono::Duration;
use serde_json::{Value, json};

use crate::device::{Device, code};
use crate::team::{Team, sync_all};

/// Noor and Samir with one contact that both have.
fn two(fields: Value) -> (Team, Device, Device, String) {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let id = noor.put("contact", fields);
    sync_all(&[&noor, &samir]);
    (team, noor, samir, id)
}

fn conflicts(device: &Device) -> Vec<ConflictView> {
    device.app.conflict_list(Nothing {}).unwrap()
}

fn resolve(device: &Device, conflict: &ConflictView, choice: Option<u32>) -> app::Result<Saved> {
    device.app.conflict_resolve(ConflictResolve {
        id: conflict.record.id.clone(),
        path: conflict.path.clone(),
        choice,
        seen: conflict
            .values
            .iter()
            .map(|value| value.value.clone())
            .collect(),
    })
}

/// Both write another street at the same time.
fn disagree(noor: &Device, samir: &Device, id: &str) {
    noor.edit(id, json!({ "street": "Balistraat" }));
    samir.hands.pass(Duration::minutes(10));
    samir.edit(id, json!({ "street": "Javastraat" }));
    sync_all(&[noor, samir]);
}

#[test]
fn both_values_are_shown_on_every_device_with_who_and_when() {
    let (_team, noor, samir, id) = two(json!({ "name": "Kees", "street": "Malakkastraat" }));
    disagree(&noor, &samir, &id);
    for (device, mine) in [(&noor, "Balistraat"), (&samir, "Javastraat")] {
        let conflict = conflicts(device).remove(0);
        assert_eq!(
            (conflict.path.as_str(), conflict.record.title.as_str()),
            ("street", "Kees")
        );
        assert!(conflict.can_hold_both);
        let mut told: Vec<_> = conflict
            .values
            .iter()
            .map(|value| {
                (
                    value.value.as_str().unwrap(),
                    value.author.as_str(),
                    value.at.as_deref().unwrap(),
                )
            })
            .collect();
        told.sort_unstable();
        assert_eq!(
            told,
            [
                ("Balistraat", "Noor", "2026-11-25T07:30:00Z"),
                ("Javastraat", "Samir", "2026-11-25T07:40:00Z"),
            ]
        );
        let own: Vec<_> = conflict
            .values
            .iter()
            .filter(|value| value.mine)
            .map(|value| &value.value)
            .collect();
        assert_eq!(own, [mine]);
        assert!(device.record(&id).mark.conflict);
        let shown = conflict.values.last().unwrap().value.clone();
        assert_eq!(
            device.fields(&id)["street"],
            shown,
            "the last value is the one that is shown"
        );
    }
    assert_eq!(noor.fields(&id), samir.fields(&id));
}

#[test]
fn a_choice_for_either_or_both_settles_it_everywhere() {
    for (choose, expected) in [
        (Some("Balistraat"), "Balistraat"),
        (Some("Javastraat"), "Javastraat"),
        (None, ""),
    ] {
        let (_team, noor, samir, id) = two(json!({ "name": "Kees", "street": "Malakkastraat" }));
        disagree(&noor, &samir, &id);
        let conflict = conflicts(&noor).remove(0);
        let choice = choose.map(|chosen| {
            let at = conflict
                .values
                .iter()
                .position(|value| value.value == chosen)
                .unwrap();
            u32::try_from(at).unwrap()
        });
        resolve(&noor, &conflict, choice).unwrap();
        sync_all(&[&noor, &samir]);
        for device in [&noor, &samir] {
            assert_eq!(conflicts(device), []);
            assert!(!device.record(&id).mark.conflict);
            let street = device.fields(&id)["street"].as_str().unwrap().to_owned();
            if expected.is_empty() {
                assert!(
                    street.contains("Balistraat") && street.contains("Javastraat"),
                    "{street}"
                );
            } else {
                assert_eq!(street, expected);
            }
            device.is_sound();
        }
    }
}

#[test]
fn a_choice_can_be_taken_back_like_any_edit() {
    let (_team, noor, samir, id) = two(json!({ "name": "Kees", "street": "Malakkastraat" }));
    disagree(&noor, &samir, &id);
    let conflict = conflicts(&noor).remove(0);
    let shown = noor.fields(&id)["street"].clone();
    let other = conflict
        .values
        .iter()
        .position(|value| value.value != shown)
        .unwrap();
    let saved = resolve(&noor, &conflict, Some(u32::try_from(other).unwrap())).unwrap();
    assert_ne!(noor.fields(&id)["street"], shown);
    noor.undo(&saved);
    assert_eq!(noor.fields(&id)["street"], shown);
}

#[test]
fn a_choice_never_hides_a_value_that_arrived_since() {
    let (team, noor, samir, id) = two(json!({ "name": "Kees", "street": "Malakkastraat" }));
    let yusuf = team.device("Yusuf");
    yusuf.edit(&id, json!({ "street": "Sumatrastraat" }));
    disagree(&noor, &samir, &id);
    let seen = conflicts(&noor).remove(0);
    sync_all(&[&yusuf, &noor]);
    assert_eq!(conflicts(&noor)[0].values.len(), 3);
    assert_eq!(code(resolve(&noor, &seen, Some(0))), "conflict_changed");

    let now = conflicts(&noor).remove(0);
    assert_eq!(code(resolve(&noor, &now, Some(7))), "bad_choice");
    resolve(&noor, &now, Some(0)).unwrap();
    assert_eq!(code(resolve(&noor, &now, Some(1))), "no_conflict");
}

#[test]
fn the_same_value_twice_is_no_disagreement() {
    let (_team, noor, samir, id) = two(json!({ "name": "Kees" }));
    for device in [&noor, &samir] {
        device.edit(&id, json!({ "street": "Balistraat" }));
    }
    sync_all(&[&noor, &samir]);
    assert_eq!(
        (conflicts(&noor), conflicts(&samir)),
        (Vec::new(), Vec::new())
    );
}

#[test]
fn different_fields_entries_and_set_members_merge() {
    let (_team, noor, samir, id) = two(json!({ "name": "Kees", "languages": ["nl", "fr"] }));
    noor.edit(&id, json!({ "street": "Balistraat", "languages": ["nl", "fr", "ar"], "ways": [{ "kind": "phone", "value": "1" }] }));
    samir.edit(&id, json!({ "town": "Utrecht", "languages": ["nl", "tr"], "ways": [{ "kind": "phone", "value": "2" }] }));
    sync_all(&[&noor, &samir]);
    for device in [&noor, &samir] {
        let fields = device.fields(&id);
        assert_eq!(
            (&fields["street"], &fields["town"]),
            (&json!("Balistraat"), &json!("Utrecht"))
        );
        assert_eq!(fields["languages"], json!(["ar", "nl", "tr"]));
        assert_eq!(fields["ways"].as_object().unwrap().len(), 2);
        assert_eq!(conflicts(device), []);
        device.is_sound();
    }
}

#[test]
fn long_text_merges_as_text() {
    let (_team, noor, samir, id) =
        two(json!({ "name": "Kees", "met": "Bij de winkel. Houdt van tuinen." }));
    noor.edit(
        &id,
        json!({ "met": "Bij de winkel op de hoek. Houdt van tuinen." }),
    );
    samir.edit(
        &id,
        json!({ "met": "Bij de winkel. Houdt van grote tuinen." }),
    );
    sync_all(&[&noor, &samir]);
    for device in [&noor, &samir] {
        assert_eq!(
            device.fields(&id)["met"],
            "Bij de winkel op de hoek. Houdt van grote tuinen."
        );
        assert_eq!(conflicts(device), []);
    }
}

#[test]
fn two_values_of_one_telephone_number_become_two_numbers_when_both_are_kept() {
    let way = |value: &str| json!({ "ways": { "k1": { "kind": "phone", "value": value } } });
    let (_team, noor, samir, id) =
        two(json!({ "name": "Kees", "ways": { "k1": { "kind": "phone", "value": "06-0" } } }));
    noor.edit(&id, way("06-1"));
    samir.edit(&id, way("06-2"));
    sync_all(&[&noor, &samir]);
    let conflict = conflicts(&samir).remove(0);
    assert_eq!(conflict.path, "ways/k1/value");
    let saved = resolve(&samir, &conflict, None).unwrap();
    sync_all(&[&samir, &noor]);
    let mut values: Vec<String> = noor.fields(&id)["ways"]
        .as_object()
        .unwrap()
        .values()
        .map(|way| way["value"].as_str().unwrap().to_owned())
        .collect();
    values.sort();
    assert_eq!(values, ["06-1", "06-2"]);
    assert_eq!(conflicts(&noor), []);

    samir.undo(&saved);
    assert_eq!(samir.fields(&id)["ways"].as_object().unwrap().len(), 1);
}

#[test]
fn putting_away_what_a_colleague_edits_leaves_both() {
    let (_team, noor, samir, id) = two(json!({ "name": "Kees" }));
    noor.app
        .record_archive(app::api::RecordId { id: id.clone() })
        .unwrap();
    samir.edit(&id, json!({ "town": "Utrecht" }));
    sync_all(&[&noor, &samir]);
    for device in [&noor, &samir] {
        let fields = device.fields(&id);
        assert_eq!(
            (&fields["archived"], &fields["town"]),
            (&json!(true), &json!("Utrecht"))
        );
        device.is_sound();
    }
}

#[test]
fn what_another_program_writes_while_somebody_chooses_is_not_overwritten() {
    let (_team, noor, samir, id) = two(json!({ "name": "Kees", "street": "Malakkastraat" }));
    disagree(&noor, &samir, &id);
    let conflict = conflicts(&noor).remove(0);
    let store = noor.store();
    let stamp = noor.stamp(&store);
    let record = id.parse().unwrap();
    noor.hands.meanwhile(move || {
        let street = serde_json::Map::from_iter([("street".to_owned(), "Timorstraat".into())]);
        let wrote = store.transact(&stamp, None, |action| action.edit(record, &street));
        wrote.unwrap();
    });
    assert_eq!(code(resolve(&noor, &conflict, Some(0))), "no_conflict");
    assert_eq!(noor.fields(&id)["street"], "Timorstraat");
    noor.is_sound();
}
