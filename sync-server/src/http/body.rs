//! Bodies in and out.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use protocol::{MEDIA_TYPE, SUPPORTED_VERSIONS, media_version};

use super::failure::Failure;
use super::state::Doors;

/// A good trade of time for size on pages of small documents.
const ZSTD_LEVEL: i32 = 6;

/// Below this, compressing costs more than it saves.
const WORTH_COMPRESSING: usize = 512;

/// A framed request as it came. It is judged only when its frames are asked for: who asks comes first, and a device that was
/// put out hears that whatever it sends.
#[derive(Debug)]
pub(super) struct Framed {
    frames: Result<Bytes, Failure>,
    takes_zstd: bool,
}

impl FromRequest<Doors> for Framed {
    type Rejection = Infallible;

    async fn from_request(request: Request, doors: &Doors) -> Result<Self, Infallible> {
        let media = check_media(request.headers());
        let takes_zstd = takes_zstd(request.headers());
        let body = Bytes::from_request(request, doors).await;
        Ok(Self {
            frames: media.and_then(|()| whole(body)),
            takes_zstd,
        })
    }
}

impl Framed {
    /// The bytes of its frames, and whether the reply may be compressed.
    ///
    /// # Errors
    /// When they are of a kind or version that is not spoken here, over the limit, or broke off.
    pub(super) fn open(self) -> Result<(Bytes, bool), Failure> {
        Ok((self.frames?, self.takes_zstd))
    }
}

/// Only framed bodies, of a version we speak.
fn check_media(headers: &HeaderMap) -> Result<(), Failure> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let version = content_type.and_then(media_version).ok_or(Failure::Media)?;
    if SUPPORTED_VERSIONS.contains(&version) {
        Ok(())
    } else {
        Err(Failure::Version)
    }
}

/// The whole body, unless it was over the limit or broke off.
fn whole(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Failure> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooBig("the body is too long"),
        _ => Failure::Body("the body broke off or could not be decompressed".into()),
    })
}

/// A framed reply, ready to be sent.
#[derive(Debug)]
pub(super) struct Frames {
    bytes: Vec<u8>,
    compressed: bool,
}

impl Frames {
    /// Compresses the page as one piece, if the device takes that. Costly: for worker threads.
    pub(super) fn pack(bytes: Vec<u8>, takes_zstd: bool) -> Self {
        if takes_zstd
            && bytes.len() >= WORTH_COMPRESSING
            && let Ok(packed) = zstd::bulk::compress(&bytes, ZSTD_LEVEL)
        {
            return Self {
                bytes: packed,
                compressed: true,
            };
        }
        Self {
            bytes,
            compressed: false,
        }
    }

    pub(super) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.bytes));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.compressed {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("zstd"));
        }
        response
    }
}

/// Whether the device takes zstd.
pub(super) fn takes_zstd(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            coding
                .split(';')
                .next()
                .is_some_and(|name| name.trim().eq_ignore_ascii_case("zstd"))
        })
}
