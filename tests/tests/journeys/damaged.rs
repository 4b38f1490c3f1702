//! Files that were damaged, lost or locked away: a clear sentence with what to do, nothing made worse, and a repair after
//! which everything that the team has is here again.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use journeys::device::Device;
use journeys::server::Server;
use journeys::{Result, program};
use serde_json::{Value, json};
use testkit::disk::{SmallDisk, Way};

const PAGE: usize = 4096;

const BOOK: &str = "buurtboek.sqlite";

/// A team, a device with sixty notes that were sent, and one that was not.
struct Scene {
    _server: Server,
    device: Device,
    sent: BTreeMap<String, Value>,
    unsent: String,
}

impl Scene {
    fn new() -> Result<Self> {
        let server = Server::start()?;
        let device = Device::joined("Amina Yildiz", &server.invite()?)?;
        let lines: Vec<String> = (0..60)
            .map(|number| {
                let text = format!(
                    "Notitie {number}: {}",
                    "de oversteek bij de school. ".repeat(40)
                );
                json!({ "kind": "note", "text": text }).to_string()
            })
            .collect();
        let file = device.file("notes.jsonl", lines.join("\n").as_bytes())?;
        device.run(&["import", &file])?;
        device.run(&["sync"])?;
        let sent = notes(&device)?;
        let unsent = put(&device, "Alleen hier")?;
        Ok(Self {
            _server: server,
            device,
            sent,
            unsent,
        })
    }

    fn book(&self) -> PathBuf {
        self.device.data().join(BOOK)
    }

    fn change(&self, change: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        let mut bytes = fs::read(self.book())?;
        change(&mut bytes);
        Ok(fs::write(self.book(), bytes)?)
    }

    /// Whatever is asked of the damaged book, its bytes stay as they are.
    fn is_left_alone(&self, asked: &[&[&str]], code: &str, to_do: &str) -> Result<()> {
        let before = fs::read(self.book())?;
        for words in asked {
            let (said, message) = self.device.fails(words, "{\"text\":\"Nieuw\"}")?;
            assert_eq!(said, code, "{words:?}: {message}");
            assert!(message.contains(to_do), "{words:?}: {message}");
        }
        assert_eq!(fs::read(self.book())?, before, "nothing was made worse");
        Ok(())
    }

    /// Repairs, exchanges, and looks whether everything is here that can be.
    fn repair(&self) -> Result<Value> {
        let repaired = match self.device.answer(&["repair"], "")? {
            Ok(repaired) => repaired,
            Err(error) => return Err(format!("{error:?}").into()),
        };
        self.device.run(&["sync"])?;
        let now = notes(&self.device)?;
        for (id, text) in &self.sent {
            assert_eq!(now.get(id), Some(text));
        }
        let told = |part: &str| {
            let part = repaired[part].as_array();
            part.is_some_and(|part| part.iter().any(|record| record["id"] == json!(self.unsent)))
        };
        let is_here = now.contains_key(&self.unsent);
        assert!(
            is_here || told("lost"),
            "what was only here is here, or is said to be lost: {repaired}"
        );
        assert_eq!(self.device.run(&["verify"])?["problems"], json!([]));
        Ok(repaired)
    }
}

fn put(device: &Device, text: &str) -> Result<String> {
    let saved = device.run_with(
        &["record", "put", "note"],
        &json!({ "text": text }).to_string(),
    )?;
    Ok(saved["id"]
        .as_str()
        .ok_or("a note without an id")?
        .to_owned())
}

fn notes(device: &Device) -> Result<BTreeMap<String, Value>> {
    let listed = device.run(&["record", "list", "note"])?;
    let rows = listed["rows"]
        .as_array()
        .ok_or("a list without rows")?
        .iter();
    Ok(rows
        .filter_map(|row| {
            Some((
                row["id"].as_str()?.to_owned(),
                row["fields"]["text"].clone(),
            ))
        })
        .collect())
}

const EVERYTHING: [&[&str]; 4] = [
    &["status"],
    &["record", "list", "note"],
    &["record", "put", "note"],
    &["sync"],
];

