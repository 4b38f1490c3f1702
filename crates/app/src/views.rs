//! What several pages show of a record: its small print, who wrote it, the names behind ids.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, SecondsFormat};
use domain::ids::{MemberId, RecordId, SpaceId};
use domain::record::{Record, typed};
use store::{ConflictRow, NamedRow, RecordRow, Space};

use crate::Result;
use crate::api::{ConflictValueView, ConflictView, Mark, Person, RecordRef, SpaceMark};
use crate::device::Device;

/// Records that a list names, by id.
pub(crate) type Known = HashMap<RecordId, NamedRow>;

/// Everything needed to turn rows into views.
pub(crate) struct Viewer<'a> {
    pub(crate) device: &'a Device,
    pub(crate) people: People,
    joined: bool,
    spaces: Vec<Space>,
}

impl<'a> Viewer<'a> {
    pub(crate) fn new(device: &'a Device) -> Result<Self> {
        Ok(Self {
            device,
            people: People::read(device)?,
            joined: device.is_joined()?,
            spaces: device.store.spaces()?,
        })
    }

    /// The small print. What is on this device alone is not "not sent": there is nowhere to send it to.
    pub(crate) fn mark(&self, row: &RecordRow) -> Mark {
        let space = self.spaces.iter().find(|space| space.id == row.space);
        let goes_out = self.joined && !space.is_some_and(Space::is_of_device);
        Mark {
            unsent: row.unsent && goes_out,
            conflict: row.conflict,
            refused: row.refused && goes_out,
            space: space
                .filter(|_| self.spaces.len() > 1)
                .map(|space| SpaceMark {
                    id: space.id.to_string(),
                    name: space.name.clone(),
                    kind: space.kind.clone(),
                }),
            read_only: space.is_some_and(|space| !space.may_write()),
        }
    }

    /// People besides the one on this device.
    pub(crate) fn colleagues(&self) -> u32 {
        let others = self.people.all().iter().filter(|person| !person.me).count();
        u32::try_from(others).unwrap_or(u32::MAX)
    }

    /// The name of a space, where there is more than one.
    pub(crate) fn space_name(&self, id: SpaceId) -> String {
        self.spaces
            .iter()
            .filter(|_| self.spaces.len() > 1)
            .find(|space| space.id == id)
            .map(|space| space.name.clone())
            .unwrap_or_default()
    }

    pub(crate) fn author(&self, row: &RecordRow) -> String {
        row.made_by
            .as_deref()
            .map(|device| self.people.name_of_device(device))
            .unwrap_or_default()
    }

    /// The records of these ids, read at once: a list asks for all it names in one go.
    pub(crate) fn known(&self, ids: impl Iterator<Item = RecordId>) -> Result<Known> {
        let ids: BTreeSet<RecordId> = ids.collect();
        let ids: Vec<RecordId> = ids.into_iter().collect();
        let rows = self.device.store.named(&ids)?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    /// The records of these ids, by name; ids that are not here are left out.
    pub(crate) fn refs(&self, ids: impl IntoIterator<Item = RecordId>) -> Result<Vec<RecordRef>> {
        let ids: Vec<RecordId> = ids.into_iter().collect();
        Ok(self
            .device
            .store
            .named(&ids)?
            .iter()
            .map(name_ref)
            .collect())
    }

    pub(crate) fn reference(&self, id: Option<RecordId>) -> Result<Option<RecordRef>> {
        Ok(self.refs(id)?.pop())
    }

    pub(crate) fn conflicts(&self, row: &RecordRow) -> Result<Vec<ConflictView>> {
        if !row.conflict {
            return Ok(Vec::new());
        }
        let conflicts = self.device.store.conflicts(Some(row.id))?;
        Ok(conflicts
            .iter()
            .map(|conflict| self.conflict(conflict))
            .collect())
    }

    pub(crate) fn conflict(&self, row: &ConflictRow) -> ConflictView {
        ConflictView {
            record: RecordRef {
                id: row.id.to_string(),
                kind: row.kind.clone(),
                title: row.title.clone(),
            },
            path: row.conflict.path.clone(),
            values: row
                .conflict
                .values
                .iter()
                .map(|value| ConflictValueView {
                    value: value.value.clone(),
                    author: value
                        .device
                        .as_deref()
                        .map(|device| self.people.name_of_device(device))
                        .unwrap_or_default(),
                    mine: value
                        .device
                        .as_deref()
                        .is_some_and(|device| self.people.is_mine(device)),
                    at: value
                        .at
                        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
                })
                .collect(),
            can_hold_both: row.conflict.can_hold_both,
        }
    }
}

/// Who is behind which device.
pub(crate) struct People {
    me: String,
    names: HashMap<String, String>,
    members: HashMap<String, String>,
    order: Vec<String>,
}

impl People {
    pub(crate) fn read(device: &Device) -> Result<Self> {
        let mut people = Self {
            me: device.me()?.to_string(),
            names: HashMap::new(),
            members: HashMap::new(),
            order: Vec::new(),
        };
        for person in device.store.people()? {
            let member = person.member.to_string();
            for hex in person.devices {
                people.members.insert(hex, member.clone());
            }
            people.names.insert(member.clone(), person.name);
            people.order.push(member);
        }
        Ok(people)
    }

    pub(crate) fn name_of_device(&self, device: &str) -> String {
        self.members
            .get(device)
            .map(|member| self.name_of_member(member))
            .unwrap_or_default()
    }

    pub(crate) fn name_of_member(&self, member: &str) -> String {
        self.names.get(member).cloned().unwrap_or_default()
    }

    /// The name of a member, if there is one and it is known here.
    pub(crate) fn name_of(&self, member: Option<MemberId>) -> String {
        member
            .map(|member| self.name_of_member(&member.to_string()))
            .unwrap_or_default()
    }

    fn is_mine(&self, device: &str) -> bool {
        self.members.get(device) == Some(&self.me)
    }

    pub(crate) fn all(&self) -> Vec<Person> {
        self.order
            .iter()
            .map(|member| Person {
                member: member.clone(),
                name: self.name_of_member(member),
                me: *member == self.me,
            })
            .collect()
    }
}

/// A named record.
pub(crate) fn name_ref(row: &NamedRow) -> RecordRef {
    RecordRef {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        title: row.title.clone(),
    }
}

/// The fields of a row as its kind.
pub(crate) fn fields<T: Record>(row: &RecordRow) -> T {
    typed(&row.fields)
}

/// A field of a row that is one line of text.
pub(crate) fn line(row: &RecordRow, field: &str) -> String {
    row.fields
        .get(field)
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// A moment in seconds since 1970, as text.
pub(crate) fn moment(at: i64) -> String {
    DateTime::from_timestamp(at, 0)
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
        .unwrap_or_default()
}
