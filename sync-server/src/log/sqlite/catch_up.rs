//! Ledger and database are made to know the same at every start: what only the ledger knows is done again, what only the
//! database knows is added to the ledger.

use std::collections::{HashMap, HashSet};

use mistake::Mistake;
use protocol::Role;
use rusqlite::Transaction;

use super::ledger::{Entry, Erasure, Key, Ledger};
use super::rows::{device_id, number, role, uuid};
use super::{Log, LogError, devices, erase, members, roles, spaces};

/// What one of the two does not know.
struct Difference {
    unwritten: Vec<Entry>,
    missing: Vec<Entry>,
}

impl Log {
    pub(super) fn catch_up_with_ledger(&self) -> Result<(), LogError> {
        let found = self.read(|tx| Difference::of(&self.ledger, tx))?;
        if found.unwritten.is_empty() && found.missing.is_empty() {
            return Ok(());
        }
        let ledger = self.ledger.clone();
        let done = self.writer.write(move |tx| {
            // Once more: now nobody else writes in either of the two.
            let Difference { unwritten, missing } = Difference::of(&ledger, tx)?;
            let lines: Vec<String> = unwritten.iter().map(Entry::line).collect();
            ledger.append(&lines.concat())?;
            let mut done = 0;
            for entry in &missing {
                done += usize::from(carry_out(tx, entry)?);
            }
            // All of it comes from there.
            tx.execute("DELETE FROM to_ledger", [])?;
            Ok(done)
        })?;
        if done > 0 {
            tracing::warn!(
                done,
                "an older database was put back: did again what the ledger knows"
            );
        }
        Ok(())
    }

    /// Whether this is the ledger of this database, so that it knows all that was erased.
    pub(super) fn is_known_to(&self, ledger: &Ledger) -> Result<bool, LogError> {
        let written: HashSet<Key> = ledger.entries()?.iter().map(Entry::key).collect();
        let spaces = self.read(known_spaces)?;
        Ok(spaces.iter().all(|space| written.contains(&space.key())))
    }
}

impl Difference {
    fn of(ledger: &Ledger, tx: &Transaction<'_>) -> Result<Self, LogError> {
        let (written, held) = (last_words(ledger.entries()?), held(tx)?);
        let (by_ledger, by_database) = (by_key(&written), by_key(&held));
        let unwritten = held
            .iter()
            .filter(|entry| is_new_to(&by_ledger, entry))
            .copied();
        let missing = written
            .iter()
            .filter(|_| !Mistake::ForgottenLedger.is_made())
            .filter(|entry| is_undone_in(&by_database, entry))
            .copied();
        Ok(Self {
            unwritten: unwritten.collect(),
            missing: missing.collect(),
        })
    }
}

/// The last line about each thing, in the order of the file.
fn last_words(entries: Vec<Entry>) -> Vec<Entry> {
    let mut seen = HashSet::new();
    let mut last: Vec<Entry> = entries
        .into_iter()
        .rev()
        .filter(|entry| seen.insert(entry.key()))
        .collect();
    last.reverse();
    last
}

fn by_key(entries: &[Entry]) -> HashMap<Key, Entry> {
    entries.iter().map(|entry| (entry.key(), *entry)).collect()
}

/// Whether the ledger has to be told. Of roles only what was taken: a role that the ledger does not know was never lowered.
fn is_new_to(written: &HashMap<Key, Entry>, held: &Entry) -> bool {
    match (held, written.get(&held.key())) {
        (Entry::Role { role, .. }, None) => role.is_none(),
        (Entry::Role { role, .. }, Some(Entry::Role { role: last, .. })) => role < last,
        (_, known) => known.is_none(),
    }
}

/// Whether it has to be done again. A role is only ever lowered.
fn is_undone_in(held: &HashMap<Key, Entry>, written: &Entry) -> bool {
    match (written, held.get(&written.key())) {
        (Entry::Role { role, .. }, Some(Entry::Role { role: held, .. })) => role < held,
        (Entry::Role { .. } | Entry::Known(_), _) => false,
        (_, held) => held.is_none(),
    }
}

/// Does again what one line says; false when there is nothing of it in this database.
fn carry_out(tx: &Transaction<'_>, entry: &Entry) -> Result<bool, LogError> {
    match *entry {
        Entry::Erased(erasure) => erase::again(tx, &erasure),
        Entry::Revoked { device, at_ms } => devices::put_out_again(tx, device, at_ms),
        Entry::Role {
            space,
            member,
            role,
            at_ms,
        } => {
            let found = spaces::find(tx, space)?.zip(members::find(tx, member)?);
            let Some((space, member)) = found else {
                return Ok(false);
            };
            roles::change(tx, space, member, role, None, at_ms)?;
            Ok(true)
        }
        Entry::Spent(invitation) => {
            tx.execute(
                "DELETE FROM enrolment WHERE invitation IN (SELECT no FROM invitation WHERE id = ?1)",
                [invitation.as_bytes()],
            )?;
            let spent = tx.execute(
                "UPDATE invitation SET expires_ms = 0 WHERE id = ?1 AND expires_ms > 0",
                [invitation.as_bytes()],
            )?;
            Ok(spent > 0)
        }
        Entry::Known(_) => Ok(false),
    }
}

/// What the database knows of all that the ledger keeps.
fn held(tx: &Transaction<'_>) -> Result<Vec<Entry>, LogError> {
    let mut entries = known_spaces(tx)?;
    let mut erasures = tx.prepare(
        "SELECT space.id, erasure.document, erasure.epoch, erasure.at_ms
         FROM erasure JOIN space ON space.no = erasure.space",
    )?;
    let erasures = erasures.query_map([], |row| {
        Ok(Entry::Erased(Erasure {
            space: uuid(row, 0)?,
            document: uuid(row, 1)?,
            epoch: row.get::<_, Option<i64>>(2)?.map(number),
            at_ms: row.get(3)?,
        }))
    })?;
    let mut revoked =
        tx.prepare("SELECT id, revoked_ms FROM device WHERE revoked_ms IS NOT NULL")?;
    let revoked = revoked.query_map([], |row| {
        let (device, at_ms) = (device_id(row, 0)?, row.get(1)?);
        Ok(Entry::Revoked { device, at_ms })
    })?;
    let mut spent = tx
        .prepare("SELECT id FROM invitation WHERE used_by IS NOT NULL OR refused_ms IS NOT NULL")?;
    let spent = spent.query_map([], |row| uuid(row, 0).map(Entry::Spent))?;
    for entry in erasures.chain(revoked).chain(spent) {
        entries.push(entry?);
    }
    let mut memberships = tx.prepare(
        "SELECT space.id, member.id, membership.role
         FROM membership JOIN space ON space.no = membership.space JOIN member ON member.no = membership.member",
    )?;
    let mut rows = memberships.query([])?;
    while let Some(row) = rows.next()? {
        let word: Option<String> = row.get(2)?;
        let role: Option<Role> = word.as_deref().map(role).transpose()?;
        entries.push(Entry::Role {
            space: uuid(row, 0)?,
            member: uuid(row, 1)?,
            role,
            at_ms: 0,
        });
    }
    Ok(entries)
}

fn known_spaces(tx: &Transaction<'_>) -> Result<Vec<Entry>, LogError> {
    let mut spaces = tx.prepare("SELECT id FROM space ORDER BY no")?;
    let spaces = spaces.query_map([], |row| uuid(row, 0).map(Entry::Known))?;
    Ok(spaces.collect::<Result<_, _>>()?)
}
