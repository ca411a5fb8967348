//! What the month before left, and what this one makes of it.
//!
//! An issued workbook is the memory of the year: it holds every value with its file and cell. Here it is as
//! facts (`Memory`), known by what each value is about (`Slot`) and never by the row of a sheet; what changed
//! in it since (`changes`); and what each change is worth, by computing again with the old value
//! (`corrections`). Who reads the workbook is a later room: here nothing is known of sheets.

mod away;
mod change;
mod correction;
mod drift;
mod held;
mod kept;
mod met;
mod retitled;
mod said;
mod slot;
mod told;

pub use change::{Change, Kind, changes, closed_of_missing};
pub use correction::{Correction, Ground, Judgement, Reason, STANDS, Seen, Shift, corrections, stand};
pub use drift::{Cause, Drift, drifts};
pub use held::held;
pub use kept::{Away, Kept, KeptFile, KeptResult, Lost, Memory, Pending, Standing, TextKey};
pub use met::{Met, Today, Unseen, met};
pub use said::Said;
pub use slot::{Slot, present, slots};
pub use told::Told;
