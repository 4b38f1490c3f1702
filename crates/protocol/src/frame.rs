//! Frames: `type u8 ‖ uvarint length ‖ payload`, closed by END.
//!
//! [`frames`] walks a body that is whole in memory without copying.

use crate::limits::{MAX_FRAME_BYTES, MAX_HEADER_BYTES};
use crate::wire::{get_uvarint, put_uvarint};

/// What a frame carries. Numbers are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum FrameKind {
    /// JSON: [`crate::RequestHeader`] or [`crate::ReplyHeader`]; always first.
    Header = 1,
    /// [`crate::ChangeFrame`].
    Change = 2,
    /// [`crate::SnapshotFrame`].
    Snapshot = 3,
    /// [`crate::Tombstone`].
    Tombstone = 4,
    /// [`crate::ResultFrame`].
    Result = 5,
    /// JSON: [`crate::SpaceEnd`].
    SpaceEnd = 6,
    /// Reserved for the ciphertext of a sealed space; not spoken in version 1.
    Opaque = 7,
    /// JSON: [`crate::End`]; always last.
    End = 127,
}

impl FrameKind {
    const fn from_number(number: u8) -> Result<Self, DecodeError> {
        Ok(match number {
            1 => Self::Header,
            2 => Self::Change,
            3 => Self::Snapshot,
            4 => Self::Tombstone,
            5 => Self::Result,
            6 => Self::SpaceEnd,
            7 => Self::Opaque,
            127 => Self::End,
            other => return Err(DecodeError::UnknownKind(other)),
        })
    }

    const fn max_bytes(self) -> usize {
        match self {
            Self::Header | Self::SpaceEnd | Self::End => MAX_HEADER_BYTES,
            Self::Change | Self::Snapshot | Self::Tombstone | Self::Result | Self::Opaque => {
                MAX_FRAME_BYTES
            }
        }
    }
}

/// A body that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The body stopped before its END frame: retry, nothing of it may be relied on.
    #[error("the body stops before its END frame")]
    Truncated,
    /// A frame of a type this version does not know.
    #[error("unknown frame type {0}")]
    UnknownKind(u8),
    /// A known frame where it does not belong.
    #[error("a {0:?} frame does not belong here")]
    Unexpected(FrameKind),
    /// A frame longer than its kind may be.
    #[error("a {kind:?} frame of {bytes} bytes is too long (at most {max})")]
    TooLong {
        /// The kind of the frame.
        kind: FrameKind,
        /// How long it says it is.
        bytes: u64,
        /// How long it may be.
        max: usize,
    },
    /// Bytes after the END frame.
    #[error("there is something after the END frame")]
    AfterEnd,
    /// A number that is too large or not in its shortest form.
    #[error("a number is malformed")]
    Number,
    /// A binary payload whose fields do not fit.
    #[error("the payload of a {0} frame is malformed")]
    Payload(&'static str),
    /// A JSON payload that does not say what it should.
    #[error("the JSON of a {what} frame cannot be read: {reason}")]
    Json {
        /// Which frame.
        what: &'static str,
        /// What the JSON parser said.
        reason: String,
    },
}

/// A frame that borrows its payload from the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawFrame<'a> {
    /// What it carries.
    pub kind: FrameKind,
    /// The payload, not yet decoded.
    pub payload: &'a [u8],
}

/// Collects frames into a body.
#[derive(Debug, Default)]
pub struct FrameWriter {
    body: Vec<u8>,
}

impl FrameWriter {
    /// An empty body.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends one frame.
    pub fn frame(&mut self, kind: FrameKind, payload: &[u8]) {
        self.frame_of_parts(kind, payload, &[]);
    }

    /// Appends one frame whose payload is two pieces: the fields, then raw bytes (saves copying them together).
    pub fn frame_of_parts(&mut self, kind: FrameKind, fields: &[u8], bytes: &[u8]) {
        self.body.push(kind as u8);
        put_uvarint(&mut self.body, (fields.len() + bytes.len()) as u64);
        self.body.extend_from_slice(fields);
        self.body.extend_from_slice(bytes);
    }

    /// Bytes so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.body.len()
    }

    /// Whether nothing was written yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    /// Takes what was written so far, to send it on, and goes on with an empty buffer.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }
}

/// The frames of a body that is whole in memory. The last item is the END frame or an error.
pub fn frames(body: &[u8]) -> impl Iterator<Item = Result<RawFrame<'_>, DecodeError>> {
    let mut rest = Some(body);
    std::iter::from_fn(move || {
        let body = rest.take()?;
        match split(body) {
            Ok(Some((frame, after))) if frame.kind == FrameKind::End => Some(if after.is_empty() {
                Ok(frame)
            } else {
                Err(DecodeError::AfterEnd)
            }),
            Ok(Some((frame, after))) => {
                rest = Some(after);
                Some(Ok(frame))
            }
            Ok(None) => Some(Err(DecodeError::Truncated)),
            Err(error) => Some(Err(error)),
        }
    })
}

/// The first frame and what follows it; `None` when the bytes stop inside it.
fn split(bytes: &[u8]) -> Result<Option<(RawFrame<'_>, &[u8])>, DecodeError> {
    let Some((&number, after_kind)) = bytes.split_first() else {
        return Ok(None);
    };
    let kind = FrameKind::from_number(number)?;
    let Some((length, used)) = get_uvarint(after_kind)? else {
        return Ok(None);
    };
    let max = kind.max_bytes();
    let fits = usize::try_from(length).ok().filter(|&length| length <= max);
    let length = fits.ok_or(DecodeError::TooLong {
        kind,
        bytes: length,
        max,
    })?;
    let after_length = after_kind.get(used..).unwrap_or_default();
    Ok(after_length
        .split_at_checked(length)
        .map(|(payload, after)| (RawFrame { kind, payload }, after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> Vec<u8> {
        let mut writer = FrameWriter::new();
        writer.frame(FrameKind::Header, b"{}");
        writer.frame_of_parts(FrameKind::Change, &[7; 200], &[8; 300]);
        writer.frame(FrameKind::End, b"{}");
        writer.take()
    }

    #[test]
    fn frames_come_out_as_they_went_in() {
        let body = body();
        let whole: Vec<_> = frames(&body).map(|frame| frame.unwrap()).collect();
        let seen: Vec<_> = whole
            .iter()
            .map(|frame| (frame.kind, frame.payload))
            .collect();
        let change = [[7; 200].as_slice(), &[8; 300]].concat();
        assert_eq!(
            seen,
            [
                (FrameKind::Header, b"{}".as_slice()),
                (FrameKind::Change, &change),
                (FrameKind::End, b"{}"),
            ]
        );
    }

    #[test]
    fn a_body_cut_anywhere_is_truncated_never_whole() {
        let body = body();
        for cut in 0..body.len() {
            let last = frames(&body[..cut]).last().unwrap();
            assert_eq!(last, Err(DecodeError::Truncated), "cut at {cut}");
        }
    }

    #[test]
    fn what_follows_the_end_is_refused() {
        let mut body = body();
        body.push(1);
        assert_eq!(frames(&body).last(), Some(Err(DecodeError::AfterEnd)));
    }

    #[test]
    fn a_length_is_judged_before_anything_is_read() {
        let start = [FrameKind::Change as u8, 0xff, 0xff, 0xff, 0xff, 0x7f];
        assert!(matches!(
            frames(&start).last(),
            Some(Err(DecodeError::TooLong {
                kind: FrameKind::Change,
                ..
            }))
        ));
        assert_eq!(
            frames(&[99, 0]).last(),
            Some(Err(DecodeError::UnknownKind(99)))
        );
    }
}
