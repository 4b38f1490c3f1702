//! Invitations that open the app: links of the scheme `buurtboek:`, at its start and while it runs.

use std::sync::Arc;

use app::App;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Builder, Manager as _, Wry};
use tauri_plugin_deep_link::DeepLinkExt as _;

use crate::arguments::Arguments;

/// Lets links come to this program: a second one that a link starts passes it on to the one that runs, and ends.
pub(crate) fn belong_to(builder: Builder<Wry>, app: &Arc<App>) -> Builder<Wry> {
    #[cfg(desktop)]
    let builder = builder.plugin(pass_on_to_the_first(Arc::clone(app)));
    builder
        .plugin(tauri_plugin_deep_link::init())
        .plugin(registered(Arc::clone(app)))
}

#[cfg(desktop)]
fn pass_on_to_the_first(app: Arc<App>) -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(move |handle, words, _| {
        let arguments = Arguments::read(words.into_iter().skip(1));
        if let Some(invitation) = arguments.invitation {
            app.open_invitation(invitation);
        }
        show(handle);
    })
}

/// Takes links as telephones and macOS hand them over, and tells Linux and Windows whose the scheme is.
fn registered(app: Arc<App>) -> TauriPlugin<Wry> {
    tauri::plugin::Builder::new("links")
        .setup(move |handle, _| {
            let shown = handle.clone();
            handle.deep_link().on_open_url(move |event| {
                for url in event.urls() {
                    app.open_invitation(url.into());
                }
                show(&shown);
            });
            #[cfg(any(windows, target_os = "linux"))]
            register(handle.clone());
            Ok(())
        })
        .build()
}

/// On a thread of its own: it starts other programs, and the window must not wait for them.
#[cfg(any(windows, target_os = "linux"))]
fn register(handle: AppHandle) {
    std::thread::spawn(move || {
        if let Err(problem) = handle.deep_link().register_all() {
            // The link can still be pasted; a system without a list of schemes has none to be in.
            tracing::warn!(%problem, "links do not open the app on this system");
        }
    });
}

fn show(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window("main") else {
        return;
    };
    #[cfg(desktop)]
    let shown = window.unminimize().and_then(|()| window.set_focus());
    #[cfg(mobile)]
    let shown = window.set_focus();
    if let Err(problem) = shown {
        tracing::warn!(%problem, "the window did not come to the front");
    }
}
