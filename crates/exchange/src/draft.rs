//! A contact, organisation or group as it is read from a card or a row of a table, value by value.

use std::collections::BTreeSet;

use domain::record::{Fields, entry_key, kind};
use domain::{Consent, ContactRole, WayKind, bsn};
use serde_json::{Value, json};

use crate::address::Address;
use crate::{MAX_LINE, MAX_TEXT, name, phone, words};

/// The values so far. Each is checked as it comes in; what the domain would refuse is named in `left_out`.
#[derive(Default)]
pub(crate) struct Draft {
    names: Vec<String>,
    address: Address,
    ways: Vec<Way>,
    talents: Vec<Value>,
    roles: BTreeSet<ContactRole>,
    languages: BTreeSet<String>,
    members: Vec<String>,
    remarks: Vec<String>,
    notes: Vec<String>,
    cares_about: Vec<String>,
    consent: Option<Consent>,
    left_out: Vec<String>,
}

/// A way to reach them.
struct Way {
    kind: WayKind,
    value: String,
    label: String,
}

impl Draft {
    /// Something the record could be called by; the first that holds is its name.
    pub(crate) fn name(&mut self, text: &str) {
        if name::is_name(text)
            && let Some(name) = self.line("name", text)
        {
            self.names.push(name);
        }
    }

    /// Their e-mail address, when there is nothing else to call them by.
    pub(crate) fn name_from_email(&mut self) {
        let email = self.ways.iter().find(|way| way.kind == WayKind::Email);
        if let Some(email) = email.map(|way| way.value.clone()) {
            self.name(&email);
        }
    }

    /// A telephone number, in international form where it can be.
    pub(crate) fn phone(&mut self, text: &str, label: &str) {
        // The eleven test comes before the country code: nine digits may be a number of another kind.
        if let Some(typed) = self.line("phone", text) {
            self.way(WayKind::Phone, &phone::normalised(&typed), label);
        }
    }

    /// An e-mail address, also as `mailto:` or between angle brackets.
    pub(crate) fn email(&mut self, text: &str, label: &str) {
        let text = text.trim();
        let bare = text
            .split_once('<')
            .map_or(text, |(_, rest)| rest.trim_end_matches('>'));
        let bare = bare.strip_prefix("mailto:").unwrap_or(bare).trim();
        match bare.split_once('@') {
            Some((user, host)) if !user.is_empty() && !host.is_empty() => {
                self.way(WayKind::Email, bare, label);
            }
            // An address inside Exchange, of no use outside it.
            _ if bare.to_ascii_lowercase().starts_with("/o=") => {}
            _ => self.way(WayKind::Other, bare, label),
        }
    }

    /// A way to reach them; the same one again only adds its label.
    pub(crate) fn way(&mut self, kind: WayKind, value: &str, label: &str) {
        let Some(value) = self.line(kind.as_str(), value) else {
            return;
        };
        let label = self
            .line(kind.as_str(), &words::label(label))
            .unwrap_or_default();
        let same =
            |way: &&mut Way| way.kind == kind && way.value.to_lowercase() == value.to_lowercase();
        match self.ways.iter_mut().find(same) {
            Some(known) if known.label.is_empty() => known.label = label,
            Some(_) => {}
            None => self.ways.push(Way { kind, value, label }),
        }
    }

    /// An address. There is room for one: a second is named in what was left out.
    pub(crate) fn address(&mut self, address: &Address) {
        if address.is_empty() {
            return;
        }
        if !self.address.is_empty() {
            if self.address != *address {
                self.leave_out("second", "address");
            }
            return;
        }
        self.address = Address {
            street: self.line("street", &address.street).unwrap_or_default(),
            house_number: self
                .line("house_number", &address.house_number)
                .unwrap_or_default(),
            postcode: self.line("postcode", &address.postcode).unwrap_or_default(),
            town: self.line("town", &address.town).unwrap_or_default(),
        };
    }

    /// A role by its word; what is no role is kept as a remark.
    pub(crate) fn role_or_remark(&mut self, text: &str) {
        if !self.role(text) {
            self.remark(text);
        }
    }

