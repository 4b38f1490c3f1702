use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::document::{Document, Stamp};
use domain::ids::RecordId;
use domain::record::{Fields, kind};
use serde_json::{Value, json};
use testkit::sample::{Size, neighbourhood};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// The records with their kind, id and fields, as an import takes them.
fn records(seed: u64, size: Size) -> Vec<(String, String, Fields)> {
    neighbourhood(seed, today(), size)
        .map(|record| {
            let mut fields = record.as_object().unwrap().clone();
            let mut take = |name: &str| fields.remove(name).unwrap().as_str().unwrap().to_owned();
            (take("kind"), take("id"), fields)
        })
        .collect()
}

/// Every text in a value.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn every_record_keeps_the_rules_of_the_domain() {
    let stamp = Stamp {
        actor: domain::DeviceId([1; 8]).actor([1; 8]),
        at: DateTime::<Utc>::UNIX_EPOCH,
    };
    for seed in [1, 2, 3] {
        for (name, id, mut fields) in records(seed, Size::default()) {
            if name == "signal" {
                // Whoever takes it in becomes its owner.
                fields.insert("owner".to_owned(), json!(RecordId(uuid(1)).to_string()));
            }
            let kind = kind(&name).unwrap();
            let id: RecordId = id.parse().unwrap();
            assert_eq!(id.0.get_version_num(), 7);
            if let Err(problem) = Document::create(id, kind, &fields, &stamp) {
                panic!("{name}: {problem}: {}", Value::Object(fields));
            }
        }
    }
}

fn uuid(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(number)
}

#[test]
fn every_id_is_one_record_and_every_reference_is_answered() {
    for size in [
        Size::default(),
        Size::of(7, 90, 30),
        Size::of(1, 3, 5),
        Size::of(0, 4, 2),
        Size::of(50, 0, 3),
    ] {
        let records = records(5, size);
        let ids: HashMap<&str, &str> = records
            .iter()
            .map(|(kind, id, _)| (id.as_str(), kind.as_str()))
            .collect();
        assert_eq!(ids.len(), records.len());
        for (kind, _, fields) in &records {
            for name in [
                "neighbourhood",
                "theme",
                "handed_to",
                "note",
                "signal",
                "from",
                "to",
                "about",
                "reporters",
                "members",
            ] {
                let mut found = Vec::new();
                fields
                    .get(name)
                    .into_iter()
                    .for_each(|value| texts(value, &mut found));
                // In some kinds `about` is a text.
                found.retain(|text| {
                    !(name == "about"
                        && ["organisation", "signal", "group"].contains(&kind.as_str())
                        || text.is_empty())
                });
                for id in found {
                    assert!(ids.contains_key(id), "{kind}.{name}: {id}");
                }
            }
            if kind == "relation" {
                assert_ne!(fields["from"], fields["to"]);
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_and_another_gives_others() {
    let lines = |seed| -> Vec<String> {
        neighbourhood(seed, today(), Size::of(40, 60, 20))
            .map(|record| record.to_string())
            .collect()
    };
    assert_eq!(lines(1), lines(1));
    let (one, two): (BTreeSet<_>, BTreeSet<_>) = (
        lines(1).into_iter().collect(),
        lines(2).into_iter().collect(),
    );
    assert_eq!(one.intersection(&two).count(), 0);
}

#[test]
fn there_is_enough_of_everything_a_broker_sees_in_a_day() {
    let records = records(1, Size::default());
    let count = |kind: &str| records.iter().filter(|(name, ..)| name == kind).count();
    let counts: BTreeMap<&str, usize> = [
        "contact",
        "note",
        "signal",
        "follow_up",
        "organisation",
        "group",
        "relation",
        "theme",
        "neighbourhood",
        "holiday",
    ]
    .map(|kind| (kind, count(kind)))
    .into();
    let wanted: BTreeMap<&str, usize> = [
        ("contact", 200),
        ("note", 600),
        ("signal", 150),
        ("follow_up", 180),
        ("organisation", 16),
        ("group", 15),
        ("relation", 120),
        ("theme", 10),
        ("neighbourhood", 4),
        ("holiday", 15),
    ]
    .into();
    assert_eq!(counts, wanted);
    let of = |kind: &'static str, field: &'static str| {
        records
            .iter()
            .filter(move |(name, ..)| name == kind)
            .filter_map(move |(.., fields)| fields.get(field)?.as_str())
    };
    let states: BTreeSet<&str> = of("signal", "state").collect();
    assert_eq!(states.len(), 7, "{states:?}");
    let open: Vec<&Fields> = records
        .iter()
        .filter(|(name, _, fields)| name == "follow_up" && fields["state"] == "open")
        .map(|(.., fields)| fields)
        .collect();
    let due = |from: i64, to: i64| {
        let day = |days: i64| (today() + chrono::TimeDelta::days(days)).to_string();
        let (from, to) = (day(from), day(to));
        open.iter()
            .filter(|fields| {
                (from.as_str()..=to.as_str()).contains(&fields["due"].as_str().unwrap())
            })
            .count()
    };
    assert!(due(-30, -1) >= 8, "late");
    assert!(due(0, 0) >= 3, "today");
    assert!(due(1, 6) >= 10, "this week");
    assert!(due(7, 60) >= 15, "later");
    assert!(
        open.iter()
            .filter(|fields| fields.contains_key("waiting_for"))
            .count()
            >= 6,
        "waiting"
    );
    assert!(
        of("note", "at").all(|at| at < today().to_string().as_str()),
        "nothing was noted in the future"
    );
    assert!(of("note", "at").any(|at| at > (today() - Days::new(5)).to_string().as_str()));
}

#[test]
fn nobody_can_be_reached_and_no_number_is_anybodys() {
    for (kind, _, fields) in records(4, Size::of(400, 500, 100)) {
        let whole = Value::Object(fields);
        let mut found = Vec::new();
        texts(&whole, &mut found);
        for text in found {
            if text.parse::<RecordId>().is_err() {
                assert_eq!(domain::bsn::find(text), None, "{kind}: {text}");
            }
            assert!(
                !text.contains(['{', '}']),
                "{kind}: an empty slot in {text}"
            );
            assert!(!text.contains("  "), "{kind}: an empty word in {text}");
            if text.starts_with('+') {
                assert!(text.starts_with("+31600") && text.len() == 12, "{text}");
            }
            if text.contains('@') {
                assert!(
                    text.ends_with("@example.nl") || text.ends_with("@example.org"),
                    "{text}"
                );
            }
        }
        if let Some(postcode) = whole.get("postcode").and_then(Value::as_str) {
            assert!(
                ["SA", "SD", "SS"].iter().any(|end| postcode.ends_with(end)),
                "{postcode}"
            );
        }
    }
}

#[test]
fn many_notes_have_many_words_and_hardly_one_text_twice() {
    let size = Size::of(2_000, 10_000, 1_000);
    let notes = neighbourhood(1, today(), size).filter(|record| record["kind"] == "note");
    let texts: Vec<String> = notes
        .map(|note| note["text"].as_str().unwrap().to_owned())
        .collect();
    let words: BTreeSet<String> = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .collect();
    let different: BTreeSet<&String> = texts.iter().collect();
    println!(
        "{} words, {} of {} texts",
        words.len(),
        different.len(),
        texts.len()
    );
    assert!(words.len() > 3_000, "{}", words.len());
    assert!(
        different.len() * 100 > texts.len() * 98,
        "{}",
        different.len()
    );
}
