//! The ledger: a text file beside the database, which stays when an older backup of the database is put back. It knows
//! what may not come back with it. One line each, ids only:
//!
//! - `SPACE DOCUMENT erased AT_MS`, `SPACE DOCUMENT epoch N AT_MS`: what was erased;
//! - `device DEVICE revoked AT_MS`: a device that was put out;
//! - `member SPACE MEMBER role ROLE AT_MS`: the role of somebody in a space, or `none`; the last line counts;
//! - `invitation ID spent`: one that was used, refused or withdrawn;
//! - `space SPACE known`: this is the ledger of a database with this space.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use protocol::{DeviceId, Role};
use rusqlite::Transaction;
use uuid::Uuid;

use super::{LogError, open};

const FILE: &str = "buurtboek-server.erased";

/// The ledger in the data folder.
#[derive(Debug, Clone)]
pub(super) struct Ledger(PathBuf);

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Erased(Erasure),
    Revoked {
        device: DeviceId,
        at_ms: i64,
    },
    Role {
        space: Uuid,
        member: Uuid,
        role: Option<Role>,
        at_ms: i64,
    },
    Spent(Uuid),
    Known(Uuid),
}

/// One erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Erasure {
    pub(super) space: Uuid,
    pub(super) document: Uuid,
    /// The epoch that began; `None`: the whole document.
    pub(super) epoch: Option<u64>,
    pub(super) at_ms: i64,
}

/// What makes two lines speak of the same thing, whatever its number in the log became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Erasure(Uuid, Uuid, Option<u64>),
    Device(DeviceId),
    Member(Uuid, Uuid),
    Invitation(Uuid),
    Space(Uuid),
}

impl Entry {
    pub(super) const fn key(&self) -> Key {
        match *self {
            Self::Erased(Erasure {
                space,
                document,
                epoch,
                ..
            }) => Key::Erasure(space, document, epoch),
            Self::Revoked { device, .. } => Key::Device(device),
            Self::Role { space, member, .. } => Key::Member(space, member),
            Self::Spent(invitation) => Key::Invitation(invitation),
            Self::Known(space) => Key::Space(space),
        }
    }

    /// As it stands in the file. The triggers of the database write the same.
    pub(super) fn line(&self) -> String {
        match self {
            Self::Erased(Erasure {
                space,
                document,
                epoch,
                at_ms,
            }) => match epoch {
                None => format!("{space} {document} erased {at_ms}\n"),
                Some(epoch) => format!("{space} {document} epoch {epoch} {at_ms}\n"),
            },
            Self::Revoked { device, at_ms } => format!("device {device} revoked {at_ms}\n"),
            Self::Role {
                space,
                member,
                role,
                at_ms,
            } => {
                let role = role.map_or("none", Role::as_str);
                format!("member {space} {member} role {role} {at_ms}\n")
            }
            Self::Spent(invitation) => format!("invitation {invitation} spent\n"),
            Self::Known(space) => format!("space {space} known\n"),
        }
    }

    fn read(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        let erased = |space: &str, document: &str, epoch, at_ms: &str| {
            Some(Self::Erased(Erasure {
                space: space.parse().ok()?,
                document: document.parse().ok()?,
                epoch,
                at_ms: at_ms.parse().ok()?,
            }))
        };
        match *words.as_slice() {
            ["device", device, "revoked", at_ms] => Some(Self::Revoked {
                device: device.parse().ok()?,
                at_ms: at_ms.parse().ok()?,
            }),
            ["member", space, member, "role", word, at_ms] => Some(Self::Role {
                space: space.parse().ok()?,
                member: member.parse().ok()?,
                role: match word {
                    "none" => None,
                    word => Some(Role::from_word(word)?),
                },
                at_ms: at_ms.parse().ok()?,
            }),
            ["invitation", id, "spent"] => Some(Self::Spent(id.parse().ok()?)),
            ["space", id, "known"] => Some(Self::Known(id.parse().ok()?)),
            [space, document, "erased", at_ms] => erased(space, document, None, at_ms),
            [space, document, "epoch", epoch, at_ms] => {
                erased(space, document, Some(epoch.parse().ok()?), at_ms)
            }
            _ => None,
        }
    }
}

