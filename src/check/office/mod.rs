//! Office against office.

mod co_owners;
mod dominance;
mod office_missing;
mod outlier;
mod same_key;
mod same_series;
mod shared_disagreement;
mod twice_counted;
mod unassigned_office;

checks! {
    Uffici:
    A01: office_missing::run,
    A02: unassigned_office::run,
    A03: same_series::run,
    A04: shared_disagreement::run,
    A07: outlier::run,
    A08: twice_counted::run,
    A09: dominance::run,
}
