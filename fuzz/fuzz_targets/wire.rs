//! Bodies, frames, headers and invitations.
#![no_main]

use libfuzzer_sys::fuzz_target;
use protocol::{End, Invitation, ReplyFrame, ReplyHeader, RequestHeader, SpaceEnd, SyncRequest, frames};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = SyncRequest::decode(bytes) {
        assert_eq!(SyncRequest::decode(&request.encode()), Ok(request));
    }
    let _ = ReplyFrame::decode_all(bytes);
    for frame in frames(bytes).flatten() {
        let _ = RequestHeader::decode(frame.payload);
        let _ = ReplyHeader::decode(frame.payload);
        let _ = SpaceEnd::decode(frame.payload);
        let _ = End::decode(frame.payload);
    }
    let _ = RequestHeader::decode(bytes);
    let _ = ReplyHeader::decode(bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(invitation) = Invitation::parse(text)
    {
        assert_eq!(Invitation::parse(&invitation.to_string()), Ok(invitation.clone()));
        assert_eq!(Invitation::parse(&invitation.app_link()), Ok(invitation));
    }
});
