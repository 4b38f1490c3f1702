//! What should be fast, measured against a bare counterpart in the same run.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for people at a terminal: telling what was measured is its work"
)]

mod bare;
mod book;
mod figure;
mod folders;
mod measures;
mod process;
mod samples;
mod team;
mod wire;

use std::process::ExitCode;

use clap::Parser;

use crate::figure::Figure;
use crate::measures::{MEASURES, Scale};

/// Anything that goes wrong ends the run: half a measurement is none.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Measures what should be fast, each figure beside its comparison in the same run.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Options {
    /// Only these: edit, search, screens, filling, day_offline, nothing_to_do, first_sync, server, rights, window
    names: Vec<String>,
    /// Leave out teams with more documents: the largest takes long to make the first time
    #[arg(long, default_value_t = 100_000)]
    most_documents: usize,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(all_met) if all_met => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(2),
        Err(problem) => {
            eprintln!("bench: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Measures; says whether everything reached what it must.
fn run(options: &Options) -> Result<bool> {
    let known = |name: &String| MEASURES.iter().any(|measure| measure.name == *name);
    if let Some(unknown) = options.names.iter().find(|name| !known(name)) {
        return Err(format!("there is no measurement {unknown}").into());
    }
    let scale = Scale {
        most_documents: options.most_documents,
    };
    let mut figures: Vec<Figure> = Vec::new();
    for measure in MEASURES {
        let wanted = options.names.is_empty() || options.names.iter().any(|n| n == measure.name);
        if wanted {
            eprintln!("{}: {}", measure.name, measure.what);
            figures.extend((measure.run)(scale)?);
        }
    }
    if options.json {
        println!("{}", serde_json::to_string_pretty(&figures)?);
    } else {
        print!("{}", figure::table(&figures));
    }
    Ok(figures.iter().all(|figure| figure.met() != Some(false)))
}
