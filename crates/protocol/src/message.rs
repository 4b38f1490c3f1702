//! Whole bodies: what is asked and what is answered.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::body::{ChangeFrame, End, ResultFrame, SnapshotFrame, SpaceEnd, Tombstone};
use crate::frame::{DecodeError, FrameKind, FrameWriter, RawFrame, frames};
use crate::header::{ReplyHeader, RequestHeader};

/// JSON body of `POST /v1/snapshot`: documents whose last change is after both numbers, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SnapshotRequest {
    /// The space.
    pub space: Uuid,
    /// Documents not touched since this number are held already; 0 on a new device.
    pub since: u64,
    /// `next_cursor` of the page before, 0 for the first page.
    pub after: u64,
    /// Most payload bytes the device wants back, if less than a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<u64>,
}

/// Body of `POST /v1/sync`: HEADER, CHANGE…, END. Of `POST /v1/redact`, too: there the changes of a document are all of
/// it, in an epoch that is to begin, and the cursors say how much of the log it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncRequest {
    /// Who asks, and from where.
    pub header: RequestHeader,
    /// What the device pushes, in an order in which each change follows those it builds on.
    pub changes: Vec<ChangeFrame>,
}

impl SyncRequest {
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
    /// When it is truncated, malformed, or not a request.
    pub fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        let mut header = None;
        let mut changes = Vec::new();
        for frame in frames(body) {
            let RawFrame { kind, payload } = frame?;
            match (kind, &header) {
                (FrameKind::Header, None) => header = Some(RequestHeader::decode(payload)?),
                (FrameKind::Change, Some(_)) => changes.push(ChangeFrame::decode(payload)?),
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

/// One frame of a reply to `/v1/sync` (HEADER, RESULT…, then per space TOMBSTONE/SNAPSHOT/CHANGE… SPACE_END, and END) or to
/// `/v1/snapshot` (HEADER, SNAPSHOT/TOMBSTONE…, SPACE_END, END).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplyFrame {
    /// First.
    Header(Box<ReplyHeader>),
    /// What became of a pushed change.
    Result(ResultFrame),
    /// Somebody else's change.
    Change(ChangeFrame),
    /// A whole document.
    Snapshot(SnapshotFrame),
    /// A document that is gone.
    Tombstone(Tombstone),
    /// A space is complete, for this page.
    SpaceEnd(SpaceEnd),
    /// Last.
    End(End),
}

impl ReplyFrame {
    /// Reads one frame of a reply.
    ///
    /// # Errors
    /// When the payload is malformed or the kind is reserved.
    pub fn decode(frame: RawFrame<'_>) -> Result<Self, DecodeError> {
        let payload = frame.payload;
        Ok(match frame.kind {
            FrameKind::Header => Self::Header(Box::new(ReplyHeader::decode(payload)?)),
            FrameKind::Change => Self::Change(ChangeFrame::decode(payload)?),
            FrameKind::Snapshot => Self::Snapshot(SnapshotFrame::decode(payload)?),
            FrameKind::Tombstone => Self::Tombstone(Tombstone::decode(payload)?),
            FrameKind::Result => Self::Result(ResultFrame::decode(payload)?),
            FrameKind::SpaceEnd => Self::SpaceEnd(SpaceEnd::decode(payload)?),
            FrameKind::End => Self::End(End::decode(payload)?),
            FrameKind::Opaque => return Err(DecodeError::Unexpected(FrameKind::Opaque)),
        })
    }

    /// Appends this as a frame.
    pub fn write(&self, writer: &mut FrameWriter) {
        match self {
            Self::Header(header) => header.write(writer),
            Self::Change(change) => change.write(writer),
            Self::Snapshot(snapshot) => snapshot.write(writer),
            Self::Tombstone(tombstone) => tombstone.write(writer),
            Self::Result(result) => result.write(writer),
            Self::SpaceEnd(end) => end.write(writer),
            Self::End(end) => end.write(writer),
        }
    }

    /// Reads a whole reply.
    ///
    /// # Errors
    /// When it is truncated or malformed.
    pub fn decode_all(body: &[u8]) -> Result<Vec<Self>, DecodeError> {
        frames(body).map(|frame| Self::decode(frame?)).collect()
    }
}
