//! What to ask next, from what is the case. Planned purely, then acted on.

use protocol::{
    AuditBatch, AuditEntry, ChangeFrame, EraseRequest, LifeId, RequestHeader, SnapshotRequest,
    SpaceCursor, SyncRequest, Tombstone,
};
use uuid::Uuid;

/// What is the case on the device.
#[derive(Debug, Clone, Default)]
pub struct Device {
    /// The app's version.
    pub app: String,
    /// The newest document schema it writes.
    pub schema: u32,
    /// Its clock, milliseconds since 1970.
    pub now_ms: i64,
    /// The roster it holds.
    pub roster: u64,
    /// Its spaces.
    pub spaces: Vec<SpaceStand>,
    /// Spaces that are lost and of which something unsent is still here: only erasures are heard of them.
    pub departed: Vec<SpaceStand>,
    /// The next changes to send, oldest first; empty when all are sent or being judged.
    pub outgoing: Vec<ChangeFrame>,
    /// The next erasures of which the server does not know; empty when it knows all.
    pub erasures: Vec<Tombstone>,
    /// The life of its database.
    pub life: Option<LifeId>,
    /// The next lines of the audit that the server does not have; empty when it has all.
    pub audit: Vec<AuditEntry>,
    /// When the oldest change was made that stays behind after `outgoing`, milliseconds since 1970.
    pub unsent_since_ms: Option<i64>,
    /// The changes of documents that are to begin anew: of those that an older server may not know, or, once everything
    /// was sent and pulled, of those that words are taken out of.
    pub epochs: Vec<ChangeFrame>,
    /// Bytes of something erased are still in its file.
    pub unclean: bool,
    /// Most bytes of changes that an answer should bring; `None`: as much as the server likes.
    pub max_bytes: Option<u64>,
    /// A pull in this round already came to the end of every log.
    pub pulled_all: bool,
}

/// How far a space is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpaceStand {
    /// The space.
    pub id: Uuid,
    /// Position up to which everything is here.
    pub cursor: u64,
    /// The log it counts in.
    pub log_epoch: Option<Uuid>,
    /// Not everything that was there at the start is here yet.
    pub first_sync: bool,
}

/// What to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Erase documents.
    Erase(EraseRequest),
    /// Begin documents anew.
    Redact(SyncRequest),
    /// Push and pull, in one.
    Sync(SyncRequest),
    /// A page of whole documents.
    Snapshot(SnapshotRequest),
    /// Report what was done here.
    Audit(AuditBatch),
}

/// The next request of a round; `None` when the round is done.
///
/// What is to be erased goes before all, then what begins anew. Then what waits to be sent, together with a pull of the
/// spaces that are complete: a note made on the street reaches the team before this device reads the news. Then spaces that
/// are not complete get their next page. The audit
/// comes last, so that nothing waits for it.
#[must_use]
pub fn plan(device: &Device) -> Option<Request> {
    if !device.erasures.is_empty() {
        return Some(Request::Erase(EraseRequest {
            header: header(device),
            tombstones: device.erasures.clone(),
        }));
    }
    if !device.epochs.is_empty() {
        return Some(Request::Redact(SyncRequest {
            changes: device.epochs.clone(),
            ..sync_request(device)
        }));
    }
    if !device.outgoing.is_empty() || !device.pulled_all {
        return Some(Request::Sync(sync_request(device)));
    }
    if let Some(space) = device.spaces.iter().find(|space| space.first_sync) {
        return Some(Request::Snapshot(SnapshotRequest {
            space: space.id,
            since: 0,
            after: space.cursor,
            max_bytes: device.max_bytes,
        }));
    }
    (!device.audit.is_empty()).then(|| {
        Request::Audit(AuditBatch {
            entries: device.audit.clone(),
        })
    })
}

fn header(device: &Device) -> RequestHeader {
    RequestHeader::new(&device.app, device.schema, device.now_ms)
}

