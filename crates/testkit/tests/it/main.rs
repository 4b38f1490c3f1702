//! The invented neighbourhood: whole, lawful, the same every time, and nobody's.
// Marked as a test, so that clippy allows its helpers what it allows tests.

#[cfg(test)]
mod sample;
