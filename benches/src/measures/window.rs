//! Cold start of the window to a usable capture field with 10,000 contacts, and its memory, beside an empty Tauri
//! window: one field and nothing behind it.
//!
//! A broker types a passphrase in between, so the start is two times added: from starting the program until the field
//! for the passphrase is usable, and from sending the passphrase until the capture field is. The key file of the copy
//! asks next to nothing of the derivation, because that is not to be counted.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use app::api::Nothing;
use journeys::window::Window;
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::sample::Size;

use super::Scale;
use crate::figure::{Figure, Reach, Unit};
use crate::process::{age, tree_memory};
use crate::samples::Samples;
use crate::team::program;
use crate::{Result, bare, book, folders};

const CONTACTS: usize = 10_000;
/// Pairs that are measured, after one that warms the system's file cache.
const PAIRS: usize = 5;

/// Ends when the field has the keyboard and a frame was painted; answers with the moment.
const USABLE: &str = "
    const [name, done] = arguments;
    const look = () => document.activeElement?.matches(name) && !document.activeElement.disabled
        ? requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())))
        : requestAnimationFrame(look);
    look();";

/// Sends the passphrase and waits for the capture field; answers with the milliseconds in between.
const OPEN: &str = "
    const done = arguments[0];
    const field = document.activeElement;
    const sent = performance.now();
    field.form.requestSubmit();
    const look = () => document.activeElement?.matches('textarea')
        ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - sent)))
        : requestAnimationFrame(look);
    look();";

/// One start: milliseconds until usable, and MiB when it is.
struct Start {
    milliseconds: f64,
    memory: f64,
}

pub(crate) fn run(_: Scale) -> Result<Vec<Figure>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let book = folders::copy(&contacts()?)?;
    bare::cheapen_key(book.path())?;
    let (mut ours, mut theirs) = (Samples::default(), Samples::default());
    let (mut our_memory, mut their_memory) = (Samples::default(), Samples::default());
    for pair in 0..=PAIRS {
        let empty = runtime.block_on(empty())?;
        let app = runtime.block_on(app(book.path()))?;
        if pair == 0 {
            continue;
        }
        ours.keep(app.milliseconds);
        theirs.keep(empty.milliseconds);
        our_memory.keep(app.memory);
        their_memory.keep(empty.memory);
    }
    Ok(vec![
        Figure::ms(
            format!("cold start to a usable capture field, {CONTACTS} contacts, median"),
            ours.median(),
        )
        .against("an empty Tauri window", theirs.median())
        .reach(Reach::Times(1.5)),
        Figure::new(
            "window: resident, all its processes (PSS)",
            Unit::Mebibytes,
            our_memory.median(),
        )
        .against("an empty Tauri window", their_memory.median())
        .reach(Reach::Beyond(60.0)),
    ])
}

/// A book with contacts, filled the first time.
fn contacts() -> Result<std::path::PathBuf> {
    folders::kept(&format!("book-{CONTACTS}-0"), |folder| {
        let app = book::start(folder, "Meter")?;
        book::load(&app, &book::lines(Size::of(CONTACTS, 0, 0), CONTACTS))?;
        app.device_lock(Nothing {})?;
        Ok(())
    })
}

async fn empty() -> Result<Start> {
    let home = TempDir::new()?;
    let window = Window::of(&program("empty-window")?, home.path(), home.path()).await?;
    let started = started(&window)?;
    let usable = usable(&window, "textarea").await?;
    Ok(Start {
        milliseconds: usable - started,
        memory: memory(&window)?,
    })
}

async fn app(book: &Path) -> Result<Start> {
    let home = TempDir::new()?;
    let window = Window::of(&program("buurtboek-app")?, book, home.path()).await?;
    let started = started(&window)?;
    let locked = usable(&window, "input[type=password]").await?;
    window.page().keys(book::PASSPHRASE).await?;
    let opening = window.page().run_async(OPEN, vec![]).await?;
    Ok(Start {
        milliseconds: locked - started + opening.as_f64().ok_or("no time")?,
        memory: memory(&window)?,
    })
}

async fn usable(window: &Window, field: &str) -> Result<f64> {
    let moment: Value = window.page().run_async(USABLE, vec![json!(field)]).await?;
    moment.as_f64().ok_or_else(|| "no moment".into())
}

/// When the program itself was started, in milliseconds since 1970: not its display, and not what drives it.
fn started(window: &Window) -> Result<f64> {
    let started = SystemTime::now() - age(process(window)?)?;
    Ok(started.duration_since(UNIX_EPOCH)?.as_secs_f64() * 1_000.0)
}

fn memory(window: &Window) -> Result<f64> {
    tree_memory(process(window)?)
}

fn process(window: &Window) -> Result<u32> {
    Ok(window.process().ok_or("the window is gone")?.parse()?)
}
