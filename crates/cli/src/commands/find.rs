//! Finding, and the day.

use app::App;
use app::api::{FollowUpRow, TextPart, TodayQuery, TodayRows};
use clap::Args;

use crate::failure::Result;
use crate::output::Answer;
use crate::table::{columns, short};

/// Words of `search`.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Words or their beginnings
    #[arg(required = true)]
    pub(crate) text: Vec<String>,
    /// Only this kind
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// The most hits per kind, up to 50
    #[arg(long, default_value_t = 10)]
    pub(crate) limit: u32,
}

/// Words of `today`.
#[derive(Debug, Args)]
pub(crate) struct Today {
    /// Of the whole team, not only mine
    #[arg(long)]
    pub(crate) all: bool,
}

/// Rows of a section of the day: a terminal scrolls.
const EVERY_ROW: u32 = 10_000;

/// Finds contacts, notes, signals and more.
pub(crate) fn search(app: &App, words: &Search) -> Result<Answer> {
    let hits = app.search(app::api::Search {
        text: words.text.join(" "),
        kind: words.kind.clone(),
        limit: words.limit,
        archived: false,
    })?;
    if hits.is_empty() {
        return Answer::new(&hits, "Nothing found.\n");
    }
    let rows: Vec<_> = hits
        .iter()
        .map(|hit| {
            let title = short(&plain(&hit.title), 60);
            let more = short(&plain(&hit.snippet), 60);
            [
                hit.kind.clone(),
                title,
                hit.detail.clone(),
                more,
                hit.id.clone(),
            ]
        })
        .collect();
    Answer::new(&hits, columns(&rows))
}

/// What is late, today, this week, later and waiting.
pub(crate) fn today(app: &App, words: &Today) -> Result<Answer> {
    let today = app.today_get(TodayQuery {
        mine: !words.all,
        rows: Some(TodayRows::each(EVERY_ROW)),
    })?;
    let counts = &today.counts;
    let mut text = format!(
        "{}: {} late, {} today, {} this week, {} later, {} waiting for others; {} done in seven days.\n",
        today.day,
        counts.late,
        counts.today,
        counts.week,
        counts.later,
        counts.waiting,
        counts.done_this_week,
    );
    for (title, rows) in [
        ("Late", &today.late),
        ("Today", &today.today),
        ("This week", &today.week),
        ("Later", &today.later),
        ("Waiting for others", &today.waiting),
    ] {
        if !rows.is_empty() {
            text.push_str(&format!("\n{title}\n{}", follow_ups(rows)));
        }
    }
    if !today.signals.is_empty() {
        let rows: Vec<_> = today
            .signals
            .iter()
            .map(|signal| {
                let next = signal.next.clone().unwrap_or_default();
                [
                    next,
                    short(&signal.title, 60),
                    signal.owner.clone(),
                    signal.id.clone(),
                ]
            })
            .collect();
        text.push_str(&format!("\nSignals that need a move\n{}", columns(&rows)));
    }
    Answer::new(&today, text)
}

fn follow_ups(rows: &[FollowUpRow]) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let when = format!("{} {}", row.due, row.time);
            let about: Vec<&str> = row.about.iter().map(|about| about.title.as_str()).collect();
            let place = format!("{} {}", about.join(", "), row.street);
            [
                when.trim().to_owned(),
                short(&row.what, 50),
                short(place.trim(), 40),
                row.waiting_for.clone(),
                row.id.clone(),
            ]
        })
        .collect();
    columns(&rows)
}

fn plain(parts: &[TextPart]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}