#[test]
fn a_book_that_was_cut_off_is_left_alone_and_repaired_or_said_to_be_beyond_it() -> Result<()> {
    let scene = Scene::new()?;
    let whole = fs::read(scene.book())?;
    scene.change(|bytes| {
        let pages = bytes.len() / PAGE;
        bytes.truncate(pages * 2 / 3 * PAGE);
    })?;
    scene.is_left_alone(&EVERYTHING, "damaged", "buurtboek repair")?;
    let before = fs::read(scene.book())?;
    // What a device is called stands on few pages, and without them it is nobody's.
    match scene.device.answer(&["repair"], "")? {
        Ok(_) => scene.repair().map(drop),
        Err((code, message)) => {
            assert_eq!(code, "beyond_repair", "{message}");
            assert!(message.contains("start in another folder"), "{message}");
            assert_eq!(fs::read(scene.book())?, before);
            fs::write(scene.book(), whole)?;
            assert!(notes(&scene.device)?.contains_key(&scene.unsent));
            Ok(())
        }
    }
}

#[test]
fn a_book_of_which_pages_were_overwritten_is_repaired() -> Result<()> {
    let scene = Scene::new()?;
    scene.change(|bytes| {
        let pages = bytes.len() / PAGE;
        for page in (pages / 2..pages).step_by(7) {
            bytes[page * PAGE..(page + 1) * PAGE].fill(0x55);
        }
    })?;
    // A page is met when somebody needs it; looking at everything meets them all.
    scene.is_left_alone(&[&["verify"]], "damaged", "buurtboek repair")?;
    scene.repair().map(drop)
}

#[test]
fn an_empty_book_and_one_of_which_nothing_can_be_read_are_left_as_they_are() -> Result<()> {
    let scene = Scene::new()?;
    let whole = fs::read(scene.book())?;
    for damage in [0, PAGE * 2] {
        fs::write(scene.book(), vec![0x55; damage])?;
        scene.is_left_alone(&EVERYTHING, "damaged", "buurtboek repair")?;
        scene.is_left_alone(&[&["repair"]], "beyond_repair", "start in another folder")?;
    }
    fs::write(scene.book(), whole)?;
    assert!(notes(&scene.device)?.contains_key(&scene.unsent));
    Ok(())
}

#[test]
fn without_its_write_ahead_log_a_book_goes_on_from_before_and_gets_the_rest_from_the_team()
-> Result<()> {
    let scene = Scene::new()?;
    // As it was on Friday; later work stood in the log when the power went.
    let friday = fs::read(scene.book())?;
    let later = put(&scene.device, "Na vrijdag")?;
    scene.device.run(&["sync"])?;
    fs::write(scene.book(), friday)?;
    for end in ["-wal", "-shm"] {
        let beside = scene.device.data().join(format!("{BOOK}{end}"));
        if beside.exists() {
            fs::remove_file(beside)?;
        }
    }
    assert_eq!(scene.device.run(&["verify"])?["problems"], json!([]));
    // What is written now has the place in the log of what was lost; the server tells them apart.
    let new = put(&scene.device, "Maandag")?;
    for _ in 0..2 {
        scene.device.run(&["sync"])?;
    }
    let now = notes(&scene.device)?;
    for id in [&later, &new, &scene.unsent] {
        assert!(now.contains_key(id), "{id}");
    }
    assert_eq!(scene.device.run(&["status"])?["sync"]["refused"], json!([]));
    assert_eq!(scene.device.run(&["verify"])?["problems"], json!([]));
    scene.repair().map(drop)
}

#[test]
fn a_key_file_that_is_damaged_or_gone_says_so_and_the_book_is_whole_when_it_is_back() -> Result<()>
{
    let scene = Scene::new()?;
    let file = scene.device.data().join("buurtboek.key");
    let key = fs::read(&file)?;
    fs::write(&file, &key[..key.len() / 2])?;
    scene.is_left_alone(&EVERYTHING, "key_file", "Put the file back")?;
    fs::remove_file(&file)?;
    scene.is_left_alone(&EVERYTHING, "key_file", "Put the file back")?;
    scene.is_left_alone(&[&["repair"]], "key_file", "Put the file back")?;
    fs::write(&file, key)?;
    assert!(notes(&scene.device)?.contains_key(&scene.unsent));
    Ok(())
}

/// The program as another user, because nothing is forbidden to root; as oneself for anybody else.
struct Other {
    program: PathBuf,
    is_root: bool,
    folder: tempfile::TempDir,
}

/// Nobody, on every Linux.
const NOBODY: u32 = 65_534;

