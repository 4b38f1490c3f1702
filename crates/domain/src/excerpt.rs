//! A piece of a long text that can stand on its own: it begins and ends where a word does.

use std::ops::Range;

/// Where to cut: at most `limit` characters of `letters`, beginning at most `before` characters before `focus`, on the
/// borders of words. A word longer than half the limit is cut after all.
pub fn piece(letters: &[char], focus: usize, before: usize, limit: usize) -> Range<usize> {
    let from = beginning(letters, focus.min(letters.len()), before);
    let most = from.saturating_add(limit).min(letters.len());
    from..ending(letters, from, most)
}

/// The text in at most `limit` characters; `…` says that there is more.
pub fn shortened(text: &str, limit: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= limit {
        return text.to_owned();
    }
    let cut = piece(&letters, 0, 0, limit.saturating_sub(1));
    let mut short: String = letters.iter().take(cut.end).collect();
    short.push('…');
    short
}

fn beginning(letters: &[char], focus: usize, before: usize) -> usize {
    let earliest = focus.saturating_sub(before);
    if earliest == 0 {
        return 0;
    }
    // The letter before the first word of the piece is a space.
    (earliest..=focus)
        .find(|at| {
            letters
                .get(at.saturating_sub(1))
                .is_some_and(|it| it.is_whitespace())
        })
        .unwrap_or(focus)
}

fn ending(letters: &[char], from: usize, most: usize) -> usize {
    if most == letters.len() {
        return most;
    }
    let least = from + (most - from) / 2;
    let word = (least..=most)
        .rev()
        .find(|at| letters.get(*at).is_some_and(|it| it.is_whitespace()));
    let end = word.unwrap_or(most);
    let space = letters.get(from..end).map_or(0, |it| {
        it.iter().rev().take_while(|it| it.is_whitespace()).count()
    });
    end - space
}

#[cfg(test)]
mod tests {
    use super::{piece, shortened};

    fn cut(text: &str, focus: usize, before: usize, limit: usize) -> String {
        let letters: Vec<char> = text.chars().collect();
        letters
            .get(piece(&letters, focus, before, limit))
            .unwrap()
            .iter()
            .collect()
    }

    #[test]
    fn a_short_text_stays_as_it_is() {
        assert_eq!(shortened("oversteek", 9), "oversteek");
        assert_eq!(shortened("", 9), "");
    }

    #[test]
    fn no_word_is_cut_in_two() {
        assert_eq!(
            shortened("de oversteek is gevaarlijk", 17),
            "de oversteek is…"
        );
        assert_eq!(
            shortened("de oversteek is gevaarlijk", 16),
            "de oversteek is…"
        );
    }

    #[test]
    fn a_word_that_is_too_long_is_cut_after_all() {
        assert_eq!(shortened("Kindertelefoonaansluitkast", 10), "Kindertel…");
    }

    #[test]
    fn a_piece_around_a_word_begins_and_ends_with_a_word() {
        let text = "Henk vertelde dat de oversteek bij de school gevaarlijk is";
        assert_eq!(cut(text, 21, 6, 24), "de oversteek bij de");
        assert_eq!(cut(text, 21, 0, 9), "oversteek");
        assert_eq!(cut(text, 900, 4, 24), "is");
    }
}
