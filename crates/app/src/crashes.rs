//! Reports of crashes. They stay in the data folder, hold nothing that a person wrote or read, and leave the device only
//! when somebody takes them along on purpose.
//!
//! The message of a panic may hold content (`byte index 3 is not a char boundary of "…"`), so it is kept nowhere and not
//! printed either: the log of a desktop keeps what programs print. What is kept is the place in the code, and which
//! program on which system.

use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::api::{CrashList, CrashView, Exported, Nothing};
use crate::preferences::{not_written, write_whole};
use crate::surroundings::day;
use crate::{APP_VERSION, App, Error, Result};

/// The folder of the reports, in the data folder.
const FOLDER: &str = "crashes";

/// Reports kept at most; the oldest go.
const MOST: usize = 20;

/// A report older than this goes by itself.
const KEPT: Duration = Duration::from_secs(90 * 24 * 3_600);

/// The code of the error that screens show when something inside broke off.
const CODE: &str = "crashed";

/// What is written down of a crash, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Report {
    program: String,
    version: String,
    platform: String,
    place: String,
    code: String,
}

/// From now on a panic of this program is written down in the data folder. What it says is not shown: only where it
/// happened, which is handed to `tell`.
pub fn write_down_crashes(
    folder: &Path,
    program: &'static str,
    tell: impl Fn(&str) + Send + Sync + 'static,
) {
    let folder = folder.join(FOLDER);
    std::panic::set_hook(Box::new(move |panic| {
        let report = Report::of(program, panic);
        tell(&format!(
            "{program} {} broke off at {}; what was saved is safe",
            report.version, report.place
        ));
        // Whoever is breaking off cannot do more about a disk that is full.
        drop(keep(&folder, &report));
    }));
}

impl Report {
    fn of(program: &str, panic: &PanicHookInfo<'_>) -> Self {
        let place = panic.location().map(|at| {
            let file = without_home(at.file());
            format!("{file}:{}:{}", at.line(), at.column())
        });
        Self {
            program: program.to_owned(),
            version: APP_VERSION.to_owned(),
            platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            place: place.unwrap_or_else(|| "unknown".to_owned()),
            code: CODE.to_owned(),
        }
    }
}

/// The path of a source file without the folders of whoever built the program.
fn without_home(file: &str) -> String {
    let file = file.replace('\\', "/");
    if let Some((_, crates)) = file.split_once("/registry/src/") {
        // The name of the registry stands before the crate.
        return crates
            .split_once('/')
            .map_or(crates, |(_, path)| path)
            .to_owned();
    }
    if let Some((_, library)) = file.split_once("/library/") {
        return format!("library/{library}");
    }
    let is_absolute = file.starts_with('/') || file.chars().nth(1) == Some(':');
    match file.rsplit('/').next() {
        Some(name) if is_absolute => name.to_owned(),
        _ => file,
    }
}

/// Writes a report down. Names begin with the moment, so that their order is that of the crashes.
fn keep(folder: &Path, report: &Report) -> Result<()> {
    static WRITTEN: AtomicU32 = AtomicU32::new(0);
    std::fs::create_dir_all(folder).map_err(store::StoreError::from)?;
    let now = millis(SystemTime::now());
    let process = std::process::id();
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let text = serde_json::to_vec_pretty(report).map_err(store::StoreError::from)?;
    write_whole(
        &folder.join(format!("{now:013}-{process}-{number}.json")),
        &text,
    )?;
    tidy(folder, now).map_err(store::StoreError::from)?;
    Ok(())
}

fn millis(at: SystemTime) -> u64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The files of the reports with the moments in their names, newest first.
fn files(folder: &Path) -> std::io::Result<Vec<(u64, PathBuf)>> {
    let entries = match std::fs::read_dir(folder) {
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let at = name.and_then(|name| name.split_once('-')?.0.parse().ok());
        if let (Some(at), Some("json")) = (at, path.extension().and_then(|end| end.to_str())) {
            files.push((at, path));
        }
    }
    files.sort();
    files.reverse();
    Ok(files)
}

