//! A paper to read, print and hand over: headings, running text, tables of facts and lists, as a tagged PDF.
//!
//! The file is PDF 1.7 and PDF/UA-1 (ISO 14289-1): every piece of text stands in the structure tree in reading order,
//! headings carry their level, the language and title are given, and the fonts come along. `krilla` refuses to write a
//! file that breaks what it can check; what it cannot check (that headings nest, that tables have headers) is kept here.

mod draw;
mod layout;
mod letters;

use chrono::{DateTime, Utc};
use thiserror::Error;

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paper {
    /// Its title, in the window of a reader and above the first page.
    pub(crate) title: String,
    /// Language of its words (BCP 47), such as `nl`.
    pub(crate) language: String,
    /// When it was made.
    pub(crate) made_at: DateTime<Utc>,
    /// Stands at the foot of every page.
    pub(crate) foot: String,
    /// The number of a page, with `{page}` and `{pages}` in it.
    pub(crate) page_words: String,
    /// What it says.
    pub(crate) blocks: Vec<Block>,
}

/// A piece of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading under the title.
    Heading {
        /// 2 to 6, one below the heading it belongs to; the title is 1.
        level: u8,
        /// Its words.
        text: String,
    },
    /// Running text.
    Text(String),
    /// Small print.
    Quiet(String),
    /// A table of two columns: what, and how it is.
    Facts(Vec<Fact>),
    /// A list with dots.
    List(Vec<String>),
}

/// A row of [`Block::Facts`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// What.
    pub(crate) what: String,
    /// How it is.
    pub(crate) is: String,
}

/// Why a paper cannot be written.
#[derive(Debug, Error)]
pub enum PaperError {
    /// A font that comes with the program cannot be read.
    #[error("a font that comes with the program cannot be read")]
    Font,
    /// The PDF would not keep what PDF/UA promises.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
}

/// Writes a paper as PDF/UA-1.
///
/// # Errors
/// When the fonts cannot be read or the outcome would not be PDF/UA-1.
pub(crate) fn write_pdf(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let letters = letters::Letters::new()?;
    let pages = layout::lay_out(paper, &letters);
    draw::draw(paper, &letters, &pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(blocks: Vec<Block>) -> Paper {
        Paper {
            title: "Dossier van Fatima el Amrani".to_owned(),
            language: "nl".to_owned(),
            made_at: DateTime::UNIX_EPOCH,
            foot: "Buurtboek".to_owned(),
            page_words: "Bladzijde {page} van {pages}".to_owned(),
            blocks,
        }
    }

    fn heading(level: u8, text: &str) -> Block {
        Block::Heading {
            level,
            text: text.to_owned(),
        }
    }

    fn holds(pdf: &[u8], words: &str) -> bool {
        pdf.windows(words.len())
            .any(|window| window == words.as_bytes())
    }

    #[test]
    fn a_paper_is_tagged_and_says_that_it_is_pdf_ua() {
        let fact = Fact {
            what: "Naam".to_owned(),
            is: "Fatima el Amrani".to_owned(),
        };
        let pdf = write_pdf(&paper(vec![
            heading(2, "Wie"),
            Block::Facts(vec![fact]),
            Block::List(vec!["een".to_owned(), "twee".to_owned()]),
            Block::Quiet("klein".to_owned()),
        ]))
        .unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
        for words in ["pdfuaid:part", "/StructTreeRoot", "/Marked true", "/Lang"] {
            assert!(holds(&pdf, words), "{words}");
        }
    }

    #[test]
    fn an_empty_paper_is_a_page_with_its_title() {
        assert!(write_pdf(&paper(Vec::new())).is_ok());
    }

    #[test]
    fn writing_that_the_font_lacks_still_makes_a_whole_paper() {
        let odd = "فاطمة العمراني 🙂 \u{0}\u{feff}\u{e000} a\u{301} Łukasz Yıldız Ἀθήνα Ивана ﬁets";
        let text = Block::Text(format!("{odd}\n\n{odd}\t{odd}"));
        assert!(write_pdf(&paper(vec![heading(2, odd), text])).is_ok());
    }

    #[test]
    fn a_word_longer_than_a_line_and_a_text_longer_than_a_page_fit() {
        let long = "x".repeat(3_000);
        let many = "woord ".repeat(4_000);
        let fact = Fact {
            what: long.clone(),
            is: many.clone(),
        };
        let blocks = vec![
            heading(2, &long),
            Block::Text(many),
            Block::Facts(vec![fact]),
        ];
        assert!(write_pdf(&paper(blocks)).is_ok());
    }
}
