//! Dates and deadlines.

mod after_reported_month;
mod counting_decides;
pub(super) mod dates;
mod deadline_gone;
mod end_before_start;
mod outside_period;
mod swapped_day;
mod two_dates;

use super::plan::notices;

checks! {
    Coerenza:
    D01: end_before_start::run,
    D02: after_reported_month::run,
    D03: outside_period::run,
    D04: deadline_gone::run,
    D07: counting_decides::run,
    D13: notices(|plan| plan.seats.len().max(1), "sede, patrono e giorno"),
    D14: swapped_day::run,
    D15: two_dates::run,
}
