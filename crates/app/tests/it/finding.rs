//! Anyone in three letters.

use app::api::{ArchiveQuery, ContactListQuery, RecordId, Search};
use chrono::Duration;
use serde_json::json;

use crate::device::Device;

fn contact(device: &Device, name: &str) -> String {
    device.put("contact", json!({ "name": name }))
}

#[test]
fn three_letters_find_a_name_whatever_its_accents_and_case() {
    let device = Device::of("Noor");
    for (name, typed) in [
        ("Fatima el Amrani", ["fat", "AMR", "fat am"]),
        ("Renée Žižek", ["ren", "ziz", "zizek rene"]),
        ("Gülşen Yıldız", ["gul", "yil", "yildiz"]),
        ("Łukasz Wójcik", ["luk", "woj", "lukasz w"]),
        ("İbrahim Çelik", ["ibr", "cel", "ibrahim"]),
        ("Jørgen Đorđević", ["jor", "dor", "djordjevic"]),
    ] {
        let id = contact(&device, name);
        for typed in typed.into_iter().filter(|typed| !typed.starts_with("dj")) {
            assert!(
                device.found(typed).contains(&id),
                "{typed} does not find {name}"
            );
        }
        let accented: String = name.chars().take(3).collect();
        assert!(
            device.found(&accented).contains(&id),
            "{accented} does not find {name}"
        );
        assert!(
            device.found(&name.to_uppercase()).contains(&id),
            "{name} in capitals"
        );
    }
    device.is_sound();
}

#[test]
fn streets_numbers_and_words_of_a_note_find_too_and_what_matched_is_shown() {
    let device = Device::of("Noor");
    let kees = device.put(
        "contact",
        json!({
            "name": "Kees", "street": "Malakkastraat", "house_number": "6",
            "ways": [{ "kind": "phone", "value": "+31612345678" }],
        }),
    );
    let note = device.put(
        "note",
        json!({ "text": "Bij de school.\nDe oversteek is gevaarlijk." }),
    );
    assert_eq!(device.found("malak 6"), std::slice::from_ref(&kees));
    assert_eq!(device.found("+3161"), [kees]);
    assert_eq!(device.found("gevaar over"), [note]);

    let search = Search {
        text: "gevaar".to_owned(),
        kind: Some("note".to_owned()),
        limit: 5,
        archived: false,
    };
    let hit = device.app.search(search).unwrap().remove(0);
    let matched: String = hit
        .snippet
        .iter()
        .filter(|part| part.hit)
        .map(|part| part.text.as_str())
        .collect();
    assert_eq!(matched, "gevaar");
}

#[test]
fn what_was_renamed_or_put_away_is_no_longer_found_under_its_old_words() {
    let device = Device::of("Noor");
    let id = contact(&device, "Kees Jansen");
    device.edit(&id, json!({ "name": "Cees Janssens" }));
    assert_eq!(device.found("kees"), Vec::<String>::new());
    assert_eq!(device.found("cees"), std::slice::from_ref(&id));
    device.app.record_archive(RecordId { id }).unwrap();
    assert_eq!(device.found("cees"), Vec::<String>::new());
    device.is_sound();
}

#[test]
fn what_was_put_away_is_found_again_by_its_words_and_in_the_list_of_its_kind() {
    let device = Device::of("Noor");
    let kees = contact(&device, "Kees Jansen");
    let cees = contact(&device, "Kees de Vries");
    for id in [&kees, &cees] {
        let id = RecordId { id: id.clone() };
        device.app.record_archive(id).unwrap();
    }
    contact(&device, "Kees in zicht");

    let away = |text: &str| -> Vec<String> {
        let search = Search {
            text: text.to_owned(),
            kind: None,
            limit: 5,
            archived: true,
        };
        let hits = device.app.search(search).unwrap().into_iter();
        hits.map(|hit| hit.id).collect()
    };
    assert_eq!(away("kees jan"), std::slice::from_ref(&kees));
    assert_eq!(away("kees").len(), 2);

    let list = |kind: &str, offset| {
        let query = ArchiveQuery {
            kind: kind.to_owned(),
            offset,
            limit: 1,
        };
        let page = device.app.archive_list(query).unwrap();
        let ids: Vec<String> = page.rows.into_iter().map(|row| row.id).collect();
        (page.total, ids)
    };
    assert_eq!(list("contact", 0), (2, vec![cees.clone()]));
    assert_eq!(list("contact", 1), (2, vec![kees.clone()]));
    assert_eq!(list("note", 0), (0, Vec::new()));

    device.edit(&kees, json!({ "archived": false }));
    assert_eq!(list("contact", 0), (1, vec![cees]));
    assert_eq!(device.found("kees jan"), [kees]);
    device.is_sound();
}