impl Other {
    fn new() -> Result<Self> {
        let id = Command::new("id").arg("-u").output()?;
        let folder = tempfile::tempdir()?;
        // The folder of the build may be closed to others.
        let copy = folder.path().join("buurtboek");
        fs::copy(program("buurtboek")?, &copy)?;
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755))?;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let other = Self {
            program: copy,
            is_root: id.stdout.trim_ascii() == b"0",
            folder,
        };
        fs::write(
            other.folder.path().join("passphrase"),
            journeys::device::PASSPHRASE,
        )?;
        fs::create_dir(other.data())?;
        other.own(&other.data())?;
        println!(
            "permissions are taken from: {}",
            if other.is_root {
                "another user"
            } else {
                "this user"
            }
        );
        Ok(other)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn book(&self) -> PathBuf {
        self.data().join(BOOK)
    }

    fn own(&self, path: &Path) -> Result<()> {
        if self.is_root {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY))?;
        }
        Ok(())
    }

    /// The code of the error and its sentence; empty when it succeeded.
    fn run(&self, words: &[&str]) -> Result<(String, String)> {
        let mut command = if self.is_root {
            let mut command = Command::new("setpriv");
            command
                .args([
                    "--reuid",
                    &NOBODY.to_string(),
                    "--regid",
                    &NOBODY.to_string(),
                ])
                .args(["--clear-groups", "--"])
                .arg(&self.program);
            command
        } else {
            Command::new(&self.program)
        };
        let done = command
            .env("HOME", self.data())
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .arg("--data")
            .arg(self.data())
            .arg("--passphrase-file")
            .arg(self.folder.path().join("passphrase"))
            .arg("--json")
            .args(words)
            .output()?;
        if done.status.success() {
            return Ok((String::new(), String::new()));
        }
        let error: Value = serde_json::from_slice(&done.stderr)
            .map_err(|_| String::from_utf8_lossy(&done.stderr).into_owned())?;
        let word = |name: &str| error["error"][name].as_str().unwrap_or_default().to_owned();
        Ok((word("code"), word("message")))
    }

    /// Without these rights the program says so, and leaves the book as it is; with them again it goes on.
    fn without(&self, path: &Path, mode: u32, code: &str, to_do: &str) -> Result<()> {
        let before = fs::read(self.book())?;
        let rights = fs::metadata(path)?.permissions();
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
        let (said, message) = self.run(&["capture", "Nieuwe notitie"])?;
        assert_eq!(said, code, "{} {mode:o}: {message}", path.display());
        assert!(message.contains(to_do), "{message}");
        fs::set_permissions(path, rights)?;
        assert_eq!(fs::read(self.book())?, before);
        assert_eq!(self.run(&["verify"])?, (String::new(), String::new()));
        Ok(())
    }
}

#[test]
fn without_the_right_to_read_or_write_it_says_so_and_goes_on_once_it_has_it() -> Result<()> {
    let other = Other::new()?;
    assert_eq!(other.run(&["init", "--name", "Amina Yildiz"])?.1, "");
    assert_eq!(other.run(&["capture", "Bij de school"])?.1, "");
    let to_do = "Give this account the right";
    for mode in [0o000, 0o400] {
        other.without(&other.book(), mode, "not_writable", to_do)?;
    }
    let key = other.data().join("buurtboek.key");
    other.without(&key, 0o000, "not_writable", to_do)?;
    if other.is_root {
        // Somebody else's folder.
        std::os::unix::fs::chown(other.data(), Some(0), Some(0))?;
        let (code, message) = other.run(&["capture", "Nieuwe notitie"])?;
        assert_eq!(code, "folder_unusable", "{message}");
        assert!(message.contains("Make this account its owner"), "{message}");
        other.own(&other.data())?;
        assert_eq!(other.run(&["verify"])?.1, "");
    }
    Ok(())
}

#[test]
fn a_disk_that_became_read_only_is_said_and_nothing_is_lost() -> Result<()> {
    let mut device = Device::on_small_disk(8 * 1024)?;
    device.run(&["init", "--name", "Amina Yildiz"])?;
    let note = put(&device, "Bij de school")?;
    let disk: &mut SmallDisk = device.disk()?;
    println!("the disk is made read-only by: {:?}", disk.way());
    if disk.way() == Way::Mounted {
        assert!(disk.read_only(true)?);
        for words in [
            &["status"][..],
            &["record", "list", "note"],
            &["record", "put", "note"],
        ] {
            let (code, message) = device.fails(words, "{\"text\":\"Nieuw\"}")?;
            assert!(
                ["not_writable", "folder_unusable"].contains(&code.as_str()),
                "{code}: {message}"
            );
        }
        device.disk()?.read_only(false)?;
    }
    assert_eq!(notes(&device)?.into_keys().collect::<Vec<_>>(), [note]);
    Ok(())
}
