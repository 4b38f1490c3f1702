//! The commands of an administrator. They work on the data folder directly, also while it is being served: SQLite
//! lets one write at a time, and the server looks everything up anew at each request.

mod audit;
mod device;
mod invite;
mod member;
mod space;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use protocol::SpaceKind;
use serde::Serialize;
use uuid::Uuid;

use crate::clock::Clock;
use crate::config::Config;
use crate::log::{Log, LogError, MemberRow, SpaceRow};

/// Everything an administrator does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Spaces: who may see what
    #[command(subcommand)]
    Space(space::Command),
    /// Members: the people
    #[command(subcommand)]
    Member(member::Command),
    /// Make an invitation: single use, 24 hours
    Invite(invite::Arguments),
    /// Devices: what the people use
    #[command(subcommand)]
    Device(device::Command),
    /// Read the audit log of a space
    Audit(audit::Arguments),
    /// Copy everything into a new file, also while the server runs
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// After an older backup was put back by hand: let devices offer again what they hold
    Restored,
}

/// Why an administrator's command failed.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The log failed.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Nothing has this name or id.
    #[error("there is no {0}")]
    NotFound(String),
    /// Several have this name.
    #[error("there is more than one {0}: use the id")]
    Ambiguous(String),
    /// Nobody said where devices reach this server.
    #[error("at which address do devices reach this server? Give --server URL or set public_url")]
    NoAddress,
    /// Somebody would come into the own space of somebody else.
    #[error("{0} is one person's own space: nobody can be added to it")]
    Personal(String),
    /// The address is not an http or https address.
    #[error("the server address is not right: {0}")]
    Address(#[from] protocol::InvitationError),
    /// The QR code does not fit.
    #[error("the invitation does not fit into a QR code: {0}")]
    Qr(#[from] qrcode::types::QrError),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Output(#[from] std::io::Error),
    /// The answer could not be put into JSON.
    #[error("the answer could not be put into JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// What a command works with.
struct Desk<'a, W> {
    log: Log,
    now_ms: i64,
    config: &'a Config,
    json: bool,
    out: &'a mut W,
}

/// Does what the administrator says.
///
/// # Errors
/// When it cannot be done.
pub fn run(
    command: Command,
    config: &Config,
    json: bool,
    out: &mut impl Write,
) -> Result<(), AdminError> {
    // Before anything is opened: a newer program copies what the older one wrote, as it is.
    if let Command::Backup { file } = &command {
        return back_up(file, config, json, out);
    }
    // Whoever named the wrong folder is told so: only the first space begins a new one.
    let log = if matches!(command, Command::Space(space::Command::Add { .. })) {
        Log::open(&config.data, 1)?
    } else {
        Log::open_existing(&config.data, 1)?
    };
    let mut desk = Desk {
        log,
        now_ms: Clock::system().now_ms(),
        config,
        json,
        out,
    };
    match command {
        Command::Space(command) => space::run(command, &mut desk),
        Command::Member(command) => member::run(command, &mut desk),
        Command::Invite(arguments) => invite::run(&arguments, &mut desk),
        Command::Device(command) => device::run(command, &mut desk),
        Command::Audit(arguments) => audit::run(&arguments, &mut desk),
        Command::Backup { file } => back_up(&file, config, json, desk.out),
        Command::Restored => restored(&mut desk),
    }
}

fn back_up(
    file: &Path,
    config: &Config,
    json: bool,
    out: &mut impl Write,
) -> Result<(), AdminError> {
    Log::back_up(&config.data, file)?;
    answer(json, out, &serde_json::json!({ "file": file }), |out| {
        writeln!(out, "everything is copied to {}", file.display())
    })
}

/// Puts a backup back. Apart from the commands, because the database must not be open for it.
///
/// # Errors
/// When the server runs, or the file is no sound backup.
pub fn restore(
    file: &Path,
    config: &Config,
    json: bool,
    out: &mut impl Write,
) -> Result<(), AdminError> {
    let restored = Log::restore(&config.data, file, Clock::system().now_ms())?;
    answer(json, out, &restored, |out| {
        writeln!(
            out,
            "{} is put back; {} spaces have a new log: devices will offer again what they hold",
            file.display(),
            restored.spaces
        )?;
        match &restored.replaced {
            Some(replaced) => writeln!(
                out,
                "what was there before is {}: remove it when all is well",
                replaced.display()
            ),
            None => Ok(()),
        }
    })
}

fn restored(desk: &mut Desk<'_, impl Write>) -> Result<(), AdminError> {
    let spaces = desk.log.start_new_logs(desk.now_ms)?;
    desk.answer(&serde_json::json!({ "spaces": spaces }), |out| {
        writeln!(
            out,
            "{spaces} spaces have a new log: devices will offer again what they hold"
        )
    })
}

impl<W: Write> Desk<'_, W> {
    /// Answers in JSON or in words.
    fn answer(
        &mut self,
        value: &impl Serialize,
        words: impl FnOnce(&mut W) -> std::io::Result<()>,
    ) -> Result<(), AdminError> {
        answer(self.json, self.out, value, words)
    }

    /// The space with this id or name.
    fn space(&self, wanted: &str) -> Result<SpaceRow, AdminError> {
        let is_wanted =
            |space: &SpaceRow| space.name == wanted || wanted.parse::<Uuid>() == Ok(space.id);
        only(
            self.log.spaces()?.into_iter().filter(is_wanted),
            "space",
            wanted,
        )
    }

    /// The space with this id or name, to let somebody in. People make their own personal space in the app, and stay alone
    /// in it.
    fn space_for_others(&self, wanted: &str) -> Result<SpaceRow, AdminError> {
        let space = self.space(wanted)?;
        if space.kind == SpaceKind::Personal {
            return Err(AdminError::Personal(wanted.to_owned()));
        }
        Ok(space)
    }

    /// The member with this id or name.
    fn member(&self, wanted: &str) -> Result<MemberRow, AdminError> {
        let is_wanted =
            |member: &MemberRow| member.name == wanted || wanted.parse::<Uuid>() == Ok(member.id);
        only(
            self.log.members()?.into_iter().filter(is_wanted),
            "member",
            wanted,
        )
    }
}

fn answer<W: Write>(
    json: bool,
    out: &mut W,
    value: &impl Serialize,
    words: impl FnOnce(&mut W) -> std::io::Result<()>,
) -> Result<(), AdminError> {
    if json {
        serde_json::to_writer(&mut *out, value)?;
        writeln!(out)?;
    } else {
        words(out)?;
    }
    Ok(out.flush()?)
}

fn only<T>(mut found: impl Iterator<Item = T>, what: &str, wanted: &str) -> Result<T, AdminError> {
    let first = found
        .next()
        .ok_or_else(|| AdminError::NotFound(format!("{what} “{wanted}”")))?;
    if found.next().is_some() {
        Err(AdminError::Ambiguous(format!("{what} “{wanted}”")))
    } else {
        Ok(first)
    }
}

/// A role, on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Role {
    /// May read
    Reader,
    /// May read and write
    Writer,
    /// May also manage
    Manager,
}

impl From<Role> for protocol::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Reader => Self::Reader,
            Role::Writer => Self::Writer,
            Role::Manager => Self::Manager,
        }
    }
}
