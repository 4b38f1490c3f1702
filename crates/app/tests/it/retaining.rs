//! How long records are kept: what is proposed, when, and why.

use app::api::{
    DueView, Erased, RecordId, RetentionAsk, RetentionCarryOut, RetentionKeep, RetentionSet, Saved,
};
use chrono::Duration;
use domain::RetainedKind;
use protocol::Role;
use serde_json::json;

use crate::device::{Device, code};
use crate::team::{Team, now_ms, sync_all};

fn set(device: &Device, kind: RetainedKind, months: Option<i32>) {
    let why = "selectielijst".to_owned();
    device
        .app
        .retention_set(RetentionSet {
            space: None,
            kind,
            months,
            why,
        })
        .unwrap();
}

fn due(device: &Device) -> Vec<DueView> {
    device
        .app
        .retention_get(RetentionAsk {
            space: None,
            most: None,
        })
        .unwrap()
        .due
}

fn titles(due: &[DueView]) -> Vec<&str> {
    due.iter().map(|due| due.record.title.as_str()).collect()
}

#[test]
fn nothing_is_due_while_nobody_set_a_term() {
    let device = Device::of("Noor");
    device.put(
        "note",
        json!({ "text": "oud", "at": "2001-01-01T10:00:00Z" }),
    );
    let view = device
        .app
        .retention_get(RetentionAsk {
            space: None,
            most: None,
        })
        .unwrap();
    assert!(view.due.is_empty() && view.manager);
    let months: Vec<_> = view
        .terms
        .iter()
        .map(|term| (term.months, term.suggested))
        .collect();
    assert_eq!(months, [(None, 24), (None, 24), (None, 12), (None, 60)]);
}

#[test]
fn a_note_is_due_on_the_day_its_term_ends_and_not_the_day_before() {
    let device = Device::of("Noor");
    set(&device, RetainedKind::Note, Some(12));
    device.put(
        "note",
        json!({ "text": "Oversteek", "at": "2025-11-26T22:30:00Z" }),
    );
    assert!(due(&device).is_empty());
    device.hands.pass(Duration::days(1));
    let found = due(&device);
    assert_eq!(titles(&found), ["Oversteek"]);
    let told = &found[0];
    assert_eq!(
        (
            told.reason.as_str(),
            told.since.as_str(),
            told.ended.as_str(),
            told.months
        ),
        ("said", "2025-11-26", "2026-11-26", 12)
    );
}

#[test]
fn a_person_counts_from_the_last_talk_and_stays_while_something_is_open() {
    let device = Device::of("Noor");
    set(&device, RetainedKind::Contact, Some(24));
    let quiet = device.put("contact", json!({ "name": "Kees Jansen" }));
    let spoken = device.put("contact", json!({ "name": "Fatima el Amrani" }));
    let promised = device.put("contact", json!({ "name": "Noa Bos" }));
    let promise = device.put(
        "follow_up",
        json!({ "what": "Bel Noa", "due": "2026-12-01", "about": [promised] }),
    );
    device.hands.pass(Duration::days(365));
    device.put(
        "note",
        json!({ "text": "Nog gesproken", "about": [spoken] }),
    );
    assert!(due(&device).is_empty());
    device.hands.pass(Duration::days(366));
    let found = due(&device);
    assert_eq!(titles(&found), ["Kees Jansen"]);
    assert_eq!(
        (found[0].record.id.as_str(), found[0].reason.as_str()),
        (quiet.as_str(), "recorded")
    );
    device
        .try_put("follow_up", Some(&promise), json!({ "state": "done" }))
        .unwrap();
    assert_eq!(titles(&due(&device)), ["Kees Jansen", "Noa Bos"]);
}

#[test]
fn what_is_open_is_never_due_and_counts_from_its_closing() {
    let device = Device::of("Noor");
    set(&device, RetainedKind::FollowUp, Some(12));
    set(&device, RetainedKind::Signal, Some(12));
    device.put(
        "follow_up",
        json!({ "what": "Nog open", "due": "2020-01-01" }),
    );
    device.put("signal", json!({ "title": "Nog open" }));
    device.put(
        "follow_up",
        json!({ "what": "Gedaan", "due": "2020-01-01", "state": "done", "closed_at": "2025-11-01T08:00:00Z" }),
    );
    device.put(
        "follow_up",
        json!({ "what": "Pas gedaan", "due": "2020-01-01", "state": "done", "closed_at": "2026-11-01T08:00:00Z" }),
    );
    let found = due(&device);
    assert_eq!(titles(&found), ["Gedaan"]);
    assert_eq!(found[0].reason, "closed");
}

