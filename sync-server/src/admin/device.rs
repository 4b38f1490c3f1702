//! `device list`, `device revoke`.

use std::io::Write;

use clap::Subcommand;
use protocol::DeviceId;
use uuid::Uuid;

use super::{AdminError, Desk};

/// Devices.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// List all devices
    List,
    /// Revoke a device: at its next contact it is told to destroy its data
    Revoke {
        /// The device, as the list shows it
        device: DeviceId,
    },
    /// List devices that wait for a second look
    Waiting,
    /// Let a waiting device in, after comparing the phrase it shows
    Confirm {
        /// Which, as the list of waiting devices shows it
        id: Uuid,
        /// The six digits the device shows
        phrase: String,
    },
    /// Turn a waiting device away; its invitation opens nothing any more
    Refuse {
        /// Which, as the list of waiting devices shows it
        id: Uuid,
    },
}

pub(super) fn run(command: Command, desk: &mut Desk<'_, impl Write>) -> Result<(), AdminError> {
    match command {
        Command::List => list(desk),
        Command::Revoke { device } => {
            if !desk.log.revoke_device(device, desk.now_ms)? {
                return Err(AdminError::NotFound(format!("device {device}")));
            }
            desk.answer(
                &serde_json::json!({ "device": device, "revoked": true }),
                |out| {
                    writeln!(
                        out,
                        "{device} is revoked: at its next contact it is told to destroy its data"
                    )
                },
            )
        }
        Command::Waiting => waiting(desk),
        Command::Confirm { id, phrase } => {
            desk.log.confirm_for(None, id, &phrase, desk.now_ms)?;
            desk.answer(&serde_json::json!({ "confirmed": id }), |out| {
                writeln!(out, "{id} gets in at its next question")
            })
        }
        Command::Refuse { id } => {
            desk.log.refuse_for(None, id, desk.now_ms)?;
            desk.answer(&serde_json::json!({ "refused": id }), |out| {
                writeln!(out, "{id} is turned away")
            })
        }
    }
}

fn waiting(desk: &mut Desk<'_, impl Write>) -> Result<(), AdminError> {
    let waiting = desk.log.waiting_for(None, desk.now_ms)?;
    desk.answer(&waiting, |out| {
        for one in &waiting {
            let (name, device, platform) = (&one.name, &one.device_name, &one.platform);
            writeln!(
                out,
                "{}  {}  {name}: {device} ({platform}, {})",
                one.id, one.phrase, one.app
            )?;
        }
        Ok(())
    })
}

fn list(desk: &mut Desk<'_, impl Write>) -> Result<(), AdminError> {
    let devices = desk.log.devices()?;
    let now_ms = desk.now_ms;
    desk.answer(&devices, |out| {
        for device in &devices {
            let state = match (device.wiped_ms, device.revoked_ms, device.seen_ms) {
                (Some(at), _, _) => format!("wiped {}", ago(now_ms, at)),
                (None, Some(at), _) => format!("revoked {}, not wiped yet", ago(now_ms, at)),
                (None, None, Some(at)) => format!("seen {}", ago(now_ms, at)),
                (None, None, None) => "never seen".to_owned(),
            };
            let (name, platform, app) = (&device.name, &device.platform, &device.app);
            writeln!(
                out,
                "{}  {}: {name} ({platform}, {app}), {state}",
                device.id, device.member
            )?;
        }
        Ok(())
    })
}

fn ago(now_ms: i64, at_ms: i64) -> String {
    match (now_ms - at_ms) / 60_000 {
        ..60 => "within the hour".to_owned(),
        minutes @ 60..2_880 => format!("{} hours ago", minutes / 60),
        minutes => format!("{} days ago", minutes / 1_440),
    }
}
