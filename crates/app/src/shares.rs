//! Sharing on purpose: a copy of the fields that a person ticks, in another space. The history stays where it is; the
//! copy can be taken back, and goes by itself after its last day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::ids::{MemberId, RecordId as Id, SpaceId};
use domain::kinds::Share;
use domain::record::{Fields, Item, KindSpec, Shape};
use serde_json::Value;
use store::{Changes, RecordRow, Space};

use crate::api::{
    CopyOf, RecordId, Saved, ShareAsk, ShareField, ShareId, ShareOptions, SharePreview, ShareView,
    SpaceMark,
};
use crate::device::Device;
use crate::edit::parse_id;
use crate::erase::{self, Rights};
use crate::records::{fields_of, kind_of, row, says_something, with_defaults};
use crate::surroundings::day;
use crate::sync_loop::Word;
use crate::views::{Viewer, fields, moment};
use crate::{App, Error, Result, audit};

/// Kinds that can be shared, each with the field that a copy cannot do without.
const KINDS: [(&str, &str); 3] = [("contact", "name"), ("note", "text"), ("signal", "title")];

/// Fields that belong to the work in the space of the original, or to the person behind it.
const KEPT_BACK: [&str; 11] = [
    "archived",
    "attention",
    "basis",
    "basis_on",
    "closed_at",
    "consent",
    "consent_on",
    "next",
    "reason",
    "state",
    "told",
];

impl App {
    /// What of a record can be shared, where to, and what was shared already.
    ///
    /// # Errors
    /// `no_record`, `not_shareable`.
    pub fn share_options(&self, id: RecordId) -> Result<ShareOptions> {
        let device = self.device()?;
        let viewer = Viewer::new(&device)?;
        let original = row(&device, &id.id)?;
        let (kind, needed) = shareable(&original.kind)?;
        let spaces = device.store.spaces()?;
        let (mut shares, mut copy_of) = (Vec::new(), None);
        for (share_row, share) in all(&device)? {
            if share.of == Some(original.id) {
                shares.push(share_view(&device, &viewer, &spaces, &share_row, &share)?);
            } else if share.copy == Some(original.id) {
                copy_of = Some(copy(&viewer, copy_of, &share)?);
            }
        }
        Ok(ShareOptions {
            spaces: targets(&spaces, original.space).map(mark).collect(),
            fields: kind
                .fields
                .iter()
                .filter(|field| travels(field.name, field.shape))
                .filter_map(|field| {
                    Some(ShareField {
                        name: field.name.to_owned(),
                        value: original
                            .fields
                            .get(field.name)
                            .filter(|value| says_something(value))?
                            .clone(),
                        needed: field.name == needed,
                    })
                })
                .collect(),
            shares,
            copy_of,
        })
    }

    /// Exactly what will be seen in the other space.
    ///
    /// # Errors
    /// `no_record`, `not_shareable`, `space_read_only`, or the rule that the copy breaks.
    pub fn share_preview(&self, ask: ShareAsk) -> Result<SharePreview> {
        let device = self.device()?;
        let planned = Planned::new(&device, &ask)?;
        let viewer = Viewer::new(&device)?;
        Ok(SharePreview {
            kind: planned.kind.name.to_owned(),
            title: (planned.kind.title)(&planned.fields),
            author: viewer.people.name_of_member(&device.me()?.to_string()),
            to: mark(&planned.to),
            until: planned.until.map(|until| until.to_string()),
            fields: planned.fields,
        })
    }

    /// Makes the copy. The original is not touched.
    ///
    /// # Errors
    /// As [`App::share_preview`]; nothing is shared then.
    pub fn share_make(&self, ask: ShareAsk) -> Result<Saved> {
        let device = self.device()?;
        let planned = Planned::new(&device, &ask)?;
        let kind = kind_of("share")?;
        let (copy, here, there) = (
            device.new_record(),
            device.new_record(),
            device.new_record(),
        );
        let in_target = Share {
            copy: Some(copy),
            by: Some(device.me()?),
            until: planned.until,
            ..Share::default()
        };
        let at_home = Share {
            of: Some(planned.original),
            to: planned.to.id.to_string(),
            shared: planned.names.iter().cloned().collect(),
            ..in_target
        };
        let me = device.me()?;
        let ((), saved) = self.edit(&device, |action| {
            action.audit(audit::SHARED, planned.original, me)?;
            action.create(copy, planned.kind, planned.to.id, &planned.fields)?;
            action.create(there, kind, planned.to.id, &fields_of(&in_target)?)?;
            action.create(here, kind, planned.home, &fields_of(&at_home)?)?;
            Ok(())
        })?;
        Ok(Saved {
            id: here.to_string(),
            ..saved
        })
    }

