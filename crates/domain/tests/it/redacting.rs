//! A record that begins anew: without the words and the history, with everything else.

use std::collections::HashSet;

use automerge::ChangeHash;
use automerge::transaction::Transactable as _;
use domain::document::{Document, Gone, Replayed, TakeOut};
use domain::ids::DeviceId;
use serde_json::{Value, json};

use crate::copies::{Copy, ID, meet, stamp};

fn take(path: &str, words: Option<&str>, instead: &str) -> TakeOut {
    TakeOut {
        path: path.to_owned(),
        words: words.map(str::to_owned),
        instead: instead.to_owned(),
    }
}

/// Made by device 1, begun anew by device 9 an hour later.
fn anew(copy: &Copy, takes: &[TakeOut]) -> Document {
    let (document, changes) = copy.document.anew(takes, &stamp(9, 60)).unwrap();
    let bytes: Vec<&[u8]> = changes.iter().map(|change| change.raw_bytes()).collect();
    let again = Document::load(None, bytes).unwrap().in_epoch(1);
    assert_eq!(again.heads(), document.heads(), "the changes are all of it");
    again
}

/// What became of the edits that only this copy holds.
fn made_again(synced: &Copy, copy: &Copy, onto: &mut Document) -> Replayed {
    let known: HashSet<ChangeHash> = hashes(synced);
    let unsent: HashSet<ChangeHash> = hashes(copy).difference(&known).copied().collect();
    let gone = Gone::between(&copy.document, onto, &unsent).unwrap();
    let edits = copy.document.edits(&unsent).unwrap();
    onto.replay_without(&edits, &DeviceId([2; 8]).actor([1; 8]), &gone)
        .unwrap()
}

fn hashes(copy: &Copy) -> HashSet<ChangeHash> {
    let changes = copy.document.automerge().get_changes(&[]);
    changes.iter().map(automerge::Change::hash).collect()
}

fn note(text: &str) -> Copy {
    Copy::new("note", json!({ "text": text, "place_name": "Balistraat" }))
}

fn bytes_hold(document: &Document, word: &str) -> bool {
    let saved = document.automerge().save_nocompress();
    saved
        .windows(word.len())
        .any(|window| window == word.as_bytes())
}

#[test]
fn what_stays_is_what_was_there_and_what_goes_is_in_no_byte() {
    let mut copy = note("Fatima belde over de stoep.");
    copy.edit(
        5,
        json!({ "text": "Fatima Quispel belde over de stoep bij de school." }),
    );
    assert!(bytes_hold(&copy.document, "Quispel"));
    let anew = anew(&copy, &[take("text", Some("Fatima Quispel"), "iemand")]);
    let fields = Value::Object(anew.fields().unwrap());
    assert_eq!(
        fields,
        json!({ "text": "iemand belde over de stoep bij de school.", "place_name": "Balistraat" })
    );
    assert!(!bytes_hold(&anew, "Quispel") && !bytes_hold(&anew, "Fatima"));
    assert_eq!(anew.id(), ID);
}

#[test]
fn who_made_it_and_when_stays() {
    let mut copy = note("Fatima belde");
    copy.edit(5, json!({ "place_name": "Javastraat" }));
    let anew = anew(&copy, &[take("text", Some("Fatima"), "iemand")]);
    let made = (Some(DeviceId([1; 8])), stamp(1, 0).at);
    assert_eq!(anew.origin(), Some(made));
    let history = anew.history().unwrap();
    assert_eq!(
        (history.len(), (history[0].device, history[0].at)),
        (1, made)
    );
    assert!(history[0].before.is_empty());
    let takes = [take("place_name", None, "")];
    let (third, _) = anew.anew(&takes, &stamp(8, 90)).unwrap();
    assert_eq!(third.epoch(), 2);
    assert_eq!(third.origin(), Some(made));
}

#[test]
fn what_a_document_says_of_its_maker_counts_only_from_its_beginning() {
    let copy = note("Fatima belde");
    let (document, _) = copy.document.anew(&[], &stamp(9, 60)).unwrap();
    let claimed = document.in_epoch(0);
    assert_eq!(
        claimed.origin().unwrap().0,
        Some(DeviceId([9; 8])),
        "in the first epoch the actor counts"
    );
}

#[test]
fn long_text_and_keys_of_a_newer_app_come_along() {
    let text = "De oversteek bij de school. ".repeat(700);
    let mut newer = note(&text).document.automerge().clone();
    newer
        .transact::<_, _, automerge::AutomergeError>(|tx| tx.put(automerge::ROOT, "mood", "blij"))
        .unwrap();
    let (document, changes) = Document::of(newer)
        .unwrap()
        .anew(&[take("place_name", None, "")], &stamp(9, 60))
        .unwrap();
    assert!(changes.len() > 2);
    assert!(changes.iter().all(|change| change.len() < 20_000));
    let anew = document.in_epoch(1);
    assert_eq!(anew.fields().unwrap()["text"], json!(text));
    assert_eq!(anew.history().unwrap().len(), 1);
    assert!(bytes_hold(&anew, "blij"));
}

