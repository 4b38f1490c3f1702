//! What happens in a history: rolled from a seed, kept as a file, and told in words.

use serde::{Deserialize, Serialize};

use crate::dice::Dice;
use crate::line::LineTrouble;

/// A history: who takes part, and what happens one after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The seed of everything that falls by chance.
    pub seed: u64,
    /// Devices at the start.
    pub devices: u8,
    /// Spaces.
    pub spaces: u8,
    /// What happens.
    pub steps: Vec<Step>,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Number in the whole history; chance inside a step falls by it, also when others are left out.
    pub no: u32,
    /// On which device.
    pub device: u8,
    /// What.
    pub act: Act,
}

/// What happens. Numbers choose among what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A new record.
    Write(Kind),
    /// Another value in a field of one line.
    Edit {
        /// Which record.
        record: u32,
        /// Which of its fields.
        field: u8,
    },
    /// A word more in a long text.
    Text {
        /// Which record.
        record: u32,
    },
    /// A promise kept.
    TickOff {
        /// Which record.
        record: u32,
    },
    /// A record out of sight.
    Archive {
        /// Which record.
        record: u32,
    },
    /// A record erased, for good and everywhere.
    Erase {
        /// Which record.
        record: u32,
    },
    /// The last action is taken back.
    Undo,
    /// A choice where people disagree.
    Settle {
        /// Which disagreement.
        which: u32,
        /// Which value.
        choice: u8,
    },
    /// An exchange with the server; what goes wrong with its requests, one after another.
    Sync(Vec<LineTrouble>),
    /// The clock is set this many hours forward or back.
    Clock(i32),
    /// The program ends and is started again.
    Restart,
    /// The disk makes trouble some storage steps later.
    Disk(DiskPlan),
    /// A copy of the device is put aside.
    BackUp,
    /// The device is put back to its copy.
    PutBack,
    /// Another device goes on with the copy: a copied phone.
    Clone,
    /// Read model and search index are made again.
    Rebuild,
    /// A new device joins, with a note made before.
    Join,
    /// The device is put out.
    Revoke,
    /// The person may only read in the space of this number.
    OnlyRead(u8),
    /// The person takes no part in the space of this number any more.
    Leave(u8),
    /// The person may write in the space of this number.
    MayWrite(u8),
    /// Something happens to the server.
    Server(ServerAct),
}

/// Kinds of record that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A contact.
    Contact,
    /// A note.
    Note,
    /// A follow-up.
    FollowUp,
    /// A signal.
    Signal,
}

/// Trouble with a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskPlan {
    /// After this many storage steps.
    pub after: u16,
    /// What.
    pub trouble: DiskTrouble,
}

/// What goes wrong with a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiskTrouble {
    /// The power goes.
    PowerCut,
    /// The program is killed.
    Killed,
    /// The disk is full until the end of the next action.
    Full,
    /// One step fails.
    Error,
}

/// What happens to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerAct {
    /// Its disk makes trouble.
    Disk(DiskPlan),
    /// It stops and is not there until it is started.
    Stop,
    /// It is started, again if it was running.
    Start,
    /// A backup is made.
    BackUp,
    /// The backup is put back.
    PutBack,
    /// Delayed requests arrive.
    Late,
}

/// The fields of one line of a kind, and its long text.
impl Kind {
    /// The word of the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Note => "note",
            Self::FollowUp => "follow_up",
            Self::Signal => "signal",
        }
    }

    /// Fields of one line.
    #[must_use]
    pub const fn lines(self) -> &'static [&'static str] {
        match self {
            Self::Contact => &["name", "street", "town"],
            Self::Note => &["place_name"],
            Self::FollowUp => &["what", "waiting_for"],
            Self::Signal => &["title"],
        }
    }

    /// The long text.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Contact => "met",
            Self::Note => "text",
            Self::FollowUp => "outcome",
            Self::Signal => "about",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Contact, Self::Note, Self::FollowUp, Self::Signal]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

impl History {
    /// Rolls a history.
    #[must_use]
    pub fn roll(seed: u64) -> Self {
        let mut dice = Dice::of(seed, 1);
        let devices = 2 + dice.below(7).min(dice.below(7));
        let spaces = 1 + dice.below(3).min(dice.below(3));
        // Between 50 and 300 actions, more often few than many: a mistake shows as well in a short history.
        let steps = 50 + dice.below(251).min(dice.below(251));
        let devices = u8::try_from(devices).unwrap_or(2);
        Self {
            seed,
            devices,
            spaces: u8::try_from(spaces).unwrap_or(1),
            steps: (0..u32::try_from(steps).unwrap_or(50))
                .map(|no| Step {
                    no,
                    device: u8::try_from(dice.below(u64::from(devices))).unwrap_or(0),
                    act: roll_act(&mut dice),
                })
                .collect(),
        }
    }

