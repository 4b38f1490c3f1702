//! The read model of one record: row, links, search index and disagreements, always written together.

use std::ops::RangeInclusive;

use chrono::DateTime;
use domain::ids::{RecordId, SpaceId};
use domain::projection::{Projection, fold, links};
use domain::record::{Fields, KindSpec, kind};
use mistake::Mistake;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::Result;

/// The version of what the store makes of a projection, such as how the search index folds words. A database with
/// another one rebuilds its read model.
pub const READ_MODEL_VERSION: u32 = 2;

/// Rows of a kind start at its number times this.
pub(crate) const KIND_ROWS: i64 = 1 << 40;

/// The rows of a kind, or all of them: an index by kind would cost a page at every new record, and its rows are a range.
pub(crate) fn rows_of(name: Option<&str>) -> RangeInclusive<i64> {
    match name {
        None => 0..=i64::MAX,
        // No kind has the number of one that nobody knows.
        Some(name) => {
            let first = kind(name).map_or(0, |kind| i64::from(kind.number)) * KIND_ROWS;
            first..=first + KIND_ROWS - 1
        }
    }
}

struct Before {
    row: i64,
    kind: &'static KindSpec,
    fields: Fields,
    unsent: bool,
    place: Place,
}

/// Everything of a row besides its fields that an edit can move: by which lists are ordered and records found.
#[derive(PartialEq, Eq)]
struct Place {
    space: [u8; 16],
    title: String,
    sort: String,
    archived: bool,
    conflict: bool,
    at: i64,
    street: Option<String>,
}

impl Place {
    fn of(projection: &Projection, space: SpaceId) -> Self {
        Self {
            space: space.0.into_bytes(),
            title: projection.title.clone(),
            sort: projection.sort.clone(),
            archived: projection.archived,
            conflict: !projection.conflicts.is_empty(),
            at: timeline_at(projection),
            street: street(projection),
        }
    }
}

/// The words by which a record is found, folded as the search index has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) title: String,
    pub(crate) body: String,
}

impl Words {
    fn of(kind: &KindSpec, fields: &Fields) -> Self {
        Self::new(&(kind.title)(fields), kind, fields)
    }

    /// The index's own tokenizer takes accents off, but not the stroke of Łukasz or the dotless i of Yıldız.
    fn new(title: &str, kind: &KindSpec, fields: &Fields) -> Self {
        Self {
            title: fold(title),
            body: fold(&(kind.found_by)(fields)),
        }
    }
}

/// A record of which the search index does not hold the words as they are now.
pub(crate) struct Behind {
    pub(crate) row: i64,
    /// The words that it holds.
    pub(crate) held: Option<Words>,
}

/// Writes what lists, pages and search need of a record.
pub(crate) fn write(
    connection: &Connection,
    projection: &Projection,
    space: SpaceId,
    unsent: Unsent,
) -> Result<()> {
    if let Some(behind) = write_without_words(connection, projection, space, unsent)? {
        let now = Words::new(&projection.title, projection.kind, &projection.fields);
        index(connection, behind.row, behind.held.as_ref(), Some(&now))?;
    }
    Ok(())
}

/// Writes what lists and pages need of a record. Says what the search index is still to be told.
pub(crate) fn write_without_words(
    connection: &Connection,
    projection: &Projection,
    space: SpaceId,
    unsent: Unsent,
) -> Result<Option<Behind>> {
    let before = before(connection, projection.id)?;
    let row = match &before {
        Some(before) => {
            update_row(connection, before, projection, space, unsent)?;
            before.row
        }
        None => insert_row(connection, projection, space, unsent)?,
    };
    write_links(connection, row, before.as_ref(), projection)?;
    write_conflicts(connection, before.as_ref(), projection)?;
    touch(connection, before.as_ref(), projection)?;
    Ok(behind(row, before.as_ref(), projection))
}

