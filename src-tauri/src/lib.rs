//! The shell around the screens: it unpacks a call, hands it to `app`, and passes on what `app` tells. No rules.

mod arguments;
mod links;

use std::process::ExitCode;
use std::sync::Arc;

use app::api::{Event, dispatch};
use app::{App, Error};
use serde_json::Value;
use tauri::{AppHandle, Emitter as _, State};
use tokio::sync::broadcast::error::RecvError;

use crate::arguments::Arguments;

/// Under this name every event of the app reaches the screens.
const EVENT: &str = "buurtboek";

const _: () = assert!(!mistake::POSSIBLE, "a program makes no mistakes on purpose");

/// Opens the window. Arguments: `--data DIR` for another data folder, and an invitation when a link opened the app.
pub fn run() -> ExitCode {
    let arguments = Arguments::read(
        std::env::args_os()
            .skip(1)
            .filter_map(|word| word.into_string().ok()),
    );
    // On a folder that was named it runs beside the person's own book, to which the links of this account belong.
    let own = arguments.data.is_none() && std::env::var_os(app::FOLDER_VARIABLE).is_none();
    let folder = arguments.data.unwrap_or_else(app::default_folder);
    let app = match App::new(&folder, Arc::new(app::System)) {
        Ok(app) => Arc::new(app),
        Err(problem) => return fail(&problem.message),
    };
    app::write_down_crashes(&folder, "buurtboek-app", tell);
    if let Some(invitation) = arguments.invitation {
        app.open_invitation(invitation);
    }
    let mut builder = tauri::Builder::default();
    if own {
        builder = links::belong_to(builder, &app);
    }
    let started = builder
        .plugin(tauri_plugin_opener::init())
        .manage(app.clone())
        .invoke_handler(tauri::generate_handler![call])
        .setup(move |window| {
            let handle = window.handle().clone();
            tauri::async_runtime::spawn(app::watch(app.clone()));
            tauri::async_runtime::spawn(pass_on(app, handle));
            Ok(())
        })
        .run(tauri::generate_context!());
    match started {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&problem.to_string()),
    }
}

/// The way in on a phone.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
fn run_mobile() {
    run();
}

/// Carries out a command of the app, away from the window's thread.
#[tauri::command]
async fn call(app: State<'_, Arc<App>>, name: String, args: Value) -> Result<Value, Error> {
    let app = Arc::clone(&app);
    tauri::async_runtime::spawn_blocking(move || dispatch(&app, &name, args))
        .await
        .map_err(|problem| {
            Error::new(
                "crashed",
                "This went wrong inside the app. What was saved before is safe.",
            )
            .because(problem)
        })?
}

/// Passes on what the app tells. A window that could not keep up re-reads everything.
async fn pass_on(app: Arc<App>, handle: AppHandle) {
    let mut events = app.events();
    loop {
        let event = match events.recv().await {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => Event::everything_changed(),
            Err(RecvError::Closed) => return,
        };
        if let Err(problem) = handle.emit(EVENT, event) {
            // The next one may arrive.
            tracing::warn!(%problem, "an event did not reach the window");
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "without a window the terminal is the only place to say why"
)]
fn tell(message: &str) {
    eprintln!("{message}");
}

fn fail(message: &str) -> ExitCode {
    tell(&format!("Buurtboek cannot start: {message}"));
    ExitCode::FAILURE
}
