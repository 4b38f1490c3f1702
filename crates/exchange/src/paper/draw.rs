//! The pages of a paper as PDF, with the structure that tells a screen reader what is what.

use std::num::NonZeroU16;

use chrono::{Datelike as _, Timelike as _};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagTree,
};
use krilla::text::TextDirection;
use krilla::{Document, SerializeSettings};

use super::layout::{MARGIN, PAGE, Page, Placed};
use super::letters::{Letters, Weight};
use super::{Block, Paper, PaperError};

const INK: (u8, u8, u8) = (26, 26, 26);
/// 7:1 on white.
const QUIET: (u8, u8, u8) = (84, 84, 84);
const RULE: (u8, u8, u8) = (170, 170, 170);
const FOOT: f32 = 8.5;

/// The identifiers that a piece of the structure got on the pages.
type Pieces = Vec<Vec<Identifier>>;

/// Draws the pages.
pub(super) fn draw(
    paper: &Paper,
    letters: &Letters,
    pages: &[Page],
) -> Result<Vec<u8>, PaperError> {
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|problem| PaperError::Pdf(format!("{problem:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut pieces = Pieces::new();
    for (index, page) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1)
            .ok_or_else(|| PaperError::Pdf("no size of a page".to_owned()))?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        for line in &page.lines {
            let id = draw_line(&mut surface, letters, line);
            if pieces.len() <= line.piece {
                pieces.resize(line.piece + 1, Vec::new());
            }
            if let Some(piece) = pieces.get_mut(line.piece) {
                piece.push(id);
            }
        }
        draw_rules(&mut surface, page);
        draw_foot(&mut surface, letters, paper, index + 1, pages.len());
        surface.finish();
        sheet.finish();
    }
    document.set_outline(outline(paper, pages));
    document.set_metadata(metadata(paper));
    document.set_tag_tree(structure(paper, pieces));
    document
        .finish()
        .map_err(|problem| PaperError::Pdf(format!("{problem:?}")))
}

fn draw_line(surface: &mut Surface<'_>, letters: &Letters, placed: &Placed) -> Identifier {
    let line = &placed.line;
    let said = (line.said != line.shown).then_some(line.said.as_str());
    let id = surface.start_tagged(ContentTag::Span(SpanTag::empty().with_actual_text(said)));
    surface.set_fill(Some(fill(if placed.look.quiet { QUIET } else { INK })));
    surface.draw_text(
        Point::from_xy(placed.x, placed.y),
        letters.font(placed.look.weight),
        placed.look.size,
        &line.shown,
        false,
        TextDirection::LeftToRight,
    );
    surface.end_tagged();
    id
}

fn draw_rules(surface: &mut Surface<'_>, page: &Page) {
    for y in &page.rules {
        if let Some(path) = rule(*y) {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
                ArtifactType::Layout,
            )));
            surface.set_fill(Some(fill(RULE)));
            surface.draw_path(&path);
            surface.end_tagged();
        }
    }
}

fn rule(y: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(
        MARGIN,
        y,
        2.0f32.mul_add(-MARGIN, PAGE.0),
        0.6,
    )?);
    path.finish()
}

fn draw_foot(
    surface: &mut Surface<'_>,
    letters: &Letters,
    paper: &Paper,
    page: usize,
    pages: usize,
) {
    let number = paper
        .page_words
        .replace("{page}", &page.to_string())
        .replace("{pages}", &pages.to_string());
    let right = PAGE.0 - MARGIN - letters.width(Weight::Regular, FOOT, &number);
    let room = right - MARGIN - 24.0;
    let foot = letters
        .lines(Weight::Regular, FOOT, room, &paper.foot)
        .into_iter()
        .next()
        .unwrap_or_default();
    let y = PAGE.1 - 40.0;
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Footer,
    )));
    surface.set_fill(Some(fill(QUIET)));
    for (x, words) in [
        (MARGIN, foot.shown),
        (right, letters.shown(Weight::Regular, &number)),
    ] {
        surface.draw_text(
            Point::from_xy(x, y),
            letters.font(Weight::Regular),
            FOOT,
            &words,
            false,
            TextDirection::LeftToRight,
        );
    }
    surface.end_tagged();
}

