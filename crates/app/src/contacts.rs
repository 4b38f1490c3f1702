//! Contacts, groups and organisations: the list and the pages with their timelines.

use chrono::Duration;
use domain::RelationKind;
use domain::ids::RecordId as Id;
use domain::kinds::{Contact, FollowUp, Group, Note, Organisation, Relation, Signal};
use store::{ContactFilter, RecordRow};

use crate::api::{
    ContactList, ContactListQuery, ContactRow, ContactView, GroupView, LetterStart,
    OrganisationView, RecordId, RelationView, Timeline, TimelineItem, TimelineQuery,
};
use crate::edit::{parse_id, record_ref};
use crate::follow_ups::follow_up_rows;
use crate::records::row;
use crate::surroundings::day_of_seconds;
use crate::views::{Viewer, fields, moment};
use crate::{App, Error, Result, audit};

/// Rows of a list window and items of a timeline part, at most.
const WINDOW: u32 = 200;
/// Items of a timeline that come with a page.
const FIRST_ITEMS: u32 = 30;

impl App {
    /// A window of the contact list.
    ///
    /// # Errors
    /// What the database says.
    pub fn contact_list(&self, query: ContactListQuery) -> Result<ContactList> {
        let device = self.device()?;
        let quiet_since = query
            .quiet_days
            .map(|days| (device.surroundings.now() - Duration::days(days.into())).timestamp());
        let filter = ContactFilter {
            text: query.text,
            street: query.street,
            role: query.role.map(|role| role.as_str().to_owned()),
            offers: query.offers,
            quiet_since,
        };
        let window = device
            .store
            .contacts(&filter, query.offset, query.limit.min(WINDOW))?;
        let viewer = Viewer::new(&device)?;
        Ok(ContactList {
            total: window.total,
            letters: window
                .letters
                .into_iter()
                .map(|(letter, offset)| LetterStart { letter, offset })
                .collect(),
            rows: window
                .rows
                .iter()
                .map(|row| contact_row(&viewer, row))
                .collect(),
        })
    }

    /// A contact's page.
    ///
    /// # Errors
    /// `no_record`.
    pub fn contact_get(&self, id: RecordId) -> Result<ContactView> {
        let device = self.device()?;
        let row = row_of(&device, &id.id, "contact")?;
        audit::looked_at(&device, &row)?;
        let viewer = Viewer::new(&device)?;
        Ok(ContactView {
            contact: fields::<Contact>(&row),
            space: row.space.to_string(),
            last_spoken: row.last_at.map(day_of_seconds),
            conflicts: viewer.conflicts(&row)?,
            relations: relations(&viewer, row.id)?,
            groups: device
                .store
                .linking(row.id, "group", "members")?
                .iter()
                .map(record_ref)
                .collect(),
            open_follow_ups: open_follow_ups(&viewer, row.id)?,
            timeline: timeline(&viewer, row.id, 0, FIRST_ITEMS)?,
            author: viewer.author(&row),
            made_at: moment(row.made_at),
            mark: viewer.mark(&row),
            id: id.id,
        })
    }

    /// An organisation's page.
    ///
    /// # Errors
    /// `no_record`.
    pub fn organisation_get(&self, id: RecordId) -> Result<OrganisationView> {
        let device = self.device()?;
        let row = row_of(&device, &id.id, "organisation")?;
        let viewer = Viewer::new(&device)?;
        Ok(OrganisationView {
            organisation: fields::<Organisation>(&row),
            relations: relations(&viewer, row.id)?,
            timeline: timeline(&viewer, row.id, 0, FIRST_ITEMS)?,
            conflicts: viewer.conflicts(&row)?,
            mark: viewer.mark(&row),
            id: id.id,
        })
    }

    /// A group's page.
    ///
    /// # Errors
    /// `no_record`.
    pub fn group_get(&self, id: RecordId) -> Result<GroupView> {
        let device = self.device()?;
        let row = row_of(&device, &id.id, "group")?;
        let viewer = Viewer::new(&device)?;
        let group: Group = fields(&row);
        Ok(GroupView {
            members: viewer.refs(group.members.iter().copied())?,
            group,
            relations: relations(&viewer, row.id)?,
            timeline: timeline(&viewer, row.id, 0, FIRST_ITEMS)?,
            conflicts: viewer.conflicts(&row)?,
            mark: viewer.mark(&row),
            id: id.id,
        })
    }

