//! A window with one field and nothing behind it: what any Tauri window costs. The app is measured beside it.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
