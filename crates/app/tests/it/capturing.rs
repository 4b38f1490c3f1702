//! From a typed line to records.

use app::api::{Accepted, CapturePropose, CaptureSave, Draft, DraftOf, LeftOutWhy, RecordId};
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
        about: None,
    };
    device.app.draft_set(typed.clone()).unwrap();
    let device = device.reopened();
    assert_eq!(
        device.app.draft_get(DraftOf { about: None }).unwrap(),
        typed
    );

    let save = CaptureSave {
        place: typed.place,
        ..note("Fatima, oversteek gevaarlijk", Vec::new())
    };
    device.app.capture_save(save).unwrap();
    let device = device.reopened();
    let draft = device.app.draft_get(DraftOf { about: None }).unwrap();
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
        about: None,
    };
    device.app.draft_set(typed.clone()).unwrap();
    let elsewhere = CaptureSave {
        from_draft: false,
        ..note("Van de opdrachtregel", Vec::new())
    };
    device.app.capture_save(elsewhere).unwrap();
    assert_eq!(
        device.app.draft_get(DraftOf { about: None }).unwrap(),
        typed
    );
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
            about: None,
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
    assert_eq!(
        device.app.draft_get(DraftOf { about: None }).unwrap().text,
        text
    );
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

#[test]
fn a_street_that_is_only_mentioned_is_nobodys_home() {
    let device = Device::of("Noor");
    device
        .capture("Fatima el Amrani, Malakkastraat 6, zwerfvuil in de Kanaalstraat, wil meehelpen");
    let fatima = device.all("contact").remove(0);
    assert_eq!(fatima.fields["street"], "Malakkastraat");
    assert_eq!(fatima.fields["house_number"], "6");
    assert_eq!(device.all("note")[0].fields["place_name"], "Kanaalstraat");

    let yusuf = device.put("contact", json!({ "name": "Yusuf Demir" }));
    device.capture("Sprak Yusuf bij de bakker, hardrijders in de Vleutenseweg");
    assert_eq!(device.fields(&yusuf).get("street"), None);
}

#[test]
fn an_address_without_anybody_is_where_the_note_is_about() {
    let device = Device::of("Noor");
    let saved = device.capture("Malakkastraat 6: lekkage in de kelder");
    assert_eq!(device.fields(&saved.id)["place_name"], "Malakkastraat 6");
    assert!(saved.left_out.is_empty());
}

#[test]
fn each_number_and_offer_goes_to_the_person_it_belongs_to() {
    let device = Device::of("Noor");
    let yusuf = device.put("contact", json!({ "name": "Yusuf Demir" }));
    device.capture("Samira Azzouzi gesproken, Yusuf Demir 06-12345678 kan tolken");
    let samira = contact(&device, "Samira Azzouzi");
    assert_eq!((samira.get("ways"), samira.get("talents")), (None, None));
    let fields = device.fields(&yusuf);
    assert_eq!(numbers(&fields), ["+31612345678"]);
    assert_eq!(fields["talents"].as_object().unwrap().len(), 1);

    device.capture("Fatima el Amrani 06-12345678, Karin de Wit 06-87654321");
    assert_eq!(
        numbers(&contact(&device, "Fatima el Amrani")),
        ["+31612345678"]
    );
    assert_eq!(numbers(&contact(&device, "Karin de Wit")), ["+31687654321"]);
}

#[test]
fn a_person_who_moved_keeps_the_known_address_until_the_broker_says_so() {
    let device = Device::of("Noor");
    let yusuf = device.put(
        "contact",
        json!({ "name": "Yusuf Demir", "street": "Lombokstraat", "house_number": "9", "town": "Utrecht" }),
    );
    let line = "Yusuf is verhuisd, Balistraat 14";
    let saved = device.capture(line);
    assert_eq!(device.fields(&yusuf)["street"], "Lombokstraat");
    let why: Vec<_> = saved.left_out.iter().map(|left| left.why).collect();
    assert_eq!(why, [LeftOutWhy::HasAddress]);

    let mut accepted = proposed(&device, line);
    for one in &mut accepted {
        one.replaces = true;
    }
    let saved = device.app.capture_save(note(line, accepted)).unwrap();
    assert!(saved.left_out.is_empty());
    let fields = device.fields(&yusuf);
    assert_eq!(
        (
            &fields["street"],
            &fields["house_number"],
            fields.get("town")
        ),
        (&json!("Balistraat"), &json!("14"), None)
    );
}

