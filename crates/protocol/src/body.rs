//! The frames between header and end, and the end.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::frame::{DecodeError, FrameKind, FrameWriter};
use crate::header::json_frame;
use crate::ids::Digest;
use crate::wire::{Fields, put_uvarint};

/// One raw Automerge change: `space 16 ‖ document 16 ‖ epoch uvarint ‖ seq uvarint ‖ change`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeFrame {
    /// The space the document lives in.
    pub space: Uuid,
    /// The document.
    pub document: Uuid,
    /// The document's epoch, 0 until a field was erased from its history.
    pub epoch: u64,
    /// Its number in the space's log; 0 in requests.
    pub seq: u64,
    /// A raw change chunk (type 1, not deflated).
    pub bytes: Vec<u8>,
}

impl ChangeFrame {
    /// Appends this as a frame.
    pub fn write(&self, writer: &mut FrameWriter) {
        write_document(
            writer,
            FrameKind::Change,
            (self.space, self.document, self.epoch, self.seq),
            &self.bytes,
        );
    }

    /// Reads the payload of such a frame.
    ///
    /// # Errors
    /// When a field is missing.
    pub fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let ((space, document, epoch, seq), bytes) = read_document("CHANGE", payload)?;
        Ok(Self {
            space,
            document,
            epoch,
            seq,
            bytes,
        })
    }
}

/// One whole document: `space 16 ‖ document 16 ‖ epoch uvarint ‖ last_seq uvarint ‖ saved document`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotFrame {
    /// The space the document lives in.
    pub space: Uuid,
    /// The document.
    pub document: Uuid,
    /// The document's epoch.
    pub epoch: u64,
    /// The log number of the last change in it; no two documents of a space share one. In a sync reply: the number under
    /// which its epoch began.
    pub last_seq: u64,
    /// The document as `save_nocompress` wrote it; empty when the epoch began and its document is not there yet.
    pub bytes: Vec<u8>,
}

impl SnapshotFrame {
    /// Appends this as a frame.
    pub fn write(&self, writer: &mut FrameWriter) {
        write_document(
            writer,
            FrameKind::Snapshot,
            (self.space, self.document, self.epoch, self.last_seq),
            &self.bytes,
        );
    }

    /// Reads the payload of such a frame.
    ///
    /// # Errors
    /// When a field is missing.
    pub fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let ((space, document, epoch, last_seq), bytes) = read_document("SNAPSHOT", payload)?;
        Ok(Self {
            space,
            document,
            epoch,
            last_seq,
            bytes,
        })
    }
}

type Address = (Uuid, Uuid, u64, u64);

fn write_document(
    writer: &mut FrameWriter,
    kind: FrameKind,
    (space, document, epoch, seq): Address,
    bytes: &[u8],
) {
    let mut fields = Vec::with_capacity(42);
    fields.extend_from_slice(space.as_bytes());
    fields.extend_from_slice(document.as_bytes());
    put_uvarint(&mut fields, epoch);
    put_uvarint(&mut fields, seq);
    writer.frame_of_parts(kind, &fields, bytes);
}

fn read_document(what: &'static str, payload: &[u8]) -> Result<(Address, Vec<u8>), DecodeError> {
    let mut fields = Fields::new(what, payload);
    let address = (
        fields.uuid()?,
        fields.uuid()?,
        fields.uvarint()?,
        fields.uvarint()?,
    );
    Ok((address, fields.rest().to_vec()))
}

/// A document that is gone for good: `space 16 ‖ seq uvarint ‖ document 16 ‖ reason u8 [‖ document 16]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The space it lived in.
    pub space: Uuid,
    /// Its number in the space's log.
    pub seq: u64,
    /// The document.
    pub document: Uuid,
    /// Why it is gone.
    pub reason: TombstoneReason,
}

/// Why a document is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TombstoneReason {
    /// Erased (1).
    Erased,
    /// Copied under this new id, in this or another space (2).
    MovedTo(Uuid),
}

impl Tombstone {
    /// Appends this as a frame.
    pub fn write(&self, writer: &mut FrameWriter) {
        let mut fields = Vec::with_capacity(60);
        fields.extend_from_slice(self.space.as_bytes());
        put_uvarint(&mut fields, self.seq);
        fields.extend_from_slice(self.document.as_bytes());
        match self.reason {
            TombstoneReason::Erased => fields.push(1),
            TombstoneReason::MovedTo(target) => {
                fields.push(2);
                fields.extend_from_slice(target.as_bytes());
            }
        }
        writer.frame(FrameKind::Tombstone, &fields);
    }

    /// Reads the payload of such a frame.
    ///
    /// # Errors
    /// When a field is missing or the reason is unknown.
    pub fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let mut fields = Fields::new("TOMBSTONE", payload);
        let (space, seq, document) = (fields.uuid()?, fields.uvarint()?, fields.uuid()?);
        let reason = match fields.byte()? {
            1 => TombstoneReason::Erased,
            2 => TombstoneReason::MovedTo(fields.uuid()?),
            _ => return Err(DecodeError::Payload("TOMBSTONE")),
        };
        fields.end()?;
        Ok(Self {
            space,
            seq,
            document,
            reason,
        })
    }
}

