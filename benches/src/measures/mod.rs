//! The measurements, one file each.

mod day_offline;
mod edit;
mod filling;
mod first_sync;
mod nothing_to_do;
mod rights;
mod screens;
mod search;
mod server;
mod window;

use crate::Result;
use crate::figure::Figure;

/// A measurement.
#[derive(Debug)]
pub(crate) struct Measure {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) run: fn(Scale) -> Result<Vec<Figure>>,
}

/// All of them, in the order of the table in `docs/performance.md`.
pub(crate) const MEASURES: &[Measure] = &[
    Measure {
        name: "edit",
        what: "one edit made durable",
        run: edit::run,
    },
    Measure {
        name: "search",
        what: "search as you type over 10,000 contacts and 100,000 notes",
        run: search::run,
    },
    Measure {
        name: "screens",
        what: "today, contact page, contact list, signal list, same data",
        run: screens::run,
    },
    Measure {
        name: "filling",
        what: "10,000 records taken in from a file",
        run: filling::run,
    },
    Measure {
        name: "day_offline",
        what: "60 changes up, 300 down, with 1,000, 10,000 and 100,000 documents",
        run: day_offline::run,
    },
    Measure {
        name: "nothing_to_do",
        what: "a round with nothing new, with 1,000, 10,000 and 100,000 documents",
        run: nothing_to_do::run,
    },
    Measure {
        name: "first_sync",
        what: "5,000 records of about 400 bytes to a new device",
        run: first_sync::run,
    },
    Measure {
        name: "server",
        what: "memory with 20 devices and 20,000 documents, and answers with nothing new",
        run: server::run,
    },
    Measure {
        name: "rights",
        what: "a person's file with 500 notes, and one erasure, over 10,000 contacts and 100,000 notes",
        run: rights::run,
    },
    Measure {
        name: "window",
        what: "cold start of the window, and its memory, beside an empty one",
        run: window::run,
    },
];

/// How large the teams are that are measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// Documents of the largest team.
    pub(crate) most_documents: usize,
}

impl Scale {
    /// How many documents a team may have: the work must not depend on it.
    fn teams(self) -> impl Iterator<Item = usize> {
        [1_000, 10_000, 100_000]
            .into_iter()
            .filter(move |documents| *documents <= self.most_documents)
    }
}
