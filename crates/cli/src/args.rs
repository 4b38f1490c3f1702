//! The words of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The working memory of a social broker, on the command line.
#[derive(Debug, Parser)]
#[command(name = "buurtboek", version, after_help = crate::failure::EXIT_CODES)]
pub(crate) struct Cli {
    /// Folder with the data of the device [default: $BUURTBOEK_DATA, or this platform's data folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// File with the passphrase on its first line; without it, a terminal is asked
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Act as if it were this moment, such as 2026-11-23T09:00:00+01:00
    #[arg(long, global = true, value_name = "RFC3339")]
    pub(crate) now: Option<app::Fixed>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the database of a new device, alone on this device
    Init(Init),
    /// Join a team with an invitation; what this device holds comes along
    Enroll(Enroll),
    /// List, name and put out devices: one's own, and for managers those of the team
    #[command(subcommand)]
    Devices(Devices),
    /// Make, list and withdraw invitations
    #[command(subcommand)]
    Invite(Invite),
    /// Look at devices that wait to come in
    #[command(subcommand)]
    Waiting(Waiting),
    /// Show and change who may do what in a space
    #[command(subcommand)]
    Members(Members),
    /// Keep a note, and what it may mean
    Capture(Capture),
    /// Make, read and list records of any kind
    #[command(subcommand)]
    Record(Record),
    /// Take in contacts (vCard, CSV) or records (JSON Lines)
    Import(Import),
    /// Write records to a file, or to standard output
    Export(Export),
    /// Write everything that is kept about one person to a file, for that person
    File(File),
    /// Show what was kept long enough, and set how long that is
    #[command(subcommand)]
    Retention(Retention),
    /// Find contacts, notes, signals and more
    Search(Search),
    /// Show what is late, today, this week, later and waiting for others
    Today(Today),
    /// Show and settle what people wrote differently
    #[command(subcommand)]
    Conflicts(Conflicts),
    /// Erase for good, and tell how far it is
    #[command(subcommand)]
    Erase(Erase),
    /// Take words out of a record for good, out of its history too
    Redact(Redact),
    /// Exchange with the team's server, now
    Sync,
    /// Show or choose when the window locks itself
    Lock(Lock),
    /// Take another passphrase for the same book
    #[command(subcommand)]
    Passphrase(Passphrase),
    /// Share a copy of chosen fields with another space
    #[command(subcommand)]
    Share(Share),
    /// Private working notes that never leave the device
    #[command(subcommand)]
    Scratch(Scratch),
    /// Tell where the device is in its life, and what is not sent
    Status,
    /// Check the database, its documents, and what lists and search make of them
    Verify,
    /// Bring what can be read of a damaged book over to a new one, in its place
    Repair,
    /// Take an action back; doing it twice brings the action back
    Undo(Undo),
}

/// Words of `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Your name, as colleagues know you
    #[arg(long, default_value = "")]
    pub(crate) name: String,
    /// Language of the screens and of the first list of themes
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub(crate) language: Language,
}

/// A language.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Language {
    /// Dutch
    Nl,
    /// English
    En,
}

/// Words of `enroll`.
#[derive(Debug, Args)]
pub(crate) struct Enroll {
    /// The text of the invitation
    #[arg(required_unless_present_any = ["go_on", "give_up"])]
    pub(crate) invitation: Option<String>,
    /// Your name, when the invitation does not say it
    #[arg(long, default_value = "")]
    pub(crate) name: String,
    /// Ask again whether this device may come in, after a manager compared the number
    #[arg(long, conflicts_with_all = ["invitation", "give_up"])]
    pub(crate) go_on: bool,
    /// Wait no longer to come in
    #[arg(long, conflicts_with = "invitation")]
    pub(crate) give_up: bool,
}

/// Words of `devices`.
#[derive(Debug, Subcommand)]
pub(crate) enum Devices {
    /// List them
    List,
    /// Give one of your own devices another name
    Rename {
        /// Its id, as `list` shows it
        id: String,
        /// The name from now on
        name: String,
    },
    /// Put a device out: at its next contact it destroys its book; there is no way back
    Revoke {
        /// Its id, as `list` shows it
        id: String,
        /// Say that it is meant; without it nothing happens
        #[arg(long)]
        yes_for_good: bool,
    },
}