    /// Takes a copy back: it is erased there, and on every device that held it.
    ///
    /// # Errors
    /// `no_record`, `erase_no_right` when this person neither made the copy nor manages its space.
    pub fn share_revoke(&self, id: ShareId) -> Result<Saved> {
        let device = self.device()?;
        let named = row(&device, &id.id)?;
        if named.kind != "share" {
            return Err(Error::no_record(&id.id));
        }
        let share: Share = fields(&named);
        let rights = Rights::read(&device)?;
        let copied = share.copy.map(|copy| device.store.record(copy));
        if let Some(copied) = copied.transpose()?.flatten()
            && !rights.may_erase(&copied)
        {
            return Err(erase::no_right(&copied));
        }
        let copy = share.copy;
        let mut shares = all(&device)?;
        shares.retain(|(row, other)| row.id == named.id || copy.is_some() && other.copy == copy);
        let (changes, _) = end(&device, &rights, &shares)?;
        Ok(Saved {
            // What is erased does not come back.
            undo: None,
            ..self.saved(&device, &changes, String::new())?
        })
    }

    /// Ends what has had its last day, of whoever shared it: the copy is erased by a device that may, and out of sight
    /// on every other.
    pub(crate) fn expire_shares(&self, device: &Device) -> Result<()> {
        let today = day(device.surroundings.now());
        let over: Vec<(RecordRow, Share)> = all(device)?
            .into_iter()
            .filter(|(_, share)| share.revoked_at.is_none())
            .filter(|(_, share)| share.until.is_some_and(|until| until < today))
            .collect();
        if over.is_empty() {
            return Ok(());
        }
        let (changes, erased) = end(device, &Rights::read(device)?, &over)?;
        self.tell_changed(&changes, false);
        if erased || !changes.records.is_empty() {
            self.sync_word(Word::Edited);
        }
        Ok(())
    }
}

/// Ends shares, in one transaction: what stands in the other space goes, and the record beside the original says when.
/// Returns what changed, and whether anything was erased.
fn end(device: &Device, rights: &Rights, shares: &[(RecordRow, Share)]) -> Result<(Changes, bool)> {
    let copies: Vec<Id> = shares.iter().filter_map(|(_, share)| share.copy).collect();
    let copied = device.store.records(&copies)?;
    let beside = shares
        .iter()
        .filter(|(_, share)| share.of.is_none())
        .map(|(row, _)| row);
    let gone: BTreeSet<Id> = copied
        .iter()
        .chain(beside)
        .filter(|row| rights.may_erase(row))
        .map(|row| row.id)
        .collect();
    let hidden = copied
        .iter()
        .filter(|row| !gone.contains(&row.id) && !row.archived && rights.may_write(row));
    let told: Vec<&(RecordRow, Share)> = shares
        .iter()
        .filter(|(row, share)| {
            share.of.is_some() && share.revoked_at.is_none() && rights.may_write(row)
        })
        .collect();
    let pointing = erase::pointing_at(device, rights, &gone)?;
    let now = device.surroundings.now().to_rfc3339();
    let revoked = Fields::from_iter([("revoked_at".to_owned(), Value::String(now))]);
    let archived = Fields::from_iter([("archived".to_owned(), Value::Bool(true))]);
    let me = device.me()?;
    let ended = ended(
        device,
        &told,
        copied.iter().filter(|row| gone.contains(&row.id)),
    )?;
    let ((), changes) = device.store.transact(&device.stamp(), None, |action| {
        for record in ended {
            action.audit(audit::SHARE_ENDED, record, me)?;
        }
        for (row, _) in &told {
            action.let_go(row.id, &revoked)?;
        }
        for row in hidden {
            action.edit(row.id, &archived)?;
        }
        erase::erase_in(action, &gone, &pointing, me)?;
        Ok::<_, Error>(())
    })?;
    Ok((changes, !gone.is_empty()))
}

/// What the audit names when shares end: the original where it is known and here, and otherwise the copy.
fn ended<'a>(
    device: &Device,
    told: &[&(RecordRow, Share)],
    gone: impl Iterator<Item = &'a RecordRow>,
) -> Result<BTreeSet<Id>> {
    let mut ended: BTreeMap<Id, Id> = gone.map(|copy| (copy.id, copy.id)).collect();
    for (_, share) in told {
        if let (Some(of), Some(copy)) = (share.of, share.copy)
            && device.store.record(of)?.is_some()
        {
            ended.insert(copy, of);
        }
    }
    Ok(ended.into_values().collect())
}

/// A copy that is asked for, with everything that it will hold.
struct Planned {
    original: Id,
    kind: &'static KindSpec,
    to: Space,
    /// Where the link to the copy is kept: with the original, or where this person may write.
    home: SpaceId,
    names: Vec<String>,
    fields: Fields,
    until: Option<NaiveDate>,
}

