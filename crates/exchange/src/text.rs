//! From bytes to text: which encoding a file is in, and the beginning of a row for people to recognise.

use std::borrow::Cow;

use domain::bsn;

/// How many characters of an unreadable row are shown.
const EXCERPT: usize = 80;
/// How many are looked at for a citizen service number that crosses the end of the excerpt.
const EXCERPT_LOOK: usize = 400;
/// How many bytes tell which format a file has.
const HEAD: usize = 4096;

const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

/// The characters of Windows-1252 from 0x80 to 0x9F; the others are those of Latin-1 (WHATWG Encoding Standard,
/// index windows-1252).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file: UTF-16 by its mark or its zeros, else UTF-8, and Windows-1252 for each line that is not UTF-8.
pub(crate) fn decode(content: &[u8]) -> Cow<'_, str> {
    if let Some(text) = utf16(content) {
        return Cow::Owned(text);
    }
    decode_bytes(content.strip_prefix(UTF8_BOM).unwrap_or(content))
}

/// [`decode`] without UTF-16 and byte order marks: for a part of a file.
pub(crate) fn decode_bytes(content: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(content) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(content.len() + content.len() / 8);
    for line in content.split_inclusive(|&byte| byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.extend(line.iter().copied().map(windows_1252)),
        }
    }
    Cow::Owned(text)
}

/// A file in UTF-16, with or without a byte order mark.
pub(crate) fn utf16(content: &[u8]) -> Option<String> {
    let (rest, is_little) = match content {
        [0xff, 0xfe, rest @ ..] => (rest, true),
        [0xfe, 0xff, rest @ ..] => (rest, false),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (content, true),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => (content, false),
        _ => return None,
    };
    let unit = if is_little {
        u16::from_le_bytes
    } else {
        u16::from_be_bytes
    };
    let units = rest.as_chunks::<2>().0.iter().copied().map(unit);
    Some(
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

/// The beginning of a file as text, to see what it is.
pub(crate) fn head(content: &[u8]) -> String {
    let head = content.get(..HEAD).unwrap_or(content);
    decode(head).trim_start_matches('\u{feff}').to_owned()
}

/// Text that is UTF-8 but was read as Latin-1 or Windows-1252 ("FranÃ§oise"), put right; other text as it is.
pub(crate) fn without_mojibake(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(windows_1252_byte).collect();
    match bytes.map(String::from_utf8) {
        Some(Ok(repaired)) => repaired,
        Some(Err(_)) | None => text,
    }
}

/// The first characters of a row on one line, with citizen service numbers blotted out.
pub(crate) fn excerpt(text: &str) -> String {
    let looked_at: String = text
        .chars()
        .take(EXCERPT_LOOK)
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let shown: String = blotted(looked_at).chars().take(EXCERPT).collect();
    blotted(shown).trim().to_owned()
}

fn blotted(mut text: String) -> String {
    while let Some(range) = bsn::find(&text) {
        let dots = "•".repeat(9);
        if text.get(range.clone()).is_none_or(str::is_empty) {
            return String::new();
        }
        text.replace_range(range, &dots);
    }
    text
}

fn windows_1252(byte: u8) -> char {
    WINDOWS_1252
        .get(usize::from(byte).wrapping_sub(0x80))
        .copied()
        .unwrap_or(char::from(byte))
}

fn windows_1252_byte(letter: char) -> Option<u8> {
    if let Some(place) = WINDOWS_1252.iter().position(|&known| known == letter) {
        return u8::try_from(place + 0x80).ok();
    }
    u8::try_from(u32::from(letter)).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, excerpt, without_mojibake};

    #[test]
    fn every_usual_encoding_is_recognised() {
        let wanted = "Zoë €";
        let utf16 = |unit: fn(u16) -> [u8; 2]| wanted.encode_utf16().flat_map(unit).collect();
        let little: Vec<u8> = utf16(u16::to_le_bytes);
        let big: Vec<u8> = utf16(u16::to_be_bytes);
        for content in [
            wanted.as_bytes(),
            b"\xef\xbb\xbfZo\xc3\xab \xe2\x82\xac",
            b"Zo\xeb \x80",
            &[&b"\xff\xfe"[..], &little].concat(),
            &[&b"\xfe\xff"[..], &big].concat(),
            &little,
            &big,
        ] {
            assert_eq!(decode(content), wanted, "{content:x?}");
        }
    }

    #[test]
    fn one_bad_line_does_not_spoil_the_others() {
        assert_eq!(decode(b"Zo\xc3\xab\nZo\xeb\n"), "Zoë\nZoë\n");
    }

    #[test]
    fn twice_encoded_text_is_put_right_and_right_text_stays() {
        assert_eq!(without_mojibake("FranÃ§oise".to_owned()), "Françoise");
        for right in ["Françoise", "Łukasz", "İpek", "plain", "à"] {
            assert_eq!(without_mojibake(right.to_owned()), right);
        }
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt("a\r\nb\0c"), "a  b c");
        assert_eq!(excerpt(&"x".repeat(500)).chars().count(), 80);
    }
}
