//! Prints the TypeScript of the API: `cargo xtask types` writes it to the screens' source.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(app::api::typescript().as_bytes())
}