    /// The history in words, one line a step.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = format!(
            "Seed {}: {} devices, {} spaces, {} steps.\n",
            self.seed,
            self.devices,
            self.spaces,
            self.steps.len()
        );
        for step in &self.steps {
            words.push_str("  ");
            words.push_str(&step.words());
            words.push('\n');
        }
        words
    }
}

fn roll_act(dice: &mut Dice) -> Act {
    // Some records are everybody's: there people meet, and tails grow.
    let most = if dice.percent(40) { 4 } else { 1 << 20 };
    let record = u32::try_from(dice.below(most)).unwrap_or(0);
    match dice.below(1_000) {
        0..180 => Act::Write(roll_kind(dice)),
        180..330 => Act::Edit {
            record,
            field: u8::try_from(dice.below(6)).unwrap_or(0),
        },
        330..410 => Act::Text { record },
        410..435 => Act::TickOff { record },
        435..446 => Act::Archive { record },
        446..458 => Act::Erase { record },
        458..480 => Act::Undo,
        480..510 => Act::Settle {
            which: record,
            choice: u8::try_from(dice.below(3)).unwrap_or(0),
        },
        510..800 => Act::Sync(roll_troubles(dice)),
        800..812 => Act::Clock(i32::try_from(dice.below(175_200)).unwrap_or(0) - 87_600),
        812..823 => Act::Restart,
        823..870 => Act::Disk(roll_disk(dice)),
        870..885 => Act::BackUp,
        885..892 => Act::PutBack,
        892..896 => Act::Clone,
        896..903 => Act::Rebuild,
        903..907 => Act::Join,
        907..910 => Act::Revoke,
        910..917 => Act::OnlyRead(u8::try_from(dice.below(3)).unwrap_or(0)),
        917..921 => Act::Leave(u8::try_from(dice.below(3)).unwrap_or(0)),
        921..934 => Act::MayWrite(u8::try_from(dice.below(3)).unwrap_or(0)),
        934..960 => Act::Server(ServerAct::Disk(roll_disk(dice))),
        960..964 => Act::Server(ServerAct::Stop),
        964..972 => Act::Server(ServerAct::Start),
        972..981 => Act::Server(ServerAct::BackUp),
        981..988 => Act::Server(ServerAct::PutBack),
        _ => Act::Server(ServerAct::Late),
    }
}

fn roll_kind(dice: &mut Dice) -> Kind {
    match dice.below(4) {
        0 => Kind::Contact,
        1 => Kind::Note,
        2 => Kind::FollowUp,
        _ => Kind::Signal,
    }
}

fn roll_disk(dice: &mut Dice) -> DiskPlan {
    let trouble = match dice.below(8) {
        0..4 => DiskTrouble::PowerCut,
        4..6 => DiskTrouble::Killed,
        6 => DiskTrouble::Full,
        _ => DiskTrouble::Error,
    };
    let most = if dice.percent(50) { 12 } else { 80 };
    DiskPlan {
        after: u16::try_from(1 + dice.below(most)).unwrap_or(1),
        trouble,
    }
}

fn roll_troubles(dice: &mut Dice) -> Vec<LineTrouble> {
    if dice.percent(60) {
        return Vec::new();
    }
    let thousandths = u16::try_from(dice.below(1_000)).unwrap_or(0);
    let trouble = match dice.below(12) {
        0 => LineTrouble::LoseRequest,
        1 | 2 => LineTrouble::LoseReply,
        3 => LineTrouble::DoubleFirst,
        4 => LineTrouble::DoubleSecond,
        5 => LineTrouble::CutRequest(thousandths),
        6 | 7 => LineTrouble::CutReply(thousandths),
        8 => LineTrouble::Late,
        9 => LineTrouble::Busy,
        _ => LineTrouble::SmallPages(1 + thousandths),
    };
    if matches!(trouble, LineTrouble::SmallPages(_)) {
        vec![trouble; 20]
    } else if dice.percent(30) {
        vec![LineTrouble::SmallPages(1 + thousandths), trouble]
    } else {
        vec![trouble]
    }
}
