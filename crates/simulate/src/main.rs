//! `simulate`: plays histories on all cores and says what broke.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for people at a terminal: telling what happens is its work"
)]

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Instant;

use clap::Parser;
use simulate::{History, Stage, play, shrink};

/// Histories played to find a shorter one.
const SHRINKING: usize = 400;

/// Plays invented histories with real code and looks whether anything was lost.
#[derive(Debug, Parser)]
struct Options {
    /// How many histories
    #[arg(long, default_value_t = 100)]
    histories: u64,
    /// The seed of the first; the others follow
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many at the same time; as many as there are cores when not given
    #[arg(long)]
    workers: Option<u64>,
    /// Plays the history in this file, and tells it
    #[arg(long)]
    replay: Option<PathBuf>,
    /// Does not look for a shorter history that breaks the same promise
    #[arg(long)]
    whole: bool,
    /// Tells what happens
    #[arg(long)]
    tell: bool,
    /// Where failing histories are written
    #[arg(long, default_value = "target/simulate")]
    out: PathBuf,
    /// Only plays, for the program that started this one
    #[arg(long, hide = true)]
    worker: bool,
}

type Failed = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let options = Options::parse();
    let result = match &options.replay {
        Some(file) => replay(file),
        None if options.worker || options.tell => work(&options),
        None => all(&options),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn replay(file: &PathBuf) -> Result<bool, Failed> {
    let history: History = serde_json::from_slice(&std::fs::read(file)?)?;
    let outcome = play(&mut Stage::new()?, &history, true)?;
    for line in &outcome.told {
        println!("{line}");
    }
    match outcome.violation {
        Some((violation, _)) => {
            println!("BROKEN {violation}");
            Ok(false)
        }
        None => {
            println!("all promises kept; digest {:016x}", outcome.digest);
            Ok(true)
        }
    }
}

/// One after another; each failure is made short and written down.
fn work(options: &Options) -> Result<bool, Failed> {
    let mut stage = Stage::new()?;
    let mut good = true;
    for seed in options.seed..options.seed + options.histories {
        let history = History::roll(seed);
        let outcome = play(&mut stage, &history, options.tell)?;
        for line in &outcome.told {
            println!("{line}");
        }
        let Some((broken, _)) = outcome.violation else {
            println!("good {seed} {:016x}", outcome.digest);
            continue;
        };
        good = false;
        println!("bad {seed} {broken}");
        if options.whole {
            continue;
        }
        let short = shrink(&mut stage, &history, SHRINKING)?;
        let again = play(&mut stage, &short, false)?;
        let what = again
            .violation
            .map(|(violation, _)| violation.to_string())
            .unwrap_or_default();
        std::fs::create_dir_all(&options.out)?;
        let file = options.out.join(format!("{seed}.json"));
        std::fs::write(&file, serde_json::to_vec_pretty(&short)?)?;
        println!("| {what}; {}", file.display());
        for line in short.words().lines() {
            println!("| {line}");
        }
    }
    Ok(good)
}

/// As many workers as there are cores, each a process of its own: SQLite's disks are shared within one.
fn all(options: &Options) -> Result<bool, Failed> {
    let started = Instant::now();
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let workers = options
        .workers
        .unwrap_or(cores)
        .clamp(1, options.histories.max(1));
    let mut children = Vec::new();
    let mut from = options.seed;
    for no in 0..workers {
        let share = options.histories / workers + u64::from(no < options.histories % workers);
        children.push(worker(options, from, share)?);
        from += share;
    }
    let readers: Vec<_> = children
        .into_iter()
        .map(|child| std::thread::spawn(move || listen(child)))
        .collect();
    let (mut good, mut bad) = (0_u64, 0_u64);
    for reader in readers {
        let (some_good, some_bad) = reader.join().map_err(|_| "a reader ended in a panic")??;
        good += some_good;
        bad += some_bad;
    }
    let seconds = started.elapsed().as_secs_f64();
    let played = good + bad;
    println!(
        "{played} histories from seed {}, {bad} broken, in {seconds:.0} s with {workers} workers: {:.2} a second and worker",
        options.seed,
        played as f64 / seconds / workers as f64,
    );
    Ok(bad == 0 && played == options.histories)
}

fn worker(options: &Options, from: u64, histories: u64) -> std::io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .args(["--worker", "--seed", &from.to_string()])
        .args(["--histories", &histories.to_string()])
        .arg("--out")
        .arg(&options.out)
        .args(options.whole.then_some("--whole"))
        .stdout(Stdio::piped())
        .spawn()
}

/// Counts what a worker says, and passes on what is bad.
fn listen(mut child: Child) -> Result<(u64, u64), String> {
    let (mut good, mut bad) = (0, 0);
    let Some(output) = child.stdout.take() else {
        return Err("a worker cannot be heard".to_owned());
    };
    for line in BufReader::new(output).lines() {
        let line = line.map_err(|problem| problem.to_string())?;
        if line.starts_with("good ") {
            good += 1;
        } else {
            bad += u64::from(line.starts_with("bad "));
            println!("{line}");
        }
    }
    let status = child.wait().map_err(|problem| problem.to_string())?;
    if good + bad == 0 && !status.success() {
        return Err(format!("a worker ended early: {status}"));
    }
    Ok((good, bad))
}
