//! Files in and out.

use app::ExportText;
use app::api::{Export, ImportApply, ImportPreview, RecordId, RowFate};
use serde_json::json;

use crate::device::{Device, code};

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Amrani;Fatima;;;\r\nFN:Fatima el Amrani\r\n\
                     TEL;TYPE=CELL:06-12345678\r\nNOTE:nummer 123456782\r\nEND:VCARD\r\n\
                     BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nTEL:030-2861000\r\nEND:VCARD\r\n\
                     BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Kees Jansen\r\nEMAIL:kees@example.org\r\nEND:VCARD\r\n";

fn read(device: &Device, name: &str, content: &str) -> ImportPreview {
    device.app.import_preview(name, content.as_bytes()).unwrap()
}

fn keep(preview: &ImportPreview, merge: Vec<u32>) -> ImportApply {
    ImportApply {
        import: preview.import.clone(),
        skip: Vec::new(),
        merge,
        new: Vec::new(),
        known: None,
        space: None,
    }
}

/// Adds everything that is known to who it is.
fn complete(preview: &ImportPreview) -> ImportApply {
    ImportApply {
        known: Some(RowFate::Merge),
        ..keep(preview, Vec::new())
    }
}

#[test]
fn a_file_is_looked_at_before_anything_is_kept() {
    let device = Device::of("Noor");
    let kees = device.put("contact", json!({ "name": "Kees Jansen" }));
    let preview = read(&device, "adressen.vcf", CARDS);
    assert_eq!(
        (preview.readable, preview.new, preview.duplicates),
        (2, 1, 1)
    );
    assert_eq!(preview.rows[1].duplicate.as_ref().unwrap().id, kees);
    assert_eq!(preview.rows[0].left_out, ["bsn:note"]);
    let unreadable: Vec<_> = preview
        .unreadable
        .iter()
        .map(|row| (row.line, row.code.as_str()))
        .collect();
    assert_eq!(unreadable, [(8, "no_name")]);
    assert_eq!(device.all("contact").len(), 1);
}

#[test]
fn an_import_is_one_action_that_can_be_taken_back() {
    let device = Device::of("Noor");
    let kees = device.put(
        "contact",
        json!({ "name": "Kees Jansen", "street": "Balistraat" }),
    );
    let preview = read(&device, "adressen.vcf", CARDS);
    let saved = device.app.import_apply(complete(&preview)).unwrap();
    assert_eq!(device.all("contact").len(), 2);
    let fields = device.fields(&kees);
    assert_eq!(fields["street"], "Balistraat");
    assert_eq!(
        fields["ways"].as_object().unwrap().values().next().unwrap()["value"],
        "kees@example.org"
    );

    device.undo(&saved);
    assert_eq!(device.all("contact").len(), 1);
    assert_eq!(
        json!(device.fields(&kees)),
        json!({ "name": "Kees Jansen", "street": "Balistraat" })
    );
    assert_eq!(
        code(device.app.import_apply(keep(&preview, Vec::new()))),
        "no_import"
    );
}

#[test]
fn the_same_file_twice_adds_nothing() {
    let device = Device::of("Noor");
    for _ in 0..2 {
        let preview = read(&device, "adressen.vcf", CARDS);
        device.app.import_apply(complete(&preview)).unwrap();
    }
    let ways: Vec<usize> = device
        .all("contact")
        .iter()
        .map(|row| row.fields["ways"].as_object().unwrap().len())
        .collect();
    assert_eq!(ways, [1, 1]);
    device.is_sound();
}

#[test]
fn a_file_that_is_something_else_is_refused() {
    let device = Device::of("Noor");
    assert_eq!(
        code(device.app.import_preview("foto.jpg", b"\xff\xd8\xff\xe0")),
        "file_unknown"
    );
    assert_eq!(
        code(device.app.export_text(&Export::of("docx"))),
        "format_unknown"
    );
}

#[test]
fn records_in_bulk_change_only_the_fields_they_name() {
    let device = Device::of("Noor");
    let kees = device.put("contact", json!({ "name": "Kees", "street": "Balistraat" }));
    let lines = [
        json!({ "kind": "contact", "id": kees, "town": "Utrecht" }),
        json!({ "kind": "note", "text": "Los" }),
        json!({ "kind": "cat", "name": "Poes" }),
    ];
    let content: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let (loaded, unreadable) = device.app.load_records(content.as_bytes()).unwrap();
    assert_eq!(loaded, 2);
    assert_eq!(
        (unreadable[0].line, unreadable[0].code.as_str()),
        (3, "unknown_kind")
    );
    assert_eq!(
        json!(device.fields(&kees)),
        json!({ "name": "Kees", "street": "Balistraat", "town": "Utrecht" })
    );
}

