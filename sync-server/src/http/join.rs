//! `GET /join`: where an invitation opened in a browser ends up. The secret, after `#`, is never sent here.

use axum::http::HeaderName;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::IntoResponse;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Where an invitation opened in a browser ends up.
#[utoipa::path(
    get,
    path = "/join",
    tag = "watching",
    responses((status = 200, body = String, content_type = "text/html")),
)]
pub(super) async fn page() -> impl IntoResponse {
    (
        headers("text/html; charset=utf-8"),
        include_str!("join.html"),
    )
}

/// Its script.
#[utoipa::path(
    get,
    path = "/join.js",
    tag = "watching",
    responses((status = 200, body = String, content_type = "text/javascript")),
)]
pub(super) async fn script() -> impl IntoResponse {
    (
        headers("text/javascript; charset=utf-8"),
        include_str!("join.js"),
    )
}

const fn headers(content_type: &'static str) -> [(HeaderName, &'static str); 4] {
    [
        (CONTENT_TYPE, content_type),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
}
