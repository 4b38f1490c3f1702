//! The words the parser knows: lists of words, and phrases that point at something.
//!
//! The lists are text files beside this module, so that they can be read and extended without reading Rust.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::tokens::Line;

/// Given names common in the Netherlands, folded.
static GIVEN_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("lexicon/given_names.txt")));

/// Words that are no person although they may have a capital, folded.
static COMMON_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("lexicon/common_words.txt")));

pub(super) fn is_given_name(fold: &str) -> bool {
    GIVEN_NAMES.contains(fold)
}

pub(super) fn is_common_word(fold: &str) -> bool {
    COMMON_WORDS.contains(fold)
}

/// Words that may stand between two words of a phrase: "wil *graag ook* helpen".
const FILLERS: &[&str] = &[
    "graag",
    "ook",
    "wel",
    "heel",
    "erg",
    "zeer",
    "even",
    "nog",
    "best",
    "misschien",
    "altijd",
    "dan",
    "weer",
    "echt",
    "gewoon",
    "zelf",
    "nu",
    "soms",
    "al",
    "eens",
    "really",
    "also",
    "maybe",
];

/// Words over which a phrase with a gap never reaches: they turn its meaning around.
const TURNS: &[&str] = &[
    "niet", "geen", "nooit", "weinig", "hulp", "leren", "leert", "iemand", "weten", "not", "never",
    "learn", "help",
];

/// The longest gap of a phrase, in words.
const LONGEST_GAP: usize = 5;

/// A list of single words, read when it is first asked for.
#[derive(Debug)]
pub(super) struct WordList(LazyLock<HashSet<&'static str>>);

impl WordList {
    pub(super) const fn new(read: fn() -> HashSet<&'static str>) -> Self {
        Self(LazyLock::new(read))
    }

    pub(super) fn has(&self, fold: &str) -> bool {
        self.0.contains(fold)
    }

    /// Some word of the list for which `holds`.
    pub(super) fn any(&self, holds: impl Fn(&str) -> bool) -> bool {
        self.0.iter().any(|word| holds(word))
    }
}

/// The words of a list below `[section]`.
pub(super) fn section(list: &'static str, name: &str) -> HashSet<&'static str> {
    let header = |line: &&str| line.starts_with('[');
    lines(list)
        .skip_while(|line| line.trim_matches(['[', ']']) != name.to_lowercase() || !header(line))
        .skip(1)
        .take_while(|line| !header(line))
        .flat_map(str::split_whitespace)
        .collect()
}

/// Names the lists of a file, one per `[section]` of the same name in lower case.
macro_rules! word_lists {
    ($file:literal: $($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        $($(#[$meta])* static $name: $crate::capture::lexicon::WordList =
            $crate::capture::lexicon::WordList::new(|| {
                $crate::capture::lexicon::section(include_str!($file), stringify!($name))
            });)+

        #[cfg(test)]
        #[test]
        fn every_word_list_has_words() {
            $(assert!($name.any(|word| !word.is_empty()), stringify!($name));)+
        }
    };
}
pub(super) use word_lists;

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
}

fn words(list: &'static str) -> HashSet<&'static str> {
    lines(list).flat_map(str::split_whitespace).collect()
}

/// One word of a phrase: `word`, `begin*`, `*end`, or `_` for up to five words of any kind.
#[derive(Debug, Clone, Copy)]
enum Part {
    Word(&'static str),
    Begin(&'static str),
    End(&'static str),
    Gap,
}

impl Part {
    fn of(written: &'static str) -> Self {
        match (written.strip_suffix('*'), written.strip_prefix('*')) {
            _ if written == "_" => Self::Gap,
            (Some(begin), _) => Self::Begin(begin),
            (None, Some(end)) => Self::End(end),
            (None, None) => Self::Word(written),
        }
    }

    fn fits(self, fold: &str) -> bool {
        match self {
            Self::Word(word) => fold == word,
            Self::Begin(begin) => fold.starts_with(begin),
            Self::End(end) => fold.ends_with(end),
            Self::Gap => false,
        }
    }
}

/// Phrases, each pointing at a `T`.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// By their first word, when that is written in full.
    by_word: HashMap<&'static str, Vec<(Vec<Part>, T)>>,
    /// Those that begin with `begin*` or `*end`.
    others: Vec<(Vec<Part>, T)>,
}

impl<T: Copy> Phrases<T> {
    /// Reads a list: `[section]` lines name what follows, phrases are parted by commas.
    ///
    /// A section that `tag` does not know is left out; the tests of each list see to it that there is none.
    pub(super) fn of(list: &'static str, tag: impl Fn(&'static str) -> Option<T>) -> Self {
        let mut phrases = Self {
            by_word: HashMap::new(),
            others: Vec::new(),
        };
        let mut current = None;
        for line in lines(list) {
            if let Some(section) = line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                current = tag(section);
                continue;
            }
            for phrase in line.split(',') {
                let parts: Vec<Part> = phrase.split_whitespace().map(Part::of).collect();
                match (parts.first(), current) {
                    (Some(Part::Word(word)), Some(tag)) => {
                        phrases.by_word.entry(word).or_default().push((parts, tag));
                    }
                    (Some(_), Some(tag)) => phrases.others.push((parts, tag)),
                    (None, _) | (_, None) => {}
                }
            }
        }
        phrases
    }

    /// The longest phrase that begins at token `at` and ends before `end`.
    pub(super) fn at(&self, line: &Line<'_>, at: usize, end: usize) -> Option<(Range<usize>, T)> {
        if !line.is_word(at) || at >= end {
            return None;
        }
        let named = self.by_word.get(line.fold(at)).into_iter().flatten();
        named
            .chain(&self.others)
            .filter_map(|(parts, tag)| Some((at..reach(line, parts, at, end)?, *tag)))
            .max_by_key(|(range, _)| range.end)
    }

    /// Every phrase in a range of tokens, from left to right, not overlapping.
    pub(super) fn within(&self, line: &Line<'_>, tokens: &Range<usize>) -> Vec<(Range<usize>, T)> {
        let mut found = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            match self.at(line, at, tokens.end) {
                Some((range, tag)) => {
                    at = range.end.max(at + 1);
                    found.push((range, tag));
                }
                None => at += 1,
            }
        }
        found
    }
}

/// Where a phrase that begins at `at` ends, if it stands there.
fn reach(line: &Line<'_>, parts: &[Part], at: usize, end: usize) -> Option<usize> {
    let (first, rest) = parts.split_first()?;
    if matches!(first, Part::Gap) {
        return (0..=LONGEST_GAP)
            .map_while(|words| {
                let skipped = line.tokens.get(at..at + words)?;
                let turned = skipped
                    .iter()
                    .any(|token| TURNS.contains(&token.fold.as_str()));
                (!turned).then_some(at + words)
            })
            .find_map(|next| reach(line, rest, next, end));
    }
    if at >= end || !first.fits(line.fold(at)) {
        return None;
    }
    let mut next = at + 1;
    if rest.is_empty() {
        return Some(next);
    }
    loop {
        if let Some(reached) = reach(line, rest, next, end) {
            return Some(reached);
        }
        if next >= end || !FILLERS.contains(&line.fold(next)) {
            return None;
        }
        next += 1;
    }
}