/// What became of one pushed change: `index uvarint ‖ hash 32 ‖ 0 seq | 1 seq | 2 code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultFrame {
    /// Which CHANGE frame of the request, from 0.
    pub index: u64,
    /// The change's hash; all zero when the bytes were too broken to have one.
    pub hash: [u8; 32],
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a pushed change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Taken in under this number.
    Ok {
        /// Its number in the space's log.
        seq: u64,
    },
    /// The server had it already, under this number: a reply was lost. As good as [`Outcome::Ok`].
    Duplicate {
        /// Its number in the space's log.
        seq: u64,
    },
    /// Not taken in. The device keeps it aside, visible and exportable; it is never dropped.
    Refused(RefusalCode),
}

/// Why a change was refused. The word is on the wire; a word from a newer server reads as [`Self::Unknown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalCode {
    /// It builds on a change the server does not have: send that one first, then this one again.
    MissingDeps,
    /// This actor already wrote another change with this number: replay the edit under a new incarnation.
    ActorFork,
    /// The document has a newer epoch: replay the edit as field differences.
    EpochSuperseded,
    /// The document was erased.
    Erased,
    /// A new epoch was made from less than the server has: pull first, then make it again.
    Behind,
    /// The member may not write in this space.
    NoRight,
    /// Over one of the [limits](crate::limits).
    TooBig,
    /// Not a change that can be applied safely.
    Invalid,
    /// What the server holds of the document cannot be read. All others go on.
    Damaged,
    /// A code this version does not know.
    Unknown,
}

impl RefusalCode {
    const WORDS: [(Self, &str); 10] = [
        (Self::MissingDeps, "missing_deps"),
        (Self::ActorFork, "actor_fork"),
        (Self::EpochSuperseded, "epoch_superseded"),
        (Self::Erased, "erased"),
        (Self::Behind, "behind"),
        (Self::NoRight, "no_right"),
        (Self::TooBig, "too_big"),
        (Self::Invalid, "invalid"),
        (Self::Damaged, "document_damaged"),
        (Self::Unknown, "unknown"),
    ];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(code, _)| *code == self)
            .map_or("unknown", |(_, word)| word)
    }

    /// The code of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        Self::WORDS
            .iter()
            .find(|(_, known)| *known == word)
            .map_or(Self::Unknown, |(code, _)| *code)
    }
}

impl ResultFrame {
    /// Appends this as a frame.
    pub fn write(&self, writer: &mut FrameWriter) {
        let mut fields = Vec::with_capacity(52);
        put_uvarint(&mut fields, self.index);
        fields.extend_from_slice(&self.hash);
        match self.outcome {
            Outcome::Ok { seq } => {
                fields.push(0);
                put_uvarint(&mut fields, seq);
            }
            Outcome::Duplicate { seq } => {
                fields.push(1);
                put_uvarint(&mut fields, seq);
            }
            Outcome::Refused(code) => {
                fields.push(2);
                fields.extend_from_slice(code.as_str().as_bytes());
            }
        }
        writer.frame(FrameKind::Result, &fields);
    }

    /// Reads the payload of such a frame.
    ///
    /// # Errors
    /// When a field is missing or the kind of outcome is unknown.
    pub fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        let mut fields = Fields::new("RESULT", payload);
        let (index, hash) = (fields.uvarint()?, fields.array()?);
        let outcome = match fields.byte()? {
            kind @ (0 | 1) => {
                let seq = fields.uvarint()?;
                fields.end()?;
                if kind == 0 {
                    Outcome::Ok { seq }
                } else {
                    Outcome::Duplicate { seq }
                }
            }
            2 => {
                let word = std::str::from_utf8(fields.rest())
                    .map_err(|_| DecodeError::Payload("RESULT"))?;
                Outcome::Refused(RefusalCode::from_word(word))
            }
            _ => return Err(DecodeError::Payload("RESULT")),
        };
        Ok(Self {
            index,
            hash,
            outcome,
        })
    }
}

/// Closes what a reply has for one space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceEnd {
    /// The space.
    pub space: Uuid,
    /// `cursor` for the next pull, or `after` for the next snapshot page while `more`.
    pub next_cursor: u64,
    /// True: ask again from `next_cursor`.
    pub more: bool,
    /// The [digest](crate::digest) at the head of the log; compare only when there is no more and nothing is unsent.
    pub digest: Digest,
    /// Snapshots only: documents still to come after this page, for a progress bar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining: Option<u64>,
}

/// Last frame: how much there was, as a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// CHANGE frames.
    #[serde(default)]
    pub changes: u64,
    /// SNAPSHOT frames.
    #[serde(default)]
    pub snapshots: u64,
    /// TOMBSTONE frames.
    #[serde(default)]
    pub tombstones: u64,
    /// RESULT frames.
    #[serde(default)]
    pub results: u64,
}

json_frame!(SpaceEnd, FrameKind::SpaceEnd, "SPACE_END");
json_frame!(End, FrameKind::End, "END");
