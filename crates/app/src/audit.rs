//! The audit: opening a person's page, taking details along, sharing, erasing. Who, what id and when; never what it says.
//!
//! What changes records is written down in the same transaction, by [`store::Action::audit`].

use chrono::{DateTime, SecondsFormat};
use domain::ids::{RecordId, SpaceId};
use store::{AuditRow, RecordRow};

use crate::api::{AuditList, AuditQuery, AuditView};
use crate::device::Device;
use crate::edit::parse_id;
use crate::views::{Viewer, name_ref};
use crate::{App, Result, auditing};

/// Somebody opened the page of a person.
pub(crate) const OPENED: &str = "opened";
/// Details left the app as a file.
pub(crate) const EXPORTED: &str = "exported";
/// A person's file was made.
pub(crate) const PERSON_FILE: &str = "person_file";
/// Consent or legal basis was recorded.
pub(crate) const CONSENT: &str = "consent";
/// A copy was made in another space.
pub(crate) const SHARED: &str = "shared";
/// A copy was taken back, or had its last day.
pub(crate) const SHARE_ENDED: &str = "share_ended";
/// A record is gone for good.
pub(crate) const ERASED: &str = "erased";
/// A record is gone for good, for it was kept long enough.
pub(crate) const RETENTION: &str = "retention";

/// Words were taken out of a record for good.
pub(crate) const REDACTED: &str = "redacted";

/// Coming back to the same page within this time is one visit (milliseconds).
const ONE_VISIT: i64 = 10 * 60 * 1_000;
/// Hearing of it later than this is said (milliseconds): a day without a connection is nothing special.
const LATE: i64 = 48 * 60 * 60 * 1_000;
/// Rows of one answer, at most.
const WINDOW: u32 = 200;

/// Records that somebody looked at what is kept of a person. Reading goes on when nothing can be written: the line then
/// waits in memory.
pub(crate) fn looked_at(device: &Device, record: &RecordRow) -> Result<()> {
    if record.kind != "contact" {
        return Ok(());
    }
    let line = line(device, OPENED, record.space, Some(record.id))?;
    device.store.audit_or_later(line, ONE_VISIT)?;
    Ok(())
}

/// Records that something was done with a record, before it is done: without the line it does not happen.
pub(crate) fn about(device: &Device, action: &str, record: &RecordRow) -> Result<()> {
    let line = line(device, action, record.space, Some(record.id))?;
    device.store.audit(&line, 0)?;
    Ok(())
}

/// Records that something was done with all records, in every space there is.
pub(crate) fn about_all(device: &Device, action: &str) -> Result<()> {
    for space in device.store.spaces()? {
        let line = line(device, action, space.id, None)?;
        device.store.audit(&line, 0)?;
    }
    Ok(())
}

fn line(
    device: &Device,
    action: &str,
    space: SpaceId,
    record: Option<RecordId>,
) -> Result<AuditRow> {
    Ok(AuditRow {
        id: device.new_id(),
        space,
        action: action.to_owned(),
        record,
        member: Some(device.me()?),
        at: device.surroundings.now().timestamp_millis(),
        heard: None,
        subject: None,
        role: None,
    })
}

/// When it was, RFC 3339.
pub(crate) fn moment_of(row: &AuditRow) -> String {
    moment(row.at)
}

fn moment(millis: i64) -> String {
    DateTime::from_timestamp_millis(millis)
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
        .unwrap_or_default()
}

/// The team heard of it so much later that it should be said.
fn heard_late(row: &AuditRow) -> Option<String> {
    let heard = row.heard.filter(|heard| heard - row.at > LATE)?;
    Some(moment(heard))
}

impl App {
    /// What was done with people's details, as far as this device knows; [`App::audit_hear`] asks for more.
    ///
    /// # Errors
    /// `bad_id`.
    pub fn audit_list(&self, query: AuditQuery) -> Result<AuditList> {
        let device = self.device()?;
        let record = query.record.as_deref().map(parse_id).transpose()?;
        auditing::write_late(&device.store)?;
        let (total, rows) =
            device
                .store
                .audit_list(record, query.offset, query.limit.min(WINDOW))?;
        let viewer = Viewer::new(&device)?;
        let known = viewer.known(rows.iter().filter_map(|row| row.record))?;
        let rows = rows
            .iter()
            .map(|row| {
                let record = row.record.and_then(|id| known.get(&id)).map(name_ref);
                AuditView {
                    id: row.id.to_string(),
                    action: row.action.clone(),
                    gone: row.record.is_some() && record.is_none(),
                    record,
                    person: viewer.people.name_of(row.member),
                    subject: viewer.people.name_of(row.subject),
                    role: row.role.clone(),
                    space: viewer.space_name(row.space),
                    at: moment_of(row),
                    heard: heard_late(row),
                }
            })
            .collect();
        Ok(AuditList { total, rows })
    }
}
