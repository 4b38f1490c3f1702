//! Documents that began anew: what comes takes the place of the copy that is here, of its history, its undo and its index.
//! Edits that were not sent are made again; what would bring the words back is kept aside.

use std::collections::HashSet;

use automerge::{Automerge, Change, ChangeHash};
use domain::document::{Document, Gone, Stamp, TakeOut};
use domain::ids::{MemberId, RecordId, SpaceId};
use domain::record::Fields;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::arrivals::{self, Taking};
use crate::documents::{self, Stored, signed};
use crate::error::Result;
use crate::open::{self, Store};
use crate::read_model::Unsent;
use crate::{clean, departures, erase, spaces, undo, whole};

/// Why an edit is kept aside.
pub(crate) const SUPERSEDED: &str = "epoch_superseded";

/// A document in a later epoch than the first.
#[derive(Debug, Clone)]
pub struct ArrivingEpoch {
    /// The record.
    pub document: RecordId,
    /// Its epoch.
    pub epoch: u64,
    /// The document as Automerge saves it; empty when nobody brought it yet.
    pub bytes: Vec<u8>,
    /// Who began it, where that is known.
    pub began: Option<Began>,
}

/// How an epoch began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Began {
    /// Its position in the log.
    pub seq: u64,
    /// Who, when that is known.
    pub member: Option<MemberId>,
    /// When, seconds since 1970.
    pub at: i64,
}

/// A document with what of it waits to be sent.
pub(crate) struct Begun {
    pub(crate) document: Automerge,
    pub(crate) unsent: Vec<Change>,
}

/// What became of edits that were not sent.
struct Carried {
    begun: Begun,
    aside: Vec<Aside>,
}

/// An edit that is kept aside.
enum Aside {
    /// What it wrote.
    Said(Fields),
    /// It could not be read in the copy that was here.
    Raw(Vec<u8>),
}

impl Store {
    /// Edits that were kept aside when their record began anew go: the person has seen them. Their words leave the file.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget_aside(&self, ids: &[i64]) -> Result<()> {
        let mut writer = self.writer();
        let transaction = open::begin(&mut writer)?;
        clean::begin(&transaction)?;
        for id in ids {
            transaction
                .prepare_cached("DELETE FROM quarantine WHERE id = ?1 AND said IS NOT NULL")?
                .execute([id])?;
        }
        for lost in spaces::all(&transaction)?
            .iter()
            .filter(|one| one.is_gone())
        {
            departures::forget_if_nothing_is_left(&transaction, lost.id)?;
        }
        clean::end(&transaction)?;
        transaction.commit()?;
        clean::finish_or_later(&writer);
        Ok(())
    }
}

/// Takes in a document that began anew. Returns whether bytes have to leave the file.
pub(crate) fn take(
    taking: &mut Taking<'_>,
    arriving: &ArrivingEpoch,
    stamp: &Stamp,
) -> Result<bool> {
    let (connection, id, epoch) = (taking.connection, arriving.document, arriving.epoch);
    if erase::is_kept_out(connection, taking.space, id)? {
        return Ok(false);
    }
    let stored = documents::stored(connection, id)?;
    let here = stored.as_ref().map(|stored| stored.epoch);
    if here > Some(epoch) {
        // A server that was put back from a backup hears of ours.
        return Ok(false);
    }
    let kind = erase::kind_of(connection, id)?.map(|kind| kind.name);
    note(connection, taking.space, (id, epoch), kind, arriving.began)?;
    match stored.filter(|stored| stored.epoch < epoch) {
        Some(stored) => {
            clean::begin(connection)?;
            if arriving.bytes.is_empty() {
                gone(taking, id, &stored, stamp)?;
            } else {
                in_place_of(taking, arriving, &stored, stamp)?;
            }
            Ok(true)
        }
        None if arriving.bytes.is_empty() => Ok(false),
        None => {
            whole::take_whole(taking, (id, epoch), &arriving.bytes, stamp)?;
            Ok(false)
        }
    }
}

/// The epoch began and its document is not there yet: a server that was put back from a backup. What is here goes.
fn gone(taking: &mut Taking<'_>, id: RecordId, stored: &Stored, stamp: &Stamp) -> Result<()> {
    let connection = taking.connection;
    let unsent = unsent_of(connection, id)?;
    let aside = documents::automerge(stored)
        .ok()
        .and_then(|document| Document::of(document).ok())
        .and_then(|document| said(&document, &unsent.hashes).ok())
        .unwrap_or_else(|| unsent.raw());
    let kind = erase::kind_of(connection, id)?;
    erase::take_away(connection, taking.space, id)?;
    keep_aside(taking, id, &aside, stamp)?;
    taking.lose(kind, id);
    Ok(())
}