/// What is too old or too much goes. A moment that is still to come is of a clock that was wrong: it counts as now.
fn tidy(folder: &Path, now: u64) -> std::io::Result<()> {
    let oldest = now.saturating_sub(u64::try_from(KEPT.as_millis()).unwrap_or(u64::MAX));
    for (number, (at, path)) in files(folder)?.into_iter().enumerate() {
        if number >= MOST || at < oldest {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

impl App {
    /// The crashes of this device, newest first, and the text of them that can be taken along. Also while it is locked.
    ///
    /// # Errors
    /// `storage` when the folder cannot be read.
    pub fn crash_list(&self, _: Nothing) -> Result<CrashList> {
        self.tidy_crashes()?;
        let mut rows = Vec::new();
        for (at, path) in files(&self.crashes()).map_err(store::StoreError::from)? {
            let text = std::fs::read(&path).map_err(store::StoreError::from)?;
            // A report that was cut off says nothing; it goes when it is old.
            if let Ok(report) = serde_json::from_slice(&text) {
                rows.push(view(at, report));
            }
        }
        let text = rows.iter().map(line).collect();
        Ok(CrashList { rows, text })
    }

    /// Writes the text of the crashes to the downloads folder.
    ///
    /// # Errors
    /// `no_crashes`, or that the file cannot be written.
    pub fn crash_export(&self, _: Nothing) -> Result<Exported> {
        let list = self.crash_list(Nothing {})?;
        if list.rows.is_empty() {
            return Err(Error::new(
                "no_crashes",
                "Nothing broke off on this device.",
            ));
        }
        let (path, ()) = self.write_to_downloads("txt", |out| {
            out.write_all(list.text.as_bytes())
                .map_err(|problem| not_written(&self.downloads(), problem))
        })?;
        Ok(Exported {
            path,
            records: u32::try_from(list.rows.len()).unwrap_or(u32::MAX),
            archived: 0,
        })
    }

    /// Throws the reports away.
    ///
    /// # Errors
    /// `storage` when one stays.
    pub fn crash_forget(&self, _: Nothing) -> Result<CrashList> {
        for (_, path) in files(&self.crashes()).map_err(store::StoreError::from)? {
            std::fs::remove_file(path).map_err(store::StoreError::from)?;
        }
        self.crash_list(Nothing {})
    }

    /// What is too old or too much goes.
    pub(crate) fn tidy_crashes(&self) -> Result<()> {
        let now = self.surroundings.now().timestamp_millis();
        let tidied = tidy(&self.crashes(), u64::try_from(now).unwrap_or(0));
        Ok(tidied.map_err(store::StoreError::from)?)
    }

    fn crashes(&self) -> PathBuf {
        self.folder().join(FOLDER)
    }
}

fn view(at: u64, report: Report) -> CrashView {
    let at = i64::try_from(at)
        .ok()
        .and_then(DateTime::<Utc>::from_timestamp_millis);
    CrashView {
        day: at.map(|at| day(at).to_string()).unwrap_or_default(),
        program: report.program,
        version: report.version,
        platform: report.platform,
        place: report.place,
        code: report.code,
    }
}

fn line(crash: &CrashView) -> String {
    let CrashView {
        day,
        program,
        version,
        platform,
        place,
        code,
    } = crash;
    format!("{day}  {program} {version}  {platform}  {place}  [{code}]\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_code_does_not_name_who_built_it() {
        for (file, told) in [
            ("crates/app/src/capture.rs", "crates/app/src/capture.rs"),
            (
                "/home/noor/.cargo/registry/src/index.crates.io-1cd66030c949c28d/tao-0.34.5/src/event.rs",
                "tao-0.34.5/src/event.rs",
            ),
            (
                "/rustc/4a4ef493e3a1488c6e321570238084b38948f6db/library/core/src/str/mod.rs",
                "library/core/src/str/mod.rs",
            ),
            ("C:\\Users\\noor\\buurtboek\\src\\main.rs", "main.rs"),
            ("/home/noor/buurtboek/src/main.rs", "main.rs"),
            ("src-tauri\\src\\lib.rs", "src-tauri/src/lib.rs"),
        ] {
            assert_eq!(without_home(file), told);
        }
    }

    #[test]
    fn twenty_are_kept_and_none_for_longer_than_ninety_days() {
        let folder = tempfile::tempdir().unwrap();
        let now = 1_800_000_000_000_u64;
        let day = 24 * 3_600_000;
        for number in 0..30_u64 {
            let at = now - number * 4 * day;
            std::fs::write(folder.path().join(format!("{at:013}-1-0.json")), "{}").unwrap();
        }
        std::fs::write(folder.path().join("letter.txt"), "blijft").unwrap();
        tidy(folder.path(), now).unwrap();
        assert_eq!(files(folder.path()).unwrap().len(), MOST);
        tidy(folder.path(), now + 60 * day).unwrap();
        let left = files(folder.path()).unwrap();
        assert_eq!(left.len(), 8, "those of the last thirty days");
        assert_eq!(left[0].0, now);
        assert!(folder.path().join("letter.txt").exists());
    }
}
