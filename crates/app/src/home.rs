//! Where new records go, and where what was kept on this device alone goes. Only a person sends their records to others:
//! by joining a team, or by naming the space. What a server says of rights and spaces never does.

use domain::ids::SpaceId;
use store::{Action, Result, Space, StoreError};

use crate::device::{Device, meta};
use crate::starter;

/// After joining: new records, and what this device holds, go to the team of the invitation, when this person may write
/// there. Otherwise they stay on this device.
pub(crate) fn arrive(device: &Device, action: &mut Action<'_>) -> Result<()> {
    let spaces = action.spaces()?;
    let joined: Vec<String> = spaces
        .iter()
        .filter(|space| space.is_shared())
        .map(|space| space.id.to_string())
        .collect();
    action.set_meta(meta::JOINED, Some(&joined.join(" ")))?;
    let invited = |kind| of_kind(&spaces, kind).next();
    let home = invited("team").or_else(|| invited("personal"));
    let home = make_default(device, action, &spaces, home)?;
    bring_all(device, action, home)
}

/// Follows what the server says of the spaces: new records go to where this person chose, as long as they may write
/// there. Otherwise to their own space, else to a team they joined, else they stay on this device: never to others by
/// themselves, who may have made this person a member without asking.
pub(crate) fn settle(device: &Device, action: &Action<'_>) -> Result<()> {
    let spaces = action.spaces()?;
    let now = spaces.iter().find(|space| space.is_default);
    if now.is_some_and(Space::may_write) && !now.is_some_and(Space::is_of_device) {
        return Ok(());
    }
    let joined = device.store.meta(meta::JOINED)?.unwrap_or_default();
    let is_joined = |space: &&Space| joined.split(' ').any(|id| id == space.id.to_string());
    let home = of_kind(&spaces, "personal")
        .next()
        .or_else(|| of_kind(&spaces, "team").find(is_joined));
    make_default(device, action, &spaces, home)?;
    Ok(())
}

/// What was kept on this device alone goes to a space that the person named.
pub(crate) fn bring(device: &Device, action: &mut Action<'_>, to: SpaceId) -> Result<()> {
    let spaces = action.spaces()?;
    let named = spaces.iter().find(|space| space.id == to);
    match named.filter(|space| space.is_shared()) {
        None => return Err(StoreError::NoSpace(to)),
        Some(space) if !space.may_write() => return Err(StoreError::ReadOnly(to)),
        Some(_) => {}
    }
    bring_all(device, action, to)?;
    let spaces = action.spaces()?;
    if !spaces.iter().any(|space| space.is_default) {
        make_default(device, action, &spaces, None)?;
    }
    Ok(())
}

fn bring_all(device: &Device, action: &mut Action<'_>, to: SpaceId) -> Result<()> {
    let spaces = action.spaces()?;
    let Some(home) = spaces.iter().find(|space| space.id == to) else {
        return Ok(());
    };
    for alone in spaces.iter().filter(|space| space.is_of_device()) {
        if alone.id != to {
            starter::follow(device, action, home)?;
            action.rehome(alone.id, to)?;
        }
    }
    Ok(())
}

/// New records go to this space, or to the one of the device alone.
fn make_default(
    device: &Device,
    action: &Action<'_>,
    spaces: &[Space],
    home: Option<&Space>,
) -> Result<SpaceId> {
    let alone = spaces.iter().find(|space| space.is_of_device());
    let id = match home.or(alone) {
        Some(home) => home.id,
        None => {
            let alone = Space::of_device(device.new_id().into());
            action.put_space(&alone)?;
            alone.id
        }
    };
    action.make_default(id)?;
    Ok(id)
}

fn of_kind<'a>(spaces: &'a [Space], kind: &'static str) -> impl Iterator<Item = &'a Space> {
    spaces
        .iter()
        .filter(|space| space.is_shared() && space.may_write())
        .filter(move |space| space.kind == kind)
}
