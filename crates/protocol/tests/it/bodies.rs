//! Whole bodies, right and wrong.

use protocol::*;

use crate::samples;

#[test]
fn a_request_cut_anywhere_is_refused() {
    let body = samples::sync_request().encode();
    for cut in 0..body.len() {
        assert!(SyncRequest::decode(&body[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn a_request_to_erase_cut_anywhere_is_refused() {
    let body = samples::erase_request().encode();
    for cut in 0..body.len() {
        assert!(EraseRequest::decode(&body[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn a_request_that_lost_a_change_on_the_way_is_refused() {
    let mut request = samples::sync_request();
    let mut writer = Writer::new();
    request.header.write(&mut writer);
    request.changes.truncate(1);
    request.changes[0].write(&mut writer);
    End {
        changes: 2,
        ..End::default()
    }
    .write(&mut writer);
    assert_eq!(
        SyncRequest::decode(&writer.take()),
        Err(DecodeError::Truncated)
    );
}

#[test]
fn frames_in_the_wrong_place_are_refused() {
    let mut writer = Writer::new();
    samples::sync_request().changes[0].write(&mut writer);
    assert_eq!(
        SyncRequest::decode(&writer.take()),
        Err(DecodeError::Unexpected(FrameKind::Change)),
        "a change before the header"
    );
    writer.frame(FrameKind::Opaque, b"sealed");
    assert_eq!(
        ReplyFrame::decode_all(&writer.take()),
        Err(DecodeError::Unexpected(FrameKind::Opaque)),
        "reserved"
    );
}

#[test]
fn an_empty_request_and_its_answer_stay_far_below_a_kilobyte() {
    let request = SyncRequest {
        changes: vec![],
        ..samples::sync_request()
    };
    assert!(request.encode().len() < 400);
}

#[test]
fn words_of_a_newer_server_do_not_break_an_older_device() {
    let reply: ErrorReply = serde_json::from_str(r#"{"code":"moon_phase","message":"x"}"#).unwrap();
    assert_eq!(reply.code, ErrorCode::Unknown);
    assert!(!reply.wipe);
    assert_eq!(RefusalCode::from_word("moon_phase"), RefusalCode::Unknown);
    let header = br#"{"version":1,"server_time_ms":0,"minimum_app":"0","new":[1],"spaces":[]}"#;
    assert!(ReplyHeader::decode(header).is_ok());
}

#[test]
fn arbitrary_bytes_never_panic() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut body = samples::sync_request().encode();
    for _ in 0..20_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let at = state as usize % body.len();
        body[at] ^= (state >> 32) as u8;
        drop(SyncRequest::decode(&body));
        drop(ReplyFrame::decode_all(&body));
    }
}
