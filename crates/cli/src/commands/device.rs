//! The device: first start, joining, its state, and whether everything agrees.

use std::path::Path;

use app::App;
use app::api::{
    DeviceInit, DeviceJoin, DeviceStatus, DeviceUnlock, Joining, Nothing, Phase, RepairedRecord,
    SyncDetails, SyncState, SyncStatus,
};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::failure::{Outcome, Result};
use crate::output::Answer;
use crate::passphrase;
use crate::table::{columns, count, short};

/// Words of `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Your name, as colleagues know you
    #[arg(long, default_value = "")]
    pub(crate) name: String,
    /// Language of the screens and of the first list of themes
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub(crate) language: Language,
}

/// A language.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Language {
    /// Dutch
    Nl,
    /// English
    En,
}

/// Words of `enroll`.
#[derive(Debug, Args)]
pub(crate) struct Enroll {
    /// The text of the invitation
    #[arg(required_unless_present_any = ["go_on", "give_up"])]
    pub(crate) invitation: Option<String>,
    /// Your name, when the invitation does not say it
    #[arg(long, default_value = "")]
    pub(crate) name: String,
    /// Ask again whether this device may come in, after a manager compared the number
    #[arg(long, conflicts_with_all = ["invitation", "give_up"])]
    pub(crate) go_on: bool,
    /// Wait no longer to come in
    #[arg(long, conflicts_with = "invitation")]
    pub(crate) give_up: bool,
}

/// Makes the database of a new device.
pub(crate) fn init(app: &App, words: &Init, passphrase_file: Option<&Path>) -> Result<Answer> {
    let pin_is_enough = app.device_status(Nothing {})?.pin_is_enough;
    let status = app.device_init(DeviceInit {
        passphrase: passphrase::choose(passphrase_file, pin_is_enough)?,
        name: words.name.clone(),
        language: match words.language {
            Language::Nl => "nl",
            Language::En => "en",
        }
        .to_owned(),
    })?;
    let text = format!("Made a new book in {}.\n", app.folder().display());
    Answer::new(&status, text)
}

/// Joins a team, or waits to.
pub(crate) fn enroll(app: &App, words: &Enroll) -> Result<Answer> {
    let status = match &words.invitation {
        Some(invitation) => app.device_join(DeviceJoin {
            invitation: invitation.clone(),
            name: words.name.clone(),
        })?,
        None if words.give_up => {
            let status = app.join_cancel(Nothing {})?;
            return Answer::new(&status, "This device waits no longer.\n");
        }
        None => app.join_check(Nothing {})?,
    };
    if let Some(joining) = &status.joining {
        return Ok(Answer::new(&status, joining_text(joining))?.ending(Outcome::InPart));
    }
    let mut text = String::from("Joined. `buurtboek sync` brings what is there.\n");
    text.push_str(&spaces_text(&status));
    Answer::new(&status, text)
}

fn joining_text(joining: &Joining) -> String {
    match &joining.problem {
        Some(problem) => {
            format!("This device is not let in [{problem}]. Ask for a new invitation.\n")
        }
        None => format!(
            "A manager of the team has to look first. They see a number; it must be this one:\n\n  {}\n\nThen: \
             buurtboek enroll --go-on (until {})\n",
            joining.phrase, joining.expires_at
        ),
    }
}

/// Where the device is in its life, and what is not sent.
pub(crate) fn status(app: &App, passphrase_file: Option<&Path>) -> Result<Answer> {
    let closed = app.device_status(Nothing {})?;
    if closed.phase == Phase::New {
        let text = format!("There is no book in {} yet.\n", app.folder().display());
        return Answer::new(&json!({ "device": closed, "sync": null }), text);
    }
    if !passphrase::can_ask(passphrase_file) {
        let text = format!(
            "There is a book in {}; it is locked.\n",
            app.folder().display()
        );
        return Answer::new(&json!({ "device": closed, "sync": null }), text);
    }
    let passphrase = passphrase::read(passphrase_file)?;
    let status = app.device_unlock(DeviceUnlock { passphrase })?;
    let details = app.sync_details(Nothing {})?;
    let text = open_text(app.folder(), &status, &details);
    Answer::new(&json!({ "device": status, "sync": details }), text)
}

/// Looks whether everything agrees.
pub(crate) fn verify(app: &App) -> Result<Answer> {
    let findings = app.verify()?;
    let looked_at = count(findings.documents, "record", "records");
    let json = json!({ "documents": findings.documents, "problems": findings.problems });
    if findings.problems.is_empty() {
        let text = format!("Looked at {looked_at}: everything agrees.\n");
        return Answer::new(&json, text);
    }
    let found = count(findings.problems.len() as u64, "problem", "problems");
    let mut text = format!("Looked at {looked_at} and found {found}. Nothing was changed.\n");
    for problem in &findings.problems {
        text.push_str(&format!("  - {problem}\n"));
    }
    Ok(Answer::new(&json, text)?.ending(Outcome::Unsound))
}

