//! Reads cards: which property becomes which value.

use std::borrow::Cow;
use std::collections::HashMap;
use std::panic::catch_unwind;

use calcard::vcard::{
    VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardType,
    VCardValue,
};
use domain::{RecordId, WayKind};

use super::split::{Part, split};
use super::{LABEL, LANGUAGE, OFFERED};
use crate::address::{self, Address};
use crate::collect::Collector;
use crate::draft::Draft;
use crate::{name, text};

/// Reads the cards of a file.
pub(crate) fn read(content: &[u8], found: &mut Collector) {
    let content =
        text::utf16(content).map_or(Cow::Borrowed(content), |t| Cow::Owned(t.into_bytes()));
    for part in split(&content) {
        if found.is_full() {
            return;
        }
        match part {
            Part::Card {
                line,
                bytes,
                truncated,
            } => read_card(line, &bytes, truncated, found),
            Part::TooLong { line, start } => {
                found.unreadable(line, "too_long", &text::decode_bytes(&start));
            }
            Part::Outside { line, start } => {
                found.unreadable(line, "not_a_card", &text::decode_bytes(&start));
            }
        }
    }
}

fn read_card(line: u32, bytes: &[u8], truncated: bool, found: &mut Collector) {
    let text = card_text(bytes);
    // What calcard makes of hostile bytes is not in our hands; a card that trips it up is one unreadable card.
    let Ok(Ok(card)) = catch_unwind(|| VCard::parse(&text)) else {
        return found.unreadable(line, "not_a_card", inner(&text));
    };
    let Some(kind) = kind(&card) else {
        return found.unreadable(line, "not_a_person", inner(&text));
    };
    let mut draft = Draft::default();
    if truncated {
        draft.leave_out("truncated", "card");
    }
    let is_quoted_printable = text.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
    Card::new(&card, is_quoted_printable).read_into(&mut draft, kind);
    match draft.finish(kind) {
        Some((fields, left_out)) => found.row(line, kind, id(&card), fields, left_out),
        None if truncated => found.unreadable(line, "truncated", inner(&text)),
        None => found.unreadable(line, "no_name", inner(&text)),
    }
}

/// The text of one card. Some programs fold in the middle of a letter, so it is unfolded when it is no UTF-8 as it is.
fn card_text(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut unfolded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        match rest {
            [b'\r', b'\n', b' ' | b'\t', after @ ..] => rest = after,
            _ => {
                unfolded.push(byte);
                rest = after;
            }
        }
    }
    match String::from_utf8(unfolded) {
        Ok(text) => Cow::Owned(text),
        Err(_) => text::decode_bytes(bytes),
    }
}

/// What stands between `BEGIN` and `END`, to show.
fn inner(text: &str) -> &str {
    let text = text.strip_prefix("BEGIN:VCARD\r\n").unwrap_or(text);
    text.strip_suffix("END:VCARD\r\n").unwrap_or(text)
}

/// The kind of record a card becomes; nothing for a card of a program or a device.
fn kind(card: &VCard) -> Option<&'static str> {
    let value = |name: &str| {
        let mut entries = card.entries.iter();
        let entry = entries.find(|entry| entry.name.as_str().eq_ignore_ascii_case(name))?;
        Some(first_text(entry)?.trim().to_ascii_lowercase())
    };
    let word = value("KIND").or_else(|| value("X-ADDRESSBOOKSERVER-KIND"));
    match word.as_deref().unwrap_or_default() {
        "org" | "location" => Some("organisation"),
        "group" => Some("group"),
        "application" | "device" => None,
        _ if value("X-ABShowAs").is_some_and(|word| word == "company") => Some("organisation"),
        _ => Some("contact"),
    }
}

/// The id of a card, when its `UID` is a UUID.
fn id(card: &VCard) -> Option<String> {
    uuid(card.uid()?)
}

fn uuid(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = text
        .get(..9)
        .filter(|start| start.eq_ignore_ascii_case("urn:uuid:"));
    let text = bare.and_then(|_| text.get(9..)).unwrap_or(text);
    let is_plain = text.len() == 36;
    text.parse::<RecordId>()
        .ok()
        .filter(|_| is_plain)
        .map(|id| id.to_string())
}

