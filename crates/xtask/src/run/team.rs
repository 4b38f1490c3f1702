//! A team in a folder: its server, its devices, and where they are reached.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::device::{Device, Programs};
use super::process::Process;
use super::ready;
use crate::failure::Failure;
use crate::files;
use crate::place::Place;
use crate::step::{Step, clean_command};

/// Easy to type in a window, and not secret: everything it protects is invented and on this machine.
pub(super) const PASSPHRASE: &str = "oefenen in de buurt";

/// How long the server may take to be ready.
const PATIENCE: Duration = Duration::from_secs(20);

/// A team and the folder that holds all of it.
#[derive(Debug)]
pub(super) struct Team {
    folder: PathBuf,
    address: String,
    space: String,
    server: PathBuf,
    sample: PathBuf,
    programs: Programs,
}

impl Team {
    /// Opens the team in the folder `all` that ran last, or makes one in a new folder there.
    pub(super) fn open(place: &Place, all: &Path, fresh: bool) -> Result<Self, Failure> {
        let folder = all.join(choose(&names(&files::entries(all)?), fresh).to_string());
        files::write(&folder.join("passphrase"), PASSPHRASE)?;
        let mut team = Self {
            address: address(&folder)?,
            space: String::new(),
            server: place.program("debug", "buurtboek-server"),
            sample: place.program("debug", "sample"),
            programs: Programs {
                cli: place.program("debug", "buurtboek"),
                app: place.program("debug", "buurtboek-app"),
            },
            folder,
        };
        team.space = team.make_space()?;
        Ok(team)
    }

    /// Where devices reach the server.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the server has to say.
    pub(super) fn server_log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    /// Starts the server and waits until it answers.
    pub(super) fn start_server(&self) -> Result<Process, Failure> {
        let mut command = clean_command(&self.server);
        command.arg("serve").arg("--data").arg(self.server_data());
        command.args(["--listen", &self.address]);
        let mut server = Process::start("the server", command, &self.server_log())?;
        let started = Instant::now();
        while !ready::answers(&self.address) {
            if !server.runs()? {
                return Err(server.ended_early());
            }
            if started.elapsed() > PATIENCE {
                return Err(
                    Failure::new(format!("no answer from {}/readyz", self.url()))
                        .advice(format!("see {}", self.server_log().display())),
                );
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// A device of this team: made and joined when it is new. The server must be running.
    pub(super) fn device(&self, number: u8) -> Result<Device, Failure> {
        let device = Device::new(
            number,
            &self.folder,
            &self.folder.join("passphrase"),
            &self.programs,
        );
        // Kept step by step, so that a run that was broken off goes on where it was.
        let file = self.folder.join(format!("device-{number}.state"));
        let state = files::read(&file)?;
        if state.is_none() {
            let init = ["init", "--name", device.broker(), "--language", "nl"];
            device.cli("a new database", &init).run()?;
            files::write(&file, "made")?;
        }
        if state.as_deref() != Some("joined") {
            // The first looks after the team. A second manager would have to be looked at by the first.
            let role = if number == 1 { "manager" } else { "writer" };
            let invitation = self.invite(device.broker(), role)?;
            device
                .cli("joins the team", &["enroll", &invitation])
                .run()?;
            files::write(&file, "joined")?;
        }
        Ok(device)
    }

    /// Fills in the invented neighbourhood on the first device, once, and brings it to the others.
    pub(super) fn fill(&self, devices: &[Device]) -> Result<(), Failure> {
        let file = self.folder.join("sample.jsonl");
        let Some(first) = devices.first().filter(|_| !file.exists()) else {
            return Ok(());
        };
        let lines = Step::new("an invented neighbourhood", &self.sample).output()?;
        let draft = self.folder.join("sample.draft.jsonl");
        files::write(&draft, &lines)?;
        first
            .cli("takes in an invented neighbourhood", &["import"])
            .arg(&draft)
            .run()?;
        // Only now is it done: a run that was broken off takes it in again.
        std::fs::rename(&draft, &file)
            .map_err(|problem| files::about("rename", &draft, &problem))?;
        for device in devices {
            device.cli("syncs", &["sync"]).run()?;
        }
        Ok(())
    }

    fn server_data(&self) -> PathBuf {
        self.folder.join("server")
    }

    fn admin(&self, what: &str, arguments: &[&str]) -> Result<Value, Failure> {
        let step = Step::new(what, &self.server)
            .arg("--data")
            .arg(self.server_data())
            .args(arguments)
            .arg("--json");
        let line = step.line();
        let answer = step.output()?;
        serde_json::from_str(&answer).map_err(|problem| {
            Failure::new(format!(
                "{what}: the answer is not JSON ({problem}): {answer}"
            ))
            .command(line)
        })
    }

    fn make_space(&self) -> Result<String, Failure> {
        let known = self.folder.join("space");
        if let Some(space) = files::read(&known)? {
            return Ok(space);
        }
        let made = self.admin(
            "makes a team",
            &["space", "add", "Buurtteam", "--kind", "team"],
        )?;
        let space = text(&made, "id")?;
        files::write(&known, &space)?;
        Ok(space)
    }

    fn invite(&self, broker: &str, role: &str) -> Result<String, Failure> {
        let member = text(
            &self.admin("adds a member", &["member", "add", broker])?,
            "id",
        )?;
        let url = self.url();
        let invitation = self.admin(
            "invites a device",
            &[
                "invite",
                "--space",
                &self.space,
                "--member",
                &member,
                "--role",
                role,
                "--server",
                &url,
            ],
        )?;
        text(&invitation, "invitation")
    }
}

fn text(answer: &Value, name: &str) -> Result<String, Failure> {
    answer
        .get(name)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| {
            Failure::new(format!(
                "the server's answer has no text `{name}`: {answer}"
            ))
        })
}

/// The address is kept, because the devices of the team know it.
fn address(folder: &Path) -> Result<String, Failure> {
    let file = folder.join("address");
    if let Some(address) = files::read(&file)? {
        return Ok(address);
    }
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let address = free
        .map_err(|problem| Failure::new(format!("no free port on 127.0.0.1: {problem}")))?
        .to_string();
    files::write(&file, &address)?;
    Ok(address)
}

/// The numbers of the teams so far; other names are not ours.
fn names(entries: &[PathBuf]) -> Vec<u32> {
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse().ok();
    entries.iter().filter_map(number).collect()
}

fn choose(numbers: &[u32], fresh: bool) -> u32 {
    match numbers.iter().max() {
        None => 1,
        Some(last) if fresh => last.saturating_add(1),
        Some(last) => *last,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{choose, names};

    #[test]
    fn starting_over_keeps_what_was_there() {
        assert_eq!(choose(&[], false), 1);
        assert_eq!(choose(&[], true), 1);
        assert_eq!(choose(&[1, 3, 2], false), 3);
        assert_eq!(choose(&[1, 3, 2], true), 4);
    }

    #[test]
    fn folders_of_others_are_left_alone() {
        let entries = ["data/2", "data/notes", "data/10"].map(PathBuf::from);
        assert_eq!(names(&entries), [2, 10]);
    }
}
