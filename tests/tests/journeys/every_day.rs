//! What a broker does every day, one point of the main job at a time.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use journeys::device::{Device, PASSPHRASE};
use journeys::door::Door;
use journeys::page::{CONTROL, DOWN, ENTER, ESCAPE, Page};
use journeys::server::Server;
use journeys::window::Window;
use journeys::{Result, axe};
use qrcode::QrCode;

use crate::main_job::{FIELD, LINE};

const DESKTOP: (u32, u32) = (1280, 800);
const PHONE: (u32, u32) = (390, 844);

#[tokio::test(flavor = "multi_thread")]
async fn two_values_for_one_field_are_settled_by_a_click() -> Result<()> {
    let mut server = Server::start()?;
    let theirs = Device::joined("Yusuf Demir", &server.invite()?)?;
    let mine = Device::joined("Amina Yildiz", &server.invite()?)?;
    let made = theirs.run_with(
        &["record", "put", "contact"],
        r#"{"name":"Fatima el Amrani"}"#,
    )?;
    let id = made["id"].as_str().ok_or("a contact without an id")?;
    theirs.run(&["sync"])?;
    mine.run(&["sync"])?;
    server.stop()?;
    let put = ["record", "put", "contact", "--id", id];
    theirs.run_with(&put, r#"{"street":"Balistraat"}"#)?;
    mine.run_with(&put, r#"{"street":"Javastraat"}"#)?;
    server.start_again()?;
    theirs.run(&["sync"])?;

    let window = Window::unlocked(&mine).await?;
    let page = window.page();
    page.click("link", "Contacten").await?;
    page.click("link", "Fatima el Amrani").await?;
    page.see("region", "Verschil bij de straat").await?;
    page.read("Jij schreef Javastraat").await?;
    page.read("Yusuf Demir schreef Balistraat").await?;
    page.click("button", "Die van Yusuf: Balistraat").await?;
    page.gone("region", "Verschil bij de straat").await?;
    page.read("Balistraat").await?;
    page.not_read("nog niet verzonden").await?;

    theirs.run(&["sync"])?;
    assert_eq!(
        theirs.run(&["record", "get", id])?["fields"]["street"],
        "Balistraat"
    );
    assert_eq!(theirs.run(&["conflicts", "list"])?, serde_json::json!([]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_person_joins_by_invitation() -> Result<()> {
    let server = Server::start()?;
    let first = Device::joined("Amina Yildiz", &server.invite()?)?;
    first.run(&["capture", LINE, "--accept", "all"])?;
    first.run(&["sync"])?;

    let second = Device::new()?;
    let door = Door::open(&second, 834, 1194).await?;
    let page = door.page();
    page.fill("Hoe heet je?", "Yusuf Demir").await?;
    page.click("button", "Ga verder").await?;
    page.fill("Wachtzin", PASSPHRASE).await?;
    page.fill("Nog een keer", PASSPHRASE).await?;
    page.click("button", "Ga verder").await?;
    page.choose("Met een team").await?;
    let picture = second.file("uitnodiging.png", &qr_code(&server.invite()?)?)?;
    page.upload("Kies een foto van de QR-code", &picture)
        .await?;
    page.read("Dit is een uitnodiging voor").await?;
    page.click("button", "Sluit aan en begin").await?;
    page.click("link", "Contacten").await?;
    page.click("link", "Fatima el Amrani").await?;
    page.read(LINE).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_began_alone_joins_later_and_loses_nothing() -> Result<()> {
    let server = Server::start()?;
    let colleague = Device::joined("Yusuf Demir", &server.invite()?)?;
    let alone = Device::of("Amina Yildiz")?;
    alone.run(&["capture", LINE, "--accept", "all"])?;

    let door = Door::unlocked(&alone, 390, 844).await?;
    let page = door.page();
    page.click("link", "Alleen op dit apparaat").await?;
    page.fill("Uitnodiging", &server.invite()?).await?;
    page.click("button", "Sluit aan").await?;
    page.read("Je hoort nu bij het team").await?;
    page.read("Alles is verzonden en opgehaald").await?;

    colleague.run(&["sync"])?;
    let contacts = colleague.run(&["record", "list", "contact"])?;
    assert_eq!(contacts["rows"][0]["title"], "Fatima el Amrani");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_ticked_off_with_what_came_of_it_and_taken_back() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    device.run_with(
        &["record", "put", "follow_up"],
        r#"{"what":"Bel Fatima over de oversteek","due":"2026-11-02"}"#,
    )?;
    let window = Window::unlocked(&device).await?;
    let page = window.page();
    page.click("link", "Vandaag").await?;
    page.read("1 ding te laat").await?;
    page.click("button", "Gedaan: Bel Fatima over de oversteek")
        .await?;
    page.fill("Wat kwam eruit?", "Ze denkt mee over een oversteek")
        .await?;
    page.keys(&ENTER.to_string()).await?;
    page.gone("link", "Bel Fatima over de oversteek").await?;
    page.click("button", "Ongedaan maken").await?;
    page.see("link", "Bel Fatima over de oversteek").await?;
    page.read("1 ding te laat").await
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_a_signal_asks_whether_the_person_who_told_it_knows() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    let fatima = device.run_with(
        &["record", "put", "contact"],
        r#"{"name":"Fatima el Amrani"}"#,
    )?;
    let signal = serde_json::json!({
        "title": "Oversteek bij de school", "signal_kind": "problem", "reporters": [fatima["id"]],
    });
    device.run_with(&["record", "put", "signal"], &signal.to_string())?;
    let door = Door::unlocked(&device, DESKTOP.0, DESKTOP.1).await?;
    let page = door.page();
    page.click("link", "Signalen").await?;
    page.click("link", "Oversteek bij de school").await?;
    page.click("button", "Los op").await?;
    page.see("group", "Weet Fatima el Amrani hoe het afliep?")
        .await?;
    page.choose("Ja, verteld").await?;
    page.click("button", "Sluit af").await?;
    page.read("Wie het vertelde, weet hoe het afliep.").await?;
    page.click("button", "Ongedaan maken").await?;
    page.see("button", "Los op").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_looked_at_first_taken_in_and_taken_back() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Winston Esajas\r\nTEL;TYPE=CELL:+31600000012\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Inês Fortes\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:application\r\nFN:Agenda\r\nEND:VCARD\r\n";
    let file = device.file("contacten.vcf", cards.as_bytes())?;
    let door = Door::unlocked(&device, DESKTOP.0, DESKTOP.1).await?;
    let page = door.page();
    page.go("import").await?;
    page.upload("", &file).await?;
    page.read("2 nieuw").await?;
    page.read("1 niet te lezen").await?;
    page.click("button", "Lees 2 contacten in").await?;
    page.read("2 gegevens bewaard op dit apparaat").await?;
    assert_eq!(device.run(&["record", "list", "contact"])?["total"], 2);
    page.click("button", "Maak het inlezen ongedaan").await?;
    page.read("Het inlezen is ongedaan gemaakt").await?;
    assert_eq!(device.run(&["record", "list", "contact"])?["total"], 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_on_somebodys_page_is_read_and_comes_back_to_that_page() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    device.run(&[
        "capture",
        "Fatima el Amrani, Malakkastraat 6",
        "--accept",
        "all",
    ])?;
    let door = Door::unlocked(&device, DESKTOP.0, DESKTOP.1).await?;
    let page = door.page();
    page.click("link", "Contacten").await?;
    page.click("link", "Fatima el Amrani").await?;
    page.click("link", "Schrijf een notitie").await?;
    page.read("Deze notitie hoort bij Fatima el Amrani").await?;
    page.fill(FIELD, "Was er niet, bel morgen").await?;
    page.click("button", "Wijzig: opvolging bel").await?;
    page.fill("Wat ga je doen?", "bel nog eens").await?;
    page.click("button", "Klaar").await?;
    page.click("button", "Bewaar").await?;
    page.see("heading", "Fatima el Amrani").await?;
    page.read("bel nog eens").await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_only_mentioned_is_told_apart_and_can_be_changed_afterwards() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    let door = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    let page = door.page();
    page.fill(FIELD, "Jamila klaagt over buurman Kees").await?;
    page.click("button", "Wijzig: contact Kees (nieuw, alleen genoemd)")
        .await?;
    page.see("checkbox", "Alleen genoemd, niet gesproken")
        .await?;
    axe::passes(page, "390x844-light-capture-mentioned").await?;
    page.click("button", "Bewaar").await?;
    page.read("Bewaard op dit apparaat").await?;

    page.go("records/note").await?;
    page.click("link", "Jamila klaagt over buurman Kees")
        .await?;
    page.read("alleen genoemd").await?;
    axe::passes(page, "390x844-light-note-mentioned").await?;
    page.click("link", "Wijzig").await?;
    page.read("Wie is alleen genoemd, en niet gesproken?")
        .await?;
    axe::passes(page, "390x844-light-note-edit-mentioned").await?;
    page.click("checkbox", "Kees").await?;
    page.click("button", "Bewaar").await?;
    page.not_read("alleen genoemd").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_number_is_refused_and_the_words_stay() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    let window = Window::unlocked(&device).await?;
    let page = window.page();
    let words = "Fatima gaf haar nummer 111.222.333 en vraagt om hulp";
    page.fill(FIELD, words).await?;
    page.press(&[CONTROL, ENTER]).await?;
    page.see("alert", "Hier staat een burgerservicenummer")
        .await?;
    page.holds(FIELD, words).await?;
    assert_eq!(device.run(&["record", "list", "note"])?["total"], 0);
    page.click("button", "Haal het nummer weg").await?;
    page.gone("alert", "Hier staat een burgerservicenummer")
        .await?;
    page.press(&[CONTROL, ENTER]).await?;
    page.read("Bewaard op dit apparaat").await?;
    assert_eq!(device.run(&["record", "list", "note"])?["total"], 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chip_says_what_is_true_of_the_connection() -> Result<()> {
    let mut server = Server::start()?;
    let device = Device::joined("Amina Yildiz", &server.invite()?)?;
    let door = Door::unlocked(&device, DESKTOP.0, DESKTOP.1).await?;
    let page = door.page();
    page.see("link", "Bijgewerkt").await?;
    server.stop()?;
    page.fill(FIELD, "De lamp bij het portiek is stuk").await?;
    page.press(&[CONTROL, ENTER]).await?;
    page.read("Bewaard op dit apparaat").await?;
    page.see("link", "Offline sinds").await?;
    page.see("link", "nog niet verzonden").await?;
    server.start_again()?;
    page.see("link", "Bijgewerkt").await?;
    page.gone("link", "nog niet verzonden").await
}

#[tokio::test(flavor = "multi_thread")]
async fn keyboard_alone_is_enough() -> Result<()> {
    let device = Device::with_neighbourhood("Amina Yildiz")?;
    let window = Window::unlocked(&device).await?;
    let page = window.page();
    // The app opens with the cursor in the note.
    page.keys("Koffie gehad met de vadergroep").await?;
    page.press(&[CONTROL, ENTER]).await?;
    page.holds(FIELD, "").await?;

    // Anyone in three letters: with accents, by part of the name.
    page.press(&[CONTROL, 'k']).await?;
    page.see("combobox", "Zoek een naam").await?;
    page.keys("ine for").await?;
    page.see("option", "Inês Fortes").await?;
    page.press(&[ENTER]).await?;
    page.see("heading", "Inês Fortes").await?;

    page.press(&[ESCAPE]).await?;
    page.gone("heading", "Inês Fortes").await?;
    page.press(&['n']).await?;
    focused(page, "Wat hoorde of zag je?").await?;

    // An action of the palette, and the arrows in a list.
    page.press(&[CONTROL, 'k']).await?;
    page.see("combobox", "Zoek een naam").await?;
    page.keys("ga naar contacten").await?;
    page.see("option", "Ga naar Contacten").await?;
    page.press(&[ENTER]).await?;
    page.see("link", "Aad Dijkgraaf").await?;
    page.tab_to("Aad Dijkgraaf").await?;
    page.press(&[DOWN]).await?;
    focused(page, "Aad Wintertaling").await?;
    page.press(&[ENTER]).await?;
    page.see("heading", "Aad Wintertaling").await?;
    page.press(&[ESCAPE]).await?;
    page.gone("heading", "Aad Wintertaling").await
}

/// Waits until the keyboard stands here.
async fn focused(page: &Page, words: &str) -> Result<()> {
    journeys::wait::until(&format!("the keyboard at “{words}”"), async || {
        Ok(page.focus().await?.contains(words).then_some(()))
    })
    .await
}

/// A picture of a QR code, as it comes out of a print or a screen.
fn qr_code(text: &str) -> Result<Vec<u8>> {
    let code = QrCode::new(text)?;
    let (width, dots) = (u32::try_from(code.width())?, 8);
    let edge = 4;
    let side = (width + 2 * edge) * dots;
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let at = |pixel: u32| (pixel / dots).checked_sub(edge).filter(|at| *at < width);
        let dark = at(x)
            .zip(at(y))
            .is_some_and(|(x, y)| code[(x as usize, y as usize)] == qrcode::Color::Dark);
        Luma([if dark { 0 } else { 255 }])
    });
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png)?;
    Ok(file.into_inner())
}
