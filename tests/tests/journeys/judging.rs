//! Judging what is opened on a phone: the same questions in each theme, in forced colours, and in both languages.

use journeys::axe::{Axe, nothing_in};
use journeys::door::Door;
use journeys::page::{ESCAPE, Language, Page};
use journeys::{Result, shots};
use serde_json::Value;

use crate::screens::{Look, look};

/// The size of a phone.
pub(crate) const PHONE: (u32, u32) = (390, 844);

/// A screen in one theme and one language.
pub(crate) struct Judge<'a> {
    pub(crate) page: &'a Page,
    axe: &'a Axe,
    theme: &'a str,
    language: Language,
}

/// Asks the same in every theme, each with a language, and in forced colours; fails with all that was found.
pub(crate) async fn in_all_colours(
    phone: &Door,
    ask: impl AsyncFn(&Judge<'_>) -> Result<Vec<String>>,
) -> Result<()> {
    let forced = phone.beside_in_forced_colours(PHONE.0, PHONE.1).await?;
    let axe = Axe::load()?;
    let mut found = Vec::new();
    for (theme, language) in [
        ("light", Language::Dutch),
        ("dark", Language::English),
        ("contrast", Language::Dutch),
    ] {
        look(phone.page(), Look { theme, language }, 100).await?;
        let judge = Judge {
            page: phone.page(),
            axe: &axe,
            theme,
            language,
        };
        found.extend(ask(&judge).await?);
    }
    // Whoever asks the device for more contrast gets it without choosing it here.
    let language = Language::Dutch;
    let auto = Look {
        theme: "auto",
        language,
    };
    look(forced.page(), auto, 100).await?;
    assert_eq!(forced.page().theme().await?, "contrast");
    let judge = Judge {
        page: forced.page(),
        axe: &axe,
        theme: "forced",
        language,
    };
    found.extend(ask(&judge).await?);
    nothing_in(&found)
}

impl Judge<'_> {
    pub(crate) fn say<'w>(&self, dutch: &'w str, english: &'w str) -> &'w str {
        self.language.of(dutch, english)
    }

    pub(crate) async fn open(&self, dutch: &str, english: &str) -> Result<()> {
        self.page.click("button", self.say(dutch, english)).await
    }

    pub(crate) async fn close(&self) -> Result<()> {
        self.page.press(&[ESCAPE]).await?;
        self.page.gone("dialog", "").await
    }

    /// Opens a question, judges it, and leaves it unanswered.
    pub(crate) async fn question(
        &self,
        dutch: &str,
        english: &str,
        name: &str,
    ) -> Result<Vec<String>> {
        self.open(dutch, english).await?;
        self.page.see("dialog", "").await?;
        let found = self.look(name).await?;
        self.close().await?;
        Ok(found)
    }

    /// Judges what is on the screen. Of a question that is longer than the screen its end is kept as a picture, too.
    pub(crate) async fn look(&self, name: &str) -> Result<Vec<String>> {
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
