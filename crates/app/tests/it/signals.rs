//! Not letting a signal go, and closing it honestly.

use app::api::{FollowUpDone, RecordId, SignalClose, SignalListQuery};
use chrono::Duration;
use domain::{ReporterTold, SignalState};
use serde_json::json;

use crate::device::{Device, code};

fn close(id: &str, state: SignalState, reason: &str, told: ReporterTold) -> SignalClose {
    SignalClose {
        id: id.to_owned(),
        state,
        reason: reason.to_owned(),
        told,
        tell_on: None,
    }
}

fn query() -> SignalListQuery {
    SignalListQuery {
        states: Vec::new(),
        theme: None,
        neighbourhood: None,
        owner: None,
        text: String::new(),
        offset: 0,
        limit: 50,
    }
}

#[test]
fn an_open_signal_always_has_an_owner_and_a_next_date() {
    let device = Device::of("Noor");
    let id = device.put("signal", json!({ "title": "Losse tegels" }));
    let page = device.app.signal_get(RecordId { id: id.clone() }).unwrap();
    assert_eq!(
        (page.owner.as_str(), page.signal.state),
        ("Noor", Some(SignalState::New))
    );
    assert_eq!(page.signal.next.unwrap().to_string(), "2026-12-02");
    for patch in [json!({ "owner": null }), json!({ "next": null })] {
        assert_eq!(
            code(device.try_put("signal", Some(&id), patch)),
            "signal_let_go"
        );
    }
}

#[test]
fn closing_asks_for_a_reason_and_whether_the_reporter_knows() {
    let device = Device::of("Noor");
    let id = device.put("signal", json!({ "title": "Losse tegels" }));
    let solved = json!({ "state": "solved" });
    assert_eq!(
        code(device.try_put("signal", Some(&id), solved)),
        "reporter_not_asked"
    );
    let dropped = close(&id, SignalState::NotPickedUp, " ", ReporterTold::Yes);
    assert_eq!(code(device.app.signal_close(dropped)), "reason_missing");
    let open = close(&id, SignalState::PickedUp, "", ReporterTold::Yes);
    assert_eq!(code(device.app.signal_close(open)), "not_a_closing_state");

    device
        .app
        .signal_close(close(
            &id,
            SignalState::Solved,
            "gelegd",
            ReporterTold::Anonymous,
        ))
        .unwrap();
    let fields = device.fields(&id);
    assert_eq!(
        (&fields["state"], &fields["told"]),
        (&json!("solved"), &json!("anonymous"))
    );
    assert_eq!(fields["closed_at"], "2026-11-25T07:30:00Z");
    assert_eq!(device.app.signal_list(query()).unwrap().total, 0);
}

#[test]
fn a_reporter_who_is_still_to_be_told_becomes_a_promise_in_the_same_action() {
    let device = Device::of("Noor");
    let kees = device.put("contact", json!({ "name": "Kees" }));
    let id = device.put(
        "signal",
        json!({ "title": "Losse tegels", "reporters": [kees] }),
    );
    let saved = device
        .app
        .signal_close(SignalClose {
            tell_on: Some("2026-11-30".to_owned()),
            ..close(&id, SignalState::Solved, "gelegd", ReporterTold::ToDo)
        })
        .unwrap();
    let promise = device.all("follow_up").remove(0);
    assert_eq!(promise.fields["due"], "2026-11-30");
    assert_eq!(promise.fields["about"], json!([kees]));
    assert_eq!(promise.fields["signal"], json!(id));

    device.undo(&saved);
    assert_eq!(device.all("follow_up").len(), 0);
    assert_eq!(device.fields(&id)["state"], "new");
    assert_eq!(device.app.signal_list(query()).unwrap().total, 1);
}

#[test]
fn ticking_off_the_promise_to_tell_says_that_the_reporter_knows() {
    let device = Device::of("Noor");
    let id = device.put("signal", json!({ "title": "Losse tegels" }));
    let close = close(&id, SignalState::Solved, "gelegd", ReporterTold::ToDo);
    device.app.signal_close(close).unwrap();
    let tell = device.all("follow_up").remove(0).id;
    device.hands.pass(Duration::days(1));
    let other = device.put(
        "follow_up",
        json!({ "what": "kijk of ze liggen", "due": "2026-12-01", "signal": id }),
    );
    let tick = |id: &str| {
        let done = FollowUpDone {
            id: id.to_owned(),
            outcome: String::new(),
        };
        device.app.follow_up_done(done).unwrap()
    };
    tick(&other);
    assert_eq!(device.fields(&id)["told"], "to_do");
    let saved = tick(&tell);
    assert_eq!(device.fields(&id)["told"], "yes");
    assert_eq!(device.fields(&tell)["state"], "done");

    device.undo(&saved);
    assert_eq!(device.fields(&id)["told"], "to_do");
    assert_eq!(device.fields(&tell)["state"], "open");
}

#[test]
fn the_list_shows_what_is_open_and_counts_every_state_under_the_other_filters() {
    let device = Device::of("Noor");
    let themes = device.all("theme");
    let (traffic, litter) = (&themes[0].id, &themes[1].id);
    let tiles = device.put(
        "signal",
        json!({ "title": "Losse tegels", "theme": traffic, "next": "2026-11-24" }),
    );
    let bins = device.put(
        "signal",
        json!({ "title": "Volle bak", "theme": litter, "next": "2026-11-26" }),
    );
    let done = device.put("signal", json!({ "title": "Oversteek", "theme": traffic }));
    device
        .app
        .signal_close(close(&done, SignalState::Solved, "", ReporterTold::Yes))
        .unwrap();

    let list = device.app.signal_list(query()).unwrap();
    let rows: Vec<_> = list
        .rows
        .iter()
        .map(|row| (row.id.as_str(), row.late))
        .collect();
    assert_eq!(rows, [(tiles.as_str(), true), (bins.as_str(), false)]);

    let of_traffic = SignalListQuery {
        theme: Some(traffic.clone()),
        ..query()
    };
    let list = device.app.signal_list(of_traffic).unwrap();
    let counts: Vec<_> = list
        .states
        .iter()
        .map(|state| (state.state, state.count))
        .collect();
    assert_eq!(list.total, 1);
    assert!(counts.contains(&(SignalState::New, 1)), "{counts:?}");
    assert!(counts.contains(&(SignalState::Solved, 1)), "{counts:?}");

    let typed = SignalListQuery {
        text: "teg".to_owned(),
        ..query()
    };
    assert_eq!(device.app.signal_list(typed).unwrap().rows[0].id, tiles);
}
