//! `cargo xtask run`: the whole product on one machine, from nothing.

mod device;
mod interrupt;
mod process;
mod ready;
mod story;
mod team;

use std::env;
use std::thread;
use std::time::Duration;

use crate::cargo::{Cargo, PROGRAMS};
use crate::failure::Failure;
use crate::files;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::ui;

use device::Device;
use interrupt::Interrupt;
use process::Process;
use team::Team;

/// How to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Starts over in a new folder; what was there before stays where it is
    #[arg(long)]
    fresh: bool,
    /// How many devices take part, each of a broker of its own
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=9))]
    devices: u8,
    /// Fills in an invented neighbourhood
    #[arg(long)]
    sample: bool,
}

/// Builds, starts the server, joins the devices and opens their windows; without a display, tells the main job through
/// the command line.
pub(crate) fn run(place: &Place, options: &Options) -> Result<(), Failure> {
    setup::ensure(place, Purpose::Build)?;
    ui::build(place)?;
    Cargo::new(place)?
        .workspace("cargo: builds the programs", "build", PROGRAMS)
        .live()
        .run()?;
    let interrupt = Interrupt::listen()?;
    let window = has_display();
    // Without windows the job is told with a device that writes and one that reads.
    let count = if window {
        options.devices
    } else {
        options.devices.max(2)
    };

    let team = Team::open(place, &place.development_data(), options.fresh)?;
    let (server, devices) = gather(&team, count, options.sample)?;
    tell(&team, &devices);
    if window {
        open_windows(&devices, server, &interrupt)
    } else {
        println!("There is no display (DISPLAY and WAYLAND_DISPLAY are empty).");
        println!("So here is the same main job through the command line.");
        story::tell(&team, server, &devices)
    }
}

/// Tells the main job once through the programs that were built, with a sample, in a folder that goes away when all went well.
pub(crate) fn rehearse(place: &Place) -> Result<(), Failure> {
    let folder = env::temp_dir().join(format!("buurtboek-rehearsal-{}", std::process::id()));
    let team = Team::open(place, &folder, true)?;
    let (server, devices) = gather(&team, 2, true)?;
    story::tell(&team, server, &devices)?;
    std::fs::remove_dir_all(&folder).map_err(|problem| files::about("remove", &folder, &problem))
}

/// Starts the server and has the devices join, with a sample if wanted.
fn gather(team: &Team, count: u8, sample: bool) -> Result<(Process, Vec<Device>), Failure> {
    let server = team.start_server()?;
    let devices = (1..=count)
        .map(|number| team.device(number))
        .collect::<Result<Vec<_>, _>>()?;
    if sample {
        team.fill(&devices)?;
    }
    Ok((server, devices))
}

/// Opens the windows and waits until the last one is closed, or Ctrl+C. What still runs ends when its `Process` goes.
fn open_windows(
    devices: &[Device],
    mut server: Process,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let mut windows = devices
        .iter()
        .map(Device::open_window)
        .collect::<Result<Vec<_>, _>>()?;
    println!("Close the windows, or press Ctrl+C here, to stop everything.");
    while !interrupt.came() && !windows.is_empty() {
        if !server.runs()? {
            return Err(server.ended_early());
        }
        let mut open = Vec::new();
        for mut window in windows {
            if window.runs()? {
                open.push(window);
            }
        }
        windows = open;
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn tell(team: &Team, devices: &[Device]) {
    println!();
    println!(
        "Server      {} (log: {})",
        team.url(),
        team.server_log().display()
    );
    for device in devices {
        println!(
            "{:<11} {} ({})",
            device.title(),
            device.data().display(),
            device.broker()
        );
    }
    println!(
        "Passphrase  {}   (of these development devices only)",
        team::PASSPHRASE
    );
    println!("Start over with `cargo xtask run --fresh`.");
    println!();
}

fn has_display() -> bool {
    // macOS and Windows always have one.
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .into_iter()
            .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}
