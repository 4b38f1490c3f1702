//! vCards: every property that is kept, in the ways in which programs write it.

use domain::document::{Document, Stamp};
use domain::ids::RecordId;
use domain::kinds::Contact;
use domain::record::{kind, typed};
use exchange::{Format, read, write_vcard};
use serde_json::{Value, json};

use crate::look::{one, rows, shown};

fn card(properties: &str) -> Vec<u8> {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{properties}\r\nEND:VCARD\r\n").into_bytes()
}

/// What one card becomes.
fn fields(properties: &str) -> Value {
    shown(&one(Format::Vcard, &card(properties)))
}

#[test]
fn a_card_of_a_phone_becomes_a_contact() {
    let found = fields(
        "N:el Amrani;Fatima;;;\r\n\
         FN:Fatima el Amrani\r\n\
         item1.TEL;type=CELL;type=VOICE;type=pref:06-00 12 34 56\r\n\
         TEL;TYPE=work,voice:(030) 000 0000\r\n\
         item2.TEL:0600123457\r\n\
         item2.X-ABLabel:_$!<Mother>!$_\r\n\
         EMAIL;TYPE=INTERNET,HOME:fatima@example.nl\r\n\
         item3.ADR;type=HOME;type=pref:;;Malakkastraat 6 bis;Veldhaven;;1000aa;Nederland\r\n\
         NOTE:Gesproken bij school\\, over de oversteek.\\nWil meehelpen.\r\n\
         URL:https://example.nl/fatima\r\n\
         LANG;PREF=1:ar\r\n\
         LANG:nl-NL\r\n\
         CATEGORIES:Bewoner,Vrijwilligers,Familie\r\n\
         BDAY:19800101\r\n\
         PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ",
    );
    let wanted = json!({
        "name": "Fatima el Amrani",
        "ways": [
            {"kind": "phone", "value": "+31300000000", "label": "werk"},
            {"kind": "phone", "value": "+31600123456", "label": "mobiel"},
            {"kind": "phone", "value": "+31600123457", "label": "Mother"},
            {"kind": "email", "value": "fatima@example.nl", "label": "thuis"},
            {"kind": "web", "value": "https://example.nl/fatima"},
        ],
        "street": "Malakkastraat",
        "house_number": "6 bis",
        "postcode": "1000 AA",
        "town": "Veldhaven",
        "met": "Gesproken bij school, over de oversteek.\nWil meehelpen.",
        "languages": ["Arabisch", "Nederlands"],
        "roles": ["resident", "volunteer"],
    });
    assert_eq!(found, wanted);
}

#[test]
fn a_name_is_found_wherever_it_stands() {
    for (properties, name) in [
        ("FN:Ans", "Ans"),
        ("FN:\r\nN:Berg;Jan;van den;;", "Jan van den Berg"),
        ("FN: - \r\nN:van den Berg;Jan", "Jan van den Berg"),
        ("N:;Fatima;;;\r\nFN:", "Fatima"),
        ("N:;;;;\r\nNICKNAME:Oma Bep", "Oma Bep"),
        ("FN:\r\nN:\r\nORG:De Schakel;Keuken", "De Schakel, Keuken"),
        ("EMAIL:info@example.nl", "info@example.nl"),
        ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB", "Zoë"),
        ("FN;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB", "Zoë"),
        ("FN;ENCODING=QUOTED-PRINTABLE:Zo=EB", "Zoë"),
        ("FN;ENCODING=QUOTED-PRINTABLE:Zo=\r\n=C3=AB", "Zoë"),
        ("FN:Fatima \r\n el Amrani", "Fatima el Amrani"),
        ("FN:Fat\r\n\tima", "Fatima"),
        ("fn:Ans", "Ans"),
        ("a.b.FN:x\r\nFN:Ans", "Ans"),
    ] {
        assert_eq!(fields(properties)["name"], json!(name), "{properties}");
    }
}

#[test]
fn work_and_position_stand_above_the_note_and_a_role_is_a_role() {
    let found =
        fields("FN:Ans\r\nORG:De Schakel;Keuken\r\nTITLE:Kok\r\nROLE:Vrijwilliger\r\nNOTE:Aardig");
    assert_eq!(found["roles"], json!(["volunteer"]));
    assert_eq!(found["met"], json!("Kok, De Schakel, Keuken\nAardig"));
}

