//! Month against month.

pub(super) mod jump;
mod last_year;
pub(super) mod month_gap;
mod running_total;
mod unchanged;

checks! {
    Tempo:
    M05 month_gap,
    M10 unchanged,
    M11 jump,
    M13 last_year,
    M15 running_total,
}