#[test]
fn a_term_can_be_changed_and_taken_away() {
    let device = Device::of("Noor");
    device.put(
        "note",
        json!({ "text": "Oud", "at": "2024-01-01T10:00:00Z" }),
    );
    for (months, count) in [(Some(12), 1), (Some(60), 0), (None, 0), (Some(6), 1)] {
        set(&device, RetainedKind::Note, months);
        let view = device
            .app
            .retention_get(RetentionAsk {
                space: None,
                most: None,
            })
            .unwrap();
        assert_eq!((view.terms[1].months, view.due.len()), (months, count));
    }
    assert_eq!(device.all("retention_term").len(), 1);
}

#[test]
fn a_term_is_between_a_month_and_half_a_century() {
    let device = Device::of("Noor");
    for months in [0, -3, 601] {
        let refused = device.app.retention_set(RetentionSet {
            space: None,
            kind: RetainedKind::Note,
            months: Some(months),
            why: String::new(),
        });
        assert_eq!(code(refused), "wrong_shape", "{months}");
    }
}

fn carry_out(device: &Device, ids: &[&str]) -> app::Result<Erased> {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    device.app.retention_carry_out(RetentionCarryOut { ids })
}

fn keep(device: &Device, ids: &[&str], months: i32, why: &str) -> app::Result<Saved> {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    let why = why.to_owned();
    device
        .app
        .retention_keep(RetentionKeep { ids, months, why })
}

fn is_here(device: &Device, id: &str) -> bool {
    let id = id.to_owned();
    device.app.record_get(RecordId { id }).is_ok()
}

/// Two notes that are due, and one that is not.
fn notes(device: &Device) -> [String; 3] {
    set(device, RetainedKind::Note, Some(12));
    [
        "2024-01-01T10:00:00Z",
        "2024-02-01T10:00:00Z",
        "2026-11-01T10:00:00Z",
    ]
    .map(|at| device.put("note", json!({ "text": at, "at": at })))
}

#[test]
fn what_a_manager_chose_goes_for_good_and_the_rest_stays_proposed() {
    let device = Device::of("Noor");
    let [first, second, new] = notes(&device);
    assert_eq!(due(&device).len(), 2);
    assert_eq!(carry_out(&device, &[&first]).unwrap().erased, 1);
    assert!(!is_here(&device, &first) && is_here(&device, &second));
    assert_eq!(titles(&due(&device)), ["2024-02-01T10:00:00Z"]);
    // Nothing that is not due goes this way, and nothing goes twice.
    for not_due in [&new, &first] {
        assert_eq!(code(carry_out(&device, &[&second, not_due])), "not_due");
    }
    assert!(is_here(&device, &second) && is_here(&device, &new));
}

#[test]
fn a_person_who_is_cleared_away_takes_along_what_is_only_about_them() {
    let device = Device::of("Noor");
    set(&device, RetainedKind::Contact, Some(24));
    let fatima = device.put("contact", json!({ "name": "Fatima el Amrani" }));
    let kees = device.put("contact", json!({ "name": "Kees Jansen" }));
    let only = device.put(
        "note",
        json!({ "text": "Wil meehelpen", "about": [fatima] }),
    );
    let both = device.put("note", json!({ "text": "Samen", "about": [fatima, kees] }));
    device.hands.pass(Duration::days(800));
    let found = due(&device);
    let told: Vec<_> = found
        .iter()
        .map(|due| (due.record.id.as_str(), due.along))
        .collect();
    assert!(told.contains(&(fatima.as_str(), 1)), "{told:?}");
    assert_eq!(carry_out(&device, &[&fatima]).unwrap().erased, 2);
    assert!(!is_here(&device, &only));
    assert_eq!(device.fields(&both)["about"], json!([kees]));
    device.is_sound();
}

#[test]
fn what_is_still_needed_is_kept_with_a_reason_until_a_day_and_proposed_again_after_it() {
    let device = Device::of("Noor");
    let [first, second, _] = notes(&device);
    assert_eq!(code(keep(&device, &[&first], 6, "  ")), "missing_field");
    assert_eq!(
        code(keep(&device, &[&first], 0, "bezwaar loopt")),
        "wrong_shape"
    );
    let saved = keep(&device, &[&first, &second], 6, "bezwaar loopt").unwrap();
    let view = device
        .app
        .retention_get(RetentionAsk {
            space: None,
            most: None,
        })
        .unwrap();
    assert!(view.due.is_empty());
    let kept = &view.kept[0];
    assert_eq!(view.kept.len(), 2);
    assert_eq!(
        (kept.until.as_str(), kept.why.as_str(), kept.by.as_str()),
        ("2027-05-25", "bezwaar loopt", "Noor")
    );
    device.undo(&saved);
    assert_eq!(due(&device).len(), 2);
    keep(&device, &[&first], 6, "bezwaar loopt").unwrap();
    device.hands.pass(Duration::days(181));
    assert_eq!(due(&device).len(), 1);
    device.hands.pass(Duration::days(1));
    assert_eq!(due(&device).len(), 2);
    // With the record goes the reason to keep it.
    carry_out(&device, &[&first, &second]).unwrap();
    assert!(device.all("retention_hold").is_empty());
}

