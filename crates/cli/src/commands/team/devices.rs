//! The devices of the team.

use app::App;
use app::api::{DeviceRename, Nothing, TeamDevice, TeamDeviceId};
use clap::Subcommand;

use crate::failure::{Failure, Result};
use crate::output::Answer;
use crate::table::columns;

/// Words of `devices`.
#[derive(Debug, Subcommand)]
pub(crate) enum Devices {
    /// List them
    List,
    /// Give one of your own devices another name
    Rename {
        /// Its id, as `list` shows it
        id: String,
        /// The name from now on
        name: String,
    },
    /// Put a device out: at its next contact it destroys its book; there is no way back
    Revoke {
        /// Its id, as `list` shows it
        id: String,
        /// Say that it is meant; without it nothing happens
        #[arg(long)]
        yes_for_good: bool,
    },
}

/// Carries out a command about devices.
pub(crate) fn devices(app: &App, words: &Devices) -> Result<Answer> {
    let list = match words {
        Devices::List => app.team_devices(Nothing {})?,
        Devices::Rename { id, name } => app.device_rename(DeviceRename {
            id: id.clone(),
            name: name.clone(),
        })?,
        Devices::Revoke {
            yes_for_good: false,
            ..
        } => {
            return Err(Failure::new(
                "not_confirmed",
                "A device that is put out destroys its book at its next contact, with what it did not send. Say that \
                 you mean it with --yes-for-good. Nothing was changed.",
            ));
        }
        Devices::Revoke { id, .. } => app.device_revoke(TeamDeviceId { id: id.clone() })?,
    };
    Answer::new(&list, devices_text(&list))
}

fn devices_text(list: &[TeamDevice]) -> String {
    let rows: Vec<_> = list
        .iter()
        .map(|device| {
            let this = if device.this { "this device" } else { "" };
            [
                device.person.name.clone(),
                device.name.clone(),
                format!("{} {}", device.platform, device.app_version),
                state(device),
                this.to_owned(),
                device.id.clone(),
            ]
        })
        .collect();
    columns(&rows)
}

fn state(device: &TeamDevice) -> String {
    match (&device.wiped_at, &device.revoked_at, &device.seen_at) {
        (Some(at), _, _) => format!("wiped {at}"),
        (None, Some(_), _) => "put out, waits to be wiped".to_owned(),
        (None, None, Some(at)) => match &device.unsent_since {
            Some(since) => format!("seen {at}, unsent since {since}"),
            None => format!("seen {at}"),
        },
        (None, None, None) => "never seen".to_owned(),
    }
}
