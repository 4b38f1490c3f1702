//! Waiting for something to become true, with a deadline and a name.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use crate::Result;

/// How long anything may take on a busy machine before a journey gives up.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// How often is looked.
const STEP: Duration = Duration::from_millis(40);

/// Looks until there is an answer.
///
/// # Errors
/// After [`PATIENCE`], naming what was waited for and what was last in the way.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    let mut last = String::from("it was not there");
    while start.elapsed() < PATIENCE {
        match timeout(PATIENCE, look()).await {
            Ok(Ok(Some(found))) => return Ok(found),
            Ok(Ok(None)) => {}
            Ok(Err(problem)) => last = problem.to_string(),
            Err(_) => last = "no answer came".to_owned(),
        }
        tokio::time::sleep(STEP).await;
    }
    Err(format!("waited {} s for {what}: {last}", PATIENCE.as_secs()).into())
}
