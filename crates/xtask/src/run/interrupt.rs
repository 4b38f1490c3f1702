//! Ctrl+C: noticed, so that what was started can be ended in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::Failure;

/// Whether the developer wants to stop.
#[derive(Debug)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Notices Ctrl+C and the terminal being closed from now on.
    pub(super) fn listen() -> Result<Self, Failure> {
        let came = Arc::new(AtomicBool::new(false));
        let noticed = Arc::clone(&came);
        ctrlc::set_handler(move || noticed.store(true, Ordering::Relaxed))
            .map_err(|problem| Failure::new(format!("cannot listen to Ctrl+C: {problem}")))?;
        Ok(Self(came))
    }

    /// Whether it came.
    pub(super) fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
