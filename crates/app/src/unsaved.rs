//! What was typed in a form and not kept yet. Like the draft of a note it is kept at every pause, encrypted with the rest
//! and on this device alone, so that a lock, another screen or a kill loses no word.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::{Nothing, UnsavedForm, UnsavedText};
use crate::device::Device;
use crate::{App, Error, Result};

/// Whoever comes back later than this begins anew.
const SECONDS: i64 = 30 * 86_400;
/// Characters in the name of a form, at most.
const LONGEST_FORM: usize = 100;
/// Characters of what was typed, at most: more than every field together may hold.
const LONGEST: usize = 200_000;

/// As it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    text: String,
    /// Seconds since 1970.
    at: i64,
}

impl App {
    /// What was typed in a form and not kept; empty when there is nothing.
    ///
    /// # Errors
    /// What the database says.
    pub fn unsaved_get(&self, form: UnsavedForm) -> Result<UnsavedText> {
        let device = self.device()?;
        let kept = device.store.unsaved_text(&form.form)?;
        Ok(UnsavedText {
            text: kept.map(|kept| text_of(&kept)).unwrap_or_default(),
            form: form.form,
        })
    }

    /// Keeps what was typed in a form so far; durable when this returns. An empty text forgets it.
    ///
    /// # Errors
    /// `too_long`.
    pub fn unsaved_set(&self, unsaved: UnsavedText) -> Result<Nothing> {
        let device = self.device()?;
        if unsaved.form.chars().count() > LONGEST_FORM || unsaved.text.chars().count() > LONGEST {
            return Err(Error::new(
                "too_long",
                "This is too long to keep while it is typed. It is still on the screen.",
            ));
        }
        let kept = Kept {
            text: unsaved.text,
            at: device.surroundings.now().timestamp(),
        };
        let kept = (!kept.text.is_empty()).then(|| serde_json::json!(kept).to_string());
        device
            .store
            .set_unsaved_text(&unsaved.form, kept.as_deref())?;
        Ok(Nothing {})
    }
}

/// Every form in which something was typed that was not kept, with its words alone.
pub(crate) fn all(device: &Device) -> Result<Vec<(String, String)>> {
    let kept = device.store.unsaved_texts()?.into_iter();
    Ok(kept
        .map(|(form, kept)| (form, words_in(&text_of(&kept))))
        .collect())
}

/// A form is kept with the names of its fields: the words between them, a line each.
fn words_in(text: &str) -> String {
    let Ok(fields) = serde_json::from_str::<Value>(text) else {
        return text.to_owned();
    };
    let mut words = Vec::new();
    gather(&fields, &mut words);
    words.join("\n")
}

fn gather<'a>(value: &'a Value, words: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => words.push(text),
        Value::Array(items) => items.iter().for_each(|item| gather(item, words)),
        Value::Object(fields) => fields.values().for_each(|field| gather(field, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Forgets what nobody came back to.
pub(crate) fn expire(device: &Device) -> Result<()> {
    let before = device.surroundings.now().timestamp() - SECONDS;
    for (form, kept) in device.store.unsaved_texts()? {
        let at = serde_json::from_str::<Kept>(&kept).map_or(0, |kept| kept.at);
        if at < before {
            device.store.set_unsaved_text(&form, None)?;
        }
    }
    Ok(())
}

/// Only this app writes it; what it cannot read, nobody can use.
fn text_of(kept: &str) -> String {
    serde_json::from_str::<Kept>(kept)
        .map(|kept| kept.text)
        .unwrap_or_default()
}
