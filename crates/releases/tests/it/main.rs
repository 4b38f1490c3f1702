//! What was ever released opens, goes on, and is understood. **Never update what is kept: add a version.**

#[cfg(test)]
mod books;
#[cfg(test)]
mod wire;
