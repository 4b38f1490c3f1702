//! The words of the command line; those of each command stand with it.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::commands::{
    capture, conflicts, crashes, device, erase, export, find, import, lock, person, record, redact,
    retention, scratch, share, team,
};

/// The working memory of a social broker, on the command line.
#[derive(Debug, Parser)]
#[command(name = "buurtboek", version, after_help = crate::failure::EXIT_CODES)]
pub(crate) struct Cli {
    /// Folder with the data of the device [default: $BUURTBOEK_DATA, or this platform's data folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// File with the passphrase on its first line; without it, a terminal is asked
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Act as if it were this moment, such as 2026-11-23T09:00:00+01:00
    #[arg(long, global = true, value_name = "RFC3339")]
    pub(crate) now: Option<app::Fixed>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the database of a new device, alone on this device
    Init(device::Init),
    /// Join a team with an invitation; what this device holds comes along
    Enroll(device::Enroll),
    /// List, name and put out devices: one's own, and for managers those of the team
    #[command(subcommand)]
    Devices(team::Devices),
    /// Make, list and withdraw invitations
    #[command(subcommand)]
    Invite(team::Invite),
    /// Look at devices that wait to come in
    #[command(subcommand)]
    Waiting(team::Waiting),
    /// Show and change who may do what in a space
    #[command(subcommand)]
    Members(team::Members),
    /// Keep a note, and what it may mean
    Capture(capture::Capture),
    /// Make, read and list records of any kind
    #[command(subcommand)]
    Record(record::Record),
    /// Take in contacts (vCard, CSV) or records (JSON Lines)
    Import(import::Import),
    /// Write records to a file, or to standard output
    Export(export::Export),
    /// Write everything that is kept about one person to a file, for that person
    File(person::File),
    /// Show what was kept long enough, and set how long that is
    #[command(subcommand)]
    Retention(retention::Retention),
    /// Find contacts, notes, signals and more
    Search(find::Search),
    /// Show what is late, today, this week, later and waiting for others
    Today(find::Today),
    /// Show and settle what people wrote differently
    #[command(subcommand)]
    Conflicts(conflicts::Conflicts),
    /// Erase for good, and tell how far it is
    #[command(subcommand)]
    Erase(erase::Erase),
    /// Take words out of a record for good, out of its history too
    Redact(redact::Redact),
    /// Exchange with the team's server, now
    Sync,
    /// Show or choose when the window locks itself
    Lock(lock::Lock),
    /// Take another passphrase for the same book
    #[command(subcommand)]
    Passphrase(lock::Passphrase),
    /// Share a copy of chosen fields with another space
    #[command(subcommand)]
    Share(share::Share),
    /// Private working notes that never leave the device
    #[command(subcommand)]
    Scratch(scratch::Scratch),
    /// Tell where the device is in its life, and what is not sent
    Status,
    /// Check the database, its documents, and what lists and search make of them
    Verify,
    /// Bring what can be read of a damaged book over to a new one, in its place
    Repair,
    /// Show where programs of Buurtboek broke off on this device; no words of anybody are in it
    Crashes(crashes::Crashes),
    /// Take an action back; doing it twice brings the action back
    Undo(record::Undo),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    #[test]
    fn the_words_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }
}
