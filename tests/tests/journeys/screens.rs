//! Every screen, in every size and theme: readable by everyone, and kept as a picture.

use journeys::axe::{Axe, nothing_in};
use journeys::device::Device;
use journeys::door::Door;
use journeys::page::{Language, Page};
use journeys::server::{Server, TEAM};
use journeys::window::Window;
use journeys::{Result, shots};
use serde_json::{Value, json};

use crate::main_job::LINE;

/// Where a broker is most of the day.
const MAIN: [&str; 6] = ["capture", "today", "contact", "board", "conflicts", "sync"];

const SIZES: [(u32, u32); 3] = [(390, 844), (834, 1194), (1280, 800)];
/// Each theme once and each language once: colours do not depend on words, nor words on colours.
const LOOKS: [Look; 2] = [
    Look {
        theme: "light",
        language: Language::Dutch,
    },
    Look {
        theme: "dark",
        language: Language::English,
    },
];

/// How the screens look and speak.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) theme: &'static str,
    pub(crate) language: Language,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_passes_axe_in_all_themes_languages_and_sizes() -> Result<()> {
    let (_server, device) = neighbourhood()?;
    let [(width, height), tablet, desktop] = SIZES;
    let phone = Door::unlocked(&device, width, height).await?;
    let (tablet, desktop, forced) = tokio::try_join!(
        phone.beside(tablet.0, tablet.1),
        phone.beside(desktop.0, desktop.1),
        phone.beside_in_forced_colours(width, height)
    )?;
    phone
        .page()
        .call(
            "draft_set",
            json!({ "text": LINE, "place": "school_gate", "about": null }),
        )
        .await?;
    let places = places(phone.page()).await?;
    let axe = Axe::load()?;
    let mut found = Vec::new();
    for shown in LOOKS {
        look(phone.page(), shown, 100).await?;
        let each = tokio::try_join!(
            walk(phone.page(), &axe, &places, SIZES[0], shown),
            walk(tablet.page(), &axe, &places, SIZES[1], shown),
            walk(desktop.page(), &axe, &places, SIZES[2], shown),
        )?;
        found.extend([each.0, each.1, each.2].concat());
    }
    let contrast = Look {
        theme: "contrast",
        language: Language::Dutch,
    };
    look(phone.page(), contrast, 100).await?;
    let forced_contrast = Look {
        theme: "forced",
        ..contrast
    };
    let main = main_of(&places);
    let each = tokio::try_join!(
        walk(phone.page(), &axe, &places, SIZES[0], contrast),
        walk(forced.page(), &axe, &main, SIZES[0], forced_contrast),
    )?;
    found.extend([each.0, each.1].concat());
    nothing_in(&found)
}