fn behind(row: i64, before: Option<&Before>, projection: &Projection) -> Option<Behind> {
    let Some(before) = before else {
        return Some(Behind { row, held: None });
    };
    let held = Words::of(before.kind, &before.fields);
    let now = Words::new(&projection.title, projection.kind, &projection.fields);
    (held != now && !Mistake::SkippedIndex.is_made()).then_some(Behind {
        row,
        held: Some(held),
    })
}

/// The words of a record as lists read it now, if it is there.
pub(crate) fn words_of(connection: &Connection, row: i64) -> Result<Option<Words>> {
    let found: Option<(String, String)> = connection
        .prepare_cached("SELECT kind, fields FROM record WHERE row = ?1")?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((word, fields)) = found else {
        return Ok(None);
    };
    let fields: Fields = serde_json::from_str(&fields)?;
    Ok(kind(&word).map(|kind| Words::of(kind, &fields)))
}

/// Tells the search index which words a record has now, in the place of those it holds.
pub(crate) fn index(
    connection: &Connection,
    row: i64,
    held: Option<&Words>,
    now: Option<&Words>,
) -> Result<()> {
    if let Some(held) = held {
        connection
            .prepare_cached(
                "INSERT INTO search (search, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)",
            )?
            .execute(params![row, held.title, held.body])?;
    }
    if let Some(now) = now {
        connection
            .prepare_cached("INSERT INTO search (rowid, title, body) VALUES (?1, ?2, ?3)")?
            .execute(params![row, now.title, now.body])?;
    }
    Ok(())
}

/// Removes what lists, pages and search hold of a record. Links of other records to it stay: they hold no more than its
/// id, and belong to those records.
pub(crate) fn remove(connection: &Connection, id: RecordId) -> Result<()> {
    let Some(before) = before(connection, id)? else {
        return Ok(());
    };
    let held = Words::of(before.kind, &before.fields);
    index(connection, before.row, Some(&held), None)?;
    connection
        .prepare_cached("DELETE FROM conflict WHERE document = ?1")?
        .execute([id.0.as_bytes()])?;
    connection
        .prepare_cached("DELETE FROM record WHERE row = ?1")?
        .execute([before.row])?;
    let links = links(before.kind, &before.fields);
    for link in &links {
        remove_link(connection, before.row, link)?;
    }
    if before.kind.name == "note" {
        for target in about(&links) {
            look_last_at(connection, target)?;
        }
    }
    Ok(())
}

/// Makes the search index again from the rows, as it was.
pub(crate) fn index_anew(connection: &Connection) -> Result<()> {
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')", [])?;
    let mut query =
        connection.prepare_cached("SELECT row, kind, fields FROM record ORDER BY row")?;
    let mut rows = query.query([])?;
    while let Some(found) = rows.next()? {
        let (row, word, fields): (i64, String, String) =
            (found.get(0)?, found.get(1)?, found.get(2)?);
        if let Some(kind) = kind(&word) {
            let fields: Fields = serde_json::from_str(&fields)?;
            connection
                .prepare_cached("INSERT INTO search (rowid, title, body) VALUES (?1, ?2, ?3)")?
                .execute(params![
                    row,
                    fold(&(kind.title)(&fields)),
                    fold(&(kind.found_by)(&fields)),
                ])?;
        }
    }
    Ok(())
}

/// What is known about sending when a record is projected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsent {
    /// A change was made here just now.
    Yes,
    /// It may or may not have unsent changes: look.
    Look,
    /// It came whole from elsewhere, and nothing was changed here.
    No,
}

/// The row of a record, if it has one.
pub(crate) fn row_of(connection: &Connection, id: RecordId) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT row FROM record WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| row.get(0))
        .optional()?)
}

