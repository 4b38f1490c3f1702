//! What is asked about a person and about the device: readable by everyone, in all colours and both languages.

use journeys::axe::{Axe, nothing_in};
use journeys::device::{Device, PASSPHRASE};
use journeys::door::Door;
use journeys::page::{ESCAPE, Language, Page};
use journeys::server::Server;
use journeys::{Result, shots};
use serde_json::{Value, json};

use crate::screens::{Look, look};

const PHONE: (u32, u32) = (390, 844);

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
    let forced = phone.beside_in_forced_colours(PHONE.0, PHONE.1).await?;
    let known = known(phone.page()).await?;
    let axe = Axe::load()?;
    let mut found = Vec::new();
    for (theme, language) in [
        ("light", Language::Dutch),
        ("dark", Language::English),
        ("contrast", Language::Dutch),
    ] {
        look(phone.page(), Look { theme, language }, 100).await?;
        let asked = Asked {
            page: phone.page(),
            axe: &axe,
            theme,
            language,
        };
        found.extend(asked.all(&known).await?);
    }
    // Whoever asks the device for more contrast gets it without choosing it here.
    let language = Language::Dutch;
    let auto = Look {
        theme: "auto",
        language,
    };
    look(forced.page(), auto, 100).await?;
    assert_eq!(forced.page().theme().await?, "contrast");
    let asked = Asked {
        page: forced.page(),
        axe: &axe,
        theme: "forced",
        language,
    };
    found.extend(asked.all(&known).await?);
    nothing_in(&found)
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

/// A screen on which questions are opened one by one, and judged.
struct Asked<'a> {
    page: &'a Page,
    axe: &'a Axe,
    theme: &'a str,
    language: Language,
}

impl Asked<'_> {
    async fn all(&self, known: &Known) -> Result<Vec<String>> {
        let contact = format!("contacts/{}", known.contact);
        let mut found = Vec::new();
        self.page.go(&contact).await?;
        found.extend(self.of_sharing().await?);
        found.extend(self.of_consent().await?);
        found.extend(self.of_the_file().await?);
        found.extend(self.of_erasing(known).await?);
        found.extend(self.of_redacting(known).await?);
        found.extend(self.of_the_device().await?);
        Ok(found)
    }

    async fn of_sharing(&self) -> Result<Vec<String>> {
        self.open("Deel", "Share").await?;
        let (seen, street) = (
            self.say("Verder niets", "Nothing else"),
            self.say("straat", "street"),
        );
        self.page.read(seen).await?;
        self.page.click("checkbox", street).await?;
        self.page.read(seen).await?;
        let found = self.judge("ask-share").await?;
        self.close().await?;
        Ok(found)
    }

    async fn of_consent(&self) -> Result<Vec<String>> {
        self.open("Vraag het", "Ask it").await?;
        let mut found = self.judge("ask-consent").await?;
        self.open("Laat groot zien", "Show it large").await?;
        found.extend(self.judge("ask-consent-large").await?);
        self.close().await?;
        self.open("Wijzig toestemming", "Edit consent").await?;
        self.page.choose(self.say("akkoord", "agreed")).await?;
        found.extend(self.judge("ask-consent-change").await?);
        self.open("Annuleer", "Cancel").await?;
        Ok(found)
    }

    async fn of_the_file(&self) -> Result<Vec<String>> {
        self.open("Maak een dossier", "Make a file").await?;
        let found = self.judge("ask-file").await?;
        self.close().await?;
        Ok(found)
    }

    /// Everything goes: what is only about somebody, and what names them.
    async fn of_erasing(&self, known: &Known) -> Result<Vec<String>> {
        self.page.go(&format!("erase/{}", known.contact)).await?;
        self.page
            .choose(self.say("Haal de naam weg", "Take the name out"))
            .await?;
        let mut found = self.judge("ask-erase").await?;
        self.page
            .go(&format!("erase/{}/refusal", known.contact))
            .await?;
        self.page.read(self.say("Er blijft", "stays")).await?;
        found.extend(self.judge("ask-refusal").await?);
        Ok(found)
    }

    async fn of_redacting(&self, known: &Known) -> Result<Vec<String>> {
        self.page.go(&format!("redact/{}", known.note)).await?;
        let words = self.say("Welke woorden?", "Which words?");
        self.page.fill(words, "Wilhelmijntje").await?;
        self.page
            .read(self.say("Zo komt het er te staan", "This is what it will say"))
            .await?;
        let mut found = self.judge("ask-redact").await?;
        self.page
            .choose(self.say("Alles wat daar staat", "Everything that is there"))
            .await?;
        // What was left of it goes too.
        self.page
            .not_read(self.say("iemand vindt", "somebody vindt"))
            .await?;
        found.extend(self.judge("ask-redact-all").await?);
        Ok(found)
    }

    async fn of_the_device(&self) -> Result<Vec<String>> {
        self.page.go("settings").await?;
        self.open("Kies een andere wachtzin", "Choose another passphrase")
            .await?;
        let old = self.say("Je wachtzin tot nu toe", "Your passphrase until now");
        self.page.fill(old, PASSPHRASE).await?;
        self.page
            .fill(self.say("Nieuwe wachtzin", "New passphrase"), "klaproos")
            .await?;
        self.page
            .fill(self.say("Nog een keer", "Once more"), "klap")
            .await?;
        let mut found = self.judge("ask-passphrase").await?;
        self.close().await?;
        self.open("Voeg een vakantie toe", "Add a holiday").await?;
        found.extend(self.judge("ask-holiday").await?);
        self.close().await?;
        Ok(found)
    }

    fn say<'w>(&self, dutch: &'w str, english: &'w str) -> &'w str {
        self.language.of(dutch, english)
    }

    async fn open(&self, dutch: &str, english: &str) -> Result<()> {
        self.page.click("button", self.say(dutch, english)).await
    }

    async fn close(&self) -> Result<()> {
        self.page.press(&[ESCAPE]).await?;
        self.page.gone("dialog", "").await
    }

    /// Judges what is on the screen. Of a question that is longer than the screen its end is kept as a picture, too.
    async fn judge(&self, name: &str) -> Result<Vec<String>> {
        let screen = format!("{}x{}-{}-{name}", PHONE.0, PHONE.1, self.theme);
        let found = self.axe.look(self.page, &screen).await?;
        let scroll =
            "const at = document.querySelector('dialog:modal') ?? document.querySelector('main');
            at.scrollTop = at.scrollHeight;
            return at.scrollTop > 0";
        if self.page.run(scroll, vec![]).await? == Value::Bool(true) {
            shots::keep(&format!("{screen}-end"), &self.page.picture().await?)?;
        }
        Ok(found)
    }
}
