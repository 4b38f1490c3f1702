//! The second look: devices that wait until a manager has compared the phrase.

use protocol::{Confirmation, Waiting, WaitingList};
use uuid::Uuid;

use super::{Talk, moment};
use crate::api::{Enrolment, EnrolmentConfirm, EnrolmentId, Event, Nothing};
use crate::edit::parse_id;
use crate::following::note_waiting;
use crate::wire::Method;
use crate::{App, Result};

impl App {
    /// The devices that wait until this person has looked.
    ///
    /// # Errors
    /// `alone`, `needs_connection`, or what the server says.
    pub fn enrolment_list(&self, _: Nothing) -> Result<Vec<Enrolment>> {
        self.talk()?.enrolments()
    }

    /// Lets a waiting device in.
    ///
    /// # Errors
    /// `phrase_differs`, `gone_meanwhile`, `needs_connection`.
    pub fn enrolment_confirm(&self, confirm: EnrolmentConfirm) -> Result<Vec<Enrolment>> {
        let talk = self.talk()?;
        let path = format!("/v1/enrolments/{}/confirm", parse_id::<Uuid>(&confirm.id)?);
        let phrase = confirm.phrase;
        talk.send::<()>(Method::Post, &path, &Confirmation { phrase })?;
        talk.enrolments()
    }

    /// Turns a waiting device away; its invitation opens nothing any more.
    ///
    /// # Errors
    /// `gone_meanwhile`, `needs_connection`.
    pub fn enrolment_refuse(&self, enrolment: EnrolmentId) -> Result<Vec<Enrolment>> {
        let talk = self.talk()?;
        let path = format!("/v1/enrolments/{}/refuse", parse_id::<Uuid>(&enrolment.id)?);
        talk.ask::<()>(Method::Post, &path, None)?;
        talk.enrolments()
    }
}

impl Talk<'_> {
    /// Reads them, and lets the rest of the app know how many there are.
    fn enrolments(&self) -> Result<Vec<Enrolment>> {
        let list: WaitingList = self.get("/v1/enrolments")?;
        let left = list.waiting.iter().filter(|waiting| !waiting.confirmed);
        let left = u32::try_from(left.count()).unwrap_or(u32::MAX);
        if note_waiting(self.device(), left)? {
            let status = self.app.sync_status(Nothing {})?;
            self.app.tell(Event::SyncStatus(status));
        }
        let waiting = list.waiting.into_iter();
        Ok(waiting.map(|waiting| self.enrolment(waiting)).collect())
    }

    fn enrolment(&self, waiting: Waiting) -> Enrolment {
        Enrolment {
            id: waiting.id.to_string(),
            phrase: waiting.phrase,
            name: waiting.name,
            known: waiting.known,
            device_name: waiting.device_name,
            platform: waiting.platform,
            grants: self.grants(waiting.grants),
            asked_at: moment(waiting.asked_ms),
            expires_at: moment(waiting.expires_ms),
            confirmed: waiting.confirmed,
        }
    }
}
