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
    A01 office_missing,
    A02 unassigned_office,
    A03 same_series,
    A04 shared_disagreement,
    A07 outlier,
    A08 twice_counted,
    A09 dominance,
}