/// Words of `invite`.
#[derive(Debug, Subcommand)]
pub(crate) enum Invite {
    /// Invite somebody new into spaces that you manage; shown once, works once, for 24 hours
    New {
        /// A space, by name or id; may be given several times
        #[arg(long, required = true, value_name = "NAME|ID")]
        space: Vec<String>,
        /// What they may do there, the same in each
        #[arg(long, value_enum, default_value_t = Role::Writer)]
        role: Role,
    },
    /// Invite another device of your own
    Own,
    /// List what nobody used yet
    List,
    /// Withdraw one
    Withdraw {
        /// Its id, as `list` shows it
        id: String,
    },
}

/// Words of `waiting`.
#[derive(Debug, Subcommand)]
pub(crate) enum Waiting {
    /// List the devices that wait, with their numbers
    List,
    /// Let a device in
    Confirm {
        /// Its id, as `list` shows it
        id: String,
        /// The number that the device itself shows, such as "482 913"
        phrase: String,
    },
    /// Turn a device away; its invitation opens nothing any more
    Refuse {
        /// Its id, as `list` shows it
        id: String,
    },
}

/// Words of `members`.
#[derive(Debug, Subcommand)]
pub(crate) enum Members {
    /// List the people of every space
    List,
    /// Give somebody a role in a space
    Put {
        /// The name or id of the space
        space: String,
        /// The name or id of the member
        member: String,
        /// What they may do there
        #[arg(value_enum)]
        role: Role,
    },
    /// Take a space away from somebody
    Remove {
        /// The name or id of the space
        space: String,
        /// The name or id of the member
        member: String,
    },
}

/// What somebody may do in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Read
    Reader,
    /// Read and write
    Writer,
    /// Read, write, invite, and decide who may do what
    Manager,
}

impl Role {
    /// The word of the API.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Writer => "writer",
            Self::Manager => "manager",
        }
    }
}

/// Words of `capture`.
#[derive(Debug, Args)]
pub(crate) struct Capture {
    /// What was heard or seen
    pub(crate) text: String,
    /// Which of the proposals to keep with the note
    #[arg(long, value_enum, default_value_t = Accept::None)]
    pub(crate) accept: Accept,
}

/// Which proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Accept {
    /// Contacts, signals, follow-ups and the rest
    All,
    /// Only the note, word for word
    None,
}

/// Words of `record`.
#[derive(Debug, Subcommand)]
pub(crate) enum Record {
    /// Make or edit a record from a JSON object on standard input, and print its id
    ///
    /// Only the fields given change; `null` empties a field.
    Put {
        /// Kind of record, such as contact, note, signal or follow_up
        kind: String,
        /// The record to edit, or the id that a new one gets
        #[arg(long)]
        id: Option<String>,
    },
    /// Show a record
    Get {
        /// Its id
        id: String,
    },
    /// List records in the order in which they came
    List {
        /// Only this kind
        kind: Option<String>,
        /// Records to skip
        #[arg(long, default_value_t = 0)]
        offset: u32,
        /// The most records to list [default: all]
        #[arg(long)]
        limit: Option<u32>,
        /// Also what was put out of sight
        #[arg(long)]
        archived: bool,
    },
    /// Tell who changed what, and when
    History {
        /// The id of the record
        id: String,
    },
}

/// Words of `import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A vCard (.vcf), CSV or JSON Lines (.jsonl) file
    pub(crate) file: PathBuf,
    /// Only say what is in it
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// What to do with contacts that are probably known
    #[arg(long, value_enum, default_value_t = Duplicates::Merge)]
    pub(crate) duplicates: Duplicates,
}

/// What to do with contacts that are probably known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Duplicates {
    /// Add what is new to the known contact; what it says already stays
    Merge,
    /// Make a second contact
    Add,
    /// Leave them out
    Skip,
}

