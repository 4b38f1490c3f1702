//! A person does not want to be recorded: only an anonymous note remains.

use app::api::{Erase, Nothing, RecordId, Refusal, RefusalDone, RefusalPlan, Remains};
use chrono::Duration;
use serde_json::json;

use crate::device::{Device, code};
use crate::pages::{stands_everywhere, stands_nowhere};
use crate::team::{Team, sync_all};

const SAID: &str =
    "Fatima, Malakkastraat 6, oversteek bij school gevaarlijk, wil meehelpen, bel 06-12345678";
const WITHOUT: &str =
    "Iemand, Malakkastraat, oversteek bij school gevaarlijk, wil meehelpen, bel [nummer]";
/// By which she is known.
const WORDS: [&str; 3] = ["Fatima", "Amrani", "12345678"];

fn fatima(device: &Device) -> (String, String) {
    let fatima = device.put(
        "contact",
        json!({
            "name": "Fatima el Amrani", "street": "Malakkastraat", "house_number": "6",
            "ways": { "k": { "kind": "phone", "value": "+31612345678" } },
        }),
    );
    let note = device.put(
        "note",
        json!({ "text": SAID, "at": "2026-11-20T08:20:00Z", "place": "school_gate", "about": [fatima] }),
    );
    device.put(
        "follow_up",
        json!({ "what": "Bel Fatima", "due": "2026-12-01", "about": [fatima] }),
    );
    (fatima, note)
}

fn plan(device: &Device, id: &str) -> RefusalPlan {
    device
        .app
        .refusal_plan(RecordId { id: id.to_owned() })
        .unwrap()
}

fn carry_out(
    device: &Device,
    plan: &RefusalPlan,
    remains: Vec<Remains>,
) -> app::Result<RefusalDone> {
    let also = plan.erase.only.iter().filter(|part| part.may);
    device.app.refusal_apply(Refusal {
        erase: Erase {
            id: plan.erase.record.id.clone(),
            also: also.map(|part| part.record.id.clone()).collect(),
            mentions: Vec::new(),
            private: Vec::new(),
            instead: String::new(),
        },
        remains,
    })
}

#[test]
fn what_is_going_on_stays_without_the_person_and_everything_else_goes() {
    let device = Device::of("Noor");
    let (id, _) = fatima(&device);
    let signal = device.put("signal", json!({ "title": "Oversteek", "reporters": [id] }));
    let shown = plan(&device, &id);
    assert_eq!(shown.remains[0].text, WITHOUT);
    let done = carry_out(&device, &shown, shown.remains.clone()).unwrap();
    assert_eq!((done.erased, done.remains), (3, 1));
    assert!(device.all("contact").is_empty() && device.all("follow_up").is_empty());
    let notes = device.all("note");
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].fields["text"], WITHOUT);
    assert_eq!(notes[0].fields["at"], "2026-11-20T08:20:00Z");
    assert_eq!(notes[0].fields["place"], "school_gate");
    assert!(!notes[0].fields.contains_key("about"));
    // The signal of the neighbourhood stays, told by nobody.
    assert!(!device.fields(&signal).contains_key("reporters"));
    assert_eq!(device.found("fatima"), Vec::<String>::new());
    assert_eq!(device.found("amrani"), Vec::<String>::new());
    device.is_sound();
}

#[test]
fn words_may_be_changed_or_left_out_and_never_keep_the_name() {
    let device = Device::of("Noor");
    let (id, note) = fatima(&device);
    let shown = plan(&device, &id);
    let with = |text: &str| {
        vec![Remains {
            text: text.to_owned(),
            ..shown.remains[0].clone()
        }]
    };
    for named in ["Mevrouw Amrani wil meehelpen", "bel 06 12 34 56 78"] {
        assert_eq!(code(carry_out(&device, &shown, with(named))), "still_named");
    }
    assert_eq!(device.fields(&note)["text"], SAID);
    let done = carry_out(&device, &shown, with(" ")).unwrap();
    assert_eq!(done.remains, 0);
    assert!(device.all("note").is_empty());
}

#[test]
fn a_small_word_that_is_also_a_name_may_stay() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Wil de Boer" }));
    device.put(
        "note",
        json!({ "text": "Wil de Boer wil meehelpen", "about": [id] }),
    );
    let shown = plan(&device, &id);
    let remains = vec![Remains {
        text: "Iemand wil meehelpen".to_owned(),
        ..shown.remains[0].clone()
    }];
    assert_eq!(carry_out(&device, &shown, remains).unwrap().remains, 1);
}

#[test]
fn nothing_of_the_person_is_left_on_the_server_or_on_a_colleagues_device() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let (id, _) = fatima(&noor);
    sync_all(&[&noor, &samir]);
    for word in WORDS {
        stands_everywhere(word, &team, &[&noor, &samir]);
    }
    noor.hands.pass(Duration::minutes(1));
    let shown = plan(&noor, &id);
    carry_out(&noor, &shown, shown.remains.clone()).unwrap();
    sync_all(&[&noor, &samir]);
    assert_eq!(samir.all("note")[0].fields["text"], WITHOUT);
    assert!(samir.all("contact").is_empty());
    for word in WORDS {
        stands_nowhere(word, &team, &[&noor, &samir]);
    }
    let erasures = samir.app.erasure_list(Nothing {}).unwrap().rows;
    assert_eq!(erasures.len(), 3);
}

#[test]
fn what_a_colleague_recorded_is_for_a_manager_and_nothing_is_half_done() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let (id, note) = fatima(&noor);
    sync_all(&[&noor, &samir]);
    let shown = plan(&samir, &id);
    assert!(!shown.erase.may && shown.remains.is_empty());
    assert_eq!(
        code(carry_out(&samir, &shown, Vec::new())),
        "erase_no_right"
    );
    assert_eq!(samir.fields(&note)["text"], SAID);
    assert_eq!(samir.all("note").len(), 1);
}
