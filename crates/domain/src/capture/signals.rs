//! Issues that the neighbourhood raises: what kind, which theme, and a title from the words themselves.

use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::{Phrases, word_lists};
use super::proposal::Proposal;
use super::reading::{Claim, Reading};
use super::themes::Themes;
use super::titles::names_a_person;
use super::tokens::Line;
use super::turned::turned;
use crate::SignalKind;

static CUES: LazyLock<Phrases<SignalKind>> =
    LazyLock::new(|| Phrases::of(include_str!("lexicon/signals.txt"), SignalKind::from_word));

/// The longest title, in characters.
const LONGEST_TITLE: usize = 120;

word_lists! {
    "lexicon/signal_words.txt":
    /// Words of an encounter: what it was about comes after "over".
    MEETING,
    /// Words before what somebody says.
    OPENING,
    /// What somebody does who tells of an issue: what it is comes after it.
    REPORTS,
}

/// Words that an issue does not end with.
const CLOSING: &[&str] = &[
    "en", "maar", "dus", "want", "and", "but", "ook", "because", "omdat", "daarom",
];

/// A label before a colon gives the kind of what follows it.
const LABELS: &[(&str, SignalKind)] = &[
    ("idee", SignalKind::Idea),
    ("idea", SignalKind::Idea),
    ("voorstel", SignalKind::Idea),
    ("wens", SignalKind::Idea),
    ("tip", SignalKind::Idea),
    ("klacht", SignalKind::Complaint),
    ("complaint", SignalKind::Complaint),
    ("vraag", SignalKind::Question),
    ("hulpvraag", SignalKind::Question),
    ("question", SignalKind::Question),
    ("probleem", SignalKind::Problem),
    ("problem", SignalKind::Problem),
    ("signaal", SignalKind::Problem),
    ("melding", SignalKind::Problem),
    ("compliment", SignalKind::Strength),
    ("kracht", SignalKind::Strength),
    ("strength", SignalKind::Strength),
    ("positief", SignalKind::Strength),
];

/// A word of an encounter.
pub(super) fn is_meeting(fold: &str) -> bool {
    MEETING.has(fold)
}

/// An issue is raised in these tokens.
pub(super) fn has_cue(line: &Line<'_>, tokens: &Range<usize>) -> bool {
    tokens
        .clone()
        .any(|at| CUES.at(line, at, tokens.end).is_some())
}

/// The clause tells of an issue, by its words or by the label before it.
pub(super) fn is_issue(line: &Line<'_>, clause: &Range<usize>) -> bool {
    has_cue(line, clause) || label_before(line, clause).is_some()
}

#[derive(Debug)]
struct Signal {
    tokens: Range<usize>,
    kind: SignalKind,
    theme: Option<String>,
}

pub(super) fn read(reading: &mut Reading<'_>) {
    let themes = Themes::of(reading.directory);
    let mut signals: Vec<Signal> = Vec::new();
    for region in regions(reading) {
        let Some(signal) = signal_in(reading, &region, &themes) else {
            continue;
        };
        match signals.last_mut() {
            Some(last) if last.goes_on_in(&signal, &reading.line) => {
                last.tokens.end = signal.tokens.end;
            }
            Some(_) | None => signals.push(signal),
        }
    }
    for Signal {
        tokens,
        kind,
        theme,
    } in signals
    {
        let title = shortened(&reading.line.spaced(tokens.clone(), |_| true));
        reading.propose(&tokens, |span| Proposal::Signal {
            span,
            kind,
            theme,
            title,
            of: Vec::new(),
        });
    }
}

fn signal_in(reading: &Reading<'_>, region: &Range<usize>, themes: &Themes<'_>) -> Option<Signal> {
    if is_label(&reading.line, region) {
        return None;
    }
    let kind = kind_of(reading, region)?;
    let tokens = title_of(reading, region);
    let theme = themes.pointed_at(&reading.line, &tokens);
    let says_something = tokens.clone().any(|at| reading.line.is_word(at));
    says_something.then_some(Signal {
        tokens,
        kind,
        theme,
    })
}

