//! Telephone numbers, Dutch and foreign, as people type them.

use std::ops::Range;

use super::proposal::Proposal;
use super::reading::{Claim, Reading};
use super::tokens::{Line, TokenKind};

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.line.tokens.len() {
        let found = if reading.is_free(at) {
            phone_at(&reading.line, at)
        } else {
            None
        };
        let Some((tokens, number)) = found else {
            at += 1;
            continue;
        };
        at = tokens.end;
        let shown = reading.line.spaced(tokens.clone(), |_| true);
        reading.claim(&tokens, Claim::Way);
        reading.propose(&tokens, |span| Proposal::Phone {
            span,
            number,
            shown,
            of: Vec::new(),
        });
    }
}

/// The telephone number that begins at `at`, in E.164.
fn phone_at(line: &Line<'_>, at: usize) -> Option<(Range<usize>, String)> {
    let opening = line.fold(at);
    let plus = opening == "+";
    let bracketed = opening == "(" && line.fold(at + 2) == ")";
    let starts = plus || bracketed || opening.starts_with('0');
    let inside_other =
        line.is_glued(at) && !matches!(line.fold_before(at), ":" | "(" | "," | ";" | "/" | "=");
    if !starts || inside_other || is_date(line, at) {
        return None;
    }
    let mut digits = String::new();
    let mut best = None;
    let mut next = if opening.starts_with('0') { at } else { at + 1 };
    let mut marks = 0;
    while let Some(token) = line.token(next) {
        match token.kind {
            TokenKind::Number => {
                digits.push_str(token.text);
                marks = 0;
                if let Some(number) = e164(&digits, plus) {
                    best = Some((at..next + 1, number));
                }
            }
            TokenKind::Mark if matches!(token.text, "-" | "." | "/" | "(" | ")" | "–") => {
                marks += 1;
            }
            TokenKind::Mark | TokenKind::Word => break,
        }
        if marks > 2 || digits.len() > 15 {
            break;
        }
        next += 1;
    }
    best
}

/// Digits as E.164, if they are a whole number: ten from 0, shorter for 0800 and 0900, any country after + or 00.
fn e164(digits: &str, plus: bool) -> Option<String> {
    let abroad = if plus {
        Some(digits)
    } else {
        digits.strip_prefix("00")
    };
    if let Some(abroad) = abroad {
        let Some(dutch) = abroad.strip_prefix("31") else {
            let whole = (9..=15).contains(&abroad.len()) && !abroad.starts_with('0');
            return whole.then(|| format!("+{abroad}"));
        };
        let dutch = dutch.strip_prefix('0').unwrap_or(dutch);
        return (dutch.len() == 9 && !dutch.starts_with('0')).then(|| format!("+31{dutch}"));
    }
    let dutch = digits.strip_prefix('0')?;
    let service = ["800", "900", "906", "909"]
        .iter()
        .any(|start| dutch.starts_with(start));
    let whole = if service {
        matches!(dutch.len(), 7 | 10)
    } else {
        dutch.len() == 9
    };
    (whole && !dutch.starts_with('0')).then(|| format!("+31{dutch}"))
}

/// A date with its year, such as 03-12-2026, which with a time behind it has ten digits too.
fn is_date(line: &Line<'_>, at: usize) -> bool {
    let part = |at: usize, most: u32| {
        line.value(at)
            .is_some_and(|value| (1..=most).contains(&value))
    };
    part(at, 31)
        && matches!(line.fold(at + 1), "-" | "/" | ".")
        && part(at + 2, 12)
        && line.fold(at + 3) == line.fold(at + 1)
        && line
            .value(at + 4)
            .is_some_and(|year| (1900..2100).contains(&year))
}
