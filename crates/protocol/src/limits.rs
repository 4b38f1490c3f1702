//! What is too big, and why. Both ends use the same numbers.

/// Most bytes of one raw change: a change is one action of one person, and 64 KiB is a long letter.
pub const MAX_CHANGE_BYTES: usize = 64 * 1024;

/// Most operations in one change: each costs work on every device that ever loads the document.
pub const MAX_CHANGE_OPS: usize = 20_000;

/// Most bytes of one saved document: loaded it takes about 24 times as much.
pub const MAX_DOCUMENT_BYTES: usize = 1024 * 1024;

/// Most changes of one document, and in one request for new epochs: a document begins anew as a whole.
pub const MAX_DOCUMENT_CHANGES: usize = 4_000;

/// Most payload bytes in one page, up or down: what a weak connection can finish before it drops.
pub const MAX_PAGE_BYTES: usize = 1024 * 1024;

/// Most changes in one page, up or down: bounds the work of one request on either side.
pub const MAX_PAGE_CHANGES: usize = 500;

/// Most erasures and beginnings of epochs in one page of whole documents: the header says of each who did it.
pub const MAX_PAGE_ERASURES: usize = 500;

/// Most bytes of one header frame: room for a roster of about 1,700 people with three devices each, or for a page of
/// erasures with four times as much besides.
pub const MAX_HEADER_BYTES: usize = 256 * 1024;

/// Most bytes of one frame of any kind: a whole document plus its addressing.
pub const MAX_FRAME_BYTES: usize = MAX_DOCUMENT_BYTES + 1024;

/// Most bytes of one request body, after decompression: a header and one page.
pub const MAX_REQUEST_BYTES: usize = MAX_HEADER_BYTES + MAX_PAGE_BYTES + 64 * 1024;

/// Most epochs a document may be ahead of an older server that was put back: so often were words taken out of it since.
pub const MAX_EPOCHS_AHEAD: u64 = 64;

/// Most spaces in one request: more than anybody is a member of.
pub const MAX_SPACES: usize = 500;

/// Most characters of a name a person or a device gives itself.
pub const MAX_NAME_CHARS: usize = 120;

/// Seconds between two heartbeats of the event stream: shorter than the idle limit of common proxies (30 s).
pub const HEARTBEAT_SECONDS: u64 = 20;

/// Most audit entries in one request, and most lines in one answer.
pub const MAX_AUDIT_ENTRIES: usize = 500;

/// Days without a word from the server after which a device locks itself, when the server names no other number.
pub const LEASE_DAYS: u32 = 30;
