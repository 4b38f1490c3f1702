//! For those who watch over the server.

use axum::extract::State;
use axum::http::StatusCode;

use super::failure::Failure;
use super::state::Doors;

/// The process is there.
#[utoipa::path(get, path = "/healthz", tag = "watching", responses((status = 200, body = String)))]
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// It can read and write.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "watching",
    responses((status = 200, body = String), (status = 503, body = String)),
)]
pub(super) async fn readyz(
    State(doors): State<Doors>,
) -> Result<&'static str, (StatusCode, &'static str)> {
    let not_ready = (StatusCode::SERVICE_UNAVAILABLE, "not ready\n");
    if *doors.stopping.borrow() {
        return Err(not_ready);
    }
    let checked = doors.work(|log, _| Ok::<_, Failure>(log.check()?)).await;
    checked.map(|()| "ready\n").map_err(|_| not_ready)
}
