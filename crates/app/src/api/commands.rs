//! The table of commands: name, words in, words out, and the use case behind it. Both doors (window and browser) and
//! the TypeScript of the screens are made from it.

use serde_json::Value;
use ts_rs::{TS, TypeVisitor};

use super::typescript::{Declarations, config};
use super::*;
use crate::App;
use crate::error::Error;

/// Declares the commands.
macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident($args:ty) -> $reply:ty;)+) => {
        /// Carries out a command by name. Blocking: call it away from an async executor.
        ///
        /// # Errors
        /// `unknown_command`, `bad_arguments`, or the error of the use case.
        pub fn dispatch(app: &App, name: &str, args: Value) -> Result<Value, Error> {
            // A phone that slept wakes up here: what was open too long is closed before anything is answered.
            app.lock_when_away()?;
            match name {
                $(stringify!($name) => {
                    let args: $args = serde_json::from_value(args).map_err(Error::bad_arguments)?;
                    let reply: $reply = app.$name(args)?;
                    serde_json::to_value(reply).map_err(Error::bad_arguments)
                })+
                _ => Err(Error::unknown_command(name)),
            }
        }

        pub(super) fn describe(
            each: &mut dyn FnMut(&str, &str, String, String, &dyn Fn(&mut Declarations)),
        ) {
            let config = config();
            $(each(
                concat!($($doc),+),
                stringify!($name),
                <$args as TS>::name(&config),
                <$reply as TS>::name(&config),
                &|found| {
                    found.visit::<$args>();
                    found.visit::<$reply>();
                },
            );)+
        }
    };
}

