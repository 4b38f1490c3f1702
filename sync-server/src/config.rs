//! Settings: a flag beats the environment, that beats the TOML file, that beats what is built in.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{ArgAction, Args};
use protocol::limits::LEASE_DAYS;
use serde::{Deserialize, Serialize};

use crate::http::Rates;

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
    /// Also speak TLS 1.2, for devices behind equipment that does not pass 1.3
    #[arg(long, global = true, env = "BUURTBOEK_TLS12", value_name = "true|false",
          num_args = 0..=1, default_missing_value = "true", require_equals = true, action = ArgAction::Set)]
    pub tls12: Option<bool>,
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
    /// Days without a word from the server after which a device locks itself
    #[arg(
        long,
        global = true,
        env = "BUURTBOEK_LEASE_DAYS",
        value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(1..=365)
    )]
    pub lease_days: Option<u32>,
    /// Requests a minute from one device; 0 is any number
    #[arg(
        long,
        global = true,
        env = "BUURTBOEK_DEVICE_RATE",
        value_name = "NUMBER"
    )]
    pub device_rate: Option<u32>,
    /// Requests a minute from one address, whatever they are; 0 is any number
    #[arg(
        long,
        global = true,
        env = "BUURTBOEK_ADDRESS_RATE",
        value_name = "NUMBER"
    )]
    pub address_rate: Option<u32>,
    /// Unknown invitations and tokens a minute from one address; 0 is any number
    #[arg(
        long,
        global = true,
        env = "BUURTBOEK_GUESS_RATE",
        value_name = "NUMBER"
    )]
    pub guess_rate: Option<u32>,
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
    /// Whether to speak TLS 1.2, too.
    pub tls12: bool,
    /// Whether a reverse proxy in front does TLS.
    pub behind_proxy: bool,
    /// Address at which devices reach this server.
    pub public_url: Option<String>,
    /// Oldest app version that is still welcome.
    pub minimum_app: String,
    /// Days without a word from the server after which a device locks itself.
    pub lease_days: u32,
    /// How often somebody may ask.
    pub rates: Rates,
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
    /// A lease outside 1 to 365 days.
    #[error("lease_days is between 1 and 365, not {0}")]
    Lease(u32),
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
            tls12: self.tls12.or(other.tls12),
            behind_proxy: self.behind_proxy.or(other.behind_proxy),
            public_url: self.public_url.or(other.public_url),
            minimum_app: self.minimum_app.or(other.minimum_app),
            lease_days: self.lease_days.or(other.lease_days),
            device_rate: self.device_rate.or(other.device_rate),
            address_rate: self.address_rate.or(other.address_rate),
            guess_rate: self.guess_rate.or(other.guess_rate),
            log: self.log.or(other.log),
            log_json: self.log_json.or(other.log_json),
        }
    }

    /// The settings, with the built-in values where nothing was said.
    ///
    /// # Errors
    /// When only one of the TLS files is given, or the lease is no number of days.
    pub fn complete(self) -> Result<Config, ConfigError> {
        let tls = match (self.tls_cert, self.tls_key) {
            (Some(cert), Some(key)) => Some(Tls { cert, key }),
            (None, None) => None,
            _ => return Err(ConfigError::HalfTls),
        };
        let lease_days = self.lease_days.unwrap_or(LEASE_DAYS);
        if !(1..=365).contains(&lease_days) {
            return Err(ConfigError::Lease(lease_days));
        }
        let usual = Rates::default();
        Ok(Config {
            data: self.data.unwrap_or_else(|| PathBuf::from("buurtboek-data")),
            listen: self
                .listen
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8470))),
            tls,
            tls12: self.tls12.unwrap_or(false),
            behind_proxy: self.behind_proxy.unwrap_or(false),
            public_url: self.public_url,
            minimum_app: self.minimum_app.unwrap_or_else(|| "0.1.0".to_owned()),
            lease_days,
            rates: Rates {
                device: self.device_rate.unwrap_or(usual.device),
                address: self.address_rate.unwrap_or(usual.address),
                guesses: self.guess_rate.unwrap_or(usual.guesses),
            },
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
