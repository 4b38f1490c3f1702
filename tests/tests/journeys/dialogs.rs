//! What is asked about a person and about the device: readable by everyone, in all colours and both languages.

use journeys::Result;
use journeys::device::{Device, PASSPHRASE};
use journeys::door::Door;
use journeys::page::Page;
use journeys::server::Server;
use serde_json::{Value, json};

use crate::judging::{Judge, PHONE, in_all_colours};

/// Somebody whom a device knows.
struct Known {
    contact: String,
    /// A note of which a copy stands in another space.
    note: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_question_about_a_person_passes_axe_in_all_themes_and_languages() -> Result<()> {
    let server = Server::start()?;
    let device = Device::joined("Amina Yildiz", &server.invite_as("manager")?)?;
    Device::joined("Yusuf Demir", &server.invite()?)?;
    device.run(&["sync"])?;
    let phone = Door::unlocked(&device, PHONE.0, PHONE.1).await?;
    let known = known(phone.page()).await?;
    in_all_colours(&phone, async |judge| Asked { judge }.all(&known).await).await
}

/// A person, what is said about them, and a space of one's own to share with.
async fn known(page: &Page) -> Result<Known> {
    let put = async |kind: &str, fields: Value| {
        let asked = json!({ "kind": kind, "id": null, "fields": fields });
        let saved = page.call("record_put", asked).await?;
        saved["id"]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| "a record without an id".into()) as Result<String>
    };
    let contact = put(
        "contact",
        json!({
            "name": "Wilhelmijntje Quispel", "street": "Malakkastraat", "house_number": "6",
            "met": "Aan de schooldeur, met haar zus",
            "ways": { "a": { "kind": "phone", "value": "06-12345678" } },
        }),
    )
    .await?;
    let words = "Wilhelmijntje vindt de oversteek bij de school gevaarlijk, en wil meehelpen";
    let note = put("note", json!({ "text": words, "about": [contact] })).await?;
    put(
        "note",
        json!({ "text": "Kees zag Wilhelmijntje bij de winkel" }),
    )
    .await?;
    let status = page.call("space_personal", json!({})).await?;
    let spaces = status["spaces"].as_array().ok_or("no spaces")?;
    let own = spaces.iter().find(|space| space["kind"] == "personal");
    let own = &own.ok_or("no space of one's own")?["id"];
    for (id, fields) in [(&contact, vec!["name", "street"]), (&note, vec!["text"])] {
        let share = json!({ "id": id, "to": own, "fields": fields, "until": "2027-01-31" });
        page.call("share_make", share).await?;
    }
    Ok(Known { contact, note })
}

/// A screen on which questions about somebody are opened one by one, and judged.
struct Asked<'a> {
    judge: &'a Judge<'a>,
}

impl Asked<'_> {
    async fn all(&self, known: &Known) -> Result<Vec<String>> {
        let contact = format!("contacts/{}", known.contact);
        let mut found = Vec::new();
        self.judge.page.go(&contact).await?;
        found.extend(self.of_sharing().await?);
        found.extend(self.of_consent().await?);
        found.extend(self.of_the_file().await?);
        found.extend(self.of_erasing(known).await?);
        found.extend(self.of_redacting(known).await?);
        found.extend(self.of_the_device().await?);
        Ok(found)
    }

    async fn of_sharing(&self) -> Result<Vec<String>> {
        self.judge.open("Deel", "Share").await?;
        let (seen, street) = (
            self.judge.say("Verder niets", "Nothing else"),
            self.judge.say("straat", "street"),
        );
        self.judge.page.read(seen).await?;
        self.judge.page.click("checkbox", street).await?;
        self.judge.page.read(seen).await?;
        let found = self.judge.look("ask-share").await?;
        self.judge.close().await?;
        Ok(found)
    }

    async fn of_consent(&self) -> Result<Vec<String>> {
        self.judge.open("Vraag het", "Ask it").await?;
        let mut found = self.judge.look("ask-consent").await?;
        self.judge.open("Laat groot zien", "Show it large").await?;
        found.extend(self.judge.look("ask-consent-large").await?);
        self.judge.close().await?;
        self.judge
            .open("Wijzig toestemming", "Edit consent")
            .await?;
        self.judge
            .page
            .choose(self.judge.say("akkoord", "agreed"))
            .await?;
        found.extend(self.judge.look("ask-consent-change").await?);
        self.judge.open("Annuleer", "Cancel").await?;
        Ok(found)
    }

    async fn of_the_file(&self) -> Result<Vec<String>> {
        self.judge.open("Maak een dossier", "Make a file").await?;
        let found = self.judge.look("ask-file").await?;
        self.judge.close().await?;
        Ok(found)
    }

    /// Everything goes: what is only about somebody, and what names them.
    async fn of_erasing(&self, known: &Known) -> Result<Vec<String>> {
        self.judge
            .page
            .go(&format!("erase/{}", known.contact))
            .await?;
        self.judge
            .page
            .choose(self.judge.say("Haal de naam weg", "Take the name out"))
            .await?;
        let mut found = self.judge.look("ask-erase").await?;
        self.judge
            .page
            .go(&format!("erase/{}/refusal", known.contact))
            .await?;
        self.judge
            .page
            .read(self.judge.say("Er blijft", "stays"))
            .await?;
        found.extend(self.judge.look("ask-refusal").await?);
        Ok(found)
    }

    async fn of_redacting(&self, known: &Known) -> Result<Vec<String>> {
        self.judge
            .page
            .go(&format!("redact/{}", known.note))
            .await?;
        let words = self.judge.say("Welke woorden?", "Which words?");
        self.judge.page.fill(words, "Wilhelmijntje").await?;
        self.judge
            .page
            .read(
                self.judge
                    .say("Zo komt het er te staan", "This is what it will say"),
            )
            .await?;
        let mut found = self.judge.look("ask-redact").await?;
        self.judge
            .page
            .choose(
                self.judge
                    .say("Alles wat daar staat", "Everything that is there"),
            )
            .await?;
        // What was left of it goes too.
        self.judge
            .page
            .not_read(self.judge.say("iemand vindt", "somebody vindt"))
            .await?;
        found.extend(self.judge.look("ask-redact-all").await?);
        Ok(found)
    }

    async fn of_the_device(&self) -> Result<Vec<String>> {
        self.judge.page.go("settings").await?;
        self.judge
            .open("Kies een andere wachtzin", "Choose another passphrase")
            .await?;
        let old = self
            .judge
            .say("Je wachtzin tot nu toe", "Your passphrase until now");
        self.judge.page.fill(old, PASSPHRASE).await?;
        self.judge
            .page
            .fill(
                self.judge.say("Nieuwe wachtzin", "New passphrase"),
                "klaproos",
            )
            .await?;
        self.judge
            .page
            .fill(self.judge.say("Nog een keer", "Once more"), "klap")
            .await?;
        let mut found = self.judge.look("ask-passphrase").await?;
        self.judge.close().await?;
        self.judge
            .open("Voeg een vakantie toe", "Add a holiday")
            .await?;
        found.extend(self.judge.look("ask-holiday").await?);
        self.judge.close().await?;
        Ok(found)
    }
}
