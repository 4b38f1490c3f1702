//! Files in.

use std::path::{Path, PathBuf};

use app::App;
use app::api::{ImportApply, ImportPreview, RowFate, Saved, UnreadableRow};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::failure::{Failure, Outcome, Result};
use crate::output::Answer;
use crate::table::{columns, count};

/// Words of `import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A vCard (.vcf), CSV or JSON Lines (.jsonl) file
    pub(crate) file: PathBuf,
    /// Only say what is in it
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// What to do with contacts that are probably known
    #[arg(long, value_enum, default_value_t = Duplicates::Merge)]
    pub(crate) duplicates: Duplicates,
}

/// What to do with contacts that are probably known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Duplicates {
    /// Add what is new to the known contact; what it says already stays
    Merge,
    /// Make a second contact
    Add,
    /// Leave them out
    Skip,
}

/// Takes in a file, or says what is in it.
pub(crate) fn import(app: &App, words: &Import) -> Result<Answer> {
    let content = std::fs::read(&words.file)
        .map_err(|problem| Failure::file("file_not_read", &words.file, problem))?;
    if is_json_lines(&words.file) && !words.dry_run {
        return load(app, &content);
    }
    let name = words
        .file
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let preview = app.import_preview(name, &content)?;
    if words.dry_run {
        return dry_run(&preview);
    }
    if preview.format == "jsonl" {
        return load(app, &content);
    }
    apply(app, &preview, words.duplicates)
}

fn is_json_lines(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| ["jsonl", "ndjson"].contains(&extension))
}

/// Records of any kind, in bulk: a known id changes only the fields given.
fn load(app: &App, content: &[u8]) -> Result<Answer> {
    let (loaded, unreadable) = app.load_records(content)?;
    let text = format!(
        "Took in {}.\n{}",
        count(loaded, "record", "records"),
        unreadable_text(&unreadable)
    );
    let answer = Answer::new(
        &json!({ "format": "jsonl", "loaded": loaded, "unreadable": unreadable }),
        text,
    )?;
    Ok(answer.ending(outcome(&unreadable)))
}

fn apply(app: &App, preview: &ImportPreview, duplicates: Duplicates) -> Result<Answer> {
    let known = u64::from(preview.duplicates);
    let (fate, merged, skipped) = match duplicates {
        Duplicates::Merge => (RowFate::Merge, known, 0),
        Duplicates::Add => (RowFate::New, 0, 0),
        Duplicates::Skip => (RowFate::Skip, 0, known),
    };
    let added = u64::from(preview.readable) - skipped - merged;
    let saved: Saved = app.import_apply(ImportApply {
        import: preview.import.clone(),
        skip: Vec::new(),
        merge: Vec::new(),
        new: Vec::new(),
        known: Some(fate),
        space: None,
    })?;
    let mut text = format!(
        "Added {}; {merged} known already and completed, {skipped} left out.\n{}",
        count(added, "contact", "contacts"),
        unreadable_text(&preview.unreadable),
    );
    text.push_str(&left_out_text(preview));
    if let Some(undo) = &saved.undo {
        text.push_str(&format!("Take it back with: buurtboek undo {undo}\n"));
    }
    let answer = Answer::new(
        &json!({
            "format": preview.format, "added": added, "merged": merged, "skipped": skipped,
            "unreadable": preview.unreadable, "undo": saved.undo,
        }),
        text,
    )?;
    Ok(answer.ending(outcome(&preview.unreadable)))
}

fn dry_run(preview: &ImportPreview) -> Result<Answer> {
    let mut text = format!(
        "{} of {}: {} new, {} probably known. Nothing was kept.\n",
        preview.format,
        count(preview.readable, "readable row", "readable rows"),
        preview.new,
        preview.duplicates,
    );
    let rows: Vec<_> = preview
        .rows
        .iter()
        .map(|row| {
            let known = row
                .duplicate
                .as_ref()
                .map(|known| format!("known as {}", known.title));
            [
                row.line.to_string(),
                row.title.clone(),
                row.detail.clone(),
                known.unwrap_or_default(),
            ]
        })
        .collect();
    text.push_str(&columns(&rows));
    text.push_str(&unreadable_text(&preview.unreadable));
    text.push_str(&left_out_text(preview));
    Ok(Answer::new(preview, text)?.ending(outcome(&preview.unreadable)))
}

fn outcome(unreadable: &[UnreadableRow]) -> Outcome {
    if unreadable.is_empty() {
        Outcome::Done
    } else {
        Outcome::InPart
    }
}

fn unreadable_text(unreadable: &[UnreadableRow]) -> String {
    if unreadable.is_empty() {
        return String::new();
    }
    let rows: Vec<_> = unreadable
        .iter()
        .map(|row| {
            [
                format!("line {}", row.line),
                row.code.clone(),
                row.text.clone(),
            ]
        })
        .collect();
    let found = count(unreadable.len() as u64, "row", "rows");
    format!("{found} cannot be read:\n{}", columns(&rows))
}

fn left_out_text(preview: &ImportPreview) -> String {
    let rows: Vec<_> = preview
        .rows
        .iter()
        .filter(|row| !row.left_out.is_empty())
        .map(|row| {
            [
                format!("line {}", row.line),
                row.title.clone(),
                row.left_out.join(", "),
            ]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("Values left out:\n{}", columns(&rows))
}
