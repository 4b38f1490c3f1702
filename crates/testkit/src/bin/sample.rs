//! Prints an invented neighbourhood as JSON Lines, for `buurtboek import`.

use std::io::{BufWriter, ErrorKind, Write, stdout};
use std::process::ExitCode;

use chrono::{DateTime, NaiveDate};
use clap::Parser;
use testkit::sample::{Size, neighbourhood};

/// Prints an invented neighbourhood as JSON Lines.
#[derive(Debug, Parser)]
struct Options {
    /// Another seed is another neighbourhood; the same one is the same, with the same ids.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// People.
    #[arg(long, default_value_t = 200)]
    contacts: usize,
    /// Notes.
    #[arg(long, default_value_t = 600)]
    notes: usize,
    /// Signals.
    #[arg(long, default_value_t = 150)]
    signals: usize,
    /// The day that counts as today (YYYY-MM-DD); the clock's day without it.
    #[arg(long)]
    today: Option<NaiveDate>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match print(&options) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => ExitCode::FAILURE,
        Ok(()) | Err(_) => ExitCode::SUCCESS,
    }
}

fn print(options: &Options) -> std::io::Result<()> {
    let today = options.today.unwrap_or_else(today);
    let size = Size::of(options.contacts, options.notes, options.signals);
    let mut out = BufWriter::new(stdout().lock());
    for record in neighbourhood(options.seed, today, size) {
        writeln!(out, "{record}")?;
    }
    out.flush()
}

fn today() -> NaiveDate {
    DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).date_naive()
}
