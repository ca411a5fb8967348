//! Office against office.

mod office_missing;
mod same_key;
mod shared_disagreement;
mod unassigned_office;

checks! {
    Uffici:
    A01 office_missing,
    A02 unassigned_office,
    A04 shared_disagreement,
}
