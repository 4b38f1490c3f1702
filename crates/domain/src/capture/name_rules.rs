//! Whether a capitalised word is a person: what stands before it, after it and inside it.

use std::ops::Range;

use super::lexicon::{is_common_word, is_given_name};
use super::people::{Name, bare_fold, spelled};
use super::reading::{Claim, Reading};

/// What is called *the* something is not a person.
const ARTICLES: &[&str] =
    &["de", "het", "een", "'t", "deze", "die", "dit", "dat", "onze", "elke", "the", "our", "this", "geen"];

/// Behind these stands a place.
const LOCATIVES: &[&str] = &[
    "in", "naar", "uit", "te", "richting", "rond", "vanuit", "buiten", "nabij", "op", "langs", "tot",
    "omgeving", "into", "near", "at",
];

/// Behind these stands the name of an organisation.
const ORGANISATIONS: &[&str] = &[
    "stichting", "vereniging", "gemeente", "basisschool", "cafe", "restaurant", "bureau", "woningcorporatie",
    "corporatie", "project", "bedrijf", "zorgcentrum", "bakkerij", "slagerij", "partij", "provincie",
    "complex", "organisatie", "instelling", "verpleeghuis", "fonds", "ziekenhuis", "hotel", "college",
    "lyceum", "voetbalclub", "sportclub", "welzijn", "bewonersgroep", "platform", "comite",
    "kinderdagverblijf", "stadsdeel", "lijn", "metro", "halte", "buurtteam", "wijkteam",
];

/// Behind these stands the name of a building or an area, or somebody who was met there.
const BUILDINGS: &[&str] = &[
    "school", "buurthuis", "moskee", "kerk", "wijk", "buurt", "team", "park", "winkel", "gebouw", "flat",
    "apotheek", "speeltuin", "club", "straat", "plein", "wijkcentrum", "buurtcentrum", "supermarkt",
    "tempel", "centrum", "markt", "toko",
];

/// Before a name: someone was met, called or named.
const MEETING: &[&str] = &[
    "sprak", "gesproken", "met", "zag", "ontmoette", "ontmoet", "belde", "bel", "bellen", "mail", "mailde",
    "app", "appte", "heet", "hoorde", "vroeg", "zei", "zegt", "terugbellen", "tegen", "trof", "vraag",
    "bezoek", "bezoek:", "tegenkomen", "tegengekomen", "collega", "heette", "genaamd", "spoke", "saw",
    "called", "call", "ask", "email", "visit", "with", "to", "sprak:",
];

/// After a name: only a person does this.
const PERSON_DOES: &[&str] = &[
    "zegt", "zei", "vindt", "vond", "vertelt", "vertelde", "wil", "wilde", "woont", "woonde", "vraagt",
    "vroeg", "klaagt", "klaagde", "zoekt", "belt", "belde", "meldt", "meldde", "kent", "biedt", "denkt",
    "hoopt", "voelt", "heet", "mist", "gebeld", "gesproken", "ontmoet", "terugbellen", "bellen", "mailen",
    "kookt", "says", "said", "wants", "lives", "asks", "thinks", "called", "told", "maakt", "bel",
];

/// Endings of organisations, buildings and streets.
const NO_PERSON_ENDINGS: &[&str] = &[
    "vereniging", "stichting", "school", "winkel", "corporatie", "centrum", "kerk", "moskee", "bureau",
    "fonds", "dienst", "team", "feest", "straat", "plein", "gracht", "singel", "plantsoen", "steeg",
    "raad", "bond", "club", "groep", "container", "containers", "overlast",
];

/// Endings of ordinary nouns: one such word alone is rarely a person.
const NOUN_ENDINGS: &[&str] = &[
    "ing", "ingen", "heid", "schap", "tie", "ties", "teit", "ment", "erij", "isme", "vuil", "last", "lijk",
    "tje", "tjes", "jes", "eren", "age", "plaats", "lijst", "auto", "'s", "huis", "park", "wijk", "buurt", "bank",
    "markt", "flat", "laan", "kade", "weg", "dreef", "tuin", "paal", "boom", "bomen", "steek", "pad", "werk",
    "zorg", "geld", "ruimte",
];

/// The name is that of a person, as far as the words around it tell.
pub(super) fn is_person(reading: &Reading<'_>, name: &Name) -> bool {
    let line = &reading.line;
    let Some(first) = line.token(name.tokens.start).map(bare_fold) else { return false };
    let before = line.fold_before(name.tokens.start);
    let opens = line.begins_sentence(name.tokens.start);
    if is_known(reading, &name.tokens) {
        return true;
    }
    let unlikely = ARTICLES.contains(&before) || BUILDINGS.contains(&before);
    if ORGANISATIONS.contains(&before) || unlikely && !is_given_name(first) {
        return false;
    }
    if is_given_name(first) && is_common_word(first) {
        return !name.is_single() || is_alone(reading, &name.tokens) || MEETING.contains(&before);
    }
    if is_given_name(first) || name.has_initials && !opens {
        return true;
    }
    let ends_like = |endings: &[&str]| endings.iter().any(|ending| first.ends_with(ending));
    if ends_like(NO_PERSON_ENDINGS) || LOCATIVES.contains(&before) {
        return false;
    }
    let noun = ends_like(NOUN_ENDINGS) && !MEETING.contains(&before);
    !name.is_single() || !noun && has_evidence(reading, name, before)
}

/// The directory knows somebody by this name.
pub(super) fn is_known(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    !reading.directory.contacts_named(&spelled(&reading.line, tokens)).is_empty()
}

/// A single unknown word with a capital is a person only if something says so.
fn has_evidence(reading: &Reading<'_>, name: &Name, before: &str) -> bool {
    let line = &reading.line;
    let after = line.fold(name.tokens.end);
    let way_follows = matches!(reading.claim_at(name.tokens.end), Some(Claim::Way | Claim::Address));
    let person_before = matches!(before, "en" | "and" | ",")
        && name.tokens.start.checked_sub(2).is_some_and(|at| reading.claim_at(at) == Some(Claim::Person));
    MEETING.contains(&before)
        || PERSON_DOES.contains(&after)
        || way_follows
        || person_before && before != ","
        || is_alone(reading, &name.tokens)
}

/// The name is all there is between two commas; the end of what has been typed so far does not count as one.
fn is_alone(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    let alone = reading.line.clause_of(tokens.start).is_some_and(|clause| clause == *tokens);
    let mark = reading.line.fold(tokens.end);
    alone && matches!(mark, "," | ":" | ";" | "(" | ")" | "-" | "–" | "\n")
        || alone && tokens.start > 0 && mark.is_empty()
}
