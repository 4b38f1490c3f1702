//! How far the devices of a space are with what was erased in it.

use protocol::{ErasureState, ErasuresReply, ErasuresRequest, RequestHeader, Role, WaitingDevice};
use rusqlite::Transaction;
use uuid::Uuid;

use super::rows::{device_id, number, signed, uuid};
use super::{Log, LogError, spaces};
use crate::log::Device;

/// The most erasures told at once.
const TOLD: u32 = 1_000;

/// The most waiting devices told of one erasure.
const WAITING_TOLD: usize = 50;

/// What a device has carried out in one space.
struct Progress {
    space: i64,
    seq: i64,
}

impl Log {
    /// Notes which erasures a device has carried out: those its cursor is beyond, and all of a space it does not hold. One
    /// that lost the space names it as long as it holds anything of it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_erasures(&self, device: &Device, header: &RequestHeader) -> Result<(), LogError> {
        if header.unclean {
            return Ok(());
        }
        let progress = self.read(|tx| progress(tx, device, header))?;
        if progress.is_empty() {
            return Ok(());
        }
        let no = device.no;
        self.write(move |tx| {
            for Progress { space, seq } in progress {
                tx.execute(
                    "INSERT INTO erasure_done (device, space, seq) VALUES (?1, ?2, ?3)
                     ON CONFLICT (device, space) DO UPDATE SET seq = max(seq, excluded.seq)",
                    (no, space, seq),
                )?;
            }
            Ok(())
        })
    }

    /// What was erased in a space and how far the devices are; `None` when the member may not see it. Only managers are
    /// told what the waiting devices are called.
    ///
    /// # Errors
    /// When the database fails.
    pub fn erasures(
        &self,
        device: &Device,
        request: &ErasuresRequest,
    ) -> Result<Option<ErasuresReply>, LogError> {
        self.read(|tx| {
            let seen = spaces::seen_by(tx, device.member)?;
            let Some(space) = seen.into_iter().find(|space| space.id == request.space) else {
                return Ok(None);
            };
            let holders = holders(tx, space.no)?;
            let names = space.role == Role::Manager;
            let mut statement = tx.prepare_cached(include_str!("sql/erasures.sql"))?;
            let mut rows = statement.query((space.no, signed(request.after), TOLD))?;
            let mut erasures = Vec::new();
            while let Some(row) = rows.next()? {
                let mut state = ErasureState {
                    document: uuid(row, 0)?,
                    seq: number(row.get(1)?),
                    epoch: row.get::<_, Option<i64>>(2)?.map(number),
                    member: row.get::<_, Option<[u8; 16]>>(3)?.map(Uuid::from_bytes),
                    at_ms: row.get(4)?,
                    devices: 0,
                    done: 0,
                    waiting: Vec::new(),
                };
                count(&mut state, &holders, names);
                erasures.push(state);
            }
            Ok(Some(ErasuresReply { erasures }))
        })
    }
}

fn progress(
    tx: &Transaction<'_>,
    device: &Device,
    header: &RequestHeader,
) -> Result<Vec<Progress>, LogError> {
    let mut statement = tx.prepare_cached(include_str!("sql/erasures_open.sql"))?;
    let mut rows = statement.query((device.member, device.no))?;
    let mut progress = Vec::new();
    while let Some(row) = rows.next()? {
        let (space, id, log_epoch) = (row.get(0)?, uuid(row, 1)?, uuid(row, 2)?);
        let (last, done): (i64, i64) = (row.get(3)?, row.get(4)?);
        let asked = header.spaces.iter().find(|cursor| cursor.id == id);
        let until = match asked {
            // It does not hold the space (any more).
            None => last,
            Some(cursor) if cursor.log_epoch == Some(log_epoch) => {
                cursor.cursor.map_or(0, signed).min(last)
            }
            Some(_) => 0,
        };
        let seq = tx
            .prepare_cached("SELECT max(seq) FROM erasure WHERE space = ?1 AND seq <= ?2")?
            .query_row((space, until), |row| row.get::<_, Option<i64>>(0))?;
        progress.extend(
            seq.filter(|seq| *seq > done)
                .map(|seq| Progress { space, seq }),
        );
    }
    Ok(progress)
}

/// A device that holds a space, or did.
struct Holder {
    told: WaitingDevice,
    enrolled_ms: i64,
    wiped_ms: Option<i64>,
    done: u64,
}

fn holders(tx: &Transaction<'_>, space: i64) -> Result<Vec<Holder>, LogError> {
    let mut statement = tx.prepare_cached(include_str!("sql/erasure_holders.sql"))?;
    let rows = statement.query_map([space], |row| {
        Ok(Holder {
            told: WaitingDevice {
                device: device_id(row, 0)?,
                member: uuid(row, 1)?,
                name: row.get(2)?,
                seen_ms: row.get(3)?,
            },
            enrolled_ms: row.get(4)?,
            wiped_ms: row.get(5)?,
            done: number(row.get(6)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn count(state: &mut ErasureState, holders: &[Holder], names: bool) {
    for holder in holders {
        let after = holder.enrolled_ms > state.at_ms;
        let gone_before = holder.wiped_ms.is_some_and(|wiped| wiped < state.at_ms);
        if after || gone_before {
            continue;
        }
        state.devices += 1;
        if holder.wiped_ms.is_some() || holder.done >= state.seq {
            state.done += 1;
        } else if state.waiting.len() < WAITING_TOLD {
            let mut told = holder.told.clone();
            if !names {
                told.name.clear();
            }
            state.waiting.push(told);
        }
    }
}
