// Generated from crates/app by `cargo xtask types`. Do not edit.

/**
 * A proposal that the broker kept, perhaps changed.
 */
export type Accepted = { 
/**
 * The proposal with the values to keep.
 */
proposal: Proposal, 
/**
 * For a contact: the known contact that is meant; none makes a new one.
 */
contact: string | null, 
/**
 * For an address: it takes the place of the one that is known.
 */
replaces?: boolean, };

/**
 * What is out of sight of a kind.
 */
export type ArchiveQuery = { 
/**
 * The kind, such as `contact`.
 */
kind: string, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows to return, at most 1,000.
 */
limit: number, };

/**
 * Edits that were kept aside.
 */
export type AsideIds = { 
/**
 * Their numbers in the list of refused changes.
 */
ids: Array<number>, };

/**
 * What the server told about what others did.
 */
export type AuditHeard = { 
/**
 * The spaces, by name, of which this person may read it; none while alone.
 */
spaces: Array<string>, 
/**
 * The server told it; otherwise only what was heard before is shown.
 */
reached: boolean, };

/**
 * What was done with people's details, newest first.
 */
export type AuditList = { 
/**
 * Rows in all.
 */
total: number, 
/**
 * This window.
 */
rows: Array<AuditView>, };

/**
 * Asks the server what others did.
 */
export type AuditOf = { 
/**
 * Only with this record.
 */
record: string | null, };

/**
 * Asks for what was done with people's details.
 */
export type AuditQuery = { 
/**
 * Only with this record.
 */
record: string | null, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows to return, at most 200.
 */
limit: number, };

/**
 * Something that was done.
 */
export type AuditView = { 
/**
 * Its id.
 */
id: string, 
/**
 * What, as a word: `opened`, `exported`, `shared`, `share_ended`, `erased`, `redacted`, `person_file`,
 * `consent`, `retention`, and words of the server.
 */
action: string, 
/**
 * The record, while it is here.
 */
record: RecordRef | null, 
/**
 * It was one record, which is here no more.
 */
gone: boolean, 
/**
 * Who; empty when it is not known here, or when it was the administrator of the server.
 */
person: string, 
/**
 * To whom it was done, for words of the server; empty when it is not known here.
 */
subject: string, 
/**
 * The role that was given.
 */
role: string | null, 
/**
 * The space, where there is more than one.
 */
space: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * When the server heard of it, RFC 3339, if that was days later.
 */
heard: string | null, };

/**
 * What a text may mean.
 */
export type CaptureProposals = { 
/**
 * Proposals in the order of the text.
 */
proposals: Array<Proposal>, 
/**
 * A citizen service number stands here: it cannot be saved.
 */
bsn: Span | null, };

/**
 * Asks what a text may mean.
 */
export type CapturePropose = { 
/**
 * The words so far.
 */
text: string, };

/**
 * Keeps a note, word for word, and what was accepted with it.
 */
export type CaptureSave = { 
/**
 * The words.
 */
text: string, 
/**
 * The kind of place.
 */
place: PlaceKind | null, 
/**
 * Accepted proposals.
 */
accepted: Array<Accepted>, 
/**
 * The record on whose page the note is written.
 */
about: string | null, 
/**
 * The space it goes to; none is the space for new records.
 */
space?: string, 
/**
 * These words stood in the capture field, or in that of the page: empty the draft in the same moment.
 */
from_draft: boolean, };

/**
 * Told by itself: these records changed, re-read what shows them.
 */
export type Changed = { 
/**
 * Kinds that changed.
 */
kinds: Array<string>, 
/**
 * Ids that changed; empty when more than 500 did.
 */
ids: Array<string>, 
/**
 * The change came from elsewhere.
 */
foreign: boolean, };

/**
 * A person's choice.
 */
export type ConflictResolve = { 
/**
 * The record.
 */
id: string, 
/**
 * The field.
 */
path: string, 
/**
 * Index into the values shown, or none to keep both.
 */
choice: number | null, 
/**
 * The values as they were shown, so that a choice never hides a value that arrived since.
 */
seen: unknown[], };

/**
 * One of the values.
 */
export type ConflictValueView = { 
/**
 * The value as JSON.
 */
value: unknown, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * It was written on this device or by this person.
 */
mine: boolean, 
/**
 * When, RFC 3339.
 */
at: string | null, };

/**
 * A field on which people disagree.
 */
export type ConflictView = { 
/**
 * The record.
 */
record: RecordRef, 
/**
 * Path of the field, such as `street` or `ways/k1/value`; the field's name is its first part or last.
 */
path: string, 
/**
 * The values; the last one is shown meanwhile.
 */
values: Array<ConflictValueView>, 
/**
 * "Keep both" can be offered.
 */
can_hold_both: boolean, };

/**
 * What the contact said about keeping their details.
 */
export type Consent = "not_asked" | "given" | "refused";

/**
 * Records what a person said about keeping their details, or why they may be kept.
 */
export type ConsentRecord = { 
/**
 * The contact.
 */
id: string, 
/**
 * What they said; none leaves it as it is.
 */
consent: Consent | null, 
/**
 * Why their details may be kept; none leaves it as it is. Consent that is given is a reason by itself.
 */
basis: LegalBasis | null, 
/**
 * On which day, `YYYY-MM-DD`; none is today.
 */
on: string | null, };

/**
 * A person the broker knows.
 */
export type Contact = { 
/**
 * The name as the person says it; a first name alone is fine.
 */
name: string, 
/**
 * Ways to reach them, by key.
 */
ways: { [key in string]: Way }, 
/**
 * Street, without the number.
 */
street: string, 
/**
 * House number with what belongs to it, such as "12 bis".
 */
house_number: string, 
/**
 * Postcode, "3531 HM".
 */
postcode: string, 
/**
 * Town.
 */
town: string, 
/**
 * The neighbourhood they live in.
 */
neighbourhood: Id | null, 
/**
 * What they are to the neighbourhood.
 */
roles: Array<ContactRole>, 
/**
 * Languages they speak.
 */
languages: Array<string>, 
/**
 * Talents and offers (*krachten*), by key.
 */
talents: { [key in string]: Talent }, 
/**
 * What they care about.
 */
cares_about: LongText, 
/**
 * How and where met.
 */
met: LongText, 
/**
 * What they said about keeping their details.
 */
consent: Consent | null, 
/**
 * When they said so.
 */
consent_on: string | null, 
/**
 * Who asked them.
 */
consent_by: MemberKey | null, 
/**
 * Why their details may be kept.
 */
basis: LegalBasis | null, 
/**
 * Since when that reason holds.
 */
basis_on: string | null, 
/**
 * Who recorded the reason.
 */
basis_by: MemberKey | null, 
/**
 * Vulnerable: extra care.
 */
attention: boolean, 
/**
 * The contact this one turned out to be.
 */
merged_into: Id | null, 
/**
 * Out of sight, kept.
 */
archived: boolean, };

/**
 * A window of the contact list.
 */
export type ContactList = { 
/**
 * Rows in all.
 */
total: number, 
/**
 * Where each letter starts; empty while filtering.
 */
letters: Array<LetterStart>, 
/**
 * The rows.
 */
rows: Array<ContactRow>, };

/**
 * Asks for a window of the contact list, A to Z.
 */
export type ContactListQuery = { 
/**
 * Only names (or streets) that match, as typed.
 */
text: string, 
/**
 * Only this street.
 */
street: string | null, 
/**
 * Only this role.
 */
role: ContactRole | null, 
/**
 * Only who offers something.
 */
offers: boolean, 
/**
 * Only who was not spoken to for this many days.
 */
quiet_days: number | null, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows to return, at most 200.
 */
limit: number, };

/**
 * What a contact is to the neighbourhood; one contact may have several.
 */
export type ContactRole = "resident" | "key_figure" | "volunteer" | "professional" | "official" | "politician" | "entrepreneur" | "other";

/**
 * A contact in a list.
 */
export type ContactRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Street and number.
 */
address: string, 
/**
 * Roles.
 */
roles: Array<ContactRole>, 
/**
 * Extra care.
 */
attention: boolean, 
/**
 * Day last spoken to, if ever.
 */
last_spoken: string | null, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * A contact's page.
 */
