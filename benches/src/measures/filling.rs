//! Ten thousand records taken in from a file, beside the same lines put into a bare table.

use std::time::Instant;

use testkit::sample::Size;

use super::Scale;
use crate::figure::Figure;
use crate::samples::milliseconds;
use crate::{Result, bare, book, folders};

const RECORDS: usize = 10_000;

pub(crate) fn run(_: Scale) -> Result<Vec<Figure>> {
    let folder = folders::fresh()?;
    let app = book::start(folder.path(), "Meter")?;
    let lines = book::lines(Size::of(RECORDS / 10, RECORDS, 0), RECORDS);
    let started = Instant::now();
    book::load(&app, &lines)?;
    let ours = milliseconds(started.elapsed());
    let mut bare = bare::open(folder.path())?;
    bare.execute_batch("CREATE TABLE bare (position INTEGER PRIMARY KEY, line TEXT) STRICT")?;
    let started = Instant::now();
    let all: Vec<&str> = lines.lines().collect();
    for part in all.chunks(2_000) {
        let transaction = bare.transaction()?;
        for line in part {
            transaction
                .prepare_cached("INSERT INTO bare (line) VALUES (?1)")?
                .execute([line])?;
        }
        transaction.commit()?;
    }
    Ok(vec![Figure::ms("10,000 records taken in", ours).against(
        "the same lines in a bare table",
        milliseconds(started.elapsed()),
    )])
}
