//! People: who they are, with whom they live, what they can do, whom they know.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::dice::{Dice, Purpose};
use super::lexicon::LEXICON;
use super::phrase::phrase;
use super::town::{Kind, Town};

/// A town that does not exist.
pub(super) const TOWN: &str = "Ooievaarsdam";

/// What must be known of a person to write about them.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) language: &'static str,
    pub(super) area: usize,
    pub(super) street: &'static str,
    pub(super) house_number: usize,
    /// Known by the first name only, as happens in the street.
    pub(super) is_first_name_only: bool,
}

impl Person {
    /// Thrown for the number, but people of one household share their address and mostly their family name, and a porch
    /// shares its street.
    pub(super) fn of(town: &Town, number: usize) -> Self {
        let mut dice = Dice::of(town.seed, Purpose::Person, number);
        let languages: Vec<_> = LEXICON.all("given").collect();
        let (language, given) = if dice.percent(40) {
            ("Nederlands", LEXICON.lines("given Nederlands"))
        } else {
            dice.pick(&languages).unwrap_or(("Nederlands", &[]))
        };
        let area = dice.below(town.areas.len());
        let streets = town.areas.get(area).map_or(&[][..], |(_, streets)| streets);
        let mut person = Self {
            given: dice.pick(given).unwrap_or_default(),
            family: dice
                .pick(LEXICON.lines(&format!("family {language}")))
                .unwrap_or_default(),
            language,
            area,
            street: dice.pick(streets).unwrap_or_default(),
            house_number: 1 + dice.below(180),
            is_first_name_only: dice.percent(8),
        };
        let home = Home::of(town, number);
        if let Some(head) = home.first.and_then(|first| town.people.get(first)) {
            (person.area, person.street) = (head.area, head.street);
            person.house_number = head.house_number + home.step;
            if home.step == 0 && dice.percent(75) {
                (person.family, person.language) = (head.family, head.language);
                person.given = dice
                    .pick(LEXICON.lines(&format!("given {}", head.language)))
                    .unwrap_or_default();
            }
            person.is_first_name_only = false;
        }
        person
    }

    pub(super) fn name(&self) -> String {
        if self.is_first_name_only {
            return self.given.to_owned();
        }
        format!("{} {}", self.given, self.family)
    }
}

/// Whom a person lives with.
struct Home {
    /// The number of the first of the household or porch, when the person is a later one.
    first: Option<usize>,
    /// How far the house number is from the first's.
    step: usize,
}

impl Home {
    fn of(town: &Town, number: usize) -> Self {
        for group in 0..2 {
            let (count, width) = if group == 0 {
                (households(town), 4)
            } else {
                (porches(town), 6)
            };
            let spread = town.size.contacts / count.max(1);
            if count == 0 || spread < 12 {
                continue;
            }
            let place = number % spread;
            let start = group * 6;
            if (start + 1..start + width).contains(&place) && number / spread < count {
                let step = if group == 0 { 0 } else { (place - start) * 2 };
                return Self {
                    first: Some(number - (place - start)),
                    step,
                };
            }
        }
        Self {
            first: None,
            step: 0,
        }
    }
}

/// A third of the groups are households.
fn households(town: &Town) -> usize {
    town.size.groups / 3
}

/// A fifth are porches.
fn porches(town: &Town) -> usize {
    town.size.groups / 5
}

/// A contact.
pub(super) fn contact(town: &Town, number: usize) -> Value {
    let mut dice = Dice::of(town.seed, Purpose::Contact, number);
    let Some(person) = town.people.get(number) else {
        return Value::Null;
    };
    let consent = dice.weighted(&[(6, "given"), (3, "not_asked"), (1, "refused")]);
    let is_asked = consent != Some("not_asked");
    let mut record = json!({
        "kind": "contact",
        "id": town.id(Kind::Contact, number),
        "name": person.name(),
        "ways": ways(person, number, &mut dice),
        "roles": roles(&mut dice),
        "languages": languages(person, &mut dice),
        "talents": talents(&mut dice),
        "consent": consent,
        "attention": dice.percent(4),
        "archived": dice.percent(2),
    });
    let made = town.made(Kind::Contact, number).date_naive();
    let mut set = |field: &str, value: Value| {
        if let Some(record) = record.as_object_mut() {
            record.insert(field.to_owned(), value);
        }
    };
    if !person.is_first_name_only {
        set("street", json!(person.street));
        set("house_number", json!(house_number(person, &mut dice)));
        set("postcode", json!(postcode(person)));
        set("town", json!(TOWN));
    }
    set(
        "neighbourhood",
        json!(town.id(Kind::Neighbourhood, person.area)),
    );
    if dice.percent(40) {
        set(
            "cares_about",
            json!(super::phrase::capital(&phrase(
                "cares",
                &mut dice,
                &|_, _| None
            ))),
        );
    }
    if dice.percent(60) {
        set(
            "met",
            json!(super::notes::about(town, number, "met", &mut dice)),
        );
    }
    if is_asked {
        set("consent_on", json!(made.to_string()));
    }
    record
}

