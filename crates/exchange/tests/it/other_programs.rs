//! Cards written by other programs: the fixtures that come with the calcard crate.

use std::path::PathBuf;
use std::process::Command;

use exchange::{Format, detect, read};
use serde_json::Value;

/// Where cargo keeps the sources of calcard, with the cards that its makers gathered.
fn fixtures() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let packages = metadata["packages"].as_array().unwrap();
    let calcard = packages
        .iter()
        .find(|package| package["name"] == "calcard")
        .unwrap();
    let manifest = PathBuf::from(calcard["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().join("resources/vcard")
}

#[test]
fn cards_of_other_programs_are_read_or_listed_with_the_reason() {
    let (mut files, mut rows, mut bad) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "vcf") {
            continue;
        }
        let content = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        assert_eq!(detect(name, &content), Some(Format::Vcard), "{name}");
        let read = read(Format::Vcard, &content);
        let lines = content.iter().filter(|&&byte| byte == b'\n').count() + 1;
        for row in &read.rows {
            assert!(row.line as usize <= lines, "{name}");
            assert!(
                !row.fields["name"].as_str().unwrap().trim().is_empty(),
                "{name}"
            );
        }
        for unreadable in &read.unreadable {
            bad.push(format!(
                "{name}:{} {} {}",
                unreadable.line, unreadable.code, unreadable.text
            ));
        }
        files += 1;
        rows += read.rows.len();
    }
    println!("{files} files, {rows} rows, {} unreadable", bad.len());
    for line in &bad {
        println!("{line}");
    }
    assert!(files > 200, "{files} files");
    assert!(rows > 1_000, "{rows} rows");
    assert!(bad.len() * 10 < rows, "{bad:#?}");
}
