//! The audit and the server: what was done here is reported, and who may read what others did asks for it.

use std::time::Duration;

use domain::ids::{RecordId, SpaceId};
use protocol::{AuditBatch, AuditEntry, AuditLine};
use store::{AuditRow, Space, Store};
use sync::Portion;
use uuid::Uuid;

use crate::api::{AuditHeard, AuditOf};
use crate::device::{Device, meta};
use crate::edit::parse_id;
use crate::exchanging::Exchange;
use crate::round_error::RoundError;
use crate::sync_loop::runtime_here;
use crate::transport::{Traffic, Transport, TransportError};
use crate::{App, Result};

/// Lines in one report.
const AT_ONCE: u32 = 200;
/// About what a line takes, in bytes.
const LINE: usize = 200;
/// Pages read at once, at most: more than a device keeps.
const PAGES: u32 = 48;
/// A person waits for it.
const PATIENCE: Duration = Duration::from_secs(8);

/// The next lines that the server does not have.
pub(crate) fn waiting(store: &Store, portion: Portion) -> store::Result<Vec<AuditEntry>> {
    write_late(store)?;
    let rows = store.unsent_audit(AT_ONCE.min(portion.count(LINE)))?;
    Ok(rows
        .into_iter()
        .map(|row| AuditEntry {
            id: row.id,
            space: row.space.0,
            action: row.action,
            record: row.record.map(|record| record.0),
            device_time_ms: row.at,
        })
        .collect())
}

/// Reports what was done here. False when the server is too old to keep it: then it waits.
pub(crate) async fn report(
    exchange: &Exchange,
    token: &str,
    batch: &AuditBatch,
    traffic: &mut Traffic,
) -> std::result::Result<bool, RoundError> {
    let receipt = match exchange.transport.report(token, batch, traffic).await {
        Err(TransportError::NotOurs(404)) => return Ok(false),
        receipt => receipt?,
    };
    let refused = receipt.refused.iter().map(|refused| refused.id);
    let done: Vec<Uuid> = receipt.taken.iter().copied().chain(refused).collect();
    // An answer about none of them would make the round ask for ever.
    let heard = batch.entries.iter().any(|entry| done.contains(&entry.id));
    exchange
        .blocking(move |device| device.store.audit_sent(&done))
        .await?;
    Ok(heard)
}

/// What was done on a full disk is written down, when there is room by now.
pub(crate) fn write_late(store: &Store) -> store::Result<()> {
    match store.write_late_audit() {
        Err(problem) if problem.is_want_of_writing() => {
            tracing::info!(%problem, "what was done is not written down yet");
            Ok(())
        }
        written => written,
    }
}

impl App {
    /// Asks the server what others did: a manager all that was done in the space, who may write what was done with one
    /// record. It is in [`App::audit_list`] afterwards.
    ///
    /// # Errors
    /// `bad_id`, `no_record`; that the server cannot be reached is an answer.
    pub fn audit_hear(&self, of: AuditOf) -> Result<AuditHeard> {
        let device = self.device()?;
        let record = of.record.as_deref().map(parse_id).transpose()?;
        hear(&device, record, PATIENCE)
    }
}

/// Takes in what the server tells of the audit; of one record, or of all spaces that this person looks after.
pub(crate) fn hear(
    device: &Device,
    record: Option<RecordId>,
    patience: Duration,
) -> Result<AuditHeard> {
    let spaces = readable(device, record)?;
    let mut heard = AuditHeard {
        spaces: spaces.iter().map(|space| space.name.clone()).collect(),
        reached: false,
    };
    let (Some(server), Some(token)) = (
        device.store.meta(meta::SERVER)?,
        device.store.meta(meta::TOKEN)?,
    ) else {
        heard.spaces.clear();
        return Ok(heard);
    };
    // Who may read none of it was told nothing, however well the server can be reached.
    if spaces.is_empty() {
        return Ok(heard);
    }
    let told = runtime_here()?.block_on(async {
        let asking = ask(device, &server, &token, &spaces, record);
        tokio::time::timeout(patience, asking).await
    });
    match told {
        Ok(Ok(())) => heard.reached = true,
        Ok(Err(problem)) => tracing::info!(%problem, "what others did is not known now"),
        Err(_) => tracing::info!("the server took too long to tell what others did"),
    }
    Ok(heard)
}

