//! The words to make a neighbourhood of: text files beside this module, so that they can be read and extended without
//! reading Rust. `#` begins a remark, `[name]` a section.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Every section of every file.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::read(&[
        include_str!("words/names.txt"),
        include_str!("words/town.txt"),
        include_str!("words/phrases.txt"),
    ])
});

/// What is talked about.
pub(super) static TOPICS: LazyLock<Vec<Topic>> =
    LazyLock::new(|| topics(include_str!("words/topics.txt")));

/// Sections with their lines.
#[derive(Debug)]
pub(super) struct Lexicon {
    sections: BTreeMap<&'static str, Vec<&'static str>>,
}

/// Something the neighbourhood talks about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Topic {
    pub(super) theme: &'static str,
    pub(super) kind: &'static str,
    pub(super) title: &'static str,
    pub(super) said: &'static str,
    pub(super) subject: &'static str,
}

impl Lexicon {
    fn read(files: &[&'static str]) -> Self {
        let mut sections: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for file in files {
            for (section, line) in lines(file) {
                let lines = sections.entry(section).or_default();
                if section.starts_with("given") || section.starts_with("family") || is_list(section)
                {
                    lines.extend(
                        line.split(',')
                            .map(str::trim)
                            .filter(|word| !word.is_empty()),
                    );
                } else {
                    lines.push(line);
                }
            }
        }
        Self { sections }
    }

    /// The lines of a section, in order.
    pub(super) fn lines(&self, section: &str) -> &[&'static str] {
        self.sections.get(section).map_or(&[], Vec::as_slice)
    }

    /// The second words of the sections that begin with this one, with their lines.
    pub(super) fn all(
        &self,
        first: &'static str,
    ) -> impl Iterator<Item = (&'static str, &[&'static str])> {
        self.sections.iter().filter_map(move |(name, lines)| {
            let second = name.strip_prefix(first)?.strip_prefix(' ')?;
            Some((second, lines.as_slice()))
        })
    }
}

/// Sections that are words between commas.
fn is_list(section: &str) -> bool {
    section.starts_with("streets")
        || ["parks", "shops", "schools", "groups", "eerste", "tweede"].contains(&section)
}

fn topics(file: &'static str) -> Vec<Topic> {
    let mut topics = Vec::new();
    for (theme, line) in lines(file) {
        let mut parts = line.split('|').map(str::trim);
        let mut part = || parts.next().unwrap_or_default();
        topics.push(Topic {
            theme,
            kind: part(),
            title: part(),
            said: part(),
            subject: part(),
        });
    }
    topics
}

/// The lines of a file, each with its section.
fn lines(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    file.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            section = name;
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((section, line))
    })
}

#[cfg(test)]
mod tests {
    use domain::SignalKind;

    use super::{LEXICON, TOPICS};

    #[test]
    fn every_topic_is_complete_and_has_a_theme() {
        let themes: Vec<&str> = LEXICON
            .lines("themes")
            .iter()
            .map(|line| line.split(':').next().unwrap())
            .collect();
        assert_eq!(themes.len(), 10);
        for topic in TOPICS.iter() {
            assert!(themes.contains(&topic.theme), "{topic:?}");
            assert!(SignalKind::from_word(topic.kind).is_some(), "{topic:?}");
            assert!(
                !topic.said.is_empty() && !topic.subject.is_empty(),
                "{topic:?}"
            );
        }
    }

    #[test]
    fn every_language_has_given_and_family_names() {
        assert!(LEXICON.all("given").count() >= 10);
        for (language, given) in LEXICON.all("given") {
            assert!(given.len() >= 8, "{language}");
            assert!(
                LEXICON.lines(&format!("family {language}")).len() >= 8,
                "{language}"
            );
        }
    }
}
