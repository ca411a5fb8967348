//! Months that the plan names, from which of them to which something holds, and who answers meanwhile.

use super::fields::{At, Fields, Given, Scalar, day_month_year};
use super::problem::Problems;
use crate::model::{Month, Span, YearMonth};

/// From when to when, as written: `dal` and `al`.
#[derive(Debug, Default)]
pub(super) struct WhenSource {
    from: Option<At<Scalar>>,
    to: Option<At<Scalar>>,
}

/// Who answers for an indicator.
#[derive(Debug)]
pub(super) enum OfficesSource {
    All,
    Some(Vec<AssignmentSource>),
    /// Not written as a list: already told.
    Unreadable,
}

/// An office that answers, and in which months.
#[derive(Debug)]
pub(super) struct AssignmentSource {
    pub id: At<String>,
    pub when: WhenSource,
}

/// Reads `uffici`: identifiers, or groups of identifier, `dal` and `al`.
pub(super) fn assignments(fields: &Fields<'_>) -> Vec<AssignmentSource> {
    let read = |given: Given<'_>| match given {
        Given::Word(id) => AssignmentSource { id, when: WhenSource::default() },
        Given::Table(own) => {
            let assignment = AssignmentSource { id: own.text("id"), when: source(&own) };
            own.finish();
            assignment
        }
    };
    fields.items("uffici", "l'ufficio che risponde").into_iter().map(read).collect()
}

/// The plan's year, and where mistakes go; the year is `None` when it is itself a mistake.
#[derive(Clone, Copy)]
pub(super) struct Clock<'a> {
    pub year: Option<i32>,
    pub problems: &'a Problems,
}

/// Reads `dal` and `al` of a table.
pub(super) fn source(fields: &Fields<'_>) -> WhenSource {
    WhenSource { from: fields.scalar_that("dal", |_| true), to: fields.scalar_that("al", |_| true) }
}

impl WhenSource {
    /// Whether something is given, right or wrong.
    pub(super) fn is_given(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// The line of what is given.
    pub(super) fn line(&self) -> Option<usize> {
        self.to.as_ref().or(self.from.as_ref()).map(|at| at.line)
    }

    /// The last month, when it is given and right.
    pub(super) fn last(&self, clock: Clock<'_>) -> Option<Month> {
        read(&self.to.as_ref()?.value, clock.year)
    }

    /// The months of `what`; what is wrong is told, and then they are the whole year.
    pub(super) fn span(&self, what: &str, clock: Clock<'_>) -> Span {
        let first = month(self.from.as_ref(), &format!("{what}, «dal»"), clock);
        let last = month(self.to.as_ref(), &format!("{what}, «al»"), clock);
        let span = Span::new(first.unwrap_or(Month::JANUARY), last.unwrap_or(Month::DECEMBER));
        if let (None, Some(first), Some(last), Some(line)) = (span, first, last, self.line()) {
            let message = format!("{what} finisce ({last}) prima di cominciare ({first})");
            clock.problems.add(line, "P17", message, "scambia dal e al, o correggi il mese sbagliato");
        }
        span.unwrap_or(Span::YEAR)
    }
}

/// The month that a field names: `"2019-07"`, a date in it, or its number; what is none is told.
pub(super) fn month(given: Option<&At<Scalar>>, what: &str, clock: Clock<'_>) -> Option<Month> {
    let At { value, line } = given?;
    let found = read(value, clock.year);
    // Of a year that is itself wrong nothing more is said.
    if let (None, Some(year)) = (found, clock.year) {
        let remedy = format!(
            "scrivi un mese dell'anno del piano, \"{year}-07\", o una sua data, \"1/7/{year}\": vale il mese intero in cui cade"
        );
        clock.problems.add(*line, "P17", format!("{what} non indica un mese del {year}"), remedy);
    }
    found
}

fn read(value: &Scalar, year: Option<i32>) -> Option<Month> {
    let year = year?;
    match value {
        Scalar::Date(date) => Month::of(*date, year),
        Scalar::Number(number) => {
            number.to_i64().and_then(|number| u32::try_from(number).ok()).and_then(Month::new)
        }
        Scalar::Text(text) => YearMonth::parse(text)
            .filter(|month| month.year == year)
            .map(|month| month.month)
            .or_else(|| Month::of(day_month_year(text)?, year)),
        Scalar::Flag(_) => None,
    }
}
