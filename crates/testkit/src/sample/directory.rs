//! What comes from fixed lists: neighbourhoods, themes, institutions, school holidays.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::{Value, json};

use super::lexicon::LEXICON;
use super::town::{Kind, Town};

/// School holidays: name, a day it starts near (month, day), and its weeks. The dates are invented.
const HOLIDAYS: [(&str, u32, u32, u64); 5] = [
    ("voorjaarsvakantie", 2, 20, 1),
    ("meivakantie", 4, 25, 2),
    ("zomervakantie", 7, 11, 6),
    ("herfstvakantie", 10, 16, 1),
    ("kerstvakantie", 12, 20, 2),
];

/// The records of the fixed lists.
pub(super) fn records(town: &Town) -> Vec<Value> {
    let mut records: Vec<Value> = Vec::new();
    records.extend(town.areas.iter().enumerate().map(|(number, (name, _))| {
        json!({
            "kind": "neighbourhood",
            "id": town.id(Kind::Neighbourhood, number),
            "name": name,
            // Municipality 0000 does not exist.
            "code": format!("BU0000{:04}", 101 + number),
            "year": town.today.year(),
            "district": "Ooievaarsdam-Oost",
        })
    }));
    let themes = LEXICON.lines("themes").iter().enumerate();
    records.extend(themes.map(|(number, line)| theme(town, number, line)));
    let organisations = LEXICON.lines("organisations").iter().enumerate();
    records.extend(organisations.map(|(number, line)| organisation(town, number, line)));
    records.extend(holidays(town));
    records
}

fn theme(town: &Town, number: usize, line: &str) -> Value {
    let (name, words) = line.split_once(':').unwrap_or((line, ""));
    let words: Vec<&str> = words.split(',').map(str::trim).collect();
    json!({"kind": "theme", "id": town.id(Kind::Theme, number), "name": name, "words": words})
}

fn organisation(town: &Town, number: usize, line: &str) -> Value {
    let mut parts = line.split('|').map(str::trim);
    let mut part = || parts.next().unwrap_or_default();
    let (name, sort, about, mailbox) = (part(), part(), part(), part());
    let streets = town.areas.get(number % town.areas.len().max(1));
    let street = streets.and_then(|(_, streets)| streets.get(number % streets.len().max(1)));
    json!({
        "kind": "organisation",
        "id": town.id(Kind::Organisation, number),
        "name": name,
        "sort": sort,
        "about": about,
        "ways": [
            {"kind": "email", "value": format!("{mailbox}@example.org")},
            {"kind": "phone", "value": format!("+31600{:06}", 990_000 + number), "label": "balie"},
        ],
        "street": street,
        "house_number": (number * 7 + 2).to_string(),
        "town": super::people::TOWN,
    })
}

fn holidays(town: &Town) -> impl Iterator<Item = Value> {
    let year = town.today.year();
    (year - 1..=year + 1)
        .flat_map(|year| HOLIDAYS.into_iter().map(move |holiday| (year, holiday)))
        .enumerate()
        .filter_map(move |(number, (year, (name, month, day, weeks)))| {
            let near = NaiveDate::from_ymd_opt(year, month, day)?;
            let start = near.week(Weekday::Sat).first_day();
            // From a Saturday to a Sunday.
            let end = start + Days::new(weeks * 7 + 1);
            Some(json!({
                "kind": "holiday",
                "id": town.id(Kind::Holiday, number),
                "name": name,
                "start": start.to_string(),
                "end": end.to_string(),
            }))
        })
}
