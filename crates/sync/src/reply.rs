//! What an answer means: frames, checked and put in order for the device to take in.

use protocol::{
    ChangeFrame, End, Outcome, ReplyFrame, ReplyHeader, SnapshotFrame, SnapshotRequest, SpaceEnd,
    SyncRequest, Tombstone,
};
use thiserror::Error;
use uuid::Uuid;

/// An answer that cannot be used; nothing of it was taken in, and the same request can be sent again.
#[derive(Debug, Error)]
pub enum ReplyError {
    /// Cut off or malformed.
    #[error("the answer cannot be read")]
    Unreadable(#[from] protocol::DecodeError),
    /// Frames that do not belong together.
    #[error("the answer is not in order: {0}")]
    Disorder(&'static str),
    /// The server says that there is more and does not get on.
    #[error("the server says that there is more, and does not get on")]
    Standstill,
}

/// What a `/v1/sync` answer means.
#[derive(Debug)]
pub struct Incoming {
    /// Spaces, people, clock, orders.
    pub header: Box<ReplyHeader>,
    /// What became of the pushed changes: index into the request, and the outcome.
    pub verdicts: Vec<(usize, [u8; 32], Outcome)>,
    /// What is new, per space.
    pub pages: Vec<SpacePage>,
}

/// What is new in one space.
#[derive(Debug)]
pub struct SpacePage {
    /// The space.
    pub space: Uuid,
    /// Changes by others, in the order of the log.
    pub changes: Vec<ChangeFrame>,
    /// Whole documents.
    pub documents: Vec<SnapshotFrame>,
    /// Documents that are gone.
    pub tombstones: Vec<Tombstone>,
    /// Where it ends.
    pub end: SpaceEnd,
}

impl SpacePage {
    fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.documents.is_empty() && self.tombstones.is_empty()
    }
}

impl Incoming {
    /// Whether every change that was sent has its verdict; the others were too much at once, and are sent again.
    #[must_use]
    pub fn answers_all(&self, request: &SyncRequest) -> bool {
        self.verdicts.len() == request.changes.len()
    }
}

/// Reads the answer to a sync request.
///
/// # Errors
/// See [`ReplyError`].
pub fn read_sync_reply(body: &[u8], request: &SyncRequest) -> Result<Incoming, ReplyError> {
    let incoming = read(body)?;
    let known = |index: usize| index < request.changes.len();
    if incoming.verdicts.iter().any(|(index, _, _)| !known(*index)) {
        return Err(ReplyError::Disorder(
            "a result for a change that was not sent",
        ));
    }
    // Without this a server that judges nothing would be asked for ever.
    if incoming.verdicts.is_empty() && !request.changes.is_empty() {
        return Err(ReplyError::Disorder("no result for any change"));
    }
    let mut got_on = false;
    for page in &incoming.pages {
        let mut asked = request.header.spaces.iter();
        let asked = asked.find(|asked| asked.id == page.space);
        let Some(cursor) = asked.and_then(|asked| asked.cursor) else {
            return Err(ReplyError::Disorder("a page of a space that was not asked"));
        };
        got_on |= page.end.next_cursor != cursor && !page.is_empty();
    }
    // A page of one space may have to wait until the next time, while another one took all the room.
    if !got_on && incoming.pages.iter().any(|page| page.end.more) {
        return Err(ReplyError::Standstill);
    }
    Ok(incoming)
}

/// Reads the answer to a snapshot request: the header, and the one page.
///
/// # Errors
/// See [`ReplyError`].
pub fn read_snapshot_reply(
    body: &[u8],
    request: &SnapshotRequest,
) -> Result<(Box<ReplyHeader>, SpacePage), ReplyError> {
    let mut incoming = read(body)?;
    match incoming.pages.pop() {
        Some(page) if page.space == request.space && incoming.pages.is_empty() => {
            if page.end.more && (page.end.next_cursor <= request.after || page.is_empty()) {
                return Err(ReplyError::Standstill);
            }
            Ok((incoming.header, page))
        }
        _ => Err(ReplyError::Disorder(
            "not the page of the space that was asked for",
        )),
    }
}

/// Reads the answer to a request to erase (or to begin a new epoch): one outcome for each thing asked.
///
/// # Errors
/// See [`ReplyError`].
pub fn read_results(body: &[u8], asked: usize) -> Result<Vec<Outcome>, ReplyError> {
    let incoming = read(body)?;
    let in_order = (0..asked).eq(incoming.verdicts.iter().map(|(index, _, _)| *index));
    if !in_order || !incoming.pages.is_empty() {
        return Err(ReplyError::Disorder("not one result for each request"));
    }
    let outcome = |(_, _, outcome)| outcome;
    Ok(incoming.verdicts.into_iter().map(outcome).collect())
}

fn read(body: &[u8]) -> Result<Incoming, ReplyError> {
    let mut frames = ReplyFrame::decode_all(body)?.into_iter();
    let Some(ReplyFrame::Header(header)) = frames.next() else {
        return Err(ReplyError::Disorder("no header"));
    };
    let mut incoming = Incoming {
        header,
        verdicts: Vec::new(),
        pages: Vec::new(),
    };
    let mut open = OpenPage::default();
    let mut seen = End::default();
    let mut ended = false;
    for frame in frames {
        if ended {
            return Err(ReplyError::Disorder("frames after the end"));
        }
        match frame {
            ReplyFrame::Header(_) => return Err(ReplyError::Disorder("a second header")),
            ReplyFrame::Result(result) => {
                let index = usize::try_from(result.index)
                    .map_err(|_| ReplyError::Disorder("a result without a change"))?;
                seen.results += 1;
                incoming.verdicts.push((index, result.hash, result.outcome));
            }
            ReplyFrame::Change(change) => {
                seen.changes += 1;
                open.changes.push(change);
            }
            ReplyFrame::Snapshot(snapshot) => {
                seen.snapshots += 1;
                open.documents.push(snapshot);
            }
            ReplyFrame::Tombstone(tombstone) => {
                seen.tombstones += 1;
                open.tombstones.push(tombstone);
            }
            ReplyFrame::SpaceEnd(end) => incoming.pages.push(open.close(end)?),
            ReplyFrame::End(end) => {
                ended = true;
                if end != seen {
                    return Err(ReplyError::Disorder("the counts do not fit"));
                }
            }
        }
    }
    if !ended || !open.is_empty() {
        return Err(ReplyError::Disorder("a page without an end"));
    }
    Ok(incoming)
}

#[derive(Default)]
struct OpenPage {
    changes: Vec<ChangeFrame>,
    documents: Vec<SnapshotFrame>,
    tombstones: Vec<Tombstone>,
}

impl OpenPage {
    fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.documents.is_empty() && self.tombstones.is_empty()
    }

