//! The device's database in real files: what one action keeps, what is still to be sent, what comes in, and what
//! `verify` sees.

#[cfg(test)]
mod actions;
#[cfg(test)]
mod arriving;
#[cfg(test)]
mod auditing;
#[cfg(test)]
mod converging;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod departing;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod forking;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod newer;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod redacting;
#[cfg(test)]
mod repairing;
#[cfg(test)]
mod sending;
#[cfg(test)]
mod settling;

#[cfg(test)]
mod device;