    /// A role by its word. Returns whether it is one.
    pub(crate) fn role(&mut self, word: &str) -> bool {
        let role = words::role(word);
        self.roles.extend(role);
        role.is_some()
    }

    /// A language by tag or name.
    pub(crate) fn language(&mut self, word: &str) {
        let language = self.line("language", &words::language(word));
        self.languages.extend(language);
    }

    /// Something they can do or offer.
    pub(crate) fn talent(&mut self, text: &str, offered: bool) {
        if let Some(text) = self.line("talent", text) {
            self.talents.push(json!({"text": text, "offered": offered}));
        }
    }

    /// Something they care about.
    pub(crate) fn cares_about(&mut self, text: &str) {
        let kept = self.text("cares_about", text);
        self.cares_about.extend(kept);
    }

    /// Work and position: stands above the notes.
    pub(crate) fn remark(&mut self, text: &str) {
        let kept = self.line("note", text);
        self.remarks.extend(kept);
    }

    /// A note about them.
    pub(crate) fn note(&mut self, text: &str) {
        let kept = self.text("note", text);
        self.notes.extend(kept);
    }

    /// Whether they agreed to being kept.
    pub(crate) fn consent(&mut self, consent: Consent) {
        self.consent = Some(consent);
    }

    /// A member of a group.
    pub(crate) fn member(&mut self, id: String) {
        self.members.push(id);
    }

    /// Names something that is not kept.
    pub(crate) fn leave_out(&mut self, reason: &str, what: &str) {
        let code = format!("{reason}:{what}");
        if !self.left_out.contains(&code) {
            self.left_out.push(code);
        }
    }

    /// The fields that the kind has, and what was left out; nothing without a name.
    pub(crate) fn finish(mut self, kind_name: &str) -> Option<(Fields, Vec<String>)> {
        let name = self.names.first()?.clone();
        let cares_about = self.joined("cares_about", &self.cares_about.clone());
        let notes: Vec<String> = self.remarks.iter().chain(&self.notes).cloned().collect();
        let notes = self.joined("note", &notes);
        let values = [
            ("name", json!(name)),
            ("ways", keyed(self.ways.iter().map(Way::entry))),
            ("street", json!(self.address.street)),
            ("house_number", json!(self.address.house_number)),
            ("postcode", json!(self.address.postcode)),
            ("town", json!(self.address.town)),
            (
                "roles",
                self.roles.iter().map(|role| role.as_str()).collect(),
            ),
            ("languages", self.languages.into_iter().collect()),
            ("talents", keyed(self.talents)),
            ("cares_about", json!(cares_about)),
            ("met", json!(notes)),
            ("about", json!(notes)),
            ("members", self.members.into_iter().collect()),
            (
                "consent",
                self.consent
                    .map_or(Value::Null, |consent| json!(consent.as_str())),
            ),
        ];
        let kind = kind(kind_name)?;
        let fields = values
            .into_iter()
            .filter(|(field, value)| kind.field(field).is_some() && !is_nothing(value))
            .map(|(field, value)| (field.to_owned(), value))
            .collect();
        Some((fields, self.left_out))
    }

    /// A value of one line as the domain keeps it, unless it is empty or refused.
    fn line(&mut self, what: &str, text: &str) -> Option<String> {
        let words: Vec<&str> = text.split(['\n', '\r', '\0']).map(str::trim).collect();
        let text = words.join(" ");
        self.accepted(what, text.trim(), MAX_LINE)
    }

    fn text(&mut self, what: &str, text: &str) -> Option<String> {
        let text = text.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
        self.accepted(what, text.trim(), MAX_TEXT)
    }

    /// Texts one under another, without doubles; those that make it too long are left out.
    fn joined(&mut self, what: &str, texts: &[String]) -> String {
        let mut all = String::new();
        for (at, text) in texts.iter().enumerate() {
            if texts.iter().take(at).any(|before| before == text) {
                continue;
            }
            let separator = if all.is_empty() { "" } else { "\n" };
            if let Some(longer) = self.accepted(what, &format!("{all}{separator}{text}"), MAX_TEXT)
            {
                all = longer;
            }
        }
        all
    }

