//! Erasing, from one device through the real server to another.

use std::path::Path;

use app::api::{
    Erase, ErasePlan, Erased, ErasureState, ErasureView, MentionChoice, MentionFate, Nothing,
    RecordId,
};
use protocol::Role;
use serde_json::json;

use crate::device::{Device, code};
use crate::pages::{stands_everywhere, stands_nowhere};
use crate::team::{Team, sync_all};

pub(crate) fn plan(device: &Device, id: &str) -> ErasePlan {
    device
        .app
        .erase_plan(RecordId { id: id.to_owned() })
        .unwrap()
}

pub(crate) fn erase(device: &Device, id: &str) -> app::Result<Erased> {
    erase_with(device, id, &[], &[])
}

fn erase_with(device: &Device, id: &str, also: &[&str], mentions: &[&str]) -> app::Result<Erased> {
    device.app.erase_apply(Erase {
        id: id.to_owned(),
        also: also.iter().map(|id| (*id).to_owned()).collect(),
        mentions: mentions
            .iter()
            .map(|id| MentionChoice {
                id: (*id).to_owned(),
                fate: MentionFate::Erase,
            })
            .collect(),
        private: Vec::new(),
        instead: String::new(),
    })
}

pub(crate) fn erasures(device: &Device) -> Vec<ErasureView> {
    device.app.erasure_list(Nothing {}).unwrap().rows
}

pub(crate) fn is_here(device: &Device, id: &str) -> bool {
    device
        .app
        .record_get(RecordId { id: id.to_owned() })
        .is_ok()
}

/// Files under a folder in which a word stands.
pub(crate) fn holding(folder: &Path, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, word));
        } else if std::fs::read(&path)
            .unwrap()
            .windows(word.len())
            .any(|window| window == word.as_bytes())
        {
            found.push(path.display().to_string());
        }
    }
    found
}

#[test]
fn a_record_erased_without_a_connection_is_gone_everywhere_once_there_is_one() {
    let mut team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let id = noor.put("contact", json!({ "name": "Wilhelmijntje Quispel" }));
    sync_all(&[&noor, &samir]);
    assert!(is_here(&samir, &id));
    stands_everywhere("Quispel", &team, &[&noor, &samir]);
    team.stop();
    assert_eq!(erase(&noor, &id).unwrap().erased, 1);
    assert!(!is_here(&noor, &id) && !noor.book_holds("Quispel"));
    assert!(matches!(erasures(&noor)[0].state, ErasureState::Waiting));
    team.start();
    sync_all(&[&noor]);
    // Who manages the space sees whose device has not followed, and since when; others do not.
    assert_eq!(erasures(&noor)[0].waiting.len(), 0);
    team.give(team.space, "Noor", Some(Role::Manager));
    let told = &erasures(&noor)[0];
    let waiting: Vec<_> = told
        .waiting
        .iter()
        .map(|device| (device.person.as_str(), device.seen.is_some()))
        .collect();
    assert_eq!(waiting, [("Samir", true)]);
    sync_all(&[&noor, &samir]);
    assert!(!is_here(&samir, &id));
    stands_nowhere("Quispel", &team, &[&noor, &samir]);
    let told = &erasures(&noor)[0];
    assert!(matches!(told.state, ErasureState::Carried));
    assert_eq!((told.done, told.devices), (Some(2), Some(2)));
    assert_eq!(erasures(&samir)[0].author, "Noor");
}

#[test]
fn unsent_edits_of_an_erased_record_go_with_it_and_the_person_is_told() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let id = noor.put("note", json!({ "text": "Bij de school" }));
    sync_all(&[&noor, &samir]);
    samir.edit(&id, json!({ "text": "Bij de school, 08:20" }));
    erase(&noor, &id).unwrap();
    noor.sync();
    samir.sync();
    let told = &erasures(&samir)[0];
    assert_eq!((told.lost, told.kind.as_deref()), (1, Some("note")));
    assert!(!told.mine);
    samir.app.erasure_seen(Nothing {}).unwrap();
    assert_eq!(erasures(&samir)[0].lost, 0);
    let status = samir.app.sync_status(Nothing {}).unwrap();
    assert_eq!((status.unsent, status.refused), (0, 0));
}