#[test]
fn only_a_manager_sets_terms_clears_away_and_keeps_longer() {
    let team = Team::new();
    let noor = team.device("Noor");
    let ans = Device::of("Ans");
    ans.join(&team.invite(Role::Manager)).unwrap();
    let old = noor.put(
        "note",
        json!({ "text": "Oud", "at": "2024-01-01T10:00:00Z" }),
    );
    let refused = noor.app.retention_set(RetentionSet {
        space: None,
        kind: RetainedKind::Note,
        months: Some(12),
        why: String::new(),
    });
    assert_eq!(code(refused), "managers_only");
    set(&ans, RetainedKind::Note, Some(12));
    sync_all(&[&noor, &ans]);
    let view = noor
        .app
        .retention_get(RetentionAsk {
            space: None,
            most: None,
        })
        .unwrap();
    assert_eq!((view.manager, titles(&view.due)), (false, vec!["Oud"]));
    assert_eq!(code(carry_out(&noor, &[&old])), "managers_only");
    assert_eq!(code(keep(&noor, &[&old], 6, "nodig")), "managers_only");
    carry_out(&ans, &[&old]).unwrap();
    sync_all(&[&ans, &noor]);
    assert!(!is_here(&noor, &old));
}

#[test]
fn every_space_has_its_own_terms_and_its_own_managers() {
    let team = Team::new();
    let ans = Device::of("Ans");
    ans.join(&team.invite(Role::Manager)).unwrap();
    let map = team
        .log
        .add_space("Buurtaanpak", protocol::SpaceKind::Partnership, now_ms())
        .unwrap();
    team.give(map, "Ans", Some(Role::Writer));
    ans.sync();
    let old = |text: &str| json!({ "text": text, "at": "2024-01-01T10:00:00Z" });
    let here = ans.put("note", old("Van het team"));
    let map = map.to_string();
    let id = app::api::SpaceId { id: map.clone() };
    ans.app.space_default(id).unwrap();
    let there = ans.put("note", old("Van de partners"));
    let team_space = team.space.to_string();
    let get = |space: &str| {
        let space = Some(space.to_owned());
        ans.app
            .retention_get(RetentionAsk { space, most: None })
            .unwrap()
    };
    let set = |space: &str| {
        ans.app.retention_set(RetentionSet {
            space: Some(space.to_owned()),
            kind: RetainedKind::Note,
            months: Some(12),
            why: String::new(),
        })
    };
    set(&team_space).unwrap();
    assert_eq!(code(set(&map)), "managers_only");
    assert_eq!(titles(&get(&team_space).due), ["Van het team"]);
    let partners = get(&map);
    assert!(partners.due.is_empty() && !partners.manager && partners.spaces.len() == 2);
    assert_eq!(code(carry_out(&ans, &[&here, &there])), "managers_only");
    assert_eq!(carry_out(&ans, &[&here]).unwrap().erased, 1);
}

#[test]
fn what_is_kept_longer_hides_nothing_behind_it_and_the_rest_is_told() {
    let device = Device::of("Noor");
    set(&device, RetainedKind::Note, Some(24));
    let ids: Vec<String> = (1..=5)
        .map(|day| {
            let fields =
                json!({ "text": format!("Dag {day}"), "at": format!("2019-01-0{day}T10:00:00Z") });
            device.put("note", fields)
        })
        .collect();
    let shown = |most| {
        let ask = RetentionAsk {
            space: None,
            most: Some(most),
        };
        let view = device.app.retention_get(ask).unwrap();
        let note = view
            .terms
            .iter()
            .find(|term| term.kind == RetainedKind::Note);
        let titles: Vec<_> = view
            .due
            .iter()
            .map(|due| due.record.title.clone())
            .collect();
        (titles, note.unwrap().more)
    };
    assert_eq!(
        shown(2),
        (vec!["Dag 1".to_owned(), "Dag 2".to_owned()], true)
    );
    let keep = RetentionKeep {
        ids: ids[..2].to_vec(),
        months: 12,
        why: "loopt nog".to_owned(),
    };
    device.app.retention_keep(keep).unwrap();
    assert_eq!(
        shown(2),
        (vec!["Dag 3".to_owned(), "Dag 4".to_owned()], true)
    );
    assert!(!shown(3).1);
    // One that is not among the first is due as well.
    let carry = RetentionCarryOut {
        ids: vec![ids[4].clone()],
    };
    assert_eq!(device.app.retention_carry_out(carry).unwrap().erased, 1);
}