    fn close(&mut self, end: SpaceEnd) -> Result<SpacePage, ReplyError> {
        let page = std::mem::take(self);
        let of_space = |space: Uuid| space == end.space;
        if page.changes.iter().all(|change| of_space(change.space))
            && page
                .documents
                .iter()
                .all(|document| of_space(document.space))
            && page
                .tombstones
                .iter()
                .all(|tombstone| of_space(tombstone.space))
        {
            return Ok(SpacePage {
                space: end.space,
                changes: page.changes,
                documents: page.documents,
                tombstones: page.tombstones,
                end,
            });
        }
        Err(ReplyError::Disorder("a frame of another space"))
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Digest, RequestHeader, ResultFrame, SpaceCursor, Writer};

    use super::*;

    fn header() -> ReplyHeader {
        ReplyHeader {
            version: 1,
            server_time_ms: 0,
            minimum_app: "0.1.0".to_owned(),
            wipe: false,
            token: None,
            lease_days: None,
            roster: None,
            spaces: Vec::new(),
            erased: Vec::new(),
            waiting: 0,
        }
    }

    fn change(space: u128) -> ChangeFrame {
        ChangeFrame {
            space: Uuid::from_u128(space),
            document: Uuid::from_u128(2),
            epoch: 0,
            seq: 5,
            bytes: vec![1, 2],
        }
    }

    fn space_end(space: u128) -> SpaceEnd {
        SpaceEnd {
            space: Uuid::from_u128(space),
            next_cursor: 5,
            more: false,
            digest: Digest(0),
            remaining: None,
        }
    }

    fn body(write: impl FnOnce(&mut Writer), end: End) -> Vec<u8> {
        let mut writer = Writer::new();
        header().write(&mut writer);
        write(&mut writer);
        end.write(&mut writer);
        writer.take()
    }

    fn request() -> SyncRequest {
        let mut header = RequestHeader::new("0.1.0", 1, 0);
        header.spaces = vec![SpaceCursor {
            id: Uuid::from_u128(1),
            cursor: Some(4),
            log_epoch: None,
        }];
        SyncRequest {
            header,
            changes: Vec::new(),
        }
    }

