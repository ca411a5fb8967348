//! Month against month.

pub(super) mod month_gap;

checks! {
    Tempo:
    M05 month_gap,
}
