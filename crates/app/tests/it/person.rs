//! The rights of the person written about: consent, their file, who worked with their details.

use app::api::{AuditQuery, ConsentRecord, Export, PersonFileAsk, RecordId};
use chrono::Duration;
use domain::{Consent, LegalBasis};
use serde_json::{Value, json};

use crate::device::{Device, code};

fn said(id: &str, consent: Option<Consent>, basis: Option<LegalBasis>) -> ConsentRecord {
    ConsentRecord {
        id: id.to_owned(),
        consent,
        basis,
        on: None,
    }
}

fn ask(id: &str, format: &str, with_names: bool) -> PersonFileAsk {
    PersonFileAsk {
        id: id.to_owned(),
        format: format.to_owned(),
        with_names,
    }
}

fn json_file(device: &Device, id: &str, with_names: bool) -> Value {
    let (bytes, _) = device
        .app
        .person_file(&ask(id, "json", with_names))
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn actions(device: &Device, record: Option<&str>) -> Vec<String> {
    let query = AuditQuery {
        record: record.map(str::to_owned),
        offset: 0,
        limit: 100,
    };
    let list = device.app.audit_list(query).unwrap();
    list.rows.into_iter().map(|row| row.action).collect()
}

fn open(device: &Device, id: &str) {
    device
        .app
        .contact_get(RecordId { id: id.to_owned() })
        .unwrap();
}

#[test]
fn consent_is_kept_with_who_asked_and_when_and_is_a_reason_by_itself() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Fatima el Amrani" }));
    let me = device.app.lists_get(app::api::Nothing {}).unwrap().people[0]
        .member
        .clone();
    device
        .app
        .consent_record(said(&id, Some(Consent::Given), None))
        .unwrap();
    let fields = device.fields(&id);
    for (name, value) in [
        ("consent", "given"),
        ("consent_on", "2026-11-25"),
        ("consent_by", me.as_str()),
        ("basis", "consent"),
        ("basis_on", "2026-11-25"),
        ("basis_by", me.as_str()),
    ] {
        assert_eq!(fields[name], value, "{name}");
    }
}

#[test]
fn consent_that_is_taken_back_is_no_reason_any_more_and_another_reason_stays() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Fatima el Amrani" }));
    let record = |consent, basis| {
        device
            .app
            .consent_record(said(&id, consent, basis))
            .unwrap()
    };
    record(Some(Consent::Given), None);
    record(Some(Consent::Refused), None);
    assert_eq!(device.fields(&id)["consent"], "refused");
    assert!(!device.fields(&id).contains_key("basis"));
    record(None, Some(LegalBasis::PublicTask));
    record(Some(Consent::Refused), None);
    assert_eq!(device.fields(&id)["basis"], "public_task");
}

#[test]
fn consent_cannot_be_the_reason_while_it_is_not_given() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Fatima el Amrani" }));
    let refused = device
        .app
        .consent_record(said(&id, None, Some(LegalBasis::Consent)));
    assert_eq!(code(refused), "basis_without_consent");
    assert!(!device.fields(&id).contains_key("basis"));
}

/// Fatima with a note, a signal, a follow-up, a relation, a household and a note that only names her.
fn neighbourhood(device: &Device) -> (String, String) {
    let fatima = device.put(
        "contact",
        json!({ "name": "Fatima el Amrani", "street": "Malakkastraat", "house_number": "6" }),
    );
    let kees = device.put(
        "contact",
        json!({ "name": "Kees Jansen", "ways": { "k1": { "kind": "phone", "value": "+31612345678" } } }),
    );
    let text = "Fatima en Kees klagen samen. Bel kees op 06-12345678.";
    device.put("note", json!({ "text": text, "about": [fatima, kees] }));
    device.put(
        "note",
        json!({ "text": "Buurvrouw noemde fatima el amrani", "about": [] }),
    );
    device.put(
        "note",
        json!({ "text": "Heel iets anders", "about": [kees] }),
    );
    device.put(
        "signal",
        json!({ "title": "Oversteek", "reporters": [fatima] }),
    );
    device.put(
        "follow_up",
        json!({ "what": "Bel Fatima", "due": "2026-12-01", "about": [fatima] }),
    );
    device.put(
        "relation",
        json!({ "from": fatima, "to": kees, "relation_kind": "neighbour_of" }),
    );
    device.put(
        "group",
        json!({ "name": "Portiek 6", "members": [fatima, kees] }),
    );
    (fatima, kees)
}

#[test]
fn a_file_holds_everything_about_one_person_and_nothing_about_others() {
    let device = Device::of("Noor");
    let (fatima, _) = neighbourhood(&device);
    let file = json_file(&device, &fatima, true);
    assert_eq!(file["format"], "buurtboek-person-file");
    assert_eq!(file["person"]["fields"]["street"], "Malakkastraat");
    for list in [
        "notes",
        "signals",
        "follow_ups",
        "relations",
        "groups",
        "mentions",
    ] {
        assert_eq!(file[list].as_array().unwrap().len(), 1, "{list}");
    }
    assert_eq!(file["notes"][0]["recorded_by"], "Noor");
    assert_eq!(file["notes"][0]["recorded_at"], "2026-11-25T07:30:00Z");
    assert!(!file.to_string().contains("Heel iets anders"));
}

