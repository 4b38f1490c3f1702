//! Sharing on purpose: a copy of the fields that a person ticks, in another space. The history stays where it is; the
//! copy can be taken back, and goes by itself after its last day.

mod copies;
mod ending;

pub(crate) use copies::Copies;
pub(crate) use ending::{Ending, believed, note_undone};

use chrono::NaiveDate;
use domain::ids::{MemberId, RecordId as Id, SpaceId};
use domain::kinds::Share;
use domain::record::{Fields, Item, KindSpec, Shape};
use store::{RecordRow, Space};

use crate::api::{
    CopyOf, RecordId, Saved, ShareAsk, ShareField, ShareOptions, SharePreview, ShareView, SpaceMark,
};
use crate::device::Device;
use crate::edit::parse_id;
use crate::records::{fields_of, kind_of, row, says_something, with_defaults};
use crate::surroundings::day;
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
            let is_about = [share.of, share.copy].contains(&Some(original.id));
            if !is_about {
                continue;
            }
            let Some(share) = believed(&device, &share_row, &share)? else {
                continue;
            };
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
            to: Some(planned.to.id),
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
            Shape::Reference | Shape::Member | Shape::Space | Shape::Set(Item::Reference)
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

/// A space that this device may not see any more has no name.
fn mark_of(spaces: &[Space], id: Option<SpaceId>) -> SpaceMark {
    let space = spaces.iter().find(|space| Some(space.id) == id);
    space.map_or_else(
        || SpaceMark {
            id: id.map(|id| id.to_string()).unwrap_or_default(),
            name: String::new(),
            kind: "team".to_owned(),
        },
        mark,
    )
}

/// Every share that this device knows of.
///
/// They are not more than somebody's word: see [`believed`].
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
    let copy = match share.copy {
        Some(copy) => device
            .store
            .record(copy)?
            .filter(|_| share.revoked_at.is_none()),
        None => None,
    };
    Ok(ShareView {
        id: row.id.to_string(),
        to: mark_of(spaces, share.to),
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
