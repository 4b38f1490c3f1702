//! Who asks: from which address, and with which token. The token is hashed as soon as it is read.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::failure::Failure;
use super::rates::network;
use super::state::Doors;
use crate::log::{Device, Log, LogError};
use crate::secret::{self, SecretHash};

/// The address and the token of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller {
    address: IpAddr,
    token: Option<SecretHash>,
}

impl FromRequestParts<Doors> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, doors: &Doors) -> Result<Self, Infallible> {
        Ok(Self::of(parts, doors))
    }
}

/// Turns an address away that asks too much, whatever it asks.
pub(super) async fn limit_addresses(
    State(doors): State<Doors>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let address = address(&parts, &doors);
    match doors.meters.address.take(address, doors.clock.now_ms()) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(wait) => Failure::TooMany(wait).into_response(),
    }
}

impl Caller {
    pub(super) fn of(parts: &Parts, doors: &Doors) -> Self {
        Self {
            address: address(parts, doors),
            token: token(&parts.headers),
        }
    }

    pub(super) const fn token(&self) -> Option<SecretHash> {
        self.token
    }

    pub(super) const fn address(&self) -> IpAddr {
        self.address
    }
}

impl Doors {
    /// Runs work for the device that asks, on a worker thread, if it may be served: its token is known, it was not put
    /// out, and it does not ask too much.
    pub(super) async fn serve<T: Send + 'static>(
        &self,
        caller: Caller,
        work: impl FnOnce(&Log, &Device, i64) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let doors = self.clone();
        let turn = match caller.token {
            Some(token) => Some(self.turns.take(token).await?),
            None => None,
        };
        self.work(move |log, now_ms| {
            let _turn = turn;
            let device = doors.known(caller, log, now_ms)?;
            if device.revoked {
                return Err(Failure::Revoked);
            }
            let taken = doors.meters.device.take(device.id, now_ms);
            taken.map_err(Failure::TooMany)?;
            log.note_seen(&device, now_ms)?;
            work(log, &device, now_ms)
        })
        .await
    }

    /// The device that asks, revoked or not. Who shows unknown tokens again and again has to wait.
    pub(super) fn known(&self, caller: Caller, log: &Log, now_ms: i64) -> Result<Device, Failure> {
        self.by(Log::device_of_token, caller, log, now_ms)
    }

    /// The device that says it is no more: it shows its token, or what it kept of it for this alone.
    pub(super) fn ended(&self, caller: Caller, log: &Log, now_ms: i64) -> Result<Device, Failure> {
        self.by(Log::device_that_ended, caller, log, now_ms)
    }

    /// What a wrong token or invitation is answered: that it is wrong, or, after many from one address, to wait.
    pub(super) fn guessed(&self, address: IpAddr, now_ms: i64, wrong: Failure) -> Failure {
        match self.meters.guesses.take(address, now_ms) {
            Ok(()) => wrong,
            Err(wait) => Failure::TooMany(wait),
        }
    }

    fn by(
        &self,
        find: impl FnOnce(&Log, &SecretHash) -> Result<Option<Device>, LogError>,
        caller: Caller,
        log: &Log,
        now_ms: i64,
    ) -> Result<Device, Failure> {
        let token = caller.token.ok_or(Failure::Unauthorized)?;
        // Whoever shows a right one is let in, however many wrong ones come from the same address: an office has one
        // address, and a token cannot be guessed.
        find(log, &token)?
            .ok_or_else(|| self.guessed(caller.address, now_ms, Failure::Unauthorized))
    }
}

fn token(headers: &HeaderMap) -> Option<SecretHash> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| secret::hash(token.trim()))
}

/// Where the request comes from: the other end of the connection, or what our own proxy says it was.
fn address(parts: &Parts, doors: &Doors) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    let told = doors
        .behind_proxy
        .then(|| forwarded_for(&parts.headers))
        .flatten();
    network(told.unwrap_or(peer))
}

/// The last address of `X-Forwarded-For` is the one that the proxy in front of us added; what stands before it anybody
/// can have written.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let value = headers.get_all("x-forwarded-for").iter().next_back()?;
    value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}
