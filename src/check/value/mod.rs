//! One value, or a pair.

mod alike_keys;
pub(super) mod implausible;
mod impossible_duration;
mod missing_value;
mod number_for_title;
mod out_of_range;
mod rare_zero;
mod repeated_row;
mod unexplained_na;

checks! {
    Coerenza:
    V01 missing_value: Fact,
    V04 out_of_range: Fact,
    V05 implausible: Fact,
    V06 rare_zero: Fact,
    V08 repeated_row: Fact,
    V09 unexplained_na: Fact,
    V10 impossible_duration: Fact,
    V11 alike_keys: Value,
    V12 number_for_title: Value,
}
