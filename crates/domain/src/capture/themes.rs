//! Which theme of the organisation a text points at.

use std::ops::Range;

use super::directory::{Directory, ThemeWords};
use super::tokens::{Line, fold};

/// From this length on a word also counts as the begin or end of a compound: "huur" in "huurverhoging".
const COMPOUND: usize = 4;

/// The words of the themes, folded once for a whole line.
pub(super) struct Themes<'d> {
    themes: Vec<(&'d ThemeWords, Vec<Vec<String>>)>,
}

impl<'d> Themes<'d> {
    pub(super) fn of(directory: &'d dyn Directory) -> Self {
        let folded = |theme: &'d ThemeWords| {
            let words = std::iter::once(&theme.name).chain(&theme.words);
            words
                .map(|words| fold(words).split_whitespace().map(str::to_owned).collect())
                .collect()
        };
        Self {
            themes: directory
                .themes()
                .iter()
                .map(|theme| (theme, folded(theme)))
                .collect(),
        }
    }

    /// Id of the theme with most words in `tokens`; of equals the one named first: "oversteek bij school" is about the
    /// crossing.
    pub(super) fn pointed_at(&self, line: &Line<'_>, tokens: &Range<usize>) -> Option<String> {
        let mut best: Option<(usize, usize, &str)> = None;
        for (theme, phrases) in &self.themes {
            let places: Vec<usize> = phrases
                .iter()
                .flat_map(|phrase| places(line, tokens, phrase))
                .collect();
            let Some(first) = places.iter().min() else {
                continue;
            };
            let is_better = best.is_none_or(|(most, at, _)| {
                places.len() > most || (places.len() == most && *first < at)
            });
            if is_better {
                best = Some((places.len(), *first, &theme.id));
            }
        }
        best.map(|(_, _, id)| id.to_owned())
    }
}

/// Where a phrase stands.
fn places(line: &Line<'_>, tokens: &Range<usize>, phrase: &[String]) -> Vec<usize> {
    if phrase.is_empty() {
        return Vec::new();
    }
    let stands = |at: usize| {
        at + phrase.len() <= tokens.end
            && phrase
                .iter()
                .enumerate()
                .all(|(i, word)| is_meant(line.fold(at + i), word))
    };
    tokens.clone().filter(|at| stands(*at)).collect()
}

fn is_meant(typed: &str, word: &str) -> bool {
    typed == word || word.len() >= COMPOUND && (typed.starts_with(word) || typed.ends_with(word))
}
