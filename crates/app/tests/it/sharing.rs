//! Sharing on purpose: exactly what was ticked, without history, taken back when asked or when its day has passed.

use app::api::{RecordId, ShareAsk, ShareId, ShareOptions};
use chrono::Duration;
use protocol::{Role, SpaceKind};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::device::{Device, code};
use crate::team::{Team, now_ms, sync_all};

/// Noor is in the team and the partnership, Els only in the partnership.
pub(crate) struct Neighbourhood {
    pub(crate) team: Team,
    pub(crate) plan: Uuid,
    pub(crate) noor: Device,
    pub(crate) els: Device,
}

impl Neighbourhood {
    pub(crate) fn new() -> Self {
        let team = Team::new();
        let plan = team
            .log
            .add_space("Buurtaanpak", SpaceKind::Partnership, now_ms())
            .unwrap();
        let (noor, els) = (team.device("Noor"), team.device("Els"));
        team.give(plan, "Noor", Some(Role::Writer));
        team.give(plan, "Els", Some(Role::Writer));
        team.give(team.space, "Els", None);
        sync_all(&[&noor, &els]);
        Self {
            team,
            plan,
            noor,
            els,
        }
    }

    pub(crate) fn ask(&self, id: &str, fields: &[&str], until: Option<&str>) -> ShareAsk {
        ShareAsk {
            id: id.to_owned(),
            to: self.plan.to_string(),
            fields: fields.iter().map(|name| (*name).to_owned()).collect(),
            until: until.map(str::to_owned),
        }
    }

    pub(crate) fn sync(&self) {
        sync_all(&[&self.noor, &self.els]);
    }
}

pub(crate) fn options(device: &Device, id: &str) -> ShareOptions {
    device
        .app
        .share_options(RecordId { id: id.to_owned() })
        .unwrap()
}

/// What stands in the copy on this device.
fn copies(device: &Device, kind: &str) -> Vec<Value> {
    let rows = device.all(kind).into_iter();
    rows.map(|row| Value::Object(row.fields)).collect()
}

#[test]
fn what_is_seen_there_is_exactly_what_was_shown_and_ticked() {
    let place = Neighbourhood::new();
    let fatima = place.noor.put(
        "contact",
        json!({
            "name": "Fatima", "street": "Malakkastraat", "town": "Utrecht", "attention": true,
            "consent": "given", "met": "Bij de school", "ways": { "k": { "kind": "phone", "value": "06-12345678" } },
        }),
    );
    place.noor.edit(&fatima, json!({ "street": "Balistraat" }));
    let names: Vec<String> = options(&place.noor, &fatima)
        .fields
        .into_iter()
        .map(|field| field.name)
        .collect();
    assert_eq!(names, ["name", "ways", "street", "town", "met"]);
    // What may not travel is left out, also when a shell asks for it.
    let ask = place.ask(&fatima, &["street", "attention", "consent"], None);
    let preview = place.noor.app.share_preview(ask.clone()).unwrap();
    let seen = json!({ "name": "Fatima", "street": "Balistraat" });
    assert_eq!(Value::Object(preview.fields), seen);
    assert_eq!(
        (preview.title.as_str(), preview.author.as_str()),
        ("Fatima", "Noor")
    );
    place.noor.app.share_make(ask).unwrap();
    place.sync();
    assert_eq!(copies(&place.els, "contact"), [seen]);
    // Without history: one step, in which it was made.
    let copy = place.els.all("contact").remove(0).id;
    let history = place
        .els
        .app
        .record_history(RecordId { id: copy.clone() })
        .unwrap();
    assert_eq!(history.len(), 1);
    let of = |device: &Device, id: &str| {
        let id = id.parse().unwrap();
        let bytes = device.store().snapshot(|book| book.document_bytes(id));
        bytes.unwrap()
    };
    let holds = |bytes: &[u8], word: &str| {
        let mut windows = bytes.windows(word.len());
        windows.any(|window| window == word.as_bytes())
    };
    let (original, copied) = (of(&place.noor, &fatima), of(&place.els, &copy));
    for word in ["Malakka", "06-123", "school"] {
        assert!(holds(&original, word) && !holds(&copied, word), "{word}");
    }
    assert!(!holds(&copied, &fatima));
    // The copy goes its own way.
    place.noor.edit(&fatima, json!({ "street": "Javastraat" }));
    place.sync();
    assert_eq!(place.els.fields(&copy)["street"], "Balistraat");
}