#[test]
fn a_disagreement_stays_one_without_the_words() {
    let mut one = note("Bij de school");
    let mut two = one.on(2);
    one.edit(1, json!({ "place_name": "Balistraat bij Quispel" }));
    two.edit(2, json!({ "place_name": "Javastraat" }));
    meet(&mut one, &mut two);
    let anew = anew(&one, &[take("place_name", Some("bij Quispel"), "")]);
    let conflicts = anew.conflicts().unwrap();
    let mut values: Vec<&Value> = conflicts[0]
        .values
        .iter()
        .map(|value| &value.value)
        .collect();
    values.sort_by_key(|value| value.to_string());
    assert_eq!(values, [&json!("Balistraat"), &json!("Javastraat")]);
    assert!(!bytes_hold(&anew, "Quispel"));
}

#[test]
fn edits_of_other_fields_are_made_again() {
    let synced = note("Fatima belde over de stoep");
    let mut late = synced.on(2);
    late.edit(3, json!({ "place_name": "Javastraat" }));
    let mut anew = anew(&synced, &[take("text", Some("Fatima"), "iemand")]);
    let replayed = made_again(&synced, &late, &mut anew);
    assert_eq!((replayed.made.len(), replayed.left.len()), (1, 0));
    let fields = anew.fields().unwrap();
    assert_eq!(fields["place_name"], json!("Javastraat"));
    assert_eq!(fields["text"], json!("iemand belde over de stoep"));
}

#[test]
fn an_edit_beside_the_words_in_the_same_text_is_made_again_without_them() {
    let synced = note("Fatima Quispel belde. De stoep ligt los.");
    let mut late = synced.on(2);
    late.edit(
        3,
        json!({ "text": "Fatima Quispel belde. De stoep ligt erg los." }),
    );
    let mut anew = anew(&synced, &[take("text", Some("Fatima Quispel"), "iemand")]);
    let replayed = made_again(&synced, &late, &mut anew);
    assert_eq!(replayed.left, []);
    let text = anew.fields().unwrap()["text"].clone();
    assert_eq!(text, json!("iemand belde. De stoep ligt erg los."));
}

#[test]
fn an_edit_that_brings_the_words_back_waits_for_a_person() {
    let synced = note("Fatima Quispel belde");
    for (path, words) in [
        (
            "text",
            json!({ "text": "Fatima Quispel belde. Quispels fiets staat er nog." }),
        ),
        ("place_name", json!({ "place_name": "bij Quispel thuis" })),
    ] {
        let mut late = synced.on(2);
        late.edit(3, words);
        late.edit(4, json!({ "archived": true }));
        let mut anew = anew(&synced, &[take("text", Some("Fatima Quispel"), "iemand")]);
        let replayed = made_again(&synced, &late, &mut anew);
        assert_eq!((replayed.made.len(), replayed.left.len()), (1, 1), "{path}");
        assert!(!bytes_hold(&anew, "Quispel"));
        assert_eq!(anew.fields().unwrap()["archived"], json!(true));
        let hashes = replayed.left.iter().copied().collect();
        let left = late.document.edits(&hashes).unwrap();
        let said = left[0].said(late.document.kind());
        assert_eq!(said.keys().collect::<Vec<_>>(), [path]);
        assert!(
            !said[path].as_str().unwrap().contains("belde"),
            "only what they wrote"
        );
    }
}

#[test]
fn a_number_that_is_typed_otherwise_is_the_same_number() {
    let synced = Copy::new(
        "contact",
        json!({ "name": "Kees", "met": "Bel 06 12345678" }),
    );
    let mut late = synced.on(2);
    late.edit(3, json!({ "cares_about": "liever op 0612345678" }));
    let mut anew = anew(&synced, &[take("met", None, "")]);
    assert_eq!(made_again(&synced, &late, &mut anew).left.len(), 1);
}

#[test]
fn an_edit_in_an_entry_that_went_is_not_lost_in_silence() {
    let ways = json!({ "k": { "kind": "phone", "value": "0612345678" } });
    let synced = Copy::new("contact", json!({ "name": "Kees", "ways": ways }));
    let mut late = synced.on(2);
    late.edit(3, json!({ "ways": { "k": { "label": "na zessen" } } }));
    let mut anew = anew(&synced, &[take("ways/k", None, "")]);
    assert_eq!(made_again(&synced, &late, &mut anew).left.len(), 1);
    assert!(!anew.fields().unwrap().contains_key("ways"));
}

#[test]
fn what_an_epoch_never_held_need_not_be_taken_out_again() {
    let copy = note("Fatima belde");
    let takes = [take("text", Some("Fatima"), "iemand")];
    assert!(copy.document.ever_held(&takes).unwrap());
    assert!(!anew(&copy, &takes).ever_held(&takes).unwrap());
    assert!(
        !copy
            .document
            .ever_held(&[take("text", Some("Kees"), "")])
            .unwrap()
    );
    let mut before = copy;
    before.edit(4, json!({ "text": "iemand belde" }));
    assert!(
        before.document.ever_held(&takes).unwrap(),
        "it is still in the history"
    );
}
