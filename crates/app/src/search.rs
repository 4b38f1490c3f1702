//! Search as you type, with what matched shown.

use domain::excerpt::piece;
use domain::projection::fold;
use domain::record::kind;
use store::RecordRow;

use crate::api::{Search, SearchHit, TextPart};
use crate::records::kind_of;
use crate::views::{Viewer, line, moment};
use crate::{App, Result};

/// Hits per kind, at most.
const LIMIT: u32 = 500;
/// Characters of a snippet, about two lines on a phone.
const SNIPPET: usize = 120;
/// Characters before the match in a snippet.
const BEFORE: usize = 30;

impl App {
    /// Finds contacts, notes, signals, places and more.
    ///
    /// # Errors
    /// What the database says.
    pub fn search(&self, search: Search) -> Result<Vec<SearchHit>> {
        let device = self.device()?;
        if let Some(name) = &search.kind {
            kind_of(name)?;
        }
        let limit = search.limit.clamp(1, LIMIT);
        let hits =
            device
                .store
                .search(&search.text, search.kind.as_deref(), search.archived, limit)?;
        let viewer = Viewer::new(&device)?;
        let words = Words::of(&search.text);
        Ok(hits
            .iter()
            .map(|hit| view(&viewer, &words, &hit.record))
            .collect())
    }
}

fn view(viewer: &Viewer<'_>, words: &Words, row: &RecordRow) -> SearchHit {
    let title = words.parts(&row.title);
    let told = words.count_in(&row.title) >= words.0.len();
    let body = kind(&row.kind)
        .map(|kind| (kind.found_by)(&row.fields))
        .unwrap_or_default();
    SearchHit {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        title,
        snippet: if told {
            Vec::new()
        } else {
            words.snippet(&body)
        },
        detail: detail(row),
        mark: viewer.mark(row),
    }
}

fn detail(row: &RecordRow) -> String {
    match row.kind.as_str() {
        "contact" | "organisation" | "group" => {
            format!("{} {}", line(row, "street"), line(row, "house_number"))
                .trim()
                .to_owned()
        }
        "signal" => Some(line(row, "state"))
            .filter(|state| !state.is_empty())
            .unwrap_or_else(|| "new".to_owned()),
        "follow_up" => line(row, "due"),
        _ => moment(row.at),
    }
}

/// The words typed, folded.
struct Words(Vec<String>);

impl Words {
    fn of(text: &str) -> Self {
        Self(
            text.split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(fold)
                .collect(),
        )
    }

    /// The length in characters of what matches at the start of `run`, a word of a record.
    fn matching(&self, run: &[char]) -> usize {
        let folded = fold(&run.iter().collect::<String>());
        self.0
            .iter()
            .filter(|word| folded.starts_with(word.as_str()))
            .map(|word| word.chars().count().min(run.len()))
            .max()
            .unwrap_or(0)
    }

    fn count_in(&self, text: &str) -> usize {
        let runs: Vec<String> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .map(fold)
            .collect();
        self.0
            .iter()
            .filter(|word| runs.iter().any(|run| run.starts_with(word.as_str())))
            .count()
    }

    /// The text in parts: what matched and what did not.
    fn parts(&self, text: &str) -> Vec<TextPart> {
        let letters: Vec<char> = text.chars().collect();
        let mut parts: Vec<TextPart> = Vec::new();
        for run in letters.chunk_by(|a, b| a.is_alphanumeric() == b.is_alphanumeric()) {
            let hit = if run.first().is_some_and(|first| first.is_alphanumeric()) {
                self.matching(run)
            } else {
                0
            };
            let (matched, rest) = run.split_at(hit.min(run.len()));
            push(&mut parts, matched, true);
            push(&mut parts, rest, false);
        }
        parts
    }

    /// The piece of the text around the first match.
    fn snippet(&self, text: &str) -> Vec<TextPart> {
        let line = text
            .lines()
            .max_by_key(|line| self.count_in(line))
            .unwrap_or_default();
        let letters: Vec<char> = line.chars().collect();
        let mut start = 0;
        for run in letters.chunk_by(|a, b| a.is_alphanumeric() == b.is_alphanumeric()) {
            if run.first().is_some_and(|first| first.is_alphanumeric()) && self.matching(run) > 0 {
                break;
            }
            start += run.len();
        }
        let focus = if start >= letters.len() { 0 } else { start };
        let cut = piece(&letters, focus, BEFORE, SNIPPET);
        let shown: String = letters.iter().take(cut.end).skip(cut.start).collect();
        let mut parts = self.parts(&shown);
        if cut.start > 0 {
            parts.insert(
                0,
                TextPart {
                    text: "… ".to_owned(),
                    hit: false,
                },
            );
        }
        if letters.len() > cut.end {
            parts.push(TextPart {
                text: " …".to_owned(),
                hit: false,
            });
        }
        parts
    }
}

fn push(parts: &mut Vec<TextPart>, letters: &[char], hit: bool) {
    if letters.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(last) if last.hit == hit => last.text.extend(letters),
        _ => parts.push(TextPart {
            text: letters.iter().collect(),
            hit,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(parts: &[TextPart]) -> String {
        parts
            .iter()
            .map(|part| {
                if part.hit {
                    format!("[{}]", part.text)
                } else {
                    part.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn what_matched_is_shown_without_regard_to_case_and_accents() {
        let words = Words::of("fat amr");
        assert_eq!(
            shown(&words.parts("Fatima el Amrani")),
            "[Fat]ima el [Amr]ani"
        );
        assert_eq!(
            shown(&Words::of("rene").parts("René de Jong")),
            "[René] de Jong"
        );
    }

    #[test]
    fn a_snippet_starts_near_the_match() {
        let text = "x ".repeat(100) + "oversteek bij school gevaarlijk";
        let shown = shown(&Words::of("gevaar").snippet(&text));
        assert!(shown.starts_with("… "), "{shown}");
        assert!(shown.ends_with("[gevaar]lijk"), "{shown}");
    }
}
