//! Where every line of a paper stands.

use super::letters::{Letters, Line, Weight};
use super::{Block, Fact, Paper};

/// A4 (ISO 216), in points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
/// White around the text.
pub(super) const MARGIN: f32 = 56.0;
/// Where the text of a page ends; the foot stands below it.
const BOTTOM: f32 = PAGE.1 - 72.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// The column that says what a fact is about.
const WHAT: f32 = 150.0;
/// White between the columns, and before the words of a list.
const GAP: f32 = 12.0;
const TEXT: f32 = 10.5;
/// Height of a line, as a multiple of the letters.
const LEADING: f32 = 1.4;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Placed>,
    /// Heights of thin lines over the whole width.
    pub(super) rules: Vec<f32>,
}

/// A line in its place.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) x: f32,
    /// Where the letters stand on.
    pub(super) y: f32,
    pub(super) look: Look,
    pub(super) line: Line,
    /// Which piece of the structure it belongs to: they are counted in the order of the blocks.
    pub(super) piece: usize,
}

/// How letters look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub(super) weight: Weight,
    pub(super) size: f32,
    pub(super) quiet: bool,
}

const PLAIN: Look = Look {
    weight: Weight::Regular,
    size: TEXT,
    quiet: false,
};
const STRONG: Look = Look {
    weight: Weight::Bold,
    ..PLAIN
};
const QUIET: Look = Look {
    size: 9.0,
    quiet: true,
    ..PLAIN
};

/// The look of a heading of this level.
pub(super) const fn heading(level: u8) -> Look {
    let size = match level {
        1 => 20.0,
        2 => 14.0,
        _ => 11.0,
    };
    Look { size, ..STRONG }
}

/// Gives every line its place.
pub(super) fn lay_out(paper: &Paper, letters: &Letters) -> Vec<Page> {
    let mut desk = Desk {
        letters,
        pages: vec![Page::default()],
        y: MARGIN,
        pieces: 0,
    };
    desk.heading(1, &paper.title);
    for block in &paper.blocks {
        match block {
            Block::Heading { level, text } => desk.heading(*level, text),
            Block::Text(text) => desk.text(text, PLAIN),
            Block::Quiet(text) => desk.text(text, QUIET),
            Block::Facts(facts) => desk.facts(facts),
            Block::List(items) => desk.list(items),
        }
    }
    desk.pages
}

struct Desk<'a> {
    letters: &'a Letters,
    pages: Vec<Page>,
    /// Where the next line begins.
    y: f32,
    pieces: usize,
}

impl Desk<'_> {
    fn heading(&mut self, level: u8, text: &str) {
        let look = heading(level);
        let lines = self.lines(look, WIDTH, text);
        let is_first = self.pieces == 0;
        if !is_first {
            self.y += look.size;
        }
        // A heading never stands alone at the foot of a page.
        #[expect(clippy::cast_precision_loss, reason = "a heading has few lines")]
        let height = (lines.len() as f32).mul_add(look.size, 3.0 * TEXT) * LEADING;
        if self.y + height > BOTTOM {
            self.turn();
        }
        let piece = self.piece();
        for line in lines {
            self.place(0.0, look, line, piece);
        }
        if level <= 2 {
            self.rule();
        }
        self.y += 4.0;
    }

    fn text(&mut self, text: &str, look: Look) {
        let piece = self.piece();
        for line in self.lines(look, WIDTH, text) {
            self.place(0.0, look, line, piece);
        }
        self.y += 4.0;
    }

    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            let what = self.lines(STRONG, WHAT, &fact.what);
            let is = self.lines(PLAIN, WIDTH - WHAT - GAP, &fact.is);
            let pieces = (self.piece(), self.piece());
            let mut what = what.into_iter();
            let mut is = is.into_iter();
            loop {
                let (left, right) = (what.next(), is.next());
                if left.is_none() && right.is_none() {
                    break;
                }
                self.make_room(TEXT);
                for (line, x, look, piece) in [
                    (left, 0.0, STRONG, pieces.0),
                    (right, WHAT + GAP, PLAIN, pieces.1),
                ] {
                    if let Some(line) = line {
                        self.put(x, look, line, piece);
                    }
                }
                self.y += TEXT * LEADING;
            }
            self.y += 2.0;
        }
        self.y += 6.0;
    }

    fn list(&mut self, items: &[String]) {
        for item in items {
            let lines = self.lines(PLAIN, WIDTH - GAP, item);
            let pieces = (self.piece(), self.piece());
            for (index, line) in lines.into_iter().enumerate() {
                self.make_room(TEXT);
                if index == 0 {
                    let dot = Line {
                        shown: "•".to_owned(),
                        said: "•".to_owned(),
                    };
                    self.put(0.0, PLAIN, dot, pieces.0);
                }
                self.put(GAP, PLAIN, line, pieces.1);
                self.y += TEXT * LEADING;
            }
        }
        self.y += 6.0;
    }

    fn lines(&self, look: Look, width: f32, text: &str) -> Vec<Line> {
        self.letters.lines(look.weight, look.size, width, text)
    }

    const fn piece(&mut self) -> usize {
        let piece = self.pieces;
        self.pieces += 1;
        piece
    }

    fn place(&mut self, x: f32, look: Look, line: Line, piece: usize) {
        self.make_room(look.size);
        self.put(x, look, line, piece);
        self.y += look.size * LEADING;
    }

    fn put(&mut self, x: f32, look: Look, line: Line, piece: usize) {
        // Letters stand on three quarters of their line.
        let y = look.size.mul_add(LEADING * 0.75, self.y);
        if let Some(page) = self.pages.last_mut() {
            page.lines.push(Placed {
                x: MARGIN + x,
                y,
                look,
                line,
                piece,
            });
        }
    }

    fn rule(&mut self) {
        let y = self.y + 1.0;
        if let Some(page) = self.pages.last_mut() {
            page.rules.push(y);
        }
        self.y += 4.0;
    }

    fn make_room(&mut self, size: f32) {
        if size.mul_add(LEADING, self.y) > BOTTOM {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = MARGIN;
    }
}
