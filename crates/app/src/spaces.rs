//! Spaces on this device: where new records go, following what the server says of rights, and losing a space without
//! losing what was not sent.

use domain::ids::SpaceId as Id;
use protocol::ReplyHeader;
use store::Space;

use crate::api::{
    Departure, DeviceLeave, DeviceStatus, Event, Exported, Nothing, SpaceId, SpaceMark, WipedBy,
};
use crate::device::Device;
use crate::edit::parse_id;
use crate::following::{Followed, follow_header};
use crate::sync_loop::Word;
use crate::views::Viewer;
use crate::{App, Error, Result, home, starter};

impl App {
    /// Chooses the space for new records.
    ///
    /// # Errors
    /// `no_space`, `space_read_only`.
    pub fn space_default(&self, space: SpaceId) -> Result<DeviceStatus> {
        let device = self.device()?;
        device.store.set_default_space(parse_id::<Id>(&space.id)?)?;
        self.tell_device()
    }

    /// What is on this device alone goes to a space: whoever takes part in it sees it then.
    ///
    /// # Errors
    /// `no_space`, `space_read_only`.
    pub fn space_bring(&self, space: SpaceId) -> Result<DeviceStatus> {
        let device = self.device()?;
        let to: Id = parse_id(&space.id)?;
        let themes = starter::ids(&device)?;
        let ((), changes) = device.store.transact(&device.stamp(), None, |action| {
            starter::make_way(action, &themes, &self.preferences().language)?;
            Ok::<(), Error>(home::bring(&device, action, to)?)
        })?;
        self.tell_changed(&changes, false);
        self.sync_word(Word::Edited);
        self.tell_device()
    }

    /// The lost spaces in which something was not sent.
    ///
    /// # Errors
    /// What the database says.
    pub fn departure_list(&self, _: Nothing) -> Result<Vec<Departure>> {
        let device = self.device()?;
        let viewer = Viewer::new(&device)?;
        let departures = device.store.departures()?.into_iter();
        departures
            .map(|departure| {
                Ok(Departure {
                    records: viewer.refs(departure.records)?,
                    space: SpaceMark {
                        id: departure.space.to_string(),
                        name: departure.name,
                        kind: departure.kind,
                    },
                })
            })
            .collect()
    }

    /// Writes what was not sent to a lost space to the downloads folder, as it stands now.
    ///
    /// # Errors
    /// `no_space`, or that the file cannot be written.
    pub fn departure_export(&self, space: SpaceId) -> Result<Exported> {
        let device = self.device()?;
        let id: Id = parse_id(&space.id)?;
        let departures = device.store.departures()?;
        let departure = departures
            .into_iter()
            .find(|departure| departure.space == id)
            .ok_or(store::StoreError::NoSpace(id))?;
        self.export_records(&device, &departure.records)
    }

    /// The rest of a lost space goes from this device.
    ///
    /// # Errors
    /// What the database says.
    pub fn departure_finish(&self, space: SpaceId) -> Result<DeviceStatus> {
        let device = self.device()?;
        let changes = device.store.finish_departure(parse_id(&space.id)?)?;
        self.tell_changed(&changes, true);
        self.tell_device()
    }

    /// Writes everything that is on this device and nowhere else to the downloads folder, as it stands now: before leaving a
    /// team.
    ///
    /// # Errors
    /// That the file cannot be written.
    pub fn unsent_export(&self, _: Nothing) -> Result<Exported> {
        let device = self.device()?;
        self.export_records(&device, &device.store.only_here()?)
    }

    /// Leaves the team on this device. A last exchange is tried first; the book here is destroyed after it.
    ///
    /// # Errors
    /// `alone`; without `sure` also `unsent_left` when something was not sent, and `offline` when the server cannot be
    /// told. Nothing changes then.
    pub fn device_leave(&self, leave: DeviceLeave) -> Result<DeviceStatus> {
        let device = self.device()?;
        let exchanged = self.sync_round();
        if let Err(problem) = exchanged
            && (!leave.sure || matches!(problem.code, "alone" | "wiped"))
        {
            return Err(problem);
        }
        let left = device.store.only_here()?.len();
        if left > 0 && !leave.sure {
            return Err(Error::new(
                "unsent_left",
                format!("{left} records are on this device and nowhere else. Export them first, or leave them behind."),
            )
            .with("count", left));
        }
        *self.sync.lock() = None;
        // So that the team sees a device that is gone, and not one that is never seen again.
        if let Err(problem) = self.put_oneself_out() {
            if !leave.sure || problem.code == "wiped" {
                self.start_sync();
                return Err(problem);
            }
            tracing::warn!(
                code = problem.code,
                "the team does not hear that this device leaves"
            );
        }
        self.ending.carry_out(&device, WipedBy::Myself)?;
        // Now or, without a connection, later: the server lets nothing in with this token any more.
        self.confirm_wiped();
        self.device_status(Nothing {})
    }

    /// Tells what the device is now.
    pub(crate) fn tell_device(&self) -> Result<DeviceStatus> {
        let status = self.device_status(Nothing {})?;
        self.tell(Event::Device(status.clone()));
        Ok(status)
    }
}

/// Follows what the server says of spaces, people and token, and tells whether people see other spaces than before.
pub(crate) fn follow(
    device: &Device,
    header: &ReplyHeader,
    asked: &[uuid::Uuid],
) -> store::Result<(Followed, bool)> {
    let before = outline(&device.store.spaces()?);
    let followed = follow_header(device, header, asked)?;
    Ok((followed, outline(&device.store.spaces()?) != before))
}

/// What people see of the spaces.
fn outline(spaces: &[Space]) -> Vec<(Id, String, String, bool)> {
    spaces
        .iter()
        .map(|space| {
            (
                space.id,
                space.name.clone(),
                space.role.clone(),
                space.is_default,
            )
        })
        .collect()
}
