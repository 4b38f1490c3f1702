//! Every endpoint × who asks × sort of space: what is allowed is exactly what stands here.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "who is not named in a row is turned away"
)]

use std::collections::BTreeSet;

use axum::http::Method;
use protocol::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::calls::into;
use crate::harness::*;

/// Who asks, and with which token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// No token.
    Nobody,
    /// A token that nobody has.
    Guesser,
    /// A manager's token that was replaced by a newer one.
    Expired,
    /// A manager's device that was put out.
    Revoked,
    Reader,
    Writer,
    Manager,
    /// A member who was in the space.
    Former,
    /// The manager of another space.
    Stranger,
}

const EVERYBODY: [Who; 9] = [
    Who::Nobody,
    Who::Guesser,
    Who::Expired,
    Who::Revoked,
    Who::Reader,
    Who::Writer,
    Who::Manager,
    Who::Former,
    Who::Stranger,
];

const KINDS: [SpaceKind; 4] = [
    SpaceKind::Personal,
    SpaceKind::Team,
    SpaceKind::Organisation,
    SpaceKind::Partnership,
];

/// One request that can be made, and what comes of it.
struct Row {
    /// As the description of the API has them.
    method: Method,
    path: &'static str,
    /// The address and body of one request; makes what it is about.
    request: fn(&Target) -> (String, Value),
    expected: fn(Who, SpaceKind) -> &'static str,
}

/// What a request is about: made anew for each.
struct Target {
    space: Uuid,
    device: DeviceId,
    member: Uuid,
    /// The device of the one who asks.
    own: DeviceId,
    /// An invitation that nobody used.
    invitation: Uuid,
    waiting: Uuid,
    phrase: String,
    /// The member who asks.
    asker: Uuid,
    secret: String,
}

/// A server with one space of a sort, and everybody.
struct World {
    server: Server,
    space: Uuid,
    elsewhere: Uuid,
    tokens: Vec<(Who, String)>,
    members: Vec<(Who, Uuid)>,
}

/// Devices whose token is not good, before anything else is looked at.
fn without_token(who: Who) -> Option<&'static str> {
    match who {
        Who::Nobody | Who::Guesser | Who::Expired => Some("401 unauthorized"),
        Who::Revoked => Some("401 revoked wipe"),
        Who::Reader | Who::Writer | Who::Manager | Who::Former | Who::Stranger => None,
    }
}

fn anybody(_: Who, _: SpaceKind) -> &'static str {
    "200"
}

fn any_device(who: Who, _: SpaceKind) -> &'static str {
    without_token(who).unwrap_or("200")
}

/// Whoever may see the space.
fn insiders(who: Who, _: SpaceKind) -> &'static str {
    without_token(who).unwrap_or(match who {
        Who::Reader | Who::Writer | Who::Manager => "200",
        _ => "403 no_right",
    })
}

fn managers(who: Who, kind: SpaceKind) -> bool {
    who == Who::Manager && kind != SpaceKind::Personal
}

fn changing_members(who: Who, kind: SpaceKind) -> &'static str {
    let allowed = managers(who, kind).then_some("204");
    without_token(who).or(allowed).unwrap_or("403 no_right")
}

fn second_look(who: Who, kind: SpaceKind) -> &'static str {
    let allowed = managers(who, kind).then_some("204");
    without_token(who).or(allowed).unwrap_or("404 not_found")
}