fn in_place_of(
    taking: &mut Taking<'_>,
    arriving: &ArrivingEpoch,
    stored: &Stored,
    stamp: &Stamp,
) -> Result<()> {
    let (connection, id, epoch) = (taking.connection, arriving.document, arriving.epoch);
    let anew = match admission::admit_snapshot(arriving.bytes.clone(), id.0) {
        Ok(merged) => merged.document,
        Err(refusal) => {
            let (code, now) = (crate::gate::code(&refusal), stamp.at.timestamp());
            return arrivals::quarantine(connection, taking.space, id, &arriving.bytes, &code, now);
        }
    };
    let unsent = unsent_of(connection, id)?;
    let work = || carry(&anew, stored, &unsent, epoch, stamp);
    let carried = admission::quietly(work).ok().flatten().unwrap_or_else(|| {
        tracing::error!(document = %id, "edits cannot be made again; they are kept aside as they are");
        Carried {
            begun: Begun {
                document: anew.clone(),
                unsent: Vec::new(),
            },
            aside: unsent.raw(),
        }
    });
    undo::forget_steps(connection, id)?;
    forget_aside(connection, id)?;
    replace(connection, id, epoch, &carried.begun)?;
    keep_aside(taking, id, &carried.aside, stamp)?;
    forget_plan_if_done(connection, id, &anew, epoch)?;
    let document = carried.begun.document;
    taking.set_heads(id, &document.get_heads())?;
    taking.show((id, epoch), document, Unsent::Look)
}

/// Makes the edits that were not sent again on the new epoch. `None` when the copy that was here cannot be read.
fn carry(
    anew: &Automerge,
    stored: &Stored,
    unsent: &UnsentChanges,
    epoch: u64,
    stamp: &Stamp,
) -> Option<Carried> {
    let mut begun = Begun {
        document: anew.clone(),
        unsent: Vec::new(),
    };
    if unsent.hashes.is_empty() {
        return Some(Carried {
            begun,
            aside: Vec::new(),
        });
    }
    let old = Document::of(documents::automerge(stored).ok()?).ok()?;
    let mut document = Document::of(anew.clone()).ok()?.in_epoch(epoch);
    let gone = Gone::between(&old, &document, &unsent.hashes).ok()?;
    let edits = old.edits(&unsent.hashes).ok()?;
    let replayed = document.replay_without(&edits, &stamp.actor, &gone).ok()?;
    begun.unsent = replayed.made;
    begun.document = document.automerge().clone();
    let left: HashSet<ChangeHash> = replayed.left.into_iter().collect();
    let aside = said(&old, &left).ok()?;
    Some(Carried { begun, aside })
}

fn said(document: &Document, hashes: &HashSet<ChangeHash>) -> Result<Vec<Aside>> {
    let edits = document.edits(hashes)?;
    Ok(edits
        .iter()
        .map(|edit| edit.said(document.kind()))
        .filter(|said| !said.is_empty())
        .map(Aside::Said)
        .collect())
}

/// Changes of this device that no server has taken in.
struct UnsentChanges {
    hashes: HashSet<ChangeHash>,
    changes: Vec<Vec<u8>>,
}

impl UnsentChanges {
    fn raw(&self) -> Vec<Aside> {
        self.changes.iter().cloned().map(Aside::Raw).collect()
    }
}

