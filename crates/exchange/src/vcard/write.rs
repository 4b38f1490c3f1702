//! Writes contacts as vCard 4.0, for the address book of a phone or a mail program.
//!
//! Consent, extra care and everything else that is the team's own stays behind; a full copy is JSON Lines.

use calcard::vcard::{
    VCard, VCardEntry, VCardParameter, VCardParameterName, VCardParameterValue, VCardProperty,
    VCardType, VCardValue, VCardVersion,
};
use domain::WayKind;
use domain::kinds::{Contact, Way};

use super::{LABEL, LANGUAGE, OFFERED};
use crate::{address, name, words};

/// Writes contacts, each with its id, as vCard 4.0 (RFC 6350). The id becomes `UID:urn:uuid:…`, by which a later file
/// finds the same person.
pub fn write_vcard(contacts: impl Iterator<Item = (String, Contact)>) -> String {
    let mut out = String::new();
    for (id, contact) in contacts {
        let written = card(&id, &contact).write_to(&mut out, VCardVersion::V4_0);
        debug_assert!(written.is_ok(), "a String takes everything");
    }
    out
}

fn card(id: &str, contact: &Contact) -> VCard {
    let mut entries = vec![
        plain(VCardProperty::Uid, format!("urn:uuid:{id}")),
        plain(VCardProperty::Fn, contact.name.clone()),
        structured_name(&contact.name),
    ];
    for (way, number) in contact.ways.values().zip(1_u32..) {
        entries.extend(way_entries(way, number));
    }
    entries.extend(address_entry(contact));
    if !contact.roles.is_empty() {
        let words = contact
            .roles
            .iter()
            .map(|role| text(words::role_word(*role)));
        entries.push(VCardEntry::new(VCardProperty::Categories).with_values(words.collect()));
    }
    for language in &contact.languages {
        entries.push(match words::language_tag(language) {
            Some(tag) => plain(VCardProperty::Lang, tag.to_owned()),
            None => plain(VCardProperty::Other(LANGUAGE.to_owned()), language.clone()),
        });
    }
    for talent in contact.talents.values() {
        let offered = talent.offered.then(|| {
            let name = VCardParameterName::Other(OFFERED.to_owned());
            VCardParameter::new(name, VCardParameterValue::Text("yes".to_owned()))
        });
        entries.push(plain(VCardProperty::Expertise, talent.text.clone()).with_param_opt(offered));
    }
    for (property, text) in [
        (VCardProperty::Interest, &contact.cares_about),
        (VCardProperty::Note, &contact.met),
    ] {
        if !text.trim().is_empty() {
            entries.push(plain(property, text.0.clone()));
        }
    }
    VCard { entries }
}

/// `N`, without which phones file people under nothing.
fn structured_name(name: &str) -> VCardEntry {
    let (family, given, prefix) = name::components(name);
    let parts = [family, given, String::new(), prefix, String::new()];
    VCardEntry::new(VCardProperty::N).with_values(parts.iter().map(|part| text(part)).collect())
}

/// A way, with its label as a type where vCard has one, else in Apple's manner in a group.
fn way_entries(way: &Way, number: u32) -> Vec<VCardEntry> {
    let property = match way.kind {
        Some(WayKind::Phone) => VCardProperty::Tel,
        Some(WayKind::Email) => VCardProperty::Email,
        Some(WayKind::Web) => VCardProperty::Url,
        Some(WayKind::Other) | None => VCardProperty::Socialprofile,
    };
    let mut entry = plain(property.clone(), way.value.clone());
    if property == VCardProperty::Socialprofile {
        // Without it the value would have to be a URI (RFC 9554, 3.5).
        entry = entry.with_param(VCardParameter::value(calcard::vcard::VCardValueType::Text));
    }
    let known = match way.label.to_lowercase().as_str() {
        "" => return vec![entry],
        "werk" => Some(VCardType::Work),
        "thuis" => Some(VCardType::Home),
        "mobiel" if property == VCardProperty::Tel => Some(VCardType::Cell),
        "fax" if property == VCardProperty::Tel => Some(VCardType::Fax),
        _ => None,
    };
    if let Some(known) = known {
        return vec![entry.with_param(VCardParameter::typ(known))];
    }
    let group = Some(format!("item{number}"));
    let label = plain(VCardProperty::Other(LABEL.to_owned()), way.label.clone());
    vec![entry.with_group(group.clone()), label.with_group(group)]
}

fn address_entry(contact: &Contact) -> Option<VCardEntry> {
    let separator = if contact.street.is_empty() { "" } else { " " };
    let street = format!("{}{separator}{}", contact.street, contact.house_number);
    let postcode = address::postcode(&contact.postcode);
    if [street.trim(), &contact.town, &postcode]
        .iter()
        .all(|part| part.is_empty())
    {
        return None;
    }
    let parts = ["", "", street.trim(), &contact.town, "", &postcode, ""];
    let entry = VCardEntry::new(VCardProperty::Adr);
    Some(entry.with_values(parts.iter().map(|part| text(part)).collect()))
}

fn plain(property: VCardProperty, value: String) -> VCardEntry {
    VCardEntry::new(property).with_value(VCardValue::Text(value))
}

fn text(value: &str) -> VCardValue {
    VCardValue::Text(value.to_owned())
}
