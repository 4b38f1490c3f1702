//! TLS by the real program.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{
    ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned,
    SupportedProtocolVersion,
};
use tempfile::TempDir;

use crate::program::{Served, team};

/// A certificate for `localhost`, written where the server finds it.
fn certificate(folder: &Path) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    made.cert.der().clone()
}

fn serve(folder: &Path, more: &[&str]) -> Served {
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let mut arguments = vec![
        "--tls-cert",
        cert.to_str().unwrap(),
        "--tls-key",
        key.to_str().unwrap(),
    ];
    arguments.extend(more);
    Served::with(folder, &arguments)
}

/// One request over TLS of this version: the version that was agreed on, and the answer.
fn ask(
    served: &Served,
    trusted: &CertificateDer<'static>,
    version: &'static SupportedProtocolVersion,
) -> std::io::Result<(ProtocolVersion, String)> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(served.address)?);
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok((stream.conn.protocol_version().unwrap(), answer))
}

#[test]
fn devices_are_served_over_tls_1_3_and_nothing_older() {
    let folder = TempDir::new().unwrap();
    team(folder.path());
    let trusted = certificate(folder.path());
    let served = serve(folder.path(), &[]);
    let (version, answer) = ask(&served, &trusted, &TLS13).unwrap();
    assert_eq!(version, ProtocolVersion::TLSv1_3);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let answer = answer.to_lowercase();
    for header in [
        "strict-transport-security: max-age=63072000",
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "x-frame-options: deny",
        "referrer-policy: no-referrer",
        "cache-control: no-store",
    ] {
        assert!(answer.contains(header), "{header} is not in {answer}");
    }
    assert!(ask(&served, &trusted, &TLS12).is_err(), "TLS 1.2 is off");
    let mut plain = TcpStream::connect(served.address).unwrap();
    plain
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    drop(plain.read_to_end(&mut answer));
    assert!(!answer.starts_with(b"HTTP/1.1 200"), "plain HTTP is not");
}

#[test]
fn tls_1_2_is_spoken_when_it_is_asked_for() {
    let folder = TempDir::new().unwrap();
    team(folder.path());
    let trusted = certificate(folder.path());
    let served = serve(folder.path(), &["--tls12"]);
    for (version, agreed) in [
        (&TLS12, ProtocolVersion::TLSv1_2),
        (&TLS13, ProtocolVersion::TLSv1_3),
    ] {
        assert_eq!(ask(&served, &trusted, version).unwrap().0, agreed);
    }
}
