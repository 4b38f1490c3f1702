//! Lets Tauri prepare what the window may do.

fn main() {
    tauri_build::build();
}