fn unsent_of(connection: &Connection, id: RecordId) -> Result<UnsentChanges> {
    let rows: Vec<([u8; 32], Vec<u8>)> = connection
        .prepare_cached(
            "SELECT hash, bytes FROM change
             WHERE document = ?1 AND server_seq IS NULL AND again = 0 ORDER BY position",
        )?
        .query_map([id.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let (hashes, changes) = rows
        .into_iter()
        .map(|(hash, bytes)| (ChangeHash(hash), bytes))
        .unzip();
    Ok(UnsentChanges { hashes, changes })
}

/// Puts a document in the place of the one that is here, with all its changes.
pub(crate) fn replace(
    connection: &Connection,
    id: RecordId,
    epoch: u64,
    begun: &Begun,
) -> Result<()> {
    documents::put_snapshot(connection, id, &begun.document.save_nocompress())?;
    connection
        .prepare_cached("UPDATE document SET epoch = ?2 WHERE id = ?1")?
        .execute(params![id.0.as_bytes(), signed(epoch)])?;
    connection
        .prepare_cached("DELETE FROM change WHERE document = ?1")?
        .execute([id.0.as_bytes()])?;
    for change in &begun.unsent {
        documents::append_own(connection, id, change)?;
    }
    connection
        .prepare_cached("UPDATE change SET in_snapshot = 1 WHERE document = ?1")?
        .execute([id.0.as_bytes()])?;
    Ok(())
}

/// What was kept aside of what others wrote goes: it belongs to a history that is gone. The words of this person stay.
pub(crate) fn forget_aside(connection: &Connection, id: RecordId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM quarantine WHERE document = ?1 AND said IS NULL")?
        .execute([id.0.as_bytes()])?;
    Ok(())
}

fn keep_aside(taking: &Taking<'_>, id: RecordId, aside: &[Aside], stamp: &Stamp) -> Result<()> {
    for edit in aside {
        let (bytes, said) = match edit {
            Aside::Said(said) => (&[][..], serde_json::to_string(said)?),
            Aside::Raw(bytes) => (bytes.as_slice(), "{}".to_owned()),
        };
        taking
            .connection
            .prepare_cached(
                "INSERT INTO quarantine (document, space, bytes, code, at, said)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                id.0.as_bytes(),
                taking.space.0.as_bytes(),
                bytes,
                SUPERSEDED,
                stamp.at.timestamp(),
                said,
            ])?;
    }
    Ok(())
}

/// What this person wrote in a space and what is kept aside: the record, the change where it could not be read, why, when,
/// and what it said.
pub(crate) type SaidAside = ([u8; 16], Vec<u8>, String, i64, String);

/// All of it in a space.
pub(crate) fn said_aside(connection: &Connection, space: SpaceId) -> Result<Vec<SaidAside>> {
    let said = connection
        .prepare_cached(
            "SELECT document, bytes, code, at, said FROM quarantine
             WHERE space = ?1 AND said IS NOT NULL ORDER BY id",
        )?
        .query_map([space.0.as_bytes()], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(said)
}

/// Puts it back after its records went.
pub(crate) fn put_back_aside(
    connection: &Connection,
    space: SpaceId,
    said: &[SaidAside],
) -> Result<()> {
    for (document, bytes, code, at, said) in said {
        connection
            .prepare_cached(
                "INSERT INTO quarantine (document, space, bytes, code, at, said)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![document, space.0.as_bytes(), bytes, code, at, said])?;
    }
    Ok(())
}

/// What this device wanted to take out itself is done when the new epoch never held it.
fn forget_plan_if_done(
    connection: &Connection,
    id: RecordId,
    anew: &Automerge,
    epoch: u64,
) -> Result<()> {
    let plan: Option<String> = connection
        .prepare_cached("SELECT plan FROM erasure WHERE document = ?1 AND plan IS NOT NULL")?
        .query_row([id.0.as_bytes()], |row| row.get(0))
        .optional()?;
    let (Some(plan), Ok(document)) = (plan, Document::of(anew.clone())) else {
        return Ok(());
    };
    let takes: Vec<TakeOut> = serde_json::from_str(&plan)?;
    let sql = if document.in_epoch(epoch).ever_held(&takes)? {
        "UPDATE erasure SET epoch = ?2 + 1 WHERE document = ?1 AND plan IS NOT NULL"
    } else {
        "DELETE FROM erasure WHERE document = ?1 AND plan IS NOT NULL AND ?2 IS NOT NULL"
    };
    connection
        .prepare_cached(sql)?
        .execute(params![id.0.as_bytes(), signed(epoch)])?;
    Ok(())
}

/// Notes that an epoch began: so that people see how far it is, and an older server hears of it.
pub(crate) fn note(
    connection: &Connection,
    space: SpaceId,
    (id, epoch): (RecordId, u64),
    kind: Option<&str>,
    began: Option<Began>,
) -> Result<()> {
    let seq = began.map_or(0, |began| signed(began.seq));
    let member = began
        .and_then(|began| began.member)
        .map(|member| member.to_string());
    let known = connection
        .prepare_cached(
            "UPDATE erasure SET seq = ?3, member = coalesce(member, ?4), refused = NULL
             WHERE document = ?1 AND epoch = ?2 AND plan IS NULL",
        )?
        .execute(params![id.0.as_bytes(), signed(epoch), seq, member])?;
    if known == 0 && epoch > 0 {
        connection
            .prepare_cached(
                "INSERT INTO erasure (document, space, epoch, kind, member, at, seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                id.0.as_bytes(),
                space.0.as_bytes(),
                signed(epoch),
                kind,
                member,
                began.map_or(0, |began| began.at),
                seq,
            ])?;
    }
    Ok(())
}

/// The epoch of a document that is here.
pub(crate) fn epoch_of(connection: &Connection, id: RecordId) -> Result<Option<u64>> {
    Ok(connection
        .prepare_cached("SELECT epoch FROM document WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| row.get::<_, i64>(0))
        .optional()?
        .map(i64::cast_unsigned))
}
