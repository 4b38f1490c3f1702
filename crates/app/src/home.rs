//! Where new records go: a team in which this person may write, else any space in which they may, else this device alone.

use store::{Action, Result, Space};

use crate::device::Device;
use crate::starter;

/// Follows what the server says of the spaces: new records go where this person may write. What was kept on this device
/// alone comes along as soon as there is such a space; while there is none it stays here, and nobody refuses it.
pub(crate) fn settle(device: &Device, action: &mut Action<'_>) -> Result<()> {
    let spaces = action.spaces()?;
    let now = spaces.iter().find(|space| space.is_default);
    if now.is_some_and(Space::may_write) && !now.is_some_and(Space::is_of_device) {
        return Ok(());
    }
    let alone = spaces.iter().find(|space| space.is_of_device());
    let home = writable(&spaces).or(alone).cloned();
    let mut home = home.unwrap_or_else(|| Space::of_device(device.new_id().into()));
    for other in spaces
        .iter()
        .filter(|space| space.is_default && space.id != home.id)
    {
        let mut other = other.clone();
        other.is_default = false;
        action.put_space(&other)?;
    }
    home.is_default = true;
    action.put_space(&home)?;
    match alone {
        Some(alone) if alone.id != home.id => {
            starter::follow(device, action, &home)?;
            action.rehome(alone.id, home.id)
        }
        _ => Ok(()),
    }
}

fn writable(spaces: &[Space]) -> Option<&Space> {
    let may_write = |space: &&Space| space.is_shared() && space.may_write();
    spaces
        .iter()
        .filter(may_write)
        .find(|space| space.kind == "team")
        .or_else(|| spaces.iter().find(may_write))
}
