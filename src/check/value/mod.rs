//! One value, or a pair.

mod alike_keys;
pub(super) mod implausible;
mod impossible_duration;
mod missing_value;
mod number_for_title;
pub(super) mod out_of_range;
mod rare_zero;
mod repeated_row;
mod unexplained_na;

checks! {
    Coerenza:
    V01 missing_value,
    V04 out_of_range,
    V05 implausible,
    V06 rare_zero,
    V08 repeated_row,
    V09 unexplained_na,
    V10 impossible_duration,
    V11 alike_keys,
    V12 number_for_title,
}
