//! What is on a screen, found and used as a person does: by role and name.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::wait::until;
use crate::window::element;
use crate::{Error, Result, shots};

/// The Control key.
pub const CONTROL: char = '\u{E009}';
/// The Enter key.
pub const ENTER: char = '\u{E007}';
/// The Escape key.
pub const ESCAPE: char = '\u{E00C}';
/// The arrow down.
pub const DOWN: char = '\u{E015}';
/// The Tab key.
pub const TAB: char = '\u{E004}';

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// The first.
    Dutch,
    /// The second.
    English,
}

impl Language {
    /// Its name in the preferences.
    pub fn code(self) -> &'static str {
        self.of("nl", "en")
    }

    /// The words in this language.
    pub fn of<'w>(self, dutch: &'w str, english: &'w str) -> &'w str {
        match self {
            Self::Dutch => dutch,
            Self::English => english,
        }
    }
}

/// The screen of a window or of a browser.
#[derive(Debug, Clone)]
pub struct Page {
    client: Client,
}

impl Page {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Waits until this can be seen.
    ///
    /// # Errors
    /// When it does not come; the message has the words on the screen, and a picture is kept.
    pub async fn see(&self, role: &str, name: &str) -> Result<Element> {
        self.wait(format!("{role} “{name}”"), async || {
            self.find(role, name).await
        })
        .await
    }

    /// Waits until this can no longer be seen.
    ///
    /// # Errors
    /// When it stays.
    pub async fn gone(&self, role: &str, name: &str) -> Result<()> {
        let what = format!("{role} “{name}” to go");
        self.wait(what, async || {
            Ok(self.find(role, name).await?.is_none().then_some(()))
        })
        .await
    }

