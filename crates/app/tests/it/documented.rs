//! Every code is written down for whoever meets it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_code_stands_in_the_list_of_errors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documented = fs::read_to_string(root.join("../../docs/errors.md")).unwrap();
    let mut codes = BTreeSet::new();
    collect(&root.join("src"), &mut codes);
    assert!(
        codes.contains("wrong_passphrase") && codes.contains("offline") && codes.contains("bsn"),
        "{codes:?}"
    );
    let missing: Vec<_> = codes
        .iter()
        .filter(|code| !documented.contains(&format!("| `{code}` |")))
        .collect();
    assert_eq!(missing, Vec::<&String>::new());
}

/// Codes are the first words of `Error::new` and of the pairs of code and sentence in matches.
fn collect(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, codes);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for before in [
                "Error::new(",
                "Self::new(",
                "=> (",
                "Self::Transport(_) | Self::Reply(_) => ",
            ] {
                codes.extend(text.split(before).skip(1).filter_map(first_word));
            }
        }
    }
}

fn first_word(after: &str) -> Option<String> {
    let word = after.trim_start().strip_prefix('"')?.split('"').next()?;
    let is_code = word
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_code.then(|| word.to_owned())
}
