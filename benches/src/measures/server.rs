//! The server of a team of 20 devices with 20,000 documents: its memory, and how soon it says that nothing is new.

use testkit::sample::Size;
use tokio::runtime::Builder;

use super::Scale;
use crate::figure::{Figure, Reach, Unit};
use crate::process::resident;
use crate::samples::Samples;
use crate::team::{Server, Team};
use crate::wire::Talker;
use crate::{Result, book, folders};

const DOCUMENTS: usize = 20_000;
const DEVICES: u8 = 20;
const REQUESTS: usize = 2_000;

pub(crate) fn run(_: Scale) -> Result<Vec<Figure>> {
    let kept = folders::kept("server-20000", |folder| {
        let team = Team::start(folder)?;
        let server = team.serve()?;
        let first = team.join("first")?;
        book::load(
            &first,
            &book::lines(Size::of(DOCUMENTS / 10, DOCUMENTS, 0), DOCUMENTS),
        )?;
        server.round(&first)?;
        Ok(())
    })?;
    let folder = folders::copy(&kept)?;
    let team = Team::open(folder.path())?;
    let server = team.serve()?;
    let empty = resident(server.id())?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(talk(&team, &server, empty))
}

async fn talk(team: &Team, server: &Server, empty: f64) -> Result<Vec<Figure>> {
    let mut talkers = Vec::new();
    let mut streams = Vec::new();
    for number in 1..=DEVICES {
        let talker = Talker::join(team, number).await?;
        streams.push(talker.listen().await?);
        talkers.push(talker);
    }
    let (mut ask, mut health) = (Samples::default(), Samples::default());
    let mut bytes = 0;
    for talker in talkers.iter().cycle().take(REQUESTS) {
        let started = std::time::Instant::now();
        bytes = bytes.max(talker.ask().await?);
        ask.add(started.elapsed());
        let started = std::time::Instant::now();
        talker.health().await?;
        health.add(started.elapsed());
    }
    let resident = resident(server.id())?;
    eprintln!(
        "  the longest answer had {bytes} bytes; {} streams open",
        streams.len()
    );
    Ok(vec![
        Figure::new(
            "server, 20 devices, 20,000 documents: resident",
            Unit::Mebibytes,
            resident,
        )
        .against("just started", empty)
        .reach(Reach::AtMost(64.0)),
        Figure::ms("POST /v1/sync with nothing new, p50", ask.median())
            .against("GET /healthz", health.median()),
        Figure::ms("POST /v1/sync with nothing new, p99", ask.percentile(99))
            .against("GET /healthz", health.percentile(99))
            .reach(Reach::AtMost(5.0)),
    ])
}
