//! Requests in JSON, as an app makes them.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use protocol::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::harness::*;

impl Server {
    /// One request and its answer: `null` for an empty one.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: &impl Serialize,
    ) -> (u16, Value) {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let body = serde_json::to_vec(body).unwrap();
        let request = request
            .header("content-type", "application/json")
            .body(Body::from(body))
            .unwrap();
        let (status, _, body) = take(self.send(request).await).await;
        (
            status.as_u16(),
            serde_json::from_slice(&body).unwrap_or(Value::Null),
        )
    }

    /// Asks to join, and says what came of it.
    pub(crate) async fn ask_to_join(&self, request: &EnrollRequest) -> (u16, Value) {
        self.call(Method::POST, "/v1/enroll", None, request).await
    }

    /// A space of this sort.
    pub(crate) fn space_of(&self, kind: SpaceKind, name: &str) -> Uuid {
        self.log.add_space(name, kind, self.now_ms()).unwrap()
    }

    /// The administrator lets everybody in who waits.
    pub(crate) fn let_everybody_in(&self) {
        for waiting in self.log.waiting_for(None, self.now_ms()).unwrap() {
            self.log
                .confirm_for(None, waiting.id, &waiting.phrase, self.now_ms())
                .unwrap();
        }
    }
}

impl TestDevice {
    pub(crate) async fn call(
        &self,
        server: &Server,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> (u16, Value) {
        server.call(method, path, Some(&self.token), body).await
    }

    /// What is at this address.
    pub(crate) async fn get<T: DeserializeOwned>(&self, server: &Server, path: &str) -> T {
        let (status, answer) = self.call(server, Method::GET, path, &()).await;
        assert_eq!(status, 200, "{path}: {answer}");
        serde_json::from_value(answer).unwrap()
    }

    /// The device after the reply to joining.
    pub(crate) fn joined((status, answer): (u16, Value)) -> Self {
        assert_eq!(status, StatusCode::OK.as_u16(), "{answer}");
        let reply: EnrollReply = serde_json::from_value(answer).unwrap();
        Self {
            id: reply.device,
            token: reply.token,
            member: reply.member.id,
            cursor: 0,
            log_epoch: None,
        }
    }

    /// Makes an invitation and returns its secret.
    pub(crate) async fn invite(&self, server: &Server, request: &InvitationRequest) -> String {
        let (status, made) = self
            .call(server, Method::POST, "/v1/invitations", request)
            .await;
        assert_eq!(status, 201, "{made}");
        made["secret"].as_str().unwrap().to_owned()
    }
}

/// Into one space, for somebody new.
pub(crate) fn into(space: Uuid, role: Role) -> InvitationRequest {
    InvitationRequest {
        grants: vec![Grant { space, role }],
        own_device: false,
    }
}
