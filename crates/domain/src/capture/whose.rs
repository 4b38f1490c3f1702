//! Whose it is: who told of a signal, whose number or offer it is, for whom a promise is, and which of two known people
//! is meant.
//!
//! A wrong number on somebody's page is worse than none, and "does Kees know how it ended?" should not be asked about a
//! complaint on Kees. So each proposal names the people it belongs to, and a person who is only spoken of tells nothing.

use std::ops::Range;

use super::directory::KnownContact;
use super::lexicon::word_lists;
use super::proposal::{Proposal, Span};
use super::reading::{Claim, Mention, Reading};
use super::signals;
use super::titles::names_a_person;
use super::tokens::fold;

word_lists! {
    "lexicon/whose_words.txt":
    /// Who comes behind these is spoken of.
    SPOKEN_OF,
    /// Behind these, somebody is spoken to, or something is meant for them.
    TOWARDS,
    /// Behind these, "van" and "door" name who told it.
    SOURCE,
    /// Between two people who did something together.
    JOINS,
    /// Behind these, "met" names somebody that there is trouble with.
    TROUBLE,
}

pub(super) fn read(reading: &mut Reading<'_>) {
    let proposals = reading.proposed();
    let spots: Vec<usize> = (0..proposals.len())
        .filter(|at| is_inside_a_signal(reading, *at))
        .collect();
    let owned: Vec<Vec<Span>> = proposals
        .iter()
        .map(|(tokens, proposal)| owners(reading, tokens, proposal))
        .collect();
    let silent: Vec<Span> = proposals
        .iter()
        .filter(|(_, proposal)| matches!(proposal, Proposal::Contact { .. }))
        .map(|(_, proposal)| proposal.span())
        .filter(|person| is_only_spoken_of(reading, *person))
        .collect();
    let homes: Vec<(Span, Home)> = proposals
        .iter()
        .zip(&owned)
        .filter_map(|((_, proposal), owners)| Some((*owners.first()?, Home::of(proposal)?)))
        .collect();
    reading.revise(|at, proposal| {
        if let Proposal::Contact {
            span,
            name,
            candidates,
            sure,
            spoken_of,
        } = proposal
        {
            *spoken_of = silent.contains(span);
            let homes = homes.iter().filter(|(owner, _)| owner == span);
            *sure = choose(name, candidates, homes.map(|(_, home)| home));
        }
        if let (Some(whose), Some(found)) = (proposal.whose_mut(), owned.get(at)) {
            whose.clone_from(found);
        }
        if let Proposal::Address { home, of, .. } = proposal {
            *home &= !spots.contains(&at);
            // Nobody lives where something is going on.
            if !*home {
                of.clear();
            }
        }
    });
}

/// "kapotte lantaarn Soendastraat 3": an address in the middle of what is going on is where that is, unless somebody is
/// named in the same breath.
fn is_inside_a_signal(reading: &Reading<'_>, at: usize) -> bool {
    let proposals = reading.proposed();
    let Some((tokens, Proposal::Address { .. })) = proposals.get(at) else {
        return false;
    };
    let clause = reading.line.clause_of(tokens.start).unwrap_or_default();
    let named = reading.mentions.iter().any(|mention| {
        clause.contains(&mention.tokens.start) && mention.tokens.start < tokens.start
    });
    let lives = (clause.start..tokens.start).any(|at| {
        matches!(
            reading.line.fold(at),
            "woont" | "woonde" | "wonen" | "lives"
        )
    });
    let inside = proposals.iter().any(|(signal, proposal)| {
        matches!(proposal, Proposal::Signal { .. })
            && signal.start < tokens.start
            && tokens.start < signal.end
    });
    inside && !named && !lives
}

/// Street and number of an address that was typed, folded.
struct Home {
    street: String,
    number: Option<String>,
}

impl Home {
    fn of(proposal: &Proposal) -> Option<Self> {
        let Proposal::Address { street, number, .. } = proposal else {
            return None;
        };
        Some(Self {
            street: fold(street.as_deref()?),
            number: number.as_deref().map(fold),
        })
    }

    fn is_of(&self, contact: &KnownContact) -> bool {
        let street = contact.street.as_deref().map(fold);
        let number = contact.house_number.as_deref().map(fold);
        let same_number = self.number.is_none() || number.is_none() || self.number == number;
        street.as_ref() == Some(&self.street) && same_number
    }
}

