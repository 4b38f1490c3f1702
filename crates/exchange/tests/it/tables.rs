//! Tables of contacts: lists of people's own and exports of other programs.

use exchange::{Format, read};
use serde_json::{Value, json};

use crate::look::{one, rows, shown};

/// What the one row of a table becomes.
fn fields(table: &str) -> Value {
    shown(&one(Format::Csv, table.as_bytes()))
}

#[test]
fn a_list_of_ones_own_is_read_whatever_its_delimiter() {
    let wanted = json!({
        "name": "Jan van den Berg",
        "street": "Malakkastraat",
        "house_number": "6 bis",
        "postcode": "1000 AA",
        "town": "Veldhaven",
        "ways": [
            {"kind": "phone", "value": "+31600123456"},
            {"kind": "phone", "value": "+31600123457", "label": "mobiel"},
            {"kind": "email", "value": "jan@example.nl"},
        ],
        "roles": ["resident", "volunteer"],
        "languages": ["Nederlands", "Turks"],
        "met": "penningmeester\nGesproken op straat",
        "consent": "given",
    });
    let table = "voornaam;tussenvoegsel;achternaam;straat;huisnummer;toevoeging;postcode;woonplaats;telefoon;mobiel;\
                 e-mail;rol;taal;opmerking;toestemming\n\
                 Jan;van den;Berg;Malakkastraat;6;bis;1000aa;Veldhaven;06-00123456;600123457;jan@example.nl;\
                 bewoner en vrijwilliger, penningmeester;nl / Turks;Gesproken op straat;ja\n";
    assert_eq!(fields(table), wanted);
    assert_eq!(fields(&table.replace(',', "/").replace(';', ",")), wanted);
    assert_eq!(fields(&table.replace(';', "\t")), wanted);
    assert_eq!(fields(&table.replace('\n', "\r\n")), wanted);
    assert_eq!(fields(&format!("sep=;\r\n{table}")), wanted);
    assert_eq!(fields(&format!("\u{feff}{table}")), wanted);
}

#[test]
fn every_encoding_of_a_spreadsheet_is_read() {
    let table = "naam;straat\nZoë Çelik;Kade 1\n";
    let latin: Vec<u8> = table
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    let utf16: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&b"\xff\xfe"[..], &utf16].concat();
    for content in [table.as_bytes(), &latin, &utf16, &marked] {
        assert_eq!(one(Format::Csv, content).fields["name"], json!("Zoë Çelik"));
    }
    let binary = read(Format::Csv, b"naam\n\0\0\0\x01\x02");
    assert_eq!(binary.unreadable[0].code, "bad_encoding");
}

#[test]
fn an_export_of_outlook_is_read_in_both_languages() {
    let english = "\"Title\",\"First Name\",\"Middle Name\",\"Last Name\",\"Suffix\",\"Company\",\"Department\",\
        \"Job Title\",\"Business Street\",\"Business City\",\"Business Postal Code\",\"Home Street\",\"Home City\",\
        \"Home Postal Code\",\"Home Country/Region\",\"Business Phone\",\"Home Phone\",\"Mobile Phone\",\
        \"Categories\",\"E-mail Address\",\"E-mail Type\",\"E-mail Display Name\",\"Notes\",\"Web Page\"\r\n\
        \"\",\"Ayşe\",\"\",\"Yıldız\",\"\",\"De Schakel\",\"\",\"Kok\",\"\",\"\",\"\",\"Kade 12\",\"Veldhaven\",\
        \"1000AA\",\"\",\"\",\"\",\"+31 6 00123456\",\"Vrijwilliger;Buurt\",\"ayse@example.nl\",\"SMTP\",\
        \"Ayşe (ayse@example.nl)\",\"Regel een\r\nRegel twee\",\"\"\r\n";
    let wanted = json!({
        "name": "Ayşe Yıldız",
        "street": "Kade",
        "house_number": "12",
        "postcode": "1000 AA",
        "town": "Veldhaven",
        "ways": [
            {"kind": "phone", "value": "+31600123456", "label": "mobiel"},
            {"kind": "email", "value": "ayse@example.nl"},
        ],
        "roles": ["volunteer"],
        "met": "Kok, De Schakel\nRegel een\nRegel twee",
    });
    assert_eq!(fields(english), wanted);
    let dutch = "Voornaam;Middelste naam;Achternaam;Bedrijf;Functie;Werkadres, straat;Huisadres, straat;\
        Huisadres, plaats;Huisadres, postcode;Telefoon op werk;Mobiele telefoon;Categorieën;E-mailadres;Notities\r\n\
        Ayşe;;Yıldız;De Schakel;Kok;;Kade 12;Veldhaven;1000AA;;0600123456;Vrijwilliger;ayse@example.nl;\
        \"Regel een\r\nRegel twee\"\r\n";
    assert_eq!(fields(dutch), wanted);
}