/// Words of `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Which kind of file
    #[arg(long, value_enum)]
    pub(crate) format: Format,
    /// The file to write, or for automerge the folder; a file that is there is replaced
    #[arg(long, value_name = "FILE|DIR", required_if_eq("format", "automerge"))]
    pub(crate) out: Option<PathBuf>,
    /// Only this record
    #[arg(long)]
    pub(crate) id: Option<String>,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// All records, one JSON object a line
    Jsonl,
    /// Contacts, vCard 4.0
    Vcard,
    /// Open follow-ups, iCalendar
    Ics,
    /// The documents themselves with their history, one file each
    Automerge,
}

/// Words of `file`.
#[derive(Debug, Args)]
pub(crate) struct File {
    /// The id of the contact
    pub(crate) contact: String,
    /// Which kind of file
    #[arg(long, value_enum, default_value_t = FileFormat::Pdf)]
    pub(crate) format: FileFormat,
    /// The file to write; a file that is there is replaced
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// With the names of other residents, which are taken out otherwise
    #[arg(long)]
    pub(crate) with_names: bool,
}

/// A kind of file of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FileFormat {
    /// To read, print and hand over: tagged PDF (PDF/UA-1)
    Pdf,
    /// To take along to another program
    Json,
}

/// Words of `retention`.
#[derive(Debug, Subcommand)]
pub(crate) enum Retention {
    /// List what was kept long enough, with the reason
    Due,
    /// Erase records that are due, and what is only about them, for good
    CarryOut {
        /// Their ids
        #[arg(required = true)]
        ids: Vec<String>,
        /// Say that it is meant; without it nothing is erased
        #[arg(long)]
        yes_for_good: bool,
    },
    /// Set how long a kind of record is kept
    Set {
        /// contact, note, follow_up or signal
        kind: String,
        /// Months, 1 to 600; without it the kind is kept without an end
        months: Option<i32>,
        /// Why so long
        #[arg(long, default_value = "")]
        why: String,
    },
}

/// Words of `search`.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Words or their beginnings
    #[arg(required = true)]
    pub(crate) text: Vec<String>,
    /// Only this kind
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// The most hits per kind, up to 50
    #[arg(long, default_value_t = 10)]
    pub(crate) limit: u32,
}

/// Words of `today`.
#[derive(Debug, Args)]
pub(crate) struct Today {
    /// Of the whole team, not only mine
    #[arg(long)]
    pub(crate) all: bool,
}

/// Words of `conflicts`.
#[derive(Debug, Subcommand)]
pub(crate) enum Conflicts {
    /// Show fields that people wrote differently
    List,
    /// Settle one of them
    Resolve {
        /// The record
        id: String,
        /// The field, as `list` shows it
        field: String,
        /// The number of the value to keep, as `list` shows it, or `both`
        #[arg(long)]
        keep: Keep,
    },
}

/// Which value stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The value with this number, counted from 1.
    Value(u32),
    /// All of them.
    Both,
}

impl std::str::FromStr for Keep {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            _ if text == "both" => Ok(Self::Both),
            Ok(number) if number > 0 => Ok(Self::Value(number)),
            _ => Err("give a number from 1, or `both`"),
        }
    }
}

/// Words of `lock`.
#[derive(Debug, Args)]
pub(crate) struct Lock {
    /// Minutes without a touch or a key, from 1 to 120
    #[arg(long, value_name = "MINUTES")]
    pub(crate) after: Option<u32>,
}

