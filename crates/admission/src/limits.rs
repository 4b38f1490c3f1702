//! What is too big to be judged or kept. The wire's limits (crate `protocol`) are the same numbers.
//!
//! Every one of them is counted before anything is expanded, so together they bound what one admission may cost; what
//! that is, is measured (docs/gate.md).

/// Most bytes of one raw change.
pub const MAX_CHANGE_BYTES: usize = 64 * 1024;

/// Most operations in one change.
pub const MAX_CHANGE_OPS: u64 = 20_000;

/// Most values replaced or deleted by one change: a few per operation, after a conflict.
pub const MAX_CHANGE_PREDECESSORS: u64 = 4 * MAX_CHANGE_OPS;

/// Most bytes of the keys of one change, each counted as often as it is used: a run writes them once.
pub const MAX_CHANGE_KEY_BYTES: u64 = 1024 * 1024;

/// Most bytes of one key.
pub const MAX_KEY_BYTES: usize = 4 * 1024;

/// Most dependencies of one change: the heads of a document nobody merged for a long time.
pub const MAX_DEPENDENCIES: u64 = 1_000;

/// Most bytes of one saved document.
pub const MAX_DOCUMENT_BYTES: usize = 1024 * 1024;

/// Most operations in one document, deleted ones included.
pub const MAX_DOCUMENT_OPS: u64 = 50_000;

/// Most values that were replaced or deleted in one document.
pub const MAX_DOCUMENT_PREDECESSORS: u64 = 2 * MAX_DOCUMENT_OPS;

/// Most bytes of the keys of one document, each counted as often as it is used.
pub const MAX_DOCUMENT_KEY_BYTES: u64 = 16 * 1024 * 1024;

/// Most changes in one document.
pub const MAX_DOCUMENT_CHANGES: u64 = 4_000;

/// Most dependencies of all changes of one document together.
pub const MAX_DOCUMENT_DEPENDENCIES: u64 = 8 * MAX_DOCUMENT_CHANGES;

/// Most actors in one document: every device that ever wrote in it, once for each life of its database.
pub const MAX_DOCUMENT_ACTORS: usize = 1_000;

/// How deep objects may lie inside each other; the root is 0. Automerge walks them by recursion.
pub const MAX_DEPTH: u8 = 16;

/// Largest start or step of a counter: a full document of them cannot run over 64 bits.
pub const MAX_COUNT: u64 = 1 << 40;

/// Largest time of a change, in seconds or milliseconds: differences of times must not run over 64 bits.
pub const MAX_TIME: u64 = 1 << 53;

/// Most operations that are tried together. More changes of one document are tried in several portions.
pub const MAX_PORTION_OPS: u64 = MAX_CHANGE_OPS;

/// Most changes that are tried together.
pub const MAX_PORTION_CHANGES: usize = 500;

/// After so many changes of one push failed their trial, the rest of that document has to come again.
pub const MAX_FAILED_TRIALS: usize = 3;
