//! Words about erasing: what will be gone and where, what to do with mentions, and how far it is.

use super::api_type;
use super::records::{RecordRef, TextPart};
use super::spaces::SpaceMark;

api_type! {
    /// What will be gone, before a person says yes.
    pub struct ErasePlan {
        /// The record.
        pub record: RecordRef,
        /// Name of the space it lives in; empty while alone on this device.
        pub space: String,
        /// This person may erase it; otherwise a manager of the space may.
        pub may: bool,
        /// People besides this one who have the space on their devices.
        pub colleagues: u32,
        /// Records that are only about it, and go with it unless taken out of the list.
        pub only: Vec<ErasePart>,
        /// Other records that name it or point at it: keep, redact or erase, one by one.
        pub mentions: Vec<ErasePart>,
        /// What was shared of it, of what is only about it and of the mentions: a copy goes where its original goes, and
        /// the name goes out of it where it goes out of the original.
        pub copies: Vec<EraseCopy>,
        /// What was never kept as a record and names it: the draft, and private notes.
        pub private: Vec<PrivatePart>,
    }

    /// A copy in another space of something that goes.
    pub struct EraseCopy {
        /// The copy, when this device sees it.
        pub record: Option<RecordRef>,
        /// Id of what it is a copy of.
        pub of: String,
        /// Where it is; without a name when this device does not see that space any more.
        pub space: SpaceMark,
        /// This person may erase it, so it goes along; otherwise who shared it or a manager of that space may.
        pub may: bool,
        /// Who shared it.
        pub by: String,
    }

    /// Words of this device alone that name what is erased.
    pub struct PrivatePart {
        /// `draft`, `draft/` with the id of the record on whose page it is typed, or the id of a private note.
        pub id: String,
        /// The draft; otherwise a private note of the scratchpad.
        pub draft: bool,
        /// Pieces of its text in which what is erased is named.
        pub pieces: Vec<Vec<TextPart>>,
    }

    /// A record that has to do with what is erased.
    pub struct ErasePart {
        /// The record.
        pub record: RecordRef,
        /// When it belongs in a timeline, RFC 3339.
        pub at: String,
        /// Who made it.
        pub author: String,
        /// This person may erase or redact it; otherwise a manager of the space may.
        pub may: bool,
        /// It points at what is erased; that link goes whatever is chosen.
        pub linked: bool,
        /// Pieces of its text in which what is erased is named; none when it only points at it.
        pub pieces: Vec<Vec<TextPart>>,
    }

    /// Erases. There is no way back.
    pub struct Erase {
        /// The record.
        pub id: String,
        /// Which of [`ErasePlan::only`] go with it.
        pub also: Vec<String>,
        /// What becomes of the mentions; those left out stay as they are.
        pub mentions: Vec<MentionChoice>,
        /// Ids of [`ErasePlan::private`] that go, too.
        #[serde(default)]
        pub private: Vec<String>,
        /// What stands in the place of the name where a mention is redacted, such as "somebody".
        #[serde(default)]
        pub instead: String,
    }

    /// What becomes of a mention.
    pub struct MentionChoice {
        /// The record that names it.
        pub id: String,
        /// What to do.
        pub fate: MentionFate,
    }

    /// What to do with a mention.
    #[serde(rename_all = "snake_case")]
    pub enum MentionFate {
        /// It stays as it is.
        Keep,
        /// The name is taken out of it for good, the rest stays.
        Redact,
        /// The record goes, too.
        Erase,
    }

    /// What was erased, durable on this device when this is returned.
    pub struct Erased {
        /// Records that are gone.
        pub erased: u32,
        /// Records out of which the name was taken.
        pub redacted: u32,
        /// Records that pointed at them, and no longer do.
        pub unlinked: u32,
        /// Copies in other spaces that are gone with them.
        pub copies: u32,
        /// Copies that are still there, for others to erase.
        pub left: Vec<EraseCopy>,
    }

    /// What was erased, newest first.
    pub struct ErasureList {
        /// The newest 200.
        pub rows: Vec<ErasureView>,
        /// The server was asked how far the devices are; otherwise only this device's own knowledge is shown.
        pub asked: bool,
        /// Copies of what was erased that are still there in other spaces.
        pub left: Vec<EraseCopy>,
    }

    /// One erasure. No content: that is gone.
    pub struct ErasureView {
        /// The record that is gone.
        pub id: String,
        /// Its kind, when this device held it.
        pub kind: Option<String>,
        /// Only a part of it was erased.
        pub part: bool,
        /// Who.
        pub author: String,
        /// This person did it.
        pub mine: bool,
        /// When, RFC 3339.
        pub at: String,
        /// How far it is.
        pub state: ErasureState,
        /// Why the server refused it, as a code of the protocol.
        pub code: Option<String>,
        /// Devices that held it, when the server told.
        pub devices: Option<u32>,
        /// Of them: those that have erased it.
        pub done: Option<u32>,
        /// Of those that have not, the one away longest was last seen then, RFC 3339.
        pub last_seen: Option<String>,
        /// Those that have not, the one away longest first: told to managers of the space alone, at most fifty.
        pub waiting: Vec<ErasureDevice>,
        /// Unsent edits of this device that went with it.
        pub lost: u32,
    }

    /// A device that has not carried out an erasure.
    pub struct ErasureDevice {
        /// Its id, 16 hex digits.
        pub id: String,
        /// What its person calls it.
        pub name: String,
        /// Whose it is.
        pub person: String,
        /// When it was last seen, RFC 3339; none: never.
        pub seen: Option<String>,
    }

    /// How far an erasure is.
    #[serde(rename_all = "snake_case")]
    pub enum ErasureState {
        /// Gone on this device; the server hears of it at the next exchange.
        Waiting,
        /// The server has carried it out; devices follow.
        Carried,
        /// There is nowhere else to erase it: this device works alone.
        Here,
        /// The server refused: the record comes back.
        Refused,
    }
}