impl Signal {
    /// "oversteek gevaarlijk, auto's rijden te hard" is one issue in two clauses.
    fn goes_on_in(&self, next: &Self, line: &Line<'_>) -> bool {
        let length = line.bytes(&(self.tokens.start..next.tokens.end)).len();
        let joined = next.tokens.start == self.tokens.end + 1 && line.fold(self.tokens.end) == ",";
        joined && length <= LONGEST_TITLE && self.kind == next.kind && self.theme == next.theme
    }
}

/// The parts of clauses that no follow-up or offer has taken, cut at "maar".
fn regions(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut regions = Vec::new();
    for clause in &reading.line.clauses {
        let mut start = clause.start;
        for at in clause.clone() {
            if reading.is_taken(at) || matches!(reading.line.fold(at), "maar" | "but") {
                regions.push(start..at);
                start = at + 1;
            }
        }
        regions.push(start..clause.end);
    }
    regions.retain(|region| !region.is_empty());
    regions
}

/// What kind of issue is raised, if any.
fn kind_of(reading: &Reading<'_>, region: &Range<usize>) -> Option<SignalKind> {
    let line = &reading.line;
    if let Some(kind) = label_before(line, region) {
        return Some(kind);
    }
    let words = region
        .clone()
        .filter(|at| line.is_word(*at) && reading.is_free(*at))
        .count();
    if line.fold(region.end) == "?" && words > 1 {
        return Some(SignalKind::Question);
    }
    let cues: Vec<SignalKind> = CUES
        .within(line, region)
        .into_iter()
        .filter(|(tokens, _)| {
            tokens
                .clone()
                .all(|at| reading.claim_at(at) != Some(Claim::Person))
        })
        .filter_map(|(tokens, kind)| turned(line, region, &tokens, kind))
        .collect();
    let strongest = [
        SignalKind::Question,
        SignalKind::Idea,
        SignalKind::Complaint,
    ];
    strongest
        .into_iter()
        .find(|kind| cues.contains(kind))
        .or_else(|| cues.first().copied())
}

/// "idee:" or "idee van Samira:" says what follows, and nothing itself.
fn is_label(line: &Line<'_>, region: &Range<usize>) -> bool {
    line.fold(region.end) == ":" && label_of(line, region).is_some()
}

fn label_of(line: &Line<'_>, clause: &Range<usize>) -> Option<SignalKind> {
    let from = matches!(line.fold(clause.start + 1), "van" | "from" | "voor" | "aan");
    let short = clause.len() == 1 || from && clause.len() <= 6;
    let label = LABELS
        .iter()
        .find(|(label, _)| short && *label == line.fold(clause.start));
    label.map(|(_, kind)| *kind)
}

/// "idee: bankjes op het plein"
fn label_before(line: &Line<'_>, region: &Range<usize>) -> Option<SignalKind> {
    let colon = region
        .start
        .checked_sub(1)
        .filter(|at| line.fold(*at) == ":")?;
    label_of(line, &line.clause_of(colon.checked_sub(1)?)?)
}

/// The words of the issue without who said it, where it was said and the joining words around it.
fn title_of(reading: &Reading<'_>, region: &Range<usize>) -> Range<usize> {
    let line = &reading.line;
    let mut end = region.end;
    while end > region.start
        && (CLOSING.contains(&line.fold(end - 1)) || !is_text(reading, end - 1))
    {
        end -= 1;
    }
    end = before_teller(reading, &(region.start..end));
    let spoken = region.start..end;
    let mut start = after_report(reading, &spoken).unwrap_or_else(|| after_meeting(line, &spoken));
    while start < end {
        match opening_at(reading, start, end) {
            0 => break,
            length => start += length,
        }
    }
    if start < end {
        start..end
    } else {
        region.start..end
    }
}

/// A word, a number or a closing bracket: not a stray mark.
fn is_text(reading: &Reading<'_>, at: usize) -> bool {
    reading.line.is_word(at)
        || reading.line.value(at).is_some()
        || matches!(reading.line.fold(at), "%" | "€" | "+")
}

