//! Signals: what the notes raise, and how far it has come.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

use super::dice::{Dice, Purpose};
use super::notes::{Facts, Words, facts};
use super::phrase::{fill, phrase};
use super::town::{Kind, Town, moment, put};

/// A signal: heard in a note, and further on the longer ago that was.
pub(super) fn signal(town: &Town, number: usize) -> Value {
    let mut dice = Dice::of(town.seed, Purpose::Signal, number);
    let note = town.note_of_signal(number);
    let facts = facts(town, note.unwrap_or(number));
    let words = Words::of(town, facts, "");
    let known = |slot: &str, dice: &mut Dice| words.word(slot, dice);
    let mut title = String::new();
    fill(
        facts.topic.map_or("", |topic| topic.title),
        &mut dice,
        &known,
        &mut title,
    );
    let made = town.made(Kind::Signal, number);
    let age = (town.today - made.date_naive()).num_days();
    let state = state(age, &mut dice);
    let reporters = facts.contact.map(|contact| town.id(Kind::Contact, contact));
    let mut record = json!({
        "kind": "signal",
        "id": town.id(Kind::Signal, number),
        "title": title,
        "signal_kind": facts.topic.map(|topic| topic.kind),
        "theme": facts.topic.and_then(|topic| town.theme(topic.theme)),
        "neighbourhood": town.id(Kind::Neighbourhood, facts.area),
        "state": state,
        "reporters": reporters.into_iter().collect::<Vec<_>>(),
        "note": note.map(|note| town.id(Kind::Note, note)),
    });
    if dice.percent(50) {
        put(
            &mut record,
            "about",
            json!(phrase("detail", &mut dice, &known)),
        );
    }
    if state == "handed_over" {
        put(
            &mut record,
            "handed_to",
            json!(town.id(Kind::Organisation, facts.organisation)),
        );
    }
    if state == "solved" || state == "not_picked_up" {
        put(
            &mut record,
            "reason",
            json!(phrase(state, &mut dice, &known)),
        );
        put(&mut record, "told", json!(told(facts, &mut dice)));
        let closed = made + TimeDelta::days(dice.between(0, age.clamp(1, 60) - 1));
        put(&mut record, "closed_at", json!(moment(closed)));
    } else {
        put(
            &mut record,
            "next",
            json!(next(town, &mut dice).to_string()),
        );
    }
    record
}

/// Whether the person who told it knows how it ended.
fn told(facts: Facts, dice: &mut Dice) -> Option<&'static str> {
    match facts.contact {
        None => Some("anonymous"),
        Some(_) => dice.weighted(&[(85, "yes"), (15, "to_do")]),
    }
}

/// The next date of an open signal: sometimes it has passed.
fn next(town: &Town, dice: &mut Dice) -> NaiveDate {
    let days = dice.weighted(&[(12, (-10, -1)), (10, (0, 0)), (40, (1, 7)), (38, (8, 35))]);
    let (low, high) = days.unwrap_or((1, 7));
    town.day(dice.between(low, high))
}

fn state(age: i64, dice: &mut Dice) -> &'static str {
    let states: &[(usize, &str)] = match age {
        ..=21 => &[
            (50, "new"),
            (20, "discussed"),
            (25, "picked_up"),
            (5, "handed_over"),
        ],
        22..=120 => &[
            (5, "new"),
            (20, "discussed"),
            (35, "picked_up"),
            (20, "handed_over"),
            (15, "solved"),
            (3, "not_picked_up"),
            (2, "reopened"),
        ],
        _ => &[
            (60, "solved"),
            (15, "not_picked_up"),
            (12, "picked_up"),
            (8, "handed_over"),
            (5, "reopened"),
        ],
    };
    dice.weighted(states).unwrap_or("new")
}
