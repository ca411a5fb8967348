//! Year against year.

mod missing_baseline;
mod zero_baseline;

checks! {
    Anno:
    Y01 missing_baseline,
    Y03 zero_baseline,
}
