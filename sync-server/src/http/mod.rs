//! The doors: thin handlers that unpack, ask the [`Log`](crate::log::Log) and pack.

mod body;
mod enroll;
mod events;
mod failure;
mod health;
mod join;
mod snapshot;
mod state;
mod sync;
mod token;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use protocol::limits::MAX_REQUEST_BYTES;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// A sender that is silent this long in the middle of a body has lost its connection.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

pub use state::{Doors, Stopper};

/// Every route.
pub fn router(doors: Doors) -> Router {
    Router::new()
        .route("/v1/sync", post(sync::sync))
        .route("/v1/snapshot", post(snapshot::snapshot))
        .route("/v1/enroll", post(enroll::enroll))
        .route("/v1/wiped", post(enroll::wiped))
        .route("/v1/events", get(events::events))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/join", get(join::page))
        .route("/join.js", get(join::script))
        // The limit counts bytes after decompression: a bomb stops there.
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES))
        .layer(RequestDecompressionLayer::new())
        .layer(RequestBodyTimeoutLayer::new(BODY_PATIENCE))
        .layer(CatchPanicLayer::new())
        .with_state(doors)
}
