//! Terms of a formula against each other.

pub(super) mod incomplete_pair;
pub(super) mod incomplete_row;
mod moving_denominator;
mod nothing_over_nothing;
pub(super) mod other_denominator;
pub(super) mod pair;
mod part_over_whole;
mod stock_and_flow;
pub(super) mod zero_denominator;

checks! {
    Coerenza:
    R01 zero_denominator,
    R02 nothing_over_nothing,
    R03 part_over_whole,
    R04 incomplete_pair,
    R07 other_denominator,
    R08 moving_denominator,
    R12 stock_and_flow,
}