#[test]
fn talents_and_interests_are_taken_over() {
    let found = fields("FN:Ans\r\nEXPERTISE:koken\r\nHOBBY:schaken\r\nINTEREST:groen in de straat");
    let talents =
        json!([{"text": "koken", "offered": false}, {"text": "schaken", "offered": false}]);
    assert_eq!(found["talents"], talents);
    assert_eq!(found["cares_about"], json!("groen in de straat"));
}

#[test]
fn addresses_are_found_in_every_component() {
    for (adr, street, number, postcode, town) in [
        (
            ";;Kade 1;Veldhaven;;1000 AA;",
            "Kade",
            "1",
            "1000 AA",
            "Veldhaven",
        ),
        (
            ";;Kade 1\\n1000 AA Veldhaven;;;;",
            "Kade",
            "1",
            "1000 AA",
            "Veldhaven",
        ),
        (
            ";12 A;Kade;Veldhaven;;1000AA;NL",
            "Kade",
            "12 A",
            "1000 AA",
            "Veldhaven",
        ),
        (
            "Postbus 12;;;Veldhaven;;1000AA;NL",
            "Postbus 12",
            "",
            "1000 AA",
            "Veldhaven",
        ),
        (";;;;;1000AA;;;;;1;Kade", "Kade", "1", "1000 AA", ""),
    ] {
        let found = fields(&format!("FN:Ans\r\nADR:{adr}"));
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        let all = [
            text("street"),
            text("house_number"),
            text("postcode"),
            text("town"),
        ];
        assert_eq!(all, [street, number, postcode, town], "{adr}");
    }
    let row = one(
        Format::Vcard,
        &card("FN:A\r\nADR;TYPE=work:;;Kade 2\r\nADR;TYPE=home:;;Kade 1"),
    );
    assert_eq!(row.fields["house_number"], json!("1"));
    assert_eq!(row.left_out, ["second:address"]);
}

#[test]
fn organisations_and_groups_are_what_they_are() {
    let member = "0190b6a0-0000-7000-8000-000000000001";
    let file = format!(
        "BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:De Schakel\nNOTE:Buurthuis\nTEL:0600123456\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nORG:Bakkerij;\nX-ABShowAs:COMPANY\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Vadergroep\nMEMBER:urn:uuid:{member}\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:4.0\nKIND:device\nFN:Printer\nEND:VCARD\n"
    );
    let read = read(Format::Vcard, file.as_bytes());
    let kinds: Vec<&str> = read.rows.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, ["organisation", "organisation", "group"]);
    assert_eq!(read.rows[0].fields["about"], json!("Buurthuis"));
    assert_eq!(read.rows[1].fields["name"], json!("Bakkerij"));
    assert_eq!(read.rows[2].fields["members"], json!([member]));
    assert_eq!(read.unreadable[0].code, "not_a_person");
}

#[test]
fn only_a_uuid_becomes_an_id() {
    let id = "0190b6a0-0000-7000-8000-000000000001";
    for (uid, wanted) in [
        ("urn:uuid:0190B6A0-0000-7000-8000-000000000001", Some(id)),
        (id, Some(id)),
        ("12345", None),
        ("0190b6a0000070008000000000000001", None),
    ] {
        let row = one(Format::Vcard, &card(&format!("FN:Ans\r\nUID:{uid}")));
        assert_eq!(row.id.as_deref(), wanted, "{uid}");
    }
}

#[test]
fn every_encoding_of_the_street_is_read() {
    for bytes in [&b"Zo\xc3\xab"[..], b"Zo\xeb", b"Zo\xc3\r\n \xab"] {
        let file = [b"BEGIN:VCARD\r\nFN:", bytes, b"\r\nEND:VCARD\r\n"].concat();
        assert_eq!(one(Format::Vcard, &file).fields["name"], json!("Zoë"));
    }
    let utf16: Vec<u8> = "\u{feff}BEGIN:VCARD\nFN:Zoë\nEND:VCARD\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(one(Format::Vcard, &utf16).fields["name"], json!("Zoë"));
}

#[test]
fn what_cannot_be_read_is_listed_with_line_and_reason() {
    let file = "rubbish\nBEGIN:VCARD\nTEL:0600123456\nEND:VCARD\n\nBEGIN:VCARD\nFN:Ans\nEND:VCARD\n\
                BEGIN:VCARD\nFN:Bep\nBEGIN:VCARD\nVERSION:3.0\nNOTE:bsn 123456782";
    let read = read(Format::Vcard, file.as_bytes());
    let unreadable: Vec<_> = read
        .unreadable
        .iter()
        .map(|bad| (bad.line, bad.code, bad.text.as_str()))
        .collect();
    assert_eq!(
        unreadable,
        [
            (1, "not_a_card", "rubbish"),
            (2, "no_name", "TEL:0600123456"),
            (11, "truncated", "VERSION:3.0  NOTE:bsn •••••••••"),
        ]
    );
    let rows: Vec<_> = read
        .rows
        .iter()
        .map(|row| (row.line, row.fields["name"].clone()))
        .collect();
    assert_eq!(rows, [(6, json!("Ans")), (9, json!("Bep"))]);
}