/// A card with the labels of its groups at hand.
struct Card<'a> {
    card: &'a VCard,
    labels: HashMap<&'a str, &'a str>,
    is_quoted_printable: bool,
}

impl<'a> Card<'a> {
    fn new(card: &'a VCard, is_quoted_printable: bool) -> Self {
        let labels = card
            .entries
            .iter()
            .filter(|entry| entry.name.as_str().eq_ignore_ascii_case(LABEL))
            .filter_map(|entry| Some((entry.group.as_deref()?, first_text(entry)?)))
            .collect();
        Self {
            card,
            labels,
            is_quoted_printable,
        }
    }

    fn read_into(&self, draft: &mut Draft, kind: &str) {
        self.names(draft, kind);
        self.addresses(draft);
        let position: Vec<String> = [
            VCardProperty::Title,
            VCardProperty::Role,
            VCardProperty::Org,
        ]
        .iter()
        .flat_map(|property| self.card.properties(property))
        .map(|entry| self.joined(entry, ", "))
        .filter(|text| !(text.is_empty() || draft.role(text)))
        .collect();
        if kind == "contact" || position.len() > 1 {
            draft.remark(&position.join(", "));
        }
        for entry in &self.card.entries {
            self.property(entry, draft);
        }
        draft.name_from_email();
    }

    /// `FN`, else the parts of `N`, a nickname, the organisation, an e-mail address.
    fn names(&self, draft: &mut Draft, kind: &str) {
        let all =
            |property: VCardProperty| self.card.entries.iter().filter(move |e| e.name == property);
        if kind == "organisation" {
            all(VCardProperty::Org).for_each(|entry| draft.name(&self.joined(entry, ", ")));
        }
        all(VCardProperty::Fn).for_each(|entry| draft.name(&self.joined(entry, " ")));
        for entry in all(VCardProperty::N) {
            let parts = self.components(entry);
            let part = |at: usize| parts.get(at).map_or("", String::as_str);
            draft.name(&name::said(&[part(1), part(2), part(0)]));
        }
        for property in [VCardProperty::Nickname, VCardProperty::Org] {
            all(property).for_each(|entry| draft.name(&self.joined(entry, ", ")));
        }
    }

    /// The home address, else the first.
    fn addresses(&self, draft: &mut Draft) {
        let mut entries: Vec<&VCardEntry> = self.card.properties(&VCardProperty::Adr).collect();
        entries.sort_by_key(|entry| !has_type(entry, &VCardType::Home));
        for entry in entries {
            draft.address(&address(&self.components(entry)));
        }
    }

    fn property(&self, entry: &VCardEntry, draft: &mut Draft) {
        let text = self.joined(entry, ", ");
        let label = || self.label(entry);
        match entry.name.as_str().to_ascii_uppercase().as_str() {
            "TEL" => draft.phone(&text, &label()),
            "EMAIL" => draft.email(&text, &label()),
            "URL" => draft.way(WayKind::Web, &text, &label()),
            "IMPP" | "SOCIALPROFILE" | "X-SOCIALPROFILE" => {
                draft.way(WayKind::Other, &text, &label());
            }
            "X-SKYPE" | "X-SKYPE-USERNAME" => draft.way(WayKind::Other, &text, "Skype"),
            "X-JABBER" => draft.way(WayKind::Other, &text, "Jabber"),
            "NOTE" => draft.note(&text),
            "LANG" | LANGUAGE => draft.language(&text),
            "INTEREST" => draft.cares_about(&text),
            "EXPERTISE" | "HOBBY" => draft.talent(&text, parameter(entry, OFFERED).is_some()),
            "CATEGORIES" => {
                for word in self.components(entry) {
                    draft.role(&word);
                }
            }
            "MEMBER" | "X-ADDRESSBOOKSERVER-MEMBER" => {
                if let Some(id) = uuid(&text) {
                    draft.member(id);
                }
            }
            _ => {}
        }
    }

