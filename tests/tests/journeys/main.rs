//! Whole journeys, through the real programs. Each name is a promise to a broker.

#[cfg(test)]
mod crashes;
#[cfg(test)]
mod damaged;
#[cfg(test)]
mod dialogs;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod every_day;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod judging;
#[cfg(test)]
mod links;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod managing;
#[cfg(test)]
mod power_cuts;
#[cfg(test)]
mod redacting;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod team_dialogs;
#[cfg(test)]
mod trusted_device;
