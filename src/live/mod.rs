//! The plan in the language of spreadsheets: a formula of the plan becomes a formula of a sheet, whatever
//! sheet it is.
//!
//! The sheet says where things stand and how it asks for them ([`Terms`], [`Entries`]); how a formula is made
//! of its terms is written here once. Nothing is calculated: the engine has its own arithmetic, and each
//! proves the other.

mod entries;
mod terms;

pub use entries::{Entries, last_month, levels, unless_none};
pub use terms::{Terms, number, value};
