//! What was shared of somebody goes with them: erased, refused, or kept long enough.

use app::api::{
    Erase, EraseCopy, Erased, MentionChoice, MentionFate, Nothing, RecordId, Refusal, RetentionAsk,
    RetentionCarryOut, RetentionSet,
};
use chrono::Duration;
use protocol::Role;
use serde_json::json;

use crate::device::Device;
use crate::erasing::{erase, is_here, plan};
use crate::pages::{stands_everywhere, stands_nowhere};
use crate::sharing::{Neighbourhood, options};
use crate::team::sync_all;

const NAME: &str = "Wilhelmijntje Quispel";

/// Somebody known to the team, with a note that is only about her; both are shared with the partnership.
fn shared(place: &Neighbourhood) -> (String, String) {
    let her = place.noor.put("contact", json!({ "name": NAME }));
    let text = "Quispel wil meehelpen";
    let note = json!({ "text": text, "about": [her], "at": "2026-11-20T08:20:00Z" });
    let note = place.noor.put("note", note);
    for id in [&her, &note] {
        let ask = place.ask(id, &[], None);
        place.noor.app.share_make(ask).unwrap();
    }
    place.sync();
    (her, note)
}

fn copy_of(device: &Device, id: &str) -> String {
    options(device, id).shares.remove(0).copy.unwrap().id
}

fn erase_with(device: &Device, id: &str, also: &[&str]) -> app::Result<Erased> {
    device.app.erase_apply(Erase {
        also: also.iter().map(|id| (*id).to_owned()).collect(),
        ..only(id)
    })
}

fn only(id: &str) -> Erase {
    Erase {
        id: id.to_owned(),
        also: Vec::new(),
        mentions: Vec::new(),
        private: Vec::new(),
        instead: "iemand".to_owned(),
    }
}

fn left(device: &Device) -> Vec<EraseCopy> {
    device.app.erasure_list(Nothing {}).unwrap().left
}

/// A colleague who manages the team, and what they may do in the partnership.
fn manager(place: &Neighbourhood, in_plan: Option<Role>) -> Device {
    let ans = place.team.device("Ans");
    place
        .team
        .give(place.team.space, "Ans", Some(Role::Manager));
    place.team.give(place.plan, "Ans", in_plan);
    sync_all(&[&ans, &place.noor, &place.els]);
    ans
}

#[test]
fn copies_of_somebody_and_of_what_is_only_about_them_go_with_them() {
    let place = Neighbourhood::new();
    let (noor, els) = (&place.noor, &place.els);
    let (her, note) = shared(&place);
    let copies = [copy_of(noor, &her), copy_of(noor, &note)];
    stands_everywhere("Quispel", &place.team, &[noor, els]);
    let shown = plan(noor, &her);
    let told: Vec<_> = shown
        .copies
        .iter()
        .map(|copy| (&copy.of, copy.may))
        .collect();
    assert!(told.contains(&(&her, true)) && told.contains(&(&note, true)));
    let wheres = shown.copies.iter().map(|copy| copy.space.name.as_str());
    assert_eq!(wheres.collect::<Vec<_>>(), ["Buurtaanpak", "Buurtaanpak"]);
    // A copy goes the way of its original; nobody is asked twice, and a share is no text.
    assert_eq!(shown.mentions, Vec::new());
    assert_eq!(shown.only.len(), 1);
    let erased = erase_with(noor, &her, &[&note]).unwrap();
    assert_eq!((erased.erased, erased.copies), (2, 2));
    assert_eq!(erased.left, Vec::new());
    place.sync();
    for device in [noor, els] {
        assert!(copies.iter().all(|copy| !is_here(device, copy)));
        assert!(device.all("share").is_empty());
        device.is_sound();
    }
    stands_nowhere("Quispel", &place.team, &[noor, els]);
    assert_eq!(left(noor), Vec::new());
}

#[test]
fn a_copy_of_what_stays_is_left_alone() {
    let place = Neighbourhood::new();
    let (her, note) = shared(&place);
    let copy = copy_of(&place.noor, &note);
    assert_eq!(erase(&place.noor, &her).unwrap().copies, 1);
    place.sync();
    assert!(is_here(&place.els, &copy));
    assert!(place.els.all("contact").is_empty());
}

#[test]
fn who_sees_no_copy_is_told_and_the_one_who_shared_it_ends_it_at_the_next_exchange() {
    let place = Neighbourhood::new();
    let (her, _) = shared(&place);
    let ans = manager(&place, None);
    let shown = plan(&ans, &her);
    let told = shown.copies.iter().find(|copy| copy.of == her).unwrap();
    assert!(!told.may && told.record.is_none());
    assert_eq!((told.by.as_str(), told.space.name.as_str()), ("Noor", ""));
    let erased = erase(&ans, &her).unwrap();
    assert_eq!((erased.erased, erased.copies, erased.left.len()), (1, 0, 1));
    assert_eq!(left(&ans)[0].of, her);
    sync_all(&[&ans, &place.noor, &place.els]);
    assert_eq!(place.els.all("contact").len(), 1, "nobody ended it yet");
    place.noor.app.chores().unwrap();
    sync_all(&[&place.noor, &place.els, &ans]);
    assert!(place.els.all("contact").is_empty());
    for device in [&ans, &place.noor] {
        assert_eq!(left(device), Vec::new());
        device.is_sound();
    }
}

