//! Erasing whole documents (`POST /v1/erase`), and how far the devices of a space are with it (`POST /v1/erasures`).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::body::{End, Tombstone};
use crate::frame::{DecodeError, FrameKind, FrameWriter, RawFrame, frames};
use crate::header::RequestHeader;
use crate::ids::DeviceId;

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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErasuresRequest {
    /// The space.
    pub space: Uuid,
    /// Only erasures with a higher number in its log.
    #[serde(default)]
    pub after: u64,
}

/// JSON reply of `POST /v1/erasures`: the newest thousand, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErasuresReply {
    /// The erasures.
    pub erasures: Vec<ErasureState>,
}

/// How far the devices are with one erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
