//! Does everything agree? Pages of the file, documents against their heads, read model and search index against the
//! documents.

use domain::document::Document;
use domain::ids::{RecordId, SpaceId};
use domain::projection::project;
use rusqlite::Connection;
use uuid::Uuid;

use crate::documents;
use crate::error::Result;
use crate::open::Store;
use crate::queries::{COLUMNS, record_of};
use crate::read_model::{self, Unsent};

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
        let writer = self.writer();
        let pages: String = writer.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        if pages != "ok" {
            findings
                .problems
                .push(format!("the file is damaged: {pages}"));
        }
        if writer
            .execute("INSERT INTO search (search) VALUES ('integrity-check')", [])
            .is_err()
        {
            findings
                .problems
                .push("the search index is damaged".to_owned());
        }
        let ids: Vec<[u8; 16]> = writer
            .prepare("SELECT id FROM document")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in ids {
            findings.documents += 1;
            verify_document(&writer, Uuid::from_bytes(id).into(), &mut findings.problems)?;
        }
        verify_counts(&writer, &mut findings.problems)?;
        verify_digests(&writer, &mut findings.problems)?;
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
        let ids: Vec<([u8; 16], [u8; 16])> = transaction
            .prepare("SELECT id, space FROM document ORDER BY id")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut rebuilt = 0;
        for (id, space) in ids {
            let (id, space): (RecordId, SpaceId) =
                (Uuid::from_bytes(id).into(), Uuid::from_bytes(space).into());
            if let Ok((document, _)) = documents::load(&transaction, id) {
                read_model::write(&transaction, &project(&document)?, space, Unsent::Look)?;
                rebuilt += 1;
            }
        }
        transaction.commit()?;
        Ok(rebuilt)
    }
}

fn verify_document(
    connection: &Connection,
    id: RecordId,
    problems: &mut Vec<String>,
) -> Result<()> {
    let document = match documents::load(connection, id) {
        Ok((document, _)) => document,
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
    let heads: Vec<u8> = document.heads().iter().flat_map(|head| head.0).collect();
    if kept != heads {
        problems.push(format!("record {id} has other heads than were kept"));
    }
    verify_row(connection, &document, problems)
}

fn verify_row(
    connection: &Connection,
    document: &Document,
    problems: &mut Vec<String>,
) -> Result<()> {
    let id = document.id();
    let projection = project(document)?;
    let row = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM record WHERE id = ?1"))?
        .query_row([id.0.as_bytes()], record_of);
    match row {
        Ok(row) if row.fields != projection.fields || row.title != projection.title => {
            problems.push(format!(
                "record {id} is shown differently from what is kept"
            ));
        }
        Ok(row) if row.conflict == projection.conflicts.is_empty() => {
            problems.push(format!("record {id} hides or invents a disagreement"));
        }
        Ok(_) => {}
        Err(rusqlite::Error::QueryReturnedNoRows) => {
            problems.push(format!("record {id} is not shown"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
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