#[test]
fn an_export_of_google_is_read_old_and_new() {
    let old = "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,\
        Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Address 1 - Type,Address 1 - Formatted,\
        Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Organization 1 - Name,Notes\n\
        Bep van Vliet,Bep,,van Vliet,* myContacts ::: Bewoners,* Home,bep@example.nl ::: bep@example.org,Mobile,\
        06 00123456,Zus,06 00123457,Home,\"Kade 12\n1000 AA Veldhaven\nNetherlands\",Kade 12,Veldhaven,1000 AA,,\n";
    let wanted = json!({
        "name": "Bep van Vliet",
        "street": "Kade",
        "house_number": "12",
        "postcode": "1000 AA",
        "town": "Veldhaven",
        "roles": ["resident"],
        "ways": [
            {"kind": "phone", "value": "+31600123456", "label": "mobiel"},
            {"kind": "phone", "value": "+31600123457", "label": "Zus"},
            {"kind": "email", "value": "bep@example.nl", "label": "thuis"},
            {"kind": "email", "value": "bep@example.org", "label": "thuis"},
        ],
    });
    assert_eq!(fields(old), wanted);
    let new = "First Name,Middle Name,Last Name,Nickname,File As,Organization Name,Labels,E-mail 1 - Label,\
        E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Street,\
        Address 1 - City,Address 1 - Postal Code\n\
        Bep,van,Vliet,,,,Bewoners ::: * myContacts,* Home,bep@example.nl ::: bep@example.org,Mobile,06 00123456,Zus,\
        06 00123457,Kade 12,Veldhaven,1000 AA\n";
    assert_eq!(fields(new), wanted);
}

#[test]
fn names_are_put_in_the_order_in_which_they_are_said() {
    for (table, name) in [
        ("naam;straat\nBerg, Jan van den;Kade 1", "Jan van den Berg"),
        ("voornaam;naam\nJan;Berg, van den", "Jan van den Berg"),
        ("voornaam;naam\n;Berg", "Berg"),
        ("naam;organisatie\n;De Schakel", "De Schakel"),
        ("naam;e-mail\n;info@example.nl", "info@example.nl"),
        (
            "achternaam;voorletters;tussenvoegsel\nBerg;J.;van",
            "J. van Berg",
        ),
    ] {
        assert_eq!(fields(table)["name"], json!(name), "{table}");
    }
}

#[test]
fn a_list_without_a_header_is_understood_by_what_stands_in_it() {
    let found = rows(
        Format::Csv,
        "Jan Berg;Kade 1;1000 AA;0600123456;jan@example.nl;aardig\n\
         Ans Bos;Kade 2;1000AA;06-00123457;ans@example.nl;\n"
            .as_bytes(),
    );
    let wanted = json!({
        "name": "Jan Berg",
        "street": "Kade",
        "house_number": "1",
        "postcode": "1000 AA",
        "ways": [{"kind": "phone", "value": "+31600123456"}, {"kind": "email", "value": "jan@example.nl"}],
        "met": "aardig",
    });
    assert_eq!(found.len(), 2);
    assert_eq!(shown(&found[0]), wanted);
    let names = rows(Format::Csv, "Jan Berg\nAns Bos\n".as_bytes());
    assert_eq!(names.len(), 2);
}

#[test]
fn rows_of_another_width_are_read_or_listed() {
    let read = read(
        Format::Csv,
        "naam;straat;plaats\nAns\nBep;Kade 1;Veldhaven;;;\nCor;Kade 2;Veldhaven;en nog wat\n;;\n\nDirk;;Veldhaven\n;Kade 3;\n"
            .as_bytes(),
    );
    let lines: Vec<_> = read
        .rows
        .iter()
        .map(|row| (row.line, row.fields["name"].as_str().unwrap()))
        .collect();
    assert_eq!(lines, [(2, "Ans"), (3, "Bep"), (7, "Dirk")]);
    let bad: Vec<_> = read
        .unreadable
        .iter()
        .map(|bad| (bad.line, bad.code, bad.text.as_str()))
        .collect();
    assert_eq!(
        bad,
        [
            (4, "too_many_columns", "Cor;Kade 2;Veldhaven;en nog wat"),
            (8, "no_name", ";Kade 3;")
        ]
    );
}

#[test]
fn lines_are_counted_through_quoted_new_lines() {
    let found = rows(
        Format::Csv,
        "\n\nnaam,opmerking\nAns,\"een\ntwee\n\ndrie\"\nBep,\"zei \"\"ja\"\"\"\n".as_bytes(),
    );
    assert_eq!((found[0].line, found[1].line), (4, 8));
    assert_eq!(found[0].fields["met"], json!("een\ntwee\n\ndrie"));
    assert_eq!(found[1].fields["met"], json!("zei \"ja\""));
}

#[test]
fn a_quotation_mark_that_is_never_closed_costs_one_row() {
    let read = read(
        Format::Csv,
        "naam,opmerking\nAns,a\nBep,\"b\nCor,c\nDirk,d\n".as_bytes(),
    );
    let lines: Vec<_> = read
        .rows
        .iter()
        .map(|row| (row.line, row.fields["name"].as_str().unwrap()))
        .collect();
    assert_eq!(lines, [(2, "Ans"), (4, "Cor"), (5, "Dirk")]);
    assert_eq!(
        (read.unreadable[0].line, read.unreadable[0].code),
        (3, "open_quote")
    );
    assert_eq!(read.unreadable.len(), 1);
}

#[test]
fn a_citizen_service_number_is_left_out_wherever_it_stands() {
    let row = one(
        Format::Csv,
        "naam;telefoon;opmerking;bsn\nAns;123456782;\"bsn 1234.56.782, vraag Bep\";123456782\n"
            .as_bytes(),
    );
    assert_eq!(row.left_out, ["bsn:phone", "bsn:note"]);
    assert_eq!(json!(row.fields), json!({"name": "Ans"}));
    let bad = read(Format::Csv, "naam;straat\n;123456782\n".as_bytes());
    assert_eq!(bad.unreadable[0].text, ";•••••••••");
}