    /// The label of the group, else what the types say.
    fn label(&self, entry: &VCardEntry) -> String {
        let label = entry
            .group
            .as_deref()
            .and_then(|group| self.labels.get(group));
        if let Some(label) = label {
            return self.repaired((*label).to_owned());
        }
        let known = [
            (VCardType::Fax, "fax"),
            (VCardType::Cell, "mobiel"),
            (VCardType::Work, "werk"),
            (VCardType::Home, "thuis"),
            (VCardType::Textphone, "teksttelefoon"),
        ];
        let word = known
            .iter()
            .find(|(known, _)| has_type(entry, known))
            .map(|(_, word)| *word);
        let service = || {
            let name = entry
                .parameters(&VCardParameterName::ServiceType)
                .next()
                .or_else(|| parameter(entry, "TYPE"));
            name.and_then(VCardParameterValue::as_text)
                .unwrap_or_default()
        };
        word.unwrap_or_else(service).to_owned()
    }

    /// All values of a property as one text.
    fn joined(&self, entry: &VCardEntry, separator: &str) -> String {
        let values: Vec<String> = self
            .components(entry)
            .into_iter()
            .filter(|value| !value.trim().is_empty())
            .collect();
        values.join(separator)
    }

    /// The values of a property, in their places.
    fn components(&self, entry: &VCardEntry) -> Vec<String> {
        let text = |value: &VCardValue| match value {
            VCardValue::Text(text) => text.clone(),
            VCardValue::Component(parts) => parts.join(" "),
            VCardValue::Integer(number) => number.to_string(),
            VCardValue::Float(number) => number.to_string(),
            VCardValue::Binary(_)
            | VCardValue::Boolean(_)
            | VCardValue::PartialDateTime(_)
            | VCardValue::Sex(_)
            | VCardValue::GramGender(_)
            | VCardValue::Kind(_) => String::new(),
        };
        entry
            .values
            .iter()
            .map(|value| self.repaired(text(value)))
            .collect()
    }

    /// Quoted-printable without a charset is read as Latin-1, as vCard 2.1 says; most of it is UTF-8 all the same.
    fn repaired(&self, value: String) -> String {
        if self.is_quoted_printable {
            text::without_mojibake(value)
        } else {
            value
        }
    }
}

/// The parts of `ADR`: post office box, extension, street, town, region, postcode, country, and those of RFC 9554.
fn address(parts: &[String]) -> Address {
    const NUMBER: usize = 10;
    const STREET: usize = 11;
    let part = |at: usize| parts.get(at).map_or("", |part| part.trim());
    let mut found = Address::read(part(2));
    if found.street.is_empty() {
        found.street = part(STREET).to_owned();
        found.house_number = part(NUMBER).to_owned();
    }
    if found.house_number.is_empty() && part(1).starts_with(|c: char| c.is_ascii_digit()) {
        found.house_number = part(1).to_owned();
    }
    if found.street.is_empty() && !part(0).is_empty() {
        let is_number = part(0).chars().all(|c| c.is_ascii_digit());
        found.street = if is_number {
            format!("Postbus {}", part(0))
        } else {
            part(0).to_owned()
        };
    }
    if !part(3).is_empty() {
        found.town = part(3).to_owned();
    }
    if !part(5).is_empty() {
        found.postcode = address::postcode(part(5));
    }
    found
}

fn first_text(entry: &VCardEntry) -> Option<&str> {
    entry.values.first().and_then(VCardValue::as_text)
}

fn has_type(entry: &VCardEntry, wanted: &VCardType) -> bool {
    entry
        .parameters(&VCardParameterName::Type)
        .any(|value| matches!(value, VCardParameterValue::Type(found) if found == wanted))
}

/// A parameter that calcard does not know by name.
fn parameter<'a>(entry: &'a VCardEntry, name: &str) -> Option<&'a VCardParameterValue> {
    entry
        .params
        .iter()
        .find(|parameter| matches!(&parameter.name, VCardParameterName::Other(other) if other.eq_ignore_ascii_case(name)))
        .map(|parameter| &parameter.value)
}
