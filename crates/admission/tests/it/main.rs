//! The gate, through its public door.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod cost;
#[cfg(test)]
mod gate;
#[cfg(test)]
mod honest;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod making;
