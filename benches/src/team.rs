//! A team on this machine: the real server program, and devices that joined.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use app::api::DeviceJoin;
use app::{App, RoundReport};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;
use testkit::sample::Size;

use crate::process::{Cpu, own_cpu};
use crate::{Result, book, folders};

/// How long the server may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A team's folder: `address`, `server/` and a folder per device.
#[derive(Debug)]
pub(crate) struct Team {
    folder: PathBuf,
    address: String,
}

/// The running server; it is ended when this goes.
#[derive(Debug)]
pub(crate) struct Server(Child);

/// A round of exchange and the CPU time it took on both sides.
#[derive(Debug)]
pub(crate) struct Round {
    pub(crate) report: RoundReport,
    pub(crate) cpu: Duration,
}

impl Team {
    /// A new team in an empty folder.
    pub(crate) fn start(folder: &Path) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        fs::write(folder.join("address"), &address)?;
        let team = Self {
            folder: folder.to_owned(),
            address,
        };
        team.admin(&["space", "add", "Buurtteam", "--kind", "team"])?;
        Ok(team)
    }

    /// The team of a folder.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        Ok(Self {
            folder: folder.to_owned(),
            address: fs::read_to_string(folder.join("address"))?,
        })
    }

    /// A copy of a team with so many documents, exchanged between the devices `a` and `b`; made the first time.
    pub(crate) fn with_documents(documents: usize) -> Result<(TempDir, Self)> {
        let kept = folders::kept(&format!("team-{documents}"), |folder| {
            fill(folder, documents)
        })?;
        let copy = folders::copy(&kept)?;
        let team = Self::open(copy.path())?;
        Ok((copy, team))
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Starts the server and waits until it takes connections.
    pub(crate) fn serve(&self) -> Result<Server> {
        let log = fs::File::create(self.folder.join("server.log"))?;
        let child = Command::new(program("buurtboek-server")?)
            .arg("serve")
            .arg("--data")
            .arg(self.folder.join("server"))
            .args(["--listen", &self.address])
            // What is measured is the server, not its patience.
            .args(["--device-rate", "0", "--address-rate", "0"])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut server = Server(child);
        let started = Instant::now();
        while TcpStream::connect(&self.address).is_err() {
            if server.0.try_wait()?.is_some() || started.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.join("server.log"))?;
                return Err(format!("the server does not start: {log}").into());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    /// Invites a new member with one device.
    pub(crate) fn invite(&self, name: &str) -> Result<String> {
        let member = word(&self.admin(&["member", "add", name])?, "id")?;
        let url = self.url();
        let answer = self.admin(&[
            "invite",
            "--space",
            "Buurtteam",
            "--member",
            &member,
            "--role",
            "writer",
            "--server",
            &url,
        ])?;
        word(&answer, "invitation")
    }

    /// A new device that joined.
    pub(crate) fn join(&self, name: &str) -> Result<App> {
        let app = book::start(&self.folder.join(name), name)?;
        app.device_join(DeviceJoin {
            invitation: self.invite(name)?,
            name: name.to_owned(),
        })?;
        Ok(app)
    }

    /// A device that joined before.
    pub(crate) fn device(&self, name: &str) -> Result<App> {
        book::open(&self.device_folder(name))
    }

    pub(crate) fn device_folder(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn admin(&self, arguments: &[&str]) -> Result<Value> {
        let output = Command::new(program("buurtboek-server")?)
            .arg("--data")
            .arg(self.folder.join("server"))
            .args(arguments)
            .arg("--json")
            .output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(format!("buurtboek-server {arguments:?}: {said}").into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

impl Server {
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// Carries out a round and counts the CPU time of this program and the server. Nothing may be refused.
    pub(crate) fn round(&self, app: &App) -> Result<Round> {
        let server = Cpu::of(self.id())?;
        let own = own_cpu();
        let report = app.sync_round()?;
        let cpu = own_cpu() - own + server.since()?;
        if report.refused > 0 {
            return Err(format!("the server refused {} changes", report.refused).into());
        }
        Ok(Round { report, cpu })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let asked = i32::try_from(self.0.id())
            .ok()
            .and_then(Pid::from_raw)
            .is_some_and(|pid| kill_process(pid, Signal::TERM).is_ok());
        let started = Instant::now();
        while asked && started.elapsed() < PATIENCE {
            match self.0.try_wait() {
                Ok(None) => thread::sleep(Duration::from_millis(20)),
                Ok(Some(_)) | Err(_) => return,
            }
        }
        // It did not end when asked; either of these fails only when it is gone already.
        self.0.kill().unwrap_or_default();
        drop(self.0.wait());
    }
}

fn fill(folder: &Path, documents: usize) -> Result<()> {
    let started = Instant::now();
    let team = Team::start(folder)?;
    let server = team.serve()?;
    let a = team.join("a")?;
    book::load(
        &a,
        &book::lines(Size::of(documents / 10, documents, 0), documents),
    )?;
    server.round(&a)?;
    let b = team.join("b")?;
    server.round(&b)?;
    // What `b` brought along when it joined reaches `a` too.
    server.round(&a)?;
    eprintln!(
        "  a team with {documents} documents: {:.1} s",
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// A program built beside this one, or where `BUURTBOEK_BIN_DIR` says.
pub(crate) fn program(name: &str) -> Result<PathBuf> {
    let folder = match std::env::var_os("BUURTBOEK_BIN_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => std::env::current_exe()?
            .parent()
            .map(Path::to_path_buf)
            .unwrap_or_default(),
    };
    let path = folder.join(name);
    if path.is_file() {
        Ok(path)
    } else {
        Err(format!("{} is not built", path.display()).into())
    }
}

fn word(answer: &Value, name: &str) -> Result<String> {
    let word = answer.get(name).and_then(Value::as_str);
    Ok(word.ok_or("the server's answer misses a word")?.to_owned())
}
