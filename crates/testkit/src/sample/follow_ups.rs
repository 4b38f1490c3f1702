//! Follow-ups: promises from the notes, open and kept.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::dice::{Dice, Purpose};
use super::notes::{Words, facts};
use super::phrase::{capital, phrase};
use super::town::{Kind, Town, at, moment, put};

/// Where a promise stands: how many of a hundred, days from today that it is due, its state, and whether it waits for
/// somebody else.
const STANDS: [(usize, Stand); 7] = [
    (9, Stand::open(-12, -1)),
    (4, Stand::open(0, 0)),
    (12, Stand::open(1, 6)),
    (15, Stand::open(7, 45)),
    (
        8,
        Stand {
            waits: true,
            ..Stand::open(-3, 30)
        },
    ),
    (
        44,
        Stand {
            state: "done",
            ..Stand::open(-400, -1)
        },
    ),
    (
        8,
        Stand {
            state: "dropped",
            ..Stand::open(-300, -2)
        },
    ),
];

#[derive(Debug, Clone, Copy)]
struct Stand {
    days: (i64, i64),
    state: &'static str,
    waits: bool,
}

impl Stand {
    const fn open(low: i64, high: i64) -> Self {
        Self {
            days: (low, high),
            state: "open",
            waits: false,
        }
    }
}

/// A follow-up.
pub(super) fn follow_up(town: &Town, number: usize) -> Value {
    let mut dice = Dice::of(town.seed, Purpose::FollowUp, number);
    let stand = dice.weighted(&STANDS).unwrap_or(Stand::open(1, 6));
    let due = town.day(dice.between(stand.days.0, stand.days.1));
    let note = note_before(town, due, &mut dice);
    let signal = note.and_then(|note| town.signal_of_note(note));
    let facts = facts(town, note.unwrap_or(number));
    let about = facts.contact.map(|contact| town.id(Kind::Contact, contact));
    let words = Words::of(town, facts, "");
    let said = |section: &str, dice: &mut Dice| {
        json!(capital(
            &phrase(section, dice, &|slot, dice| words.word(slot, dice))
        ))
    };
    let what = if about.is_some() {
        "what"
    } else {
        "what anoniem"
    };
    let mut record = json!({
        "kind": "follow_up",
        "id": town.id(Kind::FollowUp, number),
        "what": said(what, &mut dice),
        "due": due.to_string(),
        "state": stand.state,
        "about": about.into_iter().collect::<Vec<_>>(),
        "note": note.map(|note| town.id(Kind::Note, note)),
        "signal": signal.map(|signal| town.id(Kind::Signal, signal)),
    });
    if dice.percent(20) {
        let (hour, quarter) = (dice.between(9, 20), dice.between(0, 3) * 15);
        put(
            &mut record,
            "time",
            json!(format!("{hour:02}:{quarter:02}")),
        );
    }
    if stand.waits {
        put(&mut record, "waiting_for", said("waiting", &mut dice));
    }
    if stand.state != "open" {
        let field = if stand.state == "done" {
            "outcome"
        } else {
            "reason"
        };
        put(&mut record, field, said(stand.state, &mut dice));
        put(
            &mut record,
            "closed_at",
            json!(moment(at(due, dice.between(9 * 60, 20 * 60)))),
        );
    }
    record
}

/// A note of the weeks before that day, or before today.
fn note_before(town: &Town, due: NaiveDate, dice: &mut Dice) -> Option<usize> {
    let last = town.notes_until(due.min(town.today)).checked_sub(1)?;
    Some(last.saturating_sub(dice.below(town.size.notes / 12 + 1)))
}
