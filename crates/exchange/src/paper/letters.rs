//! The letters of a paper: which there are, how wide they are, and where a line ends.

use krilla::text::Font;
use ttf_parser::Face;

use super::PaperError;

/// Noto Sans, Latin, Greek and Cyrillic (SIL Open Font License 1.1, `fonts/OFL.txt`).
const REGULAR: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/NotoSans-Bold.ttf");

/// Stands where the font has no letter.
const NO_LETTER: char = '\u{fffd}';

/// How heavy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// The fonts that come with the program.
pub(super) struct Letters {
    regular: Style,
    bold: Style,
}

struct Style {
    face: Face<'static>,
    font: Font,
}

impl Letters {
    pub(super) fn new() -> Result<Self, PaperError> {
        Ok(Self {
            regular: Style::new(REGULAR)?,
            bold: Style::new(BOLD)?,
        })
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.style(weight).font.clone()
    }

    /// The text as the font can show it, on one line.
    pub(super) fn shown(&self, weight: Weight, text: &str) -> String {
        text.chars()
            .filter(|letter| !is_silent(*letter))
            .map(|letter| self.letter(weight, letter))
            .collect()
    }

    /// The text in lines that are no wider than `width` points. Words that do not fit on a line of their own are cut.
    pub(super) fn lines(&self, weight: Weight, size: f32, width: f32, text: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            self.paragraph(weight, size, width, paragraph, &mut lines);
        }
        if lines.is_empty() {
            lines.push(Line::default());
        }
        lines
    }

    fn paragraph(&self, weight: Weight, size: f32, width: f32, text: &str, lines: &mut Vec<Line>) {
        let mut line = Line::default();
        let mut used = 0.0;
        for word in text.split_inclusive([' ', '\t']) {
            let wide = self.width(weight, size, word.trim_end());
            if used > 0.0 && used + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if wide <= width {
                self.push(weight, &mut line, word);
                used += self.width(weight, size, word);
                continue;
            }
            for letter in word.chars() {
                let wide = self.width(weight, size, letter.encode_utf8(&mut [0; 4]));
                if used + wide > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                self.push(weight, &mut line, letter.encode_utf8(&mut [0; 4]));
                used += wide;
            }
        }
        lines.push(line);
    }

    fn push(&self, weight: Weight, line: &mut Line, word: &str) {
        line.said.push_str(word);
        line.shown.push_str(&self.shown(weight, word));
    }

    /// How wide a text is, in points.
    pub(super) fn width(&self, weight: Weight, size: f32, text: &str) -> f32 {
        let face = &self.style(weight).face;
        let units: u32 = text
            .chars()
            .filter(|letter| !is_silent(*letter))
            .filter_map(|letter| face.glyph_index(self.letter(weight, letter)))
            .map(|glyph| u32::from(face.glyph_hor_advance(glyph).unwrap_or(0)))
            .sum();
        // A line holds a few hundred letters: the sum is far below what an f32 holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let units = units as f32;
        units * size / f32::from(face.units_per_em())
    }

    fn letter(&self, weight: Weight, letter: char) -> char {
        match letter {
            '\t' => ' ',
            _ if letter.is_control() => NO_LETTER,
            _ if self.style(weight).face.glyph_index(letter).is_some() => letter,
            _ => NO_LETTER,
        }
    }

    const fn style(&self, weight: Weight) -> &Style {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Style {
    fn new(bytes: &'static [u8]) -> Result<Self, PaperError> {
        Ok(Self {
            face: Face::parse(bytes, 0).map_err(|_| PaperError::Font)?,
            font: Font::new(bytes.to_vec().into(), 0).ok_or(PaperError::Font)?,
        })
    }
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// As it can be shown.
    pub(super) shown: String,
    /// As it was written, for whoever reads it aloud or copies it.
    pub(super) said: String,
}

/// Letters that guide others and have no shape themselves.
const fn is_silent(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}' | '\r'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_as_wide_as_it_may_be_and_no_word_is_lost() {
        let letters = Letters::new().unwrap();
        let text = "De oversteek bij de school aan de Malakkastraat is gevaarlijk. ".repeat(9);
        let lines = letters.lines(Weight::Regular, 10.0, 300.0, &text);
        let said: String = lines.iter().map(|line| line.said.as_str()).collect();
        assert_eq!(said, text);
        assert!(lines.len() > 5);
        for line in &lines {
            let width = letters.width(Weight::Regular, 10.0, line.shown.trim_end());
            assert!(width <= 300.0, "{width}: {}", line.shown);
        }
    }

    #[test]
    fn a_letter_that_the_font_lacks_has_a_sign_that_still_says_what_it_was() {
        let letters = Letters::new().unwrap();
        let lines = letters.lines(Weight::Bold, 10.0, 300.0, "فا Łukasz");
        assert_eq!(lines[0].shown, "\u{fffd}\u{fffd} Łukasz");
        assert_eq!(lines[0].said, "فا Łukasz");
    }
}
