//! What should be fast, measured against a bare counterpart in the same run.

fn main() {}
