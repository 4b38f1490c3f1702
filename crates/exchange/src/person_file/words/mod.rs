//! The words of a person's file, in the languages of the screens.

mod en;
mod nl;

/// Pairs of a word in documents and how people say it.
pub(super) type Said = &'static [(&'static str, &'static str)];

/// The words of one language. `{}` is filled in, in order.
pub(super) struct Words {
    pub(super) language: &'static str,
    pub(super) months: [&'static str; 12],
    pub(super) title: &'static str,
    /// Title, moment.
    pub(super) foot: &'static str,
    pub(super) page: &'static str,
    pub(super) introduction: &'static str,
    /// Moment, maker.
    pub(super) made: &'static str,
    pub(super) unnamed: &'static str,
    pub(super) who: &'static str,
    pub(super) why: &'static str,
    pub(super) no_basis: &'static str,
    pub(super) recorded_on: &'static str,
    pub(super) recorded_by: &'static str,
    pub(super) notes: &'static str,
    pub(super) signals: &'static str,
    pub(super) follow_ups: &'static str,
    pub(super) relations: &'static str,
    pub(super) groups: &'static str,
    pub(super) other: &'static str,
    pub(super) mentions: &'static str,
    pub(super) nothing: &'static str,
    /// Who, moment.
    pub(super) recorded: &'static str,
    pub(super) in_space: &'static str,
    pub(super) archived: &'static str,
    /// Who, moment, what.
    pub(super) changed: &'static str,
    pub(super) history: &'static str,
    pub(super) never_changed: &'static str,
    pub(super) conflicts: &'static str,
    pub(super) conflicts_text: &'static str,
    /// Who, value.
    pub(super) one_said: &'static str,
    pub(super) shared: &'static str,
    pub(super) not_shared: &'static str,
    /// What, with whom, who, moment.
    pub(super) share: &'static str,
    pub(super) until: &'static str,
    pub(super) taken_back: &'static str,
    pub(super) audit: &'static str,
    pub(super) audit_all: &'static str,
    pub(super) audit_here: &'static str,
    pub(super) audit_none: &'static str,
    /// Moment, who, what.
    pub(super) event: &'static str,
    pub(super) rights: &'static str,
    pub(super) rights_list: &'static [&'static str],
    pub(super) somebody: &'static str,
    pub(super) yes: &'static str,
    pub(super) emptied: &'static str,
    pub(super) not_here: &'static str,
    /// Sentences about the legal basis.
    pub(super) basis: Said,
    /// Sentences about consent.
    pub(super) consent: Said,
    /// What the audit records.
    pub(super) actions: Said,
    /// Kinds of record.
    pub(super) kinds: Said,
    /// Names of fields; `kind.field` where a kind calls it differently.
    pub(super) fields: Said,
    /// Words of closed lists: `field.word`, or `kind.field.word`.
    pub(super) choices: Said,
}

impl Words {
    /// How a field is called.
    pub(super) fn field(&self, kind: &str, name: &str) -> String {
        or_itself(self.field_said(kind, name), name)
    }

    /// How a word of a closed list is said.
    pub(super) fn word(&self, kind: &str, field: &str, word: &str) -> String {
        or_itself(self.word_said(kind, field, word), word)
    }

    /// How a kind of record is called.
    pub(super) fn kind(&self, kind: &str) -> String {
        or_itself(said(self.kinds, kind), kind)
    }

    fn field_said(&self, kind: &str, name: &str) -> Option<&'static str> {
        said(self.fields, &format!("{kind}.{name}")).or_else(|| said(self.fields, name))
    }

    fn word_said(&self, kind: &str, field: &str, word: &str) -> Option<&'static str> {
        said(self.choices, &format!("{kind}.{field}.{word}"))
            .or_else(|| said(self.choices, &format!("{field}.{word}")))
    }
}

/// The words of a language; Dutch where it is not one of ours.
pub(super) fn of(language: &str) -> &'static Words {
    match language {
        "en" => &en::WORDS,
        _ => &nl::WORDS,
    }
}

/// Fills in what is missing in a sentence.
pub(super) fn fill(sentence: &str, with: &[&str]) -> String {
    let mut with = with.iter();
    let mut parts = sentence.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        filled.push_str(with.next().copied().unwrap_or_default());
        filled.push_str(part);
    }
    filled
}

/// How a word is said.
pub(super) fn said(list: Said, word: &str) -> Option<&'static str> {
    list.iter()
        .find(|(known, _)| *known == word)
        .map(|(_, said)| *said)
}

fn or_itself(said: Option<&'static str>, word: &str) -> String {
    said.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use domain::record::{Field, Item, Shape, kinds};

    use super::*;

    /// Kinds that hold nothing about a person, and shares, which are told in sentences of their own.
    const TOLD_OTHERWISE: &[&str] = &[
        "theme",
        "neighbourhood",
        "holiday",
        "retention_term",
        "share",
    ];

    fn look(words: &Words, kind: &str, fields: &[Field], missing: &mut Vec<String>) {
        for field in fields {
            if words.field_said(kind, field.name).is_none() {
                missing.push(format!("{kind}.{}", field.name));
            }
            if let Shape::Choice(list) | Shape::Set(Item::Choice(list)) = field.shape {
                missing.extend(
                    list.iter()
                        .filter(|word| words.word_said(kind, field.name, word).is_none())
                        .map(|word| format!("{kind}.{}.{word}", field.name)),
                );
            }
            if let Shape::Entries(entry) = field.shape {
                look(words, kind, entry, missing);
            }
        }
    }

    #[test]
    fn whatever_can_stand_in_a_file_has_its_words_in_both_languages() {
        for language in ["nl", "en"] {
            let words = of(language);
            assert_eq!(words.language, language);
            let mut missing = Vec::new();
            for kind in kinds()
                .iter()
                .filter(|kind| !TOLD_OTHERWISE.contains(&kind.name))
            {
                if said(words.kinds, kind.name).is_none() {
                    missing.push(kind.name.to_owned());
                }
                look(words, kind.name, kind.fields, &mut missing);
            }
            assert!(missing.is_empty(), "{language}: {missing:?}");
        }
    }

    #[test]
    fn what_is_missing_is_filled_in_in_order() {
        assert_eq!(fill("{} en {}: {}", &["a", "b"]), "a en b: ");
    }
}