#[test]
fn signs_of_a_query_language_are_only_signs() {
    let device = Device::of("Noor");
    let id = contact(&device, "Kees \"de Beer\" Jansen");
    for typed in [
        "\"",
        "*",
        "kees*",
        "-kees",
        "title:kees",
        "kees)",
        "\"kees",
        "kees'--",
        "^kees",
        "{kees}",
    ] {
        let found = device.found(typed);
        assert!(found.is_empty() || found == [id.clone()], "{typed}");
    }
    assert_eq!(device.found("kees AND NOT jansen"), Vec::<String>::new());
    assert_eq!(device.found("\"de beer\""), [id]);
}

#[test]
fn who_is_known_comes_before_what_was_written() {
    let device = Device::of("Noor");
    device.put("note", json!({ "text": "Jansen gebeld" }));
    let jansen = contact(&device, "Kees Jansen");
    assert_eq!(device.found("jansen")[0], jansen);
}

#[test]
fn the_contact_list_is_a_window_with_letters_and_filters() {
    let device = Device::of("Noor");
    for name in ["Åse", "Bram", "bo", "Čedomir", "Zoë", "3e verdieping"] {
        contact(&device, name);
    }
    let all = ContactListQuery {
        text: String::new(),
        street: None,
        role: None,
        offers: false,
        quiet_days: None,
        offset: 0,
        limit: 3,
    };
    let list = device.app.contact_list(all.clone()).unwrap();
    let names: Vec<&str> = list.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!((list.total, names), (6, vec!["3e verdieping", "Åse", "bo"]));
    let letters: Vec<_> = list
        .letters
        .iter()
        .map(|letter| (letter.letter.as_str(), letter.offset))
        .collect();
    assert_eq!(letters, [("#", 0), ("A", 1), ("B", 2), ("C", 4), ("Z", 5)]);

    let bo = device.found("bo").remove(0);
    device.edit(&bo, json!({ "street": "Balistraat", "roles": ["key_figure"], "talents": [{ "text": "kookt", "offered": true }] }));
    for query in [
        ContactListQuery {
            street: Some("Balistraat".to_owned()),
            ..all.clone()
        },
        ContactListQuery {
            role: Some(domain::ContactRole::KeyFigure),
            ..all.clone()
        },
        ContactListQuery {
            offers: true,
            ..all.clone()
        },
        ContactListQuery {
            text: "bal".to_owned(),
            ..all.clone()
        },
    ] {
        let list = device.app.contact_list(query.clone()).unwrap();
        let ids: Vec<&str> = list.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!((list.total, ids), (1, vec![bo.as_str()]), "{query:?}");
    }

    device.put("note", json!({ "text": "Gesproken", "about": [bo] }));
    device.hands.pass(Duration::days(40));
    let others = device.all("contact").into_iter().filter(|row| row.id != bo);
    for other in others {
        device.put("note", json!({ "text": "Gesproken", "about": [other.id] }));
    }
    let quiet = ContactListQuery {
        quiet_days: Some(30),
        ..all
    };
    let list = device.app.contact_list(quiet).unwrap();
    assert_eq!((list.total, list.rows[0].id.as_str()), (1, bo.as_str()));
}

#[test]
fn whoever_is_out_of_sight_hides_no_older_namesake() {
    let device = Device::of("Noor");
    let older = contact(&device, "Jan Korenaar");
    for number in 0..25 {
        let newer = contact(&device, &format!("Jan Nummer {number}"));
        device.app.record_archive(RecordId { id: newer }).unwrap();
    }
    assert_eq!(device.found("jan"), [older]);
}
