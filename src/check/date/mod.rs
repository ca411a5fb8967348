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
    D01 end_before_start: Fact,
    D02 after_reported_month: Fact,
    D03 outside_period: Fact,
    D04 deadline_gone: Fact,
    D07 counting_decides: Fact,
    D13 no_patron: Fact,
    D14 swapped_day: Value,
    D15 two_dates: Value,
}
