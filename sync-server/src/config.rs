//! Settings: a flag beats the environment, that beats the TOML file, that beats what is built in.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{ArgAction, Args};
use serde::{Deserialize, Serialize};

/// The example that `buurtboek-server config example` prints; it holds the built-in values.
pub const EXAMPLE: &str = include_str!("config.example.toml");

/// Settings as one source gives them; whatever is not given comes from the next source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Folder with everything the server keeps
    #[arg(long, global = true, env = "BUURTBOEK_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(
        long,
        global = true,
        env = "BUURTBOEK_LISTEN",
        value_name = "ADDRESS:PORT"
    )]
    pub listen: Option<SocketAddr>,
    /// Certificate chain for TLS, PEM
    #[arg(long, global = true, env = "BUURTBOEK_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// Private key for TLS, PEM
    #[arg(long, global = true, env = "BUURTBOEK_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// A reverse proxy in front does TLS: allow plain HTTP on any address
    #[arg(long, global = true, env = "BUURTBOEK_BEHIND_PROXY", value_name = "true|false",
          num_args = 0..=1, default_missing_value = "true", require_equals = true, action = ArgAction::Set)]
    pub behind_proxy: Option<bool>,
    /// Address at which devices reach this server; stands in invitations
    #[arg(long, global = true, env = "BUURTBOEK_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Oldest app version that is still welcome
    #[arg(
        long,
        global = true,
        env = "BUURTBOEK_MINIMUM_APP",
        value_name = "VERSION"
    )]
    pub minimum_app: Option<String>,
    /// What to log, such as info or `sync_server=debug`
    #[arg(long, global = true, env = "BUURTBOEK_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// Log as JSON, one object a line
    #[arg(long, global = true, env = "BUURTBOEK_LOG_JSON", value_name = "true|false",
          num_args = 0..=1, default_missing_value = "true", require_equals = true, action = ArgAction::Set)]
    pub log_json: Option<bool>,
}

/// Settings, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Config {
    /// Folder with everything the server keeps.
    pub data: PathBuf,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Certificate chain and private key, if this server does TLS itself.
    pub tls: Option<Tls>,
    /// Whether a reverse proxy in front does TLS.
    pub behind_proxy: bool,
    /// Address at which devices reach this server.
    pub public_url: Option<String>,
    /// Oldest app version that is still welcome.
    pub minimum_app: String,
    /// What to log.
    pub log: String,
    /// Whether to log as JSON.
    pub log_json: bool,
}

/// Files for TLS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tls {
    /// Certificate chain, PEM.
    pub cert: PathBuf,
    /// Private key, PEM.
    pub key: PathBuf,
}

/// Settings that cannot be right.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file {path} cannot be read: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML, or has keys nobody knows.
    #[error("the configuration file {path} is not right: {source}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// What and where.
        source: Box<toml::de::Error>,
    },
    /// One of the two TLS files without the other.
    #[error("TLS needs both a certificate (tls_cert) and a key (tls_key)")]
    HalfTls,
    /// Plain HTTP where others could listen in.
    #[error(
        "plain HTTP is only for this machine, and {0} is reachable from elsewhere: give tls_cert and tls_key, or say \
         behind_proxy when a reverse proxy does TLS"
    )]
    PlainHttp(SocketAddr),
}

impl Layer {
    /// Reads a TOML file.
    ///
    /// # Errors
    /// When it cannot be read or is not right.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        toml::from_str(&text).map_err(|source| ConfigError::Malformed {
            path: path.to_owned(),
            source: Box::new(source),
        })
    }

    /// What this layer says, and where it is silent what the other says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            data: self.data.or(other.data),
            listen: self.listen.or(other.listen),
            tls_cert: self.tls_cert.or(other.tls_cert),
            tls_key: self.tls_key.or(other.tls_key),
            behind_proxy: self.behind_proxy.or(other.behind_proxy),
            public_url: self.public_url.or(other.public_url),
            minimum_app: self.minimum_app.or(other.minimum_app),
            log: self.log.or(other.log),
            log_json: self.log_json.or(other.log_json),
        }
    }

    /// The settings, with the built-in values where nothing was said.
    ///
    /// # Errors
    /// When only one of the TLS files is given.
    pub fn complete(self) -> Result<Config, ConfigError> {
        let tls = match (self.tls_cert, self.tls_key) {
            (Some(cert), Some(key)) => Some(Tls { cert, key }),
            (None, None) => None,
            _ => return Err(ConfigError::HalfTls),
        };
        Ok(Config {
            data: self.data.unwrap_or_else(|| PathBuf::from("buurtboek-data")),
            listen: self
                .listen
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8470))),
            tls,
            behind_proxy: self.behind_proxy.unwrap_or(false),
            public_url: self.public_url,
            minimum_app: self.minimum_app.unwrap_or_else(|| "0.1.0".to_owned()),
            log: self.log.unwrap_or_else(|| "info".to_owned()),
            log_json: self.log_json.unwrap_or(false),
        })
    }
}

impl Config {
    /// Refuses plain HTTP where others could listen in.
    ///
    /// # Errors
    /// When the address is not this machine's own, and neither TLS nor a proxy is there.
    pub fn check_exposure(&self) -> Result<(), ConfigError> {
        let private = self.listen.ip().is_loopback() || self.tls.is_some() || self.behind_proxy;
        if private {
            Ok(())
        } else {
            Err(ConfigError::PlainHttp(self.listen))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_says_what_is_built_in() {
        let example: Layer = toml::from_str(EXAMPLE).unwrap();
        assert_eq!(
            example.complete().unwrap(),
            Layer::default().complete().unwrap()
        );
    }

    #[test]
    fn the_stronger_source_wins_key_by_key() {
        let strong = Layer {
            log: Some("debug".into()),
            behind_proxy: Some(false),
            ..Layer::default()
        };
        let weak: Layer =
            toml::from_str("log = \"warn\"\nbehind_proxy = true\nminimum_app = \"9\"").unwrap();
        let config = strong.or(weak).complete().unwrap();
        assert_eq!(
            (
                config.log.as_str(),
                config.behind_proxy,
                config.minimum_app.as_str()
            ),
            ("debug", false, "9")
        );
    }

    #[test]
    fn plain_http_is_refused_where_others_can_listen_in() {
        let config = |listen: &str| {
            Layer {
                listen: listen.parse().ok(),
                ..Layer::default()
            }
            .complete()
            .unwrap()
        };
        for private in ["127.0.0.1:0", "127.9.9.9:80", "[::1]:80"] {
            assert!(config(private).check_exposure().is_ok(), "{private}");
        }
        for open in ["0.0.0.0:80", "[::]:80", "192.168.1.4:80"] {
            assert!(
                matches!(
                    config(open).check_exposure(),
                    Err(ConfigError::PlainHttp(_))
                ),
                "{open}"
            );
            assert!(
                Config {
                    behind_proxy: true,
                    ..config(open)
                }
                .check_exposure()
                .is_ok(),
                "{open}"
            );
        }
    }

    #[test]
    fn a_typing_error_in_the_file_is_not_ignored() {
        assert!(toml::from_str::<Layer>("lissen = \"127.0.0.1:1\"").is_err());
        let half = Layer {
            tls_cert: Some("cert.pem".into()),
            ..Layer::default()
        };
        assert!(matches!(half.complete(), Err(ConfigError::HalfTls)));
    }
}
