//! The table of lines, and the promises that hold for any text.

use std::fmt::Write as _;

use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;

use super::{Directory, Holiday, KnownContact, Proposal, Span, ThemeWords, propose};

/// Lines a broker types, each with what has to be proposed. Its head explains the notation.
const LINES: &str = include_str!("../../tests/capture_lines.txt");

/// Lists in memory.
struct Known {
    contacts: Vec<KnownContact>,
    themes: Vec<ThemeWords>,
    holidays: Vec<Holiday>,
}

impl Directory for Known {
    fn contacts_named(&self, name: &str) -> Vec<KnownContact> {
        let name = name.to_lowercase();
        let is_meant = |known: &str| {
            let known = known.to_lowercase();
            known == name
                || known.split(' ').next() == Some(&name)
                || known
                    .split_once(' ')
                    .is_some_and(|(_, surname)| surname == name)
        };
        self.contacts
            .iter()
            .filter(|contact| is_meant(&contact.name))
            .cloned()
            .collect()
    }

    fn themes(&self) -> &[ThemeWords] {
        &self.themes
    }

    fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }
}

/// The neighbourhood that the head of the table describes.
fn neighbourhood() -> Known {
    let contact = |id: &str, name: &str, street: Option<&str>| KnownContact {
        id: id.into(),
        name: name.into(),
        street: street.map(Into::into),
        house_number: None,
    };
    let theme = |id: &str, name: &str, words: &str| ThemeWords {
        id: id.into(),
        name: name.into(),
        words: words.split(", ").map(Into::into).collect(),
    };
    let holiday = |name: &str, start: &str, end: &str| Holiday {
        name: name.into(),
        start: day(start),
        end: day(end),
    };
    Known {
        contacts: vec![
            contact("yusuf", "Yusuf Demir", Some("Lombokstraat")),
            contact("ans1", "Ans Bakker", None),
            contact("ans2", "Ans de Groot", Some("Soendastraat")),
            contact("wil", "Wil Terpstra", None),
        ],
        themes: vec![
            theme(
                "traffic",
                "Verkeer",
                "oversteek, hardrijd, te hard, parkeer, auto, fiets, zebrapad, crossing",
            ),
            theme(
                "litter",
                "Afval",
                "zwerfvuil, rommel, container, vuilnis, ratten, grofvuil, litter",
            ),
            theme(
                "safety",
                "Veiligheid",
                "inbraak, drugs, hangjongeren, onveilig, lantaarn, dealen",
            ),
            theme(
                "loneliness",
                "Eenzaamheid",
                "eenzaam, komt niet buiten, alleen",
            ),
            theme(
                "housing",
                "Wonen",
                "schimmel, lekkage, huur, lift, vocht, verhuurder",
            ),
            theme(
                "money",
                "Geld",
                "schuld, armoede, toeslag, rondkomen, deurwaarder",
            ),
            theme("green", "Groen", "moestuin, boom, bankje, plantenbak, gras"),
        ],
        holidays: vec![
            holiday("Kerstvakantie", "2026-12-19", "2027-01-03"),
            holiday("Zomervakantie 2027", "2027-07-17", "2027-08-29"),
            holiday("Ramadan", "2027-02-08", "2027-03-09"),
        ],
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Wednesday morning.
fn now() -> NaiveDateTime {
    day("2026-11-18").and_hms_opt(8, 20, 0).unwrap()
}

/// The proposals in the notation of the table: whose something is, is told where two people are named.
fn noted_all(proposals: &[Proposal]) -> Vec<String> {
    let names: Vec<(Span, &str)> = proposals
        .iter()
        .filter_map(|proposal| {
            let Proposal::Contact { span, name, .. } = proposal else {
                return None;
            };
            Some((*span, name.as_str()))
        })
        .collect();
    let whose = |proposal: &Proposal| {
        let owners = proposal.whose().iter().map(|span| {
            let owner = names.iter().find(|(contact, _)| contact == span);
            owner.expect("the owner is proposed").1
        });
        let owners: Vec<&str> = owners.collect();
        if names.len() < 2 || matches!(proposal, Proposal::Contact { .. } | Proposal::Place { .. })
        {
            String::new()
        } else if owners.is_empty() {
            " (nobody)".to_owned()
        } else {
            format!(" ({})", owners.join(", "))
        }
    };
    proposals
        .iter()
        .map(|proposal| noted(proposal) + &whose(proposal))
        .collect()
}

/// A proposal in the notation of the table.
fn noted(proposal: &Proposal) -> String {
    match proposal {
        Proposal::Contact {
            name,
            candidates,
            sure,
            spoken_of,
            ..
        } => {
            let contact = if *spoken_of { "absent" } else { "contact" };
            let known: Vec<&str> = candidates
                .iter()
                .map(|contact| contact.id.as_str())
                .collect();
            if known.is_empty() {
                format!("{contact} {name}")
            } else {
                let mark = if *sure { '=' } else { '?' };
                format!("{contact} {name} {mark} {}", known.join(" "))
            }
        }
        Proposal::Address {
            street,
            number,
            postcode,
            town,
            home,
            ..
        } => {
            let word = if *home { "address" } else { "spot" };
            let house = [street.as_deref(), number.as_deref()].into_iter().flatten();
            let house = house.collect::<Vec<_>>().join(" ");
            let parts = [
                Some(house.as_str()).filter(|house| !house.is_empty()),
                postcode.as_deref(),
                town.as_deref(),
            ];
            format!(
                "{word} {}",
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            )
        }
        Proposal::Phone { number, .. } => format!("phone {number}"),
        Proposal::Email { address, .. } => format!("email {address}"),
        Proposal::Place { place, .. } => format!("place {place}"),
        Proposal::Signal {
            kind, theme, title, ..
        } => match theme {
            Some(theme) => format!("{kind}/{theme} {title}"),
            None => format!("{kind} {title}"),
        },
        Proposal::Offer { text, .. } => format!("offer {text}"),
        Proposal::FollowUp {
            what, due, time, ..
        } => match time {
            Some(time) => format!("{due} {} {what}", time.format("%H:%M")),
            None => format!("{due} {what}"),
        },
    }
}

#[test]
fn every_line_of_the_table_is_read_as_it_says() {
    let known = neighbourhood();
    let mut failures = String::new();
    let mut lines = 0;
    for line in LINES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (text, expected) = line
            .split_once(" => ")
            .unwrap_or_else(|| panic!("no => in {line}"));
        let found = noted_all(&propose(&text.replace("\\n", "\n"), now(), &known));
        let found = if found.is_empty() {
            "nothing".to_owned()
        } else {
            found.join(" | ")
        };
        lines += 1;
        if found != expected {
            writeln!(
                failures,
                "{text}\n  expected {expected}\n  found    {found}"
            )
            .unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(lines >= 200, "only {lines} lines");
}

#[test]
fn spans_count_as_a_text_field_in_a_window_does() {
    let text = "😀 Ans, bel dinsdag";
    let units: Vec<u16> = text.encode_utf16().collect();
    let marked: Vec<String> = propose(text, now(), &neighbourhood())
        .iter()
        .map(|proposal| {
            let span = proposal.span();
            String::from_utf16(&units[span.start as usize..span.end as usize]).unwrap()
        })
        .collect();
    assert_eq!(marked, ["Ans", "bel dinsdag"]);
}

#[test]
fn a_time_travels_as_hours_and_minutes() {
    let found = propose("bel dinsdag om half drie", now(), &neighbourhood());
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json[0]["type"], "follow_up");
    assert_eq!(json[0]["due"], "2026-11-24");
    assert_eq!(json[0]["time"], "14:30");
    assert_eq!(
        serde_json::from_value::<Vec<Proposal>>(json).unwrap(),
        found
    );
}

#[test]
fn without_holidays_in_the_directory_the_usual_ones_are_assumed() {
    let empty = Known {
        contacts: Vec::new(),
        themes: Vec::new(),
        holidays: Vec::new(),
    };
    for (text, due) in [
        ("bel na de zomervakantie", "2027-09-01"),
        ("bel na de kerstvakantie", "2027-01-07"),
        ("bel na de herfstvakantie", "2027-11-01"),
        ("bel na de vakantie", "2027-01-07"),
    ] {
        let found = propose(text, now(), &empty);
        assert_eq!(
            found.iter().map(noted).collect::<Vec<_>>(),
            [format!("{due} bel")],
            "{text}"
        );
    }
}

/// Words that set the parser going, so that random text reaches its corners.
fn eager_text() -> impl Strategy<Value = String> {
    let words: Vec<&str> = LINES
        .split_whitespace()
        .filter(|word| *word != "=>")
        .collect();
    let word = prop_oneof![4 => prop::sample::select(words).prop_map(str::to_owned), 1 => "\\PC{0,4}", 1 => "[0-9]{1,9}"];
    prop::collection::vec(
        (
            word,
            prop::sample::select(vec![" ", "", ", ", "-", ".", "\n", "'"]),
        ),
        0..24,
    )
    .prop_map(|parts| parts.into_iter().map(|(word, gap)| word + gap).collect())
}

fn holds_for(text: &str, now: NaiveDateTime) -> Result<(), TestCaseError> {
    let known = neighbourhood();
    let found = propose(text, now, &known);
    prop_assert_eq!(&found, &propose(text, now, &known));
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut last = 0;
    for proposal in &found {
        let span = proposal.span();
        prop_assert!(last <= span.start && span.start < span.end, "{proposal:?}");
        prop_assert!(span.end as usize <= units.len(), "{proposal:?}");
        let part = &units[span.start as usize..span.end as usize];
        prop_assert!(String::from_utf16(part).is_ok(), "{proposal:?}");
        last = span.start;
        if let Proposal::FollowUp { what, due, .. } = proposal {
            prop_assert!(
                !what.trim().is_empty() && *due >= now.date(),
                "{proposal:?}"
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_parser_never_panics_and_spans_are_valid(text in any::<String>()) {
        holds_for(&text, now())?;
    }

    #[test]
    fn the_parser_never_panics_on_words_it_knows(text in eager_text()) {
        holds_for(&text, now())?;
    }

    #[test]
    fn the_parser_never_panics_at_the_edges_of_the_calendar(text in eager_text(), late in any::<bool>()) {
        let now = if late { NaiveDateTime::MAX } else { NaiveDateTime::MIN };
        prop_assert!(propose(&text, now, &neighbourhood()).len() <= text.len());
    }
}
