//! vCard, CSV and JSON Lines.
#![no_main]

use exchange::{Format, detect, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = detect("file.csv", bytes);
    for format in [Format::Vcard, Format::Csv, Format::Jsonl] {
        let _ = read(format, bytes);
    }
});