commands! {
    /// Where the device is in its life; what a shell asks first.
    device_status(Nothing) -> DeviceStatus;
    /// Makes the database of a new device and opens it, alone on this device.
    device_init(DeviceInit) -> DeviceStatus;
    /// Opens the database.
    device_unlock(DeviceUnlock) -> DeviceStatus;
    /// Closes the database.
    device_lock(Nothing) -> DeviceStatus;
    /// Puts a new book with what can be read in the place of a damaged one.
    device_repair(DeviceUnlock) -> Repaired;
    /// Somebody touched the screen or a key.
    device_active(Nothing) -> Nothing;
    /// After a wipe: the person has read it, and this device may become a new one.
    device_renew(Nothing) -> DeviceStatus;
    /// When the app locks itself.
    lock_get(Nothing) -> LockSettings;
    /// Chooses when the app locks itself.
    lock_set(LockSettings) -> LockSettings;
    /// Takes another passphrase for the same book.
    passphrase_change(PassphraseChange) -> Nothing;
    /// Keeps a short passphrase; it is not asked for again.
    passphrase_keep(Nothing) -> DeviceStatus;
    /// Reads an invitation from text or from an image with a QR code.
    invitation_read(InvitationRead) -> InvitationView;
    /// Joins a team; what this device holds comes along. Some invitations need a manager's look first: then it waits.
    device_join(DeviceJoin) -> DeviceStatus;
    /// Asks now whether this device may come in.
    join_check(Nothing) -> DeviceStatus;
    /// Waits no longer to come in.
    join_cancel(Nothing) -> DeviceStatus;
    /// One's own devices, and for managers those of the team.
    team_devices(Nothing) -> Vec<TeamDevice>;
    /// Gives one of one's own devices another name.
    device_rename(DeviceRename) -> Vec<TeamDevice>;
    /// Puts a device out: at its next contact it destroys its book. There is no way back.
    device_revoke(TeamDeviceId) -> Vec<TeamDevice>;
    /// Makes an invitation.
    invitation_make(InvitationAsk) -> InvitationMade;
    /// The invitations that nobody used yet.
    invitation_list(Nothing) -> Vec<OpenInvitation>;
    /// Withdraws an invitation.
    invitation_withdraw(InvitationId) -> Vec<OpenInvitation>;
    /// The devices that wait until this person has looked.
    enrolment_list(Nothing) -> Vec<Enrolment>;
    /// Lets a waiting device in.
    enrolment_confirm(EnrolmentConfirm) -> Vec<Enrolment>;
    /// Turns a waiting device away.
    enrolment_refuse(EnrolmentId) -> Vec<Enrolment>;
    /// Who may do what, in every space of this person that others see too.
    member_list(Nothing) -> Vec<SpaceMembers>;
    /// Gives somebody a role in a space.
    member_put(MemberPut) -> Vec<SpaceMembers>;
    /// Takes a space away from somebody.
    member_remove(MemberRemove) -> Vec<SpaceMembers>;
    /// Changes how the screens look and speak.
    preferences_set(Preferences) -> Preferences;
    /// What was typed and not yet saved.
    draft_get(DraftOf) -> Draft;
    /// Keeps what was typed so far.
    draft_set(Draft) -> Nothing;
    /// What was typed in a form and not kept.
    unsaved_get(UnsavedForm) -> UnsavedText;
    /// Keeps what was typed in a form so far.
    unsaved_set(UnsavedText) -> Nothing;
    /// What a text may mean.
    capture_propose(CapturePropose) -> CaptureProposals;
    /// Keeps a note and what was accepted with it, and empties the draft.
    capture_save(CaptureSave) -> Saved;
    /// The scratchpad: private notes that never leave the device.
    scratch_list(Nothing) -> ScratchPad;
    /// Writes a private note.
    scratch_put(ScratchPut) -> ScratchNote;
    /// Throws a private note away.
    scratch_remove(ScratchId) -> ScratchNote;
    /// Makes a real note of a private one.
    scratch_keep(ScratchId) -> Saved;
    /// Makes a note private again, and erases it.
    scratch_take_back(RecordId) -> ScratchNote;
    /// Chooses after how many days private notes go by themselves.
    scratch_term(ScratchTerm) -> ScratchPad;
    /// Makes a record or edits fields of it.
    record_put(RecordPut) -> Saved;
    /// A record with all its fields.
    record_get(RecordId) -> RecordView;
    /// What a record is called, and nothing more of it.
    record_name(RecordId) -> RecordRef;
    /// Records of a kind.
    record_list(RecordList) -> RecordPage;
    /// The life of a record, oldest step first.
    record_history(RecordId) -> Vec<RecordVersion>;
    /// Takes a record out of sight.
    record_archive(RecordId) -> Saved;
    /// What is out of sight of a kind, the newest made first.
    archive_list(ArchiveQuery) -> RecordPage;
    /// What will be gone when a record is erased, and what names it elsewhere.
    erase_plan(RecordId) -> ErasePlan;
    /// Erases a record, and what goes with it. There is no way back.
    erase_apply(Erase) -> Erased;
    /// What stays and what goes when a person does not want to be recorded.
    refusal_plan(RecordId) -> RefusalPlan;
    /// Keeps what was going on without the person, and erases the person. There is no way back.
    refusal_apply(Refusal) -> RefusalDone;
    /// Which words can be taken out of a record, and where copies of it are.
    redact_plan(RecordId) -> RedactPlan;
    /// What stays of a record when words are taken out.
    redact_preview(RedactAsk) -> RedactPreview;
    /// Takes words out of a record for good. There is no way back.
    redact_apply(Redact) -> Redacted;
    /// Throws away edits that were kept aside because they hold words that were taken out.
    aside_forget(AsideIds) -> Nothing;
    /// What was erased, and how far it is.
    erasure_list(Nothing) -> ErasureList;
    /// The person has seen which unsent edits went with an erasure.
    erasure_seen(Nothing) -> Nothing;
    /// Takes an action back.
    action_undo(Undo) -> Saved;
    /// Finds contacts, notes, signals, places and more.
    search(Search) -> Vec<SearchHit>;
    /// The organisation's own lists, and the people.
    lists_get(Nothing) -> Lists;
    /// Adds the starter list of themes in the language of the screens.
    themes_start(Nothing) -> Saved;
    /// A window of the contact list.
    contact_list(ContactListQuery) -> ContactList;
    /// A contact's page.
    contact_get(RecordId) -> ContactView;
    /// More of a timeline.
    timeline_get(TimelineQuery) -> Timeline;
    /// An organisation's page.
    organisation_get(RecordId) -> OrganisationView;
    /// A group's page.
    group_get(RecordId) -> GroupView;
    /// A follow-up's page.
    follow_up_get(RecordId) -> FollowUpView;
    /// Late, today, this week, later, waiting.
    today_get(TodayQuery) -> Today;
    /// Ticks a follow-up off.
    follow_up_done(FollowUpDone) -> Saved;
    /// Moves a follow-up to another day.
    follow_up_move(FollowUpMove) -> Saved;
    /// Drops a follow-up with the reason.
    follow_up_drop(FollowUpDrop) -> Saved;
    /// A window of the signals.
    signal_list(SignalListQuery) -> SignalList;
    /// A signal's page.
    signal_get(RecordId) -> SignalView;
    /// Closes a signal.
    signal_close(SignalClose) -> Saved;
    /// What people disagree on, in all records.
    conflict_list(Nothing) -> Vec<ConflictView>;
    /// A person's choice.
    conflict_resolve(ConflictResolve) -> Saved;
    /// This person's own space; made when it is asked for the first time.
    space_personal(Nothing) -> DeviceStatus;
    /// Chooses the space for new records.
    space_default(SpaceId) -> DeviceStatus;
    /// What is on this device alone goes to a space.
    space_bring(SpaceId) -> DeviceStatus;
    /// The lost spaces in which something was not sent.
    departure_list(Nothing) -> Vec<Departure>;
    /// Writes what was not sent to a lost space to the downloads folder.
    departure_export(SpaceId) -> Exported;
    /// The rest of a lost space goes from this device.
    departure_finish(SpaceId) -> DeviceStatus;
    /// Writes everything that was not sent to the downloads folder.
    unsent_export(Nothing) -> Exported;
    /// Leaves the team on this device; its book here is destroyed.
    device_leave(DeviceLeave) -> DeviceStatus;
    /// What of a record can be shared, where to, and what was shared already.
    share_options(RecordId) -> ShareOptions;
    /// Exactly what will be seen in the other space.
    share_preview(ShareAsk) -> SharePreview;
    /// Makes a copy of chosen fields in another space.
    share_make(ShareAsk) -> Saved;
    /// Takes a copy back.
    share_revoke(ShareId) -> Saved;
    /// What the sync chip says.
    sync_status(Nothing) -> SyncStatus;
    /// What the sync page shows.
    sync_details(Nothing) -> SyncDetails;
    /// Exchanges now.
    sync_now(Nothing) -> Nothing;
    /// Where the programs of this device broke off.
    crash_list(Nothing) -> CrashList;
    /// Writes that to the downloads folder, to take it along.
    crash_export(Nothing) -> Exported;
    /// Throws it away.
    crash_forget(Nothing) -> CrashList;
    /// Reads a file and says what is in it; keeps nothing yet.
    import_read(ImportRead) -> ImportPreview;
    /// Keeps what was read.
    import_apply(ImportApply) -> Saved;
    /// Records what a person said about keeping their details, or why they may be kept.
    consent_record(ConsentRecord) -> Saved;
    /// Writes everything about one person to the downloads folder.
    person_file_write(PersonFileAsk) -> Exported;
    /// How long each kind of record is kept, and what is due.
    retention_get(RetentionAsk) -> RetentionView;
    /// Sets how long a kind of record is kept.
    retention_set(RetentionSet) -> Saved;
    /// A manager's yes: what is due goes for good.
    retention_carry_out(RetentionCarryOut) -> Erased;
    /// A manager's no: what is due is still needed.
    retention_keep(RetentionKeep) -> Saved;
    /// What was done with people's details, as far as this device knows.
    audit_list(AuditQuery) -> AuditList;
    /// Asks the server what others did with people's details.
    audit_hear(AuditOf) -> AuditHeard;
    /// Writes a file to the downloads folder.
    export_write(Export) -> Exported;
}

/// Declares what the app tells by itself.
macro_rules! events {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal($payload:ty);)+) => {
        /// What the app tells by itself.
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #[serde(tag = "name", content = "payload")]
        pub enum Event {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant($payload),)+
        }

        pub(super) fn describe_events(
            each: &mut dyn FnMut(&str, String, &dyn Fn(&mut Declarations)),
        ) {
            let config = config();
            $(each($name, <$payload as TS>::name(&config), &|found| found.visit::<$payload>());)+
        }
    };
}

events! {
    /// Records changed.
    Changed = "changed"(Changed);
    /// The sync chip says something else.
    SyncStatus = "sync_status"(SyncStatus);
    /// The device was opened, closed or put out.
    Device = "device"(DeviceStatus);
}

impl Event {
    /// For a listener that missed events: read everything again.
    #[must_use]
    pub fn everything_changed() -> Self {
        let kinds = domain::record::kinds()
            .iter()
            .map(|kind| kind.name.to_owned())
            .collect();
        Self::Changed(Changed {
            kinds,
            ids: Vec::new(),
            foreign: true,
        })
    }
}