fn ways(person: &Person, number: usize, dice: &mut Dice) -> Vec<Value> {
    let mut ways = Vec::new();
    if dice.percent(65) {
        let label = dice.weighted(&[
            (5, ""),
            (3, "mobiel"),
            (1, "liefst appen"),
            (1, "na vijf uur"),
        ]);
        ways.push(json!({"kind": "phone", "value": format!("+31600{number:06}"), "label": label}));
    }
    if dice.percent(28) {
        let plain = |name: &str| -> String {
            domain::projection::fold(name)
                .chars()
                .filter(char::is_ascii_alphabetic)
                .collect()
        };
        let host = if dice.percent(80) {
            "example.nl"
        } else {
            "example.org"
        };
        let user = format!("{}.{}{number}", plain(person.given), plain(person.family));
        ways.push(json!({"kind": "email", "value": format!("{user}@{host}")}));
    }
    ways
}

fn roles(dice: &mut Dice) -> Vec<&'static str> {
    let first = dice.weighted(&[
        (70, "resident"),
        (8, "volunteer"),
        (5, "key_figure"),
        (8, "professional"),
        (3, "entrepreneur"),
        (3, "official"),
        (1, "politician"),
        (2, "other"),
    ]);
    let mut roles: Vec<&str> = first.into_iter().collect();
    if first == Some("resident") {
        roles.extend(dice.percent(15).then_some("volunteer"));
        roles.extend(dice.percent(8).then_some("key_figure"));
    }
    roles
}

fn languages(person: &Person, dice: &mut Dice) -> Vec<&'static str> {
    let mut languages = Vec::new();
    if person.language == "Nederlands" || dice.percent(90) {
        languages.push("Nederlands");
    }
    if person.language != "Nederlands" {
        languages.push(person.language);
    } else if dice.percent(20) {
        languages.push("Engels");
    }
    languages
}

fn talents(dice: &mut Dice) -> Vec<Value> {
    let count = dice.weighted(&[(6, 0), (3, 1), (1, 2)]).unwrap_or_default();
    let talents = (0..count).filter_map(|_| dice.pick(LEXICON.lines("kunnen")));
    let talents: Vec<&str> = talents.collect();
    talents
        .into_iter()
        .map(|text| json!({"text": text, "offered": dice.percent(55)}))
        .collect()
}

fn house_number(person: &Person, dice: &mut Dice) -> String {
    let addition = dice.weighted(&[
        (80, ""),
        (5, " A"),
        (5, " bis"),
        (3, " B"),
        (4, "-2"),
        (3, "-3"),
    ]);
    format!("{}{}", person.house_number, addition.unwrap_or_default())
}

/// Dutch postcodes never end in these letters.
fn postcode(person: &Person) -> String {
    let letters = ["SA", "SD", "SS"]
        .get(person.street.len() % 3)
        .copied()
        .unwrap_or("SA");
    format!("{} {letters}", 2101 + person.area)
}

/// A household, a porch or another group.
pub(super) fn group(town: &Town, number: usize) -> Value {
    let mut dice = Dice::of(town.seed, Purpose::Group, number);
    let contacts = town.size.contacts;
    let (households, porches) = (households(town), porches(town));
    let (kind, members): (&str, Vec<usize>) = if number < households {
        let first = number * (contacts / households);
        let size = 2 + dice.below(3);
        ("household", (first..first + size).collect())
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
    let members: BTreeSet<usize> = members
        .into_iter()
        .filter(|&member| member < contacts)
        .collect();
    let head = members.first().and_then(|&first| town.people.get(first));
    let (name, street, house_number) = match (kind, head) {
        ("household", Some(head)) => (
            format!("Familie {}", head.family),
            head.street,
            head.house_number.to_string(),
        ),
        ("porch", Some(head)) => {
            let last = head.house_number + 10;
            let numbers = format!("{}-{last}", head.house_number);
            (
                format!("Portiek {} {numbers}", head.street),
                head.street,
                numbers,
            )
        }
        _ => (
            group_name(town, number - households - porches),
            "",
            String::new(),
        ),
    };
    json!({
        "kind": "group",
        "id": town.id(Kind::Group, number),
        "name": name,
        "group_kind": kind,
        "members": members.iter().map(|&member| town.id(Kind::Contact, member)).collect::<Vec<_>>(),
        "street": street,
        "house_number": house_number,
    })
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
    let (households, kin) = (households(town), ["parent_of", "partner_of", "family_of"]);
    let mut from = dice.mostly_low(contacts);
    let mut to = (from + 1 + dice.below(contacts - 1)) % contacts;
    let mut kind = dice.weighted(&[
        (25, "kin"),
        (18, "neighbour_of"),
        (27, "knows"),
        (10, "helps"),
        (8, "member_of"),
        (4, "works_at"),
        (6, "volunteers_at"),
        (2, "chairs"),
    ]);
    if kind == Some("kin") {
        kind = dice.pick(&kin);
        if households > 0 && contacts / households >= 2 {
            from = dice.below(households) * (contacts / households);
            to = from + 1;
        }
    }
    let is_work = kind
        .is_some_and(|kind| ["member_of", "works_at", "volunteers_at", "chairs"].contains(&kind));
    let target = if is_work {
        town.id(Kind::Organisation, dice.below(town.organisations.len()))
    } else {
        town.id(Kind::Contact, to)
    };
    let remark = dice
        .percent(40)
        .then(|| dice.pick(LEXICON.lines("organisatie_remark")))
        .flatten();
    json!({
        "kind": "relation",
        "id": town.id(Kind::Relation, number),
        "relation_kind": kind,
        "from": town.id(Kind::Contact, from),
        "to": target,
        "remark": remark,
    })
}
