//! Erasing: whole documents (`POST /v1/erase`), and a new epoch of one document without a part of its history
//! (`POST /v1/redact`); and how far the devices of a space are with it (`POST /v1/erasures`).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::body::{ChangeFrame, End, Tombstone};
use crate::frame::{DecodeError, FrameKind, FrameWriter, RawFrame, frames};
use crate::header::{RequestHeader, json_frame};
use crate::ids::DeviceId;
use crate::media::VERSION;

/// Body of `POST /v1/erase`: HEADER, TOMBSTONE…, END. The reply is HEADER, a RESULT for each (hash zero), END.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EraseRequest {
    /// Who asks; it names no spaces.
    pub header: RequestHeader,
    /// What is to be erased; `seq` is 0.
    pub tombstones: Vec<Tombstone>,
}

impl EraseRequest {
    /// The body.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = FrameWriter::new();
        self.header.write(&mut writer);
        for tombstone in &self.tombstones {
            tombstone.write(&mut writer);
        }
        End {
            tombstones: self.tombstones.len() as u64,
            ..End::default()
        }
        .write(&mut writer);
        writer.take()
    }

    /// Reads a body.
    ///
    /// # Errors
    /// When it is truncated, malformed, or not a request.
    pub fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        let mut header = None;
        let mut tombstones = Vec::new();
        for frame in frames(body) {
            let RawFrame { kind, payload } = frame?;
            match (kind, &header) {
                (FrameKind::Header, None) => header = Some(RequestHeader::decode(payload)?),
                (FrameKind::Tombstone, Some(_)) => tombstones.push(Tombstone::decode(payload)?),
                (FrameKind::End, Some(_)) => {
                    if End::decode(payload)?.tombstones != tombstones.len() as u64 {
                        return Err(DecodeError::Truncated);
                    }
                }
                _ => return Err(DecodeError::Unexpected(kind)),
            }
        }
        let header = header.ok_or(DecodeError::Truncated)?;
        Ok(Self { header, tombstones })
    }
}

/// First frame of a `POST /v1/redact`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactHeader {
    /// Protocol version, [`VERSION`].
    pub version: u32,
    /// The app's version.
    pub app: String,
    /// The space the document lives in.
    pub space: Uuid,
    /// The document.
    pub document: Uuid,
    /// The epoch that begins: one more than the document has.
    pub epoch: u64,
    /// The heads of the document from which the new epoch was made, 64 hexadecimal digits each. Heads that the server has besides these hold an
    /// edit that would get lost: it answers `missing_deps` then.
    pub base: Vec<String>,
}

impl RedactHeader {
    /// A header for the next epoch of a document.
    #[must_use]
    pub fn new(app: &str, space: Uuid, document: Uuid, epoch: u64, base: Vec<String>) -> Self {
        Self {
            version: VERSION,
            app: app.to_owned(),
            space,
            document,
            epoch,
            base,
        }
    }
}

json_frame!(RedactHeader, FrameKind::Header, "HEADER");

/// Body of `POST /v1/redact`: HEADER, CHANGE…, END. The changes are the whole history of the new epoch: they build on
/// nothing but each other, and are taken in together or not at all. The reply is as that of `/v1/erase`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactRequest {
    /// What is replaced.
    pub header: RedactHeader,
    /// The new epoch, in an order in which each change follows those it builds on.
    pub changes: Vec<ChangeFrame>,
}

impl RedactRequest {
    /// The body.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = FrameWriter::new();
        self.header.write(&mut writer);
        for change in &self.changes {
            change.write(&mut writer);
        }
        End {
            changes: self.changes.len() as u64,
            ..End::default()
        }
        .write(&mut writer);
        writer.take()
    }

    /// Reads a body.
    ///
    /// # Errors
    /// When it is truncated, malformed, not a request, or a change is of something else than the header says.
    pub fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        let mut header: Option<RedactHeader> = None;
        let mut changes = Vec::new();
        for frame in frames(body) {
            let RawFrame { kind, payload } = frame?;
            match (kind, &header) {
                (FrameKind::Header, None) => header = Some(RedactHeader::decode(payload)?),
                (FrameKind::Change, Some(header)) => {
                    let change = ChangeFrame::decode(payload)?;
                    if (change.space, change.document, change.epoch)
                        != (header.space, header.document, header.epoch)
                    {
                        return Err(DecodeError::Payload("CHANGE"));
                    }
                    changes.push(change);
                }
                (FrameKind::End, Some(_)) => {
                    if End::decode(payload)?.changes != changes.len() as u64 {
                        return Err(DecodeError::Truncated);
                    }
                }
                _ => return Err(DecodeError::Unexpected(kind)),
            }
        }
        let header = header.ok_or(DecodeError::Truncated)?;
        Ok(Self { header, changes })
    }
}

/// In a reply header: who erased a document of this reply, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedBy {
    /// The document.
    pub document: Uuid,
    /// The member; none when an administrator or a restored ledger did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Uuid>,
    /// When, by the server's clock, milliseconds since 1970.
    pub at_ms: i64,
}

/// JSON body of `POST /v1/erasures`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasuresRequest {
    /// The space.
    pub space: Uuid,
    /// Only erasures with a higher number in its log.
    #[serde(default)]
    pub after: u64,
}

/// JSON reply of `POST /v1/erasures`: the newest thousand, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasuresReply {
    /// The erasures.
    pub erasures: Vec<ErasureState>,
}

/// How far the devices are with one erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureState {
    /// The document.
    pub document: Uuid,
    /// Its number in the space's log.
    pub seq: u64,
    /// The epoch that began; none: the whole document is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<u64>,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Uuid>,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// Devices that held the space then, or may have.
    pub devices: u64,
    /// Of them: those that have carried it out, or were destroyed.
    pub done: u64,
    /// Those that have not, longest away first, at most fifty.
    pub waiting: Vec<WaitingDevice>,
}

/// A device that has not carried out an erasure yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingDevice {
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub member: Uuid,
    /// What the person calls it.
    pub name: String,
    /// When it was last seen, milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_ms: Option<i64>,
}
