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

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use protocol::limits::MAX_REQUEST_BYTES;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::decompression::RequestDecompressionLayer;

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
        .layer(CatchPanicLayer::new())
        .with_state(doors)
}
