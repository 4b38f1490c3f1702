//! What is too big to be judged or kept. The wire's limits (crate `protocol`) are the same numbers.

/// Most bytes of one raw change.
pub const MAX_CHANGE_BYTES: usize = 64 * 1024;

/// Most operations in one change.
pub const MAX_CHANGE_OPS: u64 = 20_000;

/// Most values replaced or deleted by one change: a few per operation, after a conflict.
pub const MAX_CHANGE_PREDECESSORS: u64 = 4 * MAX_CHANGE_OPS;

/// Most bytes of one saved document.
pub const MAX_DOCUMENT_BYTES: usize = 1024 * 1024;

/// Most dependencies of one change: the heads of a document nobody merged for a long time.
pub const MAX_DEPENDENCIES: u64 = 1_000;
