//! Somebody asks to be forgotten.

use journeys::Result;
use journeys::device::Device;
use journeys::page::Page;
use journeys::server::Server;
use journeys::window::Window;

/// A person, a note that is only about them, and one of somebody else that names them.
fn known(device: &Device) -> Result<String> {
    let made = device.run_with(
        &["record", "put", "contact"],
        r#"{"name":"Wilhelmijntje Quispel"}"#,
    )?;
    let id = made["id"].as_str().ok_or("a contact without an id")?;
    device.run_with(
        &["record", "put", "note"],
        &format!(r#"{{"text":"Wil meehelpen bij de oversteek","about":["{id}"]}}"#),
    )?;
    device.run_with(
        &["record", "put", "note"],
        r#"{"text":"Kees zag Wilhelmijntje bij de winkel"}"#,
    )?;
    Ok(id.to_owned())
}

async fn erase_all(page: &Page) -> Result<()> {
    page.click("link", "Contacten").await?;
    page.click("link", "Wilhelmijntje Quispel").await?;
    page.click("link", "Wissen").await?;
    page.read("Wissen is voor altijd").await?;
    page.read("Wil meehelpen bij de oversteek").await?;
    page.read("Er worden 2 dingen gewist").await?;
    page.choose("Wis ook").await?;
    page.read("Er worden 3 dingen gewist").await?;
    page.click("button", "Wis voor altijd").await?;
    page.read("Contact, gewist door jou").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_asks_to_be_forgotten_is_gone_on_every_device() -> Result<()> {
    let server = Server::start()?;
    let mine = Device::joined("Amina Yildiz", &server.invite()?)?;
    let theirs = Device::joined("Yusuf Demir", &server.invite()?)?;
    known(&mine)?;
    mine.run(&["sync"])?;
    theirs.run(&["sync"])?;
    assert!(
        found(&theirs)? && server.holds("Quispel")?,
        "it can be seen"
    );

    let window = Window::unlocked(&mine).await?;
    let page = window.page();
    erase_all(page).await?;
    page.read("Gewist op 1 van 2 apparaten").await?;
    theirs.run(&["sync"])?;
    assert!(!found(&theirs)?);
    page.go("sync").await?;
    page.go("erase").await?;
    page.read("Gewist op alle 2 apparaten").await?;
    assert!(!server.holds("Quispel")?, "in a file of the server");
    Ok(())
}

/// Whether the person can still be found.
fn found(device: &Device) -> Result<bool> {
    let hits = device.run(&["search", "wilhelmijntje"])?;
    Ok(hits.as_array().is_some_and(|hits| !hits.is_empty()))
}