impl Ledger {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self(folder.join(FILE))
    }

    /// Writes what this transaction has for the ledger, before it is committed: what is in the ledger and not in the database
    /// is carried out at the next start; the other way round a restored backup would bring it back. It goes again unless it
    /// is [kept](Noted::keep).
    pub(super) fn follow(&self, tx: &Transaction<'_>) -> Result<Option<Noted>, LogError> {
        let lines: Vec<String> = tx
            .prepare_cached("SELECT line FROM to_ledger ORDER BY no")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if lines.is_empty() {
            return Ok(None);
        }
        tx.execute("DELETE FROM to_ledger", [])?;
        let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.write(&lines).map(Some)
    }

    /// Adds whole lines; on disk when this returns.
    pub(super) fn append(&self, lines: &str) -> Result<(), LogError> {
        if !lines.is_empty() {
            self.write(lines)?.keep();
        }
        Ok(())
    }

    fn write(&self, lines: &str) -> Result<Noted, LogError> {
        let is_new = !self.0.exists();
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(&self.0)?;
        if is_new {
            open::only_for_this_user(&self.0, 0o600)?;
        }
        if is_torn(&mut file)? {
            // The line that a power cut tore must not swallow the next one.
            file.write_all(b"\n")?;
        }
        let before = file.seek(SeekFrom::End(0))?;
        let after = before + lines.len() as u64;
        let mut noted = Noted {
            file,
            before,
            after,
        };
        noted.file.write_all(lines.as_bytes())?;
        noted.file.sync_all()?;
        if is_new && let Some(folder) = self.0.parent() {
            open::sync_folder(folder)?;
        }
        Ok(noted)
    }

    /// Every line that can be read; one that a power cut tore is of something that was never answered.
    pub(super) fn entries(&self) -> Result<Vec<Entry>, LogError> {
        let bytes = match std::fs::read(&self.0) {
            Ok(bytes) => bytes,
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(problem) => return Err(problem.into()),
        };
        let mut entries = Vec::new();
        for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
            let whole = line.strip_suffix(b"\n");
            let text = whole.and_then(|line| std::str::from_utf8(line).ok());
            match text.and_then(Entry::read) {
                Some(entry) => entries.push(entry),
                None if line == b"\n" => {}
                None => tracing::warn!(number, "a line of the ledger cannot be read"),
            }
        }
        Ok(entries)
    }
}

/// Lines that were just added. What they say may still fail: then they go again, or it would be done at the next start.
#[derive(Debug)]
pub(super) struct Noted {
    file: File,
    before: u64,
    after: u64,
}

impl Noted {
    /// What they say is done.
    pub(super) fn keep(mut self) {
        self.before = self.after;
    }

    fn take_back(&self) -> std::io::Result<()> {
        // Not when another program has added something meanwhile.
        if self.file.metadata()?.len() > self.after {
            return Err(std::io::Error::other("somebody else has written after it"));
        }
        self.file.set_len(self.before)?;
        self.file.sync_all()
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        if self.before < self.after
            && let Err(error) = self.take_back()
        {
            tracing::error!(%error, "the ledger says what was not done: it is done at the next start");
        }
    }
}

/// Whether the file ends in the middle of a line.
fn is_torn(file: &mut File) -> Result<bool, LogError> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<Entry> {
        let (space, document) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let erasure = |epoch| Erasure {
            space,
            document,
            epoch,
            at_ms: 4,
        };
        let role = |role| Entry::Role {
            space,
            member: document,
            role,
            at_ms: 5,
        };
        vec![
            Entry::Erased(erasure(None)),
            Entry::Erased(erasure(Some(3))),
            Entry::Revoked {
                device: DeviceId([7; 8]),
                at_ms: 6,
            },
            role(None),
            role(Some(Role::Reader)),
            Entry::Spent(document),
            Entry::Known(space),
        ]
    }

    #[test]
    fn a_line_is_read_back_and_a_torn_one_is_not() {
        for entry in entries() {
            assert_eq!(Entry::read(entry.line().trim_end()), Some(entry));
        }
        let cut: String = entries()[0].line().chars().take(50).collect();
        assert_eq!(Entry::read(&cut), None);
    }

    #[test]
    fn a_torn_line_does_not_swallow_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::in_folder(folder.path());
        let [first, second, ..] = entries()[..] else {
            panic!("two are needed")
        };
        std::fs::write(&ledger.0, &first.line().as_bytes()[..20]).unwrap();
        ledger.append(&second.line()).unwrap();
        ledger.append(&first.line()).unwrap();
        assert_eq!(ledger.entries().unwrap(), [second, first]);
    }
}
