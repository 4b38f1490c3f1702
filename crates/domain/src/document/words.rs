//! Running text is changed by whole words: two people who change words side by side, or the same one, never make a third
//! word out of letters of both.

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ObjId, ReadDoc};
use similar::{Algorithm, DiffTag, TextDiff};

/// Changes a text to what is wanted, by the words that differ (Myers' algorithm over the word boundaries of Unicode
/// Annex 29).
///
/// # Errors
/// When there is no such text.
pub(super) fn rewrite(
    tx: &mut Transaction<'_>,
    body: &ObjId,
    wanted: &str,
) -> Result<(), AutomergeError> {
    let now = tx.text(body)?;
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .diff_unicode_words(now.as_str(), wanted);
    let (old, new) = (diff.old_slices(), diff.new_slices());
    // Where the next word stands in the text as it is becoming, in characters.
    let (mut at, mut stays) = (0, false);
    for op in diff.ops() {
        let words = op.old_range();
        let gone = characters(old.get(words.clone()).unwrap_or_default());
        if op.tag() == DiffTag::Equal {
            (at, stays) = (at + gone, true);
            continue;
        }
        // A word that takes the place of another takes the space before it along: where two people replaced the same
        // word, theirs stand side by side and not as one.
        let space = (stays && op.tag() == DiffTag::Replace)
            .then(|| old.get(words.start.checked_sub(1)?).copied())
            .flatten()
            .filter(|word| word.trim().is_empty())
            .unwrap_or_default();
        let come = format!(
            "{space}{}",
            new.get(op.new_range()).unwrap_or_default().concat()
        );
        let before = characters(&[space]);
        let (from, gone) = (at.saturating_sub(before), gone + before);
        tx.splice_text(
            body,
            from,
            isize::try_from(gone).unwrap_or(isize::MAX),
            &come,
        )?;
        (at, stays) = (from + come.chars().count(), false);
    }
    Ok(())
}

/// The words that a text has more than another, piece by piece.
pub(super) fn added(before: &str, after: &str) -> String {
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .diff_unicode_words(before, after);
    let new = diff.new_slices();
    let pieces: Vec<String> = diff
        .ops()
        .iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| new.get(op.new_range()).unwrap_or_default().concat())
        .map(|piece| piece.trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .collect();
    pieces.join(" … ")
}

fn characters(words: &[&str]) -> usize {
    words.iter().map(|word| word.chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use automerge::{Automerge, ObjType, ROOT};
    use proptest::prelude::*;

    use super::*;

    /// The text after it was changed from one to the other.
    fn rewritten(from: &str, to: &str) -> String {
        let mut doc = Automerge::new();
        let body = doc
            .transact(|tx| {
                let body = tx.put_object(ROOT, "text", ObjType::Text)?;
                tx.splice_text(&body, 0, 0, from)?;
                Ok::<_, AutomergeError>(body)
            })
            .unwrap()
            .result;
        doc.transact(|tx| rewrite(tx, &body, to)).unwrap();
        doc.text(&body).unwrap()
    }

    proptest! {
        #[test]
        fn any_text_becomes_any_other(from in "(\\PC|[ \\n🙂é])*", to in "(\\PC|[ \\n🙂é])*") {
            prop_assert_eq!(rewritten(&from, &to), to);
        }
    }
}
