//! Words without the people in them: takes known names, addresses, numbers and e-mail addresses out of running text.
//!
//! Only what is known can be taken out. A name that stands in no contact stays where it is, which is why whoever uses
//! this shows the outcome to a person first.

use std::collections::HashMap;

use crate::projection::fold;

/// Words that join the parts of a name and say nothing alone.
const PARTICLES: &[&str] = &[
    "aan", "al", "bij", "bin", "ben", "bint", "da", "de", "den", "der", "di", "do", "dos", "du",
    "el", "het", "in", "la", "le", "op", "ould", "ter", "ten", "te", "uit", "van", "von", "ibn",
];
/// A part of a name of fewer letters is too often another word.
const SHORTEST_PART: usize = 3;
/// The fewest digits by which a number is compared: a Dutch number without its trunk zero.
const SHORTEST_NUMBER: usize = 9;

/// How a person stands in text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The name as recorded.
    pub name: String,
    /// The parts of the name count too: for people who are close to what the text is about.
    pub by_parts: bool,
    /// Phone numbers, e-mail addresses and the like.
    pub ways: Vec<String>,
    /// Street with number, when it stands for the person.
    pub address: String,
    /// What stands there instead.
    pub instead: String,
}

/// Takes people out of text, and leaves others in it.
#[derive(Debug, Clone, Default)]
pub struct Unnamed {
    /// By the first word of what is looked for, folded.
    terms: HashMap<String, Vec<Term>>,
    /// By their last nine digits.
    numbers: HashMap<String, String>,
    /// Whole, folded: e-mail addresses, account names.
    ways: HashMap<String, String>,
}

#[derive(Debug, Clone)]
struct Term {
    words: Vec<String>,
    /// A surname such as Bos or Visser is only meant when it has its capital.
    with_capital: bool,
    /// None leaves the words as they stand.
    instead: Option<String>,
}

impl Unnamed {
    /// Leaves a name in the text, its parts too, whoever else shares them. Comes before [`Self::add`].
    pub fn keep(&mut self, name: &str) {
        let words = folded_words(name);
        self.term(&words, false, None);
        for word in &words {
            self.term(std::slice::from_ref(word), false, None);
        }
    }

    /// Adds a person. What was added first wins where two people share a name.
    pub fn add(&mut self, person: &Person) {
        let words = folded_words(&person.name);
        let instead = Some(person.instead.as_str());
        self.term(&words, false, instead);
        if person.by_parts {
            for (index, word) in words.iter().enumerate() {
                let says_something =
                    word.chars().count() >= SHORTEST_PART && !PARTICLES.contains(&word.as_str());
                if says_something && words.len() > 1 {
                    self.term(std::slice::from_ref(word), index > 0, instead);
                }
            }
        }
        self.term(&folded_words(&person.address), false, instead);
        for way in &person.ways {
            match number_key(way) {
                Some(key) => {
                    self.numbers
                        .entry(key)
                        .or_insert_with(|| person.instead.clone());
                }
                None if !way.trim().is_empty() => {
                    self.ways
                        .entry(fold(way.trim()))
                        .or_insert_with(|| person.instead.clone());
                }
                None => {}
            }
        }
    }

