//! `buurtboek-server`.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use sync_server::cli::{self, Cli};

const _: () = assert!(!mistake::POSSIBLE, "a program makes no mistakes on purpose");

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = std::io::stdout();
    match cli::run(cli, &mut out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nowhere is left to complain when standard error is closed too.
            drop(writeln!(
                std::io::stderr(),
                "buurtboek-server: {}",
                with_causes(&error)
            ));
            error.exit_code()
        }
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
