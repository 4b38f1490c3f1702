//! Waiting to come in: a manager of the team compares the phrase that this device shows with the one they see. The
//! device asks now and then, also after a restart, and joins by itself when the answer is yes.

use chrono::{DateTime, SecondsFormat};
use protocol::{EnrollRequest, EnrollWaiting, Enrolled, ErrorCode};
use serde::{Deserialize, Serialize};

use crate::api::{DeviceStatus, Event, Joining, Nothing};
use crate::device::{Device, meta};
use crate::exchanging::take_turn;
use crate::invitation::host;
use crate::join::{ask, enroll_error};
use crate::transport::TransportError;
use crate::{App, Error, Result};

/// What the device remembers while it waits. It lies in the sealed database: the request holds the invitation's secret.
#[derive(Serialize, Deserialize)]
struct Wait {
    server: String,
    /// The same request every time, also after an update of the app: another one shows another phrase.
    request: EnrollRequest,
    expires_ms: i64,
    /// Why it will not come in any more.
    problem: Option<String>,
}

/// What to show of a device that waits.
pub(crate) fn view(device: &Device) -> Result<Option<Joining>> {
    Ok(read(device)?.map(|wait| Joining {
        phrase: wait.request.phrase(),
        server: host(&wait.server),
        expires_at: DateTime::from_timestamp_millis(wait.expires_ms)
            .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
            .unwrap_or_default(),
        problem: wait.problem,
    }))
}

/// Begins to wait.
pub(crate) fn begin(
    device: &Device,
    server: &str,
    request: EnrollRequest,
    waiting: EnrollWaiting,
) -> Result<()> {
    let wait = Wait {
        server: server.to_owned(),
        request,
        expires_ms: waiting.expires_ms,
        problem: None,
    };
    keep(device, Some(&wait))
}

impl App {
    /// Asks now whether this device may come in; joins if it may.
    ///
    /// # Errors
    /// `not_joining`, `offline`, or what the server says for now. A no for good is told in the status.
    pub fn join_check(&self, _: Nothing) -> Result<DeviceStatus> {
        let device = self.device()?;
        let turn = take_turn(&device)?;
        let Some(wait) = read(&device)? else {
            return if device.is_joined()? {
                self.device_status(Nothing {})
            } else {
                Err(Error::new(
                    "not_joining",
                    "This device does not wait to join a team.",
                ))
            };
        };
        match ask(&device, &wait.server, &wait.request)? {
            Ok(Enrolled::In(reply)) => self.adopt(&device, &wait.server, &reply)?,
            Ok(Enrolled::Waiting(waiting)) => {
                let expires_ms = waiting.expires_ms;
                keep(
                    &device,
                    Some(&Wait {
                        expires_ms,
                        problem: None,
                        ..wait
                    }),
                )?;
                return self.device_status(Nothing {});
            }
            Err(problem) if is_final(&problem) => {
                let problem = Some(enroll_error(problem).code.to_owned());
                keep(&device, Some(&Wait { problem, ..wait }))?;
            }
            Err(problem) => return Err(enroll_error(problem)),
        }
        drop(turn);
        self.told_of_joining()
    }

    /// Waits no longer to come in. The invitation stays as it was.
    ///
    /// # Errors
    /// What the database says.
    pub fn join_cancel(&self, _: Nothing) -> Result<DeviceStatus> {
        let device = self.device()?;
        let _turn = take_turn(&device)?;
        keep(&device, None)?;
        let status = self.device_status(Nothing {})?;
        self.tell(Event::Device(status.clone()));
        Ok(status)
    }

    /// Whether there is somebody to ask.
    pub(crate) fn is_joining(&self) -> Result<bool> {
        match self.device() {
            Ok(device) => Ok(read(&device)?.is_some_and(|wait| wait.problem.is_none())),
            Err(_) => Ok(false),
        }
    }
}

/// An answer after which asking again is of no use.
fn is_final(problem: &TransportError) -> bool {
    match problem {
        TransportError::Refused { reply, .. } => matches!(
            reply.code,
            ErrorCode::InvitationUnknown
                | ErrorCode::InvitationUsed
                | ErrorCode::InvitationExpired
                | ErrorCode::EnrolmentRefused
                | ErrorCode::DeviceTaken
        ),
        TransportError::Offline(_)
        | TransportError::Broke(_)
        | TransportError::NotOurs(_)
        | TransportError::TooBig
        | TransportError::Broken => false,
    }
}

fn read(device: &Device) -> Result<Option<Wait>> {
    let Some(text) = device.store.meta(meta::JOINING)? else {
        return Ok(None);
    };
    let wait = serde_json::from_str(&text).map_err(store::StoreError::from)?;
    Ok(Some(wait))
}

fn keep(device: &Device, wait: Option<&Wait>) -> Result<()> {
    let text = wait
        .map(serde_json::to_string)
        .transpose()
        .map_err(store::StoreError::from)?;
    device.store.set_meta(&[(meta::JOINING, text.as_deref())])?;
    Ok(())
}
