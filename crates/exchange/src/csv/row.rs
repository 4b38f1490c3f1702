//! A row of a table as a contact.

use std::collections::BTreeMap;

use ::csv::StringRecord;
use domain::{Consent, WayKind};

use super::columns::Columns;
use super::header::{Column, Part};
use crate::address::{self, Address};
use crate::draft::Draft;
use crate::{name, phone};

/// The marks between several values in one cell: Google's, and those of people.
const BETWEEN: [&str; 4] = [" ::: ", ";", "\n", "|"];

/// The cells of a row that make the name and the address together. The first of each counts: Outlook has a column for
/// every address.
#[derive(Default)]
struct Parts<'a>(BTreeMap<Part, &'a str>);

/// Reads a row as a contact, as far as it is one.
pub(super) fn read(columns: &Columns, row: &StringRecord) -> Draft {
    let mut draft = Draft::default();
    let mut parts = Parts::default();
    let mut label = None;
    for (column, cell) in columns.cells(row) {
        match column {
            Column::Label => label = Some(cell),
            Column::Phone(known) => phones(&mut draft, cell, label.take().unwrap_or(known)),
            Column::Email(known) => {
                let label = label.take().unwrap_or(known);
                several(cell).for_each(|value| draft.email(value, label));
            }
            Column::Web => {
                let label = label.take().unwrap_or_default();
                several(cell).for_each(|value| draft.way(WayKind::Web, value, label));
            }
            Column::OtherWay(label) => draft.way(WayKind::Other, cell, label),
            Column::Role => words(cell).for_each(|word| draft.role_or_remark(word)),
            Column::Category => words(cell).for_each(|word| {
                draft.role(word);
            }),
            Column::Language => words(cell).for_each(|word| draft.language(word)),
            Column::Note => draft.note(cell),
            Column::CaresAbout => draft.cares_about(cell),
            Column::Talent => several(cell).for_each(|talent| draft.talent(talent, false)),
            Column::Consent => consent(&mut draft, cell),
            Column::Part(part) => {
                parts.0.entry(part).or_insert(cell);
            }
            Column::Unknown => {}
        }
    }
    parts.names(columns, &mut draft);
    draft.address(&parts.address());
    let work = [Part::Position, Part::Organisation].map(|part| parts.get(part));
    let work: Vec<&str> = work.into_iter().filter(|cell| !cell.is_empty()).collect();
    draft.remark(&work.join(", "));
    draft
}

impl<'a> Parts<'a> {
    fn get(&self, part: Part) -> &'a str {
        self.0.get(&part).copied().unwrap_or_default()
    }

    fn names(&self, columns: &Columns, draft: &mut Draft) {
        let is_family = columns.has(Part::Given) && !columns.has(Part::Family);
        let (whole, family) = if is_family {
            ("", self.get(Part::Name))
        } else {
            (self.get(Part::Name), self.get(Part::Family))
        };
        let family = name::in_order(family);
        draft.name(&name::in_order(whole));
        draft.name(&name::said(&[
            self.get(Part::Given),
            self.get(Part::Middle),
            &family,
        ]));
        draft.name(self.get(Part::Nickname));
        draft.name(self.get(Part::Organisation));
        draft.name_from_email();
    }

    /// The address from its own columns, and what those do not say from the column with all of it.
    fn address(&self) -> Address {
        let whole = Address::read(self.get(Part::Address));
        let or = |part: Part, other: String| match self.get(part) {
            "" => other,
            cell => cell.to_owned(),
        };
        let mut address = Address {
            street: or(Part::Street, whole.street),
            house_number: or(Part::HouseNumber, whole.house_number),
            postcode: address::postcode(&or(Part::Postcode, whole.postcode)),
            town: or(Part::Town, whole.town),
        };
        if !self.0.contains_key(&Part::HouseNumber) {
            let (street, number) = address::split_street(&address.street);
            if !number.is_empty() {
                (address.street, address.house_number) = (street, number);
            }
        }
        let addition = self.get(Part::Addition);
        address.house_number = address::with_addition(&address.house_number, addition);
        address
    }
}

/// The values of a cell that may hold several.
fn several(cell: &str) -> impl Iterator<Item = &str> {
    let between = BETWEEN
        .into_iter()
        .find(|mark| cell.contains(mark))
        .unwrap_or("\n");
    cell.split(between)
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

fn words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', ';', '/', '|', '\n', '*', ':'])
        .flat_map(|part| part.split(" en "))
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

/// Numbers in a cell: "0600123456 / 0600123457", but "030/000 0000" is one.
fn phones(draft: &mut Draft, cell: &str, label: &str) {
    for value in several(cell) {
        let parts: Vec<&str> = value.split(['/', ',']).map(str::trim).collect();
        if parts.len() > 1 && parts.iter().all(|part| phone::looks_like_phone(part)) {
            parts.into_iter().for_each(|part| draft.phone(part, label));
        } else {
            draft.phone(value, label);
        }
    }
}

fn consent(draft: &mut Draft, cell: &str) {
    match cell.to_lowercase().as_str() {
        "ja" | "j" | "yes" | "y" | "x" | "akkoord" | "gegeven" | "given" | "true" | "1" => {
            draft.consent(Consent::Given);
        }
        "nee" | "n" | "no" | "geweigerd" | "refused" | "false" | "0" => {
            draft.consent(Consent::Refused);
        }
        _ => {}
    }
}
