//! What crossed the wire then, asked again of the server of today and told again to the client of today.

use protocol::{ReplyFrame, SyncRequest};
use releases::{Copy, Crossing, Host, Played, app_over, ask_around, shown};
use serde_json::Value;

use crate::books::{each, unlock};

const FRAMED: [&str; 4] = ["/v1/sync", "/v1/snapshot", "/v1/erase", "/v1/redact"];

#[test]
fn the_server_of_today_answers_every_client_that_was_released() {
    each(|copy| {
        let host = Host::open(&copy.server(), copy.about.at).unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        for then in &copy.crossed {
            let now = runtime.block_on(then.ask_again(&host.router)).unwrap();
            let what = format!("{} {} of {}", then.method, then.path, then.who);
            assert_eq!(now.status, then.status, "{what}");
            if FRAMED.contains(&then.path.as_str()) {
                assert_eq!(frames(&now), frames(then), "{what}");
            } else {
                let (then, now) = (json(then), json(&now));
                assert_eq!(lacking(&then, &now, ""), Vec::<String>::new(), "{what}");
            }
        }
    });
}

#[test]
fn the_client_of_today_reads_the_answers_of_every_server_that_was_released() {
    each(|copy| {
        let played = Played::of("Wies", &copy.crossed);
        let app = app_over(&copy.newcomer(), &copy.about, played).unwrap();
        unlock(&app);
        app.sync_round().unwrap();
        assert_eq!(
            copy.first.missing_in(&shown(&app).unwrap()),
            Vec::<String>::new()
        );

        let played = Played::of("Noor", &copy.crossed);
        let app = app_over(&copy.device(), &copy.about, played.clone()).unwrap();
        unlock(&app);
        ask_around(&app).unwrap();
        assert_eq!(app.verify().unwrap().problems, Vec::<String>::new());
        assert_eq!(
            copy.after.missing_in(&shown(&app).unwrap()),
            Vec::<String>::new()
        );
        assert_eq!(played.left(), [], "everything that was said was asked for");
        assert_eq!(
            pushed(&played),
            pushed_then(copy),
            "the same edits, byte for byte"
        );
    });
}

/// The changes of sync requests.
fn changes(bodies: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let requests = bodies.iter().map(|body| SyncRequest::decode(body).unwrap());
    requests
        .flat_map(|request| request.changes)
        .map(|change| change.bytes)
        .collect()
}

fn pushed(played: &Played) -> Vec<Vec<u8>> {
    changes(&played.asked_at("/v1/sync").unwrap())
}

fn pushed_then(copy: &Copy) -> Vec<Vec<u8>> {
    let mine = copy.crossed.iter();
    let mine = mine.filter(|crossing| crossing.who == "Noor" && crossing.path == "/v1/sync");
    let asked: Vec<_> = mine.map(|crossing| crossing.asked().unwrap()).collect();
    let pushed = changes(&asked);
    assert!(pushed.len() > 10, "a client with plenty to send");
    pushed
}

/// The frames of an answer, but for what a newer server may say otherwise: its header, and how it writes a whole document.
fn frames(crossing: &Crossing) -> Vec<ReplyFrame> {
    let frames = ReplyFrame::decode_all(&crossing.answered().unwrap()).unwrap();
    assert!(matches!(frames[0], ReplyFrame::Header(_)));
    frames
        .into_iter()
        .skip(1)
        .map(|mut frame| {
            if let ReplyFrame::Snapshot(snapshot) = &mut frame {
                snapshot.bytes.clear();
            }
            frame
        })
        .collect()
}

fn json(crossing: &Crossing) -> Value {
    let body = crossing.answered().unwrap();
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(&body).unwrap()
}

/// What an old client would miss in an answer of today: a newer server may say more, never less or otherwise.
fn lacking(then: &Value, now: &Value, path: &str) -> Vec<String> {
    match (then, now) {
        (Value::Object(then), Value::Object(now)) => then
            .iter()
            .flat_map(|(name, value)| match now.get(name) {
                Some(now) => lacking(value, now, &format!("{path}/{name}")),
                None => vec![format!("{path}/{name} is gone")],
            })
            .collect(),
        (Value::Array(then), Value::Array(now)) if then.len() == now.len() => {
            let pairs = then.iter().zip(now).enumerate();
            pairs
                .flat_map(|(at, (then, now))| lacking(then, now, &format!("{path}/{at}")))
                .collect()
        }
        // A secret, and the id that a server gives to somebody new, are other ones each time.
        (Value::String(_), Value::String(_)) if path == "/token" || path == "/member/id" => {
            Vec::new()
        }
        (then, now) if then == now => Vec::new(),
        (then, now) => vec![format!("{path} was {then}, is {now}")],
    }
}
