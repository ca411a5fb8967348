//! One value, or a pair.

mod missing_value;
pub(super) mod out_of_range;
mod unexplained_na;

checks! {
    Coerenza:
    V01 missing_value,
    V04 out_of_range,
    V09 unexplained_na,
}
