//! From the school gate to a colleague's tablet.

use journeys::Result;
use journeys::device::{Device, PASSPHRASE};
use journeys::page::{CONTROL, ENTER};
use journeys::server::Server;
use journeys::wait::until;
use journeys::window::Window;
use serde_json::{Value, json};

/// The field for a note.
pub(crate) const FIELD: &str = "Wat hoorde of zag je?";

/// What a broker types at the school gate.
pub(crate) const LINE: &str = "Fatima el Amrani, Malakkastraat 6, 3531 HM, oversteek bij school gevaarlijk, wil meehelpen, bel dinsdag";

#[tokio::test(flavor = "multi_thread")]
async fn a_note_typed_without_a_server_survives_a_kill_and_reaches_a_colleague() -> Result<()> {
    let mut server = Server::start()?;
    let colleague = Device::joined("Yusuf Demir", &server.invite()?)?;
    let mine = Device::new()?;

    let window = Window::open(&mine).await?;
    first_start(&window, "Amina Yildiz", &server.invite()?).await?;
    server.stop()?;

    let page = window.page();
    page.fill(FIELD, LINE).await?;
    page.see("button", "Laat weg: contact Fatima el Amrani")
        .await?;
    page.press(&[CONTROL, ENTER]).await?;
    page.read("Bewaard op dit apparaat").await?;
    page.holds(FIELD, "").await?;
    page.click("link", "Contacten").await?;
    page.see("link", "Fatima el Amrani").await?;
    page.read("nog niet verzonden").await?;
    window.kill().await?;

    let window = Window::unlocked(&mine).await?;
    window.page().click("link", "Contacten").await?;
    window.page().click("link", "Fatima el Amrani").await?;
    window.page().see("heading", "Fatima el Amrani").await?;
    window.page().read("nog niet verzonden").await?;
    window.page().read(LINE).await?;

    let beside = Window::unlocked(&colleague).await?;
    beside.page().click("link", "Contacten").await?;
    beside.page().read("Nog geen contacten").await?;
    server.start_again()?;
    beside.page().click("link", "Fatima el Amrani").await?;
    beside.page().read(LINE).await?;
    beside.page().read("door Amina Yildiz").await?;
    window.page().not_read("nog niet verzonden").await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_draft_is_there_after_a_kill() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    let words = "Mevrouw van de Ven zegt dat de lamp bij het portiek";
    let window = Window::unlocked(&device).await?;
    window.page().fill(FIELD, words).await?;
    until("the draft to be kept", async || {
        let draft = window.page().call("draft_get", json!({})).await?;
        Ok((draft.get("text").and_then(Value::as_str) == Some(words)).then_some(()))
    })
    .await?;
    window.kill().await?;

    let window = Window::unlocked(&device).await?;
    window.page().holds(FIELD, words).await
}

/// Through the three steps of a first start, joining with the pasted text of an invitation.
async fn first_start(window: &Window, name: &str, invitation: &str) -> Result<()> {
    let page = window.page();
    page.choose("Nederlands").await?;
    page.fill("Hoe heet je?", name).await?;
    page.click("button", "Ga verder").await?;
    page.fill("Wachtzin", PASSPHRASE).await?;
    page.fill("Nog een keer", PASSPHRASE).await?;
    page.click("button", "Ga verder").await?;
    page.choose("Met een team").await?;
    page.fill("Uitnodiging", invitation).await?;
    page.read("Dit is een uitnodiging voor").await?;
    page.click("button", "Sluit aan en begin").await?;
    page.see("textbox", FIELD).await?;
    page.see("link", "Bijgewerkt").await?;
    Ok(())
}
