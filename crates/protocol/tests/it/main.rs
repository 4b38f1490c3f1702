//! The wire, through the crate's public door.

#[cfg(test)]
mod bodies;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod samples;
