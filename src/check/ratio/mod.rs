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
    R01: zero_denominator::run,
    R02: nothing_over_nothing::run,
    R03: part_over_whole::run,
    R04: incomplete_pair::run,
    R07: other_denominator::run,
    R08: moving_denominator::run,
    R12: stock_and_flow::run,
}
