//! Search as you type: every prefix of names and words, letter by letter, as the search screen asks it.
//!
//! The counterpart answers the same question with the index alone: per kind the newest rows whose words begin so,
//! without reading or wording them. A second one is the query of FTS5's own manual, over all kinds and by rank.

use app::App;
use app::api::{ContactListQuery, Search};
use domain::record::kinds;
use rusqlite::{Connection, params};

use super::Scale;
use crate::figure::{Figure, Reach};
use crate::samples::Samples;
use crate::{Result, bare, book};

/// Hits per kind, as the search screen asks.
const LIMIT: u32 = 6;
/// Letters typed at most.
const LONGEST: usize = 12;
const ROUNDS: usize = 3;
/// Rows of a kind in the read model and the index start at its number times this.
const KIND_ROWS: i64 = 1 << 40;
const SEARCHED: [&str; 6] = [
    "contact",
    "group",
    "organisation",
    "signal",
    "follow_up",
    "note",
];
const WORDS: [&str; 10] = [
    "oversteek",
    "speeltuin",
    "afval",
    "eenzaam",
    "vrijwilliger",
    "school",
    "parkeren",
    "koffie",
    "helpen",
    "verlichting",
];

pub(crate) fn run(_: Scale) -> Result<Vec<Figure>> {
    let folder = book::large()?;
    let app = book::open(&folder)?;
    let bare = bare::open(&folder)?;
    let typed = typed(&app)?;
    let (mut ours, mut index, mut ranked) =
        (Samples::default(), Samples::default(), Samples::default());
    let mut slowest = (0.0_f64, String::new());
    for round in 0..=ROUNDS {
        if round == 1 {
            // The first round warmed the caches of both.
            (ours, index, ranked) = Default::default();
        }
        for text in &typed {
            let mut once = Samples::default();
            once.time(|| search(&app, text))?;
            if round > 0 && once.median() > slowest.0 {
                slowest = (once.median(), text.clone());
            }
            ours.time(|| search(&app, text))?;
            index.time(|| per_kind(&bare, text))?;
            ranked.time(|| by_rank(&bare, text))?;
        }
    }
    eprintln!("  slowest: {:?} in {:.1} ms", slowest.1, slowest.0);
    let count = typed.len();
    let told = "bare FTS5, the newest of each kind";
    Ok(vec![
        Figure::ms(format!("search, {count} prefixes, p50"), ours.median())
            .against(told, index.median()),
        Figure::ms(
            format!("search, {count} prefixes, p95"),
            ours.percentile(95),
        )
        .against(told, index.percentile(95))
        .reach(Reach::AtMost(20.0)),
        Figure::ms("search, p95, beside the bare query", ours.percentile(95))
            .against(told, index.percentile(95))
            .reach(Reach::Times(2.0)),
        Figure::ms("search, p95, beside FTS5 by rank", ours.percentile(95))
            .against("bare FTS5 over all, by rank", ranked.percentile(95)),
    ])
}

/// What people type: names and words that are there, letter by letter.
fn typed(app: &App) -> Result<Vec<String>> {
    let mut words: Vec<String> = WORDS.map(str::to_owned).to_vec();
    for offset in (0..10_000).step_by(500) {
        let list = app.contact_list(ContactListQuery {
            text: String::new(),
            street: None,
            role: None,
            offers: false,
            quiet_days: None,
            offset,
            limit: 1,
        })?;
        words.extend(list.rows.into_iter().map(|row| row.name));
    }
    let mut typed = Vec::new();
    for word in &words {
        let letters: Vec<char> = word.chars().take(LONGEST).collect();
        typed.extend((1..=letters.len()).map(|until| letters.iter().take(until).collect()));
    }
    Ok(typed)
}

fn search(app: &App, text: &str) -> Result<usize> {
    let hits = app.search(Search {
        text: text.to_owned(),
        kind: None,
        limit: LIMIT,
        archived: false,
    })?;
    Ok(hits.len())
}

fn words(text: &str) -> String {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\"*"))
        .collect::<Vec<_>>()
        .join(" AND ")
}

fn per_kind(bare: &Connection, text: &str) -> Result<usize> {
    let mut found = 0;
    for spec in kinds().iter().filter(|spec| SEARCHED.contains(&spec.name)) {
        let first = i64::from(spec.number) * KIND_ROWS;
        let mut statement = bare.prepare_cached(
            "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3
             ORDER BY rowid DESC LIMIT ?4",
        )?;
        let rows = statement.query_map(
            params![words(text), first, first + KIND_ROWS - 1, LIMIT],
            |row| row.get::<_, i64>(0),
        )?;
        found += rows.count();
    }
    Ok(found)
}

fn by_rank(bare: &Connection, text: &str) -> Result<usize> {
    let mut statement = bare
        .prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rank LIMIT 36")?;
    let rows = statement.query_map([words(text)], |row| row.get::<_, i64>(0))?;
    Ok(rows.count())
}
