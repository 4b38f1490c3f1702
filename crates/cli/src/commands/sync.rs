//! Exchanging with the server.

use app::App;

use crate::failure::{Outcome, Result};
use crate::output::Answer;
use crate::table::count;

/// Exchanges now.
pub(crate) fn sync(app: &App) -> Result<Answer> {
    let report = app.sync_round()?;
    let mut text = format!(
        "Sent {}, received {}: {}, {} B up, {} B down, {:.2} s.\n",
        count(report.pushed, "change", "changes"),
        report.pulled,
        count(report.requests, "request", "requests"),
        report.bytes_up,
        report.bytes_down,
        report.seconds,
    );
    if report.refused == 0 {
        return Answer::new(&report, text);
    }
    text.push_str(&format!(
        "The server refused {}; `buurtboek status` tells which. They are kept on this device.\n",
        count(report.refused, "change", "changes"),
    ));
    Ok(Answer::new(&report, text)?.ending(Outcome::InPart))
}
