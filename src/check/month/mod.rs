//! Month against month.

pub(super) mod jump;
mod last_year;
pub(super) mod month_gap;
mod running_total;
mod unchanged;

checks! {
    Tempo:
    M05: month_gap::run,
    M10: unchanged::run,
    M11: jump::run,
    M13: last_year::run,
    M15: running_total::run,
}
