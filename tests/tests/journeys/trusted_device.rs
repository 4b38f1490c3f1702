//! A device that can be trusted: its lock, its scratchpad, and its end.

use journeys::Result;
use journeys::axe;
use journeys::device::{Device, PASSPHRASE};
use journeys::door::Door;
use journeys::server::Server;
use journeys::window::Window;

const PHONE: (u32, u32) = (390, 844);

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_window_shows_nothing_and_opens_with_the_new_passphrase() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    let note = r#"{"text":"Kees van de hoek wil meehelpen"}"#;
    device.run_with(&["record", "put", "note"], note)?;
    let window = Window::unlocked(&device).await?;
    let page = window.page();
    page.go("records/note").await?;
    page.read("Kees van de hoek").await?;
    page.go("settings").await?;
    page.click("button", "Kies een andere wachtzin").await?;
    page.fill("Je wachtzin tot nu toe", PASSPHRASE).await?;
    page.fill("Nieuwe wachtzin", "klaproos aan het water")
        .await?;
    page.fill("Nog een keer", "klaproos aan het water").await?;
    page.click("button", "Neem de nieuwe").await?;
    page.read("De nieuwe wachtzin geldt vanaf nu").await?;
    page.go("records/note").await?;
    page.read("Kees van de hoek").await?;
    page.click("button", "Op slot").await?;
    page.see("textbox", "Wachtzin of pincode").await?;
    page.gone("navigation", "Onderdelen").await?;
    page.not_read("Kees").await?;
    page.not_read("Amina").await?;
    page.fill("Wachtzin of pincode", PASSPHRASE).await?;
    page.click("button", "Open").await?;
    page.read("klopt niet").await?;
    page.fill("Wachtzin of pincode", "klaproos aan het water")
        .await?;
    page.click("button", "Open").await?;
    page.see("navigation", "Onderdelen").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn after_too_many_wrong_tries_the_lock_says_how_long_to_wait() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    let door = Door::open(&device, PHONE.0, PHONE.1).await?;
    let page = door.page();
    for _ in 0..5 {
        page.see("button", "Open").await?;
        page.fill("Wachtzin of pincode", "klaproos").await?;
        page.click("button", "Open").await?;
        page.read("klopt niet").await?;
    }
    page.read("Even wachten: nog").await?;
    axe::passes(page, "390x844-light-lock-waits").await?;
    page.refresh().await?;
    page.read("Even wachten: nog").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_note_becomes_a_real_one_with_one_tap() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    let door = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    let page = door.page();
    page.fill("Wat hoorde of zag je?", "Twijfel over de stalling")
        .await?;
    page.click("button", "Naar kladblok").await?;
    page.read("Op je kladblok gezet").await?;
    page.go("neighbourhood").await?;
    page.click("link", "Kladblok").await?;
    page.read("Twijfel over de stalling").await?;
    page.read("verdwijnt over 30 dagen").await?;
    axe::passes(page, "390x844-light-scratch-filled").await?;
    page.click("button", "Maak er een notitie van").await?;
    page.read("Je kladblok is leeg").await?;
    page.go("records/note").await?;
    page.read("Twijfel over de stalling").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_a_manager_puts_out_says_in_plain_words_what_happened() -> Result<()> {
    let server = Server::start()?;
    let device = Device::joined("Amina Yildiz", &server.invite()?)?;
    device.run(&["sync"])?;
    let door = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    let page = door.page();
    page.see("navigation", "Onderdelen").await?;
    server.revoke_all()?;
    page.go("sync").await?;
    page.click("button", "Werk nu bij").await?;
    page.see("heading", "Dit apparaat is afgemeld").await?;
    page.read("Je team weet dat het gedaan is").await?;
    axe::passes(page, "390x844-light-wiped").await?;
    page.click("button", "Begin opnieuw").await?;
    page.see("button", "Ga verder").await?;
    Ok(())
}
