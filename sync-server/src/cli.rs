//! The command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::admin::{self, AdminError};
use crate::config::{self, Config, ConfigError, Layer};
use crate::log::LogError;
use crate::serve::{self, ServeError};

/// Buurtboek's sync server and its administration.
#[derive(Debug, Parser)]
#[command(name = "buurtboek-server", version, about)]
pub struct Cli {
    /// TOML file with settings
    #[arg(long, global = true, env = "BUURTBOEK_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Settings from flags and environment.
    #[command(flatten)]
    pub layer: Layer,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve devices until SIGTERM or SIGINT
    Serve,
    /// Show settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Put a backup back, while the server does not run; devices offer again what they hold
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Print the description of the API in `OpenAPI` 3.1
    Openapi,
    /// Everything an administrator does, also while the server runs
    #[command(flatten)]
    Admin(admin::Command),
}

/// Show settings.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print an example file
    Example,
    /// Print the settings as they come out of flags, environment and file
    Show,
}

/// Everything that ends the program with an error.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Settings that cannot be right.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Serving failed.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// An administrator's command failed.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Output(#[from] std::io::Error),
    /// The answer could not be put into JSON.
    #[error("the answer could not be put into JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl CliError {
    /// 2: the settings or arguments are wrong; 1: anything else.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_)
            | Self::Serve(ServeError::Config(_) | ServeError::Filter(_) | ServeError::InUse)
            | Self::Admin(
                AdminError::Ambiguous(_)
                | AdminError::NotFound(_)
                | AdminError::NoAddress
                | AdminError::Log(
                    LogError::Denied(_)
                    | LogError::NoBackup(_)
                    | LogError::InUse
                    | LogError::Absent(_)
                    | LogError::NotUtf8(_),
                ),
            ) => ExitCode::from(2),
            Self::Serve(_) | Self::Admin(_) | Self::Output(_) | Self::Json(_) => ExitCode::FAILURE,
        }
    }
}

/// Does what the command line says.
///
/// # Errors
/// When it cannot be done.
pub fn run(cli: Cli, out: &mut impl Write) -> Result<(), CliError> {
    let file = cli
        .config
        .as_deref()
        .map(Layer::read)
        .transpose()?
        .unwrap_or_default();
    let config = cli.layer.or(file).complete()?;
    match cli.command {
        Command::Serve => Ok(serve::run(&config, out)?),
        Command::Restore { file } => Ok(admin::restore(&file, &config, cli.json, out)?),
        Command::Openapi => {
            serde_json::to_writer_pretty(&mut *out, &crate::http::description())?;
            Ok(writeln!(out)?)
        }
        Command::Config(ConfigCommand::Example) => Ok(out.write_all(config::EXAMPLE.as_bytes())?),
        Command::Config(ConfigCommand::Show) => show(&config, cli.json, out),
        Command::Admin(command) => Ok(admin::run(command, &config, cli.json, out)?),
    }
}

fn show(config: &Config, json: bool, out: &mut impl Write) -> Result<(), CliError> {
    if json {
        serde_json::to_writer(&mut *out, config)?;
        return Ok(writeln!(out)?);
    }
    let path = |path: &PathBuf| path.display().to_string();
    writeln!(out, "data         {}", path(&config.data))?;
    writeln!(out, "listen       {}", config.listen)?;
    writeln!(
        out,
        "tls_cert     {}",
        config
            .tls
            .as_ref()
            .map_or("-".into(), |tls| path(&tls.cert))
    )?;
    writeln!(
        out,
        "tls_key      {}",
        config.tls.as_ref().map_or("-".into(), |tls| path(&tls.key))
    )?;
    writeln!(out, "tls12        {}", config.tls12)?;
    writeln!(out, "behind_proxy {}", config.behind_proxy)?;
    writeln!(
        out,
        "public_url   {}",
        config.public_url.as_deref().unwrap_or("-")
    )?;
    writeln!(out, "minimum_app  {}", config.minimum_app)?;
    writeln!(out, "lease_days   {}", config.lease_days)?;
    writeln!(out, "device_rate  {}", config.rates.device)?;
    writeln!(out, "address_rate {}", config.rates.address)?;
    writeln!(out, "guess_rate   {}", config.rates.guesses)?;
    writeln!(out, "log          {}", config.log)?;
    Ok(writeln!(out, "log_json     {}", config.log_json)?)
}