/// Puts the contact who is meant first, and says whether one of them stands out.
fn choose<'h>(
    name: &str,
    candidates: &mut [KnownContact],
    homes: impl Iterator<Item = &'h Home>,
) -> bool {
    let homes: Vec<&Home> = homes.collect();
    let lives_there = |contact: &KnownContact| homes.iter().any(|home| home.is_of(contact));
    let whole = name.contains(' ').then(|| fold(name));
    let same_name = |contact: &KnownContact| whole.as_ref() == Some(&fold(&contact.name));
    candidates.sort_by_key(|contact| !lives_there(contact));
    let alone = |holds: &dyn Fn(&KnownContact) -> bool| {
        candidates.iter().filter(|contact| holds(contact)).count() == 1
    };
    if candidates.len() <= 1 || alone(&lives_there) {
        return true;
    }
    let named = alone(&same_name) && homes.is_empty();
    if named {
        candidates.sort_by_key(|contact| !same_name(contact));
    }
    named
}

/// The people whom a proposal belongs to, as the spans of their proposals.
fn owners(reading: &Reading<'_>, tokens: &Range<usize>, proposal: &Proposal) -> Vec<Span> {
    let mentions: Vec<&Mention> = match proposal {
        Proposal::Contact { .. } | Proposal::Place { .. } => Vec::new(),
        Proposal::Phone { .. } | Proposal::Email { .. } => {
            let beside = beside(reading, tokens);
            let lead = || lead(reading, tokens.start).into_iter().next();
            beside.or_else(lead).into_iter().collect()
        }
        Proposal::Address { home, .. } => match beside(reading, tokens) {
            Some(mention) => household(reading, mention),
            None if *home => lead(reading, tokens.start),
            None => Vec::new(),
        },
        Proposal::Signal { .. } | Proposal::Offer { .. } => lead(reading, tokens.start),
        Proposal::FollowUp { .. } => {
            let named: Vec<&Mention> = reading
                .mentions
                .iter()
                .filter(|mention| tokens.contains(&mention.tokens.start))
                .collect();
            let lead = || lead(reading, tokens.start);
            let who = if named.is_empty() { lead() } else { named };
            // "burenruzie tussen Kees en Ria, gesprek vrijdag": with both.
            if who.is_empty() {
                reading.mentions.iter().collect()
            } else {
                who
            }
        }
    };
    let mut spans: Vec<Span> = Vec::new();
    for mention in mentions {
        if !spans.contains(&mention.contact) {
            spans.push(mention.contact);
        }
    }
    spans
}

/// The person beside a number or an address: right before it, else right behind it without a mark between.
fn beside<'r>(reading: &'r Reading<'_>, tokens: &Range<usize>) -> Option<&'r Mention> {
    let line = &reading.line;
    let says_nothing = |at: usize| {
        !line.is_word(at) || matches!(reading.claim_at(at), Some(Claim::Way | Claim::Address))
    };
    let before = reading
        .mentions
        .iter()
        .rev()
        .find(|mention| mention.tokens.end <= tokens.start)
        .filter(|mention| (mention.tokens.end..tokens.start).all(says_nothing));
    let behind = || {
        reading.mentions.iter().find(|mention| {
            mention.tokens.start >= tokens.end
                && (tokens.end..mention.tokens.start)
                    .all(|at| line.is_word(at) && names_a_person(line.fold(at)))
        })
    };
    // "06-… Yusuf, 06-… Karin": in a list that begins with a number, each number stands before its person.
    let first = reading
        .mentions
        .first()
        .map_or(0, |mention| mention.tokens.start);
    let leads = (0..first).any(|at| reading.claim_at(at) == Some(Claim::Way));
    if leads {
        behind().or(before)
    } else {
        before.or_else(behind)
    }
}

/// Everybody named in one breath with a person, before them too.
fn household<'r>(reading: &'r Reading<'_>, mention: &'r Mention) -> Vec<&'r Mention> {
    let mut groups = reading.mentions.iter().map(|first| group(reading, first));
    groups
        .find(|group| group.iter().any(|one| one.tokens == mention.tokens))
        .unwrap_or_else(|| vec![mention])
}

