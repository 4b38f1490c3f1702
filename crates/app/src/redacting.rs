//! New epochs on the wire: which documents this device asks the server to begin anew, and which began elsewhere.

use std::collections::HashMap;

use protocol::limits::MAX_PAGE_CHANGES;
use protocol::{ChangeFrame, ReplyHeader, SnapshotFrame, SyncRequest};
use store::{ArrivingEpoch, Began, Changes, OutgoingEpoch, Verdict};
use sync::Portion;

use crate::device::Device;
use crate::erasing::verdict;
use crate::exchanging::Exchange;
use crate::round_error::RoundError;
use crate::transport::{Traffic, TransportError};

/// What is to begin anew: epochs that an older server may not know, or, when everything was sent and pulled, what was
/// planned here.
pub(crate) fn waiting(
    device: &Device,
    settled: bool,
    portion: Portion,
) -> store::Result<Vec<OutgoingEpoch>> {
    let store = &device.store;
    let offered = store.epochs_to_offer(MAX_PAGE_CHANGES, portion.bytes())?;
    if offered.is_empty() && settled {
        return store.planned_epochs(&device.stamp(), MAX_PAGE_CHANGES, portion.bytes());
    }
    Ok(offered)
}

/// The changes of a document that begins anew.
pub(crate) fn frames(epoch: &OutgoingEpoch) -> impl Iterator<Item = ChangeFrame> {
    epoch.changes.iter().map(|bytes| ChangeFrame {
        space: epoch.space.0,
        document: epoch.document.0,
        epoch: epoch.epoch,
        seq: 0,
        bytes: bytes.clone(),
    })
}

/// Asks the server, and keeps what it says. `None` when the server is too old for it: then it waits.
pub(crate) async fn carry(
    exchange: &Exchange,
    token: &str,
    epochs: Vec<OutgoingEpoch>,
    request: SyncRequest,
    traffic: &mut Traffic,
) -> Result<Option<Changes>, RoundError> {
    let body = exchange
        .transport
        .framed("/v1/redact", token, request.encode(), traffic)
        .await;
    let body = match body {
        Err(TransportError::NotOurs(404)) => return Ok(None),
        body => body?,
    };
    let outcomes = sync::read_results(&body, request.changes.len())?;
    let mut first = 0;
    let mut asked: Vec<(OutgoingEpoch, Verdict)> = Vec::with_capacity(epochs.len());
    for epoch in epochs {
        // All changes of a document have the same outcome.
        let outcome = outcomes.get(first).copied();
        first += epoch.changes.len();
        asked.extend(outcome.map(|outcome| (epoch, verdict(outcome))));
    }
    let kept = exchange.blocking(move |device| -> crate::Result<Changes> {
        let (me, stamp) = (device.me()?, device.stamp());
        Ok(device.store.take_epoch_verdicts(&asked, me, &stamp)?)
    });
    Ok(Some(kept.await?))
}

/// Documents that began anew elsewhere, with who began them.
pub(crate) fn arriving(documents: &[SnapshotFrame], header: &ReplyHeader) -> Vec<ArrivingEpoch> {
    let by: HashMap<_, _> = header
        .erased
        .iter()
        .map(|erased| (erased.document, erased))
        .collect();
    documents
        .iter()
        .filter(|document| document.epoch > 0)
        .map(|document| {
            let by = by.get(&document.document);
            ArrivingEpoch {
                document: document.document.into(),
                epoch: document.epoch,
                bytes: document.bytes.clone(),
                began: Some(Began {
                    seq: document.last_seq,
                    member: by.and_then(|by| by.member).map(Into::into),
                    at: by.map_or(header.server_time_ms, |by| by.at_ms) / 1_000,
                }),
            }
        })
        .collect()
}
