//! Words about the team: its devices, invitations, who waits to come in, and who may do what.

use super::api_type;
use super::device::Person;
use super::spaces::SpaceMark;

api_type! {
    /// A device of oneself, or for managers of the team.
    pub struct TeamDevice {
        /// Id.
        pub id: String,
        /// Whose it is.
        pub person: Person,
        /// What the person calls it.
        pub name: String,
        /// Its operating system.
        pub platform: String,
        /// The version of the app it spoke with last.
        pub app_version: String,
        /// It is this device.
        pub this: bool,
        /// When it joined, RFC 3339.
        pub enrolled_at: String,
        /// When it was last seen, RFC 3339.
        pub seen_at: Option<String>,
        /// When its oldest edit was made that stayed behind at its last exchange, RFC 3339.
        pub unsent_since: Option<String>,
        /// When it was put out, RFC 3339.
        pub revoked_at: Option<String>,
        /// When it said that its book is destroyed, RFC 3339.
        pub wiped_at: Option<String>,
        /// This person may put it out.
        pub may_revoke: bool,
    }

    /// Names a device.
    pub struct TeamDeviceId {
        /// Id.
        pub id: String,
    }

    /// Another name for one of one's own devices.
    pub struct DeviceRename {
        /// Id.
        pub id: String,
        /// The name from now on.
        pub name: String,
    }

    /// What somebody may do in a space.
    pub struct Grant {
        /// The space.
        pub space: SpaceMark,
        /// `reader`, `writer`, `manager`.
        pub role: String,
    }

    /// A role to give in a space.
    pub struct GrantAsk {
        /// Id of the space.
        pub space: String,
        /// `reader`, `writer`, `manager`.
        pub role: String,
    }

    /// An invitation to make.
    pub struct InvitationAsk {
        /// For somebody new: what they may do where. Empty: for another device of one's own.
        pub grants: Vec<GrantAsk>,
    }

    /// An invitation that was made. It is shown now and never again: nobody keeps its secret.
    pub struct InvitationMade {
        /// By this it is withdrawn.
        pub id: Option<String>,
        /// The link, which is also the text to join with.
        pub link: String,
        /// The same as a QR code: rows of `0` and `1`, without a margin.
        pub qr: Vec<String>,
        /// Until when it can be used, RFC 3339.
        pub expires_at: String,
        /// A manager has to look before the device gets in.
        pub second_look: bool,
    }

    /// An invitation that nobody used yet.
    pub struct OpenInvitation {
        /// By this it is withdrawn.
        pub id: String,
        /// What it gives.
        pub grants: Vec<Grant>,
        /// For another device of this person; none: for somebody new.
        pub person: Option<Person>,
        /// Who made it; none: the administrator of the server.
        pub made_by: Option<Person>,
        /// When, RFC 3339.
        pub made_at: String,
        /// Until when it can be used, RFC 3339.
        pub expires_at: String,
        /// A device showed it and waits for a second look.
        pub waiting: bool,
    }

    /// Names an invitation.
    pub struct InvitationId {
        /// Id.
        pub id: String,
    }

    /// A device that waits until a manager has looked.
    pub struct Enrolment {
        /// By this it is let in or turned away.
        pub id: String,
        /// What the device shows too, if it is the right one.
        pub phrase: String,
        /// The name the person gave.
        pub name: String,
        /// It is another device of somebody who is known already.
        pub known: bool,
        /// What the person calls the device.
        pub device_name: String,
        /// Its operating system.
        pub platform: String,
        /// What it will be allowed.
        pub grants: Vec<Grant>,
        /// When it first asked, RFC 3339.
        pub asked_at: String,
        /// Until when it can be let in, RFC 3339.
        pub expires_at: String,
        /// It was let in and has not come yet.
        pub confirmed: bool,
    }

    /// Lets a waiting device in.
    pub struct EnrolmentConfirm {
        /// Which.
        pub id: String,
        /// The phrase that was compared.
        pub phrase: String,
    }

    /// Names a waiting device.
    pub struct EnrolmentId {
        /// Id.
        pub id: String,
    }

    /// Who may do what in a space.
    pub struct SpaceMembers {
        /// The space.
        pub space: SpaceMark,
        /// What this person may do there.
        pub role: String,
        /// Everybody who may see it, by name.
        pub members: Vec<Member>,
        /// People of the other teams and organisations that one manages, who could be added; only told to managers.
        pub others: Vec<Person>,
    }

    /// Somebody in a space.
    pub struct Member {
        /// Who.
        pub person: Person,
        /// `reader`, `writer`, `manager`.
        pub role: String,
    }

    /// Gives somebody a role in a space.
    pub struct MemberPut {
        /// Id of the space.
        pub space: String,
        /// Id of the member.
        pub member: String,
        /// `reader`, `writer`, `manager`.
        pub role: String,
    }

    /// Takes a space away from somebody.
    pub struct MemberRemove {
        /// Id of the space.
        pub space: String,
        /// Id of the member.
        pub member: String,
    }

    /// This device waits until a manager has compared the phrase.
    pub struct Joining {
        /// What the manager sees too.
        pub phrase: String,
        /// Name of the server's machine, to show.
        pub server: String,
        /// Until when a manager can let it in, RFC 3339.
        pub expires_at: String,
        /// Why it will not come in any more: an error code.
        pub problem: Option<String>,
    }
}