    /// More of a timeline.
    ///
    /// # Errors
    /// `no_record`.
    pub fn timeline_get(&self, query: TimelineQuery) -> Result<Timeline> {
        let device = self.device()?;
        let viewer = Viewer::new(&device)?;
        timeline(
            &viewer,
            parse_id(&query.id)?,
            query.offset,
            query.limit.min(WINDOW),
        )
    }
}

/// A row of the kind that the page is about.
pub(crate) fn row_of(device: &crate::device::Device, id: &str, kind: &str) -> Result<RecordRow> {
    let row = row(device, id)?;
    if row.kind == kind {
        Ok(row)
    } else {
        Err(Error::no_record(id))
    }
}

fn contact_row(viewer: &Viewer<'_>, row: &RecordRow) -> ContactRow {
    let contact: Contact = fields(row);
    ContactRow {
        id: row.id.to_string(),
        address: format!("{} {}", contact.street, contact.house_number)
            .trim()
            .to_owned(),
        name: contact.name,
        roles: contact.roles.into_iter().collect(),
        attention: contact.attention,
        last_spoken: row.last_at.map(day_of_seconds),
        mark: viewer.mark(row),
    }
}

fn relations(viewer: &Viewer<'_>, id: Id) -> Result<Vec<RelationView>> {
    let mut views = Vec::new();
    for (field, outgoing) in [("from", true), ("to", false)] {
        for row in viewer.device.store.linking(id, "relation", field)? {
            let relation: Relation = fields(&row);
            let other = if outgoing { relation.to } else { relation.from };
            if let Some(other) = viewer.reference(other)? {
                views.push(RelationView {
                    id: row.id.to_string(),
                    kind: relation.relation_kind.unwrap_or(RelationKind::Knows),
                    outgoing,
                    other,
                    remark: relation.remark,
                });
            }
        }
    }
    Ok(views)
}

fn open_follow_ups(viewer: &Viewer<'_>, id: Id) -> Result<Vec<crate::api::FollowUpRow>> {
    let mut rows = viewer.device.store.linking(id, "follow_up", "about")?;
    rows.retain(is_open);
    rows.sort_by_key(|row| fields::<FollowUp>(row).due);
    follow_up_rows(viewer, &rows)
}

/// The follow-up is neither done nor dropped.
pub(crate) fn is_open(row: &RecordRow) -> bool {
    let state = fields::<FollowUp>(row).state;
    state.is_none() || state == Some(domain::FollowUpState::Open)
}

/// Part of a timeline.
pub(crate) fn timeline(viewer: &Viewer<'_>, id: Id, offset: u32, limit: u32) -> Result<Timeline> {
    let (total, rows) = viewer.device.store.timeline(id, offset, limit)?;
    Ok(Timeline {
        total,
        items: rows.iter().map(|row| item(viewer, row)).collect(),
    })
}

fn item(viewer: &Viewer<'_>, row: &RecordRow) -> TimelineItem {
    let mut item = TimelineItem {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        at: moment(row.at),
        author: viewer.author(row),
        text: row.title.clone(),
        place: None,
        signal_state: None,
        follow_up_state: None,
        due: None,
        outcome: String::new(),
        mark: viewer.mark(row),
    };
    match row.kind.as_str() {
        "note" => {
            let note: Note = fields(row);
            item.text = note.text.0;
            item.place = note.place;
        }
        "signal" => {
            let state = fields::<Signal>(row).state;
            item.signal_state = Some(state.unwrap_or(domain::SignalState::New));
        }
        _ => {
            let follow_up: FollowUp = fields(row);
            item.follow_up_state = Some(follow_up.state.unwrap_or(domain::FollowUpState::Open));
            item.due = follow_up.due.map(|due| due.to_string());
            item.outcome = follow_up.outcome.0;
        }
    }
    item
}
