//! Prints the TypeScript of the API: `cargo xtask types` writes it to the screens' source.

fn main() {
    use std::io::Write as _;
    let written = std::io::stdout().write_all(app::api::typescript().as_bytes());
    if let Err(problem) = written {
        panic!("cannot print: {problem}");
    }
}