/// "mevrouw Bos van nummer 14 klaagt over zwerfvuil": what comes after the verb, if a person stands before it.
fn after_report(reading: &Reading<'_>, region: &Range<usize>) -> Option<usize> {
    let verb = region
        .clone()
        .find(|at| REPORTS.has(reading.line.fold(*at)))?;
    let said = (region.start..verb).any(|at| reading.claim_at(at) == Some(Claim::Person));
    let says = (verb + 1..region.end).any(|at| is_text(reading, at) && reading.is_free(at));
    (said && says).then_some(verb + 1)
}

/// "de lift is kapot zegt Ria": where the issue ends, if nothing but who told it follows.
fn before_teller(reading: &Reading<'_>, region: &Range<usize>) -> usize {
    let told = |at: &usize| {
        let mut behind = *at + 1..region.end;
        let only_people = behind.all(|at| {
            let is_person = reading.claim_at(at) == Some(Claim::Person);
            is_person || names_a_person(reading.line.fold(at))
        });
        REPORTS.has(reading.line.fold(*at)) && *at + 1 < region.end && only_people
    };
    let verb = (region.start + 1..region.end).find(told);
    verb.unwrap_or(region.end)
}

/// "sprak Yusuf bij de bakker over zwerfvuil": what comes after "over".
fn after_meeting(line: &Line<'_>, region: &Range<usize>) -> usize {
    let met = region.clone().take(4).any(|at| MEETING.has(line.fold(at)));
    let about = region
        .clone()
        .find(|at| matches!(line.fold(*at), "over" | "about" | "dat"));
    match about {
        Some(about) if met && about + 1 < region.end => about + 1,
        Some(_) | None => region.start,
    }
}

/// How many tokens at `at` do not belong to the issue itself; something has to remain behind them.
fn opening_at(reading: &Reading<'_>, at: usize, end: usize) -> usize {
    let line = &reading.line;
    let claim = reading.claim_at(at);
    let run = (at..end).take_while(|next| reading.claim_at(*next) == claim);
    let length = if claim.is_some() {
        run.clone().count()
    } else {
        1
    };
    let rest = (at + length..end)
        .filter(|at| line.is_word(*at) && reading.is_free(*at))
        .count();
    let left_out = match claim {
        Some(Claim::Person | Claim::Way | Claim::Date) => rest > 0,
        // "Malakkastraat 6 zwerfvuil" is about litter, "Malakkastraat vies" about the street.
        Some(Claim::Address) => rest > 0 && run.into_iter().any(|at| line.value(at).is_some()),
        // "buurman Kees"
        None if names_a_person(line.fold(at))
            && reading.claim_at(at + 1) == Some(Claim::Person) =>
        {
            opening_at(reading, at + 1, end) > 0
        }
        None => {
            let word = OPENING.has(line.fold(at)) || !is_text(reading, at);
            rest > 0 && word && keeps_cue(line, at, end)
        }
    };
    if left_out { length } else { 0 }
}

/// Leaving out the word at `at` leaves something to say what is the matter.
fn keeps_cue(line: &Line<'_>, at: usize, end: usize) -> bool {
    let reports = matches!(
        line.fold(at),
        "klaagt" | "klaagde" | "vraagt" | "complains" | "asks" | "over" | "about"
    );
    let phrase = CUES.at(line, at, end).is_some_and(|(cue, _)| cue.len() > 1);
    reports || !phrase
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= LONGEST_TITLE {
        return title.to_owned();
    }
    let cut: String = title.chars().take(LONGEST_TITLE).collect();
    cut.rsplit_once(' ')
        .map_or(cut.as_str(), |(whole, _)| whole)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use crate::SignalKind;

    #[test]
    fn every_section_of_the_list_is_a_kind_of_signal() {
        let list = include_str!("lexicon/signals.txt");
        let mut sections = list
            .lines()
            .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
        assert!(sections.all(|section| SignalKind::from_word(section).is_some()));
    }
}