fn table() -> Vec<Row> {
    let get = |path, request, expected| Row {
        method: Method::GET,
        path,
        request,
        expected,
    };
    let post = |path, request, expected| Row {
        method: Method::POST,
        path,
        request,
        expected,
    };
    vec![
        get("/healthz", |_| at("/healthz"), anybody),
        get("/readyz", |_| at("/readyz"), anybody),
        get("/join", |_| at("/join"), anybody),
        get("/join.js", |_| at("/join.js"), anybody),
        get("/v1/openapi.json", |_| at("/v1/openapi.json"), anybody),
        post(
            "/v1/enroll",
            |target| {
                let request = enroll_request(&target.secret, next_device());
                ("/v1/enroll".into(), json!(request))
            },
            anybody,
        ),
        get("/v1/events", |_| at("/v1/events"), any_device),
        get("/v1/devices", |_| at("/v1/devices"), any_device),
        get("/v1/enrolments", |_| at("/v1/enrolments"), any_device),
        get("/v1/invitations", |_| at("/v1/invitations"), any_device),
        Row {
            method: Method::DELETE,
            path: "/v1/invitations/{id}",
            request: |target| at(&format!("/v1/invitations/{}", target.invitation)),
            expected: second_look,
        },
        // One's own device, and nobody else's; a manager neither.
        Row {
            method: Method::PUT,
            path: "/v1/devices/{device}",
            request: |target| {
                let path = format!("/v1/devices/{}", target.own);
                (path, json!({ "name": "tablet" }))
            },
            expected: |who, _| without_token(who).unwrap_or("204"),
        },
        Row {
            method: Method::PUT,
            path: "/v1/devices/{device}",
            request: |target| {
                let path = format!("/v1/devices/{}", target.device);
                (path, json!({ "name": "van mij" }))
            },
            expected: |who, _| without_token(who).unwrap_or("404 not_found"),
        },
        post(
            "/v1/snapshot",
            |target| {
                let request = SnapshotRequest {
                    space: target.space,
                    since: 0,
                    after: 0,
                    max_bytes: None,
                };
                ("/v1/snapshot".into(), json!(request))
            },
            insiders,
        ),
        // What is in the frames is looked at by `pushing_and_pulling_follow_the_role`.
        post(
            "/v1/sync",
            |_| at("/v1/sync"),
            |who, _| without_token(who).unwrap_or("415 unsupported_media"),
        ),
        // Who may erase or redact what is looked at by the tests of erasing and redacting.
        post(
            "/v1/erase",
            |_| at("/v1/erase"),
            |who, _| without_token(who).unwrap_or("415 unsupported_media"),
        ),
        post(
            "/v1/redact",
            |_| at("/v1/redact"),
            |who, _| without_token(who).unwrap_or("415 unsupported_media"),
        ),
        post(
            "/v1/erasures",
            |target| {
                let request = ErasuresRequest {
                    space: target.space,
                    after: 0,
                };
                ("/v1/erasures".into(), json!(request))
            },
            insiders,
        ),
        post(
            "/v1/audit",
            |target| {
                let entry = AuditEntry {
                    id: Uuid::now_v7(),
                    space: target.space,
                    action: AuditAction::Opened.as_str().into(),
                    record: None,
                    device_time_ms: START_MS,
                };
                ("/v1/audit".into(), json!({ "entries": [entry] }))
            },
            |who, _| {
                without_token(who).unwrap_or(if who == Who::Stranger {
                    "200 refused no_right"
                } else {
                    "200 taken"
                })
            },
        ),
        get(
            "/v1/audit",
            |target| at(&format!("/v1/audit?space={}", target.space)),
            |who, _| {
                without_token(who).unwrap_or(match who {
                    Who::Manager => "200",
                    _ => "403 no_right",
                })
            },
        ),
        get(
            "/v1/audit",
            |target| {
                let record = Uuid::now_v7();
                at(&format!("/v1/audit?space={}&record={record}", target.space))
            },
            |who, _| {
                without_token(who).unwrap_or(match who {
                    Who::Writer | Who::Manager => "200",
                    _ => "403 no_right",
                })
            },
        ),
        post(
            "/v1/invitations",
            |_| ("/v1/invitations".into(), json!({ "own_device": true })),
            |who, _| without_token(who).unwrap_or("201"),
        ),
        post(
            "/v1/invitations",
            |target| {
                let request = into(target.space, Role::Reader);
                ("/v1/invitations".into(), json!(request))
            },
            |who, kind| {
                let allowed = managers(who, kind).then_some("201");
                without_token(who).or(allowed).unwrap_or("403 no_right")
            },
        ),
        post(
            "/v1/enrolments/{id}/confirm",
            |target| {
                let path = format!("/v1/enrolments/{}/confirm", target.waiting);
                (path, json!({ "phrase": target.phrase }))
            },
            second_look,
        ),
        post(
            "/v1/enrolments/{id}/refuse",
            |target| at(&format!("/v1/enrolments/{}/refuse", target.waiting)),
            second_look,
        ),
        get(
            "/v1/spaces/{space}/members",
            |target| at(&format!("/v1/spaces/{}/members", target.space)),
            insiders,
        ),
        Row {
            method: Method::PUT,
            path: "/v1/spaces/{space}/members/{member}",
            request: |target| {
                let path = format!("/v1/spaces/{}/members/{}", target.space, target.member);
                (path, json!({ "role": "reader" }))
            },
            expected: changing_members,
        },
        Row {
            method: Method::DELETE,
            path: "/v1/spaces/{space}/members/{member}",
            request: |target| {
                at(&format!(
                    "/v1/spaces/{}/members/{}",
                    target.space, target.member
                ))
            },
            expected: changing_members,
        },
        // Leaving: anybody may, but for the last manager.
        Row {
            method: Method::DELETE,
            path: "/v1/spaces/{space}/members/{member}",
            request: |target| {
                at(&format!(
                    "/v1/spaces/{}/members/{}",
                    target.space, target.asker
                ))
            },
            expected: |who, kind| {
                without_token(who).unwrap_or(match who {
                    Who::Former | Who::Stranger => "403 no_right",
                    _ if kind == SpaceKind::Personal => "403 no_right",
                    Who::Manager => "409 last_manager",
                    _ => "204",
                })
            },
        },
        post(
            "/v1/devices/{device}/revoke",
            |target| at(&format!("/v1/devices/{}/revoke", target.device)),
            second_look,
        ),
        post(
            "/v1/spaces/personal",
            |_| at("/v1/spaces/personal"),
            // The personal space of this world has several people in it: it is nobody's own.
            |who, _| without_token(who).unwrap_or("201"),
        ),
        post(
            "/v1/wiped",
            |_| at("/v1/wiped"),
            |who, _| match who {
                Who::Revoked => "204",
                _ => without_token(who).unwrap_or("204"),
            },
        ),
    ]
}

