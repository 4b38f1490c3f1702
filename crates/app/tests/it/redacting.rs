//! Taking words out of a record, from one device through the real server to another.

use app::api::{
    AsideIds, Erase, ErasureState, Export, MentionChoice, MentionFate, Nothing, RecordId, Redact,
    RedactAsk, RedactPlan, RedactPreview, RedactWords, Redacted, RefusedChange,
};
use protocol::{Role, SpaceKind};
use serde_json::{Value, json};

use crate::device::{Device, code};
use crate::erasing::{erase, erasures, holding, is_here};
use crate::pages::{stands_everywhere, stands_nowhere};
use crate::team::{Team, now_ms, sync_all};

const TEXT: &str = "Wilhelmijntje Quispel belde over de stoep.";

/// By which she is known.
const NAMED: [&str; 3] = ["Quispel", "ilhelmijntje", "12345678"];

fn words(path: &str, words: Option<&str>) -> RedactWords {
    RedactWords {
        path: path.to_owned(),
        words: words.map(str::to_owned),
        instead: "iemand".to_owned(),
    }
}

fn plan(device: &Device, id: &str) -> RedactPlan {
    let id = RecordId { id: id.to_owned() };
    device.app.redact_plan(id).unwrap()
}

fn preview(device: &Device, id: &str, takes: Vec<RedactWords>) -> RedactPreview {
    let id = id.to_owned();
    device.app.redact_preview(RedactAsk { id, takes }).unwrap()
}

fn redact(device: &Device, id: &str, takes: Vec<RedactWords>) -> app::Result<Redacted> {
    device.app.redact_apply(Redact {
        id: id.to_owned(),
        takes,
        copies: Vec::new(),
    })
}

fn her() -> Vec<RedactWords> {
    vec![words("text", Some("Wilhelmijntje Quispel"))]
}

fn text(device: &Device, id: &str) -> Value {
    device.fields(id)["text"].clone()
}

fn refused(device: &Device) -> Vec<RefusedChange> {
    device.app.sync_details(Nothing {}).unwrap().refused
}

/// The team, a note of Noor that names her, and everybody has it.
fn noted(names: [&str; 2]) -> (Team, Device, Device, String) {
    let team = Team::new();
    let [noor, samir] = names.map(|name| team.device(name));
    let id = noor.put("note", json!({ "text": TEXT, "place_name": "Balistraat" }));
    sync_all(&[&noor, &samir]);
    stands_everywhere("Quispel", &team, &[&noor, &samir]);
    (team, noor, samir, id)
}

#[test]
fn words_taken_out_without_a_connection_are_gone_everywhere_once_there_is_one() {
    let (mut team, noor, samir, id) = noted(["Noor", "Samir"]);
    team.stop();
    let shown = preview(&noor, &id, her());
    assert!(shown.now && shown.ever);
    assert_eq!(shown.texts[0].value, "iemand belde over de stoep.");
    assert!(redact(&noor, &id, her()).unwrap().waiting);
    assert_eq!(text(&noor, &id), "iemand belde over de stoep.");
    assert!(matches!(erasures(&noor)[0].state, ErasureState::Waiting));
    team.start();
    sync_all(&[&noor, &samir]);
    assert_eq!(text(&samir, &id), "iemand belde over de stoep.");
    stands_nowhere("Quispel", &team, &[&noor, &samir]);
    for device in [&noor, &samir] {
        assert_eq!(device.found("quispel"), Vec::<String>::new());
        assert_eq!(device.record(&id).author, "Noor");
        device.is_sound();
    }
    let told = &erasures(&noor)[0];
    assert!(matches!(told.state, ErasureState::Carried) && told.part);
    assert_eq!((told.done, told.devices), (Some(2), Some(2)));
    assert_eq!(erasures(&samir)[0].author, "Noor");
    let history = samir.app.record_history(RecordId { id }).unwrap();
    assert_eq!(history.len(), 1, "what was written before is gone");
}

#[test]
fn edits_made_meanwhile_without_a_connection_are_kept_without_the_words() {
    let (team, noor, samir, id) = noted(["Noor", "Samir"]);
    redact(&noor, &id, her()).unwrap();
    samir.edit(&id, json!({ "place_name": "Javastraat" }));
    samir.edit(
        &id,
        json!({ "text": format!("{TEXT} Ook de lantaarn is stuk.") }),
    );
    noor.sync();
    sync_all(&[&samir, &noor]);
    let expected = "iemand belde over de stoep. Ook de lantaarn is stuk.";
    for device in [&noor, &samir] {
        assert_eq!(text(device, &id), expected);
        assert_eq!(device.fields(&id)["place_name"], "Javastraat");
        assert!(refused(device).is_empty());
        device.is_sound();
    }
    stands_nowhere("Quispel", &team, &[&noor, &samir]);
}

