//! What is the case on the device when it asks: what waits to be sent, and how far each space is.

use protocol::{ChangeFrame, LifeId, SyncRequest};
use store::{OutgoingEpoch, Space};
use sync::{Portion, SpaceStand};

use crate::APP_VERSION;
use crate::device::{Device, meta};
use crate::{auditing, erasing, redacting};

/// The newest schema of any kind this app writes.
pub(crate) const SCHEMA: u32 = 1;

/// What is the case on the device.
pub(crate) struct Stand {
    pub(crate) device: sync::Device,
    /// Hashes of the outgoing changes, in their order.
    pub(crate) hashes: Vec<[u8; 32]>,
    /// Where the outbox was read up to.
    pub(crate) read_until: i64,
    pub(crate) token: String,
    /// What is to begin anew; its changes are those of [`sync::Device::epochs`].
    pub(crate) epochs: Vec<OutgoingEpoch>,
}

/// `portion` is how much goes in one request. `settled`: every log was pulled to its end in this round, so what was planned can be made of all there is.
pub(crate) fn stand(
    device: &Device,
    sent_until: i64,
    settled: bool,
    portion: Portion,
) -> store::Result<Stand> {
    device.follow_life()?;
    let (read_until, outgoing) = device.store.outbox(
        sent_until,
        u32::try_from(protocol::limits::MAX_PAGE_CHANGES).unwrap_or(u32::MAX),
        portion.bytes(),
    )?;
    let spaces = device.store.spaces()?;
    let roster = device
        .store
        .meta(meta::ROSTER)?
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let settled = settled && outgoing.is_empty() && spaces.iter().all(|space| !space.first_sync);
    let epochs = redacting::waiting(device, settled, portion)?;
    let hashes = outgoing.iter().map(|change| change.hash).collect();
    let stand = sync::Device {
        app: APP_VERSION.to_owned(),
        schema: SCHEMA,
        now_ms: device.surroundings.now().timestamp_millis(),
        roster,
        spaces: spaces
            .iter()
            .filter(|space| space.is_shared())
            .map(space_stand)
            .collect(),
        departed: device.store.departed()?.iter().map(space_stand).collect(),
        outgoing: outgoing
            .into_iter()
            .map(|change| ChangeFrame {
                space: change.space.0,
                document: change.document.0,
                epoch: change.epoch,
                seq: 0,
                bytes: change.bytes,
            })
            .collect(),
        erasures: erasing::waiting(&device.store, portion)?,
        life: Some(LifeId(*device.incarnation.lock())),
        audit: auditing::waiting(&device.store, portion)?,
        unsent_since_ms: device
            .store
            .left_behind_since(read_until)?
            .map(|seconds| seconds.saturating_mul(1_000)),
        epochs: epochs.iter().flat_map(redacting::frames).collect(),
        unclean: is_unclean(device),
        max_bytes: portion.told(),
        pulled_all: false,
    };
    Ok(Stand {
        device: stand,
        hashes,
        read_until,
        token: device.store.meta(meta::TOKEN)?.unwrap_or_default(),
        epochs,
    })
}

/// Bytes of something erased may still be in the file. What stands in the way of cleaning (a full disk, another program)
/// puts it off, and never keeps an exchange from going on.
fn is_unclean(device: &Device) -> bool {
    match device.store.finish_cleaning() {
        Ok(done) => !done,
        Err(problem) => {
            tracing::warn!(%problem, "what was erased is not out of the file yet; tried again later");
            true
        }
    }
}

const fn space_stand(space: &Space) -> SpaceStand {
    SpaceStand {
        id: space.id.0,
        cursor: space.cursor,
        log_epoch: space.log_epoch,
        first_sync: space.first_sync,
    }
}

/// From where a request asked the log of a space.
pub(crate) fn cursor_of(request: &SyncRequest, space: uuid::Uuid) -> u64 {
    let asked = request.header.spaces.iter().find(|asked| asked.id == space);
    asked.and_then(|asked| asked.cursor).unwrap_or_default()
}
