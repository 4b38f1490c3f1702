//! What happens by itself as time passes: locking, the lease, what expires, and telling the server of a wipe.

use std::sync::Arc;
use std::time::Duration;

use crate::{App, Result};

/// How often the app looks whether somebody is still there.
const LOOK: Duration = Duration::from_secs(5);
/// Looks between two rounds of chores.
const CHORES: u32 = 12;

/// What goes by itself for as long as a shell runs.
pub async fn watch(app: Arc<App>) {
    tokio::join!(watch_clock(app.clone()), knock(app));
}

/// Asks whether this device may come in, while it waits for that. Apart from the clock: a slow network must not hold up
/// the lock.
async fn knock(app: Arc<App>) {
    loop {
        let app = app.clone();
        let asked = tokio::task::spawn_blocking(move || {
            if app.is_joining()? {
                app.join_check(crate::api::Nothing {}).map(drop)?;
            }
            Ok::<_, crate::Error>(())
        });
        match asked.await {
            Ok(Ok(())) => {}
            Ok(Err(problem)) => tracing::info!(code = problem.code, "not let in yet"),
            Err(problem) => tracing::error!(%problem, "asking to be let in broke off"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn watch_clock(app: Arc<App>) {
    let mut looks = 0_u32;
    loop {
        let due = looks.is_multiple_of(CHORES);
        let app = app.clone();
        let look = move || {
            app.lock_when_away()?;
            if due { app.chores() } else { Ok(()) }
        };
        match tokio::task::spawn_blocking(look).await {
            Ok(Ok(())) => {}
            Ok(Err(problem)) => tracing::warn!(code = problem.code, "a chore did not succeed"),
            Err(problem) => tracing::error!(%problem, "a chore broke off"),
        }
        looks = looks.wrapping_add(1);
        tokio::time::sleep(LOOK).await;
    }
}

impl App {
    /// What is to be done now and then, with the book open or closed.
    ///
    /// # Errors
    /// What the disk says; the next time it is tried again.
    pub fn chores(&self) -> Result<()> {
        self.ending.finish()?;
        // A folder that cannot be read keeps nothing else from being done, least of all the lock.
        if let Err(problem) = self.tidy_crashes() {
            tracing::warn!(code = problem.code, "old reports of crashes stay");
        }
        self.confirm_wiped();
        if self.lock_after_lease()? {
            return Ok(());
        }
        if let Ok(device) = self.device() {
            crate::scratch::expire(&device)?;
            crate::unsaved::expire(&device)?;
            self.expire_shares(&device)?;
        }
        Ok(())
    }
}