/// Words of `passphrase`.
#[derive(Debug, Subcommand)]
pub(crate) enum Passphrase {
    /// Seal the same key under another passphrase; the database is not rewritten
    Change {
        /// File with the new passphrase on its first line; without it, a terminal is asked
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
}

/// Words of `share`.
#[derive(Debug, Subcommand)]
pub(crate) enum Share {
    /// Show what was shared of a record
    List {
        /// The record
        id: String,
    },
    /// Show exactly what would be seen in the other space; shares nothing
    Preview(ShareWhat),
    /// Share it
    Make(ShareWhat),
    /// Take a copy back
    Revoke {
        /// The share, as `list` shows it
        id: String,
    },
}

/// What to share, and where.
#[derive(Debug, Args)]
pub(crate) struct ShareWhat {
    /// The record: a contact, note or signal
    pub(crate) id: String,
    /// The name or id of the space
    #[arg(long)]
    pub(crate) to: String,
    /// A field to copy; may be given several times. The name, text or title always goes along
    #[arg(long)]
    pub(crate) field: Vec<String>,
    /// The last day on which the copy is there, YYYY-MM-DD
    #[arg(long)]
    pub(crate) until: Option<String>,
}

/// Words of `scratch`.
#[derive(Debug, Subcommand)]
pub(crate) enum Scratch {
    /// Show what is on it, with the day on which it goes
    List,
    /// Write something down
    Add {
        /// The words
        text: String,
    },
    /// Write something else in a note
    Edit {
        /// Its id
        id: String,
        /// The words
        text: String,
    },
    /// Make it an ordinary note, which is sent to the team
    Keep {
        /// Its id
        id: String,
    },
    /// Make an ordinary note private again, and erase it everywhere
    TakeBack {
        /// The id of the note
        id: String,
    },
    /// Throw it away
    Remove {
        /// Its id
        id: String,
    },
    /// Choose after how many days notes go by themselves
    Term {
        /// From 1 to 90
        days: u32,
    },
}

/// Words of `erase`.
#[derive(Debug, Subcommand)]
pub(crate) enum Erase {
    /// Show what would go with a record, and what names it
    Plan {
        /// Its id
        id: String,
    },
    /// Erase a record, here and everywhere; there is no way back
    Record(EraseRecord),
    /// Tell what was erased, and how far the devices are
    Status,
}

/// Words of `redact`.
#[derive(Debug, Args)]
pub(crate) struct Redact {
    /// The record
    pub(crate) id: String,
    /// The field, such as `text` or `ways/KEY/value`; without it the fields are listed
    #[arg(long, value_name = "PATH")]
    pub(crate) field: Option<String>,
    /// The words that go, wherever they stand in the field; without them all that stands there
    #[arg(long, requires = "field")]
    pub(crate) words: Option<String>,
    /// What stands there instead
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) instead: String,
    /// Out of its copies in other spaces, too
    #[arg(long)]
    pub(crate) copies: bool,
    /// Say that it is meant; without it only what would stay is shown
    #[arg(long)]
    pub(crate) yes_for_good: bool,
}

/// Words of `erase record`.
#[derive(Debug, Args)]
pub(crate) struct EraseRecord {
    /// Its id
    pub(crate) id: String,
    /// Also what is only about it, as `plan` shows it: for a contact all that is only about this person
    #[arg(long)]
    pub(crate) person: bool,
    /// Also this record
    #[arg(long, value_name = "ID")]
    pub(crate) also: Vec<String>,
    /// Also this record that names it
    #[arg(long, value_name = "ID")]
    pub(crate) mention: Vec<String>,
    /// Also this private note that names it, or `draft`
    #[arg(long, value_name = "ID")]
    pub(crate) private: Vec<String>,
    /// Take the name out of this record that names it, and leave the rest
    #[arg(long, value_name = "ID")]
    pub(crate) redact: Vec<String>,
    /// What stands in the place of the name
    #[arg(long, value_name = "WORDS", default_value = "iemand")]
    pub(crate) instead: String,
    /// Say that it is meant; without it nothing is erased
    #[arg(long)]
    pub(crate) yes_for_good: bool,
}

/// Words of `undo`.
#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// The action, as it was printed when it was done [default: the last one]
    pub(crate) action: Option<String>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{Cli, Keep};

    #[test]
    fn the_words_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_choice_is_a_number_from_one_or_both() {
        assert_eq!("2".parse(), Ok(Keep::Value(2)));
        assert_eq!("both".parse(), Ok(Keep::Both));
        assert!("0".parse::<Keep>().is_err());
        assert!("theirs".parse::<Keep>().is_err());
    }
}
