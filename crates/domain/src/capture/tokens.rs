//! Cuts a text into words, numbers and marks, and those into clauses.

use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, with an apostrophe or dash inside: "auto's", "Jansen-de", "'t".
    Word,
    /// Digits 0 to 9.
    Number,
    /// Any one other character.
    Mark,
}

/// A word, number or mark of the text.
#[derive(Debug)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    /// Lower case without diacritics, for comparing.
    pub(super) fold: String,
    pub(super) bytes: Range<usize>,
    pub(super) kind: TokenKind,
    /// No white space before it.
    pub(super) glued: bool,
}

impl Token<'_> {
    /// Begins with a capital, an apostrophe in front of it left aside.
    pub(super) fn is_capitalised(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic());
        let elided = self.text.starts_with(['\'', '’']);
        letters.next().is_some_and(char::is_uppercase)
            || elided && letters.next().is_some_and(char::is_uppercase)
    }

    /// Capitals only, two or more: an abbreviation, or someone who shouts.
    pub(super) fn is_all_capitals(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic());
        letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
    }

    /// The number, if it is one of at most nine digits.
    pub(super) fn value(&self) -> Option<u32> {
        if self.kind == TokenKind::Number && self.text.len() <= 9 {
            self.text.parse().ok()
        } else {
            None
        }
    }
}

/// A text cut into tokens and clauses.
#[derive(Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token<'t>>,
    /// Ranges of tokens between commas, full stops and the like, marks left out.
    pub(super) clauses: Vec<Range<usize>>,
}

impl<'t> Line<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let tokens = tokenise(text);
        let mut line = Self {
            text,
            tokens,
            clauses: Vec::new(),
        };
        line.clauses = line.cut_clauses();
        line
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token<'t>> {
        self.tokens.get(at)
    }

    /// The folded token, or nothing past the end.
    pub(super) fn fold(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| &token.fold)
    }

    /// The folded token before `at`, or nothing at the start.
    pub(super) fn fold_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.fold(before))
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|token| token.kind == TokenKind::Word)
    }

    pub(super) fn is_capitalised(&self, at: usize) -> bool {
        self.is_word(at) && self.token(at).is_some_and(Token::is_capitalised)
    }

    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.glued)
    }

    pub(super) fn value(&self, at: usize) -> Option<u32> {
        self.token(at).and_then(Token::value)
    }

    /// The bytes that a range of tokens covers; empty for an empty range.
    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        match self.tokens.get(tokens.clone()) {
            Some([first, .., last]) => first.bytes.start..last.bytes.end,
            Some([only]) => only.bytes.clone(),
            Some([]) | None => 0..0,
        }
    }

    /// The text that a range of tokens covers, as typed.
    pub(super) fn slice(&self, tokens: &Range<usize>) -> &'t str {
        self.text.get(self.bytes(tokens)).unwrap_or_default()
    }

    /// The text of the tokens in `tokens` for which `keep` holds, with one space where any stood.
    pub(super) fn spaced(&self, tokens: Range<usize>, keep: impl Fn(usize) -> bool) -> String {
        let mut out = String::new();
        let mut broken = false;
        for at in tokens {
            let Some(token) = self.token(at) else { break };
            if !keep(at) {
                broken = true;
                continue;
            }
            if !out.is_empty() && (broken || !token.glued) {
                out.push(' ');
            }
            out.push_str(token.text);
            broken = false;
        }
        out
    }

    /// The clause in which a token stands.
    pub(super) fn clause_of(&self, at: usize) -> Option<Range<usize>> {
        self.clauses
            .iter()
            .find(|clause| clause.contains(&at))
            .cloned()
    }

    /// A capital here says nothing: the token begins a sentence.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        let mut before = at;
        while let Some(previous) = before.checked_sub(1) {
            match self.fold(previous) {
                "\"" | "'" | "“" | "‘" | "„" | "(" | "*" | "-" | "•" | "#" => {
                    before = previous;
                }
                "." | "!" | "?" | ":" | "\n" => return self.is_clause_end(previous),
                _ => return false,
            }
        }
        true
    }

    /// The mark at `at` ends a clause.
    pub(super) fn is_clause_end(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else {
            return true;
        };
        if token.kind != TokenKind::Mark {
            return false;
        }
        let inside = self.is_glued(at + 1) && token.glued;
        match token.text {
            ";" | "!" | "?" | "\n" | "(" | ")" | "[" | "]" | "|" | "•" => true,
            // "1,5" and "14:30", but not "6,3531 HM".
            "," | ":" => !(inside && self.value(at + 1).is_some() && self.fold(at + 1).len() <= 2),
            "." => !(inside || token.glued && self.ends_abbreviation(at)),
            "-" | "–" | "—" => !inside,
            _ => false,
        }
    }

    /// The dot at `at` belongs to the word before it: "mw.", "J.", "t.h.v.".
    fn ends_abbreviation(&self, at: usize) -> bool {
        let Some(word) = at.checked_sub(1).and_then(|before| self.token(before)) else {
            return false;
        };
        let dotted = at >= 2 && self.fold(at - 2) == "." && word.glued;
        is_abbreviation(word) || dotted && word.text.chars().count() == 1
    }

    fn cut_clauses(&self) -> Vec<Range<usize>> {
        let mut clauses = Vec::new();
        let mut start = 0;
        for at in 0..=self.tokens.len() {
            if self.is_clause_end(at) {
                if start < at {
                    clauses.push(start..at);
                }
                start = at + 1;
            }
        }
        clauses
    }
}

