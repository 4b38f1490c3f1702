//! A person's file as a paper: what is kept, why, who wrote it, who saw it, and what the person may ask.

use serde_json::Value;

use super::values::Speaker;
use super::words::{Words, fill, said as find};
use super::{FileEvent, FileRecord, FileShare, PersonFile};
use crate::paper::{Block, Fact, Paper};

/// The paper of a file.
pub(super) fn paper(file: &PersonFile, words: &'static Words) -> Paper {
    let mut writer = Writer {
        speaker: Speaker {
            words,
            names: &file.names,
        },
        blocks: Vec::new(),
    };
    writer.write(file);
    let title = fill(words.title, &[&file.person.title]);
    Paper {
        foot: fill(
            words.foot,
            &[&title, &writer.speaker.moment(&file.made_at.to_rfc3339())],
        ),
        title,
        language: words.language.to_owned(),
        made_at: file.made_at,
        page_words: words.page.to_owned(),
        blocks: writer.blocks,
    }
}

struct Writer<'a> {
    speaker: Speaker<'a>,
    blocks: Vec<Block>,
}

impl Writer<'_> {
    fn write(&mut self, file: &PersonFile) {
        let words = self.words();
        self.introduction(file);
        self.heading(2, words.who);
        let facts = self.speaker.facts(
            "contact",
            &file.person.fields,
            &[
                "consent",
                "consent_on",
                "consent_by",
                "basis",
                "basis_on",
                "basis_by",
            ],
        );
        self.facts(facts);
        self.recorded(&file.person);
        self.basis(file);
        for (title, records) in [
            (words.notes, &file.notes),
            (words.follow_ups, &file.follow_ups),
            (words.signals, &file.signals),
            (words.relations, &file.relations),
            (words.groups, &file.groups),
            (words.other, &file.other),
        ] {
            self.records(title, records);
        }
        if !file.mentions.is_empty() {
            self.records(words.mentions, &file.mentions);
        }
        self.disagreements(file);
        self.shares(&file.shared);
        self.audit(&file.audit, file.audit_of_all_devices);
        self.history(&file.person);
        self.rights();
    }

    fn introduction(&mut self, file: &PersonFile) {
        let words = self.words();
        let at = self.speaker.moment(&file.made_at.to_rfc3339());
        let by = self.or_unknown(&file.made_by).to_owned();
        self.text(words.introduction);
        self.quiet(&fill(words.made, &[&at, &by]));
        if file.others_unnamed {
            self.quiet(words.unnamed);
        }
    }

    fn basis(&mut self, file: &PersonFile) {
        let words = self.words();
        self.heading(2, words.why);
        let said = |name: &str| file.person.fields.get(name).and_then(Value::as_str);
        let sentences = [("basis", words.basis), ("consent", words.consent)];
        for (field, sentences) in sentences {
            let Some(sentence) = said(field).and_then(|word| find(sentences, word)) else {
                continue;
            };
            let on = said(&format!("{field}_on")).map(|day| self.speaker.day(day));
            let by = said(&format!("{field}_by"))
                .and_then(|id| self.speaker.names.get(id))
                .cloned();
            let small: Vec<String> = [(words.recorded_on, on), (words.recorded_by, by)]
                .into_iter()
                .filter_map(|(words, what)| Some(fill(words, &[&what?])))
                .collect();
            self.text(sentence);
            if !small.is_empty() {
                self.quiet(&small.join(" "));
            }
        }
        if said("basis").is_none() {
            self.text(words.no_basis);
        }
    }

    fn records(&mut self, title: &str, records: &[FileRecord]) {
        let words = self.words();
        self.heading(2, &format!("{title} ({})", records.len()));
        if records.is_empty() {
            self.text(words.nothing);
        }
        for record in records {
            self.record(record);
        }
    }

    fn record(&mut self, record: &FileRecord) {
        let field = |name: &str| record.fields.get(name).and_then(Value::as_str);
        let (title, text) = match record.kind.as_str() {
            "note" => {
                let at = self
                    .speaker
                    .moment(field("at").unwrap_or(&record.recorded_at));
                (at, field("text"))
            }
            "relation" => (self.relation(record), None),
            _ if record.title.trim().is_empty() => (self.words().kind(&record.kind), None),
            _ => (record.title.clone(), None),
        };
        self.heading(3, &title);
        if let Some(text) = text {
            self.text(text);
        }
        let facts = self.speaker.facts(
            &record.kind,
            &record.fields,
            &[
                "text",
                "at",
                "title",
                "what",
                "name",
                "from",
                "relation_kind",
                "to",
            ],
        );
        self.facts(facts);
        self.recorded(record);
        self.history_lines(record);
    }

    /// A relation as a sentence: "Fatima is parent of Sami".
    fn relation(&self, record: &FileRecord) -> String {
        let said: Vec<String> = ["from", "relation_kind", "to"]
            .into_iter()
            .filter_map(|name| self.speaker.said(&record.kind, name, &record.fields))
            .collect();
        said.join(" ")
    }

    /// Who recorded it, when, and where it lives.
    fn recorded(&mut self, record: &FileRecord) {
        let words = self.words();
        let by = self.or_unknown(&record.recorded_by).to_owned();
        let at = self.speaker.moment(&record.recorded_at);
        let mut line = fill(words.recorded, &[&by, &at]);
        if !record.space.is_empty() {
            line.push(' ');
            line.push_str(&fill(words.in_space, &[&record.space]));
        }
        if record.archived {
            line.push(' ');
            line.push_str(words.archived);
        }
        self.quiet(&line);
    }

    fn history_lines(&mut self, record: &FileRecord) {
        let words = self.words();
        for step in &record.history {
            let changed: Vec<String> = step
                .changed
                .iter()
                .map(|(name, value)| self.speaker.change(&record.kind, name, value))
                .collect();
            let by = self.or_unknown(&step.by).to_owned();
            let at = self.speaker.moment(&step.at);
            let line = fill(words.changed, &[&by, &at, &changed.join("; ")]);
            self.quiet(&line);
        }
    }

    fn history(&mut self, person: &FileRecord) {
        let words = self.words();
        self.heading(2, words.history);
        if person.history.is_empty() {
            self.text(words.never_changed);
        }
        self.history_lines(person);
    }

    fn disagreements(&mut self, file: &PersonFile) {
        let words = self.words();
        let all = [
            std::slice::from_ref(&file.person),
            &file.notes,
            &file.follow_ups,
            &file.signals,
            &file.relations,
            &file.groups,
            &file.other,
        ];
        let items: Vec<String> = all
            .into_iter()
            .flatten()
            .flat_map(|record| {
                record
                    .conflicts
                    .iter()
                    .map(move |conflict| (record, conflict))
            })
            .map(|(record, conflict)| {
                let name = conflict.path.rsplit('/').next().unwrap_or_default();
                let values: Vec<String> = conflict
                    .values
                    .iter()
                    .map(|value| {
                        let said = self
                            .speaker
                            .at_path(&record.kind, &conflict.path, &value.value);
                        fill(words.one_said, &[self.or_unknown(&value.by), &said])
                    })
                    .collect();
                let field = words.field(&record.kind, name);
                format!("{}, {field}: {}", record.title, values.join("; "))
            })
            .collect();
        if !items.is_empty() {
            self.heading(2, words.conflicts);
            self.text(words.conflicts_text);
            self.blocks.push(Block::List(items));
        }
    }

    fn shares(&mut self, shares: &[FileShare]) {
        let words = self.words();
        self.heading(2, words.shared);
        if shares.is_empty() {
            self.text(words.not_shared);
            return;
        }
        let items = shares.iter().map(|share| {
            let by = self.or_unknown(&share.by);
            let at = self.speaker.moment(&share.at);
            let mut line = fill(
                words.share,
                &[&share.what, self.or_unknown(&share.with), by, &at],
            );
            if let Some(until) = &share.until {
                line.push(' ');
                line.push_str(&fill(words.until, &[&self.speaker.day(until)]));
            }
            if let Some(at) = &share.revoked_at {
                line.push(' ');
                line.push_str(&fill(words.taken_back, &[&self.speaker.moment(at)]));
            }
            line
        });
        let items = items.collect();
        self.blocks.push(Block::List(items));
    }

    fn audit(&mut self, events: &[FileEvent], of_all_devices: bool) {
        let words = self.words();
        self.heading(2, words.audit);
        self.text(if of_all_devices {
            words.audit_all
        } else {
            words.audit_here
        });
        if events.is_empty() {
            self.text(words.audit_none);
            return;
        }
        let items = events
            .iter()
            .map(|event| {
                let by = self.or_unknown(&event.by);
                let what = find(words.actions, &event.action).unwrap_or(&event.action);
                let line = fill(words.event, &[&self.speaker.moment(&event.at), by, what]);
                match event.record.as_deref().filter(|title| !title.is_empty()) {
                    Some(title) => format!("{line} ({title})"),
                    None => line,
                }
            })
            .collect();
        self.blocks.push(Block::List(items));
    }

    fn rights(&mut self) {
        let words = self.words();
        self.heading(2, words.rights);
        let items = words.rights_list.iter().map(|&right| right.to_owned());
        self.blocks.push(Block::List(items.collect()));
    }

    const fn words(&self) -> &'static Words {
        self.speaker.words
    }

    fn or_unknown<'a>(&self, name: &'a str) -> &'a str {
        if name.is_empty() {
            self.words().somebody
        } else {
            name
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        let text = text.to_owned();
        self.blocks.push(Block::Heading { level, text });
    }

    fn text(&mut self, text: &str) {
        self.blocks.push(Block::Text(text.to_owned()));
    }

    fn quiet(&mut self, text: &str) {
        self.blocks.push(Block::Quiet(text.to_owned()));
    }

    fn facts(&mut self, facts: Vec<(String, String)>) {
        if !facts.is_empty() {
            let facts = facts.into_iter().map(|(what, is)| Fact { what, is });
            self.blocks.push(Block::Facts(facts.collect()));
        }
    }
}