    /// Waits until these words stand on the screen.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn read(&self, words: &str) -> Result<()> {
        self.wait(format!("the words “{words}”"), async || {
            Ok(self.words().await?.contains(words).then_some(()))
        })
        .await
    }

    /// Waits until these words no longer stand on the screen.
    ///
    /// # Errors
    /// When they stay.
    pub async fn not_read(&self, words: &str) -> Result<()> {
        self.wait(format!("the words “{words}” to go"), async || {
            Ok((!self.words().await?.contains(words)).then_some(()))
        })
        .await
    }

    /// Clicks with the pointer, as soon as this is there and nothing lies over it.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn click(&self, role: &str, name: &str) -> Result<()> {
        self.wait(format!("{role} “{name}” to click"), async || {
            let Some(found) = self.find(role, name).await? else {
                return Ok(None);
            };
            found.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Chooses an answer: a click on its words, for the round itself may be hidden.
    ///
    /// # Errors
    /// When it cannot be chosen.
    pub async fn choose(&self, name: &str) -> Result<()> {
        self.wait(format!("the answer “{name}”"), async || {
            let Some(radio) = self.find("radio", name).await? else {
                return Ok(None);
            };
            radio
                .find(Locator::XPath("./ancestor::label"))
                .await?
                .click()
                .await?;
            Ok(radio.is_selected().await?.then_some(()))
        })
        .await
    }

    /// Empties a field and types in it.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let field = self.see("textbox", label).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Types where the cursor stands.
    ///
    /// # Errors
    /// When nothing takes the keys.
    pub async fn keys(&self, text: &str) -> Result<()> {
        self.client.active_element().await?.send_keys(text).await?;
        Ok(())
    }

    /// Gives a file to a file field.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn upload(&self, label: &str, file: &str) -> Result<()> {
        self.see("file", label).await?.send_keys(file).await?;
        Ok(())
    }

    /// The words of what the keyboard stands on.
    ///
    /// # Errors
    /// When the screen does not answer.
    pub async fn focus(&self) -> Result<String> {
        let words = "const at = document.activeElement;
            return [at?.getAttribute('aria-label'), ...[...(at?.labels ?? [])].map((it) => it.textContent),
              at === document.body ? '' : at?.textContent].join(' ')";
        let words = self.run(words, vec![]).await?;
        Ok(words.as_str().unwrap_or_default().to_owned())
    }

    /// Presses Tab until the keyboard stands on these words.
    ///
    /// # Errors
    /// When it does not get there within a hundred steps.
    pub async fn tab_to(&self, words: &str) -> Result<()> {
        for _ in 0..100 {
            if self.focus().await?.contains(words) {
                return Ok(());
            }
            self.press(&[TAB]).await?;
        }
        Err(format!("the Tab key does not lead to “{words}”").into())
    }

    /// Presses keys together: the first ones are held until the last was pressed.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn press(&self, keys: &[char]) -> Result<()> {
        let down = keys.iter().map(|key| KeyAction::Down { value: *key });
        let up = keys.iter().rev().map(|key| KeyAction::Up { value: *key });
        let actions = down
            .chain(up)
            .fold(KeyActions::new("keyboard".to_owned()), |all, key| {
                all.then(key)
            });
        self.client.perform_actions(actions).await?;
        Ok(())
    }

    /// Goes to a place by its address, such as `contacts` or `settings`.
    ///
    /// # Errors
    /// When the screen does not answer.
    pub async fn go(&self, place: &str) -> Result<()> {
        self.run(
            "location.hash = arguments[0]",
            vec![json!(format!("#/{place}"))],
        )
        .await?;
        self.settled().await
    }

    /// Waits until a screen has what it shows: nothing is being fetched any more, and it was painted.
    ///
    /// # Errors
    /// When it stays busy.
    pub async fn settled(&self) -> Result<()> {
        self.painted().await?;
        let busy = "return [...document.querySelectorAll('[role=status], [aria-busy=true]')]
            .some((it) => it.matches('[aria-busy=true]') || /Even laden|Loading/.test(it.textContent))";
        self.wait("the screen to be filled".to_owned(), async || {
            Ok((self.run(busy, vec![]).await? == Value::Bool(false)).then_some(()))
        })
        .await?;
        self.painted().await
    }

    /// Asks the app itself, past the screens.
    ///
    /// # Errors
    /// When the app refuses.
    pub async fn call(&self, command: &str, arguments: Value) -> Result<Value> {
        let asked = vec![json!(command), arguments];
        let mut answer = self
            .client
            .execute_async(include_str!("call.js"), asked)
            .await?;
        match answer.get_mut("reply") {
            Some(reply) => Ok(reply.take()),
            None => Err(format!("{command} was refused: {answer}").into()),
        }
    }

    /// All words that can be seen, in one line.
    ///
    /// # Errors
    /// When the screen does not answer.
    pub async fn words(&self) -> Result<String> {
        let text = self
            .run(
                "return document.body.innerText.replace(/\\s+/g, ' ')",
                vec![],
            )
            .await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// What stands in a field.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn value(&self, label: &str) -> Result<String> {
        let field = self.see("textbox", label).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Waits until a field holds exactly this.
    ///
    /// # Errors
    /// When it does not.
    pub async fn holds(&self, label: &str, text: &str) -> Result<()> {
        self.wait(format!("“{text}” in “{label}”"), async || {
            let Some(field) = self.find("textbox", label).await? else {
                return Ok(None);
            };
            Ok((field.prop("value").await?.as_deref() == Some(text)).then_some(()))
        })
        .await
    }

    /// Waits until two frames were painted, so that a picture shows what is there now.
    ///
    /// # Errors
    /// When the screen does not answer.
    pub async fn painted(&self) -> Result<()> {
        let twice = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
        self.client.execute_async(twice, vec![]).await?;
        Ok(())
    }

    /// Loads what is there again, without waiting for anything.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn refresh(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    /// Loads the screens again, as after a restart.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn reload(&self) -> Result<()> {
        self.reload_in(Language::Dutch).await
    }

    /// The same, when they are to come in this language.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn reload_in(&self, language: Language) -> Result<()> {
        self.refresh().await?;
        let places = language.of("Onderdelen", "Places");
        self.see("navigation", places).await?;
        Ok(())
    }

    /// The colours the screens have chosen: `light`, `dark`, `contrast`, or nothing while they follow the device.
    ///
    /// # Errors
    /// When the screen does not answer.
    pub async fn theme(&self) -> Result<String> {
        let theme = "return document.documentElement.dataset.theme ?? ''";
        let theme = self.run(theme, vec![]).await?;
        Ok(theme.as_str().unwrap_or_default().to_owned())
    }

    /// Gives the window a size.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn size(&self, width: u32, height: u32) -> Result<()> {
        self.client.set_window_size(width, height).await?;
        Ok(())
    }

    /// A picture of the screen, PNG.
    ///
    /// # Errors
    /// When none can be taken.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        self.painted().await?;
        Ok(self.client.screenshot().await?)
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    /// When the script does.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    /// Runs a script that ends with a call of its last argument.
    ///
    /// # Errors
    /// When the script does.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute_async(script, arguments).await?)
    }

    /// What can be seen now under this role and name, if anything.
    ///
    /// # Errors
    /// When the screen does not answer.
    pub async fn find(&self, role: &str, name: &str) -> Result<Option<Element>> {
        let asked = vec![json!(role), json!(name)];
        let answer = self.run(include_str!("find.js"), asked).await?;
        Ok(element(&answer).map(|id| {
            Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()))
        }))
    }

    /// Looks until there is an answer; a failure tells what could be seen when it happened.
    async fn wait<T>(
        &self,
        what: String,
        look: impl AsyncFnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        let problem = match until(&what, look).await {
            Ok(found) => return Ok(found),
            Err(problem) => problem,
        };
        let words = self.words().await.unwrap_or_default();
        let picture = match self.picture().await {
            Ok(picture) => shots::keep_failure(&picture)?.display().to_string(),
            Err(without) => without.to_string(),
        };
        Err(Error::from(format!(
            "{problem}\non the screen: {words}\npicture: {picture}"
        )))
    }
}