fn at(path: &str) -> (String, Value) {
    (path.to_owned(), Value::Null)
}

#[test]
fn every_endpoint_has_a_row() {
    let description = serde_json::to_value(sync_server::http::description()).unwrap();
    let mut served = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            served.insert((method.to_uppercase(), path.clone()));
        }
    }
    let rows: BTreeSet<_> = table()
        .iter()
        .map(|row| (row.method.to_string(), row.path.to_owned()))
        .collect();
    assert_eq!(rows, served);
}

#[tokio::test]
async fn every_endpoint_allows_exactly_what_it_should() {
    for kind in KINDS {
        for row in table() {
            let world = World::new(kind).await;
            for who in EVERYBODY {
                world.as_it_was();
                let target = world.target(who).await;
                let (path, body) = (row.request)(&target);
                let token = world.token(who);
                let method = row.method.clone();
                let found = if row.path == "/v1/events" {
                    world.listen(token).await
                } else {
                    said(&world.server.call(method, &path, token, &body).await)
                };
                assert_eq!(
                    found,
                    (row.expected)(who, kind),
                    "{} {path} by {who:?} in a {} space",
                    row.method,
                    kind.as_str()
                );
            }
        }
    }
}

#[tokio::test]
async fn pushing_and_pulling_follow_the_role() {
    for kind in KINDS {
        let world = World::new(kind).await;
        for who in EVERYBODY {
            let mut device = TestDevice {
                id: next_device(),
                token: world.token(who).unwrap_or_default().to_owned(),
                member: Uuid::nil(),
                cursor: 0,
                log_epoch: None,
            };
            if let Some(id) = world.device_of(who) {
                device.id = id;
            }
            let (id, document) = device.document();
            let request = device.request(world.space, frames_of(world.space, id, &document));
            let found = match device.ask(&world.server, &request).await {
                Ok(synced) => {
                    let state = synced.header.spaces.iter();
                    let state = state.clone().find(|state| state.id == world.space).unwrap();
                    let taken = matches!(synced.outcomes[..], [Outcome::Ok { .. }]);
                    if !taken {
                        assert_eq!(
                            synced.outcomes,
                            [Outcome::Refused(RefusalCode::NoRight)],
                            "{who:?}"
                        );
                    }
                    (state.action, taken)
                }
                Err((status, _)) => {
                    assert_eq!(status.as_u16(), 401, "{who:?}");
                    continue;
                }
            };
            let expected = match who {
                Who::Reader => (SpaceAction::Ok, false),
                Who::Writer | Who::Manager => (SpaceAction::Ok, true),
                Who::Former | Who::Stranger => (SpaceAction::Gone, false),
                Who::Nobody | Who::Guesser | Who::Expired | Who::Revoked => {
                    panic!("{who:?} was served")
                }
            };
            assert_eq!(found, expected, "{who:?} in a {} space", kind.as_str());
        }
    }
}

/// An answer in few words.
fn said((status, answer): &(u16, Value)) -> String {
    let mut said = status.to_string();
    if let Some(code) = answer["code"].as_str() {
        said = format!("{said} {code}");
    }
    if answer["wipe"] == true {
        said.push_str(" wipe");
    }
    if let Some(taken) = answer["taken"].as_array() {
        said.push_str(if taken.is_empty() {
            " refused"
        } else {
            " taken"
        });
    }
    if let Some(reason) = answer["refused"][0]["reason"].as_str() {
        said = format!("{said} {reason}");
    }
    said
}