#[test]
fn a_line_that_breaks_a_rule_is_named_and_its_part_is_not_kept() {
    let device = Device::of("Noor");
    let kees = device.put("contact", json!({ "name": "Kees" }));
    for (line, code) in [
        (
            json!({ "kind": "follow_up", "what": "bel" }),
            "missing_field",
        ),
        (
            json!({ "kind": "organisation", "id": kees, "name": "Kees" }),
            "other_kind",
        ),
    ] {
        let content = format!("{}\n{line}\n", json!({ "kind": "note", "text": "Los" }));
        let error = device.app.load_records(content.as_bytes()).unwrap_err();
        assert_eq!(
            (error.code, &error.details["line"]),
            (code, &json!(2)),
            "{line}"
        );
    }
    assert_eq!(device.all("note").len(), 0);
    assert_eq!(device.fields(&kees)["name"], "Kees");
}

#[test]
fn everything_written_out_comes_back_the_same() {
    let first = Device::of("Noor");
    first.capture("Fatima el Amrani, Malakkastraat 6, 06-12345678, oversteek gevaarlijk, wil meehelpen, bel dinsdag");
    let ExportText { text, records, .. } = first.app.export_text(&Export::of("jsonl")).unwrap();

    let second = Device::of("Samir");
    assert_eq!(
        second.app.load_records(text.as_bytes()).unwrap(),
        (records, Vec::new())
    );
    for kind in ["contact", "note", "signal", "follow_up"] {
        let fields = |device: &Device| -> Vec<_> {
            device
                .all(kind)
                .into_iter()
                .map(|row| (row.id, row.fields))
                .collect()
        };
        assert_eq!(fields(&first), fields(&second), "{kind}");
    }
}

#[test]
fn cards_that_go_out_can_be_read_again() {
    let first = Device::of("Noor");
    first.capture(
        "Aïcha van der Velde-Öz, Malakkastraat 6 bis, 3531 HM Utrecht, 06-12345678, a@example.org",
    );
    let ExportText {
        text: cards,
        records: count,
        ..
    } = first.app.export_text(&Export::of("vcard")).unwrap();
    assert_eq!(count, 1);

    let second = Device::of("Samir");
    let preview = read(&second, "uit.vcf", &cards);
    assert_eq!((preview.readable, preview.unreadable.len()), (1, 0));
    second.app.import_apply(keep(&preview, Vec::new())).unwrap();
    let (there, back) = (
        first.all("contact").remove(0).fields,
        second.all("contact").remove(0).fields,
    );
    for field in ["name", "street", "house_number", "postcode", "town"] {
        assert_eq!(there.get(field), back.get(field), "{field}");
    }
    let values = |fields: &serde_json::Map<String, serde_json::Value>| -> Vec<String> {
        let ways = fields["ways"].as_object().unwrap();
        let mut values: Vec<_> = ways.values().map(|way| way["value"].to_string()).collect();
        values.sort();
        values
    };
    assert_eq!(values(&there), values(&back));
}

fn of_one(format: &str, id: &str) -> Export {
    Export {
        id: Some(id.to_owned()),
        ..Export::of(format)
    }
}

#[test]
fn only_open_promises_go_to_a_calendar() {
    let device = Device::of("Noor");
    let done = device.put("follow_up", json!({ "what": "af", "due": "2026-11-25" }));
    device.put(
        "follow_up",
        json!({ "what": "bel Kees", "due": "2026-12-01", "time": "14:30" }),
    );
    device
        .app
        .follow_up_done(app::api::FollowUpDone {
            id: done,
            outcome: String::new(),
        })
        .unwrap();
    let ExportText {
        text: calendar,
        records: events,
        ..
    } = device.app.export_text(&Export::of("ics")).unwrap();
    assert_eq!(events, 1);
    assert!(
        calendar.contains("DTSTART;TZID=Europe/Amsterdam:20261201T143000"),
        "{calendar}"
    );
}

#[test]
fn a_calendar_is_of_ones_own_promises_unless_everybodys_are_asked_for() {
    let device = Device::of("Noor");
    let yusuf = "0190b6a0-0000-7000-8000-00000000000a";
    device.put(
        "follow_up",
        json!({ "what": "van mij", "due": "2026-12-01" }),
    );
    let theirs = json!({ "what": "van Yusuf", "due": "2026-12-01", "owner": yusuf });
    let theirs = device.put("follow_up", theirs);
    let out_of_sight =
        json!({ "what": "van Yusuf", "due": "2026-12-01", "owner": yusuf, "archived": true });
    device.put("follow_up", out_of_sight);
    let written = |export: &Export| {
        let file = device.app.export_text(export).unwrap();
        let has = |what: &str| file.text.contains(&format!("SUMMARY:{what}\r\n"));
        (
            has("van mij"),
            has("van Yusuf"),
            file.records,
            file.archived,
        )
    };
    let mine = Export::of("ics");
    assert_eq!(written(&mine), (true, false, 1, 0));
    let everybodys = Export {
        everyone: true,
        ..mine
    };
    assert_eq!(written(&everybodys), (true, true, 2, 1));
    let one = of_one("ics", &theirs);
    assert_eq!(written(&one), (false, true, 1, 0), "asked for by itself");
}