#[test]
fn an_edit_that_holds_the_words_is_kept_aside_shown_exported_and_thrown_away() {
    let (team, noor, samir, id) = noted(["Noor", "Samir"]);
    redact(&noor, &id, her()).unwrap();
    samir.edit(&id, json!({ "place_name": "bij Quispel thuis" }));
    noor.sync();
    sync_all(&[&samir, &noor]);
    assert_eq!(samir.fields(&id)["place_name"], "Balistraat");
    stands_nowhere("Quispel", &team, &[&noor]);
    let [aside] = refused(&samir).try_into().unwrap();
    assert_eq!(
        (aside.code.as_str(), aside.mine),
        ("epoch_superseded", true)
    );
    assert_eq!(aside.said[0].value, "bij Quispel thuis");
    let export = samir.app.export_text(&Export::of("refused")).unwrap();
    assert!(export.text.contains("bij Quispel thuis"));
    let ids = vec![aside.id];
    assert!(samir.book_holds("bij Quispel"), "kept aside");
    samir.app.aside_forget(AsideIds { ids }).unwrap();
    assert!(refused(&samir).is_empty());
    assert!(!samir.book_holds("bij Quispel"));
}

#[test]
fn a_server_that_refuses_to_erase_still_takes_what_was_written() {
    for path in ["/v1/redact", "/v1/erase"] {
        let (mut team, noor, samir, id) = noted(["Noor", "Samir"]);
        team.stop();
        team.start_refusing(path);
        if path == "/v1/redact" {
            redact(&noor, &id, her()).unwrap();
        } else {
            erase(&noor, &id).unwrap();
        }
        let note = noor.put("note", json!({ "text": "Om 08:20 bij de school." }));
        assert_eq!(code(noor.app.sync_round()), "server_refused", "it is told");
        samir.sync();
        assert!(is_here(&samir, &note), "{path} is not done, all else is");
        team.stop();
        team.start();
        sync_all(&[&noor, &samir]);
        stands_nowhere("Quispel", &team, &[&noor, &samir]);
    }
}

#[test]
fn two_who_take_out_different_words_at_once_end_with_the_same() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    team.give(team.space, "Samir", Some(Role::Manager));
    let id = noor.put("note", json!({ "text": "Quispel en Zonneveld belden" }));
    sync_all(&[&noor, &samir]);
    for name in ["Quispel", "Zonneveld"] {
        stands_everywhere(name, &team, &[&noor, &samir]);
    }
    redact(&noor, &id, vec![words("text", Some("Quispel"))]).unwrap();
    redact(&samir, &id, vec![words("text", Some("Zonneveld"))]).unwrap();
    sync_all(&[&noor, &samir]);
    for device in [&noor, &samir] {
        assert_eq!(text(device, &id), "iemand en iemand belden");
        device.is_sound();
    }
    for name in ["Quispel", "Zonneveld"] {
        stands_nowhere(name, &team, &[&noor, &samir]);
    }
    assert_eq!(
        samir.store().spaces().unwrap()[0].digest,
        noor.store().spaces().unwrap()[0].digest
    );
}

#[test]
fn what_stands_only_in_earlier_versions_can_be_taken_out_too() {
    let (team, noor, samir, id) = noted(["Noor", "Samir"]);
    noor.edit(&id, json!({ "text": "Iemand belde over de stoep." }));
    sync_all(&[&noor, &samir]);
    let shown = preview(&noor, &id, her());
    assert!(!shown.now && shown.ever);
    redact(&noor, &id, her()).unwrap();
    sync_all(&[&noor, &samir]);
    stands_nowhere("Quispel", &team, &[&noor, &samir]);
    let never = vec![words("text", Some("Gerritsen"))];
    assert_eq!(code(redact(&noor, &id, never)), "nothing_there");
}

#[test]
fn only_who_made_it_and_managers_may() {
    let (team, noor, samir, id) = noted(["Noor", "Samir"]);
    assert!(plan(&noor, &id).may && !plan(&samir, &id).may);
    assert_eq!(code(redact(&samir, &id, her())), "redact_no_right");
    assert_eq!(text(&samir, &id), TEXT);
    team.give(team.space, "Samir", Some(Role::Manager));
    samir.sync();
    redact(&samir, &id, her()).unwrap();
    sync_all(&[&samir, &noor]);
    assert_eq!(noor.record(&id).author, "Noor", "it stays hers");
    assert!(plan(&noor, &id).may);
}

#[test]
fn a_field_that_cannot_be_empty_keeps_a_sign() {
    let team = Team::new();
    let noor = team.device("Noor");
    let id = noor.put("note", json!({ "text": TEXT, "place_name": "Balistraat" }));
    let whole = |path: &str| RedactWords {
        path: path.to_owned(),
        words: None,
        instead: String::new(),
    };
    redact(&noor, &id, vec![whole("text"), whole("place_name")]).unwrap();
    noor.sync();
    assert_eq!(
        Value::Object(noor.fields(&id)),
        json!({ "text": "…", "at": "2026-11-25T07:30:00Z" })
    );
    noor.edit(&id, json!({ "text": "Gebeld over de stoep" }));
    noor.sync();
    noor.is_sound();
}

