//! Year against year.

mod benchmark_source;
mod missing_baseline;

checks! {
    Anno:
    Y01 missing_baseline,
    Y06 benchmark_source,
}
