//! Fills the slots of a phrase: `{slot}` is what the caller says it is, else a line of that section.

use std::borrow::Cow;

use super::dice::Dice;
use super::lexicon::LEXICON;

/// A phrase of a section with its slots filled.
pub(super) fn phrase(
    section: &str,
    dice: &mut Dice,
    known: &dyn Fn(&str, &mut Dice) -> Option<Cow<'static, str>>,
) -> String {
    let template = dice.pick(LEXICON.lines(section)).unwrap_or_default();
    let mut out = String::with_capacity(template.len() * 2);
    fill(template, dice, known, &mut out);
    out
}

/// A template with its slots filled, behind what stands in `out`.
pub(super) fn fill(
    template: &str,
    dice: &mut Dice,
    known: &dyn Fn(&str, &mut Dice) -> Option<Cow<'static, str>>,
    out: &mut String,
) {
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let (slot, behind) = behind.split_once('}').unwrap_or((behind, ""));
        match known(slot, dice) {
            Some(word) => out.push_str(&word),
            None => out.push_str(dice.pick(LEXICON.lines(slot)).unwrap_or_default()),
        }
        rest = behind;
    }
    out.push_str(rest);
}

/// The text with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        // "'s Avonds" has its capital behind the apostrophe.
        Some('\'') | None => text.to_owned(),
        Some(first) => first.to_uppercase().chain(letters).collect(),
    }
}
