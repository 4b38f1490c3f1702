//! What people offer to do, give or lend.

use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::Phrases;
use super::proposal::Proposal;
use super::reading::{Claim, Reading};
use super::tokens::Line;

static OFFERS: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::of(include_str!("lexicon/offers.txt"), offer_of));

fn offer_of(section: &str) -> Option<()> {
    (section == "offer").then_some(())
}

/// Words that may close an offer in the text but do not belong to it.
const CLOSING: &[&str] = &[
    "en", "and", "maar", "but", "dus", "want", "also", "ook", "daarom", "ik", "we", "wij", "i",
];

/// Somebody offers something in these tokens.
pub(super) fn has_cue(line: &Line<'_>, tokens: &Range<usize>) -> bool {
    tokens
        .clone()
        .any(|at| cue_at(line, at, tokens.end).is_some())
}

pub(super) fn read(reading: &mut Reading<'_>) {
    for clause in reading.line.clauses.clone() {
        if is_question(&reading.line, &clause) {
            continue;
        }
        let mut at = clause.start;
        while at < clause.end {
            let end = free_end(reading, at, clause.end);
            let Some(cue) = cue_at(&reading.line, at, end).filter(|_| !reading.is_taken(at)) else {
                at += 1;
                continue;
            };
            let offer = at..offer_end(reading, &cue, end);
            let text = reading.line.spaced(offer.clone(), |_| true);
            at = offer.end;
            reading.propose(&offer, |span| Proposal::Offer {
                span,
                text,
                of: Vec::new(),
            });
            reading.taken.push(offer);
        }
    }
}

/// The offer that begins at `at`; a wish for something or a refusal is none.
fn cue_at(line: &Line<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let (cue, ()) = OFFERS.at(line, at, end)?;
    let learns = (cue.start..end).any(|at| matches!(line.fold(at), "leren" | "learn"));
    let refused = matches!(line.fold(cue.end), "niet" | "not");
    let asked = matches!(
        line.fold_before(at),
        "wie" | "iemand" | "who" | "niemand" | "niet"
    );
    (!learns && !refused && !asked).then_some(cue)
}

/// "wie wil helpen?" asks for help, it does not offer it.
fn is_question(line: &Line<'_>, clause: &Range<usize>) -> bool {
    line.fold(clause.end) == "?"
}

/// Where a follow-up begins, or the clause ends.
fn free_end(reading: &Reading<'_>, at: usize, end: usize) -> usize {
    let taken = reading.taken.iter().map(|taken| taken.start);
    taken
        .filter(|start| (at + 1..end).contains(start))
        .min()
        .unwrap_or(end)
}

/// The offer goes on to the end of the clause, a next offer, or a ", but".
fn offer_end(reading: &Reading<'_>, cue: &Range<usize>, end: usize) -> usize {
    let line = &reading.line;
    let stops = |at: usize| {
        let turns = matches!(line.fold(at), "maar" | "but" | "want" | "because" | "omdat");
        let is_way = matches!(reading.claim_at(at), Some(Claim::Way | Claim::Address));
        let next = CLOSING.contains(&line.fold(at)) && cue_at(line, at + 1, end).is_some();
        turns || is_way || next
    };
    let mut stop = (cue.end..end).find(|at| stops(*at)).unwrap_or(end);
    while stop > cue.end && CLOSING.contains(&line.fold(stop - 1)) {
        stop -= 1;
    }
    stop
}

#[cfg(test)]
mod tests {
    use super::offer_of;

    #[test]
    fn every_section_of_the_list_is_known() {
        let list = include_str!("lexicon/offers.txt");
        let mut sections = list
            .lines()
            .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
        assert!(sections.all(|section| offer_of(section).is_some()));
    }
}
