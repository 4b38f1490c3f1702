//! The life of a record in steps that a person can read.

use chrono::SecondsFormat;
use domain::record::Fields;
use serde_json::Value;

use crate::api::{RecordId, RecordVersion};
use crate::records::row;
use crate::views::People;
use crate::{App, Result, audit};

impl App {
    /// The life of a record, oldest step first. Of a person, it is written down that somebody looked.
    ///
    /// # Errors
    /// `no_record`.
    pub fn record_history(&self, id: RecordId) -> Result<Vec<RecordVersion>> {
        let device = self.device()?;
        let row = row(&device, &id.id)?;
        audit::looked_at(&device, &row)?;
        let people = People::read(&device)?;
        let mut steps = Vec::new();
        for version in device.store.history(row.id)? {
            let changed = changed(&version.before, &version.after);
            steps.push(RecordVersion {
                author: version
                    .device
                    .map(|device| people.name_of_device(&device.to_string()))
                    .unwrap_or_default(),
                at: version.at.to_rfc3339_opts(SecondsFormat::Secs, true),
                changed,
            });
        }
        Ok(steps)
    }
}

/// The fields that differ, with their new values (`null`: emptied).
pub(crate) fn changed(before: &Fields, after: &Fields) -> Fields {
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .chain(gone.map(|name| (name.clone(), Value::Null)))
        .collect()
}
