//! The developer's commands: `cargo xtask run`, `test`, `check` and the rest. Nothing else to install first.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for people at a terminal: telling what happens is its work"
)]

mod bench;
mod cargo;
mod check;
mod failure;
mod files;
mod fixture;
mod fuzz;
mod place;
mod run;
mod setup;
mod simulate;
mod step;
mod test;
mod trial;
mod types;
mod ui;

use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};

use crate::cargo::Cargo;
use crate::failure::Failure;
use crate::place::Place;

/// The developer's commands of Buurtboek. What a command needs is installed when it is missing.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Options {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Installs what this machine misses: system packages, npm packages, cargo-deny
    Setup,
    /// Builds everything and opens the app, joined to a team on a server on this machine
    Run(run::Options),
    /// Runs every test: Rust, screens, and journeys through the real window
    Test {
        /// Only the Rust tests whose name contains this
        filter: Option<String>,
    },
    /// Checks layout, lints, documentation, types, licences and layers
    Check {
        /// First repairs what can be repaired
        #[arg(long)]
        fix: bool,
    },
    /// Writes the TypeScript of the API (`ui/src/backend/generated.ts`)
    Types {
        /// Writes nothing; fails when the file differs
        #[arg(long)]
        check: bool,
    },
    /// Feeds every reader broken and hostile input
    Fuzz {
        /// How long each of them
        #[arg(long, default_value_t = 60)]
        seconds: u64,
        /// Only this target of libFuzzer: change, document, wire or file
        #[arg(long)]
        target: Option<String>,
    },
    /// Measures, each figure beside its comparison
    Bench {
        /// Only this measurement
        name: Option<String>,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
    /// Keeps a book, a server and an exchange of the version that is about to be released
    Fixture,
    /// Tries real processes on real disks for longer than the tests do
    Trial {
        /// What is tried
        name: trial::Trial,
        /// How much of it, instead of a long trial
        #[arg(long)]
        count: Option<u32>,
    },
    /// Plays histories full of bad luck with the real parts, and looks whether anything was lost
    Simulate(simulate::Options),
}

fn main() -> ExitCode {
    let options = Options::parse();
    let started = Instant::now();
    match carry_out(&options.command) {
        Ok(()) => {
            println!(
                "{:>6} {:>12}  all done",
                "ok",
                step::spoken(started.elapsed())
            );
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(task: &Task) -> Result<(), Failure> {
    let place = Place::find()?;
    match task {
        Task::Setup => setup::everything(&place),
        Task::Run(options) => run::run(&place, options),
        Task::Test { filter } => test::test(&place, filter.as_deref()),
        Task::Check { fix } => check::check(&place, *fix),
        Task::Types { check } => {
            setup::ensure(&place, setup::Purpose::Build)?;
            ui::build(&place)?;
            let cargo = Cargo::new(&place)?;
            if *check {
                types::check(&place, &cargo)
            } else {
                types::write(&place, &cargo)
            }
        }
        Task::Fuzz { seconds, target } => fuzz::fuzz(&place, *seconds, target.as_deref()),
        Task::Fixture => fixture::fixture(&place),
        Task::Trial { name, count } => trial::trial(&place, *name, *count),
        Task::Simulate(options) => simulate::simulate(&place, options),
        Task::Bench { name, json } => bench::bench(&place, name.as_deref(), *json),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_holds_together() {
        super::Options::command().debug_assert();
    }
}
