//! Makes what is kept of a version, with the app and the server of today.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::App;
use app::api::{
    AuditOf, DeviceInit, DeviceJoin, DeviceUnlock, Draft, Erase, Nothing, RecordId, RecordPut,
    Redact, RedactWords, ScratchPut,
};
use chrono::{DateTime, SubsecRound as _, Utc};
use parking_lot::Mutex;
use protocol::Role;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::host::Host;
use crate::kept::{About, copy_folder, kept};
use crate::line::{Crossing, Line};
use crate::shown::shown;
use crate::then::Then;
use crate::{Error, PASSPHRASE, Result};

/// Everybody's name and dice. All are invented.
const PEOPLE: [(&str, u64); 4] = [("Noor", 1), ("Samir", 2), ("Wies", 3), ("Bram", 4)];

/// Where everything is made.
struct Stage {
    folder: TempDir,
    at: DateTime<Utc>,
    host: Host,
    crossed: Arc<Mutex<Vec<Crossing>>>,
}

/// Keeps a book, a server and an exchange of this version; says where. What is kept already is never changed.
///
/// # Errors
/// When this version is kept already, or something cannot be made.
pub fn add(version: &str) -> Result<PathBuf> {
    let target = kept()?.join(version);
    if target.exists() {
        return Err(Error::from(format!(
            "version {version} is kept already and is never changed: raise the version in Cargo.toml first"
        )));
    }
    let made = TempDir::new()?;
    make(version, made.path())?;
    copy_tree(made.path(), &target)?;
    Ok(target)
}

fn make(version: &str, made: &Path) -> Result<()> {
    let about = About {
        version: version.to_owned(),
        at: Utc::now().trunc_subsecs(0),
        wire: protocol::VERSION,
    };
    let mut stage = Stage::new(about.at)?;
    let [noor, samir, wies, bram] = PEOPLE.map(|(name, _)| name);
    let at_rest = stage.begin(noor, samir)?;
    stage.newcomer(wies)?;
    let invitation = stage.host.invite(Role::Writer)?;
    stage.copy_server(&made.join("server"))?;
    for (name, folder) in [(noor, "device"), (wies, "newcomer")] {
        copy_folder(&stage.home(name), &made.join(folder))?;
    }

    stage.crossed.lock().clear();
    let wies = stage.opened(wies)?;
    wies.sync_round()?;
    let noor = stage.opened(noor)?;
    ask_around(&noor)?;
    let bram = stage.app(bram)?;
    init(&bram, "Bram")?;
    join(&bram, &invitation)?;
    drop(bram);

    let mut wire = String::new();
    for crossing in &*stage.crossed.lock() {
        wire += &serde_json::to_string(crossing)?;
        wire += "\n";
    }
    fs::write(made.join("wire.jsonl"), wire)?;
    for (name, value) in [
        ("about.json", serde_json::to_value(&about)?),
        ("before.json", at_rest),
        ("after.json", serde_json::to_value(shown(&noor)?)?),
        ("first.json", serde_json::to_value(shown(&wies)?)?),
    ] {
        fs::write(
            made.join(name),
            serde_json::to_string_pretty(&value)? + "\n",
        )?;
    }
    Ok(())
}

/// What a broker's app asks of its server in a day: an exchange, and the pages about the team.
///
/// # Errors
/// What the app says.
pub fn ask_around(app: &App) -> Result<()> {
    app.sync_round()?;
    app.team_devices(Nothing {})?;
    app.member_list(Nothing {})?;
    app.invitation_list(Nothing {})?;
    app.enrolment_list(Nothing {})?;
    app.erasure_list(Nothing {})?;
    app.audit_hear(AuditOf { record: None })?;
    Ok(())
}

impl Stage {
    fn new(at: DateTime<Utc>) -> Result<Self> {
        let folder = TempDir::new()?;
        let host = Host::open(&folder.path().join("server"), at)?;
        host.add_team("Buurtteam")?;
        Ok(Self {
            folder,
            at,
            host,
            crossed: Arc::default(),
        })
    }

