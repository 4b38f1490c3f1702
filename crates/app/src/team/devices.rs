//! The devices of oneself and, for managers, of the team.

use protocol::{DeviceId, DeviceInfo, DeviceList, DeviceName};

use super::{Talk, moment};
use crate::api::{DeviceRename, Nothing, TeamDevice, TeamDeviceId};
use crate::edit::parse_id;
use crate::wire::Method;
use crate::{App, Result};

impl App {
    /// One's own devices, and for managers those of the team.
    ///
    /// # Errors
    /// `alone`, `needs_connection`, or what the server says.
    pub fn team_devices(&self, _: Nothing) -> Result<Vec<TeamDevice>> {
        self.talk()?.devices()
    }

    /// Gives one of one's own devices another name.
    ///
    /// # Errors
    /// `bad_id`, `name_unusable`, `gone_meanwhile`, `needs_connection`.
    pub fn device_rename(&self, rename: DeviceRename) -> Result<Vec<TeamDevice>> {
        let talk = self.talk()?;
        let path = format!("/v1/devices/{}", device_id(&rename.id)?);
        let name = DeviceName { name: rename.name };
        talk.send::<()>(Method::Put, &path, &name)?;
        talk.devices()
    }

    /// Puts a device out: at its next contact it destroys its book and says so. The server writes down who did it.
    ///
    /// # Errors
    /// `bad_id`, `gone_meanwhile` when it is not one's own nor of a team one manages, `needs_connection`.
    pub fn device_revoke(&self, device: TeamDeviceId) -> Result<Vec<TeamDevice>> {
        let talk = self.talk()?;
        let path = format!("/v1/devices/{}/revoke", device_id(&device.id)?);
        talk.ask::<()>(Method::Post, &path, None)?;
        talk.devices()
    }

    /// Tells the server that this device goes: its token opens nothing any more and the team sees that it is done.
    pub(crate) fn put_oneself_out(&self) -> Result<()> {
        let talk = self.talk()?;
        let path = format!("/v1/devices/{}/revoke", talk.device().id);
        talk.ask::<()>(Method::Post, &path, None)
    }
}

impl Talk<'_> {
    fn devices(&self) -> Result<Vec<TeamDevice>> {
        let list: DeviceList = self.get("/v1/devices")?;
        let devices = list.devices.into_iter();
        Ok(devices.map(|device| self.device_view(device)).collect())
    }

    fn device_view(&self, device: DeviceInfo) -> TeamDevice {
        TeamDevice {
            id: device.id.to_string(),
            person: self.person(device.member),
            name: device.name,
            platform: device.platform,
            app_version: device.app,
            this: device.this,
            enrolled_at: moment(device.enrolled_ms),
            seen_at: device.seen_ms.map(moment),
            unsent_since: device.unsent_since_ms.map(moment),
            revoked_at: device.revoked_ms.map(moment),
            wiped_at: device.wiped_ms.map(moment),
            may_revoke: device.may_revoke,
        }
    }
}

fn device_id(text: &str) -> Result<DeviceId> {
    parse_id(text)
}