#[test]
fn the_owner_sees_where_copies_are_and_others_see_only_by_whom() {
    let place = Neighbourhood::new();
    let note = place
        .noor
        .put("note", json!({ "text": "Oversteek is gevaarlijk" }));
    place
        .noor
        .app
        .share_make(place.ask(&note, &[], Some("2026-12-31")))
        .unwrap();
    place.sync();
    let mine = options(&place.noor, &note).shares.remove(0);
    assert_eq!(
        (mine.to.name.as_str(), mine.by.as_str()),
        ("Buurtaanpak", "Noor")
    );
    assert_eq!(
        (mine.fields, mine.until.as_deref()),
        (vec!["text".to_owned()], Some("2026-12-31"))
    );
    let copy = mine.copy.unwrap().id;
    let of_mine = options(&place.noor, &copy).copy_of.unwrap();
    assert_eq!(of_mine.original.unwrap().id, note);
    let theirs = options(&place.els, &copy).copy_of.unwrap();
    assert_eq!((theirs.original, theirs.by.as_str()), (None, "Noor"));
    assert_eq!(theirs.until.as_deref(), Some("2026-12-31"));
}

#[test]
fn a_copy_that_is_taken_back_is_erased_there_and_the_original_stays() {
    let place = Neighbourhood::new();
    let signal = place.noor.put(
        "signal",
        json!({ "title": "Zwerfvuil", "about": "Bij de glasbak" }),
    );
    place
        .noor
        .app
        .share_make(place.ask(&signal, &["about"], None))
        .unwrap();
    place.sync();
    assert_eq!(place.els.all("signal").len(), 1);
    let share = options(&place.noor, &signal).shares.remove(0);
    let copy = share.copy.unwrap().id;
    place
        .noor
        .app
        .share_revoke(ShareId { id: share.id })
        .unwrap();
    place.sync();
    assert_eq!(place.els.all("signal").len(), 0);
    assert_eq!(place.els.all("share").len(), 0);
    assert_eq!(
        code(place.els.app.record_get(RecordId { id: copy })),
        "no_record"
    );
    assert_eq!(place.noor.fields(&signal)["title"], "Zwerfvuil");
    let gone = options(&place.noor, &signal).shares.remove(0);
    assert!(gone.revoked_at.is_some() && gone.copy.is_none());
    place.els.is_sound();
    place.noor.is_sound();
}

#[test]
fn after_its_last_day_a_copy_is_out_of_sight_everywhere_and_erased_by_who_made_it() {
    let place = Neighbourhood::new();
    let note = place
        .noor
        .put("note", json!({ "text": "Oversteek is gevaarlijk" }));
    place
        .noor
        .app
        .share_make(place.ask(&note, &[], Some("2026-11-30")))
        .unwrap();
    place.sync();
    place.els.hands.pass(Duration::days(5));
    place.els.app.chores().unwrap();
    assert_eq!(
        place.els.all("note").len(),
        1,
        "on the last day it is there"
    );
    place.els.hands.pass(Duration::days(1));
    place.els.app.chores().unwrap();
    assert_eq!(place.els.all("note").len(), 0);
    place.sync();
    assert_eq!(place.noor.all("note").len(), 1, "the original stays");
    let copy = options(&place.noor, &note).shares.remove(0).copy.unwrap();
    place.noor.hands.pass(Duration::days(6));
    place.noor.app.chores().unwrap();
    place.noor.app.chores().unwrap();
    place.sync();
    assert_eq!(
        code(place.els.app.record_get(RecordId { id: copy.id })),
        "no_record"
    );
    assert!(
        options(&place.noor, &note)
            .shares
            .remove(0)
            .revoked_at
            .is_some()
    );
    assert_eq!(place.noor.all("note").len(), 1, "the original stays, still");
}

#[test]
fn only_who_shared_it_or_a_manager_takes_a_copy_back() {
    let place = Neighbourhood::new();
    let note = place
        .noor
        .put("note", json!({ "text": "Oversteek is gevaarlijk" }));
    place
        .noor
        .app
        .share_make(place.ask(&note, &[], None))
        .unwrap();
    place.sync();
    let there = place.els.all("share").remove(0).id;
    let share = || ShareId { id: there.clone() };
    assert_eq!(code(place.els.app.share_revoke(share())), "erase_no_right");
    assert_eq!(place.els.all("note").len(), 1);
    place.team.give(place.plan, "Els", Some(Role::Manager));
    place.sync();
    place.els.app.share_revoke(share()).unwrap();
    place.sync();
    assert_eq!(place.els.all("note").len(), 0);
    assert!(options(&place.noor, &note).shares.remove(0).copy.is_none());
}

