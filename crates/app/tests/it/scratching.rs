//! The scratchpad: private notes that never leave the device, and go by themselves.

use std::fmt::{Debug, Write as _};
use std::fs;
use std::sync::{Arc, Mutex};

use app::api::{
    Draft, Export, Nothing, RecordId, ScratchId, ScratchNote, ScratchPut, ScratchTerm, Search,
};
use chrono::Duration;
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

use crate::device::{Device, code, note};
use crate::erasing::holding;
use crate::pages::{stands_everywhere, stands_nowhere};
use crate::team::{Team, sync_all};

/// A word that stands nowhere else.
const RARE: &str = "kwikzilverwolk";

fn write(device: &Device, id: Option<&str>, text: &str) -> ScratchNote {
    let put = ScratchPut {
        id: id.map(str::to_owned),
        text: text.to_owned(),
        from_draft: false,
    };
    device.app.scratch_put(put).unwrap()
}

fn texts(device: &Device) -> Vec<String> {
    let pad = device.app.scratch_list(Nothing {}).unwrap();
    pad.notes.into_iter().map(|note| note.text).collect()
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|window| window == word.as_bytes())
}

/// Everything that is logged, at every level.
struct Listener(Mutex<String>);

impl Subscriber for Listener {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Words(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Words(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Words(&mut self.0.lock().unwrap()));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Words<'a>(&'a mut String);

impl Visit for Words<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0, "{field}={value:?}").unwrap();
    }
}

#[test]
fn no_byte_of_a_private_note_reaches_server_colleague_log_export_or_search() {
    let heard = Arc::new(Listener(Mutex::default()));
    tracing::subscriber::set_global_default(heard.clone()).unwrap();
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    noor.put("note", json!({ "text": "Een madeliefje voor de deur" }));
    let private = write(&noor, None, &format!("Twijfel over {RARE}"));
    write(&noor, Some(&private.id), &format!("Nog steeds {RARE}"));
    sync_all(&[&noor, &samir]);
    // What an ordinary note says is found where a private one is looked for.
    stands_everywhere("madeliefje", &team, &[&noor, &samir]);
    stands_nowhere(RARE, &team, &[&samir]);
    assert!(noor.book_holds(RARE), "only where it was written");
    assert_eq!(holding(noor.folder(), RARE), Vec::<String>::new());
    for device in [&noor, &samir] {
        for format in ["jsonl", "vcard", "ics", "refused"] {
            let text = device.app.export_text(&Export::of(format)).unwrap().text;
            assert!(!text.contains(RARE), "{format}");
        }
        let each = |_: &str, bytes: &[u8]| {
            assert!(!holds(bytes, RARE), "documents");
            Ok(())
        };
        device.app.export_documents(each).unwrap();
        let search = Search {
            text: RARE.to_owned(),
            kind: None,
            limit: 50,
            archived: false,
        };
        assert_eq!(device.app.search(search).unwrap(), Vec::new());
    }
    assert_eq!(texts(&noor), [format!("Nog steeds {RARE}")]);
    assert_eq!(texts(&samir), Vec::<String>::new());
    noor.app.chores().unwrap();
    let logged = heard.0.lock().unwrap().clone();
    assert!(logged.contains("a device joined"), "the log is heard");
    assert!(!logged.contains(RARE), "the log");
    noor.is_sound();
}

#[test]
fn a_private_note_shows_its_last_day_and_goes_by_itself() {
    let noor = Device::of("Noor");
    let first = write(&noor, None, "Eerste");
    assert_eq!(
        (first.days_left, first.expires_on.as_str()),
        (30, "2026-12-25")
    );
    noor.hands.pass(Duration::days(29));
    write(&noor, None, "Tweede");
    assert_eq!(texts(&noor), ["Tweede", "Eerste"]);
    noor.hands.pass(Duration::days(1));
    noor.app.chores().unwrap();
    assert_eq!(texts(&noor), ["Tweede"]);
    // Also when the app was closed meanwhile.
    noor.hands.pass(Duration::days(29));
    assert_eq!(texts(&noor.reopened()), Vec::<String>::new());
}

#[test]
fn writing_in_a_private_note_begins_its_days_again() {
    let noor = Device::of("Noor");
    let id = write(&noor, None, "Eerste").id;
    noor.hands.pass(Duration::days(20));
    assert_eq!(write(&noor, Some(&id), "Eerste, met meer").days_left, 30);
    noor.hands.pass(Duration::days(20));
    assert_eq!(texts(&noor), ["Eerste, met meer"]);
}

