//! The description of this API in OpenAPI 3.1, made from the same declarations as the router.

use axum::Json;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, OpenApi as Description};
use utoipa::{Modify, OpenApi};

#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Buurtboek sync server",
        description = "How devices talk to the server. The framed bodies of /v1/sync and /v1/snapshot are described in docs/protocol.md.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
        contact(),
    ),
    tags(
        (name = "sync", description = "Records: push, pull, whole documents, events"),
        (name = "devices", description = "Joining, and looking after devices"),
        (name = "members", description = "Spaces and roles"),
        (name = "audit", description = "Who did what to which record, when"),
        (name = "watching", description = "For those who watch over the server, and for browsers"),
    ),
    modifiers(&Token),
)]
pub(super) struct Api;

struct Token;

impl Modify for Token {
    fn modify(&self, description: &mut Description) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "The device's token, as it came with joining or in the last sync reply",
            ))
            .build();
        description
            .components
            .get_or_insert_with(Components::new)
            .add_security_scheme("device_token", SecurityScheme::Http(scheme));
    }
}

/// This description.
#[utoipa::path(
    get,
    path = "/v1/openapi.json",
    tag = "watching",
    responses((status = 200, content_type = "application/json")),
)]
pub(super) async fn openapi() -> Json<Description> {
    Json(super::description())
}