    /// A page of this many changes that ends there.
    fn page(space: u128, changes: u64, next_cursor: u64, more: bool) -> Vec<u8> {
        body(
            |writer| {
                for _ in 0..changes {
                    change(space).write(writer);
                }
                ReplyFrame::SpaceEnd(SpaceEnd {
                    next_cursor,
                    more,
                    ..space_end(space)
                })
                .write(writer);
            },
            End {
                changes,
                ..End::default()
            },
        )
    }

    #[test]
    fn a_server_that_says_more_and_does_not_get_on_is_not_asked_again() {
        let read = |body: &[u8]| read_sync_reply(body, &request());
        assert!(read(&page(1, 1, 5, true)).is_ok());
        assert!(read(&page(1, 0, 4, false)).is_ok(), "nothing new");
        assert!(read(&page(1, 0, 9, false)).is_ok(), "only its own changes");
        for lie in [page(1, 1, 4, true), page(1, 0, 5, true)] {
            assert!(matches!(read(&lie), Err(ReplyError::Standstill)));
        }
        let not_asked = read(&page(2, 1, 5, false));
        assert!(matches!(not_asked, Err(ReplyError::Disorder(_))));
    }

    #[test]
    fn whole_documents_come_in_pages_that_get_on() {
        let request = SnapshotRequest {
            space: Uuid::from_u128(1),
            since: 0,
            after: 4,
            max_bytes: None,
        };
        let read = |body: &[u8]| read_snapshot_reply(body, &request);
        assert!(read(&page(1, 1, 5, true)).is_ok());
        assert!(read(&page(1, 0, 4, false)).is_ok());
        for lie in [
            page(1, 1, 4, true),
            page(1, 1, 3, true),
            page(1, 0, 9, true),
        ] {
            assert!(matches!(read(&lie), Err(ReplyError::Standstill)));
        }
    }

    #[test]
    fn what_was_too_much_at_once_is_sent_again_and_a_server_that_judges_nothing_is_not_asked_for_ever()
     {
        let request = SyncRequest {
            changes: vec![change(1), change(1)],
            ..request()
        };
        let answer = |results: u64| {
            let write = |writer: &mut Writer| {
                for index in 0..results {
                    let result = ResultFrame {
                        index,
                        hash: [0; 32],
                        outcome: Outcome::Ok { seq: 1 },
                    };
                    result.write(writer);
                }
            };
            let end = End {
                results,
                ..End::default()
            };
            read_sync_reply(&body(write, end), &request)
        };
        assert!(answer(2).unwrap().answers_all(&request));
        assert!(!answer(1).unwrap().answers_all(&request));
        assert!(matches!(answer(0), Err(ReplyError::Disorder(_))));
    }

    #[test]
    fn a_page_is_read_with_its_end() {
        let body = body(
            |writer| {
                change(1).write(writer);
                space_end(1).write(writer);
            },
            End {
                changes: 1,
                ..End::default()
            },
        );
        let incoming = read_sync_reply(&body, &request()).unwrap();
        assert_eq!(incoming.pages[0].changes.len(), 1);
        assert_eq!(incoming.pages[0].end.next_cursor, 5);
    }

    #[test]
    fn an_answer_that_leaves_one_erasure_out_is_not_taken_in() {
        let result = |index| ResultFrame {
            index,
            hash: [0; 32],
            outcome: Outcome::Ok { seq: 7 },
        };
        let body = body(
            |writer| result(0).write(writer),
            End {
                results: 1,
                ..End::default()
            },
        );
        assert_eq!(read_results(&body, 1).unwrap(), [Outcome::Ok { seq: 7 }]);
        assert!(read_results(&body, 2).is_err());
    }

    #[test]
    fn an_answer_cut_off_at_any_byte_is_never_taken_in() {
        let body = body(
            |writer| {
                change(1).write(writer);
                space_end(1).write(writer);
            },
            End {
                changes: 1,
                ..End::default()
            },
        );
        for cut in 0..body.len() {
            assert!(
                read_sync_reply(&body[..cut], &request()).is_err(),
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn a_frame_of_another_space_spoils_the_answer() {
        let body = body(
            |writer| {
                change(9).write(writer);
                space_end(1).write(writer);
            },
            End {
                changes: 1,
                ..End::default()
            },
        );
        assert!(matches!(
            read_sync_reply(&body, &request()),
            Err(ReplyError::Disorder(_))
        ));
    }

    #[test]
    fn counts_that_do_not_fit_spoil_the_answer() {
        let body = body(
            |writer| {
                change(1).write(writer);
                space_end(1).write(writer);
            },
            End::default(),
        );
        assert!(matches!(
            read_sync_reply(&body, &request()),
            Err(ReplyError::Disorder(_))
        ));
    }
}