#[test]
fn a_citizen_service_number_is_left_out_and_named() {
    let row = one(
        Format::Vcard,
        &card("FN:Ans\r\nNOTE:haar bsn is 123456782\r\nTEL:0600123456"),
    );
    assert_eq!(row.left_out, ["bsn:note"]);
    assert_eq!(shown(&row)["ways"][0]["value"], json!("+31600123456"));
    assert!(!json!(row.fields).to_string().contains("123456782"));
}

#[test]
fn what_is_written_is_read_back_the_same() {
    let fields = json!({
        "name": "Mevrouw van de Ven; Zoë, \"Bep\" \\ zus",
        "ways": {
            "a": {"kind": "phone", "value": "+31600123456", "label": "mobiel"},
            "b": {"kind": "phone", "value": "+31600123457", "label": "haar zus; 's avonds"},
            "c": {"kind": "email", "value": "zoe@example.nl"},
            "d": {"kind": "web", "value": "https://example.nl/?a=1,2;b", "label": "werk"},
            "e": {"kind": "other", "value": "@zoe", "label": "Instagram"},
        },
        "street": "1e Dwarsstraat",
        "house_number": "6 bis",
        "postcode": "1000 AA",
        "town": "Veldhaven",
        "roles": ["key_figure", "volunteer"],
        "languages": ["Turks", "Klingon"],
        "talents": {"a": {"text": "koken, voor 40", "offered": true}, "b": {"text": "schaken", "offered": false}},
        "cares_about": "groen\nrust",
        "met": "Op straat; bij de bakker,\nmet een heel lang verhaal ".to_owned() + &"één twee ".repeat(40) + "einde",
        "consent": "given",
        "attention": true,
    });
    let contact: Contact = typed(fields.as_object().unwrap());
    let id = "0190b6a0-0000-7000-8000-000000000001";
    let text = write_vcard([(id.to_owned(), contact)].into_iter());
    assert!(text.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n"), "{text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let row = one(Format::Vcard, text.as_bytes());
    assert_eq!(row.id.as_deref(), Some(id));
    assert_eq!(row.left_out, [""; 0]);
    let mut wanted = fields;
    for own in ["consent", "attention"] {
        wanted.as_object_mut().unwrap().remove(own);
    }
    for (name, by) in [("ways", "value"), ("talents", "text")] {
        let mut list: Vec<Value> = wanted[name]
            .as_object()
            .unwrap()
            .values()
            .cloned()
            .collect();
        list.sort_by_key(|entry| entry[by].as_str().unwrap().to_owned());
        wanted[name] = json!(list);
    }
    wanted["languages"] = json!(["Klingon", "Turks"]);
    assert_eq!(shown(&row), wanted, "{text}");
}

#[test]
fn what_is_read_is_what_the_domain_takes() {
    let row = one(
        Format::Vcard,
        &card(
            "FN:Ans\r\nTEL:0600123456\r\nADR:;;Kade 1;;;;\r\nCATEGORIES:bewoner\r\nLANG:tr\r\nEXPERTISE:koken",
        ),
    );
    let stamp = Stamp {
        actor: domain::DeviceId([1; 8]).actor([1; 8]),
        at: chrono::DateTime::UNIX_EPOCH,
    };
    let id = RecordId(uuid::Uuid::from_u128(1));
    let (document, _) =
        Document::create(id, kind("contact").unwrap(), &row.fields, &stamp).unwrap();
    assert_eq!(document.fields().unwrap()["name"], json!("Ans"));
}

#[test]
fn reading_a_file_twice_gives_the_same_keys() {
    let file = card("FN:Ans\r\nTEL:0600123456\r\nEXPERTISE:koken");
    assert_eq!(rows(Format::Vcard, &file), rows(Format::Vcard, &file));
    let moved = one(
        Format::Vcard,
        &card("EXPERTISE:koken\r\nTEL:+31600123456\r\nFN:Ans B"),
    );
    for name in ["ways", "talents"] {
        assert_eq!(
            one(Format::Vcard, &file).fields[name],
            moved.fields[name],
            "{name}"
        );
    }
}
