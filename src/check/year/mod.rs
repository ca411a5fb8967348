//! Year against year.

mod benchmark_source;
mod missing_baseline;
mod zero_baseline;

checks! {
    Anno:
    Y01: missing_baseline::run,
    Y03: zero_baseline::run,
    Y06: benchmark_source::run,
}
