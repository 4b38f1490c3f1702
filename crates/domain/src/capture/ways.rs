//! Ways to reach someone: e-mail addresses and telephone numbers. Web addresses are set apart and not proposed.

use std::ops::Range;

use super::phones;
use super::proposal::Proposal;
use super::reading::{Claim, Reading};
use super::tokens::{Line, TokenKind};

pub(super) fn read(reading: &mut Reading<'_>) {
    read_emails(reading);
    read_web(reading);
    phones::read(reading);
}

fn read_emails(reading: &mut Reading<'_>) {
    for at in 0..reading.line.tokens.len() {
        if reading.line.fold(at) == "@"
            && let Some(tokens) = email_around(&reading.line, at)
        {
            let typed = reading.line.slice(&tokens);
            let address = typed.rsplit_once('@').map_or_else(
                || typed.to_owned(),
                |(local, domain)| format!("{local}@{}", domain.to_lowercase()),
            );
            reading.claim(&tokens, Claim::Way);
            reading.propose(&tokens, |span| Proposal::Email {
                span,
                address,
                of: Vec::new(),
            });
        }
    }
}

/// The tokens of the e-mail address around the `@` at `at`.
fn email_around(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let mut start = at;
    while start > 0 && line.is_glued(start) && is_email_part(line, start - 1, ".-_%+") {
        start -= 1;
    }
    while start < at
        && line
            .token(start)
            .is_some_and(|token| token.kind == TokenKind::Mark)
    {
        start += 1;
    }
    let mut end = at + 1;
    while line.is_glued(end) && is_email_part(line, end, ".-") {
        end += 1;
    }
    // What follows the last dot has to be a word: "gmail.com." without its full stop.
    while end > at + 1 && !line.is_word(end - 1) {
        end -= 1;
    }
    let top = line.token(end.checked_sub(1)?)?;
    let dotted = line.fold(end.checked_sub(2)?) == ".";
    let whole = start < at && end > at + 3 && dotted && top.text.chars().count() >= 2;
    whole.then_some(start..end)
}

fn is_email_part(line: &Line<'_>, at: usize, marks: &str) -> bool {
    line.token(at)
        .is_some_and(|token| token.kind != TokenKind::Mark || marks.contains(token.text))
}

fn read_web(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.line.tokens.len() {
        let mut end = at + 1;
        if matches!(reading.line.fold(at), "http" | "https" | "www") {
            while reading.line.is_glued(end) && reading.line.fold(end) != "," {
                end += 1;
            }
            reading.claim(&(at..end), Claim::Way);
        }
        at = end;
    }
}
