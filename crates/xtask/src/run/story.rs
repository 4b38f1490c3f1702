//! The main job without a window: noted on one device while offline, read on another.

use super::device::Device;
use super::process::Process;
use super::team::Team;
use crate::failure::Failure;
use crate::step::Step;

const NOTE: &str = "Fatima el Amrani, Malakkastraat 6, oversteek bij school gevaarlijk, \
                    wil meehelpen, bel dinsdag";

/// Tells the main job, with every command line and its answer.
pub(super) fn tell(team: &Team, server: Process, devices: &[Device]) -> Result<(), Failure> {
    let [writer, reader, ..] = devices else {
        return Err(Failure::new("the main job needs two devices"));
    };
    server.stop();
    title("No connection: the server is stopped. A note is made at the school gate");
    show(writer.cli("captures", &["capture", NOTE, "--accept", "all"]))?;
    title("It is kept on the device and waits");
    show(writer.cli("tells how things are", &["status"]))?;

    let server = team.start_server()?;
    title("The server is back: both devices sync");
    show(writer.cli("sends", &["sync"]))?;
    show(reader.cli("receives", &["sync"]))?;
    title("A colleague finds it on the other device");
    let found = show(reader.cli("finds three letters", &["search", "fat"]))?;
    show(reader.cli("shows today", &["today"]))?;
    server.stop();

    if found.contains("Fatima el Amrani") {
        println!("\nNoted on {}, read on {}.", writer.title(), reader.title());
        Ok(())
    } else {
        Err(
            Failure::new(format!("{} does not find what was noted", reader.title()))
                .advice(format!("see {}", team.server_log().display())),
        )
    }
}

fn title(text: &str) {
    println!("\n# {text}");
}

fn show(step: Step) -> Result<String, Failure> {
    println!("$ {}", step.line());
    let answer = step.output()?;
    println!("{}", answer.trim_end());
    Ok(answer)
}