/// A dot after this word does not end a sentence: "mw.", "J.", "24 nov.".
fn is_abbreviation(word: &Token<'_>) -> bool {
    const SHORT: &[&str] = &[
        "mw", "mevr", "dhr", "hr", "dr", "drs", "ir", "mr", "ing", "prof", "fam", "st", "str",
        "nr", "tel", "mob", "jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt",
        "oct", "nov", "dec", "ma", "di", "wo", "do", "vr", "za", "zo", "ca", "evt", "incl", "excl",
        "bijv", "bv", "d.w", "v", "burg", "pres", "past", "ds", "nl", "a.s", "s", "mevrouw", "mrs",
        "ms",
    ];
    let is_initial = word.text.chars().count() == 1 && word.is_capitalised();
    let is_jan = word.text == "Jan";
    is_initial || !is_jan && SHORT.contains(&word.fold.as_str())
}

fn tokenise(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut glued = false;
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        if first.is_whitespace() && first != '\n' {
            glued = false;
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = measure(rest, first);
        let bytes = at..at + length;
        at = bytes.end;
        let text = text.get(bytes.clone()).unwrap_or_default();
        tokens.push(Token {
            text,
            fold: fold(text),
            bytes,
            kind,
            glued,
        });
        glued = first != '\n';
    }
    tokens
}

/// Kind and length in bytes of the token that `rest` begins with.
fn measure(rest: &str, first: char) -> (TokenKind, usize) {
    if first.is_ascii_digit() {
        let digits = rest.find(|c: char| !c.is_ascii_digit());
        return (TokenKind::Number, digits.unwrap_or(rest.len()));
    }
    let opens = is_letter(first) || is_apostrophe(first) && is_elided(rest);
    if !opens {
        return (TokenKind::Mark, first.len_utf8());
    }
    let mut end = first.len_utf8();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = letters.next() {
        let inside = is_apostrophe(c) || matches!(c, '-' | '\u{2011}');
        let goes_on = inside && letters.peek().is_some_and(|(_, next)| is_letter(*next));
        if !is_letter(c) && !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    (TokenKind::Word, end)
}

/// "'t", "'s", "'n", "'m", "'k" or "'r" as a word of its own, or "'s-" before a name.
fn is_elided(rest: &str) -> bool {
    let mut after = rest.chars().skip(1);
    matches!(
        after.next(),
        Some('t' | 's' | 'n' | 'm' | 'k' | 'r' | 'T' | 'S')
    ) && after.next().is_none_or(|c| !is_letter(c))
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_combining(c)
}

/// Marks that some keyboards send after a letter instead of a letter with a mark.
const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '‘')
}

/// Lower case without the diacritics of the Latin alphabet.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining(*c))
    {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => out.push('e'),
            'ì'..='ï' | 'ī' | 'ı' => out.push('i'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => out.push('o'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'ğ' => out.push('g'),
            'ł' => out.push('l'),
            'ť' | 'ţ' | 'ț' => out.push('t'),
            'ř' => out.push('r'),
            'ĳ' => out.push_str("ij"),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            '’' | '`' | '‘' => out.push('\''),
            '\u{2011}' => out.push('-'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Line, fold};

    fn words(text: &str) -> Vec<&str> {
        Line::of(text)
            .tokens
            .iter()
            .map(|token| token.text)
            .collect()
    }

    fn clauses(text: &str) -> Vec<&str> {
        let line = Line::of(text);
        line.clauses
            .iter()
            .map(|clause| line.slice(clause))
            .collect()
    }

    #[test]
    fn words_keep_their_apostrophes_and_dashes() {
        assert_eq!(
            words("auto's in 't Veld, 's middags"),
            ["auto's", "in", "'t", "Veld", ",", "'s", "middags"]
        );
        assert_eq!(
            words("Jansen-de Vries 6a"),
            ["Jansen-de", "Vries", "6", "a"]
        );
    }

    #[test]
    fn a_clause_ends_at_a_comma_but_not_inside_a_time_or_an_abbreviation() {
        assert_eq!(
            clauses("mw. Jansen, om 14:30. Bel J. Bos - morgen"),
            ["mw. Jansen", "om 14:30", "Bel J. Bos", "morgen"]
        );
    }

    #[test]
    fn letters_compare_without_case_and_diacritics() {
        assert_eq!(fold("ÉÉN Şükrü cafe\u{301}"), "een sukru cafe");
    }
}
