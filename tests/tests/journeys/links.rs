//! An invitation that is opened in a browser ends up in the app.

use journeys::account::Account;
use journeys::device::PASSPHRASE;
use journeys::door::Door;
use journeys::server::Server;
use journeys::{Result, axe};

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_opened_in_a_browser_comes_to_the_app_that_runs() -> Result<()> {
    let server = Server::start()?;
    let account = Account::open().await?;
    let page = account.page();
    page.fill("Hoe heet je?", "Amina Yildiz").await?;
    assert!(
        account
            .open_link(&link_in_a_browser(&server).await?)
            .await?
    );
    page.click("button", "Ga verder").await?;
    page.fill("Wachtzin", PASSPHRASE).await?;
    page.fill("Nog een keer", PASSPHRASE).await?;
    page.click("button", "Ga verder").await?;
    page.read("Dit is een uitnodiging voor").await?;
    page.click("button", "Sluit aan en begin").await?;
    page.see("navigation", "Onderdelen").await?;

    assert!(
        account
            .open_link(&link_in_a_browser(&server).await?)
            .await?
    );
    page.read("Dit apparaat hoort al bij een team").await?;
    page.size(1280, 800).await?;
    axe::passes(page, "1280x800-light-sync-invited-already").await
}

/// Where the button on the page of a new invitation leads to.
async fn link_in_a_browser(server: &Server) -> Result<String> {
    let browser = Door::before(&server.invite()?, 390, 844).await?;
    let page = browser.page();
    axe::passes(page, "390x844-light-server-join").await?;
    page.see("link", "Open in Buurtboek").await?;
    let link = page
        .run("return document.querySelector('a').href", Vec::new())
        .await?;
    Ok(link.as_str().ok_or("a link without an address")?.to_owned())
}
