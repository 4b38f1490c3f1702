//! Listening, TLS, and stopping without losing anybody's request.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder as HttpBuilder;
use rustls::SupportedProtocolVersion;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use tracing_subscriber::EnvFilter;

use crate::clock::Clock;
use crate::config::{Config, ConfigError, Tls};
use crate::http::{Doors, Stopper, router};
use crate::log::{Lock, Log, LogError};

/// How long open requests may take after a signal.
const GRACE: Duration = Duration::from_secs(10);

/// How often chores are done.
const CHORES: Duration = Duration::from_secs(600);

/// How long a connection may take over the head of a request.
const HEADER_PATIENCE: Duration = Duration::from_secs(15);

/// Most bytes of the head of a request, and of what is read ahead.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Most header lines; an app sends fewer than ten, a proxy adds some.
const MAX_HEADERS: usize = 64;

/// Bytes that HTTP/2 may send ahead of what is read, in one request and in all of a connection: they wait in memory.
const STREAM_WINDOW: u32 = 64 * 1024;
const CONNECTION_WINDOW: u32 = 256 * 1024;

/// Requests worked on at the same time: admission and SQLite gain nothing from more, and memory is bounded by it.
const WORKERS: usize = 4;

const ONLY_TLS13: &[&SupportedProtocolVersion] = &[&TLS13];
const ALSO_TLS12: &[&SupportedProtocolVersion] = &[&TLS13, &TLS12];

/// Why serving failed.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Settings that cannot be right.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The log cannot be opened.
    #[error("the data folder cannot be opened")]
    Log(#[from] LogError),
    /// Another program serves this folder.
    #[error("another server is running on this data folder")]
    InUse,
    /// The address cannot be listened on.
    #[error("cannot listen on {0}")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// Certificate or key are not right.
    #[error("the TLS certificate or key cannot be used: {0}")]
    Tls(String),
    /// The log filter is not right.
    #[error("the log filter is not right: {0}")]
    Filter(String),
    /// The operating system refused something.
    #[error("the server stopped")]
    Io(#[from] std::io::Error),
}

/// Serves until SIGTERM or SIGINT.
///
/// Prints one line, `listening on http://ADDRESS:PORT`, once requests are answered.
///
/// # Errors
/// When it cannot start, or the listener fails.
pub fn run(config: &Config, out: &mut impl Write) -> Result<(), ServeError> {
    config.check_exposure()?;
    start_logging(config)?;
    // Before the file is opened: nobody may be putting a backup in its place meanwhile.
    let _held = Lock::take(&config.data)?.ok_or(ServeError::InUse)?;
    let log = Arc::new(Log::open(&config.data, WORKERS)?);
    let listener = listen(config.listen)?;
    let address = listener.local_addr()?;
    let tls = config
        .tls
        .as_ref()
        .map(|tls| tls_config(tls, config.tls12))
        .transpose()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(WORKERS + 4)
        .enable_all()
        .build()?;
    let (doors, stopper) = Doors::new(
        Arc::clone(&log),
        Clock::system(),
        &config.minimum_app,
        WORKERS,
    );
    let doors = doors
        .with_rates(config.rates)
        .with_lease_days(config.lease_days)
        .with_proxy(config.behind_proxy);
    if let Some(replaced) = log.replaced() {
        let file = replaced.display();
        tracing::warn!(%file, "what a backup replaced is still kept: it goes at the next erasure, or after a week");
    }
    let served = runtime.block_on(async {
        tokio::spawn(do_chores(Arc::clone(&log)));
        writeln!(out, "listening on {scheme}://{address}")?;
        out.flush()?;
        tracing::info!(%address, scheme, "listening");
        serve(listener, tls, doors, stopper).await
    });
    runtime.shutdown_timeout(GRACE);
    log.close();
    tracing::info!("stopped");
    Ok(served?)
}

/// Does what is to be done now and then, for as long as the server runs.
async fn do_chores(log: Arc<Log>) {
    let mut due = tokio::time::interval(CHORES);
    loop {
        due.tick().await;
        let (log, now_ms) = (Arc::clone(&log), Clock::system().now_ms());
        if let Err(error) = tokio::task::spawn_blocking(move || log.do_chores(now_ms)).await {
            tracing::error!(%error, "the chores broke off");
        }
    }
}

async fn serve(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    doors: Doors,
    stopper: Stopper,
) -> std::io::Result<()> {
    let handle = Handle::new();
    tokio::spawn(stop_on_signal(handle.clone(), stopper));
    let service = router(doors).into_make_service_with_connect_info::<SocketAddr>();
    match tls {
        Some(tls) => {
            let mut server = axum_server::from_tcp_rustls(listener, tls)?.handle(handle);
            limit(server.http_builder());
            server.serve(service).await
        }
        None => {
            let mut server = axum_server::from_tcp(listener)?.handle(handle);
            limit(server.http_builder());
            server.serve(service).await
        }
    }
}

/// What one connection may ask for before a request is even read.
fn limit(http: &mut HttpBuilder<TokioExecutor>) {
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_PATIENCE)
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS);
    http.http2()
        .timer(TokioTimer::new())
        .max_header_list_size(16 * 1024)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_concurrent_streams(16);
}

async fn stop_on_signal(handle: Handle<SocketAddr>, stopper: Stopper) {
    if let Err(error) = signal_arrives().await {
        tracing::error!(%error, "cannot listen for signals: only SIGKILL will stop the server");
        return std::future::pending().await;
    }
    tracing::info!("stopping: finishing open requests");
    stopper.stop();
    handle.graceful_shutdown(Some(GRACE));
}

#[cfg(unix)]
async fn signal_arrives() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn signal_arrives() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let listener =
        TcpListener::bind(address).map_err(|error| ServeError::Listen(address, error))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn tls_config(tls: &Tls, tls12: bool) -> Result<RustlsConfig, ServeError> {
    let wrong = |path: &Path, error: &dyn std::fmt::Display| {
        ServeError::Tls(format!("{}: {error}", path.display()))
    };
    let chain =
        CertificateDer::pem_file_iter(&tls.cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| wrong(&tls.cert, &error))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|error| wrong(&tls.key, &error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut server = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(if tls12 { ALSO_TLS12 } else { ONLY_TLS13 })
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| wrong(&tls.cert, &error))?;
    server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(server)))
}

/// Logs go to standard error; a second call (in tests) changes nothing.
fn start_logging(config: &Config) -> Result<(), ServeError> {
    let filter =
        EnvFilter::try_new(&config.log).map_err(|error| ServeError::Filter(error.to_string()))?;
    let logger = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false);
    let started = if config.log_json {
        logger.json().try_init()
    } else {
        logger.try_init()
    };
    if started.is_err() {
        tracing::debug!("logging had been started already");
    }
    Ok(())
}
