//! Migrations: numbered, add-only, one transaction each. A shipped one is never edited.

use rusqlite::{Connection, Transaction};

use crate::error::{Result, StoreError};

/// A step of the file format.
struct Migration {
    sql: &'static str,
    /// The oldest file format an app must know to still work on a file after this step.
    compatible_with: u32,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        sql: include_str!("../migrations/0001_documents.sql"),
        compatible_with: 1,
    },
    Migration {
        sql: include_str!("../migrations/0002_read_model.sql"),
        compatible_with: 2,
    },
    Migration {
        sql: include_str!("../migrations/0003_scratch.sql"),
        compatible_with: 2,
    },
    Migration {
        sql: include_str!("../migrations/0004_erasure.sql"),
        // An older app would bring back what was erased.
        compatible_with: 4,
    },
    Migration {
        sql: include_str!("../migrations/0005_audit.sql"),
        compatible_with: 4,
    },
    Migration {
        sql: include_str!("../migrations/0006_pages.sql"),
        compatible_with: 4,
    },
    Migration {
        sql: include_str!("../migrations/0007_audit_heard.sql"),
        compatible_with: 4,
    },
    Migration {
        sql: include_str!("../migrations/0008_edit.sql"),
        compatible_with: 4,
    },
    Migration {
        sql: include_str!("../migrations/0009_erasure_by_space.sql"),
        // An older app would not find the index by which it keeps a tombstone.
        compatible_with: 9,
    },
    Migration {
        sql: include_str!("../migrations/0010_epochs.sql"),
        // An older app would mix a document that began anew with what it was before.
        compatible_with: 10,
    },
    Migration {
        sql: include_str!("../migrations/0011_audit_again.sql"),
        compatible_with: 10,
    },
    Migration {
        sql: include_str!("../migrations/0012_recent.sql"),
        // An older app would not see what the last edits left to do.
        compatible_with: 12,
    },
];

/// The file format this app writes.
pub(crate) const FORMAT: u32 = 12;

// An app that wrote a format it does not know could not open its own file.
const _: () = assert!(MIGRATIONS.len() == FORMAT as usize);

/// Brings a file to the format of this app, or says that it is too new.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > FORMAT {
        // `application_id` holds the compatibility number; SQLite has no second free one.
        let needs: u32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if needs > FORMAT {
            return Err(StoreError::Newer {
                needs,
                knows: FORMAT,
            });
        }
        return Ok(());
    }
    for (number, migration) in (1_u32..).zip(MIGRATIONS).skip(version as usize) {
        let transaction = connection.transaction()?;
        apply(&transaction, number, migration)?;
        transaction.commit()?;
    }
    Ok(())
}

fn apply(transaction: &Transaction<'_>, number: u32, migration: &Migration) -> Result<()> {
    transaction.execute_batch(migration.sql)?;
    transaction.pragma_update(None, "user_version", number)?;
    transaction.pragma_update(None, "application_id", migration.compatible_with)?;
    Ok(())
}