#[test]
fn the_address_tells_two_people_of_one_name_apart() {
    let device = Device::of("Noor");
    let here = device.put(
        "contact",
        json!({ "name": "Ans de Groot", "street": "Balistraat", "house_number": "14" }),
    );
    let other = device.put("contact", json!({ "name": "Ans Bakker" }));
    device.capture("Ans, Balistraat 14, 06-12345678");
    assert_eq!(numbers(&device.fields(&here)), ["+31612345678"]);
    assert_eq!(device.fields(&other).get("ways"), None);

    // With nothing to tell them apart, nobody gets the number, and that is told.
    let saved = device.capture("Ans, 06-87654321");
    assert_eq!(device.all("contact").len(), 2);
    assert_eq!(numbers(&device.fields(&here)), ["+31612345678"]);
    assert_eq!(saved.left_out[0].why, LeftOutWhy::Nobody);
}

#[test]
fn who_is_only_spoken_of_did_not_tell_it() {
    let device = Device::of("Noor");
    device.capture("Jamila klaagt over buurman Kees, terugbellen Ahmed vrijdag");
    let id = |name: &str| {
        let all = device.all("contact");
        let found = all.into_iter().find(|row| row.title == name);
        found.unwrap().id
    };
    let signal = device.all("signal").remove(0);
    assert_eq!(signal.fields["reporters"], json!([id("Jamila")]));
    let promise = device.all("follow_up").remove(0);
    assert_eq!(promise.fields["about"], json!([id("Ahmed")]));
    let about = device.all("note").remove(0).fields["about"].clone();
    assert_eq!(about.as_array().unwrap().len(), 3);
}

#[test]
fn who_is_only_spoken_of_was_not_spoken_to_and_has_the_note_on_their_page() {
    let device = Device::of("Noor");
    let kees = device.put("contact", json!({ "name": "Kees" }));
    let page = || {
        let ask = RecordId { id: kees.clone() };
        device.app.contact_get(ask).unwrap()
    };
    let text = "Jamila klaagt over buurman Kees";
    device.capture(text);
    assert_eq!(page().last_spoken, None);
    assert_eq!(page().timeline.items[0].text, text);
    let note = device.all("note").remove(0);
    assert_eq!(note.fields["spoken_of"], json!([kees]));

    // The broker knows better: he was there.
    device.edit(&note.id, json!({ "spoken_of": [] }));
    assert_eq!(page().last_spoken.as_deref(), Some("2026-11-25"));
}

#[test]
fn what_is_half_typed_on_a_page_is_kept_with_it_beside_the_other_draft() {
    let device = Device::of("Noor");
    let kees = device.put("contact", json!({ "name": "Kees" }));
    let draft = |text: &str, about: Option<&String>| Draft {
        text: text.to_owned(),
        place: None,
        space: None,
        about: about.cloned(),
    };
    let of = |about: Option<&String>| DraftOf {
        about: about.cloned(),
    };
    device.app.draft_set(draft("zwerfvuil", None)).unwrap();
    device
        .app
        .draft_set(draft("Was er n", Some(&kees)))
        .unwrap();
    let device = device.reopened();
    assert_eq!(device.app.draft_get(of(None)).unwrap().text, "zwerfvuil");
    assert_eq!(
        device.app.draft_get(of(Some(&kees))).unwrap().text,
        "Was er n"
    );

    let save = CaptureSave {
        about: Some(kees.clone()),
        ..note(
            "Was er niet, bel morgen",
            proposed(&device, "Was er niet, bel morgen"),
        )
    };
    device.app.capture_save(save).unwrap();
    assert_eq!(device.app.draft_get(of(Some(&kees))).unwrap().text, "");
    assert_eq!(device.app.draft_get(of(None)).unwrap().text, "zwerfvuil");
    assert_eq!(device.all("follow_up")[0].fields["about"], json!([kees]));
}

#[test]
fn on_the_page_of_a_signal_a_promise_belongs_to_that_signal() {
    let device = Device::of("Noor");
    let tiles = device.put("signal", json!({ "title": "Losse tegels" }));
    let line = "Gemeente terugbellen morgen";
    let save = CaptureSave {
        about: Some(tiles.clone()),
        ..note(line, proposed(&device, line))
    };
    device.app.capture_save(save).unwrap();
    let promise = device.all("follow_up").remove(0);
    assert_eq!(promise.fields["signal"], json!(tiles));
    assert_eq!(promise.fields.get("about"), None);
}

fn proposed(device: &Device, text: &str) -> Vec<Accepted> {
    let ask = CapturePropose {
        text: text.to_owned(),
    };
    device.app.capture_propose(ask).unwrap().accept_all()
}

fn contact(device: &Device, name: &str) -> serde_json::Map<String, serde_json::Value> {
    let all = device.all("contact");
    let found = all.into_iter().find(|row| row.title == name);
    found.unwrap().fields
}

fn numbers(fields: &serde_json::Map<String, serde_json::Value>) -> Vec<String> {
    let ways = fields["ways"].as_object().unwrap().values();
    ways.map(|way| way["value"].as_str().unwrap().to_owned())
        .collect()
}
