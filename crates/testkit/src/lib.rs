//! What tests and trials need around the product: an invented neighbourhood.

pub mod sample;
