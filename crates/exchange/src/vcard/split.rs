//! Cuts a file into cards, without looking at what the properties mean.

use crate::MAX_ROW;

/// Properties that are never kept and can be large.
const SKIPPED: [&[u8]; 5] = [b"PHOTO", b"LOGO", b"SOUND", b"KEY", b"X-MS-CARDPICTURE"];

/// A part of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A card, from its line, with `BEGIN` and `END` put back where they were missing.
    Card {
        line: u32,
        bytes: Vec<u8>,
        /// Whether it ended with the file instead of with `END`.
        truncated: bool,
    },
    /// A card of more than [`MAX_ROW`] bytes.
    TooLong { line: u32, start: Vec<u8> },
    /// Lines outside a card, by the first of them.
    Outside { line: u32, start: Vec<u8> },
}

/// Cuts a file into its parts, one at a time.
pub(crate) fn split(content: &[u8]) -> impl Iterator<Item = Part> + '_ {
    // Old Macintosh files end lines with CR alone.
    let end = if content.contains(&b'\n') {
        b'\n'
    } else {
        b'\r'
    };
    let mut lines = content.split(move |&byte| byte == end).zip(1_u32..);
    let mut state = Splitter::default();
    let mut ended = false;
    std::iter::from_fn(move || {
        loop {
            if ended {
                return None;
            }
            let part = match lines.next() {
                Some((line, number)) => state.line(line, number),
                None => {
                    ended = true;
                    state.finish()
                }
            };
            if part.is_some() {
                return part;
            }
        }
    })
}

#[derive(Default)]
struct Splitter {
    card: Option<Open>,
    /// Reported once for lines in a row.
    outside: bool,
}

#[derive(Default)]
struct Open {
    line: u32,
    bytes: Vec<u8>,
    too_long: bool,
    /// Within a property that is not kept.
    skipping: bool,
    /// The next line continues a quoted-printable value.
    soft_break: bool,
    /// Cards within this one (`AGENT` in vCard 2.1).
    nested: u32,
}

impl Splitter {
    fn line(&mut self, line: &[u8], number: u32) -> Option<Part> {
        let bare = line.trim_ascii();
        let is_begin = is_boundary(bare, b"BEGIN");
        match &mut self.card {
            Some(card) if is_begin && !card.expects_nested() => {
                let finished = self.card.take().map(|card| card.finish(false));
                self.card = Some(Open::at(number));
                finished
            }
            Some(card) => {
                if card.push(line, bare, is_begin) {
                    return self.card.take().map(|card| card.finish(false));
                }
                None
            }
            None if is_begin => {
                self.card = Some(Open::at(number));
                self.outside = false;
                None
            }
            None if bare.is_empty() || self.outside => None,
            None => {
                self.outside = true;
                let start = bare.get(..MAX_ROW.min(4096)).unwrap_or(bare).to_vec();
                Some(Part::Outside {
                    line: number,
                    start,
                })
            }
        }
    }

    fn finish(&mut self) -> Option<Part> {
        self.card.take().map(|card| card.finish(true))
    }
}

impl Open {
    fn at(line: u32) -> Self {
        Self {
            line,
            bytes: b"BEGIN:VCARD\r\n".to_vec(),
            ..Self::default()
        }
    }

    /// Whether a `BEGIN` here stands inside this card.
    fn expects_nested(&self) -> bool {
        let last = self.bytes.trim_ascii_end();
        let start = last.len().saturating_sub(6);
        self.nested > 0
            || last
                .get(start..)
                .is_some_and(|end| end.eq_ignore_ascii_case(b"AGENT:"))
    }

    /// Takes a line. Returns whether the card ends with it.
    fn push(&mut self, line: &[u8], bare: &[u8], is_begin: bool) -> bool {
        let is_end = is_boundary(bare, b"END");
        if is_begin {
            self.nested += 1;
        } else if is_end && self.nested == 0 {
            return true;
        } else if is_end {
            self.nested -= 1;
        } else if self.nested == 0 {
            self.property(line, bare);
        }
        false
    }

    fn property(&mut self, line: &[u8], bare: &[u8]) {
        let is_continuation = line.starts_with(b" ") || line.starts_with(b"\t") || self.soft_break;
        // Base64 of vCard 2.1 may go on without white space in front; it never holds a colon.
        let goes_on = is_continuation || (self.skipping && !bare.contains(&b':'));
        if !goes_on {
            self.skipping = is_skipped(bare);
        }
        if self.skipping {
            return;
        }
        self.soft_break = bare.ends_with(b"=") && (self.soft_break || is_quoted_printable(bare));
        if self.bytes.len() + line.len() > MAX_ROW {
            self.too_long = true;
            return;
        }
        self.bytes
            .extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
        self.bytes.extend_from_slice(b"\r\n");
    }

