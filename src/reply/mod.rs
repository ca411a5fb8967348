//! What goes back to each office: its points to mend, in its own words and order; the values that were read,
//! to be typed again; letters, receipts, reminders.
//!
//! Nothing is judged here: the findings say what is wrong, the admitted entries what counts.

mod cell;
mod filled;
mod letter;
mod office;
mod point;
mod receipt;
mod reminders;

pub use cell::Target;
pub use filled::{Filled, Typed};
pub use letter::letter;
pub use office::{Reply, Standing, replies};
pub use point::Point;
pub use receipt::Receipt;
pub use reminders::reminders;