impl World {
    async fn new(kind: SpaceKind) -> Self {
        let server = Server::start();
        let space = server.space_of(kind, "De ruimte");
        let elsewhere = server.space("Ergens anders");
        let mut tokens = vec![(Who::Guesser, "a".repeat(43))];
        let mut members = Vec::new();

        let mut expired = server.device(space, Role::Manager).await;
        server.wait_ms(7 * DAY_MS);
        let old = expired.token.clone();
        expired.token = expired
            .sync(&server, space, vec![])
            .await
            .header
            .token
            .unwrap();
        expired.sync(&server, space, vec![]).await;
        tokens.push((Who::Expired, old));
        server
            .log
            .set_role(expired.member, space, None, START_MS)
            .unwrap();

        let revoked = server.device(space, Role::Manager).await;
        server
            .log
            .set_role(revoked.member, space, None, START_MS)
            .unwrap();
        server.log.revoke_device(revoked.id, START_MS).unwrap();
        tokens.push((Who::Revoked, revoked.token));
        for (who, place, role) in [
            (Who::Reader, space, Role::Reader),
            (Who::Writer, space, Role::Writer),
            (Who::Manager, space, Role::Manager),
            (Who::Former, space, Role::Writer),
            (Who::Stranger, elsewhere, Role::Manager),
        ] {
            let device = server.device(place, role).await;
            members.push((who, device.member));
            tokens.push((who, device.token));
        }
        let world = Self {
            server,
            space,
            elsewhere,
            tokens,
            members,
        };
        world.as_it_was();
        world
    }

    /// Gives everybody the role they had.
    fn as_it_was(&self) {
        for (who, member) in &self.members {
            let (space, role) = match who {
                Who::Reader => (self.space, Some(Role::Reader)),
                Who::Writer => (self.space, Some(Role::Writer)),
                Who::Manager => (self.space, Some(Role::Manager)),
                Who::Stranger => (self.elsewhere, Some(Role::Manager)),
                _ => (self.space, None),
            };
            self.server
                .log
                .set_role(*member, space, role, START_MS)
                .unwrap();
        }
    }

    /// A new colleague in the space, a device that waits to become a manager's, and an invitation.
    async fn target(&self, who: Who) -> Target {
        let colleague = self.server.device(self.space, Role::Writer).await;
        let request = enroll_request(
            &self.server.invite(self.space, Role::Manager, None),
            next_device(),
        );
        let known = self.server.log.members().unwrap();
        let known: BTreeSet<Uuid> = known.iter().map(|member| member.id).collect();
        self.server.ask_to_join(&request).await;
        let now_ms = self.server.now_ms();
        let waiting = self.server.log.waiting_for(None, now_ms).unwrap().pop();
        if waiting.is_none() {
            // It came in at once: in a personal space there is nobody to look. Nobody else manages it.
            let now = self.server.log.members().unwrap();
            let new = now.iter().find(|member| !known.contains(&member.id));
            self.server
                .log
                .set_role(new.unwrap().id, self.space, None, now_ms)
                .unwrap();
        }
        let members = self.members.iter();
        self.server.invite(self.space, Role::Reader, None);
        let open = self.server.log.invitations_for(None, now_ms).unwrap();
        Target {
            own: self.device_of(who).unwrap_or(DeviceId([0; 8])),
            invitation: open.last().unwrap().id,
            space: self.space,
            device: colleague.id,
            member: colleague.member,
            waiting: waiting.map_or(Uuid::now_v7(), |waiting| waiting.id),
            phrase: request.phrase(),
            asker: members
                .clone()
                .find(|(one, _)| *one == who)
                .map_or(Uuid::now_v7(), |(_, member)| *member),
            secret: self.server.invite(self.elsewhere, Role::Reader, None),
        }
    }

    fn token(&self, who: Who) -> Option<&str> {
        let token = self.tokens.iter().find(|(one, _)| *one == who);
        token.map(|(_, token)| token.as_str())
    }

    fn device_of(&self, who: Who) -> Option<DeviceId> {
        let token = sync_server::secret::hash(self.token(who)?);
        let device = self.server.log.device_of_token(&token).unwrap();
        device.map(|device| device.id)
    }

    /// An event stream does not end: only whether it begins is looked at.
    async fn listen(&self, token: Option<&str>) -> String {
        let mut request = axum::http::Request::get("/v1/events");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.body(axum::body::Body::empty()).unwrap();
        let response = self.server.send(request).await;
        if response.status() == 200 {
            return "200".to_owned();
        }
        let (status, _, body) = take(response).await;
        said(&(status.as_u16(), serde_json::from_slice(&body).unwrap()))
    }
}
