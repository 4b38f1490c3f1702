//! Books and servers of every release, with the code of today.

use std::sync::Arc;

use app::App;
use app::api::{DeviceInit, DeviceJoin, DeviceUnlock, RecordPut};
use protocol::Role;
use releases::{
    Copy, Host, Line, PASSPHRASE, Played, Then, app_over, kept_versions, open_copy, shown,
};
use serde_json::json;

pub(crate) fn unlock(app: &App) {
    app.device_unlock(DeviceUnlock {
        passphrase: PASSPHRASE.to_owned(),
    })
    .unwrap();
}

fn is_sound(app: &App) {
    assert_eq!(app.verify().unwrap().problems, Vec::<String>::new());
}

/// Each version that is kept; a failure names it.
pub(crate) fn each(look: impl Fn(&Copy)) {
    for version in kept_versions().unwrap() {
        println!("version {version}");
        look(&open_copy(&version).unwrap());
    }
}

#[test]
fn what_is_about_to_be_released_is_kept() {
    let kept = kept_versions().unwrap();
    assert!(
        kept.iter().any(|version| version == app::APP_VERSION),
        "`cargo xtask fixture` keeps version {}; there are {kept:?}",
        app::APP_VERSION
    );
}

#[test]
fn a_book_of_every_release_opens_and_shows_what_it_showed() {
    each(|copy| {
        let app = app_over(&copy.device(), &copy.about, Played::of("nobody", &[])).unwrap();
        unlock(&app);
        is_sound(&app);
        assert_eq!(
            copy.before.missing_in(&shown(&app).unwrap()),
            Vec::<String>::new()
        );
        // And goes on.
        let saved = app.record_put(RecordPut {
            kind: "note".to_owned(),
            id: None,
            fields: serde_json::from_value(json!({ "text": "Met de app van nu" })).unwrap(),
            seen: None,
        });
        let id = saved.unwrap().id;
        drop(app);
        let app = app_over(&copy.device(), &copy.about, Played::of("nobody", &[])).unwrap();
        unlock(&app);
        is_sound(&app);
        assert!(shown(&app).unwrap().records.contains_key(&id));
    });
}

#[test]
fn a_book_and_a_server_of_every_release_exchange_with_the_code_of_today() {
    each(|copy| {
        let host = Host::open(&copy.server(), copy.about.at).unwrap();
        let line = |who| Line::new(who, &host.router, &Arc::default());
        let app = app_over(&copy.device(), &copy.about, line("Noor")).unwrap();
        unlock(&app);
        app.sync_round().unwrap();
        is_sound(&app);
        assert_eq!(
            copy.after.missing_in(&shown(&app).unwrap()),
            Vec::<String>::new()
        );

        // Somebody who joins today has the same.
        let folder = tempfile::tempdir().unwrap();
        let today = Then::new(copy.about.at, line("Today"));
        let new = App::new(folder.path(), Arc::new(today))
            .unwrap()
            .only_when_asked();
        new.device_init(DeviceInit {
            passphrase: PASSPHRASE.to_owned(),
            name: "Today".to_owned(),
            language: "nl".to_owned(),
        })
        .unwrap();
        let invitation = host.invite(Role::Writer).unwrap();
        let name = String::new();
        new.device_join(DeviceJoin { invitation, name }).unwrap();
        new.sync_round().unwrap();
        is_sound(&new);
        app.sync_round().unwrap();
        let digests = |app: &App| -> Vec<_> {
            let stands = app.space_stands().unwrap().into_iter();
            stands
                .filter(|stand| stand.cursor > 0)
                .map(|stand| (stand.space, stand.digest))
                .collect()
        };
        assert_eq!(digests(&app), digests(&new));
        assert!(!digests(&app).is_empty());
    });
}
