//! Row by row from a damaged table to a sound one.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params_from_iter};

use super::damaged::Damaged;
use crate::error::Result;

/// Point reads that find nothing, one after another, before the rest of a table is given up.
const PROBES: i64 = 4_096;

/// Copies the rows of a table that can be read; whether that was all of them.
pub(super) fn bring(from: &Damaged<'_>, to: &Connection, table: &str) -> Result<bool> {
    let Some(there) = from.read(table, |from| columns(from, table))? else {
        return Ok(false);
    };
    let known = columns(to, table)?.into_iter();
    let mut names: Vec<String> = known.filter(|it| there.contains(it)).collect();
    if names.is_empty() {
        // An older file, from before there was such a table.
        return Ok(true);
    }
    let order = order(to, table)?;
    if order == "rowid" {
        names.push(order.clone());
    }
    let copy = Copy {
        from,
        to,
        table,
        names: names.join(", "),
        width: names.len(),
    };
    if copy.rows("")? {
        return Ok(true);
    }
    // A page in the middle cannot be read: from the other end, and then what lies between.
    copy.rows(&format!("ORDER BY {order} DESC"))?;
    if is_numbered(to, table)? {
        copy.between(&order)?;
    }
    Ok(false)
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

/// The rows of this table have numbers, and not only keys.
fn is_numbered(connection: &Connection, table: &str) -> Result<bool> {
    let sql = "SELECT sql NOT LIKE '%WITHOUT ROWID%' FROM sqlite_schema WHERE name = ?1";
    Ok(connection.query_row(sql, [table], |row| row.get(0))?)
}

/// The column in whose order the rows stand in the file.
fn order(connection: &Connection, table: &str) -> Result<String> {
    let key = if is_numbered(connection, table)? {
        "SELECT name FROM pragma_table_info(?1) WHERE pk = 1 AND type = 'INTEGER'"
    } else {
        "SELECT name FROM pragma_table_info(?1) WHERE pk = 1"
    };
    let name = connection.query_row(key, [table], |row| row.get(0));
    Ok(name.optional()?.unwrap_or_else(|| "rowid".to_owned()))
}

/// One table on its way.
struct Copy<'a> {
    from: &'a Damaged<'a>,
    to: &'a Connection,
    table: &'a str,
    /// The columns that both files know, for SQL.
    names: String,
    width: usize,
}

impl Copy<'_> {
    /// Copies until the first row that cannot be read; whether there was none. `end` is what follows in SQL.
    fn rows(&self, end: &str) -> Result<bool> {
        let sql = format!("SELECT {} FROM {} {end}", self.names, self.table);
        let mut put = Ok(());
        let read = self.from.read(self.table, |from| {
            let mut statement = from.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while put.is_ok() {
                let Some(row) = rows.next()? else { break };
                put = self.put(row);
            }
            Ok(())
        })?;
        put?;
        Ok(read.is_some())
    }

    fn put(&self, row: &Row<'_>) -> Result<()> {
        let values: Vec<Value> = (0..self.width)
            .map(|at| row.get(at))
            .collect::<rusqlite::Result<_>>()?;
        let places = vec!["?"; self.width].join(", ");
        // Many rows are met twice. One that breaks a rule of the new file is none of ours.
        let sql = format!(
            "INSERT OR IGNORE INTO {} ({}) VALUES ({places})",
            self.table, self.names
        );
        self.to
            .prepare_cached(&sql)?
            .execute(params_from_iter(values))?;
        Ok(())
    }

    /// Looks for the rows between those that were brought over from both ends, number by number.
    fn between(&self, number: &str) -> Result<()> {
        let edges = format!("SELECT min({number}), max({number}) FROM {}", self.table);
        let edges = self.to.query_row(&edges, [], |row| {
            Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?))
        })?;
        let (Some(first), Some(last)) = edges else {
            return Ok(());
        };
        let here = format!(
            "SELECT EXISTS (SELECT 1 FROM {} WHERE {number} = ?1)",
            self.table
        );
        let mut misses = 0;
        for at in first..=last {
            let known: bool = self
                .to
                .prepare_cached(&here)?
                .query_row([at], |row| row.get(0))?;
            if known || self.rows(&format!("WHERE {number} = {at}"))? {
                misses = 0;
            } else {
                misses += 1;
            }
            if misses > PROBES {
                break;
            }
        }
        Ok(())
    }
}
