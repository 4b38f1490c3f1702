//! What a person said about keeping their details, and why they may be kept.

use domain::ids::MemberId;
use domain::record::Fields;
use domain::{Consent, LegalBasis};
use serde_json::Value;
use store::Action;

use crate::api::{ConsentRecord, Saved};
use crate::contacts::row_of;
use crate::edit::parse_id;
use crate::surroundings::day;
use crate::views::fields;
use crate::{App, Result, audit};

impl App {
    /// Records what a person said about keeping their details, or why they may be kept; with who recorded it and when.
    ///
    /// Consent that is given becomes the reason when there was none. Consent that is taken back is no reason any more.
    ///
    /// # Errors
    /// `no_record`, or `basis_without_consent`.
    pub fn consent_record(&self, record: ConsentRecord) -> Result<Saved> {
        let device = self.device()?;
        let row = row_of(&device, &record.id, "contact")?;
        let contact: domain::kinds::Contact = fields(&row);
        let id = parse_id(&record.id)?;
        let me = device.me()?.to_string();
        let on = record
            .on
            .unwrap_or_else(|| day(device.surroundings.now()).to_string());
        let mut patch = Fields::new();
        if let Some(consent) = record.consent {
            put(&mut patch, "consent", Some((consent.as_str(), &on, &me)));
        }
        let basis = match (record.basis, record.consent) {
            (Some(basis), _) => Some(Some(basis)),
            (None, Some(Consent::Given)) if contact.basis.is_none() => {
                Some(Some(LegalBasis::Consent))
            }
            (None, Some(Consent::Refused | Consent::NotAsked))
                if contact.basis == Some(LegalBasis::Consent) =>
            {
                Some(None)
            }
            (None, _) => None,
        };
        if let Some(basis) = basis {
            put(
                &mut patch,
                "basis",
                basis.map(|basis| (basis.as_str(), on.as_str(), me.as_str())),
            );
        }
        let by = device.me()?;
        let (_, saved) = self.edit(&device, |action| {
            action.audit(audit::CONSENT, id, by)?;
            Ok(action.edit(id, &patch)?)
        })?;
        Ok(saved)
    }
}

/// Taking back what was recorded changes what is recorded: that is written down with the act itself.
pub(crate) fn note_undone(action: &mut Action<'_>, me: MemberId) -> Result<()> {
    for id in action.changed().to_vec() {
        if action.has_edited(id, "consent") || action.has_edited(id, "basis") {
            action.audit(audit::CONSENT, id, me)?;
        }
    }
    Ok(())
}

/// A word with its day and who recorded it, or nothing of it any more.
fn put(patch: &mut Fields, field: &str, said: Option<(&str, &str, &str)>) {
    let values = match said {
        Some((word, on, by)) => [word, on, by].map(|value| Value::String(value.to_owned())),
        None => [Value::Null, Value::Null, Value::Null],
    };
    let names = [
        field.to_owned(),
        format!("{field}_on"),
        format!("{field}_by"),
    ];
    patch.extend(names.into_iter().zip(values));
}
