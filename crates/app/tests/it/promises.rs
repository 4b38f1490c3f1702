//! Today: late, today, this week, later, waiting for others.

use app::api::{
    FollowUpDone, FollowUpDrop, FollowUpMove, FollowUpRow, Today, TodayQuery, TodayRows,
};
use chrono::Duration;
use serde_json::json;

use crate::device::{Device, code};

fn today(device: &Device, mine: bool) -> Today {
    let query = TodayQuery { mine, rows: None };
    device.app.today_get(query).unwrap()
}

fn whats(rows: &[FollowUpRow]) -> Vec<&str> {
    rows.iter().map(|row| row.what.as_str()).collect()
}

fn promise(device: &Device, what: &str, due: &str) -> String {
    device.put("follow_up", json!({ "what": what, "due": due }))
}

#[test]
fn every_promise_stands_under_its_day() {
    let device = Device::of("Noor");
    promise(&device, "gisteren", "2026-11-24");
    promise(&device, "vandaag", "2026-11-25");
    promise(&device, "donderdag", "2026-11-26");
    promise(&device, "zondag", "2026-11-29");
    promise(&device, "maandag", "2026-11-30");
    device.put(
        "follow_up",
        json!({ "what": "de woningbouw", "due": "2026-11-26", "waiting_for": "Bo-Ex" }),
    );

    let day = today(&device, true);
    assert_eq!(day.day, "2026-11-25");
    assert_eq!(whats(&day.late), ["gisteren"]);
    assert_eq!(whats(&day.today), ["vandaag"]);
    assert_eq!(whats(&day.week), ["donderdag", "zondag"]);
    assert_eq!(whats(&day.later), ["maandag"]);
    assert_eq!(whats(&day.waiting), ["de woningbouw"]);
    let counts = &day.counts;
    assert_eq!(
        (
            counts.late,
            counts.today,
            counts.week,
            counts.later,
            counts.waiting
        ),
        (1, 1, 2, 1, 1)
    );

    device.hands.pass(Duration::days(5));
    let monday = today(&device, true);
    assert_eq!(
        whats(&monday.late),
        [
            "gisteren",
            "vandaag",
            "donderdag",
            "de woningbouw",
            "zondag"
        ]
    );
    assert_eq!(whats(&monday.today), ["maandag"]);
}

#[test]
fn who_waits_for_somebody_is_asked_on_the_day_and_is_late_after_it() {
    let device = Device::of("Noor");
    let waits = |what: &str, due: &str| {
        let fields = json!({ "what": what, "due": due, "waiting_for": "gemeente" });
        device.put("follow_up", fields);
    };
    waits("navragen lantaarn", "2026-11-25");
    waits("navragen bankje", "2026-11-26");
    let day = today(&device, true);
    assert_eq!(whats(&day.today), ["navragen lantaarn"]);
    assert_eq!(day.today[0].waiting_for, "gemeente");
    assert_eq!(whats(&day.waiting), ["navragen bankje"]);

    device.hands.pass(Duration::days(1));
    let day = today(&device, true);
    assert_eq!(whats(&day.late), ["navragen lantaarn"]);
    assert_eq!(whats(&day.today), ["navragen bankje"]);
    let counts = &day.counts;
    assert_eq!((counts.late, counts.today, counts.waiting), (1, 1, 0));
}

#[test]
fn a_section_shows_the_first_rows_and_more_when_asked() {
    let device = Device::of("Noor");
    for number in 0..40 {
        promise(&device, &format!("laat {number:02}"), "2026-11-24");
    }
    promise(&device, "maandag", "2026-11-30");

    let day = today(&device, true);
    assert_eq!((day.counts.late, day.late.len()), (40, 30));
    assert_eq!(whats(&day.late)[29], "laat 29");
    assert_eq!(whats(&day.later), ["maandag"]);

    let rows = TodayRows {
        late: 35,
        ..TodayRows::each(0)
    };
    let query = TodayQuery {
        mine: true,
        rows: Some(rows),
    };
    let day = device.app.today_get(query).unwrap();
    assert_eq!((day.counts.late, day.late.len()), (40, 35));
    assert_eq!((day.counts.later, day.later.len()), (1, 0));
}