    fn finish(mut self, truncated: bool) -> Part {
        let line = self.line;
        if self.too_long {
            self.bytes.truncate(4096);
            return Part::TooLong {
                line,
                start: self.bytes,
            };
        }
        self.bytes.extend_from_slice(b"END:VCARD\r\n");
        Part::Card {
            line,
            bytes: self.bytes,
            truncated,
        }
    }
}

/// `BEGIN:VCARD` or `END:VCARD`, in any case, with spaces, behind a byte order mark.
fn is_boundary(bare: &[u8], word: &[u8]) -> bool {
    let bare = bare.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bare);
    let mut parts = bare.splitn(2, |&byte| byte == b':');
    let first = parts.next().unwrap_or_default();
    let second = parts.next().unwrap_or_default();
    first.trim_ascii().eq_ignore_ascii_case(word)
        && second.trim_ascii().eq_ignore_ascii_case(b"VCARD")
}

fn header(bare: &[u8]) -> &[u8] {
    bare.split(|&byte| byte == b':').next().unwrap_or_default()
}

fn is_skipped(bare: &[u8]) -> bool {
    let name = header(bare)
        .split(|&byte| byte == b';')
        .next()
        .unwrap_or_default();
    let name = name.rsplit(|&byte| byte == b'.').next().unwrap_or_default();
    SKIPPED
        .iter()
        .any(|skipped| name.eq_ignore_ascii_case(skipped))
}

fn is_quoted_printable(bare: &[u8]) -> bool {
    header(bare)
        .to_ascii_uppercase()
        .windows(16)
        .any(|window| window == b"QUOTED-PRINTABLE")
}

#[cfg(test)]
mod tests {
    use super::{Part, split};

    fn cards(text: &str) -> Vec<(u32, String, bool)> {
        split(text.as_bytes())
            .map(|part| match part {
                Part::Card {
                    line,
                    bytes,
                    truncated,
                } => {
                    let text = String::from_utf8(bytes).unwrap().replace("\r\n", "|");
                    let inner = text.strip_prefix("BEGIN:VCARD|").unwrap();
                    (
                        line,
                        inner.strip_suffix("END:VCARD|").unwrap().to_owned(),
                        truncated,
                    )
                }
                Part::TooLong { line, .. } => (line, "too long".to_owned(), false),
                Part::Outside { line, start } => (
                    line,
                    format!("outside {}", String::from_utf8_lossy(&start)),
                    false,
                ),
            })
            .collect()
    }

    fn card(line: u32, text: &str) -> (u32, String, bool) {
        (line, text.to_owned(), false)
    }

    #[test]
    fn every_card_is_found_with_its_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                "begin:vcard",
                "FN:A",
                "END: VCARD",
                "",
                "BEGIN:VCARD",
                "FN:B",
                "END:VCARD",
            ]
            .join(end);
            assert_eq!(
                cards(&text),
                [card(1, "FN:A|"), card(5, "FN:B|")],
                "{end:?}"
            );
        }
    }

    #[test]
    fn a_missing_end_costs_no_other_card() {
        let text = "BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nFN:C";
        let wanted = [
            card(1, "FN:A|"),
            card(3, "FN:B|"),
            (6, "FN:C|".to_owned(), true),
        ];
        assert_eq!(cards(text), wanted);
    }

    #[test]
    fn pictures_are_skipped_however_they_are_folded() {
        let text = "BEGIN:VCARD\nitem1.PHOTO;ENCODING=b:AAAA\n BBBB\nFN:A\nPHOTO;BASE64:\nCCCC\nDDDD==\n\nNOTE:b\n c\n\
                    END:VCARD";
        assert_eq!(cards(text), [card(1, "FN:A|NOTE:b| c|")]);
    }

    #[test]
    fn a_quoted_printable_line_may_look_like_a_property() {
        let text =
            "BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\nKEY:b=\nPHOTO:c\nKEY:d\nEND:VCARD";
        let wanted = "NOTE;ENCODING=QUOTED-PRINTABLE:a=|KEY:b=|PHOTO:c|";
        assert_eq!(cards(text), [card(1, wanted)]);
    }

    #[test]
    fn a_card_within_a_card_is_passed_over() {
        let text = "BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nNOTE:c\nEND:VCARD";
        assert_eq!(cards(text), [card(1, "FN:A|AGENT:|NOTE:c|")]);
    }

    #[test]
    fn lines_outside_cards_are_reported_once() {
        let text = "hello\nworld\nBEGIN:VCARD\nFN:A\nEND:VCARD\n\nbye\n";
        assert_eq!(
            cards(text),
            [
                card(1, "outside hello"),
                card(3, "FN:A|"),
                card(7, "outside bye")
            ]
        );
    }
}
