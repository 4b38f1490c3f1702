//! A token is replaced, and whatever is lost on the way, the device is never locked out.

use protocol::*;
use uuid::Uuid;

use crate::harness::*;

/// What becomes of one exchange in which the server offers a new token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Everything arrives.
    Well,
    /// The request never reaches the server.
    RequestLost,
    /// The server answers, and the answer is lost or cut off: at whatever byte, it is not taken in.
    ReplyLost,
    /// The device gives up waiting; the server gets the request only after the next one.
    RequestLate,
    /// The answer is there, and the power fails before the new token is kept.
    CrashBeforeKept,
}

const FATES: [Fate; 5] = [
    Fate::Well,
    Fate::RequestLost,
    Fate::ReplyLost,
    Fate::RequestLate,
    Fate::CrashBeforeKept,
];

async fn exchange(server: &Server, space: Uuid, token: &str) -> Option<ReplyHeader> {
    let device = TestDevice {
        id: DeviceId([0; 8]),
        token: token.to_owned(),
        member: Uuid::nil(),
        cursor: 0,
        log_epoch: None,
    };
    let answer = device.ask(server, &device.request(space, vec![])).await;
    answer.ok().map(|synced| synced.header)
}

#[tokio::test]
async fn whatever_is_lost_while_a_token_is_replaced_the_device_gets_in() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    for first in FATES {
        for second in FATES {
            for third in FATES {
                for fourth in FATES {
                    let fates = [first, second, third, fourth];
                    let mut token = server.device(space, Role::Writer).await.token;
                    server.wait_ms(7 * DAY_MS);
                    survive(&server, space, &mut token, &fates).await;
                    let header = exchange(&server, space, &token).await;
                    assert!(header.is_some(), "locked out after {fates:?}");
                }
            }
        }
    }
}

/// Four exchanges; a late request arrives after the one that follows it.
async fn survive(server: &Server, space: Uuid, token: &mut String, fates: &[Fate]) {
    let mut late: Option<String> = None;
    for fate in fates {
        let shown = token.clone();
        match fate {
            Fate::RequestLost => {}
            Fate::RequestLate => {
                arrive(server, space, &mut late).await;
                late = Some(shown);
                continue;
            }
            Fate::Well | Fate::ReplyLost | Fate::CrashBeforeKept => {
                let header = exchange(server, space, &shown).await;
                let header = header.unwrap_or_else(|| panic!("locked out: {fates:?}"));
                if let (Fate::Well, Some(new)) = (fate, header.token) {
                    *token = new;
                }
            }
        }
        arrive(server, space, &mut late).await;
    }
    arrive(server, space, &mut late).await;
}

/// The late request; nobody waits for its answer any more.
async fn arrive(server: &Server, space: Uuid, late: &mut Option<String>) {
    if let Some(shown) = late.take() {
        drop(exchange(server, space, &shown).await);
    }
}

#[tokio::test]
async fn an_answer_cut_off_at_any_byte_gives_no_token() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    server.wait_ms(7 * DAY_MS);
    let body = device.request(space, vec![]).encode();
    let response = server.send(device.post("/v1/sync", MEDIA_TYPE, body)).await;
    let (_, _, reply) = take(response).await;
    for cut in 0..reply.len() {
        assert!(ReplyFrame::decode_all(&reply[..cut]).is_err(), "{cut}");
    }
    assert!(exchange(&server, space, &device.token).await.is_some());
}

#[tokio::test]
async fn a_late_question_to_join_does_not_undo_the_answer_that_arrived() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let secret = server.invite(space, Role::Writer, None);
    let request = enroll_request(&secret, next_device());
    let arrived = TestDevice::joined(server.ask_to_join(&request).await);
    let abandoned = TestDevice::joined(server.ask_to_join(&request).await);
    assert!(exchange(&server, space, &arrived.token).await.is_some());
    server.log.check().unwrap(); // "last seen" is written after the reply
    assert!(exchange(&server, space, &abandoned.token).await.is_none());
    assert!(exchange(&server, space, &arrived.token).await.is_some());
}

#[tokio::test]
async fn a_replaced_token_opens_nothing() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let old = server.device(space, Role::Writer).await.token;
    server.wait_ms(7 * DAY_MS);
    let mut offered = Vec::new();
    for _ in 0..20 {
        let header = exchange(&server, space, &old).await.unwrap();
        offered.push(header.token.unwrap());
    }
    let new = offered.pop().unwrap();
    assert!(exchange(&server, space, &new).await.is_some());
    offered.push(old);
    for dead in offered {
        assert!(exchange(&server, space, &dead).await.is_none());
    }
}
