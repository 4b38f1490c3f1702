//! Records as documents: made, edited, merged and read back.

#[cfg(test)]
mod copies;
#[cfg(test)]
mod editing;
#[cfg(test)]
mod entries;
#[cfg(test)]
mod making;
#[cfg(test)]
mod merging;
#[cfg(test)]
mod newer;
#[cfg(test)]
mod overtaken;
#[cfg(test)]
mod redacting;
#[cfg(test)]
mod replaying;
#[cfg(test)]
mod taking_back;