#[test]
fn nothing_of_others_ends_by_what_somebody_says_is_a_copy() {
    let place = Neighbourhood::new();
    let Neighbourhood { noor, els, .. } = &place;
    place.team.give(place.team.space, "Els", Some(Role::Reader));
    let here = noor.put("note", json!({ "text": "Bij de school" }));
    noor.app
        .space_default(app::api::SpaceId {
            id: place.plan.to_string(),
        })
        .unwrap();
    let there = noor.put("note", json!({ "text": "Voor de buurtaanpak" }));
    let shared = noor.put("note", json!({ "text": "Voor het overleg" }));
    place.sync();
    let plan = place.plan;
    let over = |copy: &str| json!({ "copy": copy, "until": "2026-11-01" });
    // Not by the commands of the app, and not from a file.
    assert_eq!(code(els.try_put("share", None, over(&here))), "not_by_hand");
    let line = json!({ "kind": "share", "copy": here, "until": "2026-11-01" }).to_string();
    let (kept, refused) = els.app.load_records(line.as_bytes()).unwrap();
    assert_eq!((kept, refused.len()), (0, 1));
    // Not by an app of one's own: about a record elsewhere, or beside it, or by turning a share to another record.
    els.forge("share", None, plan, over(&here));
    place.sync();
    noor.app.chores().unwrap();
    assert!(noor.all("note").iter().any(|row| row.id == here));
    let forged = els.all("share").remove(0).id;
    els.forge("share", Some(&forged), plan, over(&there));
    noor.app
        .share_make(ShareAsk {
            to: place.team.space.to_string(),
            ..place.ask(&shared, &[], Some("2026-12-31"))
        })
        .unwrap();
    place.sync();
    let mut at_home = noor.all("share").into_iter();
    let at_home = at_home.find(|row| row.fields.contains_key("of"));
    let at_home = at_home.unwrap().id;
    els.forge(
        "share",
        Some(&at_home),
        plan,
        json!({ "copy": here, "to": place.team.space.to_string(), "until": "2026-11-01" }),
    );
    place.sync();
    noor.app.chores().unwrap();
    els.app.chores().unwrap();
    place.sync();
    for id in [&here, &there, &shared] {
        assert!(noor.all("note").iter().any(|row| row.id == *id), "{id}");
        assert!(els.all("note").iter().any(|row| row.id == *id), "{id}");
    }
    // The page of the record does not show what is not so.
    assert_eq!(options(noor, &here).copy_of, None);
    assert_eq!(
        code(noor.app.share_revoke(ShareId { id: forged })),
        "no_record"
    );
}

#[test]
fn a_copy_that_this_device_does_not_see_is_not_called_taken_back() {
    let place = Neighbourhood::new();
    let note = place.noor.put("note", json!({ "text": "Oversteek" }));
    let ask = place.ask(&note, &[], Some("2026-11-30"));
    place.noor.app.share_make(ask).unwrap();
    place.sync();
    place.team.give(place.plan, "Noor", None);
    place.sync();
    let share = options(&place.noor, &note).shares.remove(0);
    let back = place.noor.app.share_revoke(ShareId { id: share.id });
    assert_eq!(code(back), "share_out_of_reach");
    place.noor.hands.pass(Duration::days(7));
    place.noor.app.chores().unwrap();
    let share = options(&place.noor, &note).shares.remove(0);
    assert_eq!((share.copy, share.revoked_at), (None, None));
    assert_eq!(place.els.all("note").len(), 1);
}

#[test]
fn only_where_one_may_write_can_be_shared_and_only_what_is_meant_for_it() {
    let place = Neighbourhood::new();
    let note = place.noor.put("note", json!({ "text": "Oversteek" }));
    let day = place.ask(&note, &[], Some("2026-11-24"));
    assert_eq!(code(place.noor.app.share_preview(day)), "until_passed");
    let task = place.noor.put(
        "follow_up",
        json!({ "what": "Bellen", "due": "2026-12-01" }),
    );
    assert_eq!(
        code(place.noor.app.share_make(place.ask(&task, &[], None))),
        "not_shareable"
    );
    place.team.give(place.plan, "Noor", Some(Role::Reader));
    place.noor.sync();
    assert_eq!(options(&place.noor, &note).spaces, Vec::new());
    assert_eq!(
        code(place.noor.app.share_make(place.ask(&note, &[], None))),
        "space_read_only"
    );
    assert_eq!(place.noor.all("note").len(), 1);
}

