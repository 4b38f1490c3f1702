//! Where people disagree, and a person's choice.

use domain::ids::RecordId;
use serde_json::Value;
use store::Action;

use crate::api::{ConflictResolve, ConflictView, Nothing, Saved};
use crate::edit::parse_id;
use crate::views::Viewer;
use crate::{App, Error, Result};

impl App {
    /// What people disagree on, in all records.
    ///
    /// # Errors
    /// What the database says.
    pub fn conflict_list(&self, _: Nothing) -> Result<Vec<ConflictView>> {
        let device = self.device()?;
        let viewer = Viewer::new(&device)?;
        Ok(device
            .store
            .conflicts(None)?
            .iter()
            .map(|row| viewer.conflict(row))
            .collect())
    }

    /// A person's choice, as an ordinary change. What was shown is compared in the transaction that settles it: nothing
    /// comes between.
    ///
    /// # Errors
    /// `no_conflict` when it was settled meanwhile, `conflict_changed` when another value arrived since it was shown.
    pub fn conflict_resolve(&self, resolve: ConflictResolve) -> Result<Saved> {
        let device = self.device()?;
        let id: RecordId = parse_id(&resolve.id)?;
        let (_, saved) = self.edit(&device, |action| settle(action, id, &resolve))?;
        Ok(saved)
    }
}

fn settle(action: &mut Action<'_>, id: RecordId, resolve: &ConflictResolve) -> Result<()> {
    let found = action.conflicts(id)?;
    let found = found
        .into_iter()
        .map(|row| row.conflict)
        .find(|conflict| conflict.path == resolve.path);
    let Some(found) = found else {
        return Err(Error::new(
            "no_conflict",
            "This was settled already. Nothing was changed.",
        ));
    };
    let values: Vec<&Value> = found.values.iter().map(|value| &value.value).collect();
    if values.len() != resolve.seen.len() || !resolve.seen.iter().all(|seen| values.contains(&seen))
    {
        return Err(Error::new(
            "conflict_changed",
            "Somebody wrote another value meanwhile. Nothing was changed; look again and choose.",
        ));
    }
    let chosen = match resolve.choice {
        Some(index) => resolve.seen.get(index as usize).cloned(),
        None if found.can_hold_both => Some(both(&resolve.seen)),
        None => None,
    };
    let Some(chosen) = chosen else {
        return Err(Error::new(
            "bad_choice",
            "This choice is not there. Nothing was changed.",
        ));
    };
    let keep_both = resolve.choice.is_none();
    match second_entry(&resolve.path, &resolve.seen).filter(|_| keep_both) {
        // A second phone number is an entry of its own, not two numbers in one line.
        Some((first, fields)) => {
            action.settle(id, &resolve.path, &first)?;
            add_entry(action, id, &resolve.path, &fields)?;
        }
        None => {
            action.settle(id, &resolve.path, &chosen)?;
        }
    }
    Ok(())
}

/// Two lines in one: "Fatima / Fatma".
fn both(values: &[Value]) -> Value {
    let lines: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    Value::String(lines.join(" / "))
}

/// For a value of an entry (`ways/k1/value`): the value that stays, and the others.
fn second_entry(path: &str, values: &[Value]) -> Option<(Value, Vec<Value>)> {
    if !(path.starts_with("ways/") && path.ends_with("/value")) {
        return None;
    }
    let (first, others) = values.split_first()?;
    Some((first.clone(), others.to_vec()))
}

fn add_entry(action: &mut Action<'_>, id: RecordId, path: &str, values: &[Value]) -> Result<()> {
    let mut parts = path.split('/');
    let (Some(field), Some(key)) = (parts.next(), parts.next()) else {
        return Ok(());
    };
    let Some((_, fields)) = action.fields(id)? else {
        return Ok(());
    };
    let like = fields
        .get(field)
        .and_then(|entries| entries.get(key))
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let taken = |key: &String| {
        fields
            .get(field)
            .and_then(|entries| entries.get(key))
            .is_some()
    };
    let free = (2..)
        .map(|number| format!("{key}-{number}"))
        .filter(|key| !taken(key));
    for (new_key, value) in free.zip(values) {
        let mut entry = like.clone();
        entry.insert("value".to_owned(), value.clone());
        let entries = serde_json::Map::from_iter([(new_key, Value::Object(entry))]);
        let patch = serde_json::Map::from_iter([(field.to_owned(), Value::Object(entries))]);
        action.edit(id, &patch)?;
    }
    Ok(())
}
