//! Does everything agree? Pages of the file, documents against their heads, read model and search index against the
//! documents.

use std::collections::{BTreeMap, BTreeSet};

use domain::document::{Document, DocumentError};
use domain::ids::{RecordId, SpaceId};
use domain::projection::{Projection, project};
use domain::record::Fields;
use rusqlite::{Connection, OptionalExtension as _};
use uuid::Uuid;

use crate::documents;
use crate::epochs;
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::read_model::{self, Unsent};
use crate::recent;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Documents looked at.
    pub documents: u32,
    /// What does not agree, one sentence each; empty when all is well.
    pub problems: Vec<String>,
}

impl Store {
    /// Looks at everything. Takes about a millisecond per record.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn verify(&self) -> Result<Findings> {
        let mut findings = Findings::default();
        // A reader is on `query_only`; FTS5's own check counts as a write, so the writer looks.
        let mut writer = self.writer();
        let pages: String = writer.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        // What the last edits left to do is looked at as done. On a full disk it is taken back again and goes on waiting.
        let transaction = writer.transaction()?;
        let mut settled = false;
        // A damaged file is left as it is.
        if pages != "ok" {
            findings
                .problems
                .push(format!("the file is damaged: {pages}"));
        } else if let Err(problem) = recent::settle(&transaction) {
            findings.problems.push(undone(&problem));
        } else {
            settled = true;
        }
        if transaction
            .execute("INSERT INTO search (search) VALUES ('integrity-check')", [])
            .is_err()
        {
            findings
                .problems
                .push("the search index is damaged".to_owned());
        }
        let mut links = links(&transaction)?;
        let ids: Vec<[u8; 16]> = transaction
            .prepare("SELECT id FROM document")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in ids {
            findings.documents += 1;
            let id = Uuid::from_bytes(id).into();
            verify_document(&transaction, id, &mut links, &mut findings.problems)?;
        }
        verify_rest_of_links(&transaction, &links, &mut findings.problems)?;
        verify_counts(&transaction, &mut findings.problems)?;
        verify_digests(&transaction, &mut findings.problems)?;
        if settled
            && let Err(problem) = transaction.commit().map_err(StoreError::from)
            && !matches!(problem, StoreError::DiskFull)
        {
            findings.problems.push(undone(&problem));
        }
        Ok(findings)
    }

    /// Makes the read model and the search index again from the documents.
    ///
    /// # Errors
    /// What the database says; the old read model stays then.
    pub fn rebuild(&self) -> Result<u32> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        transaction.execute_batch(
            "DELETE FROM link; DELETE FROM conflict; DELETE FROM record;
             INSERT INTO search (search) VALUES ('delete-all');",
        )?;
        recent::forget_words(&transaction)?;
        recent::settle(&transaction)?;
        let ids: Vec<([u8; 16], [u8; 16])> = transaction
            .prepare("SELECT id, space FROM document ORDER BY id")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut rebuilt = 0;
        for (id, space) in ids {
            let (id, space): (RecordId, SpaceId) =
                (Uuid::from_bytes(id).into(), Uuid::from_bytes(space).into());
            match to_show(&transaction, id) {
                Ok(projection) => {
                    read_model::write(&transaction, &projection, space, Unsent::Look)?;
                    rebuilt += 1;
                }
                Err(problem) => {
                    tracing::warn!(document = %id, problem, "kept a document that cannot be shown");
                }
            }
        }
        transaction.commit()?;
        Ok(rebuilt)
    }
}

fn undone(problem: &StoreError) -> String {
    format!("what the last edits left to do cannot be done: {problem}")
}

/// What lists and search need of a document. One that cannot be read keeps no other from being shown.
fn to_show(connection: &Connection, id: RecordId) -> std::result::Result<Projection, String> {
    let work = || {
        let (document, _) =
            documents::load(connection, id).map_err(|problem| problem.to_string())?;
        project(&document).map_err(|problem| problem.to_string())
    };
    admission::quietly(work).unwrap_or_else(|panicked| Err(panicked.to_string()))
}

fn verify_document(
    connection: &Connection,
    id: RecordId,
    links: &mut Links,
    problems: &mut Vec<String>,
) -> Result<()> {
    let document = match documents::load_any(connection, id) {
        Ok(document) => document,
        Err(problem) => {
            problems.push(format!("record {id} cannot be read: {problem}"));
            return Ok(());
        }
    };
    let kept: Vec<u8> = connection.query_row(
        "SELECT heads FROM document WHERE id = ?1",
        [id.0.as_bytes()],
        |row| row.get(0),
    )?;
    let heads: Vec<u8> = document
        .get_heads()
        .iter()
        .flat_map(|head| head.0)
        .collect();
    if kept != heads {
        problems.push(format!("record {id} has other heads than were kept"));
    }
    let epoch = epochs::epoch_of(connection, id)?.unwrap_or_default();
    match Document::of(document).map(|document| document.in_epoch(epoch)) {
        Ok(document) => verify_row(connection, &document, links, problems),
        // Of a kind that a newer version knows: kept and synced, and not shown.
        Err(DocumentError::Headless(_)) => Ok(()),
        Err(problem) => Err(problem.into()),
    }
}

