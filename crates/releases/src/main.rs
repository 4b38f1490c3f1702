//! Keeps a book, a server and an exchange of the version that is about to be released: `cargo xtask fixture`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for people at a terminal: telling what happened is its work"
)]

use std::process::ExitCode;

fn main() -> ExitCode {
    match releases::add(app::APP_VERSION) {
        Ok(folder) => {
            println!(
                "kept in {}: commit it, and never change it",
                folder.display()
            );
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
