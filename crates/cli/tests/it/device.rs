//! A device to run the program on.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The moment at which everything happens.
pub(crate) const NOW: &str = "2026-11-23T09:00:00+01:00";

/// A folder with a database, and the program.
pub(crate) struct Device {
    folder: TempDir,
}

impl Device {
    /// A folder without a database.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("passphrase"),
            "zonnebloem op de stoep\nsecond line\n",
        )
        .unwrap();
        Self { folder }
    }

    /// A device of Noor.
    pub(crate) fn new() -> Self {
        let device = Self::empty();
        device.json(&["init", "--name", "Noor"]);
        device
    }

    /// A file beside the database.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and tells its path.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let file = self.file(name);
        std::fs::write(&file, content).unwrap();
        file.display().to_string()
    }

    /// Where the database is.
    pub(crate) fn data(&self) -> PathBuf {
        self.file("data")
    }

    /// The program with its folder and clock, without a passphrase.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_buurtboek"));
        command
            .env_remove("BUURTBOEK_DATA")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .arg("--data")
            .arg(self.data())
            .args(["--now", NOW])
            .args(words)
            .stdin(Stdio::null());
        command
    }

    /// Runs it.
    pub(crate) fn run(&self, words: &[&str]) -> Output {
        let mut command = self.command(words);
        command
            .arg("--passphrase-file")
            .arg(self.file("passphrase"));
        command.output().unwrap()
    }

    /// Runs it with text on standard input.
    pub(crate) fn run_with(&self, words: &[&str], input: &str) -> Output {
        let mut command = self.command(words);
        command
            .arg("--passphrase-file")
            .arg(self.file("passphrase"));
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    }

    /// What it says to people; it must succeed.
    pub(crate) fn text(&self, words: &[&str]) -> String {
        said(&self.run(words))
    }

    /// What it says to programs; it must succeed.
    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&said(&self.run(&words))).unwrap()
    }

    /// Makes a record and tells its id.
    pub(crate) fn put(&self, kind: &str, fields: &Value) -> String {
        let output = self.run_with(&["record", "put", kind], &fields.to_string());
        said(&output).trim().to_owned()
    }

    /// The text without what differs from run to run: ids and the folder.
    pub(crate) fn steady(&self, text: &str) -> String {
        let text = text.replace(&self.folder.path().display().to_string(), "FOLDER");
        let mut names: Vec<String> = Vec::new();
        let mut steady = String::new();
        for piece in
            text.split_inclusive(|letter: char| !(letter.is_ascii_hexdigit() || letter == '-'))
        {
            let word = piece.trim_end_matches(|letter: char| !letter.is_ascii_hexdigit());
            let is_id = word.len() == 36 && word.matches('-').count() == 4
                || word.len() == 16 && word.bytes().any(|byte| byte.is_ascii_digit());
            if !is_id {
                steady.push_str(piece);
                continue;
            }
            let number = names
                .iter()
                .position(|name| name == word)
                .unwrap_or_else(|| {
                    names.push(word.to_owned());
                    names.len() - 1
                });
            steady.push_str(&format!(
                "<{}>{}",
                number + 1,
                piece.strip_prefix(word).unwrap()
            ));
        }
        steady
    }
}

/// Standard output of a run that succeeded.
pub(crate) fn said(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?}: {errors}", output.status);
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The code of the error in JSON on standard error.
pub(crate) fn error(output: &Output) -> Value {
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    error["error"].clone()
}
