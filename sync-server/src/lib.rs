//! `buurtboek-server`: keeps the log of every space, merges documents without understanding them, and tells devices
//! what is new.
//!
//! - [`config`]: flags, environment, one TOML file;
//! - [`log`]: what is stored, and the only code that knows SQL;
//! - [`http`]: the router and its handlers, thin;
//! - [`serve`]: listening, TLS, stopping gracefully;
//! - [`admin`]: the commands of an administrator, on the same data folder, also while it is being served.

pub mod admin;
pub mod cli;
pub mod clock;
pub mod config;
pub mod http;
pub mod log;
pub mod secret;
pub mod serve;