    fn accepted(&mut self, what: &str, text: &str, limit: usize) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        if let Some(reason) = refused(text, limit) {
            self.leave_out(reason, what);
            return None;
        }
        Some(text.to_owned())
    }
}

/// Why the domain would refuse a text, as a code.
pub(crate) fn refused(text: &str, limit: usize) -> Option<&'static str> {
    if text.chars().nth(limit).is_some() {
        return Some("too_long");
    }
    // Most texts have too few digits to look any further.
    let digits = text.chars().filter(|letter| letter.is_numeric()).count();
    (digits >= 9 && bsn::find(text).is_some()).then_some("bsn")
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Entries under the keys that the domain gives them, so that reading a file twice adds nothing.
fn keyed(entries: impl IntoIterator<Item = Value>) -> Value {
    let entries = entries.into_iter().map(|entry| (entry_key(&entry), entry));
    Value::Object(entries.collect())
}

impl Way {
    fn entry(&self) -> Value {
        let mut entry = json!({"kind": self.kind.as_str(), "value": self.value});
        if let Some(entry) = entry.as_object_mut().filter(|_| !self.label.is_empty()) {
            entry.insert("label".to_owned(), json!(self.label));
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    use domain::Consent;
    use serde_json::json;

    use super::Draft;
    use crate::address::Address;

    #[test]
    fn what_the_domain_refuses_is_left_out_and_named() {
        let mut draft = Draft::default();
        draft.name("Fatima 123456782");
        draft.name("Fatima");
        draft.note("BSN 123456782");
        draft.note("Spreekt graag mee.");
        draft.phone("123456782", "");
        draft.phone("06 00 12 34 56", "Mobile");
        draft.talent(&"x".repeat(501), true);
        let (fields, left_out) = draft.finish("contact").unwrap();
        assert_eq!(fields.get("name"), Some(&json!("Fatima")));
        assert_eq!(fields.get("met"), Some(&json!("Spreekt graag mee.")));
        let ways: Vec<_> = fields["ways"].as_object().unwrap().values().collect();
        assert_eq!(
            ways,
            [&json!({"kind": "phone", "value": "+31600123456", "label": "mobiel"})]
        );
        assert_eq!(
            left_out,
            ["bsn:name", "bsn:note", "bsn:phone", "too_long:talent"]
        );
    }

    #[test]
    fn the_same_number_twice_is_one_way() {
        let mut draft = Draft::default();
        draft.name("Fatima");
        draft.phone("0600123456", "");
        draft.phone("+31 6 00123456", "werk");
        let (fields, _) = draft.finish("contact").unwrap();
        let ways: Vec<_> = fields["ways"].as_object().unwrap().values().collect();
        assert_eq!(
            ways,
            [&json!({"kind": "phone", "value": "+31600123456", "label": "werk"})]
        );
    }

    #[test]
    fn a_kind_gets_only_the_fields_it_has() {
        let mut draft = Draft::default();
        draft.name("De Schakel");
        draft.email("Info <mailto:info@example.nl>", "");
        draft.role("bewoner");
        draft.note("Open op dinsdag");
        draft.consent(Consent::Given);
        draft.address(&Address::read("Kade 1"));
        draft.address(&Address::read("Kade 2"));
        let (fields, left_out) = draft.finish("organisation").unwrap();
        let names: Vec<&str> = fields.keys().map(String::as_str).collect();
        let mut wanted = vec!["about", "house_number", "name", "street", "ways"];
        wanted.sort_unstable();
        let mut found = names.clone();
        found.sort_unstable();
        assert_eq!(found, wanted);
        assert_eq!(left_out, ["second:address"]);
    }

    #[test]
    fn without_a_name_there_is_no_record() {
        let mut draft = Draft::default();
        draft.name(" - ");
        draft.phone("0600123456", "");
        assert!(draft.finish("contact").is_none());
    }
}
