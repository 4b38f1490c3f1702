//! A name goes out of a note for good, and the note stays.

use journeys::Result;
use journeys::device::Device;
use journeys::page::Page;
use journeys::server::Server;
use journeys::window::Window;

/// Somebody's note that names a resident, on both devices.
fn noted(mine: &Device, theirs: &Device) -> Result<String> {
    let made = mine.run_with(
        &["record", "put", "note"],
        r#"{"text":"Kees zag Wilhelmijntje Quispel bij de winkel","place_name":"Balistraat"}"#,
    )?;
    mine.run(&["sync"])?;
    theirs.run(&["sync"])?;
    let id = made["id"].as_str().ok_or("a note without an id")?;
    Ok(id.to_owned())
}

async fn take_her_out(page: &Page, id: &str) -> Result<()> {
    page.go(&format!("records/note/{id}")).await?;
    page.click("link", "Woorden weghalen").await?;
    page.read("Wat je weghaalt is voor altijd weg").await?;
    page.fill("Welke woorden?", "Gerritsen").await?;
    page.read("Deze woorden staan hier niet, en stonden er ook nooit")
        .await?;
    page.fill("Welke woorden?", "wilhelmijntje quispel").await?;
    page.read("Kees zag iemand bij de winkel").await?;
    page.click("button", "Haal weg voor altijd").await?;
    page.read("De woorden zijn").await
}

fn text(device: &Device, id: &str) -> Result<String> {
    let record = device.run(&["record", "get", id])?;
    Ok(record["fields"]["text"]
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_taken_out_of_a_note_is_gone_everywhere_and_the_note_stays() -> Result<()> {
    let server = Server::start()?;
    let mine = Device::joined("Amina Yildiz", &server.invite()?)?;
    let theirs = Device::joined("Yusuf Demir", &server.invite()?)?;
    let id = noted(&mine, &theirs)?;
    assert!(server.holds("Quispel")?, "it can be seen");
    // A colleague goes on without a connection: one edit beside the words, one that holds them.
    theirs.run_with(
        &["record", "put", "note", "--id", &id],
        r#"{"text":"Kees zag Wilhelmijntje Quispel bij de winkel. Ze wil helpen."}"#,
    )?;
    theirs.run_with(
        &["record", "put", "note", "--id", &id],
        r#"{"place_name":"bij Quispel thuis"}"#,
    )?;

    let window = Window::unlocked(&mine).await?;
    let page = window.page();
    take_her_out(page, &id).await?;
    page.go("erase").await?;
    page.read("Woorden uit notitie, weggehaald door jou")
        .await?;
    page.read("op 1 van 2 apparaten").await?;
    theirs.run(&["sync"])?;
    assert_eq!(
        text(&theirs, &id)?,
        "Kees zag iemand bij de winkel. Ze wil helpen."
    );
    assert!(!server.holds("Quispel")?, "in a file of the server");
    let theirs = Window::unlocked(&theirs).await?;
    theirs.page().go("sync").await?;
    theirs.page().read("bij Quispel thuis").await?;
    theirs.page().click("button", "Gooi weg").await?;
    theirs.page().not_read("bij Quispel thuis").await
}
