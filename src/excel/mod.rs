//! The language of spreadsheets, whatever workbook speaks it: where cells stand, formulas as trees and as
//! text and what they give, what Excel takes, days as numbers. It knows no plan and no sheet of ours.

pub mod bounds;
mod evaluate;
mod formula;
mod limits;
mod serial;
mod spell;
mod spot;

pub use evaluate::{Cells, Computed, Places, as_number, cells_of, computed, places_of};
pub use formula::{Call, Formula, Sign, absolute, difference, difference_beside};
pub use limits::fits;
pub use serial::{cell_of_day, day_in_cell, day_in_file, day_near, day_of, serial_of, serials_near};
pub use spell::{spelt, spelt_range};
pub use spot::{Area, Own, Target};