fn before(connection: &Connection, id: RecordId) -> Result<Option<Before>> {
    let found = connection
        .prepare_cached(include_str!("sql/record_before.sql"))?
        .query_row([id.0.as_bytes()], |row| {
            let place = Place {
                space: row.get(4)?,
                title: row.get(5)?,
                sort: row.get(6)?,
                archived: row.get(7)?,
                conflict: row.get(8)?,
                at: row.get(9)?,
                street: row.get(10)?,
            };
            let (word, fields): (String, String) = (row.get(1)?, row.get(2)?);
            Ok((row.get(0)?, word, fields, row.get(3)?, place))
        })
        .optional()?;
    let Some((row, word, fields, unsent, place)) = found else {
        return Ok(None);
    };
    let Some(kind) = kind(&word) else {
        return Ok(None);
    };
    Ok(Some(Before {
        row,
        kind,
        fields: serde_json::from_str(&fields)?,
        unsent,
        place,
    }))
}

/// When the record belongs in a timeline, in seconds since 1970.
fn timeline_at(projection: &Projection) -> i64 {
    projection
        .fields
        .get("at")
        .and_then(serde_json::Value::as_str)
        .and_then(|at| DateTime::parse_from_rfc3339(at).ok())
        .map_or_else(|| projection.made_at.timestamp(), |at| at.timestamp())
}

fn street(projection: &Projection) -> Option<String> {
    let street = projection.fields.get("street");
    street
        .and_then(serde_json::Value::as_str)
        .map(str::to_owned)
}

fn insert_row(
    connection: &Connection,
    projection: &Projection,
    space: SpaceId,
    unsent: Unsent,
) -> Result<i64> {
    let first = i64::from(projection.kind.number) * KIND_ROWS;
    let row: i64 = connection
        .prepare_cached(
            "SELECT coalesce(max(row), ?1) + 1 FROM record WHERE row BETWEEN ?1 AND ?2",
        )?
        .query_row([first, first + KIND_ROWS - 1], |row| row.get(0))?;
    connection
        .prepare_cached(include_str!("sql/insert_record.sql"))?
        .execute(params![
            row,
            projection.id.0.as_bytes(),
            projection.kind.name,
            space.0.as_bytes(),
            projection.title,
            projection.sort,
            serde_json::to_string(&projection.fields)?,
            projection.archived,
            unsent == Unsent::Yes,
            !projection.conflicts.is_empty(),
            projection.made_by.map(|device| device.to_string()),
            projection.made_at.timestamp(),
            timeline_at(projection),
            street(projection),
        ])?;
    if unsent == Unsent::Look {
        look_unsent(connection, projection.id)?;
    }
    Ok(row)
}

/// A column that is not named keeps its indexes untouched, so only what changed is.
fn update_row(
    connection: &Connection,
    before: &Before,
    projection: &Projection,
    space: SpaceId,
    unsent: Unsent,
) -> Result<()> {
    let (row, fields) = (before.row, serde_json::to_string(&projection.fields)?);
    let now_unsent = match unsent {
        Unsent::Look => before.unsent,
        Unsent::Yes | Unsent::No => unsent == Unsent::Yes,
    };
    let place = Place::of(projection, space);
    if place != before.place {
        connection
            .prepare_cached(include_str!("sql/update_record.sql"))?
            .execute(params![
                row,
                fields,
                now_unsent,
                place.space,
                place.title,
                place.sort,
                place.archived,
                place.conflict,
                place.at,
                place.street,
            ])?;
    } else {
        connection
            .prepare_cached("UPDATE record SET fields = ?2, unsent = ?3 WHERE row = ?1")?
            .execute(params![row, fields, now_unsent])?;
    }
    if unsent == Unsent::Look {
        look_unsent(connection, projection.id)?;
    }
    Ok(())
}

/// Sets the small print of a record from its changes.
pub(crate) fn look_unsent(connection: &Connection, id: RecordId) -> Result<()> {
    connection
        .prepare_cached(include_str!("sql/look_unsent.sql"))?
        .execute([id.0.as_bytes()])?;
    Ok(())
}