/// The row of a record as lists read it.
struct Shown {
    row: i64,
    title: String,
    sort: String,
    fields: String,
    archived: bool,
    conflict: bool,
    /// Unsent and refused, as the row says and as its changes say.
    sending: [(bool, bool); 2],
}

fn verify_row(
    connection: &Connection,
    document: &Document,
    links: &mut Links,
    problems: &mut Vec<String>,
) -> Result<()> {
    let id = document.id();
    let projection = project(document)?;
    let Some(shown) = shown(connection, id)? else {
        problems.push(format!("record {id} is not shown"));
        return Ok(());
    };
    let fields: Fields = serde_json::from_str(&shown.fields)?;
    let as_kept = fields == projection.fields
        && shown.title == projection.title
        && shown.sort == projection.sort
        && shown.archived == projection.archived;
    let [says, is] = shown.sending;
    for (agrees, problem) in [
        (as_kept, "is shown differently from what is kept"),
        (
            conflicts_agree(connection, &shown, &projection)?,
            "hides or invents a disagreement",
        ),
        (
            links_agree(links, &shown, &projection),
            "has other links than its document",
        ),
        (
            says == is,
            "says something else about what is sent than its changes",
        ),
    ] {
        if !agrees {
            problems.push(format!("record {id} {problem}"));
        }
    }
    Ok(())
}

fn shown(connection: &Connection, id: RecordId) -> Result<Option<Shown>> {
    Ok(connection
        .prepare_cached(include_str!("sql/shown.sql"))?
        .query_row([id.0.as_bytes()], |row| {
            Ok(Shown {
                row: row.get("row")?,
                title: row.get("title")?,
                sort: row.get("sort")?,
                fields: row.get("fields")?,
                archived: row.get("archived")?,
                conflict: row.get("conflict")?,
                sending: [
                    (row.get("unsent")?, row.get("refused")?),
                    (row.get("is_unsent")?, row.get("is_refused")?),
                ],
            })
        })
        .optional()?)
}

fn conflicts_agree(
    connection: &Connection,
    shown: &Shown,
    projection: &Projection,
) -> Result<bool> {
    let kept: BTreeSet<String> = connection
        .prepare_cached("SELECT content FROM conflict WHERE document = ?1")?
        .query_map([projection.id.0.as_bytes()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let found = projection
        .conflicts
        .iter()
        .map(serde_json::to_string)
        .collect::<serde_json::Result<BTreeSet<_>>>()?;
    Ok(shown.conflict != found.is_empty() && kept == found)
}

/// The links of each row: field and target.
type Links = BTreeMap<i64, BTreeSet<(String, [u8; 16])>>;

fn links(connection: &Connection) -> Result<Links> {
    let mut links = Links::new();
    let mut read = connection.prepare("SELECT source, field, target FROM link")?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let of_row = links.entry(row.get(0)?).or_default();
        of_row.insert((row.get(1)?, row.get(2)?));
    }
    Ok(links)
}

fn verify_rest_of_links(
    connection: &Connection,
    links: &Links,
    problems: &mut Vec<String>,
) -> Result<()> {
    let mut is_there = connection.prepare("SELECT EXISTS (SELECT 1 FROM record WHERE row = ?1)")?;
    let mut gone = 0;
    for row in links.keys() {
        // One that is there and still among the rest cannot be read; that was told.
        if !is_there.query_row([row], |row| row.get(0))? {
            gone += 1;
        }
    }
    if gone > 0 {
        problems.push(format!("{gone} records that are not there have links"));
    }
    Ok(())
}

/// Takes the links of the record out of those that are kept.
fn links_agree(links: &mut Links, shown: &Shown, projection: &Projection) -> bool {
    let kept = links.remove(&shown.row).unwrap_or_default();
    let found = projection
        .links
        .iter()
        .map(|(field, target)| ((*field).to_owned(), target.0.into_bytes()))
        .collect();
    kept == found
}

fn verify_counts(connection: &Connection, problems: &mut Vec<String>) -> Result<()> {
    let (records, orphans): (i64, i64) = connection.query_row(
        "SELECT count(*), count(*) FILTER (WHERE id NOT IN (SELECT id FROM document)) FROM record",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if orphans > 0 {
        problems.push(format!(
            "{orphans} of {records} shown records have no document"
        ));
    }
    let indexed: i64 =
        connection.query_row("SELECT count(*) FROM search_docsize", [], |row| row.get(0))?;
    if indexed != records {
        problems.push(format!("{records} records, {indexed} in the search index"));
    }
    Ok(())
}

fn verify_digests(connection: &Connection, problems: &mut Vec<String>) -> Result<()> {
    for space in crate::spaces::all(connection)? {
        let heads: Vec<Vec<u8>> = connection
            .prepare("SELECT heads FROM document WHERE space = ?1")?
            .query_map([space.id.0.as_bytes()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let sum = heads.iter().fold(0_u64, |sum, heads| {
            sum.wrapping_add(documents::digest(heads))
        });
        if sum != space.digest {
            problems.push(format!(
                "the digest of space {} is not the sum of its documents",
                space.id
            ));
        }
    }
    Ok(())
}
