//! A record that begins anew: the same id and the same values, without the words that are taken out and without the
//! history in which they stood. Who made it and when stay; who wrote what since does not.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use automerge::transaction::{Transactable as _, Transaction};
use automerge::{Automerge, AutomergeError, Change, ChangeHash, ObjType, ROOT, ReadDoc as _};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::take_out::{TakeOut, without};
use super::{Document, DocumentError, ID, KIND, SCHEMA, Stamp, copied, patch, read, write};
use crate::ids::DeviceId;
use crate::record::{Fields, KindSpec, Shape};

/// What a later epoch says of the earlier ones: who made the record, and out of which fields words were taken.
pub(super) const PAST: &str = "past";
const MAKER: &str = "maker";
const OUT: &str = "out";

/// Characters of running text in one change, which has a most number of operations.
const TEXT_IN_ONE_CHANGE: usize = 9_000;

/// How an epoch began.
#[derive(Debug)]
pub(super) struct Beginning {
    /// The last change of the beginning.
    pub(super) hash: ChangeHash,
    /// The device that made the record, in its first epoch.
    pub(super) maker: Option<DeviceId>,
    /// Fields out of which words were taken, in this epoch or before.
    pub(super) out: BTreeSet<String>,
}

impl Document {
    /// Makes the same record without what is taken out, as its first changes in a new epoch. Where people disagree, they
    /// still do.
    ///
    /// # Errors
    /// When the document cannot be read, or a newer app wrote it.
    pub fn anew(
        &self,
        takes: &[TakeOut],
        stamp: &Stamp,
    ) -> Result<(Self, Vec<Change>), DocumentError> {
        self.check_schema()?;
        let mut fields = without(self.kind, &self.fields()?, takes);
        let disputed = self.disputed(&fields, takes, stamp)?;
        for (path, _) in &disputed {
            patch::remove_at_path(&mut fields, path);
        }
        let (maker, made_at) = self.origin().unwrap_or((None, stamp.at));
        let mut out = self.beginning()?.map(|past| past.out).unwrap_or_default();
        out.extend(takes.iter().map(|take| take.field().to_owned()));
        let mut anew = Self {
            doc: Automerge::new().with_actor(stamp.actor.clone()),
            id: self.id,
            kind: self.kind,
            schema: self.schema,
            epoch: self.epoch + 1,
            read: OnceLock::new(),
        };
        let (first, texts) = set_texts_apart(self.kind, fields);
        let mut changes = Vec::new();
        let made = Stamp {
            actor: stamp.actor.clone(),
            at: made_at,
        };
        let last = texts.is_empty();
        changes.extend(anew.write(&made, |tx| {
            write::create_in(tx, self.id, (self.kind, self.schema), &first)?;
            copied::unknown(&self.doc, tx, self.kind)?;
            if last {
                put_past(tx, maker, &out)
            } else {
                Ok(())
            }
        })?);
        for (index, (name, piece)) in texts.iter().enumerate() {
            let last = index + 1 == texts.len();
            changes.extend(anew.write(&made, |tx| {
                append_text(tx, name, piece)?;
                if last {
                    put_past(tx, maker, &out)
                } else {
                    Ok(())
                }
            })?);
        }
        changes.extend(anew.disagree_again(&disputed, stamp)?);
        Ok((anew, changes))
    }

