//! Month against month.

pub(super) mod jump;
mod last_year;
pub(super) mod month_gap;
mod running_total;
mod unchanged;

checks! {
    Tempo:
    M05 month_gap: Fact,
    M10 unchanged: Fact,
    M11 jump: Fact,
    M13 last_year: Fact,
    M15 running_total: Value,
}
