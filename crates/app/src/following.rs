//! Following what a server says: spaces, people, the token, and whether both hold the same.

use domain::ids::SpaceId;
use protocol::{ReplyHeader, SpaceAction, SpaceState};
use store::{Changes, PersonRow, Space};

use crate::device::{Device, meta};
use crate::{auditing, home};

/// Clocks that differ by more than this many seconds are shown: enough to put a note on the wrong side of midnight now
/// and then. They never refuse anything.
const SKEW_SHOWN: i64 = 300;

/// What following a header did.
#[derive(Default)]
pub(crate) struct Followed {
    /// A space starts over, or is new.
    pub(crate) started_over: bool,
    /// What went with a space that was lost.
    pub(crate) lost: Changes,
    /// A space that was lost is back.
    back: bool,
}

/// Follows what the header says of spaces, people, token and clock.
pub(crate) fn follow_header(
    device: &Device,
    header: &ReplyHeader,
    asked: &[uuid::Uuid],
) -> store::Result<Followed> {
    crate::lease::note_contact(device, header)?;
    if let Some(roster) = &header.roster {
        let people: Vec<PersonRow> = roster
            .people
            .iter()
            .map(|person| PersonRow {
                member: person.member.into(),
                name: person.name.clone(),
                devices: person.devices.iter().map(ToString::to_string).collect(),
            })
            .collect();
        device.store.put_people(&people)?;
        device
            .store
            .set_meta(&[(meta::ROSTER, Some(&roster.version.to_string()))])?;
    }
    if let Some(token) = &header.token {
        device.store.set_meta(&[(meta::TOKEN, Some(token))])?;
    }
    let skew = (device.surroundings.now().timestamp_millis() - header.server_time_ms) / 1_000;
    let told = (skew.abs() > SKEW_SHOWN).then(|| skew.to_string());
    if device.store.meta(meta::CLOCK_SKEW)? != told {
        device
            .store
            .set_meta(&[(meta::CLOCK_SKEW, told.as_deref())])?;
    }
    follow_spaces(device, header, asked)
}

/// Devices that wait for a second look by this person. True when it is another number than before.
pub(crate) fn note_waiting(device: &Device, waiting: u32) -> store::Result<bool> {
    let waiting = (waiting > 0).then(|| waiting.to_string());
    let changed = device.store.meta(meta::WAITING)? != waiting;
    if changed {
        device
            .store
            .set_meta(&[(meta::WAITING, waiting.as_deref())])?;
    }
    Ok(changed)
}

fn follow_spaces(
    device: &Device,
    header: &ReplyHeader,
    asked: &[uuid::Uuid],
) -> store::Result<Followed> {
    let known = device.store.spaces()?;
    let mut followed = Followed::default();
    let mut others = false;
    for state in &header.spaces {
        let before = known.iter().find(|space| space.id.0 == state.id);
        if state.action == SpaceAction::Gone {
            if before.is_some_and(Space::is_shared) {
                followed.lost.add(
                    device
                        .store
                        .lose_space(SpaceId(state.id), state.log_epoch)?,
                );
                auditing::forget_others(device, SpaceId(state.id))?;
                others = true;
            }
            continue;
        }
        if take_space(device, state, before)? {
            followed.started_over |= before.is_none_or(Space::is_gone);
            followed.back |= before.is_some_and(Space::is_gone);
            others = true;
        }
        if state.action == SpaceAction::Reset && asked.contains(&state.id) {
            device.store.start_over(SpaceId(state.id))?;
            if let Some(me) = device.store.meta(meta::MEMBER)? {
                device.store.offer_audit_again(SpaceId(state.id), &me)?;
            }
            followed.started_over = true;
        }
    }
    if followed.back {
        // What waited for it is offered once more.
        device.store.offer_refused_again()?;
    }
    if others {
        device
            .store
            .transact(&device.stamp(), None, |action| home::settle(device, action))?;
    }
    Ok(followed)
}

/// The person's own space, which the server has just named, is here from now on.
pub(crate) fn take_own_space(device: &Device, state: &SpaceState) -> store::Result<()> {
    let known = device.store.spaces()?;
    let before = known.iter().find(|space| space.id.0 == state.id);
    if take_space(device, state, before)? {
        device
            .store
            .transact(&device.stamp(), None, |action| home::settle(device, action))?;
    }
    Ok(())
}

/// Follows what the server says of the name, kind and role of a space. True when it says something new.
fn take_space(device: &Device, state: &SpaceState, before: Option<&Space>) -> store::Result<bool> {
    let (Some(kind), Some(role)) = (state.kind, state.role) else {
        return Ok(false);
    };
    let (name, kind, role) = (&state.name, kind.as_str(), role.as_str());
    if before.is_some_and(|space| space.role == "manager" && role != "manager") {
        auditing::forget_others(device, SpaceId(state.id))?;
    }
    let same = before.is_some_and(|space| {
        (&space.name, space.kind.as_str(), space.role.as_str()) == (name, kind, role)
    });
    if !same {
        device.store.put_space(&Space {
            id: SpaceId(state.id),
            name: name.clone(),
            kind: kind.to_owned(),
            role: role.to_owned(),
            is_default: before.is_some_and(|space| space.is_default),
            cursor: 0,
            first_sync: true,
            first_done: 0,
            log_epoch: None,
            digest: 0,
        })?;
    }
    Ok(!same)
}

/// The life of a space's log.
pub(crate) fn log_epoch(header: &ReplyHeader, space: uuid::Uuid) -> Option<uuid::Uuid> {
    header
        .spaces
        .iter()
        .find(|state| state.id == space)
        .and_then(|state| state.log_epoch)
}

/// Whether the server says that this device may not see a space.
pub(crate) fn is_gone(header: &ReplyHeader, space: uuid::Uuid) -> bool {
    let mut states = header.spaces.iter();
    states.any(|state| state.id == space && state.action == SpaceAction::Gone)
}

/// Compares digests, when nothing is on its way. Differing ones make the space start over, once per space and program run,
/// so that a lasting difference shows as a problem instead of as endless traffic.
pub(crate) fn digests_differ(device: &Device, space: SpaceId, theirs: u64) -> store::Result<bool> {
    // What is only here makes the digests differ, and starting over would not help.
    let unsettled = !device.store.outbox(0, 1, usize::MAX)?.1.is_empty()
        || device.store.has_waiting_epochs()?
        || !device.store.waiting_erasures(1)?.is_empty()
        || device.store.has_refused_own()?;
    if unsettled || device.started_over.lock().contains(&space) {
        return Ok(false);
    }
    let spaces = device.store.spaces()?;
    let ours = spaces
        .iter()
        .find(|known| known.id == space)
        .map(|known| known.digest);
    if ours == Some(theirs) {
        return Ok(false);
    }
    tracing::warn!(%space, "this device and the server hold different things; the space starts over");
    device.store.start_over(space)?;
    device.started_over.lock().insert(space);
    Ok(true)
}

/// Records whose small print changed, by kind.
pub(crate) fn changes_of(
    device: &Device,
    records: Vec<domain::ids::RecordId>,
) -> store::Result<Changes> {
    let mut changes = Changes {
        records,
        ..Changes::default()
    };
    for row in device.store.records(&changes.records)? {
        if let Some(kind) = domain::record::kind(&row.kind) {
            changes.kinds.insert(kind.name);
        }
    }
    Ok(changes)
}
