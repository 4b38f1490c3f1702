//! `audit`: who did what to which record, when.

use std::io::Write;

use clap::Args;
use protocol::limits::MAX_AUDIT_ENTRIES;
use uuid::Uuid;

use super::{AdminError, Desk};
use crate::log::AuditQuery;

/// Which lines of the log.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The space, by name or id
    #[arg(long)]
    space: String,
    /// Only about this record
    #[arg(long, value_name = "ID")]
    record: Option<Uuid>,
    /// Only after this line
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    after: u64,
}

pub(super) fn run(
    arguments: &Arguments,
    desk: &mut Desk<'_, impl Write>,
) -> Result<(), AdminError> {
    let mut query = AuditQuery {
        space: desk.space(&arguments.space)?.id,
        after: arguments.after,
        record: arguments.record,
        limit: MAX_AUDIT_ENTRIES,
    };
    let mut lines = Vec::new();
    loop {
        let page = desk.log.audit(&query)?;
        lines.extend(page.lines);
        query.after = page.next_after;
        if !page.more {
            break;
        }
    }
    desk.answer(&lines, |out| {
        for line in &lines {
            let by = line.member.as_ref().map_or("administrator", |by| &by.name);
            write!(
                out,
                "{}  {}  {}  {by}",
                line.no, line.server_time_ms, line.action
            )?;
            if let Some(record) = line.record {
                write!(out, "  record {record}")?;
            }
            if let Some(subject) = &line.subject {
                write!(out, "  {}", subject.name)?;
            }
            if let Some(device) = line.subject_device {
                write!(out, "  device {device}")?;
            }
            if let Some(role) = line.role {
                write!(out, "  {}", role.as_str())?;
            }
            writeln!(out)?;
        }
        Ok(())
    })
}
