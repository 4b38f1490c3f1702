//! The TypeScript of the one API, generated from Rust.

use crate::cargo::{Cargo, PROGRAMS};
use crate::failure::Failure;
use crate::files;
use crate::place::Place;
use crate::step::Step;
use crate::ui;

/// Where it is kept, in `ui/`.
const FILE: &str = "src/backend/generated.ts";

/// Writes the file.
pub(crate) fn write(place: &Place, cargo: &Cargo) -> Result<(), Failure> {
    let wanted = generated(place, cargo)?;
    let file = place.ui().join(FILE);
    if files::read(&file)?.as_deref() == Some(&wanted) {
        println!("ui/{FILE} was up to date.");
        return Ok(());
    }
    files::write(&file, &wanted)?;
    println!("ui/{FILE} is written.");
    Ok(())
}

/// Fails when the file is not what the Rust code says.
pub(crate) fn check(place: &Place, cargo: &Cargo) -> Result<(), Failure> {
    let wanted = generated(place, cargo)?;
    let found = files::read(&place.ui().join(FILE))?.unwrap_or_default();
    let Some((line, text)) = first_difference(&wanted, &found) else {
        println!(
            "{:>6} {:>12}  types: ui/{FILE} is what the Rust code says",
            "ok", ""
        );
        return Ok(());
    };
    Err(Failure::new(format!(
        "ui/{FILE} differs from the Rust code at line {line}: {text}"
    ))
    .command("cargo xtask types --check")
    .advice("run `cargo xtask types` and commit the file"))
}

fn generated(place: &Place, cargo: &Cargo) -> Result<String, Failure> {
    cargo
        .workspace(
            "types: builds the program that prints them",
            "build",
            PROGRAMS,
        )
        .live()
        .run()?;
    let printer = place.program("debug", "examples/typescript");
    let text = Step::new("the types are printed", printer).output()?;
    ui::formatted(place, FILE, &text)
}

/// The first line (counted from one) that is not the same, with what it should be.
fn first_difference<'a>(wanted: &'a str, found: &str) -> Option<(usize, &'a str)> {
    if wanted == found {
        return None;
    }
    let mut found = found.lines();
    let differs = wanted
        .lines()
        .enumerate()
        .find(|(_, line)| found.next() != Some(line));
    Some(
        differs.map_or((wanted.lines().count() + 1, "(the end)"), |(at, line)| {
            (at + 1, line)
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn drift_is_shown_at_its_first_line() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some((2, "b")));
        assert_eq!(first_difference("a\n", ""), Some((1, "a")));
    }

    #[test]
    fn lines_too_many_are_drift_too() {
        assert_eq!(first_difference("a\n", "a\nb\n"), Some((2, "(the end)")));
    }
}
