//! Months that the plan names, and from which of them to which something holds.

use super::around::Around;
use super::fields::{At, Scalar, day_month_year};
use crate::model::{Month, YearMonth};

/// How a month of the year is written.
const WRITTEN: &str = "scrivi un mese dell'anno del piano";

/// The month that a field names: `"2019-07"`, a date in it, or its number; what is none is told.
pub(super) fn month(given: Option<&At<Scalar>>, what: &str, around: &Around<'_>) -> Option<Month> {
    let At { value, line } = given?;
    let found = match value {
        Scalar::Date(date) => Month::of(*date, around.year),
        Scalar::Number(number) => {
            number.to_i64().and_then(|number| u32::try_from(number).ok()).and_then(Month::new)
        }
        Scalar::Text(text) => YearMonth::parse(text)
            .filter(|month| month.year == around.year)
            .map(|month| month.month)
            .or_else(|| Month::of(day_month_year(text)?, around.year)),
        Scalar::Flag(_) => None,
    };
    // Of a year that is itself wrong nothing more is said.
    if found.is_none() && around.year_is_known {
        let year = around.year;
        let remedy = format!(
            "{WRITTEN}, \"{year}-07\", oppure una sua data, \"1/7/{year}\": vale il mese intero in cui cade"
        );
        around.problems.add(*line, "P17", format!("{what} non indica un mese del {year}"), remedy);
    }
    found
}
