//! The server, through its doors: the router without a socket, and the real program.

#[cfg(test)]
mod access;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod burdens;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod coming_back;
#[cfg(test)]
mod described;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod events;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod joining;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod monday;
#[cfg(test)]
mod process;
#[cfg(test)]
mod program;
#[cfg(test)]
mod push;
#[cfg(test)]
mod rates;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod redacting;
#[cfg(test)]
mod restoring;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod stolen;
#[cfg(test)]
mod team;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod tokens;
