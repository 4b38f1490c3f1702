//! Erasures on the wire: what this device asks the server to erase, and what it hears was erased elsewhere.

use std::collections::HashMap;

use protocol::{EraseRequest, Outcome, ReplyHeader, Tombstone, TombstoneReason};
use store::{ArrivingErasure, Store, Verdict};
use sync::Portion;

use crate::exchanging::Exchange;
use crate::round_error::RoundError;
use crate::transport::{Traffic, TransportError};

/// The status of an address that a server does not have.
const NOT_FOUND: u16 = 404;

/// Erasures in one request.
const AT_ONCE: u32 = 200;

/// About what one takes, with its answer, in bytes.
const TOMBSTONE: usize = 100;

/// The next erasures of which the server does not know.
pub(crate) fn waiting(store: &Store, portion: Portion) -> store::Result<Vec<Tombstone>> {
    let waiting = store.waiting_erasures(AT_ONCE.min(portion.count(TOMBSTONE)))?;
    Ok(waiting
        .into_iter()
        .map(|erasure| Tombstone {
            space: erasure.space.0,
            seq: 0,
            document: erasure.document.0,
            reason: TombstoneReason::Erased,
        })
        .collect())
}

/// Asks the server to erase, and keeps what it says. False when the server is too old to erase: then it waits.
pub(crate) async fn carry(
    exchange: &Exchange,
    token: &str,
    request: EraseRequest,
    traffic: &mut Traffic,
) -> Result<bool, RoundError> {
    let body = exchange
        .transport
        .framed("/v1/erase", token, request.encode(), traffic)
        .await;
    let body = match body {
        Err(TransportError::NotOurs(NOT_FOUND)) => return Ok(false),
        body => body?,
    };
    let outcomes = sync::read_results(&body, request.tombstones.len())?;
    let verdicts: Vec<_> = request
        .tombstones
        .iter()
        .zip(outcomes)
        .map(|(tombstone, outcome)| {
            let (space, document) = (tombstone.space.into(), tombstone.document.into());
            (space, document, verdict(outcome))
        })
        .collect();
    exchange
        .blocking(move |device| device.store.take_erasure_verdicts(&verdicts))
        .await?;
    Ok(true)
}

pub(crate) fn verdict(outcome: Outcome) -> Verdict {
    match outcome {
        Outcome::Ok { seq } | Outcome::Duplicate { seq } => Verdict::Numbered(seq),
        Outcome::Refused(code) => Verdict::Refused(code.as_str().to_owned()),
    }
}

/// What was erased elsewhere, with who did it.
pub(crate) fn arriving(tombstones: &[Tombstone], header: &ReplyHeader) -> Vec<ArrivingErasure> {
    let by: HashMap<_, _> = header
        .erased
        .iter()
        .map(|erased| (erased.document, erased))
        .collect();
    tombstones
        .iter()
        .map(|tombstone| {
            let by = by.get(&tombstone.document);
            ArrivingErasure {
                document: tombstone.document.into(),
                seq: tombstone.seq,
                member: by.and_then(|by| by.member).map(Into::into),
                at: by.map_or(header.server_time_ms, |by| by.at_ms) / 1_000,
            }
        })
        .collect()
}
