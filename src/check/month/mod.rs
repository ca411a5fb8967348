//! Month against month.

pub(super) mod jump;
mod last_year;
pub(super) mod month_gap;
mod unchanged;

checks! {
    Tempo:
    M05 month_gap,
    M10 unchanged,
    M11 jump,
    M13 last_year,
}