#[test]
fn the_copy_in_another_space_is_shown_and_redacted_too() {
    let team = Team::new();
    let plan_space = team
        .log
        .add_space("Buurtaanpak", SpaceKind::Partnership, now_ms())
        .unwrap();
    let (noor, els) = (team.device("Noor"), team.device("Els"));
    team.give(plan_space, "Noor", Some(Role::Writer));
    team.give(plan_space, "Els", Some(Role::Writer));
    team.give(team.space, "Els", None);
    sync_all(&[&noor, &els]);
    let id = noor.put("note", json!({ "text": TEXT }));
    noor.app
        .share_make(app::api::ShareAsk {
            id: id.clone(),
            to: plan_space.to_string(),
            fields: vec!["text".to_owned()],
            until: None,
        })
        .unwrap();
    sync_all(&[&noor, &els]);
    stands_everywhere("Quispel", &team, &[&noor, &els]);
    let [copy] = plan(&noor, &id).copies.try_into().unwrap();
    assert!(copy.may && !copy.original && copy.space == "Buurtaanpak");
    let copied = copy.record.id;
    assert!(plan(&noor, &copied).copies[0].original);
    let done = noor.app.redact_apply(Redact {
        id,
        takes: her(),
        copies: vec![copied.clone()],
    });
    assert_eq!(done.unwrap().redacted, 2);
    sync_all(&[&noor, &els]);
    assert_eq!(text(&els, &copied), "iemand belde over de stoep.");
    stands_nowhere("Quispel", &team, &[&noor, &els]);
}

#[test]
fn where_a_person_is_erased_the_name_goes_out_of_a_mention_and_the_note_stays() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let ways = json!({ "a": { "kind": "phone", "value": "0612345678" } });
    let her = noor.put(
        "contact",
        json!({ "name": "Wilhelmijntje Quispel", "ways": ways }),
    );
    let mention = noor.put(
        "note",
        json!({ "text": "Kees zag wilhelmijntje Quispel bij de winkel. Quispels nummer is 06-12345678." }),
    );
    sync_all(&[&noor, &samir]);
    for word in NAMED {
        stands_everywhere(word, &team, &[&noor, &samir]);
    }
    let erased = noor.app.erase_apply(Erase {
        id: her.clone(),
        also: Vec::new(),
        mentions: vec![MentionChoice {
            id: mention.clone(),
            fate: MentionFate::Redact,
        }],
        private: Vec::new(),
        instead: "iemand".to_owned(),
    });
    let erased = erased.unwrap();
    assert_eq!((erased.erased, erased.redacted), (1, 1));
    sync_all(&[&noor, &samir]);
    assert!(!is_here(&samir, &her));
    let left = "Kees zag iemand bij de winkel. iemand nummer is iemand.";
    assert_eq!(text(&samir, &mention), left);
    for word in NAMED {
        stands_nowhere(word, &team, &[&noor, &samir]);
    }
    samir.is_sound();
}

#[test]
fn a_device_that_was_put_back_from_a_backup_redacts_again() {
    let (team, noor, samir, id) = noted(["Noor", "Samir"]);
    samir.app.device_lock(Nothing {}).unwrap();
    let backup = samir.bytes();
    let samir = samir.reopened();
    redact(&noor, &id, her()).unwrap();
    sync_all(&[&noor, &samir]);
    assert_eq!(text(&samir, &id), "iemand belde over de stoep.");
    samir.app.device_lock(Nothing {}).unwrap();
    for (name, content) in &backup {
        std::fs::write(samir.folder().join(name), content).unwrap();
    }
    let samir = samir.reopened();
    assert_eq!(text(&samir, &id), TEXT, "the backup holds the words");
    samir.edit(&id, json!({ "place_name": "Javastraat" }));
    sync_all(&[&samir, &noor]);
    for device in [&noor, &samir] {
        assert_eq!(text(device, &id), "iemand belde over de stoep.");
        assert_eq!(device.fields(&id)["place_name"], "Javastraat");
        device.is_sound();
    }
    stands_nowhere("Quispel", &team, &[&noor, &samir]);
}

#[test]
fn a_server_put_back_without_its_ledger_hears_of_it_again() {
    let (mut team, noor, samir, id) = noted(["Noor", "Samir"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("backup.sqlite");
    sync_server::log::Log::back_up(team.folder(), &backup).unwrap();
    redact(&noor, &id, her()).unwrap();
    sync_all(&[&noor, &samir]);
    team.put_back(&backup);
    assert!(
        !holding(team.folder(), "Quispel").is_empty(),
        "the backup holds the words"
    );
    sync_all(&[&samir, &noor]);
    stands_nowhere("Quispel", &team, &[&noor, &samir]);
    for device in [&noor, &samir] {
        assert_eq!(text(device, &id), "iemand belde over de stoep.");
        device.is_sound();
    }
}
