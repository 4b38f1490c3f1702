//! `buurtboek`: the app on the command line, for support, scripts and tests. It unpacks the words, calls `app`, and
//! writes down the answer.

mod args;
mod commands;
mod failure;
mod output;
mod passphrase;
mod table;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Cli;

const _: () = assert!(!mistake::POSSIBLE, "a program makes no mistakes on purpose");

fn main() -> ExitCode {
    let cli = Cli::parse();
    let answered = commands::run(&cli).and_then(|answer| output::print(&answer, cli.json));
    match answered {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => {
            output::print_failure(&failure, cli.json);
            failure.exit_code()
        }
    }
}