    /// Whether something of this stands in it, or did at any time.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn ever_held(&self, takes: &[TakeOut]) -> Result<bool, DocumentError> {
        let holds = |fields: &Fields| without(self.kind, fields, takes) != *fields;
        for change in self.doc.get_changes_meta(&[]) {
            if holds(&read::fields_at(
                &self.doc,
                &[change.hash],
                self.kind.fields,
            )?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Fields out of which words were taken for good.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn taken_out(&self) -> Result<BTreeSet<String>, DocumentError> {
        Ok(self.beginning()?.map(|past| past.out).unwrap_or_default())
    }

    /// How its epoch began; `None` in the first one. Only the changes of the beginning can say it: what a later change
    /// writes there is nobody's word.
    pub(super) fn beginning(&self) -> Result<Option<Beginning>, DocumentError> {
        let changes = self.doc.get_changes_meta(&[]);
        let Some(first) = changes.first().filter(|_| self.epoch > 0) else {
            return Ok(None);
        };
        let begin = changes
            .iter()
            .take_while(|change| change.actor == first.actor);
        for change in begin {
            let at = [change.hash];
            let Some((_, past)) = self.doc.get_at(ROOT, PAST, &at)? else {
                continue;
            };
            let maker = self.doc.get_at(&past, MAKER, &at)?;
            let maker = maker.and_then(|(maker, _)| maker.as_str()?.parse().ok());
            let out = self.doc.get_at(&past, OUT, &at)?;
            return Ok(Some(Beginning {
                hash: change.hash,
                maker,
                out: out
                    .map(|(_, out)| self.doc.keys_at(&out, &at).collect())
                    .unwrap_or_default(),
            }));
        }
        Ok(None)
    }

    /// Who made the record and when, from its first change; in a later epoch as its beginning says.
    #[must_use]
    pub fn origin(&self) -> Option<(Option<DeviceId>, DateTime<Utc>)> {
        let changes = self.doc.get_changes_meta(&[]);
        let first = changes.first()?;
        let at = DateTime::from_timestamp(first.timestamp, 0).unwrap_or_default();
        let maker = match self.beginning() {
            Ok(Some(past)) => past.maker,
            Ok(None) => DeviceId::of_actor(first.actor.to_bytes()),
            Err(_) => None,
        };
        Some((maker, at))
    }

    /// The fields on which people disagree, also without what is taken out: each with its values.
    fn disputed(
        &self,
        left: &Fields,
        takes: &[TakeOut],
        stamp: &Stamp,
    ) -> Result<Vec<(String, Sides)>, DocumentError> {
        let fields = self.fields()?;
        let mut disputed = Vec::new();
        for conflict in self.conflicts()? {
            let path = conflict.path;
            let mut sides = Sides::new();
            for side in conflict.values {
                let patch = patch::at_path(&path, side.value);
                let with = patch::merged(self.kind, &fields, &patch);
                let without = without(self.kind, &with, takes);
                if let Some(value) = patch::value_at(&without, &path) {
                    sides.retain(|(other, _)| other != value);
                    sides.push((value.clone(), side.at.unwrap_or(stamp.at)));
                }
            }
            // The place may have gone with what was taken out.
            if sides.len() > 1 && patch::value_at(left, &path).is_some() {
                disputed.push((path, sides));
            }
        }
        Ok(disputed)
    }

    /// Writes the values on which people disagree side by side, as they stood.
    fn disagree_again(
        &mut self,
        disputed: &[(String, Sides)],
        stamp: &Stamp,
    ) -> Result<Vec<Change>, DocumentError> {
        let heads = self.heads();
        let most = disputed.iter().map(|(_, sides)| sides.len()).max();
        let mut changes = Vec::new();
        for index in 0..most.unwrap_or_default() {
            let mut side = Fields::new();
            let mut at = stamp.at;
            for (path, sides) in disputed {
                if let Some((value, when)) = sides.get(index) {
                    patch::add_at_path(&mut side, path, value.clone());
                    at = *when;
                }
            }
            let past = self.doc.fork_at(&heads)?;
            let stamp = Stamp {
                actor: stamp.actor.clone(),
                at,
            };
            let kind = self.kind;
            changes.extend(self.write_in(past, &stamp, |tx| write::overwrite(tx, kind, &side))?);
        }
        Ok(changes)
    }
}

/// Values that stand side by side, with their moments.
type Sides = Vec<(Value, DateTime<Utc>)>;

/// Long running text goes in pieces, each in a change of its own: a change has a most number of operations.
fn set_texts_apart(kind: &KindSpec, mut fields: Fields) -> (Fields, Vec<(&'static str, String)>) {
    let texts: Vec<(&'static str, String)> = kind
        .fields
        .iter()
        .filter(|field| matches!(field.shape, Shape::Text))
        .filter_map(|field| Some((field.name, fields.get(field.name)?.as_str()?.to_owned())))
        .collect();
    let characters: usize = texts.iter().map(|(_, text)| text.chars().count()).sum();
    if characters <= TEXT_IN_ONE_CHANGE {
        return (fields, Vec::new());
    }
    let mut pieces = Vec::new();
    for (name, text) in texts {
        fields.remove(name);
        let letters: Vec<char> = text.chars().collect();
        let piece = |letters: &[char]| (name, letters.iter().collect());
        pieces.extend(letters.chunks(TEXT_IN_ONE_CHANGE).map(piece));
    }
    (fields, pieces)
}

fn append_text(tx: &mut Transaction<'_>, name: &str, piece: &str) -> Result<(), AutomergeError> {
    if let Some((_, body)) = tx.get(ROOT, name)? {
        let end = tx.length(&body);
        tx.splice_text(&body, end, 0, piece)?;
    }
    Ok(())
}

fn put_past(
    tx: &mut Transaction<'_>,
    maker: Option<DeviceId>,
    out: &BTreeSet<String>,
) -> Result<(), AutomergeError> {
    let past = tx.put_object(ROOT, PAST, ObjType::Map)?;
    if let Some(maker) = maker {
        tx.put(&past, MAKER, maker.to_string())?;
    }
    let names = tx.put_object(&past, OUT, ObjType::Map)?;
    out.iter().try_for_each(|name| tx.put(&names, name, true))
}

/// Keys at the root that belong to the house and not to a kind.
pub(super) const HOUSE: [&str; 4] = [ID, KIND, SCHEMA, PAST];