#[test]
fn other_residents_are_taken_out_unless_somebody_chooses_otherwise() {
    let device = Device::of("Noor");
    let (fatima, _) = neighbourhood(&device);
    let file = json_file(&device, &fatima, false);
    assert_eq!(
        file["notes"][0]["fields"]["text"],
        "Fatima en [andere bewoner 1] klagen samen. Bel [andere bewoner 1] op [andere bewoner 1]."
    );
    let text = file.to_string();
    assert!(
        !text.contains("Kees") && !text.contains("12345678"),
        "{text}"
    );
    assert!(
        json_file(&device, &fatima, true)
            .to_string()
            .contains("Kees Jansen")
    );
}

#[test]
fn a_file_tells_who_changed_what_and_when() {
    let device = Device::of("Noor");
    let (fatima, _) = neighbourhood(&device);
    device.hands.pass(Duration::days(1));
    device
        .try_put("contact", Some(&fatima), json!({ "street": "Balistraat" }))
        .unwrap();
    let file = json_file(&device, &fatima, false);
    let step = &file["person"]["history"][0];
    assert_eq!(
        (&step["by"], &step["at"]),
        (&json!("Noor"), &json!("2026-11-26T07:30:00Z"))
    );
    assert_eq!(step["changed"], json!({ "street": "Balistraat" }));
}

#[test]
fn what_is_out_of_sight_and_what_was_the_same_person_stands_in_the_file() {
    let device = Device::of("Noor");
    let (fatima, _) = neighbourhood(&device);
    let twin = device.put(
        "contact",
        json!({ "name": "F. Amrani", "merged_into": fatima }),
    );
    let note = device.put("note", json!({ "text": "Van de dubbele", "about": [twin] }));
    device.app.record_archive(RecordId { id: note }).unwrap();
    let file = json_file(&device, &fatima, false);
    assert_eq!(file["other"][0]["title"], "F. Amrani");
    let notes = file["notes"].as_array().unwrap();
    let hidden = notes
        .iter()
        .find(|note| note["title"] == "Van de dubbele")
        .unwrap();
    assert_eq!(hidden["archived"], true);
}

#[test]
fn a_file_is_a_tagged_pdf_in_the_language_of_the_screens() {
    let device = Device::of("Noor");
    let (fatima, _) = neighbourhood(&device);
    let (pdf, records) = device.app.person_file(&ask(&fatima, "pdf", false)).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(records, 7);
    let other = device.app.person_file(&ask(&fatima, "docx", false));
    assert_eq!(code(other), "format_unknown");
}

#[test]
fn opening_a_page_twice_in_minutes_is_one_line_and_making_a_file_is_in_the_file() {
    let device = Device::of("Noor");
    let (fatima, kees) = neighbourhood(&device);
    open(&device, &fatima);
    device.hands.pass(Duration::minutes(5));
    open(&device, &fatima);
    open(&device, &kees);
    assert_eq!(actions(&device, Some(&fatima)), ["opened"]);
    device.hands.pass(Duration::minutes(6));
    open(&device, &fatima);
    device.hands.pass(Duration::minutes(1));
    let file = json_file(&device, &fatima, false);
    let told: Vec<_> = file["audit"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["action"].as_str().unwrap())
        .collect();
    assert_eq!(told, ["opened", "opened", "person_file"]);
    assert_eq!(file["audit"][0]["by"], "Noor");
}

#[test]
fn taking_details_along_is_recorded_before_they_leave() {
    let device = Device::of("Noor");
    let (fatima, _) = neighbourhood(&device);
    device.app.export_text(&Export::of("vcard")).unwrap();
    let one = Export {
        id: Some(fatima.clone()),
        ..Export::of("vcard")
    };
    device.app.export_text(&one).unwrap();
    assert_eq!(actions(&device, None), ["exported", "exported"]);
    assert_eq!(actions(&device, Some(&fatima)), ["exported"]);
}

#[test]
fn a_line_of_the_audit_holds_no_word_of_what_a_record_says() {
    let device = Device::of("Noor");
    let (fatima, _) = neighbourhood(&device);
    open(&device, &fatima);
    let query = AuditQuery {
        record: None,
        offset: 0,
        limit: 10,
    };
    let row = device.app.audit_list(query).unwrap().rows.remove(0);
    // The name comes from the record itself, and is gone when the record is.
    assert_eq!(row.record.unwrap().title, "Fatima el Amrani");
    assert_eq!((row.person.as_str(), row.gone), ("Noor", false));
}
