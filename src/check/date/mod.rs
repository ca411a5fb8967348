//! Dates and deadlines.

mod after_reported_month;
mod counting_decides;
pub(super) mod dates;
mod deadline_gone;
mod end_before_start;
mod no_patron;
mod outside_period;
mod swapped_day;
mod two_dates;

checks! {
    Coerenza:
    D01 end_before_start,
    D02 after_reported_month,
    D03 outside_period,
    D04 deadline_gone,
    D07 counting_decides,
    D13 no_patron,
    D14 swapped_day,
    D15 two_dates,
}