#[test]
fn the_day_changes_at_midnight_of_the_people() {
    let device = Device::of("Noor");
    promise(&device, "morgen", "2026-11-26");
    device
        .hands
        .pass(Duration::hours(15) + Duration::minutes(29));
    assert_eq!(today(&device, true).day, "2026-11-25");
    device.hands.pass(Duration::minutes(1));
    let day = today(&device, true);
    assert_eq!(
        (day.day.as_str(), whats(&day.today)),
        ("2026-11-26", vec!["morgen"])
    );
}

#[test]
fn what_came_of_it_is_kept_and_can_be_taken_back() {
    let device = Device::of("Noor");
    let id = promise(&device, "bel Kees", "2026-11-25");
    let done = device
        .app
        .follow_up_done(FollowUpDone {
            id: id.clone(),
            outcome: "Hij komt zaterdag".to_owned(),
        })
        .unwrap();
    let day = today(&device, true);
    assert_eq!((day.counts.today, day.counts.done_this_week), (0, 1));
    assert_eq!(device.fields(&id)["outcome"], "Hij komt zaterdag");

    device.undo(&done);
    assert_eq!(whats(&today(&device, true).today), ["bel Kees"]);
    assert_eq!(device.fields(&id).get("outcome"), None);
    assert_eq!(device.fields(&id).get("closed_at"), None);
}

#[test]
fn a_promise_is_moved_to_a_real_day_and_dropped_only_with_a_reason() {
    let device = Device::of("Noor");
    let id = promise(&device, "bel Kees", "2026-11-25");
    let to = |due: &str| FollowUpMove {
        id: id.clone(),
        due: due.to_owned(),
    };
    assert_eq!(code(device.app.follow_up_move(to("morgen"))), "wrong_shape");
    device.app.follow_up_move(to("2026-11-30")).unwrap();
    assert_eq!(whats(&today(&device, true).later), ["bel Kees"]);

    let drop = |reason: &str| FollowUpDrop {
        id: id.clone(),
        reason: reason.to_owned(),
    };
    assert_eq!(
        code(device.app.follow_up_drop(drop("  "))),
        "reason_missing"
    );
    device.app.follow_up_drop(drop("verhuisd")).unwrap();
    let day = today(&device, true);
    assert_eq!((day.counts.later, day.counts.done_this_week), (0, 0));
    assert_eq!(device.fields(&id)["reason"], "verhuisd");
}

#[test]
fn what_was_ticked_off_by_mistake_is_opened_again_and_a_promise_changes_hands() {
    let device = Device::of("Noor");
    let id = promise(&device, "bel Kees", "2026-11-25");
    device
        .app
        .follow_up_done(FollowUpDone {
            id: id.clone(),
            outcome: "Hij komt".to_owned(),
        })
        .unwrap();
    device.hands.pass(Duration::hours(1));
    let open = json!({ "state": "open", "closed_at": null, "outcome": null, "reason": null });
    device.edit(&id, open);
    let day = today(&device, true);
    assert_eq!(whats(&day.today), ["bel Kees"]);
    assert_eq!(day.counts.done_this_week, 0);
    assert_eq!(device.fields(&id).get("outcome"), None);

    let someone = "01a20a60-fe64-7575-b695-a54593fae610";
    device.edit(&id, json!({ "owner": someone }));
    assert_eq!(today(&device, true).counts.today, 0);
    assert_eq!(whats(&today(&device, false).today), ["bel Kees"]);
}

#[test]
fn mine_are_mine_and_the_teams_are_everybodys() {
    let device = Device::of("Noor");
    promise(&device, "van mij", "2026-11-25");
    let someone = "01a20a60-fe64-7575-b695-a54593fae610";
    device.put(
        "follow_up",
        json!({ "what": "van een ander", "due": "2026-11-25", "owner": someone }),
    );
    assert_eq!(whats(&today(&device, true).today), ["van mij"]);
    assert_eq!(today(&device, false).counts.today, 2);
}

#[test]
fn a_signal_whose_date_has_come_asks_for_a_move() {
    let device = Device::of("Noor");
    device.put("signal", json!({ "title": "Losse tegels" }));
    assert_eq!(today(&device, true).signals.len(), 0);
    device.hands.pass(Duration::days(7));
    assert_eq!(today(&device, true).signals[0].title, "Losse tegels");
}