    /// The text without them.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let text = self.without_ways(text);
        let pieces = pieces(&text);
        let mut out = String::with_capacity(text.len());
        let mut rest = pieces.as_slice();
        while let Some((first, after)) = rest.split_first() {
            match self.longest(rest) {
                Some((taken, Some(instead))) => {
                    out.push_str(instead);
                    rest = rest.get(taken..).unwrap_or_default();
                }
                Some((taken, None)) => {
                    let (kept, after) = rest.split_at(taken);
                    out.extend(kept.iter().map(|piece| piece.text));
                    rest = after;
                }
                None => {
                    out.push_str(first.text);
                    rest = after;
                }
            }
        }
        out
    }

    /// Whether any of them stands in the text.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        let pieces = pieces(text);
        self.without_ways(text) != text
            || (0..pieces.len()).any(|from| {
                pieces
                    .get(from..)
                    .and_then(|rest| self.longest(rest))
                    .is_some_and(|(_, instead)| instead.is_some())
            })
    }

    fn term(&mut self, words: &[String], with_capital: bool, instead: Option<&str>) {
        let Some(first) = words.first() else { return };
        let terms = self.terms.entry(first.clone()).or_default();
        if !terms.iter().any(|term| term.words == words) {
            terms.push(Term {
                words: words.to_vec(),
                with_capital,
                instead: instead.map(str::to_owned),
            });
        }
    }

    /// The longest known name at the beginning of these pieces: how many pieces it takes, and what stands instead.
    fn longest(&self, pieces: &[Piece<'_>]) -> Option<(usize, Option<&str>)> {
        let first = pieces.first().filter(|piece| piece.is_word)?;
        let terms = self.terms.get(&fold(first.text))?;
        terms
            .iter()
            .filter(|term| !term.with_capital || first.text.starts_with(char::is_uppercase))
            .filter_map(|term| Some((taken(pieces, &term.words)?, term.instead.as_deref())))
            .max_by_key(|(taken, _)| *taken)
    }

    /// Numbers, e-mail addresses and account names are looked for between white space, for they hold signs themselves.
    fn without_ways(&self, text: &str) -> String {
        if self.numbers.is_empty() && self.ways.is_empty() {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive(char::is_whitespace) {
            let word = line.trim_end();
            let bare = word.trim_matches(|sign: char| ",.;:()<>!?\"'".contains(sign));
            match self.ways.get(&fold(bare)) {
                Some(instead) if !bare.is_empty() => out.push_str(&line.replacen(bare, instead, 1)),
                Some(_) | None => out.push_str(line),
            }
        }
        self.without_numbers(&out)
    }

    fn without_numbers(&self, text: &str) -> String {
        if self.numbers.is_empty() {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut run = String::new();
        for letter in text.chars() {
            if is_of_number(letter) {
                run.push(letter);
            } else {
                self.push_run(&mut out, &run);
                run.clear();
                out.push(letter);
            }
        }
        self.push_run(&mut out, &run);
        out
    }

    fn push_run(&self, out: &mut String, run: &str) {
        let known = number_key(run).and_then(|key| self.numbers.get(&key));
        let Some(instead) = known else {
            out.push_str(run);
            return;
        };
        let digits = |letter: char| letter.is_ascii_digit() || letter == '+' || letter == '(';
        let before = run.len() - run.trim_start_matches(|letter| !digits(letter)).len();
        let after = run
            .trim_end_matches(|letter: char| !letter.is_ascii_digit())
            .len();
        out.push_str(run.get(..before).unwrap_or_default());
        out.push_str(instead);
        out.push_str(run.get(after..).unwrap_or_default());
    }
}

/// A word, or what stands between two words.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    is_word: bool,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = is_of_word(first);
        let end = rest
            .find(|letter| is_of_word(letter) != is_word)
            .unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        pieces.push(Piece { text, is_word });
        rest = after;
    }
    pieces
}

/// How many pieces these words take, when they stand here one after the other on the same line.
fn taken(pieces: &[Piece<'_>], words: &[String]) -> Option<usize> {
    let mut at = 0;
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            let between = pieces.get(at)?;
            let joins = !between.is_word && between.text.chars().all(|sign| " .-'’".contains(sign));
            if !joins {
                return None;
            }
            at += 1;
        }
        let piece = pieces.get(at).filter(|piece| piece.is_word)?;
        if fold(piece.text) != *word {
            return None;
        }
        at += 1;
    }
    Some(at)
}

fn folded_words(text: &str) -> Vec<String> {
    pieces(text)
        .into_iter()
        .filter(|piece| piece.is_word)
        .map(|piece| fold(piece.text))
        .collect()
}

/// Combining accents belong to the letter before them (Unicode block "Combining Diacritical Marks").
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}')
}

fn is_of_number(letter: char) -> bool {
    letter.is_ascii_digit() || " +-().".contains(letter)
}