#[test]
fn a_copy_that_others_may_erase_is_named_goes_out_of_sight_and_stays_named_until_it_is_gone() {
    let place = Neighbourhood::new();
    let (her, _) = shared(&place);
    let copy = copy_of(&place.noor, &her);
    let ans = manager(&place, Some(Role::Writer));
    let shown = plan(&ans, &her);
    let told = shown.copies.iter().find(|copy| copy.of == her).unwrap();
    assert!(!told.may && told.record.is_some());
    let names = (told.by.as_str(), told.space.name.as_str());
    assert_eq!(names, ("Noor", "Buurtaanpak"));
    let erased = erase(&ans, &her).unwrap();
    assert_eq!(erased.left[0].record.as_ref().unwrap().id, copy);
    sync_all(&[&ans, &place.els]);
    assert!(place.els.all("contact").is_empty(), "out of sight");
    assert!(is_here(&place.els, &copy) && !left(&ans).is_empty());
    place.team.give(place.plan, "Els", Some(Role::Manager));
    sync_all(&[&place.els, &ans]);
    erase(&place.els, &copy).unwrap();
    sync_all(&[&place.els, &ans]);
    assert_eq!(left(&ans), Vec::new());
}

#[test]
fn who_refuses_is_gone_from_the_copies_too() {
    let place = Neighbourhood::new();
    let (her, note) = shared(&place);
    let id = RecordId { id: her.clone() };
    let shown = place.noor.app.refusal_plan(id).unwrap();
    assert_eq!(shown.erase.copies.len(), 2);
    let done = place.noor.app.refusal_apply(Refusal {
        erase: Erase {
            also: vec![note],
            ..only(&her)
        },
        remains: shown.remains,
    });
    let done = done.unwrap();
    assert_eq!((done.erased, done.remains, done.left), (2, 1, Vec::new()));
    place.sync();
    let els = &place.els;
    assert!(els.all("contact").is_empty() && els.all("note").is_empty());
    stands_nowhere("Quispel", &place.team, &[&place.noor, els]);
}

#[test]
fn what_was_kept_long_enough_is_proposed_with_its_copies_and_takes_them_along() {
    let place = Neighbourhood::new();
    place
        .team
        .give(place.team.space, "Noor", Some(Role::Manager));
    let (her, _) = shared(&place);
    let noor = &place.noor;
    let set = RetentionSet {
        space: None,
        kind: domain::RetainedKind::Contact,
        months: Some(12),
        why: String::new(),
    };
    noor.app.retention_set(set).unwrap();
    noor.hands.pass(Duration::days(400));
    let ask = RetentionAsk {
        space: None,
        most: None,
    };
    let [due] = noor.app.retention_get(ask).unwrap().due.try_into().unwrap();
    assert_eq!((due.along, due.copies.len()), (1, 2));
    assert!(due.copies.iter().all(|copy| copy.may));
    let carry = RetentionCarryOut { ids: vec![her] };
    let erased = noor.app.retention_carry_out(carry).unwrap();
    assert_eq!((erased.erased, erased.copies), (2, 2));
    place.sync();
    assert!(place.els.all("contact").is_empty() && place.els.all("note").is_empty());
}

#[test]
fn the_name_goes_out_of_the_copy_of_a_mention_too() {
    let place = Neighbourhood::new();
    let her = place.noor.put("contact", json!({ "name": NAME }));
    let said = json!({ "text": "Kees zag Wilhelmijntje Quispel bij de winkel" });
    let note = place.noor.put("note", said);
    let ask = place.ask(&note, &[], None);
    place.noor.app.share_make(ask).unwrap();
    place.sync();
    let copy = copy_of(&place.noor, &note);
    let shown = plan(&place.noor, &her);
    assert_eq!((shown.mentions.len(), shown.copies.len()), (1, 1));
    let erased = place.noor.app.erase_apply(Erase {
        mentions: vec![MentionChoice {
            id: note,
            fate: MentionFate::Redact,
        }],
        ..only(&her)
    });
    assert_eq!(erased.unwrap().redacted, 2);
    place.sync();
    assert_eq!(
        place.els.fields(&copy)["text"],
        "Kees zag iemand bij de winkel"
    );
    stands_nowhere("Quispel", &place.team, &[&place.noor, &place.els]);
}

#[test]
fn erasing_a_copy_ends_the_share_and_the_original_stays() {
    let place = Neighbourhood::new();
    let (her, _) = shared(&place);
    let copy = copy_of(&place.noor, &her);
    let shown = plan(&place.noor, &copy).copies;
    assert!(shown.iter().all(|copy| copy.of != her), "{shown:?}");
    erase(&place.noor, &copy).unwrap();
    place.sync();
    let share = options(&place.noor, &her).shares.remove(0);
    assert!(share.revoked_at.is_some() && share.copy.is_none());
    assert_eq!(place.els.all("share").len(), 1, "that of the note alone");
}