#[test]
fn another_term_counts_for_what_is_there_but_nothing_goes_within_a_day() {
    let noor = Device::of("Noor");
    write(&noor, None, "Eerste");
    noor.hands.pass(Duration::days(10));
    let term = |days| noor.app.scratch_term(ScratchTerm { days });
    assert_eq!(code(term(0)), "preference_unknown");
    assert_eq!(code(term(91)), "preference_unknown");
    let pad = term(7).unwrap();
    assert_eq!((pad.days, pad.notes[0].days_left), (7, 1));
    assert_eq!(term(90).unwrap().notes[0].days_left, 80);
    assert_eq!(write(&noor, None, "Tweede").days_left, 90);
}

#[test]
fn a_private_note_becomes_a_real_one_and_is_private_no_more() {
    let noor = Device::of("Noor");
    let id = write(&noor, None, "Kees wil meehelpen bij de speeltuin").id;
    let saved = noor.app.scratch_keep(ScratchId { id: id.clone() }).unwrap();
    assert_eq!(texts(&noor), Vec::<String>::new());
    assert_eq!(
        noor.fields(&saved.id)["text"],
        "Kees wil meehelpen bij de speeltuin"
    );
    assert_eq!(code(noor.app.scratch_keep(ScratchId { id })), "no_record");
    noor.is_sound();
}

#[test]
fn a_note_that_becomes_private_again_leaves_no_word_with_the_team() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let id = write(&noor, None, "Zeewierboterham, alleen voor mij").id;
    let saved = noor.app.scratch_keep(ScratchId { id }).unwrap();
    assert_eq!(saved.undo, None);
    // It may have been sent before anybody changes their mind.
    noor.sync();
    samir.sync();
    assert_eq!(samir.found("zeewierboterham").len(), 1);
    stands_everywhere("eewierboterham", &team, &[&samir]);
    let note = RecordId {
        id: saved.id.clone(),
    };
    noor.app.scratch_take_back(note).unwrap();
    assert_eq!(texts(&noor), ["Zeewierboterham, alleen voor mij"]);
    assert_eq!(noor.found("zeewierboterham"), Vec::<String>::new());
    noor.sync();
    samir.sync();
    stands_nowhere("eewierboterham", &team, &[&samir]);
    assert_eq!(samir.found("zeewierboterham"), Vec::<String>::new());
    assert_eq!(
        code(noor.app.scratch_take_back(RecordId { id: saved.id })),
        "no_record"
    );
    let kees = noor.put("contact", json!({ "name": "Kees" }));
    assert_eq!(
        code(noor.app.scratch_take_back(RecordId { id: kees })),
        "other_kind"
    );
    noor.is_sound();
}

#[test]
fn a_private_note_that_was_thrown_away_can_be_put_back() {
    let noor = Device::of("Noor");
    let id = write(&noor, None, "Eerste").id;
    let gone = noor.app.scratch_remove(ScratchId { id }).unwrap();
    assert_eq!(texts(&noor), Vec::<String>::new());
    write(&noor, Some(&gone.id), &gone.text);
    assert_eq!(texts(&noor), ["Eerste"]);
}

#[test]
fn a_private_note_holds_no_citizen_service_number_and_is_no_record() {
    let noor = Device::of("Noor");
    let put = |text: &str| {
        noor.app.scratch_put(ScratchPut {
            id: None,
            text: text.to_owned(),
            from_draft: false,
        })
    };
    assert_eq!(code(put("bsn 111222333")), "bsn");
    assert_eq!(code(put("  ")), "missing_field");
    assert_eq!(code(put(&"a".repeat(9_001))), "too_long");
    let id = put("Gewoon").unwrap().id;
    assert_eq!(code(noor.app.record_get(RecordId { id })), "no_record");
}

#[test]
fn words_of_the_capture_field_move_to_the_scratchpad_in_one_moment() {
    let noor = Device::of("Noor");
    let draft = Draft {
        text: "Nog even voor mezelf".to_owned(),
        place: None,
        space: None,
        about: None,
    };
    noor.app.draft_set(draft).unwrap();
    let put = ScratchPut {
        id: None,
        text: "Nog even voor mezelf".to_owned(),
        from_draft: true,
    };
    noor.app.scratch_put(put).unwrap();
    assert_eq!(
        noor.app
            .draft_get(app::api::DraftOf { about: None })
            .unwrap()
            .text,
        ""
    );
    assert_eq!(texts(&noor), ["Nog even voor mezelf"]);
    // A note that is kept the ordinary way touches nothing of it.
    noor.app.capture_save(note("Gewoon", Vec::new())).unwrap();
    assert_eq!(texts(&noor).len(), 1);
}

#[test]
fn an_export_to_a_file_holds_no_private_note() {
    let noor = Device::of("Noor");
    write(&noor, None, RARE);
    let Ok(file) = noor.app.export_write(Export::of("jsonl")) else {
        return;
    };
    let text = fs::read_to_string(&file.path).unwrap();
    fs::remove_file(&file.path).unwrap();
    assert!(!text.contains(RARE));
}
