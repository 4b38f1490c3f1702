//! The rights of the person written about: a no that is carried out, and nothing kept longer than needed.

use journeys::Result;
use journeys::axe;
use journeys::device::Device;
use journeys::door::Door;
use journeys::page::Page;
use journeys::server::Server;
use serde_json::json;

const PHONE: (u32, u32) = (390, 844);

async fn look(page: &Page, name: &str) -> Result<()> {
    axe::passes(page, &format!("390x844-light-{name}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_says_no_and_only_an_anonymous_note_stays() -> Result<()> {
    let device = Device::of("Amina Yildiz")?;
    let made = device.run_with(
        &["record", "put", "contact"],
        r#"{"name":"Wilhelmijntje Quispel","street":"Malakkastraat","house_number":"6"}"#,
    )?;
    let id = made["id"].as_str().ok_or("a contact without an id")?;
    device.run_with(
        &["record", "put", "note"],
        &format!(
            r#"{{"text":"Wilhelmijntje, Malakkastraat 6, oversteek bij de school is gevaarlijk","about":["{id}"]}}"#
        ),
    )?;
    let door = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    let page = door.page();
    page.go(&format!("contacts/{id}")).await?;
    page.click("button", "Vraag het").await?;
    page.read("Mag ik opschrijven wie je bent").await?;
    look(page, "consent-ask").await?;
    page.click("button", "Nee, liever niet").await?;
    page.read("wil niet dat je gegevens bewaart").await?;
    page.read("Er worden 2 dingen gewist").await?;
    page.read("Er blijft 1 notitie zonder naam").await?;
    look(page, "refusal").await?;
    page.click("button", "Wis, en houd alleen wat er speelt")
        .await?;
    page.read("Gewist. Er blijft 1 notitie zonder naam").await?;
    page.go("records/note").await?;
    page.read("Iemand, Malakkastraat, oversteek bij de school is gevaarlijk")
        .await?;
    page.not_read("Wilhelmijntje").await?;
    page.go("contacts").await?;
    page.not_read("Quispel").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_long_enough_goes_after_a_managers_yes_and_stays_with_a_reason() -> Result<()>
{
    let device = Device::of("Amina Yildiz")?;
    for (text, at) in [
        ("Ruzie over de stoep", "2020-01-10T10:00:00Z"),
        ("Bezwaar tegen de kap", "2020-02-10T10:00:00Z"),
        ("Gisteren nog gezien", "2026-11-20T10:00:00Z"),
    ] {
        let note = json!({ "text": text, "at": at }).to_string();
        device.run_with(&["record", "put", "note"], &note)?;
    }
    let door = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    let page = door.page();
    page.go("neighbourhood").await?;
    page.click("link", "Bewaartermijnen").await?;
    page.read("Nog geen termijnen").await?;
    page.click("button", "Wijzig: Notities").await?;
    page.fill("Waarom zo lang", "selectielijst").await?;
    page.click("button", "Bewaar").await?;
    page.read("2 dingen zijn lang genoeg bewaard").await?;
    page.read("Van 10 januari 2020, termijn 2 jaar").await?;
    page.not_read("Gisteren nog gezien").await?;
    page.click("checkbox", "Bezwaar tegen de kap").await?;
    look(page, "retention-chosen").await?;
    page.click("button", "Bewaar langer…").await?;
    page.fill("Waarom het nog nodig is", "er loopt een bezwaar")
        .await?;
    look(page, "retention-keep").await?;
    page.click("button", "Ja, bewaar langer").await?;
    page.read("er loopt een bezwaar").await?;
    page.read("1 ding is lang genoeg bewaard").await?;
    page.click("checkbox", "Ruzie over de stoep").await?;
    page.click("button", "Wis…").await?;
    page.read("Je kunt dit niet ongedaan maken").await?;
    look(page, "retention-sure").await?;
    page.click("button", "Wis voor altijd").await?;
    page.read("Er hoeft nu niets weg").await?;
    page.go("records/note").await?;
    page.read("Bezwaar tegen de kap").await?;
    page.read("Gisteren nog gezien").await?;
    page.not_read("Ruzie over de stoep").await?;
    page.go("audit").await?;
    page.read("ruimde op na de bewaartermijn").await?;
    look(page, "audit-filled").await?;
    Ok(())
}

/// These people may write in a partnership as well as in the team.
fn in_a_partnership(server: &Server, people: &[(&str, &Device)]) -> Result<()> {
    server.tell(&["space", "add", "Buurtaanpak", "--kind", "partnership"])?;
    for (name, device) in people {
        server.tell(&[
            "member",
            "role",
            name,
            "--space",
            "Buurtaanpak",
            "--role",
            "writer",
        ])?;
        device.run(&["sync"])?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shared_of_somebody_goes_too_and_a_copy_of_others_is_named() -> Result<()> {
    let server = Server::start()?;
    let mine = Device::joined("Amina Yildiz", &server.invite()?)?;
    let theirs = Device::joined("Yusuf Demir", &server.invite()?)?;
    in_a_partnership(
        &server,
        &[("Amina Yildiz", &mine), ("Yusuf Demir", &theirs)],
    )?;
    let made = mine.run_with(
        &["record", "put", "contact"],
        r#"{"name":"Wilhelmijntje Quispel"}"#,
    )?;
    let id = made["id"].as_str().ok_or("a contact without an id")?;
    let note = mine.run_with(
        &["record", "put", "note"],
        &format!(r#"{{"text":"Wil meehelpen bij de oversteek","about":["{id}"]}}"#),
    )?;
    let note = note["id"].as_str().ok_or("a note without an id")?;
    mine.run(&["share", "make", id, "--to", "Buurtaanpak"])?;
    mine.run(&["sync"])?;
    theirs.run(&["sync"])?;
    theirs.run(&["share", "make", note, "--to", "Buurtaanpak"])?;
    theirs.run(&["sync"])?;
    mine.run(&["sync"])?;

    let door = Door::unlocked(&mine, PHONE.0, PHONE.1).await?;
    let page = door.page();
    page.go(&format!("erase/{id}")).await?;
    page.read("Kopieën in andere ruimtes").await?;
    page.read("Gaat mee weg").await?;
    page.read("Vraag Yusuf Demir of een beheerder van Buurtaanpak")
        .await?;
    look(page, "erase-copies").await?;
    page.click("button", "Wis voor altijd").await?;
    page.read("Er staan nog kopieën in andere ruimtes").await?;
    page.read("Wil meehelpen bij de oversteek, in Buurtaanpak")
        .await?;
    look(page, "erase-copies-left").await?;
    page.not_read("Quispel").await
}
