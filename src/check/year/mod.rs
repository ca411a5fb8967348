//! Year against year.

mod missing_baseline;

checks! {
    Anno:
    Y01 missing_baseline,
}
