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
    A01 office_missing: Fact,
    A02 unassigned_office: Fact,
    A03 same_series: Fact,
    A04 shared_disagreement: Fact,
    A07 outlier: Fact,
    A08 twice_counted: Fact,
    A09 dominance: Fact,
}
