//! Dutch addresses: street, house number, postcode and town, as far as they were typed.

use std::ops::Range;

use super::lexicon::{is_common_word, is_given_name};
use super::name_rules::is_known;
use super::people::bare_fold;
use super::proposal::Proposal;
use super::reading::{Claim, Reading};
use super::streets::{Street, house_number, street_at, unlike_a_street_at};
use super::tokens::{Line, TokenKind};

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.line.tokens.len() {
        let Some(address) = address_at(reading, at) else {
            at += 1;
            continue;
        };
        at = address.tokens.end;
        let home = is_home(&reading.line, &address);
        let Address {
            tokens,
            street,
            number,
            postcode,
            town,
        } = address;
        reading.claim(&tokens, Claim::Address);
        reading.propose(&tokens, |span| Proposal::Address {
            span,
            street,
            number,
            postcode,
            town,
            home,
            of: Vec::new(),
        });
    }
}

/// Somebody lives there: a number or a postcode, and no word that only points at the spot, as in "t.h.v. nummer 30".
fn is_home(line: &Line<'_>, address: &Address) -> bool {
    const POINTING: &[&str] = &[
        "thv",
        "hoogte",
        "bij",
        "voor",
        "tegenover",
        "naast",
        "achter",
        "rond",
        "tussen",
        "hoek",
        "near",
        "opposite",
        "behind",
        "kruising",
        "v",
    ];
    let mut start = address.tokens.start;
    while start > 0 && matches!(line.fold(start - 1), "." | "de" | "het" | "van" | "the") {
        start -= 1;
    }
    let numbered = address.number.is_some() || address.postcode.is_some();
    numbered && !POINTING.contains(&line.fold_before(start))
}

#[derive(Debug)]
struct Address {
    tokens: Range<usize>,
    street: Option<String>,
    number: Option<String>,
    postcode: Option<String>,
    town: Option<String>,
}

/// The address that begins at `at`, with a street or with a postcode.
fn address_at(reading: &Reading<'_>, at: usize) -> Option<Address> {
    if !reading.is_free(at) {
        return None;
    }
    if let Some((end, postcode)) = postcode_at(reading, at) {
        return Some(from_postcode(reading, at, end, postcode));
    }
    let street = street_at(reading, at).or_else(|| {
        let street = unlike_a_street_at(reading, at)?;
        let after = after_comma(&reading.line, street.number.as_ref()?.end);
        postcode_at(reading, after).map(|_| street)
    })?;
    Some(from_street(reading, street))
}

fn from_street(reading: &Reading<'_>, street: Street) -> Address {
    let line = &reading.line;
    let mut end = street
        .number
        .as_ref()
        .map_or(street.tokens.end, |number| number.end);
    let mut postcode = None;
    let mut town = None;
    if let Some((after, code)) = postcode_at(reading, after_comma(line, end)) {
        postcode = Some(code);
        end = after;
        if let Some((after, name)) = town_at(reading, end) {
            town = Some(name);
            end = after;
        }
    } else if street.number.is_some() {
        let named = usize::from(matches!(line.fold(end), "in" | "te"));
        if let Some((after, name)) = town_at(reading, end + named) {
            town = Some(name);
            end = after;
        }
    }
    let number = street.number.map(|number| line.spaced(number, |_| true));
    Address {
        tokens: street.tokens.start..end,
        street: Some(street.name),
        number,
        postcode,
        town,
    }
}

fn from_postcode(reading: &Reading<'_>, at: usize, mut end: usize, postcode: String) -> Address {
    let line = &reading.line;
    let mut number = None;
    if let Some(found) = house_number(reading, after_comma(line, end)) {
        end = found.end;
        number = Some(line.spaced(found, |_| true));
    }
    let mut town = None;
    if let Some((after, name)) = town_at(reading, end) {
        end = after;
        town = Some(name);
    }
    Address {
        tokens: at..end,
        street: None,
        number,
        postcode: Some(postcode),
        town,
    }
}

fn after_comma(line: &Line<'_>, at: usize) -> usize {
    at + usize::from(line.fold(at) == ",")
}

/// Four digits not beginning with 0 and two letters, but not SA, SD or SS, which the Dutch postcode leaves out.
fn postcode_at(reading: &Reading<'_>, at: usize) -> Option<(usize, String)> {
    /// Short words that follow a number of four digits more often than they are half a postcode.
    const WORDS: &[&str] = &[
        "en", "op", "is", "in", "om", "ik", "je", "we", "ze", "te", "of", "al", "er", "zo", "nu",
        "ja", "na", "de", "km", "kg", "cm", "mm", "ha", "st", "ct", "eu", "to", "at", "by", "it",
        "or", "so", "u", "bv", "ma", "di", "wo", "do", "vr", "za", "uu", "as", "if", "my", "on",
        "an", "ca",
    ];
    let line = &reading.line;
    let digits = line
        .token(at)
        .filter(|token| token.text.len() == 4 && !token.text.starts_with('0'))?;
    let letters = line.token(at + 1)?;
    let shape = digits.kind == TokenKind::Number
        && letters.kind == TokenKind::Word
        && letters.text.len() == 2
        && letters.text.is_ascii();
    let capitals = letters.text.chars().all(|c| c.is_ascii_uppercase());
    let sure = capitals || letters.glued || !WORDS.contains(&letters.fold.as_str());
    let unused = matches!(letters.fold.as_str(), "sa" | "sd" | "ss");
    let glued_before =
        digits.glued && !matches!(line.fold_before(at), "," | "(" | ":" | ";" | "\n" | "/");
    let next_glued = line.is_glued(at + 2) && line.value(at + 2).is_some();
    let free = reading.is_free(at) && reading.is_free(at + 1);
    (shape && sure && free && !unused && !glued_before && !next_glued).then(|| {
        (
            at + 2,
            format!("{} {}", digits.text, letters.text.to_ascii_uppercase()),
        )
    })
}

/// A town at `at`: capitalised words up to the end of the clause that are not the name of a person.
fn town_at(reading: &Reading<'_>, at: usize) -> Option<(usize, String)> {
    const INSIDE: &[&str] = &[
        "aan", "den", "de", "op", "bij", "van", "het", "ter", "der", "'t", "la",
    ];
    let line = &reading.line;
    let first = line.token(at).filter(|_| line.is_capitalised(at))?;
    let mut end = at + 1;
    while end < at + 5 {
        let inside = INSIDE.contains(&line.fold(end))
            && (line.is_capitalised(end + 1) || INSIDE.contains(&line.fold(end + 1)));
        if !(line.is_capitalised(end) || inside) || !reading.is_free(end) {
            break;
        }
        end += 1;
    }
    let fold = bare_fold(first);
    let is_town = reading.is_free(at)
        && (!is_common_word(fold) || first.text == "Den" || end > at + 1)
        && !is_given_name(fold)
        && first.text.chars().count() > 1
        && !line.is_word(end)
        && !is_known(reading, &(at..end));
    is_town.then(|| (end, line.spaced(at..end, |_| true)))
}