fn write_links(
    connection: &Connection,
    row: i64,
    before: Option<&Before>,
    projection: &Projection,
) -> Result<()> {
    let old = before
        .map(|before| links(before.kind, &before.fields))
        .unwrap_or_default();
    for link in old.iter().filter(|link| !projection.links.contains(link)) {
        remove_link(connection, row, link)?;
    }
    for (field, target) in projection.links.iter().filter(|link| !old.contains(link)) {
        connection
            .prepare_cached("INSERT INTO link (source, field, target) VALUES (?1, ?2, ?3)")?
            .execute(params![row, field, target.0.as_bytes()])?;
    }
    Ok(())
}

fn remove_link(
    connection: &Connection,
    row: i64,
    (field, target): &(&'static str, RecordId),
) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM link WHERE target = ?1 AND source = ?2 AND field = ?3")?
        .execute(params![target.0.as_bytes(), row, field])?;
    Ok(())
}

fn write_conflicts(
    connection: &Connection,
    before: Option<&Before>,
    projection: &Projection,
) -> Result<()> {
    if before.is_some_and(|before| before.place.conflict) {
        connection
            .prepare_cached("DELETE FROM conflict WHERE document = ?1")?
            .execute([projection.id.0.as_bytes()])?;
    }
    for conflict in &projection.conflicts {
        connection
            .prepare_cached(
                "INSERT INTO conflict (document, path, content) VALUES (?1, ?2, ?3)
                 ON CONFLICT (document, path) DO UPDATE SET content = excluded.content",
            )?
            .execute(params![
                projection.id.0.as_bytes(),
                conflict.path,
                serde_json::to_string(conflict)?
            ])?;
    }
    Ok(())
}

/// Keeps "last spoken to" right: of the record itself when it is new, and of whom and what a note is about.
fn touch(connection: &Connection, before: Option<&Before>, projection: &Projection) -> Result<()> {
    let mut touched = match before {
        None if projection.kind.name != "note" => return look_last_at(connection, projection.id),
        Some(before) if is_as_spoken(before, projection) => return Ok(()),
        // A new note can only make it later; nothing else has to be read for that.
        None if !projection.archived => return move_last_at(connection, projection),
        None => return Ok(()),
        Some(before) => about(&links(before.kind, &before.fields)),
    };
    touched.extend(about(&projection.links));
    touched.sort_unstable();
    touched.dedup();
    for target in touched {
        look_last_at(connection, target)?;
    }
    Ok(())
}

/// Nothing changed by which somebody is spoken to earlier or later.
fn is_as_spoken(before: &Before, projection: &Projection) -> bool {
    before.kind.name != "note"
        || ["about", "spoken_of", "at", "archived"]
            .iter()
            .all(|field| before.fields.get(*field) == projection.fields.get(*field))
}

/// Not the neighbourhood of a note: nobody asks when it was last spoken to, and reading all its notes costs more with
/// every note.
fn about(links: &[(&'static str, RecordId)]) -> Vec<RecordId> {
    in_field(links, "about").collect()
}

fn in_field(links: &[(&'static str, RecordId)], name: &str) -> impl Iterator<Item = RecordId> {
    links
        .iter()
        .filter(move |(field, _)| *field == name)
        .map(|(_, target)| *target)
}

fn move_last_at(connection: &Connection, note: &Projection) -> Result<()> {
    let mentioned: Vec<RecordId> = in_field(&note.links, "spoken_of").collect();
    let spoken_to = in_field(&note.links, "about").filter(|target| !mentioned.contains(target));
    for target in spoken_to {
        connection
            .prepare_cached(
                "UPDATE record SET last_at = max(coalesce(last_at, ?2), ?2) WHERE id = ?1",
            )?
            .execute(params![target.0.as_bytes(), timeline_at(note)])?;
    }
    Ok(())
}

fn look_last_at(connection: &Connection, id: RecordId) -> Result<()> {
    connection
        .prepare_cached(include_str!("sql/touch_record.sql"))?
        .execute([id.0.as_bytes()])?;
    Ok(())
}
