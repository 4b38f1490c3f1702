//! The real program, started as a child.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use protocol::*;
use uuid::Uuid;

use crate::harness::{TestDevice, enroll_request, next_device};

pub(crate) fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_buurtboek-server"));
    command
        .arg("--data")
        .arg(data)
        .env("BUURTBOEK_LOG", "warn")
        .env("BUURTBOEK_DEVICE_RATE", "0")
        .env("BUURTBOEK_ADDRESS_RATE", "0");
    command
}

pub(crate) fn run(data: &Path, arguments: &[&str]) -> Output {
    program(data).args(arguments).output().unwrap()
}

pub(crate) fn json(data: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = program(data)
        .arg("--json")
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(crate) struct Served {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
}

impl Served {
    pub(crate) fn start(data: &Path) -> Self {
        Self::with(data, &[])
    }

    /// With more settings.
    pub(crate) fn with(data: &Path, settings: &[&str]) -> Self {
        Self::spawn(program(data).args(settings).stderr(Stdio::null()))
    }

    /// With everything it can say in this file.
    pub(crate) fn logging(data: &Path, file: File) -> Self {
        Self::spawn(program(data).env("BUURTBOEK_LOG", "trace").stderr(file))
    }

    fn spawn(command: &mut Command) -> Self {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let (_, address) = line
            .trim()
            .split_once("://")
            .expect("the line with the address");
        Self {
            child,
            address: address.parse().unwrap(),
        }
    }

    /// One request on one connection; `None` when the server went away in the middle.
    pub(crate) fn send(&self, head: &str, body: &[u8]) -> Option<(u16, Vec<u8>)> {
        send_to(self.address, head, body)
    }

    pub(crate) fn sync(
        &self,
        device: &TestDevice,
        request: &SyncRequest,
    ) -> Option<Vec<ReplyFrame>> {
        let token = &device.token;
        let head = format!(
            "POST /v1/sync HTTP/1.1\r\nauthorization: Bearer {token}\r\ncontent-type: {MEDIA_TYPE}"
        );
        let (status, body) = self.send(&head, &request.encode())?;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        ReplyFrame::decode_all(&body).ok()
    }

    pub(crate) fn enroll(&self, data: &Path, space: &str) -> TestDevice {
        self.enroll_as(data, space, "writer")
    }

    pub(crate) fn enroll_as(&self, data: &Path, space: &str, role: &str) -> TestDevice {
        let server = format!("http://{}", self.address);
        let answer = json(
            data,
            &[
                "invite", "--space", space, "--role", role, "--server", &server,
            ],
        );
        let invitation = Invitation::parse(answer["invitation"].as_str().unwrap()).unwrap();
        assert_eq!(invitation.server(), server);
        let request =
            serde_json::to_vec(&enroll_request(invitation.secret(), next_device())).unwrap();
        let head = "POST /v1/enroll HTTP/1.1\r\ncontent-type: application/json";
        let (status, body) = self.send(head, &request).unwrap();
        assert_eq!(status, 200);
        let reply: EnrollReply = serde_json::from_slice(&body).unwrap();
        TestDevice {
            id: reply.device,
            token: reply.token,
            member: reply.member.id,
            cursor: 0,
            log_epoch: None,
        }
    }

    /// Sends SIGTERM and waits for the end.
    pub(crate) fn terminate(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        let deadline = Instant::now() + Duration::from_secs(15);
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("still running after fifteen seconds");
    }
}

/// One request on one connection; `None` when nobody answered, or went away in the middle.
pub(crate) fn send_to(address: SocketAddr, head: &str, body: &[u8]) -> Option<(u16, Vec<u8>)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .ok()?;
    let length = body.len();
    let head =
        format!("{head}\r\nhost: test\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).ok()?;
    let end = reply.windows(4).position(|window| window == b"\r\n\r\n")?;
    let status = std::str::from_utf8(reply.get(9..12)?).ok()?.parse().ok()?;
    Some((status, reply.split_off(end + 4)))
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) fn team(data: &Path) -> Uuid {
    json(data, &["space", "add", "Buurtteam", "--kind", "team"])["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap()
}