fn sync_request(device: &Device) -> SyncRequest {
    let mut header = header(device);
    header.life = device.life;
    header.max_bytes = device.max_bytes;
    header.unclean = device.unclean;
    header.unsent_since_ms = device.unsent_since_ms;
    header.roster = device.roster;
    header.spaces = device
        .spaces
        .iter()
        .map(|space| SpaceCursor {
            id: space.id,
            cursor: (!space.first_sync).then_some(space.cursor),
            log_epoch: space.log_epoch,
        })
        .chain(device.departed.iter().map(|space| SpaceCursor {
            id: space.id,
            cursor: Some(space.cursor),
            log_epoch: space.log_epoch,
        }))
        .collect();
    SyncRequest {
        header,
        changes: device.outgoing.clone(),
    }
}

#[cfg(test)]
mod tests {
    use protocol::TombstoneReason;

    use super::*;

    fn space(first_sync: bool) -> SpaceStand {
        SpaceStand {
            id: Uuid::from_u128(7),
            cursor: 12,
            log_epoch: None,
            first_sync,
        }
    }

    fn change() -> ChangeFrame {
        ChangeFrame {
            space: Uuid::from_u128(7),
            document: Uuid::from_u128(8),
            epoch: 0,
            seq: 0,
            bytes: vec![1],
        }
    }

    #[test]
    fn with_nothing_new_a_round_is_one_request() {
        let mut device = Device {
            spaces: vec![space(false)],
            ..Device::default()
        };
        let Some(Request::Sync(request)) = plan(&device) else {
            panic!("a sync request")
        };
        assert_eq!(request.header.spaces[0].cursor, Some(12));
        device.pulled_all = true;
        assert_eq!(plan(&device), None);
    }

    #[test]
    fn the_audit_comes_last_and_asks_nothing_when_there_is_none() {
        let entry = AuditEntry {
            id: Uuid::from_u128(5),
            space: Uuid::from_u128(7),
            action: "opened".to_owned(),
            record: None,
            device_time_ms: 1,
        };
        let mut device = Device {
            spaces: vec![space(true)],
            audit: vec![entry.clone()],
            ..Device::default()
        };
        assert!(matches!(plan(&device), Some(Request::Sync(_))));
        device.pulled_all = true;
        assert!(matches!(plan(&device), Some(Request::Snapshot(_))));
        device.spaces = vec![space(false)];
        let batch = AuditBatch {
            entries: vec![entry],
        };
        assert_eq!(plan(&device), Some(Request::Audit(batch)));
        device.audit.clear();
        assert_eq!(plan(&device), None);
    }

    #[test]
    fn what_is_to_be_erased_goes_before_all() {
        let device = Device {
            spaces: vec![space(false)],
            outgoing: vec![change()],
            erasures: vec![Tombstone {
                space: Uuid::from_u128(7),
                seq: 0,
                document: Uuid::from_u128(9),
                reason: TombstoneReason::Erased,
            }],
            ..Device::default()
        };
        let Some(Request::Erase(request)) = plan(&device) else {
            panic!("a request to erase")
        };
        assert_eq!(request.tombstones, device.erasures);
    }

    #[test]
    fn what_begins_anew_says_how_far_the_log_was_read_and_goes_before_what_is_to_be_sent() {
        let device = Device {
            spaces: vec![space(false)],
            outgoing: vec![change(), change()],
            epochs: vec![change()],
            ..Device::default()
        };
        let Some(Request::Redact(request)) = plan(&device) else {
            panic!("a request to redact")
        };
        assert_eq!(request.changes.len(), 1);
        assert_eq!(request.header.spaces[0].cursor, Some(12));
    }

    #[test]
    fn what_waits_is_sent_before_the_first_sync_goes_on() {
        let mut device = Device {
            spaces: vec![space(true)],
            outgoing: vec![change()],
            pulled_all: true,
            ..Device::default()
        };
        let Some(Request::Sync(request)) = plan(&device) else {
            panic!("a sync request")
        };
        assert_eq!(
            request.header.spaces[0].cursor, None,
            "not pulled before it is complete"
        );
        assert_eq!(request.changes.len(), 1);
        device.outgoing.clear();
        let Some(Request::Snapshot(request)) = plan(&device) else {
            panic!("a snapshot request")
        };
        assert_eq!(request.after, 12, "goes on where it was");
    }
}
