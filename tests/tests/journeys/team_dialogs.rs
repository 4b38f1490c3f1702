//! What is asked about the team, its devices and its terms, and what is left on a device that lost its place: readable by
//! everyone, in all colours and both languages.

use journeys::Result;
use journeys::device::Device;
use journeys::door::Door;
use journeys::server::{Server, TEAM};
use serde_json::json;

use crate::judging::{Judge, PHONE, in_all_colours};

#[tokio::test(flavor = "multi_thread")]
async fn every_question_about_the_team_passes_axe_in_all_themes_and_languages() -> Result<()> {
    let server = Server::start()?;
    let manager = Device::joined("Amina Yildiz", &server.invite_as("manager")?)?;
    Device::joined("Yusuf Demir", &server.invite()?)?;
    server.space("Bewonersgroep", &["Amina Yildiz"])?;
    manager.run(&["sync"])?;
    let made = manager.run(&["invite", "new", "--space", TEAM, "--role", "manager"])?;
    let waiting = Device::of("Lotte Bakker")?;
    waiting.run(&["enroll", made["link"].as_str().ok_or("no link")?])?;
    let phone = Door::unlocked(&manager, PHONE.0, PHONE.1).await?;
    let note = json!({ "id": null, "text": "Eerst bellen, dan pas langsgaan" });
    phone.page().call("scratch_put", note).await?;
    phone.page().call("space_personal", json!({})).await?;
    in_all_colours(&phone, async |judge| {
        let mut found = of_people(judge).await?;
        found.extend(of_devices(judge).await?);
        found.extend(of_this_device(judge).await?);
        Ok(found)
    })
    .await
}

/// Somebody waits to come in; somebody is invited; somebody may do something else.
async fn of_people(judge: &Judge<'_>) -> Result<Vec<String>> {
    judge.page.go("team").await?;
    let waits = judge.say("Lotte Bakker wil meedoen", "Lotte Bakker wants to");
    judge.page.read(waits).await?;
    let mut found = judge.look("team-waiting").await?;
    judge.open("Nodig iemand uit", "Invite somebody").await?;
    found.extend(judge.look("ask-invite").await?);
    judge
        .open("Maak de uitnodiging", "Make the invitation")
        .await?;
    let picture = judge.say("QR-code van de uitnodiging", "QR code of the invitation");
    judge.page.see("img", picture).await?;
    found.extend(judge.look("ask-invited").await?);
    judge.close().await?;
    found.extend(
        judge
            .question(
                "Wijzig wat Yusuf Demir mag",
                "Change what Yusuf Demir may do",
                "ask-role",
            )
            .await?,
    );
    found.extend(
        judge
            .question(
                "Voeg iemand toe aan Bewonersgroep",
                "Add somebody to Bewonersgroep",
                "ask-add-member",
            )
            .await?,
    );
    Ok(found)
}

async fn of_devices(judge: &Judge<'_>) -> Result<Vec<String>> {
    judge.page.go("devices").await?;
    let mut found = judge
        .question(
            "Wijzig de naam van",
            "Change the name of",
            "ask-device-name",
        )
        .await?;
    found.extend(judge.question("Meld af", "Sign out", "ask-revoke").await?);
    Ok(found)
}

async fn of_this_device(judge: &Judge<'_>) -> Result<Vec<String>> {
    judge.page.go("sync").await?;
    let mut found = judge
        .question("Stop op dit apparaat", "Stop on this device", "ask-leave")
        .await?;
    judge.page.go("retention").await?;
    found.extend(
        judge
            .question("Wijzig: Notities", "Edit: Notes", "ask-term")
            .await?,
    );
    judge.page.go("scratch").await?;
    found.extend(
        judge
            .question("Schrijf verder", "Write on", "ask-scratch")
            .await?,
    );
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_of_a_space_that_was_taken_away_passes_axe_in_all_themes_and_languages()
-> Result<()> {
    let server = Server::start()?;
    let manager = Device::joined("Amina Yildiz", &server.invite_as("manager")?)?;
    let yusuf = Device::joined("Yusuf Demir", &server.invite()?)?;
    yusuf.run(&["sync"])?;
    yusuf.run_with(
        &["record", "put", "note"],
        r#"{"text":"Nog niet verzonden"}"#,
    )?;
    manager.run(&["sync"])?;
    let desk = Door::unlocked(&manager, PHONE.0, PHONE.1).await?;
    let teams = desk.page().call("member_list", json!({})).await?;
    let members = teams[0]["members"].as_array().ok_or("no members")?;
    let person = members
        .iter()
        .map(|member| &member["person"])
        .find(|person| person["name"] == "Yusuf Demir")
        .ok_or("no Yusuf")?;
    let of = json!({ "space": teams[0]["space"]["id"], "member": person["member"] });
    desk.page().call("member_remove", of).await?;
    yusuf.run(&["sync"])?;
    let phone = Door::unlocked(&yusuf, PHONE.0, PHONE.1).await?;
    in_all_colours(&phone, async |judge| {
        judge.page.go("sync").await?;
        judge
            .page
            .read(judge.say("Je hoort niet meer bij", "You are no longer part of"))
            .await?;
        let mut found = judge.look("sync-lost").await?;
        let asked = judge.question(
            "Haal weg van dit apparaat",
            "Remove from this device",
            "ask-lost",
        );
        found.extend(asked.await?);
        Ok(found)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_refused_passes_axe_in_all_themes_and_languages() -> Result<()> {
    let server = Server::start()?;
    let device = Device::joined("Yusuf Demir", &server.invite()?)?;
    device.run(&["sync"])?;
    device.run_with(
        &["record", "put", "note"],
        r#"{"text":"Na mijn tijd als schrijver"}"#,
    )?;
    server.role("Yusuf Demir", "reader")?;
    device.run(&["sync"])?;
    let phone = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    in_all_colours(&phone, async |judge| {
        judge.page.go("sync").await?;
        judge.page.see("link", "Na mijn tijd als schrijver").await?;
        judge.look("sync-refused").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_reader_wrote_on_one_device_passes_axe_in_all_themes_and_languages() -> Result<()> {
    let server = Server::start()?;
    Device::joined("Amina Yildiz", &server.invite_as("manager")?)?;
    let device = Device::of("Ria Blom")?;
    device.run_with(&["record", "put", "note"], r#"{"text":"Alleen hier"}"#)?;
    device.run(&["enroll", &server.invite_as("reader")?])?;
    let phone = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    phone.page().call("space_personal", json!({})).await?;
    in_all_colours(&phone, async |judge| {
        judge.page.go("sync").await?;
        judge.question("Zet in", "Put it in", "ask-kept").await
    })
    .await
}