#[test]
fn a_card_whose_id_is_known_completes_that_contact_and_overwrites_nothing() {
    let device = Device::of("Noor");
    let kees = device.put("contact", json!({ "name": "Kees", "street": "Balistraat" }));
    let card = format!(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:{kees}\r\nFN:Cornelis Jansen\r\nEMAIL:kees@example.org\r\n\
         ADR:;;Javastraat 1;Utrecht;;;\r\nEND:VCARD\r\n"
    );
    let preview = read(&device, "kees.vcf", &card);
    assert_eq!((preview.new, preview.duplicates), (0, 1));
    assert_eq!(preview.rows[0].duplicate.as_ref().unwrap().id, kees);

    device.app.import_apply(keep(&preview, vec![0])).unwrap();
    let fields = device.fields(&kees);
    assert_eq!(
        (&fields["name"], &fields["street"]),
        (&json!("Kees"), &json!("Balistraat"))
    );
    assert_eq!(fields.get("town"), None, "no half of another address");
    assert_eq!(fields["ways"].as_object().unwrap().len(), 1);

    // Kept as a contact of its own it takes another id.
    let before = fields;
    let preview = read(&device, "kees.vcf", &card);
    let saved = device.app.import_apply(keep(&preview, Vec::new())).unwrap();
    assert_ne!(saved.id, kees);
    assert_eq!(device.fields(&saved.id)["name"], "Cornelis Jansen");
    assert_eq!(device.fields(&kees), before);
}

#[test]
fn a_card_of_a_contact_out_of_sight_says_so_and_brings_it_back() {
    let device = Device::of("Noor");
    let kees = device.put("contact", json!({ "name": "Kees", "archived": true }));
    let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:{kees}\r\nFN:Kees\r\nEND:VCARD\r\n");
    let preview = read(&device, "kees.vcf", &card);
    assert_eq!(preview.duplicates, 1);
    device.app.import_apply(keep(&preview, vec![0])).unwrap();
    assert_eq!(device.all("contact").len(), 1);
}

#[test]
fn what_is_out_of_sight_is_in_the_whole_export_and_counted_in_the_others() {
    let device = Device::of("Noor");
    device.put("contact", json!({ "name": "Kees" }));
    let gone = device.put("contact", json!({ "name": "Vertrokken", "archived": true }));
    let cards = device.app.export_text(&Export::of("vcard")).unwrap();
    assert_eq!((cards.records, cards.archived), (1, 1));
    assert!(!cards.text.contains("Vertrokken"));
    let lines = device.app.export_text(&Export::of("jsonl")).unwrap();
    assert!(lines.text.contains("Vertrokken"));
    assert_eq!(lines.archived, 0);
    let one = device.app.export_text(&of_one("vcard", &gone)).unwrap();
    assert_eq!((one.records, one.archived), (1, 0));
}

#[test]
fn what_was_chosen_for_all_that_is_known_holds_beyond_the_rows_that_are_shown() {
    let device = Device::of("Noor");
    let rows = (0..1_200).map(|at| format!("Buur{at:04} Bos\n"));
    let list = std::iter::once("naam\n".to_owned()).chain(rows);
    let list: String = list.collect();
    let first = read(&device, "lijst.csv", &list);
    device.app.import_apply(complete(&first)).unwrap();

    let again = read(&device, "lijst.csv", &list);
    assert_eq!((again.rows.len(), again.duplicates), (1_000, 1_200));
    let skip_all = ImportApply {
        known: Some(RowFate::Skip),
        new: vec![3],
        ..keep(&again, Vec::new())
    };
    let saved = device.app.import_apply(skip_all).unwrap();
    let titles: Vec<&str> = saved.records.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Buur0003 Bos"]);
}

/// A file in the making, beside which another program writes as soon as the first record is in it.
struct Watched<F: FnMut()> {
    text: Vec<u8>,
    meanwhile: Option<F>,
}

impl<F: FnMut()> std::io::Write for Watched<F> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.text.extend_from_slice(bytes);
        if let Some(mut meanwhile) = self.meanwhile.take() {
            meanwhile();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_export_is_the_book_of_one_moment_whatever_is_written_meanwhile() {
    let device = Device::of("Noor");
    let people: Vec<String> = (0..60)
        .map(|number| device.put("contact", json!({ "name": format!("Buur {number}") })))
        .collect();
    let before = device.app.export_text(&Export::of("jsonl")).unwrap();
    let mut watched = Watched {
        text: Vec::new(),
        meanwhile: Some(|| {
            // One that was written, one of the last, and a new one.
            let id = people[3].clone();
            device.app.record_archive(RecordId { id }).unwrap();
            device.edit(&people[59], json!({ "name": "Niet meer dezelfde" }));
            device.put("contact", json!({ "name": "Pas hierna" }));
        }),
    };
    let written = device
        .app
        .export_to(&Export::of("jsonl"), &mut watched)
        .unwrap();
    let Watched { text, .. } = watched;
    assert_eq!(written.records, before.records);
    assert_eq!(String::from_utf8(text).unwrap(), before.text);
    let after = device.app.export_text(&Export::of("jsonl")).unwrap().text;
    assert!(after.contains("Pas hierna") && after.contains("Niet meer dezelfde"));
    device.is_sound();
}
