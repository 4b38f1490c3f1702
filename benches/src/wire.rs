//! Devices as the server sees them: tokens and requests, without a database behind them.

use protocol::{
    DeviceId, EnrollReply, EnrollRequest, Invitation, MEDIA_TYPE, ReplyFrame, RequestHeader,
    SnapshotRequest, SpaceCursor, SyncRequest,
};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, RequestBuilder, Response};

use crate::Result;
use crate::team::Team;

/// A device that only talks.
#[derive(Debug)]
pub(crate) struct Talker {
    client: Client,
    base: String,
    token: String,
    nothing_new: Vec<u8>,
}

impl Talker {
    /// Joins the team, and reads everything in it, page by page, as a new device does.
    pub(crate) async fn join(team: &Team, number: u8) -> Result<Self> {
        // The process may have chosen a provider already; both are the same.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::new();
        let base = team.url();
        let name = format!("Collega {number}");
        let invitation = Invitation::parse(&team.invite(&name)?)?;
        let request = EnrollRequest {
            secret: invitation.secret().to_owned(),
            device: DeviceId([number, 1, 2, 3, 4, 5, 6, 7]),
            name: Some(name),
            platform: "linux".to_owned(),
            app: app::APP_VERSION.to_owned(),
            device_name: "bench".to_owned(),
        };
        let post = client
            .post(format!("{base}/v1/enroll"))
            .header(CONTENT_TYPE, "application/json");
        let reply = answered(post.body(serde_json::to_vec(&request)?)).await?;
        let reply: EnrollReply = serde_json::from_slice(&reply.bytes().await?)?;
        let mut talker = Self {
            client,
            base,
            token: reply.token,
            nothing_new: Vec::new(),
        };
        let mut header = RequestHeader::new(app::APP_VERSION, 1, 0);
        for space in &reply.spaces {
            header.spaces.push(talker.read(space.id).await?);
        }
        // Once for the people; from then on nothing is new.
        talker.nothing_new = request_of(&header);
        for frame in ReplyFrame::decode_all(&talker.sync().await?)? {
            if let ReplyFrame::Header(reply) = frame
                && let Some(roster) = reply.roster
            {
                header.roster = roster.version;
            }
        }
        talker.nothing_new = request_of(&header);
        Ok(talker)
    }

    /// Every page of a space; says where it ends.
    async fn read(&self, space: uuid::Uuid) -> Result<SpaceCursor> {
        let mut after = 0;
        loop {
            let request = SnapshotRequest {
                space,
                since: 0,
                after,
                max_bytes: None,
            };
            let post = self
                .post("/v1/snapshot")
                .header(CONTENT_TYPE, "application/json")
                .body(serde_json::to_vec(&request)?);
            let body = answered(post).await?.bytes().await?;
            let mut epoch = None;
            let mut more = false;
            for frame in ReplyFrame::decode_all(&body)? {
                if let ReplyFrame::Header(header) = &frame {
                    epoch = header
                        .spaces
                        .iter()
                        .find(|s| s.id == space)
                        .and_then(|s| s.log_epoch);
                }
                if let ReplyFrame::SpaceEnd(end) = &frame {
                    (after, more) = (end.next_cursor, end.more);
                }
            }
            if !more {
                return Ok(SpaceCursor {
                    id: space,
                    cursor: Some(after),
                    log_epoch: epoch,
                });
            }
        }
    }

    /// Asks what is new; nothing is.
    pub(crate) async fn ask(&self) -> Result<usize> {
        Ok(self.sync().await?.len())
    }

    async fn sync(&self) -> Result<Vec<u8>> {
        let post = self
            .post("/v1/sync")
            .header(CONTENT_TYPE, MEDIA_TYPE)
            .body(self.nothing_new.clone());
        Ok(answered(post).await?.bytes().await?.to_vec())
    }

    /// Asks whether the server lives.
    pub(crate) async fn health(&self) -> Result<()> {
        let get = self.client.get(format!("{}/healthz", self.base));
        answered(get).await?.bytes().await?;
        Ok(())
    }

    /// Listens for news; the stream stays open while the answer is held.
    pub(crate) async fn listen(&self) -> Result<Response> {
        let get = self
            .client
            .get(format!("{}/v1/events", self.base))
            .header(ACCEPT, "text/event-stream")
            .header(AUTHORIZATION, format!("Bearer {}", self.token));
        answered(get).await
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.client
            .post(format!("{}{path}", self.base))
            .header(AUTHORIZATION, format!("Bearer {}", self.token))
    }
}

fn request_of(header: &RequestHeader) -> Vec<u8> {
    SyncRequest {
        header: header.clone(),
        changes: Vec::new(),
    }
    .encode()
}

async fn answered(request: RequestBuilder) -> Result<Response> {
    Ok(request.send().await?.error_for_status()?)
}