#[test]
fn what_is_only_about_a_person_goes_along_and_mentions_are_shown() {
    let team = Team::new();
    let noor = team.device("Noor");
    let fatima = noor.put("contact", json!({ "name": "Fatima el Amrani" }));
    let yusuf = noor.put("contact", json!({ "name": "Yusuf Demir" }));
    let only = noor.put(
        "note",
        json!({ "text": "Wil meehelpen", "about": [fatima] }),
    );
    let both = noor.put(
        "note",
        json!({ "text": "Samen op het plein", "about": [fatima, yusuf] }),
    );
    let named = noor.put("note", json!({ "text": "Kees sprak fatima bij de winkel" }));
    let other = noor.put("note", json!({ "text": "De Fatimastraat ligt open" }));
    let plan = plan(&noor, &fatima);
    let ids = |parts: &[app::api::ErasePart]| -> Vec<String> {
        parts.iter().map(|part| part.record.id.clone()).collect()
    };
    assert!(plan.may);
    assert_eq!(ids(&plan.only), [only.as_str()]);
    assert_eq!(ids(&plan.mentions), [both.as_str(), named.as_str()]);
    assert!(plan.mentions[0].linked && plan.mentions[0].pieces.is_empty());
    let marked = &plan.mentions[1].pieces[0];
    assert_eq!(marked.iter().find(|part| part.hit).unwrap().text, "fatima");
    let erased = erase_with(&noor, &fatima, &[&only], &[&named]).unwrap();
    assert_eq!((erased.erased, erased.unlinked), (3, 1));
    assert_eq!(noor.fields(&both)["about"], json!([yusuf]));
    assert!(is_here(&noor, &other));
    assert_eq!(noor.app.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn what_a_colleague_made_is_for_a_manager_to_erase() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let manager = Device::of("Ans");
    manager.join(&team.invite(Role::Manager)).unwrap();
    let id = noor.put("contact", json!({ "name": "Kees Jansen" }));
    sync_all(&[&noor, &samir, &manager]);
    assert!(!plan(&samir, &id).may);
    assert_eq!(code(erase(&samir, &id)), "erase_no_right");
    assert!(is_here(&samir, &id));
    erase(&manager, &id).unwrap();
    sync_all(&[&manager, &noor, &samir]);
    assert!(!is_here(&noor, &id) && !is_here(&samir, &id));
}

#[test]
fn a_device_that_works_alone_erases_at_once() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Kees Jansen" }));
    erase(&device, &id).unwrap();
    assert!(matches!(erasures(&device)[0].state, ErasureState::Here));
    assert_eq!(
        code(device.app.record_put(app::api::RecordPut {
            kind: "contact".to_owned(),
            id: Some(id),
            fields: serde_json::Map::from_iter([("name".to_owned(), json!("Kees"))]),
            seen: None,
        })),
        "erased"
    );
}

#[test]
fn the_draft_and_private_notes_that_name_somebody_are_shown_and_go_when_chosen() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Wilhelmijntje Quispel" }));
    let draft = |text: &str| app::api::Draft {
        text: text.to_owned(),
        ..device
            .app
            .draft_get(app::api::DraftOf { about: None })
            .unwrap()
    };
    device
        .app
        .draft_set(draft("Quispel belt over de stalling"))
        .unwrap();
    let page = app::api::Draft {
        about: Some(id.clone()),
        ..draft("Quispel was er niet")
    };
    device.app.draft_set(page).unwrap();
    let private = device
        .app
        .scratch_put(app::api::ScratchPut {
            id: None,
            text: "Twijfel over wilhelmijntje".to_owned(),
            from_draft: false,
        })
        .unwrap();
    let shown = plan(&device, &id).private;
    let told: Vec<_> = shown
        .iter()
        .map(|part| (part.id.as_str(), part.draft))
        .collect();
    let of_page = format!("draft/{id}");
    assert_eq!(
        told,
        [
            ("draft", true),
            (of_page.as_str(), true),
            (private.id.as_str(), false)
        ]
    );
    let hit = shown[0].pieces[0].iter().find(|part| part.hit).unwrap();
    assert_eq!(hit.text, "Quispel");
    device
        .app
        .erase_apply(Erase {
            id: id.clone(),
            also: Vec::new(),
            mentions: Vec::new(),
            private: vec!["draft".to_owned(), of_page, private.id],
            instead: String::new(),
        })
        .unwrap();
    for about in [None, Some(id)] {
        let draft = device.app.draft_get(app::api::DraftOf { about }).unwrap();
        assert_eq!(draft.text, "");
    }
    assert!(
        device
            .app
            .scratch_list(Nothing {})
            .unwrap()
            .notes
            .is_empty()
    );
}

#[test]
fn whoever_was_recorded_twice_goes_whole() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Kees Jansen" }));
    let twin = device.put("contact", json!({ "name": "K. Jansen", "merged_into": id }));
    let only: Vec<_> = plan(&device, &id)
        .only
        .into_iter()
        .map(|part| part.record.id)
        .collect();
    assert_eq!(only, [twin]);
}
