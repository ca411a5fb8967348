//! The promises that the targets try.

pub mod promises;