#[tokio::test(flavor = "multi_thread")]
async fn text_of_200_percent_fits_on_a_phone_without_scrolling_sideways() -> Result<()> {
    let (_server, device) = neighbourhood()?;
    let phone = Door::unlocked(&device, 390, 844).await?;
    let page = phone.page();
    page.call(
        "draft_set",
        json!({ "text": LINE, "place": "school_gate", "about": null }),
    )
    .await?;
    look(page, LOOKS[0], 200).await?;
    let mut found = Vec::new();
    for (name, place) in places(page).await? {
        page.go(&place).await?;
        for over in too_wide(page).await? {
            found.push(format!("{name}: {over}"));
        }
        shots::keep(&format!("390x844-200-{name}"), &page.picture().await?)?;
    }
    assert!(
        found.is_empty(),
        "{} do not fit:\n{}",
        found.len(),
        found.join("\n")
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_screens_pass_axe_in_the_real_window() -> Result<()> {
    let (_server, device) = neighbourhood()?;
    let window = Window::unlocked(&device).await?;
    let page = window.page();
    let axe = Axe::load()?;
    let places = main_of(&places(page).await?);
    let mut found = Vec::new();
    for (shown, size) in LOOKS
        .into_iter()
        .flat_map(|shown| SIZES.map(|size| (shown, size)))
    {
        page.size(size.0, size.1).await?;
        look(page, shown, 100).await?;
        for (name, place) in &places {
            page.go(place).await?;
            let screen = format!("window-{}x{}-{}-{name}", size.0, size.1, shown.theme);
            found.extend(axe.look(page, &screen).await?);
        }
    }
    nothing_in(&found)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_asks_for_more_contrast_gets_it_in_the_real_window() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    device.ask_for_contrast()?;
    let window = Window::unlocked(&device).await?;
    let page = window.page();
    assert_eq!(page.theme().await?, "contrast");
    let axe = Axe::load()?;
    let mut found = Vec::new();
    for place in ["capture", "today", "settings"] {
        page.go(place).await?;
        let screen = format!("window-1280x800-contrast-{place}");
        found.extend(axe.look(page, &screen).await?);
    }
    nothing_in(&found)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_and_the_lock_pass_axe() -> Result<()> {
    let axe = Axe::load()?;
    let device = Device::new()?;
    let mut found = Vec::new();
    let door = Door::open(&device, 390, 844).await?;
    let page = door.page();
    found.extend(axe.look(page, "390x844-light-welcome-1").await?);
    page.click("button", "Ga verder").await?;
    page.fill("Wachtzin", "zonnebloem op de stoep").await?;
    page.fill("Nog een keer", "zonnebloem op de stoep").await?;
    found.extend(axe.look(page, "390x844-light-welcome-2").await?);
    page.click("button", "Ga verder").await?;
    page.choose("Met een team").await?;
    found.extend(axe.look(page, "390x844-light-welcome-3").await?);
    page.choose("Alleen op dit apparaat").await?;
    page.click("button", "Begin").await?;
    page.see("navigation", "Onderdelen").await?;
    for (name, place) in [
        ("today", "today"),
        ("contacts", "contacts"),
        ("signals", "signals"),
    ] {
        page.go(place).await?;
        let screen = format!("390x844-light-empty-{name}");
        found.extend(axe.look(page, &screen).await?);
    }
    page.go("settings").await?;
    page.click("button", "Zet nu op slot").await?;
    page.see("textbox", "Wachtzin of pincode").await?;
    found.extend(axe.look(page, "390x844-light-lock").await?);
    nothing_in(&found)
}

/// A filled neighbourhood in a team, with a field on which two people disagree.
fn neighbourhood() -> Result<(Server, Device)> {
    let server = Server::start()?;
    let mine = Device::with_neighbourhood("Amina Yildiz")?;
    mine.run(&["retention", "set", "note", "1", "--why", "afspraak"])?;
    // Whoever manages the team sees everything that others see, and more.
    let first = server.invite_as("manager")?;
    mine.run(&["enroll", &first, "--name", "Amina Yildiz"])?;
    mine.run(&["sync"])?;
    waiting_and_invited(&mine)?;
    let theirs = Device::joined("Yusuf Demir", &server.invite()?)?;
    theirs.run(&["sync"])?;
    let gone = mine.run_with(&["record", "put", "note"], r#"{"text":"Vergeet dit"}"#)?;
    let gone = gone["id"].as_str().ok_or("a note without an id")?;
    mine.run(&["erase", "record", gone, "--yes-for-good"])?;
    let listed = mine.run(&["record", "list", "contact", "--limit", "1"])?;
    let id = listed["rows"][0]["id"]
        .as_str()
        .ok_or("no contacts")?
        .to_owned();
    mine.run_with(
        &["record", "put", "contact", "--id", &id],
        r#"{"street":"Javastraat"}"#,
    )?;
    theirs.run_with(
        &["record", "put", "contact", "--id", &id],
        r#"{"street":"Balistraat"}"#,
    )?;
    for device in [&mine, &theirs, &mine] {
        device.run(&["sync"])?;
    }
    Ok((server, mine))
}

/// Somebody who waits for a second look, and an invitation that nobody used.
fn waiting_and_invited(manager: &Device) -> Result<()> {
    let invite = ["invite", "new", "--space", TEAM, "--role", "manager"];
    let made = manager.run(&invite)?;
    let link = made["link"]
        .as_str()
        .ok_or("an invitation without a link")?;
    Device::of("Lotte Bakker")?.run(&["enroll", link])?;
    manager.run(&["invite", "new", "--space", TEAM])?;
    Ok(())
}

/// Every place of the app, with a name for its picture.
async fn places(page: &Page) -> Result<Vec<(String, String)>> {
    let mut places: Vec<(String, String)> = [
        ("capture", "capture"),
        ("today", "today"),
        ("follow-up-new", "today/new"),
        ("contacts", "contacts"),
        ("contact-new", "contacts/new"),
        ("signals", "signals"),
        ("board", "signals?view=board"),
        ("signal-new", "signals/new"),
        ("neighbourhood", "neighbourhood"),
        ("notes", "records/note"),
        ("notes-found", "records/note?text=de"),
        ("follow-ups-found", "records/follow_up?text=be"),
        ("archived", "contacts?archived=yes"),
        ("groups", "records/group"),
        ("group-new", "records/group/new"),
        ("organisations", "records/organisation"),
        ("organisation-new", "records/organisation/new"),
        ("search", "search"),
        ("sync", "sync"),
        ("team", "team"),
        ("devices", "devices"),
        ("settings", "settings"),
        ("import", "import"),
        ("conflicts", "conflicts"),
        ("erasures", "erase"),
        ("retention", "retention"),
        ("audit", "audit"),
        ("scratch", "scratch"),
        ("nowhere", "nowhere"),
    ]
    .map(|(name, place)| (name.to_owned(), place.to_owned()))
    .into();
    let records = [
        ("contact", "contacts", "contacts"),
        ("signal", "signals", "signals"),
        ("note", "records/note", "records/note"),
        ("group", "records/group", "records/group"),
        (
            "organisation",
            "records/organisation",
            "records/organisation",
        ),
        ("follow_up", "today", "records/follow_up"),
    ];
    for (kind, page_of, edit_of) in records {
        let asked = json!({ "kind": kind, "offset": 0, "limit": 1, "archived": false });
        let listed = page.call("record_list", asked).await?;
        let id = listed["rows"][0]["id"]
            .as_str()
            .ok_or("the sample lacks a kind")?;
        places.push((kind.to_owned(), format!("{page_of}/{id}")));
        if kind == "contact" {
            places.push(("erase".to_owned(), format!("erase/{id}")));
            places.push(("refusal".to_owned(), format!("erase/{id}/refusal")));
            places.push(("audit-of-one".to_owned(), format!("audit/{id}")));
        }
        if kind == "note" {
            places.push(("redact".to_owned(), format!("redact/{id}")));
        }
        places.push((format!("{kind}-edit"), format!("{edit_of}/{id}/edit")));
    }
    Ok(places)
}

fn main_of(places: &[(String, String)]) -> Vec<(String, String)> {
    let is_main = |(name, _): &&(String, String)| MAIN.contains(&name.as_str());
    places.iter().filter(is_main).cloned().collect()
}

/// Sets language, theme and size of text, as the settings do, and shows them.
pub(crate) async fn look(page: &Page, shown: Look, text_size: u32) -> Result<()> {
    let Look { theme, language } = shown;
    let preferences =
        json!({ "language": language.code(), "theme": theme, "text_size": text_size });
    page.call("preferences_set", preferences).await?;
    page.reload_in(language).await
}

async fn walk(
    page: &Page,
    axe: &Axe,
    places: &[(String, String)],
    (width, height): (u32, u32),
    Look { theme, language }: Look,
) -> Result<Vec<String>> {
    page.reload_in(language).await?;
    let mut found = Vec::new();
    for (name, place) in places {
        page.go(place).await?;
        let screen = format!("{width}x{height}-{theme}-{name}");
        found.extend(axe.look(page, &screen).await?);
    }
    Ok(found)
}

/// What sticks out at the right, apart from rows that are made to scroll sideways.
async fn too_wide(page: &Page) -> Result<Vec<String>> {
    let found = page.run(include_str!("too_wide.js"), vec![]).await?;
    let found = found.as_array().ok_or("no answer about widths")?;
    Ok(found
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect())
}
