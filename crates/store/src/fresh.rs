//! The words of the last edits, which the search index does not hold yet: a small index of the same make, in memory, so
//! that search finds the same whether they are in the one or the other.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::open::Store;
use crate::read_model::{self, Words};

/// As `search` in the migrations, but that words can be taken out without knowing them.
const INDEX: &str = "CREATE VIRTUAL TABLE fresh USING fts5 (
    title, body, detail = 'column', tokenize = 'unicode61 remove_diacritics 2'
)";

/// What a query of the search index must leave out, for [`Fresh`] knows better.
pub(crate) const BEHIND: &str = "SELECT row FROM recent WHERE row IS NOT NULL";

/// The index in memory; made when it is needed for the first time.
#[derive(Default)]
pub(crate) struct Fresh {
    connection: Option<Connection>,
    held: BTreeMap<i64, Words>,
}

impl Store {
    /// The rows among the last edits that match a query, in their order.
    pub(crate) fn fresh_rows(&self, connection: &Connection, query: &str) -> Result<Vec<i64>> {
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let mut wanted = BTreeMap::new();
        let mut behind = connection.prepare_cached(BEHIND)?;
        let mut rows = behind.query([])?;
        while let Some(row) = rows.next()? {
            let row = row.get(0)?;
            if !wanted.contains_key(&row)
                && let Some(words) = read_model::words_of(connection, row)?
            {
                wanted.insert(row, words);
            }
        }
        let mut fresh = self.fresh.lock();
        if wanted.is_empty() {
            // What is in the other index now, or was erased, does not stay in memory.
            *fresh = Fresh::default();
            return Ok(Vec::new());
        }
        fresh.matching(wanted, query)
    }
}

impl Fresh {
    fn matching(&mut self, wanted: BTreeMap<i64, Words>, query: &str) -> Result<Vec<i64>> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                self.held.clear();
                let connection = Connection::open_in_memory()?;
                connection.execute_batch(INDEX)?;
                connection
            }
        };
        // Whoever fails here leaves none behind, so that the next one begins anew.
        self.follow(&connection, wanted)?;
        let rows = connection
            .prepare_cached("SELECT rowid FROM fresh WHERE fresh MATCH ?1 ORDER BY rowid")?
            .query_map([query], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        self.connection = Some(connection);
        Ok(rows)
    }

    /// Makes the index hold what is wanted.
    fn follow(&mut self, connection: &Connection, wanted: BTreeMap<i64, Words>) -> Result<()> {
        let held = std::mem::take(&mut self.held);
        for (row, words) in &held {
            if wanted.get(row) != Some(words) {
                connection
                    .prepare_cached("DELETE FROM fresh WHERE rowid = ?1")?
                    .execute([row])?;
            }
        }
        for (row, words) in &wanted {
            if held.get(row) != Some(words) {
                connection
                    .prepare_cached("INSERT INTO fresh (rowid, title, body) VALUES (?1, ?2, ?3)")?
                    .execute(params![row, words.title, words.body])?;
            }
        }
        self.held = wanted;
        Ok(())
    }
}
