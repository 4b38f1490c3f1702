//! Looking after the team: who comes in, who may do what, and which devices there are.

use journeys::device::{Device, PASSPHRASE};
use journeys::door::Door;
use journeys::page::Page;
use journeys::server::{Server, TEAM};
use journeys::window::Window;
use journeys::{Result, axe, shots};

const DESKTOP: (u32, u32) = (1280, 800);
const PHONE: (u32, u32) = (390, 844);

/// A team with somebody who manages it.
fn team() -> Result<(Server, Device)> {
    let server = Server::start()?;
    let manager = Device::joined("Amina Yildiz", &server.invite_as("manager")?)?;
    manager.run(&["sync"])?;
    Ok((server, manager))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_manager_shows_a_number_and_joins_by_itself_once_it_was_compared() -> Result<()> {
    let (_server, manager) = team()?;
    let window = Window::unlocked(&manager).await?;
    let amina = window.page();
    amina.go("team").await?;
    amina.click("button", "Nodig iemand uit").await?;
    amina.choose("Beheren").await?;
    amina.click("button", "Maak de uitnodiging").await?;
    amina.see("img", "QR-code van de uitnodiging").await?;
    let message = amina.value("Bericht om te sturen").await?;
    amina.click("button", "Kopieer het bericht").await?;
    amina.read("Gekopieerd").await?;
    amina.click("button", "Sluit").await?;
    amina.read("gemaakt door Amina Yildiz").await?;

    let device = Device::new()?;
    let door = Door::open(&device, PHONE.0, PHONE.1).await?;
    let lotte = door.page();
    lotte.fill("Hoe heet je?", "Lotte Bakker").await?;
    lotte.click("button", "Ga verder").await?;
    lotte.fill("Wachtzin", PASSPHRASE).await?;
    lotte.fill("Nog een keer", PASSPHRASE).await?;
    lotte.click("button", "Ga verder").await?;
    lotte.choose("Met een team").await?;
    lotte.fill("Uitnodiging", &message).await?;
    lotte.read("Dit is een uitnodiging voor").await?;
    lotte.click("button", "Sluit aan en begin").await?;
    lotte.read("Een beheerder kijkt nog even mee").await?;
    let shown = number_on(lotte).await?;
    shots::keep("390x844-light-joining", &lotte.picture().await?)?;
    drop(door);

    // The number and the waiting survive a restart.
    let door = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    let lotte = door.page();
    lotte.click("link", "Wacht op je team").await?;
    lotte.read(&shown).await?;

    amina.read("Lotte Bakker wil meedoen").await?;
    assert_eq!(number_on(amina).await?, shown, "both see the same");
    shots::keep("window-waiting", &amina.picture().await?)?;
    amina.click("button", "Dit getal klopt, laat toe").await?;
    amina.gone("button", "Dit getal klopt, laat toe").await?;
    lotte.read("Je hoort nu bij het team").await?;
    lotte.read("Alles is verzonden en opgehaald").await?;
    amina.see("button", "Wijzig wat Lotte Bakker mag").await?;
    amina.gone("button", "Trek in").await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_hears_it_and_an_invitation_can_be_withdrawn() -> Result<()> {
    let (_server, manager) = team()?;
    let invite = |role: &str| -> Result<String> {
        let made = manager.run(&["invite", "new", "--space", TEAM, "--role", role])?;
        Ok(made["link"].as_str().ok_or("no link")?.to_owned())
    };
    let device = Device::of("Lotte Bakker")?;
    device.run(&["enroll", &invite("manager")?])?;
    let door = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    let lotte = door.page();
    lotte.go("sync").await?;
    lotte.read("Een beheerder kijkt nog even mee").await?;

    let desk = Door::unlocked(&manager, DESKTOP.0, DESKTOP.1).await?;
    let amina = desk.page();
    amina.go("team").await?;
    amina.read("Lotte Bakker wil meedoen").await?;
    amina.click("button", "Weiger").await?;
    amina.read("Deze uitnodiging werkt niet meer").await?;
    lotte.read("heeft dit apparaat niet toegelaten").await?;
    lotte.click("button", "Neem een andere uitnodiging").await?;

    let link = invite("writer")?;
    amina.reload().await?;
    amina.click("button", "Trek in").await?;
    amina.read("De uitnodiging werkt niet meer").await?;
    lotte.fill("Uitnodiging", &link).await?;
    lotte.read("Dit is een uitnodiging voor").await?;
    lotte.click("button", "Sluit aan").await?;
    lotte.read("De server kent deze uitnodiging niet").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_phone_is_signed_out_and_says_that_it_wiped_itself() -> Result<()> {
    let (mut server, manager) = team()?;
    let phone = Device::joined("Yusuf Demir", &server.invite()?)?;
    phone.run(&["sync"])?;
    let desk = Door::unlocked(&manager, DESKTOP.0, DESKTOP.1).await?;
    let amina = desk.page();
    amina.go("devices").await?;
    amina.read("Yusuf Demir").await?;
    amina.click("button", "Wijzig de naam van Linux").await?;
    amina
        .fill("Naam van het apparaat", "Laptop op kantoor")
        .await?;
    amina.click("button", "Bewaar").await?;
    amina.read("Laptop op kantoor").await?;

    server.stop()?;
    amina
        .click("button", "Meld af: Linux van Yusuf Demir")
        .await?;
    amina.read("Dit kun je niet terugdraaien").await?;
    axe::passes(amina, "1280x800-light-revoke").await?;
    amina.click("button", "Meld af").await?;
    amina.read("Hiervoor is verbinding nodig").await?;
    server.start_again()?;
    amina.click("button", "Meld af").await?;
    amina.read("wacht op wissen").await?;
    assert!(phone.run(&["sync"]).is_err(), "it is told to wipe itself");
    amina.reload().await?;
    amina.read("gewist").await?;
    amina.not_read("wacht op wissen").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_changes_what_a_colleague_may_do() -> Result<()> {
    let (server, manager) = team()?;
    let colleague = Device::joined("Yusuf Demir", &server.invite()?)?;
    let desk = Door::unlocked(&manager, PHONE.0, PHONE.1).await?;
    let amina = desk.page();
    amina.go("team").await?;
    amina.click("button", "Wijzig wat Yusuf Demir mag").await?;
    amina.read("Kan niets toevoegen of wijzigen").await?;
    axe::passes(amina, "390x844-light-role").await?;
    amina.choose("Lezen").await?;
    amina.click("button", "Bewaar").await?;
    amina.read("Dit geldt vanaf nu").await?;
    colleague.run(&["sync"])?;
    let status = colleague.run(&["status"])?;
    assert_eq!(status["device"]["spaces"][0]["role"], "reader");

    amina.click("button", "Wijzig wat Yusuf Demir mag").await?;
    amina.click("button", "Haal uit deze ruimte").await?;
    amina
        .read("Yusuf Demir hoort niet meer bij deze ruimte")
        .await?;
    amina.click("button", "Wijzig wat Amina Yildiz mag").await?;
    amina.choose("Lezen").await?;
    amina.click("button", "Bewaar").await?;
    amina
        .read("Een ruimte houdt altijd minstens één beheerder")
        .await
}

/// The number of a second look on the screen: `482 913`.
async fn number_on(page: &Page) -> Result<String> {
    let words = page.words().await?;
    let digits = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = words.split_whitespace().collect();
    let pair = parts
        .windows(2)
        .find(|pair| pair.iter().all(|part| digits(part)));
    let pair = pair.ok_or_else(|| format!("no number on the screen: {words}"))?;
    Ok(pair.join(" "))
}
