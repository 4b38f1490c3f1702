//! A round with nothing new, whatever the number of documents.

use super::Scale;
use crate::Result;
use crate::figure::{Figure, Reach, Unit};
use crate::samples::Samples;
use crate::team::Team;

const ROUNDS: usize = 40;

pub(crate) fn run(scale: Scale) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut first: Option<f64> = None;
    for documents in scale.teams() {
        let (_folder, team) = Team::with_documents(documents)?;
        let server = team.serve()?;
        let app = team.device("a")?;
        server.round(&app)?;
        let mut cpu = Samples::default();
        let (mut requests, mut bytes) = (0, 0);
        for _ in 0..ROUNDS {
            let round = server.round(&app)?;
            cpu.add(round.cpu);
            requests = requests.max(round.report.requests);
            bytes = bytes.max(round.report.bytes_up + round.report.bytes_down);
        }
        let name = |what: &str| format!("nothing to do, {documents} documents: {what}");
        let cpu = Figure::ms(name("CPU, both sides"), cpu.median());
        figures.push(
            Figure::new(name("requests"), Unit::Requests, f64::from(requests))
                .reach(Reach::AtMost(1.0)),
        );
        figures.push(Figure::bytes(name("bytes of bodies"), bytes).reach(Reach::AtMost(1_000.0)));
        figures.push(
            match first {
                None => cpu.clone(),
                Some(first) => cpu.clone().against("1000 documents", first),
            }
            .reach(Reach::AtMost(50.0)),
        );
        first = first.or(Some(cpu.value()));
    }
    Ok(figures)
}
