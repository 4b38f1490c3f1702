//! Who may come in: this machine, this page, this run.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::Deserialize;
use subtle::ConstantTimeEq as _;

/// What a request must know.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    pub(crate) token: String,
    pub(crate) port: u16,
}

/// The token, for an event source, which cannot send headers.
#[derive(Debug, Deserialize)]
pub(crate) struct InAddress {
    token: Option<String>,
}

/// Lets only calls of this run's page through. A page elsewhere that points its name at 127.0.0.1 fails on the Host
/// header, one that posts from elsewhere on the Origin, and both on the token.
pub(crate) async fn check(
    State(guard): State<Guard>,
    Query(address): Query<InAddress>,
    request: Request,
    next: Next,
) -> Result<Response, StatusCode> {
    let headers = request.headers();
    let token = text(headers, "x-buurtboek-token")
        .map(str::to_owned)
        .or(address.token);
    let known = token.is_some_and(|token| token.as_bytes().ct_eq(guard.token.as_bytes()).into());
    if known && guard.is_here(headers) {
        Ok(next.run(request).await)
    } else {
        Err(StatusCode::FORBIDDEN)
    }
}

impl Guard {
    fn is_here(&self, headers: &HeaderMap) -> bool {
        let here = [
            format!("127.0.0.1:{}", self.port),
            format!("localhost:{}", self.port),
        ];
        let host = text(headers, header::HOST.as_str()).unwrap_or_default();
        let origin = text(headers, header::ORIGIN.as_str());
        here.iter().any(|name| name == host)
            && origin
                .is_none_or(|origin| here.iter().any(|name| origin == format!("http://{name}")))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_page_from_elsewhere_is_not_let_in() {
        let guard = Guard {
            token: "t".to_owned(),
            port: 4000,
        };
        assert!(guard.is_here(&headers("127.0.0.1:4000", None)));
        assert!(guard.is_here(&headers("localhost:4000", Some("http://localhost:4000"))));
        assert!(!guard.is_here(&headers("evil.example:4000", None)));
        assert!(!guard.is_here(&headers("127.0.0.1:4000", Some("http://evil.example"))));
        assert!(!guard.is_here(&headers("127.0.0.1:4001", None)));
    }
}