export type ContactView = { 
/**
 * Id.
 */
id: string, 
/**
 * The fields.
 */
contact: Contact, 
/**
 * Where it lives.
 */
space: string, 
/**
 * Day last spoken to, if ever.
 */
last_spoken: string | null, 
/**
 * What people disagree on.
 */
conflicts: Array<ConflictView>, 
/**
 * Links with other contacts, groups and organisations.
 */
relations: Array<RelationView>, 
/**
 * Groups and households.
 */
groups: Array<RecordRef>, 
/**
 * Promises open.
 */
open_follow_ups: Array<FollowUpRow>, 
/**
 * Notes, signals and follow-ups, newest first.
 */
timeline: Timeline, 
/**
 * Who made it.
 */
author: string, 
/**
 * When, RFC 3339.
 */
made_at: string, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * Where a copy comes from.
 */
export type CopyOf = { 
/**
 * The original, for whoever has it.
 */
original: RecordRef | null, 
/**
 * Who shared it.
 */
by: string, 
/**
 * The last day on which it is there.
 */
until: string | null, };

/**
 * The crashes of this device.
 */
export type CrashList = { 
/**
 * Newest first, at most 20, of the last 90 days.
 */
rows: Array<CrashView>, 
/**
 * The same as text, to take along on purpose; nothing else is in it.
 */
text: string, };

/**
 * What is kept of a crash, and nothing more: no words of anybody.
 */
export type CrashView = { 
/**
 * The day.
 */
day: string, 
/**
 * Which program.
 */
program: string, 
/**
 * Its version.
 */
version: string, 
/**
 * Operating system and processor.
 */
platform: string, 
/**
 * The place in the code.
 */
place: string, 
/**
 * A code of `docs/errors.md`.
 */
code: string, };

/**
 * A space that this device may not see any more, with what was never sent to it. It can be read and exported; the
 * rest of the space is gone from this device already.
 */
export type Departure = { 
/**
 * The space.
 */
space: SpaceMark, 
/**
 * What was not sent.
 */
records: Array<RecordRef>, };

/**
 * Makes the database of a new device.
 */
export type DeviceInit = { 
/**
 * Passphrase; beside a key store a PIN of six digits is enough (`pin_is_enough`).
 */
passphrase: string, 
/**
 * The person's name, as colleagues know them. May be empty.
 */
name: string, 
/**
 * `nl` or `en`; also the language of the starter list of themes.
 */
language: string, };

/**
 * Joins a team.
 */
export type DeviceJoin = { 
/**
 * The text of the invitation.
 */
invitation: string, 
/**
 * The person's name, when the invitation does not say it.
 */
name: string, };

/**
 * Leaves the team on this device: its book is destroyed here, what was sent stays with the team.
 */
export type DeviceLeave = { 
/**
 * Also when something was not sent, or the server cannot be told.
 */
sure: boolean, };

/**
 * Another name for one of one's own devices.
 */
export type DeviceRename = { 
/**
 * Id.
 */
id: string, 
/**
 * The name from now on.
 */
name: string, };

/**
 * What a shell asks first.
 */
export type DeviceStatus = { 
/**
 * Where the device is in its life.
 */
phase: Phase, 
/**
 * How the screens look and speak.
 */
preferences: Preferences, 
/**
 * Version of the app.
 */
app_version: string, 
/**
 * An invitation with which the app was opened (a link), not yet used.
 */
invitation: string | null, 
/**
 * The person using this device, once open.
 */
me: Person | null, 
/**
 * The spaces of this device, once open. Empty: alone on this device.
 */
spaces: Array<SpaceView>, 
/**
 * Records that are on this device alone while it is in a team: the person says where they go.
 */
kept_here?: number, 
/**
 * Seconds until the next try, after too many wrong ones.
 */
wait_seconds?: number, 
/**
 * What to say of a book that was destroyed here.
 */
wiped?: WipedNote, 
/**
 * The key store of the system guards the book as well, so that a PIN is enough. Otherwise a passphrase has at
 * least twelve characters and is more than a number.
 */
pin_is_enough: boolean, 
/**
 * The passphrase is shorter than that, from before: ask for a longer one, until it was chosen or the person
 * keeps it.
 */
ask_longer: boolean, 
/**
 * This device waits until a manager of the team has looked.
 */
joining?: Joining, };

/**
 * Opens the database.
 */
export type DeviceUnlock = { 
/**
 * Passphrase or PIN.
 */
passphrase: string, };

/**
 * What was typed and not yet saved.
 */
export type Draft = { 
/**
 * The words.
 */
text: string, 
/**
 * The place chosen, remembered from the last note.
 */
place: PlaceKind | null, 
/**
 * The space chosen for it; none is the space for new records.
 */
space?: string, 
/**
 * The record on whose page it is typed; none is the capture screen.
 */
about?: string, };

/**
 * Asks for what was typed and not yet saved.
 */
export type DraftOf = { 
/**
 * The record on whose page it is typed; none is the capture screen.
 */
about: string | null, };

/**
 * A record that was kept long enough.
 */
export type DueView = { 
/**
 * The record.
 */
record: RecordRef, 
/**
 * From when the term counts: `last_spoken`, `recorded`, `said` or `closed`.
 */
reason: string, 
/**
 * The day from which it counts, `YYYY-MM-DD`.
 */
since: string, 
/**
 * The day on which the term ended, `YYYY-MM-DD`.
 */
ended: string, 
/**
 * The term, in months.
 */
months: number, 
/**
 * Records that are only about it, and go with it.
 */
along: number, 
/**
 * What was shared of it and of those records.
 */
copies: Array<EraseCopy>, 
/**
 * This person may erase it.
 */
may: boolean, };

/**
 * A device that waits until a manager has looked.
 */
export type Enrolment = { 
/**
 * By this it is let in or turned away.
 */
id: string, 
/**
 * What the device shows too, if it is the right one.
 */
phrase: string, 
/**
 * The name the person gave.
 */
name: string, 
/**
 * It is another device of somebody who is known already.
 */
known: boolean, 
/**
 * What the person calls the device.
 */
device_name: string, 
/**
 * Its operating system.
 */
platform: string, 
/**
 * What it will be allowed.
 */
grants: Array<Grant>, 
/**
 * When it first asked, RFC 3339.
 */
asked_at: string, 
/**
 * Until when it can be let in, RFC 3339.
 */
expires_at: string, 
/**
 * It was let in and has not come yet.
 */
confirmed: boolean, };

/**
 * Lets a waiting device in.
 */
export type EnrolmentConfirm = { 
/**
 * Which.
 */
id: string, 
/**
 * The phrase that was compared.
 */
phrase: string, };

/**
 * Names a waiting device.
 */
export type EnrolmentId = { 
/**
 * Id.
 */
id: string, };

/**
 * Erases. There is no way back.
 */
export type Erase = { 
/**
 * The record.
 */
id: string, 
/**
 * Which of [`ErasePlan::only`] go with it.
 */
also: Array<string>, 
/**
 * What becomes of the mentions; those left out stay as they are.
 */
mentions: Array<MentionChoice>, 
/**
 * Ids of [`ErasePlan::private`] that go, too.
 */
private: Array<string>, 
/**
 * What stands in the place of the name where a mention is redacted, such as "somebody".
 */
instead: string, };

/**
 * A copy in another space of something that goes.
 */
export type EraseCopy = { 
/**
 * The copy, when this device sees it.
 */
record: RecordRef | null, 
/**
 * Id of what it is a copy of.
 */
of: string, 
/**
 * Where it is; without a name when this device does not see that space any more.
 */
space: SpaceMark, 
/**
 * This person may erase it, so it goes along; otherwise who shared it or a manager of that space may.
 */
may: boolean, 
/**
 * Who shared it.
 */
by: string, };

/**
 * A record that has to do with what is erased.
 */
export type ErasePart = { 
/**
 * The record.
 */
record: RecordRef, 
/**
 * When it belongs in a timeline, RFC 3339.
 */
at: string, 
/**
 * Who made it.
 */
author: string, 
/**
 * This person may erase or redact it; otherwise a manager of the space may.
 */
may: boolean, 
/**
 * It points at what is erased; that link goes whatever is chosen.
 */
linked: boolean, 
/**
 * Pieces of its text in which what is erased is named; none when it only points at it.
 */
pieces: Array<Array<TextPart>>, };

/**
 * What will be gone, before a person says yes.
 */
export type ErasePlan = { 
/**
 * The record.
 */
record: RecordRef, 
/**
 * Name of the space it lives in; empty while alone on this device.
 */
space: string, 
/**
 * This person may erase it; otherwise a manager of the space may.
 */
may: boolean, 
/**
 * People besides this one who have the space on their devices.
 */
colleagues: number, 
/**
 * Records that are only about it, and go with it unless taken out of the list.
 */
only: Array<ErasePart>, 
/**
 * Other records that name it or point at it: keep, redact or erase, one by one.
 */
mentions: Array<ErasePart>, 
/**
 * What was shared of it, of what is only about it and of the mentions: a copy goes where its original goes, and
 * the name goes out of it where it goes out of the original.
 */
copies: Array<EraseCopy>, 
/**
 * What was never kept as a record and names it: the draft, and private notes.
 */
private: Array<PrivatePart>, };

/**
 * What was erased, durable on this device when this is returned.
 */
export type Erased = { 
/**
 * Records that are gone.
 */
erased: number, 
/**
 * Records out of which the name was taken.
 */
redacted: number, 
/**
 * Records that pointed at them, and no longer do.
 */
unlinked: number, 
/**
 * Copies in other spaces that are gone with them.
 */
copies: number, 
/**
 * Copies that are still there, for others to erase.
 */
left: Array<EraseCopy>, };

/**
 * A device that has not carried out an erasure.
 */
export type ErasureDevice = { 
/**
 * Its id, 16 hex digits.
 */
id: string, 
/**
 * What its person calls it.
 */
name: string, 
/**
 * Whose it is.
 */
person: string, 
/**
 * When it was last seen, RFC 3339; none: never.
 */
seen: string | null, };

/**
 * What was erased, newest first.
 */
export type ErasureList = { 
/**
 * The newest 200.
 */
rows: Array<ErasureView>, 
/**
 * The server was asked how far the devices are; otherwise only this device's own knowledge is shown.
 */
asked: boolean, 
/**
 * Copies of what was erased that are still there in other spaces.
 */
left: Array<EraseCopy>, };

/**
 * How far an erasure is.
 */
export type ErasureState = "waiting" | "carried" | "here" | "refused";

/**
 * One erasure. No content: that is gone.
 */
export type ErasureView = { 
/**
 * The record that is gone.
 */
id: string, 
/**
 * Its kind, when this device held it.
 */
kind: string | null, 
/**
 * Only a part of it was erased.
 */
part: boolean, 
/**
 * Who.
 */
author: string, 
/**
 * This person did it.
 */
mine: boolean, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * How far it is.
 */
state: ErasureState, 
/**
 * Why the server refused it, as a code of the protocol.
 */
code: string | null, 
/**
 * Devices that held it, when the server told.
 */
devices: number | null, 
/**
 * Of them: those that have erased it.
 */
done: number | null, 
/**
 * Of those that have not, the one away longest was last seen then, RFC 3339.
 */
last_seen: string | null, 
/**
 * Those that have not, the one away longest first: told to managers of the space alone, at most fifty.
 */
waiting: Array<ErasureDevice>, 
/**
 * Unsent edits of this device that went with it.
 */
lost: number, };

/**
 * Asks for a file.
 */
export type Export = { 
/**
 * `vcard`, `ics`, `jsonl` or `refused`.
 */
format: string, 
/**
 * Only this record.
 */
id: string | null, 
/**
 * Follow-ups of everybody, not only mine.
 */
everyone?: boolean, };

/**
 * A file that was written.
 */
export type Exported = { 
/**
 * Where it stands.
 */
path: string, 
/**
 * Records in it.
 */
records: number, 
/**
 * Records that are not in it because they are out of sight.
 */
archived: number, };

/**
 * A field of a record.
 */
export type FieldRef = { 
/**
 * The record.
 */
record: RecordRef, 
/**
 * Path of the field, such as `street` or `ways/k1/value`.
 */
path: string, };

/**
 * A promise with a date.
 */
export type FollowUp = { 
/**
 * What was promised.
 */
what: string, 
/**
 * The day it is due.
 */
due: string | null, 
/**
 * The time on that day, `HH:MM`, if there is one.
 */
time: string, 
/**
 * Who does it.
 */
owner: MemberKey | null, 
/**
 * Whom we wait for, when the next move is somebody else's.
 */
waiting_for: string, 
/**
 * For whom and about what: contacts, groups, organisations.
 */
about: Array<Id>, 
/**
 * The note it was promised in.
 */
note: Id | null, 
/**
 * The signal it belongs to.
 */
signal: Id | null, 
/**
 * Open, done or dropped.
 */
state: FollowUpState | null, 
/**
 * What came of it.
 */
outcome: LongText, 
/**
 * Why it was dropped.
 */
reason: string, 
/**
 * When it was done or dropped.
 */
closed_at: string | null, 
/**
 * Out of sight, kept.
 */
archived: boolean, };

/**
 * Ticks a follow-up off.
 */
export type FollowUpDone = { 
/**
 * The follow-up.
 */
id: string, 
/**
 * What came of it; may be empty.
 */
outcome: string, };

/**
 * Drops a follow-up.
 */
export type FollowUpDrop = { 
/**
 * The follow-up.
 */
id: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Moves a follow-up.
 */
export type FollowUpMove = { 
/**
 * The follow-up.
 */
id: string, 
/**
 * The new day, `YYYY-MM-DD`.
 */
due: string, };

/**
 * A follow-up in a list.
 */
export type FollowUpRow = { 
/**
 * Id.
 */
id: string, 
/**
 * What was promised.
 */
what: string, 
/**
 * The day it is due.
 */
due: string, 
/**
 * The time, `HH:MM`, or empty.
 */
time: string, 
/**
 * For whom: contacts with their street.
 */
about: Array<RecordRef>, 
/**
 * Where: street of the first contact, or empty.
 */
street: string, 
/**
 * Whom we wait for, or empty.
 */
waiting_for: string, 
/**
 * Who does it.
 */
owner: string, 
/**
 * The day it was promised.
 */
since: string, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * Where a follow-up stands.
 */
export type FollowUpState = "open" | "done" | "dropped";

/**
 * A follow-up with its page.
 */
export type FollowUpView = { 
/**
 * Id.
 */
id: string, 
/**
 * The fields.
 */
follow_up: FollowUp, 
/**
 * For whom and about what.
 */
about: Array<RecordRef>, 
/**
 * The signal it belongs to.
 */
signal: RecordRef | null, 
/**
 * The words of the note it was promised in.
 */
note: RecordRef | null, 
/**
 * Who does it.
 */
owner: string, 
/**
 * What people disagree on.
 */
conflicts: Array<ConflictView>, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * What somebody may do in a space.
 */
export type Grant = { 
/**
 * The space.
 */
space: SpaceMark, 
/**
 * `reader`, `writer`, `manager`.
 */
role: string, };

/**
 * A role to give in a space.
 */
export type GrantAsk = { 
/**
 * Id of the space.
 */
space: string, 
/**
 * `reader`, `writer`, `manager`.
 */
role: string, };

/**
 * Several contacts together.
 */
export type Group = { 
/**
 * What people call it.
 */
name: string, 
/**
 * Household, porch or another group.
 */
group_kind: GroupKind | null, 
/**
 * The contacts in it.
 */
members: Array<Id>, 
/**
 * Street, without the number.
 */
street: string, 
/**
 * House number.
 */
house_number: string, 
/**
 * What it is about.
 */
about: LongText, 
/**
 * Out of sight, kept.
 */
archived: boolean, };

/**
 * What holds several contacts together.
 */
export type GroupKind = "household" | "porch" | "group";

/**
 * A group with its page.
 */
export type GroupView = { 
/**
 * Id.
 */
id: string, 
/**
 * The fields.
 */
group: Group, 
/**
 * The contacts in it.
 */
members: Array<RecordRef>, 
/**
 * Links.
 */
relations: Array<RelationView>, 
/**
 * What happened.
 */
timeline: Timeline, 
/**
 * What people disagree on.
 */
conflicts: Array<ConflictView>, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * A record: one Automerge document. UUIDv7 (RFC 9562), made where the record is made.
 */
export type Id = string;

/**
 * Carries an import out, in one action that can be undone.
 */
export type ImportApply = { 
/**
 * From [`ImportPreview::import`].
 */
import: string, 
/**
 * Rows to leave out.
 */
skip: Array<number>, 
/**
 * Rows to add to the record they probably are, instead of making a new one.
 */
merge: Array<number>, 
/**
 * Rows to make new although they are probably known.
 */
new?: Array<number>, 
/**
 * What becomes of the rows that are probably known and stand in no list above, also beyond those shown; none
 * makes them new.
 */
known?: RowFate, 
/**
 * The space that new records go to; none is the space for new records.
 */
space?: string, };

/**
 * What a file holds. Nothing is kept yet.
 */
export type ImportPreview = { 
/**
 * To carry it out.
 */
import: string, 
/**
 * `vcard`, `csv` or `jsonl`.
 */
format: string, 
/**
 * Rows that can be read, at most 1,000 shown.
 */
rows: Array<ImportRow>, 
/**
 * Readable rows in all.
 */
readable: number, 
/**
 * Of these, not known yet.
 */
new: number, 
/**
 * Of these, probably known already.
 */
duplicates: number, 
/**
 * Rows that cannot be read.
 */
unreadable: Array<UnreadableRow>, };

/**
 * A file to look at before anything is kept.
 */
export type ImportRead = { 
/**
 * Name of the file.
 */
file_name: string, 
/**
 * Its bytes, base64.
 */
content: string, };

/**
 * A row that can be read.
 */
export type ImportRow = { 
/**
 * Number of the row, from 0.
 */
row: number, 
/**
 * Line in the file, from 1.
 */
line: number, 
/**
 * Name.
 */
title: string, 
/**
 * Address, phone and the like.
 */
detail: string, 
/**
 * The record it is: by its id, or probably, by what it says.
 */
duplicate: RecordRef | null, 
/**
 * Values that were left out and why, in codes such as `bsn:note`.
 */
left_out: Array<string>, };

/**
 * An invitation to make.
 */
export type InvitationAsk = { 
/**
 * For somebody new: what they may do where. Empty: for another device of one's own.
 */
grants: Array<GrantAsk>, };

/**
 * Names an invitation.
 */
export type InvitationId = { 
/**
 * Id.
 */
id: string, };

/**
 * An invitation that was made. It is shown now and never again: nobody keeps its secret.
 */
export type InvitationMade = { 
/**
 * By this it is withdrawn.
 */
id: string | null, 
/**
 * The link, which is also the text to join with.
 */
link: string, 
/**
 * The same as a QR code: rows of `0` and `1`, without a margin.
 */
qr: Array<string>, 
/**
 * Until when it can be used, RFC 3339.
 */
expires_at: string, 
/**
 * A manager has to look before the device gets in.
 */
second_look: boolean, };

/**
 * An invitation to read: pasted text, or an image file with a QR code.
 */
export type InvitationRead = { 
/**
 * Text that was pasted or opened.
 */
text: string | null, 
/**
 * A PNG or JPEG file, base64.
 */
image: string | null, };

/**
 * An invitation that could be read.
 */
export type InvitationView = { 
/**
 * The text to join with.
 */
invitation: string, 
/**
 * Name of the server's machine, to show.
 */
server: string, };

/**
 * This device waits until a manager has compared the phrase.
 */
export type Joining = { 
/**
 * What the manager sees too.
 */
phrase: string, 
/**
 * Name of the server's machine, to show.
 */
server: string, 
/**
 * Until when a manager can let it in, RFC 3339.
 */
expires_at: string, 
/**
 * Why it will not come in any more: an error code.
 */
problem: string | null, };

/**
 * Something that is kept longer than its term.
 */
export type KeptView = { 
/**
 * The decision.
 */
id: string, 
/**
 * The record.
 */
record: RecordRef, 
/**
 * The last day of it, `YYYY-MM-DD`.
 */
until: string, 
/**
 * Why.
 */
why: string, 
/**
 * Who decided so.
 */
by: string, };

/**
 * A contact that the organisation already knows.
 */
export type KnownContact = { 
/**
 * Record id.
 */
id: string, 
/**
 * Name as kept.
 */
name: string, 
/**
 * Street, to tell two people of one name apart.
 */
street: string | null, 
/**
 * House number, as kept.
 */
house_number: string | null, };

/**
 * Something that was accepted and stands in the note alone.
 */
export type LeftOut = { 
/**
 * What was accepted.
 */
proposal: Proposal, 
/**
 * Why it is in no other record.
 */
why: LeftOutWhy, };

/**
 * Why something stands in the note alone.
 */
export type LeftOutWhy = "nobody" | "has_address" | "other_space";

/**
 * Why details of a person may be kept (GDPR, article 6, paragraph 1).
 */
export type LegalBasis = "consent" | "vital_interest" | "public_task" | "legitimate_interest";

/**
 * Where a letter starts in the list.
 */
export type LetterStart = { 
/**
 * The letter, or `#`.
 */
letter: string, 
/**
 * Its first row.
 */
offset: number, };

/**
 * The organisation's own lists, and the people.
 */
export type Lists = { 
/**
 * Themes by name.
 */
themes: Array<ThemeView>, 
/**
 * Neighbourhoods by name.
 */
neighbourhoods: Array<RecordRef>, 
/**
 * People of the spaces of this device.
 */
people: Array<Person>, 
/**
 * Streets of the contacts, for filters, most used first (at most 200).
 */
streets: Array<string>, };

/**
 * When the app locks itself.
 */
export type LockSettings = { 
/**
 * After so many minutes without a touch or a key.
 */
minutes: number, };

/**
 * Running text that merges as text.
 */
export type LongText = string;

/**
 * The small print of a record: every list row and page carries it.
 */
export type Mark = { 
/**
 * Holds changes that no server has confirmed.
 */
unsent: boolean, 
/**
 * People disagree on a field.
 */
conflict: boolean, 
/**
 * The server refused a change of it.
 */
refused: boolean, 
/**
 * Where it lives; told only when this device takes part in more than one space.
 */
space?: SpaceMark, 
/**
 * This person may only read it.
 */
read_only?: boolean, };

/**
 * Somebody in a space.
 */
export type Member = { 
/**
 * Who.
 */
person: Person, 
/**
 * `reader`, `writer`, `manager`.
 */
role: string, };

/**
 * A person who uses the app, as the spaces know them.
 */
export type MemberKey = string;

/**
 * Gives somebody a role in a space.
 */
export type MemberPut = { 
/**
 * Id of the space.
 */
space: string, 
/**
 * Id of the member.
 */
member: string, 
/**
 * `reader`, `writer`, `manager`.
 */
role: string, };

/**
 * Takes a space away from somebody.
 */
export type MemberRemove = { 
/**
 * Id of the space.
 */
space: string, 
/**
 * Id of the member.
 */
member: string, };

/**
 * What becomes of a mention.
 */
export type MentionChoice = { 
/**
 * The record that names it.
 */
id: string, 
/**
 * What to do.
 */
fate: MentionFate, };

/**
 * What to do with a mention.
 */
export type MentionFate = "keep" | "redact" | "erase";

/**
 * Nothing more to say.
 */
export type Nothing = Record<symbol, never>;

/**
 * An invitation that nobody used yet.
 */
export type OpenInvitation = { 
/**
 * By this it is withdrawn.
 */
id: string, 
/**
 * What it gives.
 */
grants: Array<Grant>, 
/**
 * For another device of this person; none: for somebody new.
 */
person: Person | null, 
/**
 * Who made it; none: the administrator of the server.
 */
made_by: Person | null, 
/**
 * When, RFC 3339.
 */
made_at: string, 
/**
 * Until when it can be used, RFC 3339.
 */
expires_at: string, 
/**
 * A device showed it and waits for a second look.
 */
waiting: boolean, };

/**
 * An institution or association.
 */
export type Organisation = { 
/**
 * Its name.
 */
name: string, 
/**
 * What kind of organisation, in the team's own words.
 */
sort: string, 
/**
 * Ways to reach it, by key.
 */
ways: { [key in string]: Way }, 
/**
 * Street, without the number.
 */
street: string, 
/**
 * House number.
 */
house_number: string, 
/**
 * Postcode.
 */
postcode: string, 
/**
 * Town.
 */
town: string, 
/**
 * What it does.
 */
about: LongText, 
/**
 * Out of sight, kept.
 */
archived: boolean, };

/**
 * An organisation or a group with its page.
 */
export type OrganisationView = { 
/**
 * Id.
 */
id: string, 
/**
 * The fields.
 */
organisation: Organisation, 
/**
 * Links with contacts.
 */
relations: Array<RelationView>, 
/**
 * What happened.
 */
timeline: Timeline, 
/**
 * What people disagree on.
 */
conflicts: Array<ConflictView>, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * Another passphrase for the same book.
 */
export type PassphraseChange = { 
/**
 * The passphrase until now.
 */
old: string, 
/**
 * The passphrase from now on; beside a key store a PIN is enough (`pin_is_enough`).
 */
new: string, };

/**
 * A person who uses the app.
 */
export type Person = { 
/**
 * Member id.
 */
member: string, 
/**
 * Name.
 */
name: string, 
/**
 * This is the person on this device.
 */
me: boolean, };

/**
 * Asks for everything about one person.
 */
export type PersonFileAsk = { 
/**
 * The contact.
 */
id: string, 
/**
 * `pdf` or `json`.
 */
format: string, 
/**
 * With the names of other residents in it.
 */
with_names: boolean, };

/**
 * Where the device is in its life.
 */
export type Phase = "new" | "locked" | "open" | "wiped";

/**
 * The kind of place where something was said or seen.
 */
export type PlaceKind = "street" | "park" | "shop" | "school_gate" | "street_activity" | "community_centre" | "service_centre" | "home_visit" | "phone" | "online" | "other";

/**
 * How the screens look and speak; kept outside the database, so that the lock screen can follow it.
 */
export type Preferences = { 
/**
 * `nl` or `en`.
 */
language: string, 
/**
 * `auto`, `light`, `dark` or `contrast`.
 */
theme: string, 
/**
 * Size of text in per cent, 100 to 200.
 */
text_size: number, };

/**
 * Words of this device alone that name what is erased.
 */
export type PrivatePart = { 
/**
 * `draft`, `draft/` with the id of the record on whose page it is typed, or the id of a private note.
 */
id: string, 
/**
 * The draft; otherwise a private note of the scratchpad.
 */
draft: boolean, 
/**
 * Pieces of its text in which what is erased is named.
 */
pieces: Array<Array<TextPart>>, };

/**
 * How far.
 */
export type Progress = { 
/**
 * Done.
 */
done: number, 
/**
 * In all.
 */
total: number, };

/**
 * One thing that a typed line may mean.
 */
export type Proposal = { "type": "contact", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * The name, without "mevrouw" and the like when a given name is known.
 */
name: string, 
/**
 * Known contacts who may be meant, the likeliest first; none means a new contact.
 */
candidates: Array<KnownContact>, 
/**
 * There is nothing to choose: nobody else is known by this name, or the text says which of them it is.
 */
sure: boolean, 
/**
 * They are only mentioned, as far as the words tell: "over Kees", "ruzie met Kees".
 */
spoken_of: boolean, } | { "type": "address", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * Street name.
 */
street: string | null, 
/**
 * House number with its addition, as typed: "6a", "12 bis", "12-2".
 */
number: string | null, 
/**
 * Postcode as "3531 HM".
 */
postcode: string | null, 
/**
 * Town.
 */
town: string | null, 
/**
 * Somebody lives there, as far as the words tell; otherwise it is where something is going on.
 */
home: boolean, 
/**
 * Who lives there, as the spans of their proposals.
 */
of: Array<Span>, } | { "type": "phone", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * E.164, such as +31612345678.
 */
number: string, 
/**
 * As typed.
 */
shown: string, 
/**
 * Whose it is, as the span of their proposal.
 */
of: Array<Span>, } | { "type": "email", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * The address, with its domain in lower case.
 */
address: string, 
/**
 * Whose it is, as the span of their proposal.
 */
of: Array<Span>, } | { "type": "place", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * The kind of place.
 */
place: PlaceKind, } | { "type": "signal", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * What kind of issue.
 */
kind: SignalKind, 
/**
 * Id of the organisation's theme, if a word points at one.
 */
theme: string | null, 
/**
 * A short title: the words themselves.
 */
title: string, 
/**
 * Who told it, as the spans of their proposals; who is only spoken of did not.
 */
of: Array<Span>, } | { "type": "offer", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * The words themselves.
 */
text: string, 
/**
 * Who offers it, as the spans of their proposals.
 */
of: Array<Span>, } | { "type": "follow_up", 
/**
 * Where it stands.
 */
span: Span, 
/**
 * What to do: the words themselves without the date.
 */
what: string, 
/**
 * The day, in local time.
 */
due: string, 
/**
 * The time of day, if one was named.
 */
time: string | null, 
/**
 * For whom it is, as the spans of their proposals.
 */
of: Array<Span>, };

/**
 * Names a record.
 */
export type RecordId = { 
/**
 * Id.
 */
id: string, };

/**
 * Asks for records of a kind, oldest first.
 */
export type RecordList = { 
/**
 * The kind; none lists all kinds.
 */
kind: string | null, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows to return, at most 1,000.
 */
limit: number, 
/**
 * Also those out of sight.
 */
archived: boolean, };

/**
 * A page of records.
 */
export type RecordPage = { 
/**
 * Rows in all.
 */
total: number, 
/**
 * This page.
 */
rows: Array<RecordView>, };

/**
 * Makes a record, or edits the fields given (JSON Merge Patch: `null` empties a field).
 */
export type RecordPut = { 
/**
 * The kind, such as `contact`.
 */
kind: string, 
/**
 * The record to edit; none makes a new one. A new record may bring its own id (UUID).
 */
id: string | null, 
/**
 * Field values by name.
 */
fields: Record<string, unknown>, 
/**
 * What the person saw in these fields when they began. What was written since stays: text and sets take both
 * edits, of a single value both stand side by side until a person chooses.
 */
seen?: Record<string, unknown>, };

/**
 * A record by name.
 */
export type RecordRef = { 
/**
 * Id.
 */
id: string, 
/**
 * Kind.
 */
kind: string, 
/**
 * The line by which people recognise it.
 */
title: string, };

/**
 * One step in the life of a record.
 */
export type RecordVersion = { 
/**
 * Who.
 */
author: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * The fields that changed in this step, with their new values (`null`: emptied).
 */
changed: Record<string, unknown>, };

/**
 * A record with all its fields.
 */
export type RecordView = { 
/**
 * Id.
 */
id: string, 
/**
 * Kind.
 */
kind: string, 
/**
 * The line by which people recognise it.
 */
title: string, 
/**
 * Where it lives.
 */
space: string, 
/**
 * Field values by name.
 */
fields: Record<string, unknown>, 
/**
 * State of sending and disagreement.
 */
mark: Mark, 
/**
 * Who made it.
 */
author: string, 
/**
 * When, RFC 3339.
 */
made_at: string, };

/**
 * Takes words out for good.
 */
export type Redact = { 
/**
 * The record.
 */
id: string, 
/**
 * What is to be taken out.
 */
takes: Array<RedactWords>, 
/**
 * Copies out of which the same is taken, see [`RedactPlan::copies`].
 */
copies: Array<string>, };

/**
 * Asks what stays.
 */
export type RedactAsk = { 
/**
 * The record.
 */
id: string, 
/**
 * What is to be taken out.
 */
takes: Array<RedactWords>, };

/**
 * A copy of a record, on purpose, in another space.
 */
export type RedactCopy = { 
/**
 * The copy.
 */
record: RecordRef, 
/**
 * Name of the space it lives in.
 */
space: string, 
/**
 * This person may take words out of it, too.
 */
may: boolean, 
/**
 * It is what the record was copied from.
 */
original: boolean, 
/**
 * What it says.
 */
texts: Array<RedactText>, };

/**
 * Which words can be taken out of a record.
 */
export type RedactPlan = { 
/**
 * The record.
 */
record: RecordRef, 
/**
 * Name of the space it lives in; empty while alone on this device.
 */
space: string, 
/**
 * This person may; otherwise a manager of the space may.
 */
may: boolean, 
/**
 * People besides this one who have the space on their devices.
 */
colleagues: number, 
/**
 * What it says, field by field.
 */
texts: Array<RedactText>, 
/**
 * Copies of it in other spaces, and what it is a copy of.
 */
copies: Array<RedactCopy>, };

/**
 * What stays.
 */
export type RedactPreview = { 
/**
 * What the record will say.
 */
texts: Array<RedactText>, 
/**
 * The words stand in it; otherwise only in what it said before, or nowhere.
 */
now: boolean, 
/**
 * The words stand in it or in what it said before.
 */
ever: boolean, };

/**
 * What a field says.
 */
export type RedactText = { 
/**
 * Where it stands, such as `text` or `ways/k1/value`.
 */
path: string, 
/**
 * The name of the field.
 */
field: string, 
/**
 * The words.
 */
value: string, };

/**
 * What is to be taken out.
 */
export type RedactWords = { 
/**
 * Where it stands.
 */
path: string, 
/**
 * The words, wherever they stand in that field; none: all that stands there.
 */
words: string | null, 
/**
 * What stands there instead; may be empty.
 */
instead: string, };

/**
 * What was taken out; out of sight on this device when this is returned.
 */
export type Redacted = { 
/**
 * Records out of which words were taken.
 */
redacted: number, 
/**
 * It goes from every file once the server was asked; otherwise it has gone.
 */
waiting: boolean, };

/**
 * Carries a refusal out. There is no way back.
 */
export type Refusal = { 
/**
 * What goes.
 */
erase: Erase, 
/**
 * What stays.
 */
remains: Array<Remains>, };

/**
 * What came of it, durable on this device when this is returned.
 */
export type RefusalDone = { 
/**
 * Records that are gone.
 */
erased: number, 
/**
 * Anonymous notes that stay.
 */
remains: number, 
/**
 * Copies in other spaces that are still there, for others to erase.
 */
left: Array<EraseCopy>, };

/**
 * What stays and what goes when a person does not want to be recorded.
 */
export type RefusalPlan = { 
/**
 * What goes: the contact and what is only about them, and what else names them.
 */
erase: ErasePlan, 
/**
 * What stays: what is going on, without the person.
 */
remains: Array<Remains>, 
/**
 * Their details may be kept for another reason than consent.
 */
other_basis: LegalBasis | null, };

/**
 * Something that was refused and is kept aside.
 */
export type RefusedChange = { 
/**
 * Number, for export.
 */
id: number, 
/**
 * The record, when it is known.
 */
record: RecordRef | null, 
/**
 * Why, as a code of the protocol.
 */
code: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Made on this device; otherwise received.
 */
mine: boolean, 
/**
 * What was written, when words were taken out of the record meanwhile: the edit is kept aside in these words
 * only. Empty otherwise.
 */
said: Array<RedactText>, };

/**
 * How two contacts, groups or organisations are linked, read from the first to the second.
 */
export type RelationKind = "parent_of" | "partner_of" | "family_of" | "neighbour_of" | "knows" | "member_of" | "works_at" | "volunteers_at" | "chairs" | "helps";

/**
 * A relation, seen from the contact whose page it is on.
 */
export type RelationView = { 
/**
 * The relation.
 */
id: string, 
/**
 * How they are linked, read from the first to the second.
 */
kind: RelationKind, 
/**
 * The contact on this page is the first.
 */
outgoing: boolean, 
/**
 * The other end.
 */
other: RecordRef, 
/**
 * A few words.
 */
remark: string, };

/**
 * A note without the person.
 */
export type Remains = { 
/**
 * The note it is made of, which goes.
 */
id: string, 
/**
 * When it was said or seen, RFC 3339.
 */
at: string, 
/**
 * The words without the person. A broker may change them; empty words leave nothing.
 */
text: string, };

/**
 * What was read of a damaged book.
 */
export type Repaired = { 
/**
 * Records that are whole.
 */
whole: number, 
/**
 * Of those, the ones that were only on this device; they are sent at the next exchange.
 */
only_here: Array<RepairedRecord>, 
/**
 * Records that come back from the server, as far as it has them.
 */
again: Array<RepairedRecord>, 
/**
 * Records with edits that were only on this device, and that cannot be read.
 */
lost: Array<RepairedRecord>, };

/**
 * A record, by what it was called.
 */
export type RepairedRecord = { 
/**
 * Id.
 */
id: string, 
/**
 * What it was called in lists, where that can be read.
 */
title: string | null, };

/**
 * Does the person who told us know how it ended?
 */
export type ReporterTold = "yes" | "anonymous" | "to_do";

/**
 * Kinds of record for which an organisation sets how long they are kept.
 */
export type RetainedKind = "contact" | "note" | "follow_up" | "signal";

/**
 * Asks how long records are kept.
 */
export type RetentionAsk = { 
/**
 * In which space; none is the one for new records.
 */
space: string | null, 
/**
 * So many records of a kind at most; 500 when nobody says.
 */
most: number | null, };

/**
 * A manager's yes: what is due goes for good.
 */
export type RetentionCarryOut = { 
/**
 * Records of [`RetentionView::due`].
 */
ids: Array<string>, };

/**
 * A manager's no: it is still needed.
 */
export type RetentionKeep = { 
/**
 * Records of [`RetentionView::due`].
 */
ids: Array<string>, 
/**
 * So many months from today, 1 to 600; then they are proposed again.
 */
months: number, 
/**
 * Why.
 */
why: string, };

/**
 * Sets how long a kind of record is kept.
 */
export type RetentionSet = { 
/**
 * In which space; none is the one for new records.
 */
space: string | null, 
/**
 * The kind.
 */
kind: RetainedKind, 
/**
 * Months, 1 to 600; none keeps it without an end.
 */
months: number | null, 
/**
 * Why so long; may be empty.
 */
why: string, };

/**
 * How long a kind of record is kept.
 */
export type RetentionTermView = { 
/**
 * The kind.
 */
kind: RetainedKind, 
/**
 * Months; none keeps it without an end.
 */
months: number | null, 
/**
 * Why so long.
 */
why: string, 
/**
 * What many organisations choose, to begin with.
 */
suggested: number, 
/**
 * Records of this kind that are due, as far as they are shown.
 */
due: number, 
/**
 * There are more than are shown.
 */
more: boolean, };

/**
 * How long each kind of record is kept in a space, and what is due there.
 */
export type RetentionView = { 
/**
 * The space.
 */
space: SpaceMark, 
/**
 * All spaces, when there is more than one.
 */
spaces: Array<SpaceMark>, 
/**
 * One per kind, in the order in which they are shown.
 */
terms: Array<RetentionTermView>, 
/**
 * What was kept long enough, the longest first; of a kind at most as many as were asked for.
 */
due: Array<DueView>, 
/**
 * What is kept longer than its term, and why.
 */
kept: Array<KeptView>, 
/**
 * The person on this device may set terms and carry out.
 */
manager: boolean, };

/**
 * What becomes of a row.
 */
export type RowFate = "merge" | "new" | "skip";

/**
 * What a mutation did: durable on this device when this is returned.
 */
export type Saved = { 
/**
 * The record that was made or changed first.
 */
id: string, 
/**
 * Takes the whole action back; none when nothing changed.
 */
undo: string | null, 
/**
 * Every record the action made or changed.
 */
records: Array<RecordRef>, 
/**
 * Taking back only: what stays as it is, because somebody wrote in it since.
 */
left?: Array<FieldRef>, 
/**
 * Capture only: what was accepted and stands in the note alone.
 */
left_out?: Array<LeftOut>, };

/**
 * Names a private note.
 */
export type ScratchId = { 
/**
 * Id.
 */
id: string, };

/**
 * A private working note.
 */
export type ScratchNote = { 
/**
 * Id.
 */
id: string, 
/**
 * The words.
 */
text: string, 
/**
 * Last written at, RFC 3339.
 */
changed_at: string, 
/**
 * The day on which it goes by itself.
 */
expires_on: string, 
/**
 * Days until then.
 */
days_left: number, };

/**
 * The scratchpad.
 */
export type ScratchPad = { 
/**
 * After so many days without a word added, a note goes by itself.
 */
days: number, 
/**
 * The notes, the one written at last first.
 */
notes: Array<ScratchNote>, };

/**
 * Writes a note.
 */
export type ScratchPut = { 
/**
 * The note to write in; none begins one.
 */
id: string | null, 
/**
 * The words.
 */
text: string, 
/**
 * These words stood in the capture field: empty the draft in the same moment.
 */
from_draft: boolean, };

/**
 * When notes go by themselves.
 */
export type ScratchTerm = { 
/**
 * From 1 to 90 days after the last word.
 */
days: number, };

/**
 * Searches as you type.
 */
export type Search = { 
/**
 * What was typed; the last word may be unfinished.
 */
text: string, 
/**
 * Only this kind.
 */
kind: string | null, 
/**
 * At most this many per kind.
 */
limit: number, 
/**
 * Among what is out of sight, instead of what is in sight.
 */
archived?: boolean, };

/**
 * Something found.
 */
export type SearchHit = { 
/**
 * Id.
 */
id: string, 
/**
 * Kind.
 */
kind: string, 
/**
 * The title, in parts that show what matched.
 */
title: Array<TextPart>, 
/**
 * The piece of text that matched, when the title did not tell.
 */
snippet: Array<TextPart>, 
/**
 * A few words more: street of a contact, date of a note, state word of a signal.
 */
detail: string, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * Asks for a copy, or for what it would be.
 */
export type ShareAsk = { 
/**
 * The record.
 */
id: string, 
/**
 * The space of the copy.
 */
to: string, 
/**
 * The names of the fields to copy.
 */
fields: Array<string>, 
/**
 * The last day on which the copy is there, `YYYY-MM-DD`.
 */
until: string | null, };

/**
 * A field that can be copied.
 */
export type ShareField = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it holds.
 */
value: unknown, 
/**
 * A copy cannot do without it.
 */
needed: boolean, };

/**
 * Names a share.
 */
export type ShareId = { 
/**
 * Id.
 */
id: string, };

/**
 * What of a record can be shared, and where to.
 */
export type ShareOptions = { 
/**
 * Spaces that take a copy.
 */
spaces: Array<SpaceMark>, 
/**
 * The fields that hold something and can be copied, in the order of the record.
 */
fields: Array<ShareField>, 
/**
 * What was shared of it already.
 */
shares: Array<ShareView>, 
/**
 * This record is itself a copy.
 */
copy_of: CopyOf | null, };

/**
 * Exactly what will be seen in the other space.
 */
export type SharePreview = { 
/**
 * Kind of record.
 */
kind: string, 
/**
 * The line by which people recognise it there.
 */
title: string, 
/**
 * Every field of the copy, also those that a new record gets by itself.
 */
fields: Record<string, unknown>, 
/**
 * Who is seen as its maker.
 */
author: string, 
/**
 * The space.
 */
to: SpaceMark, 
/**
 * The last day on which the copy is there.
 */
until: string | null, };

/**
 * Something that was shared.
 */
export type ShareView = { 
/**
 * Id, to take it back.
 */
id: string, 
/**
 * Where the copy is.
 */
to: SpaceMark, 
/**
 * The copy, while it is there.
 */
copy: RecordRef | null, 
/**
 * The names of the fields that were copied.
 */
fields: Array<string>, 
/**
 * Who shared it.
 */
by: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * The last day on which the copy is there.
 */
until: string | null, 
/**
 * When it was taken back, RFC 3339.
 */
revoked_at: string | null, };

/**
 * An issue the neighbourhood raises.
 */
export type Signal = { 
/**
 * What is going on, in a few words.
 */
title: string, 
/**
 * Problem, idea, strength, question or complaint.
 */
signal_kind: SignalKind | null, 
/**
 * The theme, from the organisation's own list.
 */
theme: Id | null, 
/**
 * The neighbourhood.
 */
neighbourhood: Id | null, 
/**
 * Where it stands.
 */
state: SignalState | null, 
/**
 * The one who does not let go.
 */
owner: MemberKey | null, 
/**
 * The next date.
 */
next: string | null, 
/**
 * The organisation we wait for.
 */
handed_to: Id | null, 
/**
 * Who told it.
 */
reporters: Array<Id>, 
/**
 * The note it was heard in.
 */
note: Id | null, 
/**
 * More about it.
 */
about: LongText, 
/**
 * Why it is not picked up, or how it was solved.
 */
reason: string, 
/**
 * Whether the person who told us knows how it ended.
 */
told: ReporterTold | null, 
/**
 * When it was closed.
 */
closed_at: string | null, 
/**
 * Out of sight, kept.
 */
archived: boolean, };

/**
 * Closes a signal.
 */
export type SignalClose = { 
/**
 * The signal.
 */
id: string, 
/**
 * `solved` or `not_picked_up`.
 */
state: SignalState, 
/**
 * How it was solved, or why it is not picked up (needed then).
 */
reason: string, 
/**
 * Does the person who told us know? `to_do` makes a follow-up to tell them.
 */
told: ReporterTold, 
/**
 * Day of that follow-up, `YYYY-MM-DD`.
 */
tell_on: string | null, };

/**
 * What kind of issue the neighbourhood raises.
 */
export type SignalKind = "problem" | "idea" | "strength" | "question" | "complaint";

/**
 * A window of the signals.
 */
export type SignalList = { 
/**
 * Rows in all.
 */
total: number, 
/**
 * The rows.
 */
rows: Array<SignalRow>, 
/**
 * How many there are per state, with the other filters applied.
 */
states: Array<StateCount>, };

/**
 * Asks for a window of the signals, the one that needs a move first.
 */
export type SignalListQuery = { 
/**
 * Only these states; empty: all open ones.
 */
states: Array<SignalState>, 
/**
 * Only this theme.
 */
theme: string | null, 
/**
 * Only this neighbourhood.
 */
neighbourhood: string | null, 
/**
 * Only this owner (member id).
 */
owner: string | null, 
/**
 * Only what matches, as typed.
 */
text: string, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows to return, at most 200.
 */
limit: number, };

/**
 * A signal in a list.
 */
export type SignalRow = { 
/**
 * Id.
 */
id: string, 
/**
 * What is going on.
 */
title: string, 
/**
 * Its kind.
 */
kind: SignalKind | null, 
/**
 * Where it stands.
 */
state: SignalState, 
/**
 * Name of the theme, or empty.
 */
theme: string, 
/**
 * Name of the neighbourhood, or empty.
 */
neighbourhood: string, 
/**
 * Name of the owner, or empty.
 */
owner: string, 
/**
 * Member id of the owner.
 */
owner_id: string | null, 
/**
 * The next date.
 */
next: string | null, 
/**
 * The next date has passed.
 */
late: boolean, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * Where a signal stands.
 */
export type SignalState = "new" | "discussed" | "picked_up" | "handed_over" | "solved" | "not_picked_up" | "reopened";

/**
 * A signal's page.
 */
export type SignalView = { 
/**
 * Id.
 */
id: string, 
/**
 * The fields.
 */
signal: Signal, 
/**
 * Where it lives.
 */
space: string, 
/**
 * Name of the theme, or empty.
 */
theme: string, 
/**
 * Name of the neighbourhood, or empty.
 */
neighbourhood: string, 
/**
 * Name of the owner, or empty.
 */
owner: string, 
/**
 * Who told it.
 */
reporters: Array<RecordRef>, 
/**
 * The organisation we wait for.
 */
handed_to: RecordRef | null, 
/**
 * Its follow-ups.
 */
follow_ups: Array<FollowUpRow>, 
/**
 * Notes about it and follow-ups, newest first.
 */
timeline: Timeline, 
/**
 * What people disagree on.
 */
conflicts: Array<ConflictView>, 
/**
 * Who made it.
 */
author: string, 
/**
 * When, RFC 3339.
 */
made_at: string, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * Names a space.
 */
export type SpaceId = { 
/**
 * Id.
 */
id: string, };

/**
 * Where a record lives.
 */
export type SpaceMark = { 
/**
 * Id of the space.
 */
id: string, 
/**
 * Its name; may be empty for a personal one.
 */
name: string, 
/**
 * `personal`, `team`, `organisation`, `partnership`.
 */
kind: string, };

/**
 * Who may do what in a space.
 */
export type SpaceMembers = { 
/**
 * The space.
 */
space: SpaceMark, 
/**
 * What this person may do there.
 */
role: string, 
/**
 * Everybody who may see it, by name.
 */
members: Array<Member>, 
/**
 * People of the other teams and organisations that one manages, who could be added; only told to managers.
 */
others: Array<Person>, };

/**
 * A space this device takes part in.
 */
export type SpaceView = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * `personal`, `team`, `organisation`, `partnership`; `device` while alone.
 */
kind: string, 
/**
 * `reader`, `writer`, `manager`.
 */
role: string, 
/**
 * New records go here.
 */
default: boolean, };

/**
 * A part of the typed text, counted in UTF-16 code units as a text field in a window counts.
 */
export type Span = { 
/**
 * First unit.
 */
start: number, 
/**
 * One past the last unit.
 */
end: number, };

/**
 * How many signals are in a state.
 */
export type StateCount = { 
/**
 * The state.
 */
state: SignalState, 
/**
 * How many.
 */
count: number, };

/**
 * What the sync page shows beyond the chip.
 */
export type SyncDetails = { 
/**
 * The chip.
 */
status: SyncStatus, 
/**
 * Records not sent, at most 100.
 */
unsent: Array<RecordRef>, 
/**
 * Refused changes.
 */
refused: Array<RefusedChange>, 
/**
 * Name of this device.
 */
device: string, };

/**
 * What is the case.
 */
export type SyncState = "alone" | "up_to_date" | "waiting" | "busy" | "first" | "offline" | "problem" | "revoked";

/**
 * What the sync chip says.
 */
export type SyncStatus = { 
/**
 * What is the case.
 */
state: SyncState, 
/**
 * Last time everything was exchanged, RFC 3339.
 */
last_success: string | null, 
/**
 * Offline or failing since, RFC 3339.
 */
since: string | null, 
/**
 * Records with changes that are not sent yet.
 */
unsent: number, 
/**
 * Changes that the server refused.
 */
refused: number, 
/**
 * First sync: records in, and in all.
 */
progress: Progress | null, 
/**
 * Why it fails, when it does: an error code.
 */
problem: string | null, 
/**
 * The server, to show.
 */
server: string | null, 
/**
 * The server's clock and this device's differ by more than five minutes: by this many seconds.
 */
clock_skew: number | null, 
/**
 * Days until the device locks itself for want of contact, once there are few.
 */
lease_days?: number, 
/**
 * Devices that wait until this person has looked, as the server said last.
 */
waiting?: number, };

/**
 * What a contact can do or offers.
 */
export type Talent = { 
/**
 * In a few words.
 */
text: string, 
/**
 * Offered by the person, not only seen by us.
 */
offered: boolean, };

/**
 * A device of oneself, or for managers of the team.
 */
export type TeamDevice = { 
/**
 * Id.
 */
id: string, 
/**
 * Whose it is.
 */
person: Person, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * Its operating system.
 */
platform: string, 
/**
 * The version of the app it spoke with last.
 */
app_version: string, 
/**
 * It is this device.
 */
this: boolean, 
/**
 * When it joined, RFC 3339.
 */
enrolled_at: string, 
/**
 * When it was last seen, RFC 3339.
 */
seen_at: string | null, 
/**
 * When its oldest edit was made that stayed behind at its last exchange, RFC 3339.
 */
unsent_since: string | null, 
/**
 * When it was put out, RFC 3339.
 */
revoked_at: string | null, 
/**
 * When it said that its book is destroyed, RFC 3339.
 */
wiped_at: string | null, 
/**
 * This person may put it out.
 */
may_revoke: boolean, };

/**
 * Names a device.
 */
export type TeamDeviceId = { 
/**
 * Id.
 */
id: string, };

/**
 * A piece of text.
 */
export type TextPart = { 
/**
 * The words.
 */
text: string, 
/**
 * This is what matched.
 */
hit: boolean, };

/**
 * A theme.
 */
export type ThemeView = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Words that point at it.
 */
words: Array<string>, };

/**
 * Part of a timeline.
 */
export type Timeline = { 
/**
 * Items in all.
 */
total: number, 
/**
 * Newest first.
 */
items: Array<TimelineItem>, };

/**
 * Something that happened.
 */
export type TimelineItem = { 
/**
 * The record.
 */
id: string, 
/**
 * `note`, `signal` or `follow_up`.
 */
kind: string, 
/**
 * When it was, RFC 3339.
 */
at: string, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * Its words.
 */
text: string, 
/**
 * The kind of place of a note.
 */
place: PlaceKind | null, 
/**
 * State of a signal.
 */
signal_state: SignalState | null, 
/**
 * State of a follow-up.
 */
follow_up_state: FollowUpState | null, 
/**
 * Day a follow-up is due.
 */
due: string | null, 
/**
 * What came of a follow-up.
 */
outcome: string, 
/**
 * State of sending and disagreement.
 */
mark: Mark, };

/**
 * Asks for more of a timeline.
 */
export type TimelineQuery = { 
/**
 * Contact, group, organisation or signal.
 */
id: string, 
/**
 * Items to skip.
 */
offset: number, 
/**
 * Items to return, at most 200.
 */
limit: number, };

/**
 * The follow-ups of this person and the signals that need a move.
 */
export type Today = { 
/**
 * The day this is about, `YYYY-MM-DD`.
 */
day: string, 
/**
 * Before today, also what waits for somebody else.
 */
late: Array<FollowUpRow>, 
/**
 * Today, also what waits for somebody else.
 */
today: Array<FollowUpRow>, 
/**
 * Until Sunday.
 */
week: Array<FollowUpRow>, 
/**
 * After that.
 */
later: Array<FollowUpRow>, 
/**
 * After today, when the next move is somebody else's.
 */
waiting: Array<FollowUpRow>, 
/**
 * Open signals of this person whose next date has come.
 */
signals: Array<SignalRow>, 
/**
 * How many there are in all, also beyond the rows.
 */
counts: TodayCounts, };

/**
 * How many follow-ups there are.
 */
export type TodayCounts = { 
/**
 * Before today.
 */
late: number, 
/**
 * Today.
 */
today: number, 
/**
 * Until Sunday.
 */
week: number, 
/**
 * After that.
 */
later: number, 
/**
 * After today, waiting for others.
 */
waiting: number, 
/**
 * Done in the last seven days.
 */
done_this_week: number, 
/**
 * Open signals whose next date has come.
 */
signals: number, };

/**
 * Whose follow-ups.
 */
export type TodayQuery = { 
/**
 * Only mine; otherwise of the whole team.
 */
mine: boolean, 
/**
 * How many rows; a screenful of each section when it is not said.
 */
rows: TodayRows | null, };

/**
 * How many rows of each section, at most.
 */
export type TodayRows = { 
/**
 * Before today.
 */
late: number, 
/**
 * Today.
 */
today: number, 
/**
 * Until Sunday.
 */
week: number, 
/**
 * After that.
 */
later: number, 
/**
 * After today, waiting for others.
 */
waiting: number, };

/**
 * Takes an action back.
 */
export type Undo = { 
/**
 * From [`Saved::undo`].
 */
undo: string, };

/**
 * A row that cannot be read.
 */
export type UnreadableRow = { 
/**
 * Line in the file, from 1.
 */
line: number, 
/**
 * Why, as a code.
 */
code: string, 
/**
 * The beginning of the row.
 */
text: string, };

/**
 * Names a form: the id of the record it is about, or another word.
 */
export type UnsavedForm = { 
/**
 * The name.
 */
form: string, };

/**
 * What was typed in a form and not kept.
 */
export type UnsavedText = { 
/**
 * The name of the form.
 */
form: string, 
/**
 * What was typed, as the form writes it; empty when there is nothing.
 */
text: string, };

/**
 * A way to reach a contact or an organisation.
 */
export type Way = { 
/**
 * Phone, e-mail, ...
 */
kind: WayKind | null, 
/**
 * The number or address.
 */
value: string, 
/**
 * "work", "her sister", ...
 */
label: string, };

/**
 * How a contact or organisation can be reached.
 */
export type WayKind = "phone" | "email" | "web" | "other";

/**
 * By whose word a book was destroyed.
 */
export type WipedBy = "manager" | "myself";

/**
 * What is left to say of a book that was destroyed on this device.
 */
export type WipedNote = { 
/**
 * By whose word.
 */
by: WipedBy, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Records with changes that were never sent, and are gone.
 */
unsent: number, 
/**
 * The server knows that it is done.
 */
confirmed: boolean, };

export interface Commands {
  /** Where the device is in its life; what a shell asks first. */
  device_status: { args: Nothing; reply: DeviceStatus };
  /** Makes the database of a new device and opens it, alone on this device. */
  device_init: { args: DeviceInit; reply: DeviceStatus };
  /** Opens the database. */
  device_unlock: { args: DeviceUnlock; reply: DeviceStatus };
  /** Closes the database. */
  device_lock: { args: Nothing; reply: DeviceStatus };
  /** Puts a new book with what can be read in the place of a damaged one. */
  device_repair: { args: DeviceUnlock; reply: Repaired };
  /** Somebody touched the screen or a key. */
  device_active: { args: Nothing; reply: Nothing };
  /** After a wipe: the person has read it, and this device may become a new one. */
  device_renew: { args: Nothing; reply: DeviceStatus };
  /** When the app locks itself. */
  lock_get: { args: Nothing; reply: LockSettings };
  /** Chooses when the app locks itself. */
  lock_set: { args: LockSettings; reply: LockSettings };
  /** Takes another passphrase for the same book. */
  passphrase_change: { args: PassphraseChange; reply: Nothing };
  /** Keeps a short passphrase; it is not asked for again. */
  passphrase_keep: { args: Nothing; reply: DeviceStatus };
  /** Reads an invitation from text or from an image with a QR code. */
  invitation_read: { args: InvitationRead; reply: InvitationView };
  /** Joins a team; what this device holds comes along. Some invitations need a manager's look first: then it waits. */
  device_join: { args: DeviceJoin; reply: DeviceStatus };
  /** Asks now whether this device may come in. */
  join_check: { args: Nothing; reply: DeviceStatus };
  /** Waits no longer to come in. */
  join_cancel: { args: Nothing; reply: DeviceStatus };
  /** One's own devices, and for managers those of the team. */
  team_devices: { args: Nothing; reply: Array<TeamDevice> };
  /** Gives one of one's own devices another name. */
  device_rename: { args: DeviceRename; reply: Array<TeamDevice> };
  /** Puts a device out: at its next contact it destroys its book. There is no way back. */
  device_revoke: { args: TeamDeviceId; reply: Array<TeamDevice> };
  /** Makes an invitation. */
  invitation_make: { args: InvitationAsk; reply: InvitationMade };
  /** The invitations that nobody used yet. */
  invitation_list: { args: Nothing; reply: Array<OpenInvitation> };
  /** Withdraws an invitation. */
  invitation_withdraw: { args: InvitationId; reply: Array<OpenInvitation> };
  /** The devices that wait until this person has looked. */
  enrolment_list: { args: Nothing; reply: Array<Enrolment> };
  /** Lets a waiting device in. */
  enrolment_confirm: { args: EnrolmentConfirm; reply: Array<Enrolment> };
  /** Turns a waiting device away. */
  enrolment_refuse: { args: EnrolmentId; reply: Array<Enrolment> };
  /** Who may do what, in every space of this person that others see too. */
  member_list: { args: Nothing; reply: Array<SpaceMembers> };
  /** Gives somebody a role in a space. */
  member_put: { args: MemberPut; reply: Array<SpaceMembers> };
  /** Takes a space away from somebody. */
  member_remove: { args: MemberRemove; reply: Array<SpaceMembers> };
  /** Changes how the screens look and speak. */
  preferences_set: { args: Preferences; reply: Preferences };
  /** What was typed and not yet saved. */
  draft_get: { args: DraftOf; reply: Draft };
  /** Keeps what was typed so far. */
  draft_set: { args: Draft; reply: Nothing };
  /** What was typed in a form and not kept. */
  unsaved_get: { args: UnsavedForm; reply: UnsavedText };
  /** Keeps what was typed in a form so far. */
  unsaved_set: { args: UnsavedText; reply: Nothing };
  /** What a text may mean. */
  capture_propose: { args: CapturePropose; reply: CaptureProposals };
  /** Keeps a note and what was accepted with it, and empties the draft. */
  capture_save: { args: CaptureSave; reply: Saved };
  /** The scratchpad: private notes that never leave the device. */
  scratch_list: { args: Nothing; reply: ScratchPad };
  /** Writes a private note. */
  scratch_put: { args: ScratchPut; reply: ScratchNote };
  /** Throws a private note away. */
  scratch_remove: { args: ScratchId; reply: ScratchNote };
  /** Makes a real note of a private one. */
  scratch_keep: { args: ScratchId; reply: Saved };
  /** Makes a note private again, and erases it. */
  scratch_take_back: { args: RecordId; reply: ScratchNote };
  /** Chooses after how many days private notes go by themselves. */
  scratch_term: { args: ScratchTerm; reply: ScratchPad };
  /** Makes a record or edits fields of it. */
  record_put: { args: RecordPut; reply: Saved };
  /** A record with all its fields. */
  record_get: { args: RecordId; reply: RecordView };
  /** What a record is called, and nothing more of it. */
  record_name: { args: RecordId; reply: RecordRef };
  /** Records of a kind. */
  record_list: { args: RecordList; reply: RecordPage };
  /** The life of a record, oldest step first. */
  record_history: { args: RecordId; reply: Array<RecordVersion> };
  /** Takes a record out of sight. */
  record_archive: { args: RecordId; reply: Saved };
  /** What is out of sight of a kind, the newest made first. */
  archive_list: { args: ArchiveQuery; reply: RecordPage };
  /** What will be gone when a record is erased, and what names it elsewhere. */
  erase_plan: { args: RecordId; reply: ErasePlan };
  /** Erases a record, and what goes with it. There is no way back. */
  erase_apply: { args: Erase; reply: Erased };
  /** What stays and what goes when a person does not want to be recorded. */
  refusal_plan: { args: RecordId; reply: RefusalPlan };
  /** Keeps what was going on without the person, and erases the person. There is no way back. */
  refusal_apply: { args: Refusal; reply: RefusalDone };
  /** Which words can be taken out of a record, and where copies of it are. */
  redact_plan: { args: RecordId; reply: RedactPlan };
  /** What stays of a record when words are taken out. */
  redact_preview: { args: RedactAsk; reply: RedactPreview };
  /** Takes words out of a record for good. There is no way back. */
  redact_apply: { args: Redact; reply: Redacted };
  /** Throws away edits that were kept aside because they hold words that were taken out. */
  aside_forget: { args: AsideIds; reply: Nothing };
  /** What was erased, and how far it is. */
  erasure_list: { args: Nothing; reply: ErasureList };
  /** The person has seen which unsent edits went with an erasure. */
  erasure_seen: { args: Nothing; reply: Nothing };
  /** Takes an action back. */
  action_undo: { args: Undo; reply: Saved };
  /** Finds contacts, notes, signals, places and more. */
  search: { args: Search; reply: Array<SearchHit> };
  /** The organisation's own lists, and the people. */
  lists_get: { args: Nothing; reply: Lists };
  /** Adds the starter list of themes in the language of the screens. */
  themes_start: { args: Nothing; reply: Saved };
  /** A window of the contact list. */
  contact_list: { args: ContactListQuery; reply: ContactList };
  /** A contact's page. */
  contact_get: { args: RecordId; reply: ContactView };
  /** More of a timeline. */
  timeline_get: { args: TimelineQuery; reply: Timeline };
  /** An organisation's page. */
  organisation_get: { args: RecordId; reply: OrganisationView };
  /** A group's page. */
  group_get: { args: RecordId; reply: GroupView };
  /** A follow-up's page. */
  follow_up_get: { args: RecordId; reply: FollowUpView };
  /** Late, today, this week, later, waiting. */
  today_get: { args: TodayQuery; reply: Today };
  /** Ticks a follow-up off. */
  follow_up_done: { args: FollowUpDone; reply: Saved };
  /** Moves a follow-up to another day. */
  follow_up_move: { args: FollowUpMove; reply: Saved };
  /** Drops a follow-up with the reason. */
  follow_up_drop: { args: FollowUpDrop; reply: Saved };
  /** A window of the signals. */
  signal_list: { args: SignalListQuery; reply: SignalList };
  /** A signal's page. */
  signal_get: { args: RecordId; reply: SignalView };
  /** Closes a signal. */
  signal_close: { args: SignalClose; reply: Saved };
  /** What people disagree on, in all records. */
  conflict_list: { args: Nothing; reply: Array<ConflictView> };
  /** A person's choice. */
  conflict_resolve: { args: ConflictResolve; reply: Saved };
  /** This person's own space; made when it is asked for the first time. */
  space_personal: { args: Nothing; reply: DeviceStatus };
  /** Chooses the space for new records. */
  space_default: { args: SpaceId; reply: DeviceStatus };
  /** What is on this device alone goes to a space. */
  space_bring: { args: SpaceId; reply: DeviceStatus };
  /** The lost spaces in which something was not sent. */
  departure_list: { args: Nothing; reply: Array<Departure> };
  /** Writes what was not sent to a lost space to the downloads folder. */
  departure_export: { args: SpaceId; reply: Exported };
  /** The rest of a lost space goes from this device. */
  departure_finish: { args: SpaceId; reply: DeviceStatus };
  /** Writes everything that was not sent to the downloads folder. */
  unsent_export: { args: Nothing; reply: Exported };
  /** Leaves the team on this device; its book here is destroyed. */
  device_leave: { args: DeviceLeave; reply: DeviceStatus };
  /** What of a record can be shared, where to, and what was shared already. */
  share_options: { args: RecordId; reply: ShareOptions };
  /** Exactly what will be seen in the other space. */
  share_preview: { args: ShareAsk; reply: SharePreview };
  /** Makes a copy of chosen fields in another space. */
  share_make: { args: ShareAsk; reply: Saved };
  /** Takes a copy back. */
  share_revoke: { args: ShareId; reply: Saved };
  /** What the sync chip says. */
  sync_status: { args: Nothing; reply: SyncStatus };
  /** What the sync page shows. */
  sync_details: { args: Nothing; reply: SyncDetails };
  /** Exchanges now. */
  sync_now: { args: Nothing; reply: Nothing };
  /** Where the programs of this device broke off. */
  crash_list: { args: Nothing; reply: CrashList };
  /** Writes that to the downloads folder, to take it along. */
  crash_export: { args: Nothing; reply: Exported };
  /** Throws it away. */
  crash_forget: { args: Nothing; reply: CrashList };
  /** Reads a file and says what is in it; keeps nothing yet. */
  import_read: { args: ImportRead; reply: ImportPreview };
  /** Keeps what was read. */
  import_apply: { args: ImportApply; reply: Saved };
  /** Records what a person said about keeping their details, or why they may be kept. */
  consent_record: { args: ConsentRecord; reply: Saved };
  /** Writes everything about one person to the downloads folder. */
  person_file_write: { args: PersonFileAsk; reply: Exported };
  /** How long each kind of record is kept, and what is due. */
  retention_get: { args: RetentionAsk; reply: RetentionView };
  /** Sets how long a kind of record is kept. */
  retention_set: { args: RetentionSet; reply: Saved };
  /** A manager's yes: what is due goes for good. */
  retention_carry_out: { args: RetentionCarryOut; reply: Erased };
  /** A manager's no: what is due is still needed. */
  retention_keep: { args: RetentionKeep; reply: Saved };
  /** What was done with people's details, as far as this device knows. */
  audit_list: { args: AuditQuery; reply: AuditList };
  /** Asks the server what others did with people's details. */
  audit_hear: { args: AuditOf; reply: AuditHeard };
  /** Writes a file to the downloads folder. */
  export_write: { args: Export; reply: Exported };
}

export interface Events {
  changed: Changed;
  sync_status: SyncStatus;
  device: DeviceStatus;
}
