//! Today: follow-ups by when they are due, and what waits for others.

use rusqlite::{Connection, params};

use super::{COLUMNS, RecordRow, record_of};
use crate::error::Result;
use crate::open::Store;

/// Follow-ups of a person (or of all) around a day.
#[derive(Debug, Clone, Default)]
pub struct Agenda {
    /// Before the day, also what waits for somebody else.
    pub late: Vec<RecordRow>,
    /// On the day, also what waits for somebody else.
    pub today: Vec<RecordRow>,
    /// After it, until the end of the week.
    pub week: Vec<RecordRow>,
    /// After that.
    pub later: Vec<RecordRow>,
    /// After the day, when the next move is somebody else's.
    pub waiting: Vec<RecordRow>,
    /// How many there are in all, also beyond the rows.
    pub counts: AgendaCounts,
}

/// How many follow-ups there are.
#[derive(Debug, Clone, Default)]
pub struct AgendaCounts {
    /// Before the day.
    pub late: u32,
    /// On the day.
    pub today: u32,
    /// After it, until the end of the week.
    pub week: u32,
    /// After that.
    pub later: u32,
    /// After the day, waiting for others.
    pub waiting: u32,
    /// Done since the given moment.
    pub done: u32,
}

/// How many rows of each section are read; the counts tell of the rest.
#[derive(Debug, Clone, Copy)]
pub struct AgendaRows {
    /// Before the day.
    pub late: u32,
    /// On the day.
    pub today: u32,
    /// After it, until the end of the week.
    pub week: u32,
    /// After that.
    pub later: u32,
    /// After the day, waiting for others.
    pub waiting: u32,
}

impl Store {
    /// The agenda of `owner` (all when `None`) around `day`; `week_end` is the last day of the week, `done_since` a
    /// moment in RFC 3339.
    ///
    /// # Errors
    /// What the database says.
    pub fn agenda(
        &self,
        owner: Option<&str>,
        day: &str,
        week_end: &str,
        done_since: &str,
        rows: AgendaRows,
    ) -> Result<Agenda> {
        let (day_end, week_end) = (format!("{day}~"), format!("{week_end}~"));
        self.read(|connection| {
            let section = |waiting, from: &str, until: &str, rows| {
                section(connection, owner, waiting, (from, until), rows)
            };
            // Who waits for somebody also promised to look again that day: then it is asked like any other.
            let (late, late_rows) = section(None, "0000", day, rows.late)?;
            let (today, today_rows) = section(None, day, &day_end, rows.today)?;
            let (week, week_rows) = section(Some(false), &day_end, &week_end, rows.week)?;
            let (later, later_rows) = section(Some(false), &week_end, "~", rows.later)?;
            let (waiting, waiting_rows) = section(Some(true), &day_end, "~", rows.waiting)?;
            let done = connection
                .prepare_cached(
                    "SELECT count(*) FROM record INDEXED BY follow_up_done
                     WHERE kind = 'follow_up' AND archived = 0
                       AND coalesce(fields ->> 'state', 'open') = 'done'
                       AND (?1 IS NULL OR fields ->> 'owner' = ?1)
                       AND fields ->> 'closed_at' >= ?2",
                )?
                .query_row(params![owner, done_since], |row| row.get(0))?;
            Ok(Agenda {
                late: late_rows,
                today: today_rows,
                week: week_rows,
                later: later_rows,
                waiting: waiting_rows,
                counts: AgendaCounts {
                    late,
                    today,
                    week,
                    later,
                    waiting,
                    done,
                },
            })
        })
    }
}

/// Open follow-ups due from `from` (included) until `until` (not included); both compare as text. With `waiting` only those
/// that wait for somebody, or only those that do not.
fn section(
    connection: &Connection,
    owner: Option<&str>,
    waiting: Option<bool>,
    (from, until): (&str, &str),
    most: u32,
) -> Result<(u32, Vec<RecordRow>)> {
    let condition = "kind = 'follow_up' AND archived = 0
        AND coalesce(fields ->> 'state', 'open') = 'open'
        AND fields ->> 'due' >= ?1 AND fields ->> 'due' < ?2
        AND (?3 IS NULL OR fields ->> 'owner' = ?3)
        AND (?4 IS NULL OR (fields ->> 'waiting_for' IS NOT NULL) = ?4)";
    let total = connection
        .prepare_cached(&format!("SELECT count(*) FROM record WHERE {condition}"))?
        .query_row(params![from, until, owner, waiting], |row| row.get(0))?;
    let rows = connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM record WHERE {condition}
             ORDER BY fields ->> 'due', coalesce(fields ->> 'time', '~'), row LIMIT ?5"
        ))?
        .query_map(params![from, until, owner, waiting, most], record_of)?
        .collect::<rusqlite::Result<_>>()?;
    Ok((total, rows))
}
