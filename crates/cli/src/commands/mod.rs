//! The commands, one file per subject.

pub(crate) mod capture;
pub(crate) mod conflicts;
pub(crate) mod crashes;
pub(crate) mod device;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod import;
pub(crate) mod lock;
pub(crate) mod person;
pub(crate) mod record;
pub(crate) mod redact;
pub(crate) mod retention;
pub(crate) mod scratch;
pub(crate) mod share;
mod sync;
pub(crate) mod team;

use std::sync::Arc;

use app::api::{DeviceUnlock, Saved};
use app::{App, Surroundings, System};

use crate::args::{Cli, Command};
use crate::failure::Result;
use crate::output::{self, Answer};
use crate::passphrase;
use crate::table::{columns, short};

/// Carries out a command.
pub(crate) fn run(cli: &Cli) -> Result<Answer> {
    let app = app(cli)?;
    app::write_down_crashes(app.folder(), "buurtboek", output::print_crash);
    match &cli.command {
        Command::Init(words) => device::init(&app, words, cli.passphrase_file.as_deref()),
        Command::Status => device::status(&app, cli.passphrase_file.as_deref()),
        Command::Enroll(words) => device::enroll(&open(app, cli)?, words),
        Command::Devices(words) => team::devices(&open(app, cli)?, words),
        Command::Invite(words) => team::invite(&open(app, cli)?, words),
        Command::Waiting(words) => team::waiting(&open(app, cli)?, words),
        Command::Members(words) => team::members(&open(app, cli)?, words),
        Command::Capture(words) => capture::capture(&open(app, cli)?, words),
        Command::Record(words) => record::record(&open(app, cli)?, words),
        Command::Import(words) => import::import(&open(app, cli)?, words),
        Command::Export(words) => export::export(&open(app, cli)?, words),
        Command::File(words) => person::file(&open(app, cli)?, words),
        Command::Retention(words) => retention::retention(&open(app, cli)?, words),
        Command::Search(words) => find::search(&open(app, cli)?, words),
        Command::Today(words) => find::today(&open(app, cli)?, words),
        Command::Conflicts(words) => conflicts::conflicts(&open(app, cli)?, words),
        Command::Lock(words) => lock::lock(&open(app, cli)?, words),
        Command::Passphrase(words) => lock::passphrase(&app, words, cli.passphrase_file.as_deref()),
        Command::Share(words) => share::share(&open(app, cli)?, words),
        Command::Scratch(words) => scratch::scratch(&open(app, cli)?, words),
        Command::Erase(words) => erase::erase(&open(app, cli)?, words),
        Command::Redact(words) => redact::redact(&open(app, cli)?, words),
        Command::Sync => sync::sync(&open(app, cli)?),
        Command::Repair => device::repair(&app, cli.passphrase_file.as_deref()),
        Command::Verify => device::verify(&open(app, cli)?),
        Command::Crashes(words) => crashes::crashes(&app, words),
        Command::Undo(words) => record::undo(&open(app, cli)?, words),
    }
}

fn app(cli: &Cli) -> Result<App> {
    let folder = cli.data.clone().unwrap_or_else(app::default_folder);
    let surroundings: Arc<dyn Surroundings> = match cli.now {
        Some(now) => Arc::new(now),
        None => Arc::new(System),
    };
    Ok(App::new(&folder, surroundings)?.only_when_asked())
}

fn open(app: App, cli: &Cli) -> Result<App> {
    let passphrase = passphrase::read(cli.passphrase_file.as_deref())?;
    app.device_unlock(DeviceUnlock { passphrase })?;
    Ok(app)
}

/// The records of an action, and how to take it back.
fn saved_text(saved: &Saved) -> String {
    let rows: Vec<_> = saved
        .records
        .iter()
        .map(|record| {
            [
                record.kind.clone(),
                short(&record.title, 60),
                record.id.clone(),
            ]
        })
        .collect();
    let mut text = columns(&rows);
    if let Some(undo) = &saved.undo {
        text.push_str(&format!("Take it back with: buurtboek undo {undo}\n"));
    }
    text
}
