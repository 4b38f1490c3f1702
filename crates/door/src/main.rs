//! The browser door: the same screens and the same `app`, over loopback HTTP instead of a window. For tests, and for a
//! machine without a window. Loopback only, a random token per run, Host and Origin checked, off unless started.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::{App, Error, System};
use clap::Parser;
use tokio::net::TcpListener;

mod guard;
mod routes;

/// Serves the screens of Buurtboek to a browser on this machine.
#[derive(Debug, Parser)]
struct Arguments {
    /// The data folder.
    #[arg(long)]
    data: Option<PathBuf>,
    /// The folder with the built screens.
    #[arg(long, default_value = "ui/dist")]
    ui: PathBuf,
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// An invitation, as if a link had opened the app.
    #[arg(long)]
    invitation: Option<String>,
}

const _: () = assert!(!mistake::POSSIBLE, "a program makes no mistakes on purpose");

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            say(&mut std::io::stderr(), &problem.message);
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> app::Result<()> {
    let folder = arguments.data.unwrap_or_else(app::default_folder);
    let app = Arc::new(App::new(&folder, Arc::new(System))?);
    app::write_down_crashes(&folder, "buurtboek-door", |what| {
        say(&mut std::io::stderr(), what);
    });
    if let Some(invitation) = arguments.invitation {
        app.open_invitation(invitation);
    }
    let listener = TcpListener::bind(("127.0.0.1", arguments.port))
        .await
        .map_err(unusable)?;
    let address = listener.local_addr().map_err(unusable)?;
    let mut token = [0_u8; 16];
    getrandom::fill(&mut token).map_err(|problem| {
        Error::new("system", "The system gives no random numbers.").because(problem)
    })?;
    let token = hex::encode(token);
    say(
        &mut std::io::stdout(),
        &format!("open http://{address}/#token={token}"),
    );
    tokio::spawn(app::watch(app.clone()));
    let router = routes::router(
        app,
        &arguments.ui,
        guard::Guard {
            token,
            port: address.port(),
        },
    );
    axum::serve(listener, router).await.map_err(unusable)
}

fn unusable(problem: std::io::Error) -> Error {
    Error::new(
        "port_unusable",
        "The port cannot be used. Choose another with --port.",
    )
    .because(problem)
}

/// A line for whoever started the program; a closed pipe is their choice.
fn say(out: &mut dyn std::io::Write, line: &str) {
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .unwrap_or_default();
}
