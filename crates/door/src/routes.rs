//! Calls, events, and the built screens.

use std::convert::Infallible;
use std::path::Path as FilePath;
use std::sync::Arc;

use app::api::{Event as Told, dispatch};
use app::{App, Error};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Json, Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use futures_util::Stream;
use futures_util::stream::StreamExt as _;
use serde_json::Value;
use tokio_stream::wrappers::BroadcastStream;
use tower_http::services::ServeDir;

use crate::guard::{Guard, check};

/// A file to import comes in one call, base64.
const LARGEST_CALL: usize = 64 * 1024 * 1024;

/// All routes; everything but the screens themselves asks for the token.
pub(crate) fn router(app: Arc<App>, ui: &FilePath, guard: Guard) -> Router {
    Router::new()
        .route("/ipc/{name}", post(call))
        .route("/events", get(events))
        .layer(DefaultBodyLimit::max(LARGEST_CALL))
        .layer(axum::middleware::from_fn_with_state(guard, check))
        .with_state(app)
        .fallback_service(ServeDir::new(ui))
}

async fn call(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Json(args): Json<Value>,
) -> impl IntoResponse {
    let done = tokio::task::spawn_blocking(move || dispatch(&app, &name, args)).await;
    match done {
        Ok(Ok(reply)) => (StatusCode::OK, Json(reply)).into_response(),
        Ok(Err(problem)) => (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response(),
        Err(_) => {
            let problem = Error::new(
                "crashed",
                "This went wrong inside the app. What was saved before is safe.",
            );
            (StatusCode::INTERNAL_SERVER_ERROR, Json(problem)).into_response()
        }
    }
}

async fn events(State(app): State<Arc<App>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = BroadcastStream::new(app.events()).map(|told| {
        // A browser that could not keep up re-reads everything.
        let told = told.unwrap_or_else(|_| Told::everything_changed());
        Ok(Event::default().json_data(told).unwrap_or_default())
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