/// Puts what can be read of a damaged book in its place.
pub(crate) fn repair(app: &App, passphrase_file: Option<&Path>) -> Result<Answer> {
    let passphrase = passphrase::read(passphrase_file)?;
    let repaired = app.device_repair(DeviceUnlock { passphrase })?;
    let whole = count(repaired.whole, "record is", "records are");
    let mut text = format!(
        "{whole} whole. The damaged file stays beside the book until something is erased. `buurtboek sync` brings what the \
         team has.\n"
    );
    for (title, records) in [
        ("Only on this device, and safe:", &repaired.only_here),
        ("Come back from the team:", &repaired.again),
        ("Lost, as far as they were not sent:", &repaired.lost),
    ] {
        text.push_str(&repaired_text(title, records));
    }
    let answer = Answer::new(&repaired, text)?;
    Ok(if repaired.lost.is_empty() {
        answer
    } else {
        answer.ending(Outcome::Unsound)
    })
}

fn repaired_text(title: &str, records: &[RepairedRecord]) -> String {
    if records.is_empty() {
        return String::new();
    }
    let rows: Vec<_> = records
        .iter()
        .map(|record| {
            let title = record.title.as_deref().unwrap_or_default();
            [short(title, 60), record.id.clone()]
        })
        .collect();
    format!("{title}\n{}", columns(&rows))
}

fn open_text(folder: &Path, status: &DeviceStatus, details: &SyncDetails) -> String {
    let me = status
        .me
        .as_ref()
        .map(|me| me.name.as_str())
        .unwrap_or_default();
    let mut rows = vec![
        ["Folder".to_owned(), folder.display().to_string()],
        ["Person".to_owned(), me.to_owned()],
        ["Device".to_owned(), details.device.clone()],
        ["State".to_owned(), state_text(&details.status)],
    ];
    let sync = &details.status;
    rows.extend(
        sync.server
            .as_ref()
            .map(|server| ["Server".to_owned(), server.clone()]),
    );
    if let Some(last) = &sync.last_success {
        rows.push(["Last exchange".to_owned(), last.clone()]);
    }
    if sync.refused > 0 {
        rows.push([
            "Refused".to_owned(),
            count(sync.refused, "change", "changes"),
        ]);
    }
    let mut text = columns(&rows);
    if status.ask_longer {
        text.push_str(
            "The passphrase is short, and on this system nothing else protects the book. Choose one of at least 12 \
             characters, such as four words: buurtboek passphrase change\n",
        );
    }
    text.push_str(&spaces_text(status));
    if !details.unsent.is_empty() {
        text.push_str("Not sent yet:\n");
        let unsent: Vec<_> = details
            .unsent
            .iter()
            .map(|record| {
                [
                    record.kind.clone(),
                    short(&record.title, 60),
                    record.id.clone(),
                ]
            })
            .collect();
        text.push_str(&columns(&unsent));
    }
    if !details.refused.is_empty() {
        text.push_str("Refused:\n");
        let refused: Vec<_> = details
            .refused
            .iter()
            .map(|change| {
                let record = change
                    .record
                    .as_ref()
                    .map(|record| short(&record.title, 60));
                [
                    change.code.clone(),
                    change.at.clone(),
                    record.unwrap_or_default(),
                ]
            })
            .collect();
        text.push_str(&columns(&refused));
    }
    text
}

fn spaces_text(status: &DeviceStatus) -> String {
    if status.spaces.is_empty() {
        return String::new();
    }
    let rows: Vec<_> = status
        .spaces
        .iter()
        .map(|space| {
            let new_here = if space.default {
                "new records go here"
            } else {
                ""
            };
            [
                space.name.clone(),
                space.kind.clone(),
                space.role.clone(),
                new_here.to_owned(),
            ]
        })
        .collect();
    format!("Spaces:\n{}", columns(&rows))
}

fn state_text(status: &SyncStatus) -> String {
    let unsent = count(status.unsent, "record", "records");
    match status.state {
        SyncState::Alone => "alone on this device".to_owned(),
        SyncState::UpToDate => "everything is sent".to_owned(),
        SyncState::Waiting => format!("{unsent} not sent yet"),
        SyncState::First => "nothing was received yet, or not all".to_owned(),
        SyncState::Busy => "exchanging".to_owned(),
        SyncState::Offline => "no connection".to_owned(),
        SyncState::Problem => "the server answers with a problem".to_owned(),
        SyncState::Revoked => "put out of the team".to_owned(),
    }
}
