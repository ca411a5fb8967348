//! Year against year.

mod benchmark_source;
mod missing_baseline;
mod zero_baseline;

checks! {
    Anno:
    Y01 missing_baseline,
    Y03 zero_baseline,
    Y06 benchmark_source,
}
