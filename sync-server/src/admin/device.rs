//! `device list`, `device revoke`.

use std::io::Write;

use clap::Subcommand;
use protocol::DeviceId;

use super::{AdminError, Desk};

/// Devices.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum Command {
    /// List all devices
    List,
    /// Revoke a device: at its next contact it is told to destroy its data
    Revoke {
        /// The device, as the list shows it
        device: DeviceId,
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
    }
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