fn fill((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        ..Fill::default()
    }
}

/// Headings of the first two levels, for the bookmarks of a reader.
fn outline(paper: &Paper, pages: &[Page]) -> Outline {
    let mut outline = Outline::new();
    let mut piece = 0;
    let mut title = OutlineNode::new(paper.title.clone(), destination(pages, piece));
    piece += 1;
    for block in &paper.blocks {
        if let Block::Heading { level: 2, text } = block {
            title.push_child(OutlineNode::new(text.clone(), destination(pages, piece)));
        }
        piece += pieces_of(block);
    }
    outline.push_child(title);
    outline
}

/// How many pieces of the structure hold text, in the order in which the layout counts them.
const fn pieces_of(block: &Block) -> usize {
    match block {
        Block::Heading { .. } | Block::Text(_) | Block::Quiet(_) => 1,
        Block::Facts(facts) => 2 * facts.len(),
        Block::List(items) => 2 * items.len(),
    }
}

fn destination(pages: &[Page], piece: usize) -> XyzDestination {
    let place = pages.iter().enumerate().find_map(|(index, page)| {
        let line = page.lines.iter().find(|line| line.piece == piece)?;
        Some((index, line.y - 1.2 * line.look.size))
    });
    let (page, y) = place.unwrap_or((0, 0.0));
    XyzDestination::new(page, Point::from_xy(MARGIN, y))
}

fn metadata(paper: &Paper) -> Metadata {
    let at = paper.made_at;
    // A calendar's numbers fit: months and days are small, and the year is one of ours.
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    let made = DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(paper.title.clone())
        .language(paper.language.clone())
        .creator("Buurtboek".to_owned())
        .creation_date(made)
}

fn structure(paper: &Paper, pieces: Pieces) -> TagTree {
    let mut pieces = pieces.into_iter();
    let mut tree = TagTree::new().with_lang(Some(paper.language.clone()));
    tree.push(heading(1, &paper.title, &mut pieces));
    for block in &paper.blocks {
        match block {
            Block::Heading { level, text } => tree.push(heading(*level, text, &mut pieces)),
            Block::Text(_) | Block::Quiet(_) => tree.push(leaf(Tag::P, &mut pieces)),
            Block::Facts(facts) => {
                let mut table = TagGroup::new(Tag::Table);
                for _ in facts {
                    let mut row = TagGroup::new(Tag::TR);
                    row.push(leaf(Tag::TH(TableHeaderScope::Row), &mut pieces));
                    row.push(leaf(Tag::TD, &mut pieces));
                    table.push(row);
                }
                tree.push(table);
            }
            Block::List(items) => {
                let mut list = TagGroup::new(Tag::L(ListNumbering::Disc));
                for _ in items {
                    let mut item = TagGroup::new(Tag::LI);
                    item.push(leaf(Tag::Lbl, &mut pieces));
                    item.push(leaf(Tag::LBody, &mut pieces));
                    list.push(item);
                }
                tree.push(list);
            }
        }
    }
    tree
}

fn heading(level: u8, text: &str, pieces: &mut impl Iterator<Item = Vec<Identifier>>) -> TagGroup {
    let level = NonZeroU16::new(level.into()).unwrap_or(NonZeroU16::MIN);
    leaf(Tag::Hn(level, Some(text.to_owned())), pieces)
}

fn leaf(
    tag: impl Into<krilla::tagging::TagKind>,
    pieces: &mut impl Iterator<Item = Vec<Identifier>>,
) -> TagGroup {
    let mut group = TagGroup::new(tag);
    for id in pieces.next().unwrap_or_default() {
        group.push(id);
    }
    group
}
