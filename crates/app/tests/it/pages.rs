//! What stands in the files of a book without its encryption, page by page: a search of the files themselves finds nothing,
//! whatever was forgotten.

use std::fs;

use crate::device::Device;
use crate::erasing::holding;
use crate::team::Team;
use aes::Aes256;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockDecryptMut, KeyIvInit};

/// SQLCipher 4 (<https://www.zetetic.net/sqlcipher/design/>): AES-256 in CBC mode on each page, with its IV and HMAC at
/// the end of it, and the salt instead of the first bytes of the first page.
const PAGE: usize = 4096;
const IV: usize = 16;
const HMAC: usize = 64;
const SALT: usize = 16;

/// Of SQLite's write-ahead log (<https://www.sqlite.org/fileformat.html#walformat>).
const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

impl Device {
    /// Whether a word stands anywhere in the decrypted book, in whatever case: free pages, gaps between cells and frames of
    /// the journal that count no more included.
    pub(crate) fn book_holds(&self, word: &str) -> bool {
        let word = word.to_ascii_lowercase().into_bytes();
        let pages = self.pages();
        pages.windows(word.len()).any(|window| window == word)
    }

    /// Every page of the database and its journal, decrypted and in lower case.
    fn pages(&self) -> Vec<u8> {
        let key = self.key();
        let book = fs::read(self.folder().join("buurtboek.sqlite")).unwrap();
        let journal = fs::read(self.folder().join("buurtboek.sqlite-wal")).unwrap_or_default();
        let whole = book.chunks_exact(PAGE).enumerate();
        let whole = whole.map(|(number, page)| (number == 0, page));
        let frames = journal.get(WAL_HEADER..).unwrap_or_default();
        let frames = frames.chunks_exact(FRAME_HEADER + PAGE).map(|frame| {
            let (header, page) = frame.split_at(FRAME_HEADER);
            (header[..4] == 1_u32.to_be_bytes(), page)
        });
        let mut pages = Vec::with_capacity(book.len() + journal.len());
        for (is_first, page) in whole.chain(frames) {
            pages.extend(decrypted(&key, if is_first { SALT } else { 0 }, page));
        }
        pages.make_ascii_lowercase();
        pages
    }
}

/// A word is found in the server's files and in the book of each of these devices: what looks for it later can see it.
pub(crate) fn stands_everywhere(word: &str, team: &Team, devices: &[&Device]) {
    let server = holding(team.folder(), word);
    assert!(!server.is_empty(), "{word} with the server");
    for device in devices {
        assert!(
            device.book_holds(word),
            "{word} in {}",
            device.folder().display()
        );
    }
}

/// No byte of a word is left in the server's files or in the book of one of these devices.
pub(crate) fn stands_nowhere(word: &str, team: &Team, devices: &[&Device]) {
    assert_eq!(holding(team.folder(), word), Vec::<String>::new(), "{word}");
    for device in devices {
        assert!(
            !device.book_holds(word),
            "{word} in {}",
            device.folder().display()
        );
    }
}

fn decrypted(key: &[u8; 32], start: usize, page: &[u8]) -> Vec<u8> {
    let (content, end) = page.split_at(PAGE - IV - HMAC);
    let mut content = content[start..].to_vec();
    let iv: [u8; IV] = end[..IV].try_into().unwrap();
    let cipher = cbc::Decryptor::<Aes256>::new(key.into(), &iv.into());
    cipher
        .decrypt_padded_mut::<NoPadding>(&mut content)
        .unwrap();
    content
}
