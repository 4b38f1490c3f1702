//! Files as programs and people write them, read through the public door.
// Each module is marked as a test, so that clippy allows its helpers what it allows tests.

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod look;
#[cfg(test)]
mod other_programs;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod vcards;