/// The last nine digits of what is written like a telephone number.
fn number_key(text: &str) -> Option<String> {
    if !text.trim().chars().all(is_of_number) {
        return None;
    }
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().checked_sub(SHORTEST_NUMBER)?;
    Some(digits.into_iter().skip(from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(people: &[(&str, bool, &[&str])]) -> Unnamed {
        let mut unnamed = Unnamed::default();
        for (number, (name, by_parts, ways)) in people.iter().enumerate() {
            unnamed.add(&Person {
                name: (*name).to_owned(),
                by_parts: *by_parts,
                ways: ways.iter().map(|way| (*way).to_owned()).collect(),
                address: String::new(),
                instead: format!("[{}]", number + 1),
            });
        }
        unnamed
    }

    #[test]
    fn a_full_name_goes_whatever_its_accents_and_capitals() {
        let unnamed = without(&[("Fátima el Amrani", false, &[])]);
        assert_eq!(
            unnamed.apply("Sprak met fatima El-Amrani, en met Fatima's zus."),
            "Sprak met [1], en met Fatima's zus."
        );
    }

    #[test]
    fn parts_of_a_name_go_for_people_who_are_close() {
        let unnamed = without(&[("Fatima el Amrani", true, &[])]);
        assert_eq!(
            unnamed.apply(
                "fatima belt. Mevrouw Amrani's zus, el Amrani, en amrani zonder hoofdletter."
            ),
            "[1] belt. Mevrouw [1]'s zus, el [1], en amrani zonder hoofdletter."
        );
    }

    #[test]
    fn a_part_of_another_word_stays() {
        let unnamed = without(&[("Roos Bos", true, &[])]);
        assert_eq!(
            unnamed.apply("In het bos, Roosmarijn en Bosch."),
            "In het bos, Roosmarijn en Bosch."
        );
    }

    #[test]
    fn a_particle_alone_is_nobody() {
        let unnamed = without(&[("Jan van der Berg", true, &[])]);
        assert_eq!(
            unnamed.apply("van der Berg van de hoek"),
            "van der [1] van de hoek"
        );
    }

    #[test]
    fn numbers_go_however_they_are_written() {
        let unnamed = without(&[("Jan", false, &["+31612345678", "jan@voorbeeld.nl"])]);
        assert_eq!(
            unnamed.apply("bel 06-12 34 56 78, of +31 6 12345678. Mail (Jan@Voorbeeld.nl)"),
            "bel [1], of [1]. Mail ([1])"
        );
        assert_eq!(unnamed.apply("bel 06-87654321"), "bel 06-87654321");
    }

    #[test]
    fn a_street_with_its_number_goes_and_the_street_alone_stays() {
        let mut unnamed = Unnamed::default();
        unnamed.add(&Person {
            name: "Jan".to_owned(),
            address: "Malakkastraat 6".to_owned(),
            instead: "iemand".to_owned(),
            ..Person::default()
        });
        assert_eq!(
            unnamed.apply("Malakkastraat 6 en Malakkastraat 60"),
            "iemand en Malakkastraat 60"
        );
    }

    #[test]
    fn whoever_shares_a_name_with_who_is_kept_stays() {
        let mut unnamed = Unnamed::default();
        unnamed.keep("Fatima el Amrani");
        unnamed.add(&Person {
            name: "Fatima de Vries".to_owned(),
            by_parts: true,
            instead: "[1]".to_owned(),
            ..Person::default()
        });
        assert_eq!(
            unnamed.apply("fatima zag Fatima de Vries en Vries"),
            "fatima zag [1] en [1]"
        );
        assert!(!unnamed.finds("Fatima"));
    }

    #[test]
    fn text_without_anybody_is_left_as_it_is() {
        let unnamed = without(&[("Fatima el Amrani", true, &["0612345678"])]);
        let text = "Oversteek bij de school\n\tis gevaarlijk — 12 keer geteld.  ";
        assert_eq!(unnamed.apply(text), text);
        assert!(!unnamed.finds(text));
        assert!(unnamed.finds("fatima was er"));
    }
}
