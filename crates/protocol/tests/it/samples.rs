//! One value of everything, fixed for ever: the golden files hold their bytes.

use protocol::*;
use uuid::Uuid;

const SPACE: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001);
const OTHER_SPACE: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0002);
const DOCUMENT: Uuid = Uuid::from_u128(0x0198_1111_2222_7333_8444_5555_6666_7777);
const TARGET: Uuid = Uuid::from_u128(0x0198_1111_2222_7333_8444_5555_6666_8888);
const LOG: Uuid = Uuid::from_u128(0x0f0e_0d0c_0b0a_4908_8706_0504_0302_0100);
const DEVICE: DeviceId = DeviceId([1, 2, 3, 4, 5, 6, 7, 8]);

pub(crate) fn sync_request() -> SyncRequest {
    let header = RequestHeader {
        spaces: vec![
            SpaceCursor {
                id: SPACE,
                cursor: Some(300),
                log_epoch: Some(LOG),
            },
            SpaceCursor {
                id: OTHER_SPACE,
                cursor: None,
                log_epoch: None,
            },
        ],
        max_bytes: Some(262_144),
        roster: 7,
        ..RequestHeader::new("0.1.0", 1, 1_760_000_000_123)
    };
    let bytes = vec![
        0x85, 0x6f, 0x4a, 0x83, 0xde, 0xad, 0xbe, 0xef, 1, 2, 0xaa, 0xbb,
    ];
    let changes = vec![
        ChangeFrame {
            space: SPACE,
            document: DOCUMENT,
            epoch: 0,
            seq: 0,
            bytes,
        },
        ChangeFrame {
            space: SPACE,
            document: TARGET,
            epoch: 200,
            seq: 0,
            bytes: vec![],
        },
    ];
    SyncRequest { header, changes }
}

fn reply_header() -> ReplyHeader {
    let person = Person {
        member: TARGET,
        name: "Noor de Vries".into(),
        devices: vec![DEVICE],
    };
    ReplyHeader {
        version: VERSION,
        server_time_ms: 1_760_000_000_456,
        minimum_app: "0.1.0".into(),
        wipe: false,
        token: Some("bmV3LXRva2Vu".into()),
        lease_days: None,
        roster: Some(Roster {
            version: 8,
            people: vec![person],
        }),
        spaces: vec![
            SpaceState {
                id: SPACE,
                name: "Buurtteam".into(),
                kind: Some(SpaceKind::Team),
                role: Some(Role::Writer),
                action: SpaceAction::Ok,
                log_epoch: Some(LOG),
            },
            SpaceState {
                id: OTHER_SPACE,
                name: String::new(),
                kind: None,
                role: None,
                action: SpaceAction::Gone,
                log_epoch: None,
            },
        ],
        erased: vec![],
        waiting: 0,
    }
}

pub(crate) fn sync_reply() -> Vec<ReplyFrame> {
    let result = |index, outcome| {
        ReplyFrame::Result(ResultFrame {
            index,
            hash: [0xab; 32],
            outcome,
        })
    };
    let tombstone = |seq, reason| {
        ReplyFrame::Tombstone(Tombstone {
            space: SPACE,
            seq,
            document: DOCUMENT,
            reason,
        })
    };
    vec![
        ReplyFrame::Header(Box::new(reply_header())),
        result(0, Outcome::Ok { seq: 301 }),
        result(1, Outcome::Duplicate { seq: 17 }),
        result(2, Outcome::Refused(RefusalCode::MissingDeps)),
        ReplyFrame::Change(ChangeFrame {
            space: SPACE,
            document: DOCUMENT,
            epoch: 1,
            seq: 302,
            bytes: vec![9; 5],
        }),
        tombstone(303, TombstoneReason::Erased),
        tombstone(304, TombstoneReason::MovedTo(TARGET)),
        ReplyFrame::SpaceEnd(SpaceEnd {
            space: SPACE,
            next_cursor: 304,
            more: false,
            digest: Digest(0x0123_4567_89ab_cdef),
            remaining: None,
        }),
        ReplyFrame::End(End {
            changes: 1,
            snapshots: 0,
            tombstones: 2,
            results: 3,
        }),
    ]
}

pub(crate) fn snapshot_reply() -> Vec<ReplyFrame> {
    let header = ReplyHeader {
        token: None,
        roster: None,
        ..reply_header()
    };
    vec![
        ReplyFrame::Header(Box::new(header)),
        ReplyFrame::Snapshot(SnapshotFrame {
            space: SPACE,
            document: DOCUMENT,
            epoch: 0,
            last_seq: 301,
            bytes: vec![3; 4],
        }),
        ReplyFrame::SpaceEnd(SpaceEnd {
            space: SPACE,
            next_cursor: 301,
            more: true,
            digest: Digest(1),
            remaining: Some(4_999),
        }),
        ReplyFrame::End(End {
            snapshots: 1,
            ..End::default()
        }),
    ]
}

