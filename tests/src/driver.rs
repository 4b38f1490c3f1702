//! A session with a WebDriver.

use std::net::{Ipv4Addr, TcpListener, TcpStream};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};

use crate::wait::until;
use crate::{Error, Result};

/// A port that is free now, for a driver that cannot choose one itself.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// Opens a session once the driver answers.
pub(crate) async fn session(port: u16, capabilities: Map<String, Value>) -> Result<Client> {
    until("the driver to listen", async || {
        Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok())
    })
    .await?;
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .map_err(|problem| Error::from(format!("no session with the driver: {problem}")))
}
