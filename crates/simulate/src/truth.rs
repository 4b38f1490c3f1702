//! What people were told: which words were saved by whom, and which words took the place of which. Every word is
//! written once in a history, so that it can be followed.

use std::collections::{BTreeMap, BTreeSet};

use crate::history::Kind;

/// The words that a record shows, by field; of fields on which people disagree, all of them.
pub(crate) type Seen = BTreeMap<&'static str, BTreeSet<u32>>;

/// A record.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// The space it was written in.
    pub(crate) space: String,
}

/// A word that somebody wrote.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) record: usize,
    pub(crate) field: &'static str,
    pub(crate) device: usize,
    /// In which step.
    pub(crate) made: u32,
    /// The person was told that it was saved.
    pub(crate) saved: bool,
    /// Since this step the device says that it was sent.
    pub(crate) sent: Option<u32>,
    /// Since this step its device has it no more, because it takes no part in the space.
    pub(crate) let_go: Option<u32>,
    /// In this step whoever wrote it was told that the record is erased.
    pub(crate) erased: Option<u32>,
    /// What took its place, by somebody who saw it.
    pub(crate) replaced: BTreeSet<Next>,
    /// Nobody can be held to it any more, and why.
    pub(crate) excused: Option<&'static str>,
}

/// What took the place of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Next {
    /// Another word.
    Word(u32),
    /// It was taken out.
    Nothing,
}

/// A device or the server went back to an older state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Back {
    /// The step of the copy.
    pub(crate) copied: u32,
    /// The step in which it was put back.
    pub(crate) at: u32,
}

/// What people were told.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    pub(crate) records: Vec<Record>,
    pub(crate) words: Vec<Word>,
    pub(crate) device_back: Vec<(usize, Back)>,
    pub(crate) server_back: Vec<Back>,
    /// Records of which somebody was told that they are erased.
    pub(crate) erased: BTreeSet<usize>,
    /// Devices that were told to take no part in a space any more, with its id.
    pub(crate) departed: BTreeSet<(usize, String)>,
}

impl Truth {
    /// A word that was not written yet in this history.
    pub(crate) fn mint(&mut self, word: Word) -> u32 {
        self.words.push(word);
        u32::try_from(self.words.len() - 1).unwrap_or(u32::MAX)
    }

    pub(crate) fn word(&self, no: u32) -> Option<&Word> {
        self.words.get(no as usize)
    }

    /// Notes what took the place of what when a record went from one state to another by a person's act.
    pub(crate) fn replaced(&mut self, before: &Seen, after: &Seen) {
        let none = BTreeSet::new();
        for (field, old) in before {
            let new = after.get(field).unwrap_or(&none);
            let came: Vec<u32> = new.difference(old).copied().collect();
            for gone in old.difference(new) {
                let Some(word) = self.words.get_mut(*gone as usize) else {
                    continue;
                };
                if new.is_empty() || (came.is_empty() && is_text(field)) {
                    word.replaced.insert(Next::Nothing);
                }
                let heirs: Vec<u32> = if came.is_empty() {
                    new.iter().copied().collect()
                } else {
                    came.clone()
                };
                word.replaced.extend(heirs.into_iter().map(Next::Word));
            }
        }
    }

    /// Whether a word, or what took its place, is among these.
    pub(crate) fn stands(&self, no: u32, shown: &BTreeSet<u32>) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![no];
        while let Some(no) = open.pop() {
            if shown.contains(&no) {
                return true;
            }
            if !seen.insert(no) {
                continue;
            }
            for next in self.word(no).iter().flat_map(|word| &word.replaced) {
                match next {
                    // Taken out by somebody who saw it: nothing is there, or something that came later.
                    Next::Nothing => return true,
                    Next::Word(heir) => open.push(*heir),
                }
            }
        }
        false
    }

    /// Excuses what cannot be expected after these went back to older states: what only they held, and what its writer erased
    /// after that.
    pub(crate) fn excuse(&mut self) {
        for word in &mut self.words {
            // The server had it, and was put back to before that.
            let forgot = |sent: u32| {
                self.server_back
                    .iter()
                    .filter(move |back| back.copied <= sent && sent <= back.at)
            };
            let erased = word.erased.is_some_and(|erased| {
                word.sent
                    .is_none_or(|sent| erased <= sent || forgot(sent).any(|back| back.at <= erased))
            });
            if erased {
                word.excused = Some("whoever wrote it erased it, and no server had it");
                continue;
            }
            let let_go = word.sent.zip(word.let_go);
            if let_go.is_some_and(|(sent, gone)| forgot(sent).any(|back| gone <= back.at)) {
                word.excused = Some("whoever wrote it had left when the server forgot it");
                continue;
            }
            let went_back = self.device_back.iter().any(|(device, back)| {
                *device == word.device && back.copied <= word.made && word.made <= back.at
            });
            if !went_back {
                continue;
            }
            let sent = word.sent.filter(|sent| {
                self.device_back.iter().all(|(device, back)| {
                    *device != word.device || *sent < back.at || word.made > back.at
                })
            });
            if sent.is_none_or(|sent| forgot(sent).next().is_some()) {
                word.excused = Some("only a device that went back to an older copy had it");
            }
        }
    }
}

fn is_text(field: &str) -> bool {
    ["met", "text", "outcome", "about"].contains(&field)
}

/// How a word is written.
pub(crate) fn spell(no: u32) -> String {
    format!("w{no}x")
}

/// Whether this is one word of a history and nothing else: only those are found by searching for them.
pub(crate) fn is_one(text: &str) -> bool {
    words_in(text).next().is_some_and(|no| spell(no) == text)
}

/// The words of a history in a text, also where two stand side by side without a space: people who wrote in one place at
/// the same time.
pub(crate) fn words_in(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.split('w')
        .skip(1)
        .filter_map(|rest| rest.split_once('x')?.0.parse().ok())
}