pub(crate) fn snapshot_request() -> SnapshotRequest {
    SnapshotRequest {
        space: SPACE,
        since: 0,
        after: 301,
        max_bytes: None,
    }
}

pub(crate) fn enroll_request() -> EnrollRequest {
    EnrollRequest {
        secret: "q2_8cB1xkD-0Zr4tYw6mPjL9sVnH3fGaEuQiToRbXyC".into(),
        device: DEVICE,
        name: Some("Noor de Vries".into()),
        platform: "android".into(),
        app: "0.1.0".into(),
        device_name: "telefoon".into(),
    }
}

pub(crate) fn enroll_reply() -> EnrollReply {
    EnrollReply {
        device: DEVICE,
        token: "dG9rZW4".into(),
        member: MemberName {
            id: TARGET,
            name: "Noor de Vries".into(),
        },
        spaces: reply_header().spaces.into_iter().take(1).collect(),
    }
}

pub(crate) fn wipe_order() -> ErrorReply {
    ErrorReply {
        wipe: true,
        ..ErrorReply::new(ErrorCode::Revoked, "this device was revoked")
    }
}

pub(crate) fn space_event() -> SpaceEvent {
    SpaceEvent {
        space: SPACE,
        seq: 304,
    }
}

pub(crate) fn erase_request() -> EraseRequest {
    let tombstone = |document| Tombstone {
        space: SPACE,
        seq: 0,
        document,
        reason: TombstoneReason::Erased,
    };
    EraseRequest {
        header: RequestHeader::new("0.1.0", 1, 1_760_000_000_123),
        tombstones: vec![tombstone(DOCUMENT), tombstone(TARGET)],
    }
}

/// The reply to an erasure, with the word of who erased.
pub(crate) fn erase_reply() -> Vec<ReplyFrame> {
    let header = ReplyHeader {
        token: None,
        roster: None,
        spaces: vec![],
        erased: vec![
            ErasedBy {
                document: DOCUMENT,
                member: Some(TARGET),
                at_ms: 1_760_000_000_456,
            },
            ErasedBy {
                document: TARGET,
                member: None,
                at_ms: 1_760_000_000_456,
            },
        ],
        ..reply_header()
    };
    let result = |index, outcome| {
        ReplyFrame::Result(ResultFrame {
            index,
            hash: [0; 32],
            outcome,
        })
    };
    vec![
        ReplyFrame::Header(Box::new(header)),
        result(0, Outcome::Ok { seq: 305 }),
        result(1, Outcome::Refused(RefusalCode::NoRight)),
        ReplyFrame::End(End {
            results: 2,
            ..End::default()
        }),
    ]
}

/// A reply in which an epoch began: two more times something was asked, and the document as it is now.
pub(crate) fn redact_reply() -> Vec<ReplyFrame> {
    let result = |index, outcome| {
        ReplyFrame::Result(ResultFrame {
            index,
            hash: [0xab; 32],
            outcome,
        })
    };
    let snapshot = |last_seq, bytes| {
        ReplyFrame::Snapshot(SnapshotFrame {
            space: SPACE,
            document: DOCUMENT,
            epoch: 1,
            last_seq,
            bytes,
        })
    };
    vec![
        ReplyFrame::Header(Box::new(ReplyHeader {
            erased: vec![ErasedBy {
                document: DOCUMENT,
                member: Some(TARGET),
                at_ms: 1_760_000_000_456,
            }],
            ..reply_header()
        })),
        result(0, Outcome::Refused(RefusalCode::EpochSuperseded)),
        result(1, Outcome::Refused(RefusalCode::Behind)),
        snapshot(305, vec![3; 4]),
        snapshot(306, vec![]),
        ReplyFrame::SpaceEnd(SpaceEnd {
            space: SPACE,
            next_cursor: 306,
            more: false,
            digest: Digest(2),
            remaining: None,
        }),
        ReplyFrame::End(End {
            snapshots: 2,
            results: 2,
            ..End::default()
        }),
    ]
}

pub(crate) fn erasures_request() -> ErasuresRequest {
    ErasuresRequest {
        space: SPACE,
        after: 300,
    }
}

pub(crate) fn erasures_reply() -> ErasuresReply {
    ErasuresReply {
        erasures: vec![ErasureState {
            document: DOCUMENT,
            seq: 305,
            epoch: None,
            member: Some(TARGET),
            at_ms: 1_760_000_000_456,
            devices: 42,
            done: 41,
            waiting: vec![WaitingDevice {
                device: DEVICE,
                member: TARGET,
                name: "telefoon".into(),
                seen_ms: Some(1_758_963_200_000),
            }],
        }],
    }
}
