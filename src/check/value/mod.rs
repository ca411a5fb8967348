//! One value, or a pair.

mod alike_keys;
mod idle_contradicted;
mod idle_unclear;
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
    V01: missing_value::run,
    V04: out_of_range::run,
    V05: implausible::run,
    V06: rare_zero::run,
    V08: repeated_row::run,
    V09: unexplained_na::run,
    V10: impossible_duration::run,
    V11: alike_keys::run,
    V12: number_for_title::run,
    V15: idle_contradicted::run,
    V16: idle_unclear::run,
}