    fn home(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn app(&self, name: &str) -> Result<App> {
        let line = Line::new(name, &self.host.router, &self.crossed);
        let seed = PEOPLE.iter().find(|(known, _)| *known == name);
        let then = Then::with_seed(self.at, line, seed.map_or(0, |(_, seed)| *seed));
        Ok(App::new(&self.home(name), Arc::new(then))?.only_when_asked())
    }

    fn opened(&self, name: &str) -> Result<App> {
        let app = self.app(name)?;
        unlock(&app)?;
        Ok(app)
    }

    /// A team at work, until one of them has plenty to send and plenty to hear; what she sees then.
    fn begin(&mut self, noor_name: &str, samir_name: &str) -> Result<Value> {
        let (noor, samir) = (self.app(noor_name)?, self.app(samir_name)?);
        for (app, name) in [(&noor, noor_name), (&samir, samir_name)] {
            init(app, name)?;
            join(app, &self.host.invite(Role::Writer)?)?;
        }
        self.host.give(noor_name, Role::Manager)?;
        noor.sync_round()?;
        let put = |app: &App, kind: &str, fields| put(app, kind, None, fields);
        let kees = put(
            &noor,
            "contact",
            json!({ "name": "Kees Korenaar", "street": "Malakkastraat" }),
        )?;
        let wilhelmijn = put(&noor, "contact", json!({ "name": "Wilhelmijn Quispel" }))?;
        let note = put(
            &noor,
            "note",
            json!({ "text": "Wilhelmijn Quispel belde over de stoep.", "about": [kees] }),
        )?;
        let signal = put(
            &noor,
            "signal",
            json!({ "title": "Losse tegels", "reporters": [kees], "next": "2027-01-12" }),
        )?;
        put(
            &noor,
            "follow_up",
            json!({ "what": "Bellen over de lamp", "due": "2027-01-14" }),
        )?;
        let gone = put(&noor, "note", json!({ "text": "Dit gaat weg." }))?;
        for app in [&noor, &samir, &noor] {
            app.sync_round()?;
        }
        edit(&samir, "contact", &kees, json!({ "street": "Balistraat" }))?;
        edit(
            &samir,
            "note",
            &note,
            json!({ "text": "Wilhelmijn Quispel belde over de stoep. De tegels liggen los." }),
        )?;
        put(
            &samir,
            "note",
            json!({ "text": "De buurtkamer is vrijdag open." }),
        )?;
        samir.sync_round()?;

        edit(&noor, "contact", &kees, json!({ "street": "Javastraat" }))?;
        edit(&noor, "signal", &signal, json!({ "next": "2027-01-19" }))?;
        for number in 1..=12 {
            let text = format!("Notitie {number}: de lamp bij het portiek is stuk.");
            put(&noor, "note", json!({ "text": text }))?;
        }
        erase(&noor, &gone)?;
        redact(&noor, &note, "Wilhelmijn Quispel")?;
        noor.contact_get(RecordId { id: wilhelmijn })?;
        noor.scratch_put(ScratchPut {
            id: None,
            text: "Alleen voor mij: morgen langs de speeltuin.".to_owned(),
            from_draft: false,
        })?;
        noor.draft_set(Draft {
            text: "Half getypt".to_owned(),
            place: None,
            space: None,
            about: None,
        })?;
        Ok(serde_json::to_value(shown(&noor)?)?)
    }

    /// Somebody who joined and exchanged nothing yet.
    fn newcomer(&self, name: &str) -> Result<()> {
        let app = self.app(name)?;
        init(&app, name)?;
        join(&app, &self.host.invite(Role::Reader)?)
    }

    /// The server rests while its files are copied, and goes on.
    fn copy_server(&mut self, to: &Path) -> Result<()> {
        let folder = self.folder.path().join("server");
        self.host.log.close();
        copy_folder(&folder, to)?;
        self.host = Host::open(&folder, self.at)?;
        Ok(())
    }
}

fn init(app: &App, name: &str) -> Result<()> {
    app.device_init(DeviceInit {
        passphrase: PASSPHRASE.to_owned(),
        name: name.to_owned(),
        language: "nl".to_owned(),
    })?;
    Ok(())
}

pub(crate) fn unlock(app: &App) -> Result<()> {
    app.device_unlock(DeviceUnlock {
        passphrase: PASSPHRASE.to_owned(),
    })?;
    Ok(())
}

fn join(app: &App, invitation: &str) -> Result<()> {
    app.device_join(DeviceJoin {
        invitation: invitation.to_owned(),
        name: String::new(),
    })?;
    Ok(())
}

fn put(app: &App, kind: &str, id: Option<&str>, fields: Value) -> Result<String> {
    let saved = app.record_put(RecordPut {
        kind: kind.to_owned(),
        id: id.map(str::to_owned),
        fields: serde_json::from_value(fields)?,
        seen: None,
    })?;
    Ok(saved.id)
}

fn edit(app: &App, kind: &str, id: &str, fields: Value) -> Result<()> {
    put(app, kind, Some(id), fields).map(drop)
}

fn erase(app: &App, id: &str) -> Result<()> {
    app.erase_apply(Erase {
        id: id.to_owned(),
        also: Vec::new(),
        mentions: Vec::new(),
        private: Vec::new(),
        instead: String::new(),
    })?;
    Ok(())
}

fn redact(app: &App, id: &str, words: &str) -> Result<()> {
    app.redact_apply(Redact {
        id: id.to_owned(),
        takes: vec![RedactWords {
            path: "text".to_owned(),
            words: Some(words.to_owned()),
            instead: "iemand".to_owned(),
        }],
        copies: Vec::new(),
    })?;
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    copy_folder(from, to)?;
    for part in ["device", "newcomer", "server"] {
        copy_folder(&from.join(part), &to.join(part))?;
    }
    Ok(())
}
