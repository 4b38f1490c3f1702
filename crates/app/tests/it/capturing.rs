//! From a typed line to records.

use app::api::{CapturePropose, CaptureSave, Draft, Nothing, RecordId};
use domain::PlaceKind;
use serde_json::json;

use crate::device::{Device, code, note};

const LINE: &str = "Fatima el Amrani, Malakkastraat 6, 3531 HM, oversteek bij school gevaarlijk, wil meehelpen, \
                    bel dinsdag";

#[test]
fn an_accepted_line_becomes_a_contact_a_signal_and_a_promise_beside_the_note() {
    let device = Device::of("Noor");
    let saved = device.capture(LINE);
    let kinds: Vec<&str> = saved
        .records
        .iter()
        .map(|record| record.kind.as_str())
        .collect();
    assert_eq!(kinds, ["contact", "note", "signal", "follow_up"]);

    let contact = device.all("contact").remove(0);
    assert_eq!(contact.title, "Fatima el Amrani");
    assert_eq!(contact.fields["street"], "Malakkastraat");
    assert_eq!(contact.fields["house_number"], "6");
    assert_eq!(contact.fields["postcode"], "3531 HM");
    let talent = contact.fields["talents"]
        .as_object()
        .unwrap()
        .values()
        .next()
        .unwrap();
    assert_eq!(talent["offered"], true);

    let noted = device.all("note").remove(0);
    assert_eq!(
        (&noted.id, &noted.fields["text"]),
        (&saved.id, &json!(LINE))
    );
    assert_eq!(noted.fields["about"], json!([contact.id]));

    let signal = device
        .app
        .signal_get(RecordId {
            id: device.all("signal")[0].id.clone(),
        })
        .unwrap();
    assert_eq!(signal.owner, "Noor");
    assert!(!signal.theme.is_empty());
    assert_eq!(signal.reporters[0].id, contact.id);
    assert_eq!(signal.signal.next.unwrap().to_string(), "2026-12-02");

    let promise = device.all("follow_up").remove(0);
    assert_eq!(promise.fields["due"], "2026-12-01");
    assert_eq!(promise.fields["about"], json!([contact.id]));
    assert_eq!(promise.fields["note"], json!(noted.id));
    device.is_sound();
}

#[test]
fn nothing_accepted_still_keeps_the_note_word_for_word() {
    let device = Device::of("Noor");
    let text = "  Fatima:\n\n\t\"oversteek!\"  é👩‍👧 \n";
    let saved = device.app.capture_save(note(text, Vec::new())).unwrap();
    assert_eq!(device.fields(&saved.id)["text"], text);
    assert_eq!(saved.records.len(), 1);
    assert_eq!(
        code(device.app.capture_save(note(" \n", Vec::new()))),
        "missing_field"
    );
}

#[test]
fn a_half_typed_line_is_there_after_a_kill_and_gone_once_it_is_kept() {
    let device = Device::of("Noor");
    let typed = Draft {
        text: "Fatima, oversteek gev".to_owned(),
        place: Some(PlaceKind::SchoolGate),
        space: None,
    };
    device.app.draft_set(typed.clone()).unwrap();
    let device = device.reopened();
    assert_eq!(device.app.draft_get(Nothing {}).unwrap(), typed);

    let save = CaptureSave {
        place: typed.place,
        ..note("Fatima, oversteek gevaarlijk", Vec::new())
    };
    device.app.capture_save(save).unwrap();
    let device = device.reopened();
    let draft = device.app.draft_get(Nothing {}).unwrap();
    assert_eq!(
        (draft.text.as_str(), draft.place),
        ("", Some(PlaceKind::SchoolGate))
    );
}

#[test]
fn a_note_kept_elsewhere_leaves_what_is_half_typed() {
    let device = Device::of("Noor");
    let typed = Draft {
        text: "Fatima, oversteek gev".to_owned(),
        place: None,
        space: None,
    };
    device.app.draft_set(typed.clone()).unwrap();
    let elsewhere = CaptureSave {
        from_draft: false,
        ..note("Van de opdrachtregel", Vec::new())
    };
    device.app.capture_save(elsewhere).unwrap();
    assert_eq!(device.app.draft_get(Nothing {}).unwrap(), typed);
}

#[test]
fn a_refused_line_keeps_nothing_and_its_draft_stays() {
    let device = Device::of("Noor");
    let text = "Fatima el Amrani, bsn 1234.56.782, bel dinsdag";
    device
        .app
        .draft_set(Draft {
            text: text.to_owned(),
            place: None,
            space: None,
        })
        .unwrap();
    let proposals = device
        .app
        .capture_propose(CapturePropose {
            text: text.to_owned(),
        })
        .unwrap();
    let at = proposals.bsn.unwrap();
    assert_eq!(
        text.get(at.start as usize..at.end as usize),
        Some("1234.56.782")
    );

    let refused = device.app.capture_save(note(text, proposals.accept_all()));
    assert_eq!(code(refused), "bsn");
    for kind in ["contact", "note", "signal", "follow_up"] {
        assert_eq!(device.all(kind).len(), 0, "{kind}");
    }
    assert_eq!(device.app.draft_get(Nothing {}).unwrap().text, text);
}

#[test]
fn what_is_new_about_a_known_contact_is_added_and_what_was_known_stays() {
    let device = Device::of("Noor");
    let fatima = device.put(
        "contact",
        json!({ "name": "Fatima el Amrani", "street": "Malakkastraat", "house_number": "6" }),
    );
    device.capture("Fatima el Amrani, Balistraat 9, 06-12345678, wil meehelpen");
    assert_eq!(device.all("contact").len(), 1);
    let fields = device.fields(&fatima);
    assert_eq!(
        (&fields["street"], &fields["house_number"]),
        (&json!("Malakkastraat"), &json!("6"))
    );
    let way = fields["ways"].as_object().unwrap().values().next().unwrap();
    assert_eq!(way["value"], "+31612345678");
    assert_eq!(fields["talents"].as_object().unwrap().len(), 1);
    assert_eq!(device.all("note")[0].fields["about"], json!([fatima]));

    // The same number once more is the same number.
    device.capture("Fatima el Amrani, 0612345678");
    assert_eq!(device.fields(&fatima)["ways"].as_object().unwrap().len(), 1);
}

#[test]
fn a_note_written_on_a_page_is_about_who_the_page_is_about() {
    let device = Device::of("Noor");
    let kees = device.put("contact", json!({ "name": "Kees" }));
    let save = CaptureSave {
        about: Some(kees.clone()),
        ..note("Was er niet", Vec::new())
    };
    device.app.capture_save(save).unwrap();
    let page = device.app.contact_get(RecordId { id: kees }).unwrap();
    assert_eq!(page.timeline.items[0].text, "Was er niet");
    assert_eq!(page.last_spoken.as_deref(), Some("2026-11-25"));
}