/// Who speaks or acts at a token: the first person of its clause or of the nearest clause before it that has one; else
/// the first person in the line.
fn lead<'r>(reading: &'r Reading<'_>, at: usize) -> Vec<&'r Mention> {
    let speaks = |mention: &&Mention| part_of(reading, mention) == Part::Speaks;
    let promised = |mention: &&Mention| {
        let start = mention.tokens.start;
        reading
            .promised
            .iter()
            .any(|tokens| tokens.contains(&start))
    };
    let clauses = reading.line.clauses.iter().rev();
    let found = clauses
        .filter(|clause| clause.start <= at)
        .find_map(|clause| {
            let mut inside = reading.mentions.iter().filter(|mention| {
                clause.contains(&mention.tokens.start) && mention.tokens.start < at
            });
            inside.find(|mention| speaks(mention) && !promised(mention))
        });
    let first = || {
        let mut all = reading.mentions.iter().filter(speaks);
        let told = all.clone().find(|mention| !promised(mention));
        told.or_else(|| all.next())
    };
    found
        .or_else(first)
        .map(|mention| group(reading, mention))
        .unwrap_or_default()
}

/// A person with those named in one breath: "Kees en Ria", "Noor, Bilal en Esra".
fn group<'r>(reading: &'r Reading<'_>, mention: &'r Mention) -> Vec<&'r Mention> {
    let line = &reading.line;
    let mut found = vec![mention];
    let mut until = 1;
    let mut last = mention;
    for next in reading
        .mentions
        .iter()
        .skip_while(|other| other.tokens.start <= mention.tokens.start)
    {
        let mut between = last.tokens.end..next.tokens.start;
        let joins = between.clone().any(|at| JOINS.has(line.fold(at)));
        let nothing_else = between.all(|at| {
            let fold = line.fold(at);
            JOINS.has(fold) || fold == "," || names_a_person(fold)
        });
        if !nothing_else {
            break;
        }
        found.push(next);
        last = next;
        if joins {
            until = found.len();
        }
    }
    found.truncate(until);
    found
}

/// What somebody's part is in what the words around their name tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// They tell, ask or do something, as far as the words say.
    Speaks,
    /// "gevraagd aan Kees", "voor Kees": somebody spoke to them or means to; it was not they who told.
    Listens,
    /// "over buurman Kees", "ruzie met Kees": they were not there.
    IsSpokenOf,
}

/// The person is mentioned, and nowhere in the text more than that.
fn is_only_spoken_of(reading: &Reading<'_>, person: Span) -> bool {
    let mut mentions = reading
        .mentions
        .iter()
        .filter(|mention| mention.contact == person)
        .peekable();
    mentions.peek().is_some()
        && mentions.all(|mention| part_of(reading, mention) == Part::IsSpokenOf)
}

fn part_of(reading: &Reading<'_>, mention: &Mention) -> Part {
    let line = &reading.line;
    let clause = line.clause_of(mention.tokens.start).unwrap_or_default();
    let mut start = mention.tokens.start;
    while start > clause.start && names_a_person(line.fold(start - 1)) {
        start -= 1;
    }
    // "tussen Kees en Ria" is about Ria too.
    if start > clause.start
        && JOINS.has(line.fold(start - 1))
        && let Some(other) = reading
            .mentions
            .iter()
            .find(|other| other.tokens.end == start - 1)
    {
        return part_of(reading, other);
    }
    let Some(word) = start.checked_sub(1).filter(|at| *at >= clause.start) else {
        return Part::Speaks;
    };
    let from = word.checked_sub(1).map_or("", |at| line.fold(at));
    let heard = SOURCE.has(from) || SOURCE.has(line.fold(mention.tokens.end));
    let is_spoken_of = match line.fold(word) {
        "van" | "door" | "from" | "by" => !heard,
        "met" | "with" => {
            let trouble = word.saturating_sub(1)..word;
            TROUBLE.has(from) || !trouble.is_empty() && signals::has_cue(line, &trouble)
        }
        word if TOWARDS.has(word) => return Part::Listens,
        word => SPOKEN_OF.has(word),
    };
    if is_spoken_of {
        Part::IsSpokenOf
    } else {
        Part::Speaks
    }
}
