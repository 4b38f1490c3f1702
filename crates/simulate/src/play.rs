//! Plays a history, and finds the shortest one that breaks the same promise.

use std::hash::Hasher as _;

use crate::check::Violation;
use crate::history::History;
use crate::template::{Stage, StageError};
use crate::world::World;

/// How a history ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The promise that was broken, and in which step.
    pub violation: Option<(Violation, Option<u32>)>,
    /// The same for the same history, whenever and wherever it is played.
    pub digest: u64,
    /// What happened, when it was asked for.
    pub told: Vec<String>,
}

/// Plays a history. `tells` keeps what happens.
///
/// # Errors
/// When the stage cannot be set.
pub fn play(stage: &mut Stage, history: &History, tells: bool) -> Result<Outcome, StageError> {
    let mut world = World::new(stage, history, tells)?;
    let violation = play_in(&mut world, history);
    Ok(Outcome {
        violation: violation.err(),
        digest: world.digest.finish(),
        told: std::mem::take(&mut world.told),
    })
}

/// Plays a history while the real code makes a mistake, and says which promise it breaks.
///
/// # Errors
/// When the stage cannot be set.
#[cfg(feature = "mistakes")]
pub fn play_wrongly(
    stage: &mut Stage,
    history: &History,
    mistake: mistake::Mistake,
) -> Result<Option<Violation>, StageError> {
    // The beginning is without it.
    stage.template(history.devices, history.spaces)?;
    mistake.make();
    let outcome = play(stage, history, false);
    mistake::Mistake::None.make();
    Ok(outcome?.violation.map(|(violation, _)| violation))
}

fn play_in(world: &mut World<'_>, history: &History) -> Result<(), (Violation, Option<u32>)> {
    for step in &history.steps {
        world
            .step(step)
            .map_err(|violation| (violation, Some(step.no)))?;
    }
    world.tell(|| "      everything works again".to_owned());
    world.heal().map_err(|violation| (violation, None))?;
    world.check().map_err(|violation| (violation, None))
}

/// Leaves out what is not needed to break the same promise. Plays at most `budget` histories.
///
/// # Errors
/// When the stage cannot be set.
pub fn shrink(stage: &mut Stage, history: &History, budget: usize) -> Result<History, StageError> {
    let mut best = history.clone();
    let Some((broken, at)) = play(stage, history, false)?.violation else {
        return Ok(best);
    };
    if let Some(at) = at {
        best.steps.retain(|step| step.no <= at);
    }
    let mut left = budget;
    let mut size = best.steps.len().div_ceil(2).max(1);
    loop {
        let mut start = 0;
        let mut shorter = false;
        while start < best.steps.len() && left > 0 {
            let mut tried = best.clone();
            let end = (start + size).min(tried.steps.len());
            tried.steps.drain(start..end);
            left -= 1;
            let same = play(stage, &tried, false)?
                .violation
                .is_some_and(|(other, _)| other.point == broken.point);
            if same {
                best = tried;
                shorter = true;
            } else {
                start += size;
            }
        }
        if left == 0 || (size == 1 && !shorter) {
            return Ok(best);
        }
        size = if size == 1 { 1 } else { size.div_ceil(2) };
    }
}
