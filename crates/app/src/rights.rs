//! What this person may do with a record of a space.

use std::collections::BTreeSet;

use store::{RecordRow, Space};

use crate::device::Device;
use crate::{Error, Result};

/// What this person may erase: everything as a manager of the space, otherwise what they made themselves. The server
/// judges by the same rule.
pub(crate) struct Rights {
    spaces: Vec<Space>,
    mine: BTreeSet<String>,
}

impl Rights {
    pub(crate) fn read(device: &Device) -> Result<Self> {
        let me = device.me()?;
        let people = device.store.people()?;
        let mine = people.into_iter().find(|person| person.member == me);
        Ok(Self {
            spaces: device.store.spaces()?,
            mine: mine
                .map(|person| person.devices.into_iter().collect())
                .unwrap_or_default(),
        })
    }

    pub(crate) fn may_erase(&self, row: &RecordRow) -> bool {
        let role = self.space(row).map_or("", |space| space.role.as_str());
        let made = row.made_by.as_ref();
        match role {
            "manager" => true,
            "writer" => made.is_some_and(|device| self.mine.contains(device)),
            _ => false,
        }
    }

    pub(crate) fn may_write(&self, row: &RecordRow) -> bool {
        self.space(row)
            .is_some_and(|space| matches!(space.role.as_str(), "writer" | "manager"))
    }

    pub(crate) fn name(&self, row: &RecordRow) -> String {
        self.space(row)
            .map(|space| space.name.clone())
            .unwrap_or_default()
    }

    fn space(&self, row: &RecordRow) -> Option<&Space> {
        self.spaces.iter().find(|space| space.id == row.space)
    }
}

pub(crate) fn no_right(row: &RecordRow) -> Error {
    not_allowed(
        "erase_no_right",
        "Only who made a record and the managers of its space may erase it. Nothing was erased; ask a manager.",
        row,
    )
}

pub(crate) fn not_allowed(code: &'static str, message: &str, row: &RecordRow) -> Error {
    Error::new(code, message).with("id", row.id.to_string())
}
