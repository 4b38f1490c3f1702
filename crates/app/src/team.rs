//! Looking after the team: devices, invitations, who waits to come in, and who may do what. The server decides all of
//! it, so all of it needs a connection; nothing of it is kept on the device, and nothing is queued.

mod devices;
mod enrolments;
mod invitations;
mod members;

use chrono::{DateTime, SecondsFormat};
use protocol::{ErrorCode, MemberName, Role};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Space;

use crate::api::{Grant, Person, SpaceMark};
use crate::device::{Device, meta};
use crate::exchanging::Exchange;
use crate::round_error::RoundError;
use crate::sync_loop::{exchange, round_error, runtime_here};
use crate::transport::TransportError;
use crate::wire::Method;
use crate::{App, Error, Result};

/// One conversation with the server about the team.
struct Talk<'a> {
    app: &'a App,
    exchange: Exchange,
    spaces: Vec<Space>,
    me: uuid::Uuid,
}

impl App {
    fn talk(&self) -> Result<Talk<'_>> {
        let device = self.device()?;
        Ok(Talk {
            app: self,
            exchange: exchange(&device)?,
            spaces: device.store.spaces()?,
            me: device.me()?.0,
        })
    }
}

impl Talk<'_> {
    fn device(&self) -> &Device {
        &self.exchange.device
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        self.ask(Method::Get, path, None)
    }

    fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T> {
        let body = serde_json::to_vec(body).map_err(Error::bad_arguments)?;
        self.ask(method, path, Some(body))
    }

    fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Result<T> {
        let token = self.device().store.meta(meta::TOKEN)?.unwrap_or_default();
        let asked = self
            .exchange
            .transport
            .look_after(&token, method, path, body);
        runtime_here()?.block_on(asked).map_err(|problem| {
            let problem = RoundError::Transport(problem);
            if problem.is_wipe() {
                self.app.wipe(self.device())
            } else {
                team_error(problem)
            }
        })
    }

    /// A space as people know it; one that this person is not in has no name here.
    fn space(&self, id: uuid::Uuid) -> SpaceMark {
        let known = self.spaces.iter().find(|space| space.id.0 == id);
        SpaceMark {
            id: id.to_string(),
            name: known.map(|space| space.name.clone()).unwrap_or_default(),
            kind: known.map(|space| space.kind.clone()).unwrap_or_default(),
        }
    }

    fn person(&self, member: MemberName) -> Person {
        Person {
            me: member.id == self.me,
            member: member.id.to_string(),
            name: member.name,
        }
    }

    fn grants(&self, grants: Vec<protocol::Grant>) -> Vec<Grant> {
        let grants = grants.into_iter();
        grants
            .map(|grant| Grant {
                space: self.space(grant.space),
                role: grant.role.as_str().to_owned(),
            })
            .collect()
    }
}

/// A moment, RFC 3339.
fn moment(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms)
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
        .unwrap_or_default()
}

fn role(word: &str) -> Result<Role> {
    Role::from_word(word).ok_or_else(|| {
        Error::new(
            "role_unknown",
            "A role is reader, writer or manager. Nothing was changed.",
        )
        .with("role", word)
    })
}

/// A sentence for what the server would not do, or could not be asked.
fn team_error(problem: RoundError) -> Error {
    let refusal = match &problem {
        RoundError::Transport(TransportError::Refused { reply, .. }) => Some(reply.code),
        RoundError::Transport(_)
        | RoundError::Reply(_)
        | RoundError::Store(_)
        | RoundError::Edit(_)
        | RoundError::Wipe
        | RoundError::Interrupted => None,
    };
    let (code, message) = if problem.failure() == sync::Failure::Offline {
        (
            "needs_connection",
            "This needs a connection, and there is none now. Nothing was changed; try again when you are online.",
        )
    } else if refusal == Some(ErrorCode::NoRight) {
        (
            "managers_only",
            "Only a manager of the space may do this. Nothing was changed.",
        )
    } else if refusal == Some(ErrorCode::NotFound) {
        (
            "gone_meanwhile",
            "This is not there any more. Somebody else may have changed it. Nothing was changed.",
        )
    } else if refusal == Some(ErrorCode::LastManager) {
        (
            "last_manager",
            "A space keeps at least one manager. Make somebody else a manager first. Nothing was changed.",
        )
    } else if refusal == Some(ErrorCode::PhraseDiffers) {
        (
            "phrase_differs",
            "The device shows another number by now. Nobody was let in; compare once more.",
        )
    } else if refusal == Some(ErrorCode::BadRequest) {
        (
            "name_unusable",
            "This name is empty, too long, or has characters that cannot be used. Nothing was changed.",
        )
    } else {
        return round_error(&problem).because(problem);
    };
    Error::new(code, message).because(problem)
}
