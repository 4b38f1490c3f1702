//! A person's file (*inzage*): everything that is kept about one person, to hand over.
//!
//! The caller collects it; here it is written as JSON for programs and as a paper for people (GDPR, articles 15 and 20).

mod paper;
mod values;
mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::record::Fields;
use serde::Serialize;

use crate::paper::{PaperError, write_pdf};

/// The name of the JSON format.
const FORMAT: &str = "buurtboek-person-file";
/// Its version.
const VERSION: u32 = 1;

/// Everything about one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonFile {
    /// When it was put together.
    pub made_at: DateTime<Utc>,
    /// Who put it together.
    pub made_by: String,
    /// Names of other residents were taken out.
    pub others_unnamed: bool,
    /// The person.
    pub person: FileRecord,
    /// Notes about them.
    pub notes: Vec<FileRecord>,
    /// Signals they told.
    pub signals: Vec<FileRecord>,
    /// Promises to them or about them.
    pub follow_ups: Vec<FileRecord>,
    /// Links with others.
    pub relations: Vec<FileRecord>,
    /// Groups and households they are in.
    pub groups: Vec<FileRecord>,
    /// Anything else that points at them.
    pub other: Vec<FileRecord>,
    /// Records that are not about them and hold their name.
    pub mentions: Vec<FileRecord>,
    /// With whom it was shared.
    pub shared: Vec<FileShare>,
    /// Who looked at it, took it along, shared or erased it.
    pub audit: Vec<FileEvent>,
    /// The audit holds what other devices did, too, as far as the server knows.
    pub audit_of_all_devices: bool,
    /// Names of the records and people that the fields refer to, by id.
    pub names: BTreeMap<String, String>,
}

/// A record with its life.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FileRecord {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// The line by which people recognise it.
    pub title: String,
    /// The space it lives in, by name; empty on a device without a team.
    pub space: String,
    /// Out of sight, kept.
    pub archived: bool,
    /// Who recorded it.
    pub recorded_by: String,
    /// When, RFC 3339.
    pub recorded_at: String,
    /// What it says.
    pub fields: Fields,
    /// What changed afterwards, oldest first.
    pub history: Vec<FileStep>,
    /// What people wrote differently, until somebody chooses.
    pub conflicts: Vec<FileConflict>,
}

/// A change of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileStep {
    /// Who.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// The fields that changed, with their new values (`null`: emptied).
    pub changed: Fields,
}

/// A field with more than one value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileConflict {
    /// Path of the field.
    pub path: String,
    /// The values.
    pub values: Vec<FileConflictValue>,
}

/// One of the values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileConflictValue {
    /// The value.
    pub value: serde_json::Value,
    /// Who wrote it.
    pub by: String,
    /// When, RFC 3339.
    pub at: Option<String>,
}

/// A copy in another space.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileShare {
    /// With whom: the name of the space.
    pub with: String,
    /// What was shared: the title of the record.
    pub what: String,
    /// The fields that may be seen.
    pub fields: Vec<String>,
    /// Who shared it.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Until which day.
    pub until: Option<String>,
    /// Since when it is taken back, RFC 3339.
    pub revoked_at: Option<String>,
}

/// Something that was done with the person's details.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileEvent {
    /// What, as a word of the audit.
    pub action: String,
    /// With which of the records about the person, when it was not the contact itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Who.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

/// Writes the file as JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn person_file_json(file: &PersonFile) -> serde_json::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Whole<'a> {
        format: &'static str,
        version: u32,
        #[serde(flatten)]
        file: &'a PersonFile,
    }
    let mut json = serde_json::to_vec_pretty(&Whole {
        format: FORMAT,
        version: VERSION,
        file,
    })?;
    json.push(b'\n');
    Ok(json)
}

/// Writes the file as a tagged PDF in plain words, in Dutch (`nl`) or English.
///
/// # Errors
/// When the paper cannot be written.
pub fn person_file_pdf(file: &PersonFile, language: &str) -> Result<Vec<u8>, PaperError> {
    write_pdf(&paper::paper(file, words::of(language)))
}