/// The spaces of which this person may read the log, or the part about a record.
fn readable(device: &Device, record: Option<RecordId>) -> Result<Vec<Space>> {
    let of_record = match record {
        Some(id) => device.store.record(id)?.map(|row| row.space),
        None => None,
    };
    let mut spaces = device.store.spaces()?;
    spaces.retain(|space| {
        space.is_shared()
            && match record {
                None => space.role == "manager",
                // One that is gone may have been anywhere.
                Some(_) => space.may_write() && of_record.is_none_or(|home| home == space.id),
            }
    });
    Ok(spaces)
}

async fn ask(
    device: &Device,
    server: &str,
    token: &str,
    spaces: &[Space],
    record: Option<RecordId>,
) -> std::result::Result<(), RoundError> {
    let wire = device.surroundings.wire().map_err(TransportError::from)?;
    let transport = Transport::new(wire, server);
    for space in spaces {
        let mut after = match record {
            Some(_) => 0,
            None => read_until(device, space)?,
        };
        for _ in 0..PAGES {
            let page = transport
                .audit(token, space.id.0, after, record.map(|record| record.0))
                .await?;
            let rows: Vec<AuditRow> = page.lines.iter().map(|line| heard(device, line)).collect();
            device.store.take_audit(&rows)?;
            after = page.next_after;
            if record.is_none() {
                keep_read(device, space, after)?;
            }
            if !page.more {
                break;
            }
        }
    }
    Ok(())
}

/// A line as it is kept here.
fn heard(device: &Device, line: &AuditLine) -> AuditRow {
    AuditRow {
        id: line_id(&device.id.to_string(), line),
        space: line.space.into(),
        action: line.action.clone(),
        record: line.record.map(Into::into),
        member: line.member.as_ref().map(|member| member.id.into()),
        at: line
            .device_time_ms
            .unwrap_or(line.server_time_ms)
            .min(line.server_time_ms),
        heard: Some(line.server_time_ms),
        subject: line.subject.as_ref().map(|member| member.id.into()),
        role: line.role.map(|role| role.as_str().to_owned()),
    }
}

/// One of another device gets an id of its own: the ids of two devices have nothing to do with each other, and nobody
/// hides a line behind the id of another.
fn line_id(mine: &str, line: &AuditLine) -> Uuid {
    let of_a_device = line.device_time_ms.is_some();
    match line.device.map(|device| device.to_string()) {
        Some(device) if of_a_device && device == mine => line.id,
        Some(device) if of_a_device => Uuid::new_v5(&line.id, device.as_bytes()),
        Some(_) | None => Uuid::new_v5(&line.id, b"server"),
    }
}

/// This person may not read any more what others did in a space.
pub(crate) fn forget_others(device: &Device, space: SpaceId) -> store::Result<()> {
    let me = device.store.meta(meta::MEMBER)?;
    device.store.forget_audit_of_others(space, me.as_deref())?;
    device.store.set_meta(&[(&read_key(space), None)])
}

/// Up to where the log of a space was read. A log that begins anew, from an older backup, is read anew.
fn read_until(device: &Device, space: &Space) -> store::Result<u64> {
    let kept = device.store.meta(&read_key(space.id))?;
    let of_this_log = kept.as_deref().and_then(|kept| kept.split_once(' '));
    Ok(of_this_log
        .filter(|(log, _)| *log == log_of(space))
        .and_then(|(_, until)| until.parse().ok())
        .unwrap_or(0))
}

fn keep_read(device: &Device, space: &Space, until: u64) -> store::Result<()> {
    let kept = format!("{} {until}", log_of(space));
    device.store.set_meta(&[(&read_key(space.id), Some(&kept))])
}

fn log_of(space: &Space) -> String {
    space.log_epoch.unwrap_or_default().to_string()
}

fn read_key(space: SpaceId) -> String {
    format!("audit_read.{space}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(device: Option<&str>, device_time_ms: Option<i64>) -> AuditLine {
        AuditLine {
            no: 1,
            id: Uuid::from_u128(7),
            space: Uuid::from_u128(8),
            action: "opened".to_owned(),
            member: None,
            device: device.and_then(|device| device.parse().ok()),
            record: None,
            subject: None,
            subject_device: None,
            role: None,
            device_time_ms,
            server_time_ms: 5,
        }
    }

    #[test]
    fn nobody_hides_a_line_behind_the_id_of_another() {
        let (mine, theirs) = ("0102030405060708", "1112131415161718");
        let ids = [
            line_id(mine, &line(Some(mine), Some(1))),
            line_id(mine, &line(Some(theirs), Some(1))),
            line_id(mine, &line(None, None)),
        ];
        assert_eq!(ids[0], Uuid::from_u128(7), "what is here already stays one");
        assert!(ids[1] != ids[0] && ids[2] != ids[0] && ids[1] != ids[2]);
    }
}
