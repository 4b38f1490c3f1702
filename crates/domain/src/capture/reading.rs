//! What has been found in a text so far.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDateTime;

use super::calendar::DateHit;
use super::directory::{Directory, KnownContact};
use super::proposal::{Proposal, Span};
use super::times::TimeHit;
use super::tokens::Line;

/// What a token was already read as, so that nothing else reads it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// A telephone number, e-mail address or web page.
    Way,
    /// An address or a part of one.
    Address,
    /// A date or a time.
    Date,
    /// A person.
    Person,
}

/// A person named in the text, each time they are.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The tokens of the name.
    pub(super) tokens: Range<usize>,
    /// The span of their proposal, which may stand elsewhere: each person is proposed once.
    pub(super) contact: Span,
}

/// A text with everything found in it.
pub(super) struct Reading<'a> {
    pub(super) line: Line<'a>,
    pub(super) now: NaiveDateTime,
    pub(super) directory: &'a dyn Directory,
    /// Dates, past ones and repeating ones too, from left to right.
    pub(super) dates: Vec<DateHit>,
    /// Times of day, from left to right.
    pub(super) times: Vec<TimeHit>,
    /// Tokens of follow-ups and offers, from left to right: a signal does not reach into them.
    pub(super) taken: Vec<Range<usize>>,
    /// Tokens of follow-ups.
    pub(super) promised: Vec<Range<usize>>,
    /// People, from left to right.
    pub(super) mentions: Vec<Mention>,
    claims: Vec<Option<Claim>>,
    /// With the tokens each rests on.
    proposals: Vec<(Range<usize>, Proposal)>,
    /// Answers of the directory: a name is asked for once, since a database may be behind it.
    asked: RefCell<HashMap<String, Vec<KnownContact>>>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(text: &'a str, now: NaiveDateTime, directory: &'a dyn Directory) -> Self {
        let line = Line::of(text);
        let claims = vec![None; line.tokens.len()];
        Self {
            line,
            now,
            directory,
            dates: Vec::new(),
            times: Vec::new(),
            taken: Vec::new(),
            promised: Vec::new(),
            mentions: Vec::new(),
            claims,
            proposals: Vec::new(),
            asked: RefCell::default(),
        }
    }

    /// Known contacts who may be meant by `name`, at most five.
    pub(super) fn contacts_named(&self, name: &str) -> Vec<KnownContact> {
        let mut asked = self.asked.borrow_mut();
        let answer = asked.entry(name.to_owned()).or_insert_with(|| {
            let mut found = self.directory.contacts_named(name);
            found.truncate(5);
            found
        });
        answer.clone()
    }

    pub(super) fn claim(&mut self, tokens: &Range<usize>, claim: Claim) {
        if let Some(claims) = self.claims.get_mut(tokens.clone()) {
            claims.fill(Some(claim));
        }
    }

    pub(super) fn claim_at(&self, at: usize) -> Option<Claim> {
        self.claims.get(at).copied().flatten()
    }

    /// Nothing was read here yet.
    pub(super) fn is_free(&self, at: usize) -> bool {
        self.claim_at(at).is_none()
    }

    /// The token belongs to a follow-up or an offer.
    pub(super) fn is_taken(&self, at: usize) -> bool {
        self.taken.iter().any(|range| range.contains(&at))
    }

    /// The tokens were read as `claim`, all of them.
    pub(super) fn all_are(&self, tokens: &Range<usize>, claim: Claim) -> bool {
        !tokens.is_empty() && tokens.clone().all(|at| self.claim_at(at) == Some(claim))
    }

    /// Adds a proposal that rests on `tokens`.
    pub(super) fn propose(
        &mut self,
        tokens: &Range<usize>,
        proposal: impl FnOnce(Span) -> Proposal,
    ) {
        let proposal = proposal(self.span(tokens));
        self.proposals.push((tokens.clone(), proposal));
    }

    /// Where tokens stand in the text.
    pub(super) fn span(&self, tokens: &Range<usize>) -> Span {
        Span::of_bytes(self.line.text, &self.line.bytes(tokens))
    }

    /// What was proposed so far, with the tokens it rests on.
    pub(super) fn proposed(&self) -> &[(Range<usize>, Proposal)] {
        &self.proposals
    }

    /// Completes every proposal made so far, by its place among them.
    pub(super) fn revise(&mut self, revise: impl Fn(usize, &mut Proposal)) {
        for (at, (_, proposal)) in self.proposals.iter_mut().enumerate() {
            revise(at, proposal);
        }
    }

    /// Everything found, in the order of the text; of what begins at the same place the shortest first.
    pub(super) fn into_proposals(self) -> Vec<Proposal> {
        let mut proposals: Vec<Proposal> = self
            .proposals
            .into_iter()
            .map(|(_, proposal)| proposal)
            .collect();
        proposals.sort_by_key(Proposal::span);
        proposals
    }
}
