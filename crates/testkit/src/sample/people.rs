//! People: who they are, with whom they live, what they can do.

use serde_json::{Value, json};

use super::dice::{Dice, Purpose};
use super::groups;
use super::lexicon::LEXICON;
use super::phrase::{capital, phrase};
use super::town::{Kind, Town, put};

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
                (groups::households(town), 4)
            } else {
                (groups::porches(town), 6)
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

/// A contact.
pub(super) fn contact(town: &Town, number: usize) -> Value {
    let mut dice = Dice::of(town.seed, Purpose::Contact, number);
    let Some(person) = town.people.get(number) else {
        return Value::Null;
    };
    let consent = dice.weighted(&[(6, "given"), (3, "not_asked"), (1, "refused")]);
    let mut record = json!({
        "kind": "contact",
        "id": town.id(Kind::Contact, number),
        "name": person.name(),
        "ways": ways(person, number, &mut dice),
        "neighbourhood": town.id(Kind::Neighbourhood, person.area),
        "roles": roles(&mut dice),
        "languages": languages(person, &mut dice),
        "talents": talents(&mut dice),
        "consent": consent,
        "attention": dice.percent(4),
        "archived": dice.percent(2),
    });
    if !person.is_first_name_only {
        put(&mut record, "street", json!(person.street));
        put(
            &mut record,
            "house_number",
            json!(house_number(person, &mut dice)),
        );
        put(&mut record, "postcode", json!(postcode(person)));
        put(&mut record, "town", json!(TOWN));
    }
    if dice.percent(40) {
        let cares_about = phrase("cares", &mut dice, &|_, _| None);
        put(&mut record, "cares_about", json!(capital(&cares_about)));
    }
    if dice.percent(60) {
        put(
            &mut record,
            "met",
            json!(super::notes::about(town, number, "met", &mut dice)),
        );
    }
    if consent != Some("not_asked") {
        let made = town.made(Kind::Contact, number).date_naive();
        put(&mut record, "consent_on", json!(made.to_string()));
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