impl Planned {
    fn new(device: &Device, ask: &ShareAsk) -> Result<Self> {
        let original = row(device, &ask.id)?;
        let (kind, needed) = shareable(&original.kind)?;
        let spaces = device.store.spaces()?;
        let id: SpaceId = parse_id(&ask.to)?;
        let to = targets(&spaces, original.space)
            .find(|space| space.id == id)
            .cloned()
            .ok_or(store::StoreError::ReadOnly(id))?;
        let travelling = |name: &String| {
            let field = kind.field(name);
            field.is_some_and(|field| travels(field.name, field.shape))
        };
        let mut names: Vec<String> = ask
            .fields
            .iter()
            .filter(|name| travelling(name))
            .cloned()
            .collect();
        if !names.iter().any(|name| name == needed) {
            names.push(needed.to_owned());
        }
        let copied = names
            .iter()
            .filter_map(|name| Some((name.clone(), original.fields.get(name)?.clone())));
        let fields = with_defaults(device, kind, copied.collect())?;
        (kind.check)(None, &fields).map_err(|rejection| {
            store::StoreError::from(domain::document::DocumentError::Rejected(rejection))
        })?;
        let home = if may_write(&spaces, original.space) {
            original.space
        } else {
            device.store.default_space()?.id
        };
        Ok(Self {
            original: original.id,
            kind,
            to,
            home,
            names,
            fields,
            until: until(device, ask.until.as_deref())?,
        })
    }
}

/// The last day on which the copy is there: not a day that has passed.
fn until(device: &Device, text: Option<&str>) -> Result<Option<NaiveDate>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let today = day(device.surroundings.now());
    match text.parse::<NaiveDate>() {
        Ok(until) if until >= today => Ok(Some(until)),
        Ok(_) | Err(_) => Err(Error::new(
            "until_passed",
            "Choose today or a later day. Nothing was shared.",
        )
        .with("field", "until")),
    }
}

/// The kind of a record that can be shared, and the field that a copy needs.
fn shareable(name: &str) -> Result<(&'static KindSpec, &'static str)> {
    let known = KINDS.iter().find(|(kind, _)| *kind == name);
    let (kind, needed) = known.ok_or_else(|| {
        Error::new(
            "not_shareable",
            "Only a contact, a note or a signal can be shared. Nothing was changed.",
        )
        .with("kind", name)
    })?;
    Ok((kind_of(kind)?, needed))
}

/// A field that means the same in another space. The id of a record or a colleague does not.
fn travels(name: &str, shape: Shape) -> bool {
    !KEPT_BACK.contains(&name)
        && !matches!(
            shape,
            Shape::Reference | Shape::Member | Shape::Set(Item::Reference)
        )
}

/// Other spaces that take a copy.
fn targets(spaces: &[Space], from: SpaceId) -> impl Iterator<Item = &Space> {
    spaces
        .iter()
        .filter(move |space| space.id != from && space.is_shared())
        .filter(|space| space.may_write())
}

fn may_write(spaces: &[Space], id: SpaceId) -> bool {
    spaces
        .iter()
        .any(|space| space.id == id && space.may_write())
}

pub(crate) fn mark(space: &Space) -> SpaceMark {
    SpaceMark {
        id: space.id.to_string(),
        name: space.name.clone(),
        kind: space.kind.clone(),
    }
}

/// Every share that this device knows of.
pub(crate) fn all(device: &Device) -> Result<Vec<(RecordRow, Share)>> {
    let (_, rows) = device
        .store
        .records_of_kind(Some("share"), true, 0, u32::MAX)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let share = fields(&row);
            (row, share)
        })
        .collect())
}

fn share_view(
    device: &Device,
    viewer: &Viewer<'_>,
    spaces: &[Space],
    row: &RecordRow,
    share: &Share,
) -> Result<ShareView> {
    let space = spaces.iter().find(|space| space.id.to_string() == share.to);
    let copy = match share.copy {
        Some(copy) => device
            .store
            .record(copy)?
            .filter(|_| share.revoked_at.is_none()),
        None => None,
    };
    Ok(ShareView {
        id: row.id.to_string(),
        to: space.map_or_else(
            || SpaceMark {
                id: share.to.clone(),
                name: String::new(),
                kind: "team".to_owned(),
            },
            mark,
        ),
        copy: copy.as_ref().map(crate::edit::record_ref),
        fields: share.shared.iter().cloned().collect(),
        by: name_of(viewer, share.by),
        at: moment(row.made_at),
        until: share.until.map(|until| until.to_string()),
        revoked_at: share.revoked_at.map(|at| at.to_rfc3339()),
    })
}

/// What is known of where a copy comes from: both records of a share may be here.
fn copy(viewer: &Viewer<'_>, known: Option<CopyOf>, share: &Share) -> Result<CopyOf> {
    let original = viewer.reference(share.of)?;
    Ok(CopyOf {
        original: original.or(known.and_then(|known| known.original)),
        by: name_of(viewer, share.by),
        until: share.until.map(|until| until.to_string()),
    })
}

fn name_of(viewer: &Viewer<'_>, member: Option<MemberId>) -> String {
    member
        .map(|member| viewer.people.name_of_member(&member.to_string()))
        .unwrap_or_default()
}
