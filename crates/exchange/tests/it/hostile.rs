//! Files that nobody meant well: of any bytes, and of any size.

use std::time::{Duration, Instant};

use exchange::{Format, MAX_ROWS, detect, read};
use proptest::prelude::*;

const FORMATS: [Format; 3] = [Format::Vcard, Format::Csv, Format::Jsonl];

/// Ten times and more what it takes unoptimised on an idle machine: a busy one passes, a hang does not.
const PATIENCE: Duration = Duration::from_secs(120);

/// Pieces of files, so that chance reaches deeper than the first byte.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "BEGIN:VCARD\r\n",
        "END:VCARD\r\n",
        "BEGIN:VCALENDAR\n",
        "FN:",
        "N:",
        ";",
        ",",
        ":",
        "\r\n",
        "\n ",
        "\n\t",
        "=",
        "\"",
        "\\",
        "\\n",
        "ENCODING=QUOTED-PRINTABLE:",
        ";CHARSET=UTF-8",
        "=C3=A",
        "=EB",
        "PHOTO;ENCODING=b:",
        "AGENT:",
        "TEL;VALUE=uri:tel:",
        "ADR:;;",
        "KIND:group",
        "MEMBER:urn:uuid:",
        "UID:urn:uuid:",
        "BDAY:",
        "REV:",
        "TZ:",
        "X-ABLABEL:",
        "item1.",
        "EXPERTISE",
        "LANG:",
        "naam;straat;telefoon\n",
        "sep=",
        "06 00123456",
        "1000 AA",
        "123456782",
        "é",
        "\u{feff}",
        "\u{0}",
        "\u{1f33b}",
        "{\"kind\":\"note\",",
        "\"text\":\"",
        "}",
        "[[[[",
        "Kade 1",
    ]);
    let piece = prop_oneof![
        6 => known.prop_map(|text: &str| text.as_bytes().to_vec()),
        2 => prop::collection::vec(any::<u8>(), 0..8),
        1 => "\\PC{0,12}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn look_at(content: &[u8]) {
    let _ = detect("file", content);
    for format in FORMATS {
        let read = read(format, content);
        for unreadable in &read.unreadable {
            assert!(unreadable.text.chars().count() <= 80);
            assert_eq!(domain::bsn::find(&unreadable.text), None);
        }
        for row in &read.rows {
            assert!(row.line >= 1);
            assert!(domain::record::kind(&row.kind).is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_makes_the_reader_panic(content in prop::collection::vec(any::<u8>(), 0..2_000)) {
        look_at(&content);
    }

    #[test]
    fn no_file_of_likely_pieces_makes_the_reader_panic(content in pieces()) {
        look_at(&content);
    }

    #[test]
    fn no_card_makes_the_reader_panic(content in pieces()) {
        look_at(&[b"BEGIN:VCARD\r\n", content.as_slice(), b"\r\nEND:VCARD\r\n"].concat());
    }
}

#[test]
fn a_hundred_thousand_rows_are_read_in_moments() {
    let rows = 100_000;
    let table = format!(
        "naam;straat;telefoon\n{}",
        "Ans Bos;Kade 1;0600123456\n".repeat(rows)
    );
    let cards = "BEGIN:VCARD\nVERSION:3.0\nFN:Ans Bos\nTEL:0600123456\nADR:;;Kade 1\nEND:VCARD\n"
        .repeat(rows);
    let lines =
        "{\"kind\":\"note\",\"text\":\"Gesproken op straat over de oversteek\"}\n".repeat(rows);
    for (format, file) in [
        (Format::Csv, table),
        (Format::Vcard, cards),
        (Format::Jsonl, lines),
    ] {
        let start = Instant::now();
        assert_eq!(read(format, file.as_bytes()).rows.len(), rows);
        println!("{format:?}: {:?}", start.elapsed());
        assert!(
            start.elapsed() < PATIENCE,
            "{format:?}: {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn one_line_of_fifty_megabytes_does_not_hang() {
    let large = 50 << 20;
    for (format, name, unit, around) in [
        (Format::Vcard, "letters", "x", ("", "")),
        (Format::Csv, "letters", "x", ("", "")),
        (Format::Jsonl, "letters", "x", ("", "")),
        (Format::Csv, "quotes", "\"", ("naam\n", "")),
        (Format::Csv, "delimiters", ";", ("naam\n", "x")),
        (
            Format::Vcard,
            "a value",
            "x",
            ("BEGIN:VCARD\nFN:A\nNOTE:", "\nEND:VCARD\n"),
        ),
        (
            Format::Csv,
            "a value in lines",
            "x",
            ("naam;straat\nAns;Kade 1\n", "\nBep;Kade 2\n"),
        ),
        (
            Format::Vcard,
            "a picture",
            "x",
            ("BEGIN:VCARD\nFN:A\nPHOTO:", "\nEND:VCARD\n"),
        ),
        (
            Format::Jsonl,
            "a text",
            "x",
            ("{\"kind\":\"note\",\"text\":\"", "\"}"),
        ),
        (Format::Jsonl, "depth", "[", ("{\"kind\":", "")),
        (Format::Vcard, "begins", "BEGIN:VCARD\n", ("", "")),
        (
            Format::Vcard,
            "folds",
            "\n ",
            ("BEGIN:VCARD\nFN:A", "\nEND:VCARD\n"),
        ),
        (
            Format::Vcard,
            "soft breaks",
            "=\n",
            ("BEGIN:VCARD\nNOTE;QUOTED-PRINTABLE:", ""),
        ),
        (
            Format::Vcard,
            "parameters",
            ";A=",
            ("BEGIN:VCARD\nTEL", ":1\nFN:A\nEND:VCARD\n"),
        ),
    ] {
        // Of what is not one line, less is enough to see that it takes no more than linear time.
        let size = if unit.len() == 1 { large } else { large / 10 };
        let file = format!("{}{}{}", around.0, unit.repeat(size / unit.len()), around.1);
        let start = Instant::now();
        let read = read(format, file.as_bytes());
        println!("{name} {format:?}: {:?}", start.elapsed());
        assert!(
            read.rows.len() + read.unreadable.len() <= MAX_ROWS + 1,
            "{name}"
        );
        assert!(
            start.elapsed() < PATIENCE,
            "{name} {format:?}: {:?}",
            start.elapsed()
        );
    }
}

/// A card within the limit is parsed as a whole: no way of filling it may take more than linear time.
#[test]
fn a_card_of_the_greatest_size_does_not_hang() {
    for unit in [
        "\n ",
        "\\\n",
        "=\n",
        ";A=",
        "\nTEL:0",
        "\nADR:;;",
        ",",
        "\"",
        "\\",
        "\nX;ENCODING=b:\nA",
        "1 ",
    ] {
        let inner = unit.repeat(1_000_000 / unit.len());
        for property in [
            "NOTE:",
            "FN:",
            "ADR:",
            "TEL;TYPE=",
            "CATEGORIES:",
            "X-A;ENCODING=b:",
            "NOTE;QUOTED-PRINTABLE:",
        ] {
            let file = format!("BEGIN:VCARD\nFN:A\n{property}{inner}\nEND:VCARD\n");
            let start = Instant::now();
            let read = read(Format::Vcard, file.as_bytes());
            assert_eq!(
                read.rows.len() + read.unreadable.len(),
                1,
                "{property}{unit:?}"
            );
            let spent = start.elapsed();
            if spent > Duration::from_secs(1) {
                println!("{property} {unit:?}: {spent:?}");
            }
            assert!(spent < PATIENCE, "{property} {unit:?}: {spent:?}");
        }
    }
}

#[test]
fn a_large_picture_costs_nothing_and_a_large_card_is_listed() {
    let picture = format!(
        "BEGIN:VCARD\nFN:Ans\nPHOTO;ENCODING=b:{}\nEND:VCARD\n",
        "A".repeat(5 << 20)
    );
    assert_eq!(read(Format::Vcard, picture.as_bytes()).rows.len(), 1);
    let note = format!(
        "BEGIN:VCARD\nFN:Ans\nNOTE:{}\nEND:VCARD\n",
        "A".repeat(5 << 20)
    );
    let read = read(Format::Vcard, note.as_bytes());
    assert_eq!((read.rows.len(), read.unreadable[0].code), (0, "too_long"));
}

/// Real files of every format, broken in a few places: the seeds of the fuzzer too.
#[test]
fn broken_files_are_read_as_far_as_they_go() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files = hostile::corpus(&folder).unwrap();
    let words = [
        "BEGIN:VCARD\n",
        "END:VCARD\n",
        "ENCODING=b:",
        "=\r\n",
        "\";\"",
        "\\u0000",
        "{",
        "[[",
    ];
    for seed in hostile::Rounds::at_least(1_000) {
        let mut dice = hostile::Dice::new(seed);
        let (_, bytes) = &files[dice.below(files.len())];
        let broken = hostile::mutate(&mut dice, bytes, &words);
        assert!(detect("", &broken).is_none_or(|format| FORMATS.contains(&format)));
        for format in FORMATS {
            let read = read(format, &broken);
            assert!(read.rows.len() <= broken.len() + 1, "seed {seed}");
        }
    }
}
