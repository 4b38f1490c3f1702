//! The doors: thin handlers that unpack, ask the [`Log`](crate::log::Log) and pack.

mod audit;
mod body;
mod caller;
mod cleaning;
mod devices;
mod enroll;
mod erase;
mod events;
mod failure;
mod guard;
mod health;
mod invitations;
mod join;
mod json;
mod members;
mod openapi;
mod rates;
mod reading;
mod snapshot;
mod state;
mod streams;
mod sync;
mod turns;
mod version;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use protocol::limits::MAX_REQUEST_BYTES;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::log::Denied;
use failure::Failure;
pub use rates::Rates;
pub use state::{Doors, Stopper};

/// A sender that is silent this long in the middle of a body has lost its connection.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// Most bytes of the JSON that one joins with, and of the other JSON; a batch of the audit has 500 lines of 200 bytes.
const JOINING_BYTES: usize = 8 * 1024;
const JSON_BYTES: usize = 64 * 1024;
const AUDIT_BYTES: usize = 256 * 1024;

/// Every route. What is not declared here is not served, and what is declared is described. The limits count bytes after
/// decompression: a bomb stops there.
fn routes() -> OpenApiRouter<Doors> {
    let at_most = DefaultBodyLimit::max;
    OpenApiRouter::with_openapi(openapi::Api::openapi())
        .merge(documents().layer(at_most(MAX_REQUEST_BYTES)))
        .merge(others().layer(at_most(JSON_BYTES)))
        .merge(joining().layer(at_most(JOINING_BYTES)))
        .merge(audit().layer(at_most(AUDIT_BYTES)))
}

fn documents() -> OpenApiRouter<Doors> {
    OpenApiRouter::new()
        .routes(routes!(sync::sync))
        .routes(routes!(erase::erase))
        .routes(routes!(erase::redact))
}

fn joining() -> OpenApiRouter<Doors> {
    OpenApiRouter::new().routes(routes!(enroll::enroll))
}

fn audit() -> OpenApiRouter<Doors> {
    OpenApiRouter::new().routes(routes!(audit::add, audit::read))
}

fn others() -> OpenApiRouter<Doors> {
    OpenApiRouter::new()
        .routes(routes!(snapshot::snapshot))
        .routes(routes!(erase::erasures))
        .routes(routes!(events::events))
        .routes(routes!(enroll::wiped))
        .routes(routes!(devices::list))
        .routes(routes!(devices::rename))
        .routes(routes!(devices::revoke))
        .routes(routes!(invitations::make, invitations::list))
        .routes(routes!(invitations::withdraw))
        .routes(routes!(invitations::waiting))
        .routes(routes!(invitations::confirm))
        .routes(routes!(invitations::refuse))
        .routes(routes!(members::personal))
        .routes(routes!(members::list))
        .routes(routes!(members::put, members::remove))
        .routes(routes!(openapi::openapi))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(join::page))
        .routes(routes!(join::script))
}

/// What devices can ask, in OpenAPI 3.1.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    routes().into_openapi()
}

/// The service.
pub fn router(doors: Doors) -> Router {
    let (router, _) = routes().split_for_parts();
    router
        .fallback(async || Failure::Denied(Denied::NotFound))
        .method_not_allowed_fallback(async || Failure::Method)
        .layer(RequestDecompressionLayer::new())
        .layer(RequestBodyTimeoutLayer::new(BODY_PATIENCE))
        .layer(from_fn_with_state(doors.clone(), reading::in_turn))
        .layer(from_fn_with_state(doors.clone(), caller::limit_addresses))
        .layer(axum::middleware::from_fn(guard::add_headers))
        .layer(CatchPanicLayer::new())
        .with_state(doors)
}
