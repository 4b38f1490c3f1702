//! Households, porches and other groups, and who is linked with whom.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::dice::{Dice, Purpose};
use super::lexicon::LEXICON;
use super::town::{Kind, Town, put};

/// How two are linked, and how often that occurs.
const RELATIONS: [(usize, &str); 8] = [
    (25, KIN),
    (18, "neighbour_of"),
    (27, "knows"),
    (10, "helps"),
    (8, "member_of"),
    (4, "works_at"),
    (6, "volunteers_at"),
    (2, "chairs"),
];
/// Stands for one of the links within a household.
const KIN: &str = "kin";
const KINSHIP: [&str; 3] = ["parent_of", "partner_of", "family_of"];
/// The links of a person with an institution.
const WORK: [&str; 4] = ["member_of", "works_at", "volunteers_at", "chairs"];

/// A third of the groups are households.
pub(super) fn households(town: &Town) -> usize {
    town.size.groups / 3
}

/// A fifth are porches.
pub(super) fn porches(town: &Town) -> usize {
    town.size.groups / 5
}

/// A household, a porch or another group.
pub(super) fn group(town: &Town, number: usize) -> Value {
    let (kind, members) = members(town, number);
    let head = members.first().and_then(|&first| town.people.get(first));
    let ids = members.iter().map(|&member| town.id(Kind::Contact, member));
    let mut record = json!({
        "kind": "group",
        "id": town.id(Kind::Group, number),
        "group_kind": kind,
        "members": ids.collect::<Vec<_>>(),
    });
    let Some(head) = head.filter(|_| kind != "group") else {
        let others = households(town) + porches(town);
        put(
            &mut record,
            "name",
            json!(group_name(town, number.saturating_sub(others))),
        );
        return record;
    };
    let (name, house_number) = if kind == "household" {
        (
            format!("Familie {}", head.family),
            head.house_number.to_string(),
        )
    } else {
        let numbers = format!("{}-{}", head.house_number, head.house_number + 10);
        (format!("Portiek {} {numbers}", head.street), numbers)
    };
    put(&mut record, "name", json!(name));
    put(&mut record, "street", json!(head.street));
    put(&mut record, "house_number", json!(house_number));
    record
}

/// The kind of a group, and the numbers of who is in it. Households and porches follow on each other as
/// [`Person::of`](super::people::Person::of) lays them out.
fn members(town: &Town, number: usize) -> (&'static str, BTreeSet<usize>) {
    let mut dice = Dice::of(town.seed, Purpose::Group, number);
    let contacts = town.size.contacts;
    let (households, porches) = (households(town), porches(town));
    let (kind, mut members): (_, BTreeSet<usize>) = if number < households {
        let first = number * (contacts / households);
        ("household", (first..first + 2 + dice.below(3)).collect())
    } else if number < households + porches {
        let first = (number - households) * (contacts / porches) + 6;
        ("porch", (first..first + 6).collect())
    } else {
        let size = 4 + dice.below(10);
        (
            "group",
            (0..size).map(|_| dice.mostly_low(contacts)).collect(),
        )
    };
    members.retain(|&member| member < contacts);
    (kind, members)
}

fn group_name(town: &Town, number: usize) -> String {
    let names = LEXICON.lines("groups");
    let name = names
        .get(number % names.len().max(1))
        .copied()
        .unwrap_or_default();
    match number / names.len().max(1) {
        0 => name.to_owned(),
        round => {
            let area = town.areas.get((round - 1) % town.areas.len().max(1));
            format!("{name} {}", area.map_or("", |(area, _)| area))
        }
    }
}

/// How two people, or a person and an institution, are linked.
pub(super) fn relation(town: &Town, number: usize) -> Value {
    let mut dice = Dice::of(town.seed, Purpose::Relation, number);
    let contacts = town.size.contacts;
    let mut from = dice.mostly_low(contacts);
    let mut to = (from + 1 + dice.below(contacts - 1)) % contacts;
    let mut kind = dice.weighted(&RELATIONS).unwrap_or("knows");
    if kind == KIN {
        kind = dice.pick(&KINSHIP).unwrap_or("family_of");
        let households = households(town);
        if households > 0 && contacts / households >= 2 {
            from = dice.below(households) * (contacts / households);
            to = from + 1;
        }
    }
    let to = if WORK.contains(&kind) {
        town.id(Kind::Organisation, dice.below(town.organisations.len()))
    } else {
        town.id(Kind::Contact, to)
    };
    let mut record = json!({
        "kind": "relation",
        "id": town.id(Kind::Relation, number),
        "relation_kind": kind,
        "from": town.id(Kind::Contact, from),
        "to": to,
    });
    if dice.percent(40) {
        put(
            &mut record,
            "remark",
            json!(dice.pick(LEXICON.lines("relation remark"))),
        );
    }
    record
}
