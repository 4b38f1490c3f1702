//! A step in plain words.

use crate::history::{Act, DiskPlan, DiskTrouble, ServerAct, Step};
use crate::line::LineTrouble;

impl Step {
    /// What happens, in words.
    #[must_use]
    pub fn words(&self) -> String {
        let what = match &self.act {
            Act::Write(kind) => format!("writes a new {}", kind.word().replace('_', "-")),
            Act::Edit { record, field } => {
                format!("changes field {field} of record {record}")
            }
            Act::Text { record } => format!("adds a word to the text of record {record}"),
            Act::TickOff { record } => format!("ticks off record {record}"),
            Act::Archive { record } => format!("puts record {record} out of sight"),
            Act::Erase { record } => format!("erases record {record}"),
            Act::Undo => "takes the last action back".to_owned(),
            Act::Settle { which, choice } => {
                format!("settles disagreement {which} with value {choice}")
            }
            Act::Sync(troubles) if troubles.is_empty() => "exchanges with the server".to_owned(),
            Act::Sync(troubles) => format!("exchanges with the server; {}", line(troubles)),
            Act::Clock(hours) => format!("sets its clock {hours} hours further"),
            Act::Restart => "is started again".to_owned(),
            Act::Disk(plan) => disk(*plan),
            Act::BackUp => "is copied".to_owned(),
            Act::PutBack => "is put back to its copy".to_owned(),
            Act::Clone => "lends its copy to another device".to_owned(),
            Act::Rebuild => "makes its read model again".to_owned(),
            Act::Join => return format!("{:>4}  a new device joins", self.no),
            Act::Revoke => "is put out".to_owned(),
            Act::OnlyRead(space) => format!("may only read in space {space}"),
            Act::Leave(space) => format!("takes no part in space {space} any more"),
            Act::MayWrite(space) => format!("may write in space {space}"),
            Act::Server(act) => return format!("{:>4}  the server {}", self.no, server(*act)),
        };
        format!("{:>4}  device {} {what}", self.no, self.device)
    }
}

fn disk(plan: DiskPlan) -> String {
    let what = match plan.trouble {
        DiskTrouble::PowerCut => "loses its power",
        DiskTrouble::Killed => "is killed",
        DiskTrouble::Full => "has a full disk",
        DiskTrouble::Error => "has a disk that fails once",
    };
    format!("{what} {} storage steps from now", plan.after)
}

fn server(act: ServerAct) -> String {
    match act {
        ServerAct::Disk(plan) => disk(plan),
        ServerAct::Stop => "stops".to_owned(),
        ServerAct::Start => "is started".to_owned(),
        ServerAct::BackUp => "makes a backup".to_owned(),
        ServerAct::PutBack => "is put back to its backup".to_owned(),
        ServerAct::Late => "gets the requests that were delayed".to_owned(),
    }
}

fn line(troubles: &[LineTrouble]) -> String {
    let mut words: Vec<String> = troubles
        .iter()
        .map(|trouble| match trouble {
            LineTrouble::LoseRequest => "the request gets lost".to_owned(),
            LineTrouble::LoseReply => "the answer gets lost".to_owned(),
            LineTrouble::DoubleFirst => {
                "the request arrives twice, the first answer counts".to_owned()
            }
            LineTrouble::DoubleSecond => {
                "the request arrives twice, the second answer counts".to_owned()
            }
            LineTrouble::CutRequest(part) => format!("the request is cut at {part}/1000"),
            LineTrouble::CutReply(part) => format!("the answer is cut at {part}/1000"),
            LineTrouble::Late => "the request is delayed".to_owned(),
            LineTrouble::Busy => "the server is too busy".to_owned(),
            LineTrouble::SmallPages(bytes) => format!("pages of {bytes} bytes"),
        })
        .collect();
    words.dedup();
    words.join(", then ")
}
