//! A row of a table as a contact.

use ::csv::StringRecord;
use domain::{Consent, WayKind};

use super::columns::Columns;
use super::header::Column;
use crate::address::{self, Address};
use crate::draft::Draft;
use crate::{name, phone};

/// The marks between several values in one cell: Google's, and those of people.
const BETWEEN: [&str; 4] = [" ::: ", ";", "\n", "|"];

/// The parts of a contact that stand in several columns.
#[derive(Default)]
struct Parts<'a> {
    whole: Option<&'a str>,
    given: Option<&'a str>,
    middle: Option<&'a str>,
    family: Option<&'a str>,
    organisation: Option<&'a str>,
    position: Option<&'a str>,
    addition: Option<&'a str>,
    nickname: Option<&'a str>,
    address: Address,
}

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
            Column::Address => parts.whole_address(cell),
            _ => parts.part(column, cell),
        }
    }
    parts.into_draft(columns, &mut draft);
    draft
}

impl<'a> Parts<'a> {
    /// The first cell of each kind counts: Outlook has a column for every address.
    fn part(&mut self, column: Column, cell: &'a str) {
        let address = &mut self.address;
        let slot = match column {
            Column::Name => &mut self.whole,
            Column::Given => &mut self.given,
            Column::Middle => &mut self.middle,
            Column::Family => &mut self.family,
            Column::Nickname => &mut self.nickname,
            Column::Organisation => &mut self.organisation,
            Column::Position => &mut self.position,
            Column::Addition => &mut self.addition,
            Column::Street => return fill(&mut address.street, cell),
            Column::HouseNumber => return fill(&mut address.house_number, cell),
            Column::Postcode => return fill(&mut address.postcode, &address::postcode(cell)),
            Column::Town => return fill(&mut address.town, cell),
            _ => return,
        };
        slot.get_or_insert(cell);
    }

    fn whole_address(&mut self, cell: &str) {
        let read = Address::read(cell);
        let address = &mut self.address;
        fill(&mut address.street, &read.street);
        fill(&mut address.house_number, &read.house_number);
        fill(&mut address.postcode, &read.postcode);
        fill(&mut address.town, &read.town);
    }

    fn into_draft(mut self, columns: &Columns, draft: &mut Draft) {
        self.names(columns, draft);
        if self.address.house_number.is_empty() {
            let (street, number) = address::split_street(&self.address.street);
            self.address.street = street;
            self.address.house_number = number;
        }
        let addition = self.addition.unwrap_or_default();
        self.address.house_number = address::with_addition(&self.address.house_number, addition);
        draft.address(&self.address);
        let position: Vec<&str> = [self.position, self.organisation].into_iter().flatten().collect();
        draft.remark(&position.join(", "));
    }

    fn names(&self, columns: &Columns, draft: &mut Draft) {
        let text = Option::unwrap_or_default;
        let is_family = columns.has(Column::Given) && !columns.has(Column::Family);
        let family = if is_family { text(self.whole) } else { text(self.family) };
        let whole = if is_family { "" } else { text(self.whole) };
        let family = name::in_order(family);
        draft.name(&name::in_order(whole));
        draft.name(&name::said(&[text(self.given), text(self.middle), &family]));
        draft.name(text(self.nickname));
        draft.name(text(self.organisation));
        draft.name_from_email();
    }
}

fn fill(part: &mut String, cell: &str) {
    if part.is_empty() {
        cell.clone_into(part);
    }
}

/// The values of a cell that may hold several.
fn several(cell: &str) -> impl Iterator<Item = &str> {
    let between = BETWEEN.into_iter().find(|mark| cell.contains(mark)).unwrap_or("\n");
    cell.split(between).map(str::trim).filter(|value| !value.is_empty())
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
