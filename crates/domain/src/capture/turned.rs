//! What the words around a cue make of it: nothing, or the opposite.

use std::ops::Range;

use super::numbers::number;
use super::tokens::Line;
use crate::SignalKind;

/// The kind of a cue when "niet", "geen" or "minder" stands before it: none, or the opposite.
pub(super) fn turned(
    line: &Line<'_>,
    region: &Range<usize>,
    cue: &Range<usize>,
    kind: SignalKind,
) -> Option<SignalKind> {
    if is_other_word(line, cue) {
        return None;
    }
    let before = cue.start.saturating_sub(2).max(region.start)..cue.start;
    let has = |word: &str| before.clone().any(|at| line.fold(at) == word);
    let less = has("minder") || has("less");
    let not = has("geen") || has("niet") || has("nooit") || has("no") || has("not");
    let no_more = not && (cue.start..region.end).any(|at| line.fold(at) == "meer");
    match kind {
        SignalKind::Problem | SignalKind::Complaint
            if less || no_more || is_over(line, region, cue) =>
        {
            Some(SignalKind::Strength)
        }
        SignalKind::Problem | SignalKind::Complaint if not => None,
        SignalKind::Strength if not => Some(SignalKind::Complaint),
        SignalKind::Problem
        | SignalKind::Idea
        | SignalKind::Strength
        | SignalKind::Question
        | SignalKind::Complaint => Some(kind),
    }
}

/// "een stuk taart", "in de meeste gevallen": the word means something else here.
fn is_other_word(line: &Line<'_>, cue: &Range<usize>) -> bool {
    let before = line.fold_before(cue.start);
    match line.fold(cue.start) {
        "stuk" if cue.len() == 1 => matches!(
            before,
            "een" | "dit" | "dat" | "het" | "elk" | "groot" | "klein" | "heel" | "goed" | "per"
        ),
        "gevallen" if cue.len() == 1 => {
            matches!(
                before,
                "meeste"
                    | "veel"
                    | "alle"
                    | "sommige"
                    | "die"
                    | "deze"
                    | "beide"
                    | "andere"
                    | "zulke"
                    | "aantal"
                    | "weinig"
                    | "zeldzame"
                    | "ernstige"
            ) || number(line, cue.start.saturating_sub(1)).is_some() && cue.start > 0
        }
        _ => false,
    }
}

/// "niet meer zo gevaarlijk", "overlast is minder geworden", "probleem opgelost".
fn is_over(line: &Line<'_>, region: &Range<usize>, cue: &Range<usize>) -> bool {
    let before = cue.start.saturating_sub(4).max(region.start)..cue.start;
    let no_more =
        |at: usize| matches!(line.fold(at), "niet" | "nooit") && line.fold(at + 1) == "meer";
    let ended = |at: usize| match line.fold(at) {
        "minder" => matches!(
            line.fold_before(at),
            "is" | "zijn" | "wordt" | "een" | "veel"
        ),
        "afgenomen" | "verminderd" | "voorbij" | "opgelost" => {
            !matches!(line.fold_before(at), "niet" | "nooit" | "nog")
        }
        _ => false,
    };
    before.into_iter().any(no_more) || (cue.end..region.end).any(ended)
}
