//! Bodies, frames, headers and invitations of any bytes: an answer or an error, never a panic, and what was understood is
//! understood again.

use std::path::Path;

use hostile::{Dice, Rounds, corpus, mutate};
use protocol::*;

/// Words that belong in bodies and invitations, put where they do not.
const WORDS: [&str; 12] = [
    "{\"version\":1,",
    "\"spaces\":[",
    "]}",
    "null",
    "18446744073709551616",
    "-1",
    "1e400",
    "\\ud800",
    "buurtboek://join?server=",
    "https%3A%2F%2F",
    "/join#",
    "://",
];

fn read_everything(bytes: &[u8]) {
    if let Ok(request) = SyncRequest::decode(bytes) {
        let again = SyncRequest::decode(&request.encode()).unwrap();
        assert_eq!(again, request);
    }
    if let Ok(reply) = ReplyFrame::decode_all(bytes) {
        let mut writer = Writer::new();
        reply.iter().for_each(|frame| frame.write(&mut writer));
        assert_eq!(ReplyFrame::decode_all(&writer.take()).unwrap(), reply);
    }
    for payload in frames(bytes)
        .filter_map(Result::ok)
        .map(|frame| frame.payload)
    {
        drop(RequestHeader::decode(payload));
        drop(ReplyHeader::decode(payload));
        drop(SpaceEnd::decode(payload));
        drop(End::decode(payload));
    }
    drop(RequestHeader::decode(bytes));
    drop(ReplyHeader::decode(bytes));
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(invitation) = Invitation::parse(text)
    {
        assert_eq!(
            Invitation::parse(&invitation.to_string()),
            Ok(invitation.clone())
        );
        assert_eq!(Invitation::parse(&invitation.app_link()), Ok(invitation));
    }
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut samples = corpus(&root.join("golden/v1")).unwrap();
    for (name, bytes) in &mut samples {
        if name.ends_with(".hex") {
            let digits: Vec<u8> = bytes
                .iter()
                .copied()
                .filter(u8::is_ascii_hexdigit)
                .collect();
            let byte =
                |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
            *bytes = digits.chunks_exact(2).map(byte).collect();
        }
    }
    let secret = "A".repeat(43);
    for invitation in [
        format!("https://buurt.example/join#{secret}"),
        format!("buurtboek://join?server=https%3A%2F%2Fbuurt.example#{secret}"),
        format!("Kom erbij: http://127.0.0.1:8080/a/b/join#{secret} (een dag geldig)"),
    ] {
        samples.push(("invitation".to_owned(), invitation.into_bytes()));
    }
    samples.extend(corpus(&root.join("tests/corpus")).unwrap());
    samples
}

#[test]
fn no_bytes_make_reading_panic_and_what_is_read_is_written_the_same() {
    let samples = samples();
    samples.iter().for_each(|(_, bytes)| read_everything(bytes));
    for seed in Rounds::at_least(5_000) {
        let mut dice = Dice::new(seed);
        let (_, bytes) = &samples[dice.below(samples.len())];
        read_everything(&mutate(&mut dice, bytes, &WORDS));
    }
}