#[test]
fn sharing_and_ending_it_are_written_down_with_who_did_it() {
    let place = Neighbourhood::new();
    let fatima = place.noor.put("contact", json!({ "name": "Fatima" }));
    let shared = place
        .noor
        .app
        .share_make(place.ask(&fatima, &[], Some("2026-11-30")))
        .unwrap();
    let lines = |device: &Device| -> Vec<(String, String)> {
        let query = app::api::AuditQuery {
            record: Some(fatima.clone()),
            offset: 0,
            limit: 10,
        };
        let rows = device.app.audit_list(query).unwrap().rows.into_iter();
        rows.map(|row| (row.person, row.action)).collect()
    };
    let by_noor = |action: &str| ("Noor".to_owned(), action.to_owned());
    assert_eq!(lines(&place.noor), [by_noor("shared")]);
    place.noor.hands.pass(Duration::seconds(1));
    place
        .noor
        .app
        .share_revoke(ShareId { id: shared.id })
        .unwrap();
    assert_eq!(
        lines(&place.noor),
        [by_noor("share_ended"), by_noor("shared")]
    );
    // Time passing ends nothing twice.
    place.noor.hands.pass(Duration::days(10));
    place.noor.app.chores().unwrap();
    assert_eq!(lines(&place.noor).len(), 2);
}

#[test]
fn taking_a_share_back_at_once_and_sharing_again_are_written_down_too() {
    let place = Neighbourhood::new();
    let fatima = place.noor.put("contact", json!({ "name": "Fatima" }));
    let ask = place.ask(&fatima, &[], None);
    let shared = place.noor.app.share_make(ask).unwrap();
    place.noor.hands.pass(Duration::seconds(1));
    let undone = place.noor.undo(&shared);
    place.noor.hands.pass(Duration::seconds(1));
    place.noor.undo(&undone);
    let query = app::api::AuditQuery {
        record: Some(fatima),
        offset: 0,
        limit: 10,
    };
    let rows = place.noor.app.audit_list(query).unwrap().rows;
    let told: Vec<_> = rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(told, ["shared", "share_ended", "shared"]);
    assert!(rows.iter().all(|row| row.person == "Noor"));
}

#[test]
fn a_persons_file_tells_with_whom_they_were_shared_by_whom_and_until_when() {
    let place = Neighbourhood::new();
    let fatima = place
        .noor
        .put("contact", json!({ "name": "Fatima", "town": "Utrecht" }));
    let note = place.noor.put(
        "note",
        json!({ "text": "Wil meehelpen", "about": [fatima] }),
    );
    let file = |device: &Device, id: &str| -> Value {
        let ask = app::api::PersonFileAsk {
            id: id.to_owned(),
            format: "json".to_owned(),
            with_names: false,
        };
        serde_json::from_slice(&device.app.person_file(&ask).unwrap().0).unwrap()
    };
    let share = |id: &str, fields: &[&str], until| {
        let ask = place.ask(id, fields, until);
        place.noor.app.share_make(ask).unwrap().id
    };
    let shared = share(&fatima, &["town"], Some("2026-12-01"));
    place.noor.hands.pass(Duration::seconds(1));
    share(&note, &[], None);
    place.sync();
    let told = file(&place.noor, &fatima);
    let list = told["shared"].as_array().unwrap();
    let seen: Vec<_> = list
        .iter()
        .map(|share| (&share["what"], &share["with"]))
        .collect();
    let with = json!("Buurtaanpak");
    assert_eq!(
        seen,
        [(&json!("Fatima"), &with), (&json!("Wil meehelpen"), &with)]
    );
    assert_eq!(
        (
            &list[0]["by"],
            &list[0]["until"],
            &list[0]["fields"],
            &list[0]["at"]
        ),
        (
            &json!("Noor"),
            &json!("2026-12-01"),
            &json!(["name", "town"]),
            &json!("2026-11-25T07:30:00Z")
        )
    );
    // The line about the note says so; that about the person needs not.
    let events: Vec<_> = told["audit"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["action"].as_str().unwrap(), event["record"].as_str()))
        .collect();
    assert!(events.contains(&("shared", None)), "{events:?}");
    assert!(
        events.contains(&("shared", Some("Wil meehelpen"))),
        "{events:?}"
    );
    // Who holds the copy can say the same to the person.
    let copy = place.els.all("contact").remove(0).id;
    let theirs = file(&place.els, &copy);
    assert_eq!(theirs["shared"][0]["by"], "Noor");
    place.noor.app.share_revoke(ShareId { id: shared }).unwrap();
    let after = file(&place.noor, &fatima);
    assert!(after["shared"][0]["revoked_at"].is_string());
    let ask = app::api::PersonFileAsk {
        id: fatima,
        format: "pdf".to_owned(),
        with_names: false,
    };
    assert!(
        place
            .noor
            .app
            .person_file(&ask)
            .unwrap()
            .0
            .starts_with(b"%PDF")
    );
}
