//! The ledger of what was erased: a text file beside the database, which stays when an older backup of the database is
//! put back. One line each, no content: `SPACE DOCUMENT erased AT_MS` or `SPACE DOCUMENT epoch N AT_MS`.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use mistake::Mistake;
use rusqlite::Transaction;
use uuid::Uuid;

use super::rows::{number, uuid};
use super::{Log, LogError, erase};

const FILE: &str = "buurtboek-server.erased";

/// The ledger in the data folder.
#[derive(Debug, Clone)]
pub(super) struct Ledger(PathBuf);

/// One erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) space: Uuid,
    pub(super) document: Uuid,
    /// The epoch that began; `None`: the whole document.
    pub(super) epoch: Option<u64>,
    pub(super) at_ms: i64,
}

/// What makes an erasure the same one, whatever its number in the log became.
type Key = (Uuid, Option<u64>);

impl Entry {
    pub(super) const fn whole(space: Uuid, document: Uuid, at_ms: i64) -> Self {
        Self {
            space,
            document,
            epoch: None,
            at_ms,
        }
    }

    /// An epoch that began: what came before it is erased.
    pub(super) const fn part(space: Uuid, document: Uuid, epoch: u64, at_ms: i64) -> Self {
        Self {
            space,
            document,
            epoch: Some(epoch),
            at_ms,
        }
    }

    const fn key(&self) -> Key {
        (self.document, self.epoch)
    }

    fn line(&self) -> String {
        let Self {
            space,
            document,
            epoch,
            at_ms,
        } = self;
        match epoch {
            None => format!("{space} {document} erased {at_ms}\n"),
            Some(epoch) => format!("{space} {document} epoch {epoch} {at_ms}\n"),
        }
    }

    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let (space, document) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let epoch = match words.next()? {
            "erased" => None,
            "epoch" => Some(words.next()?.parse().ok()?),
            _ => return None,
        };
        Some(Self {
            space,
            document,
            epoch,
            at_ms: words.next()?.parse().ok()?,
        })
    }
}

impl Ledger {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self(folder.join(FILE))
    }

    /// Adds to the ledger; on disk when this returns.
    pub(super) fn append(&self, entries: &[Entry]) -> Result<(), LogError> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut file = self.open()?;
        let lines: String = entries.iter().map(Entry::line).collect();
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        Ok(())
    }

    fn open(&self) -> Result<File, LogError> {
        let is_new = !self.0.exists();
        let file = OpenOptions::new().create(true).append(true).open(&self.0)?;
        if is_new {
            super::open::only_for_this_user(&self.0, 0o600)?;
        }
        Ok(file)
    }

    /// Every whole line; one that a power cut tore is of an erasure that was never answered.
    fn entries(&self) -> Result<Vec<Entry>, LogError> {
        match std::fs::read_to_string(&self.0) {
            Ok(text) => Ok(text
                .split_inclusive('\n')
                .filter_map(|line| Entry::read(line.strip_suffix('\n')?))
                .collect()),
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(problem) => Err(problem.into()),
        }
    }
}

impl Log {
    /// Makes ledger and database know the same: what only the ledger knows is erased again, what only the database knows
    /// is added to the ledger.
    pub(super) fn catch_up_with_ledger(&self) -> Result<(), LogError> {
        let written = self.ledger.entries()?;
        let known = self.read(known)?;
        let known_keys: HashSet<Key> = known.iter().map(Entry::key).collect();
        let written_keys: HashSet<Key> = written.iter().map(Entry::key).collect();
        let missing: Vec<Entry> = written
            .into_iter()
            .filter(|_| !Mistake::ForgottenLedger.is_made())
            .filter(|entry| !known_keys.contains(&entry.key()))
            .collect();
        let unwritten: Vec<Entry> = known
            .into_iter()
            .filter(|entry| !written_keys.contains(&entry.key()))
            .collect();
        self.ledger.append(&unwritten)?;
        if missing.is_empty() {
            return Ok(());
        }
        let erased = self.write(move |tx| erase::catch_up(tx, &missing))?;
        if erased > 0 {
            tracing::warn!(erased, "an older database was put back: erased again");
        }
        Ok(())
    }
}

fn known(tx: &Transaction<'_>) -> Result<Vec<Entry>, LogError> {
    let mut statement = tx.prepare(
        "SELECT space.id, erasure.document, erasure.epoch, erasure.at_ms
         FROM erasure JOIN space ON space.no = erasure.space",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Entry {
            space: uuid(row, 0)?,
            document: uuid(row, 1)?,
            epoch: row.get::<_, Option<i64>>(2)?.map(number),
            at_ms: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_back_and_a_torn_one_is_not() {
        let entry = Entry {
            space: Uuid::from_u128(1),
            document: Uuid::from_u128(2),
            epoch: Some(3),
            at_ms: 4,
        };
        assert_eq!(Entry::read(entry.line().trim_end()), Some(entry));
        let whole = Entry::whole(Uuid::from_u128(1), Uuid::from_u128(2), 4);
        assert_eq!(Entry::read(whole.line().trim_end()), Some(whole));
        let cut: String = whole.line().chars().take(50).collect();
        assert_eq!(Entry::read(&cut), None);
    }
}
