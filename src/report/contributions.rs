//! *Valori per ufficio*, on *Uffici*: the formula on each office's own entries, for information, with the
//! way to those entries.

use crate::aggregate::{IndicatorResult, OfficeValue};
use crate::plan::Indicator;

use super::index::Index;
use super::results;
use super::words::{format_of, unit_word};
use crate::book::table::cells;
use crate::book::{Cell, columns};
use crate::certify::Run;

columns! {
    /// The columns of the table, on the grid of *Uffici*.
    pub(super) Contributions {
        Office: "Ufficio", 0, First;
        Code: "Codice", 0, First;
        Unit: "Unità", 0, First;
        Value: "Valore dell'ufficio", 0, First;
        Present: "Voci presenti", 0, First;
        Expected: "Voci attese", 0, First;
        Data: "Dati", 0, First;
        Indicator: "Indicatore", 0, First;
    }
}

/// Its title.
pub(super) const TITLE: &str = "Valori per ufficio";

/// What it is.
pub(super) const ABOUT: &str = "La formula sulle voci di ciascun ufficio, per conoscenza: il risultato si calcola una volta sola, sui totali.";

/// A row for each indicator and office.
pub(super) fn rows(run: &Run<'_>, index: &Index<'_>) -> Vec<Vec<Cell>> {
    let results = run.consolidation.indicators.iter();
    results
        .filter_map(|result| Some((run.plan.indicator(&result.code)?, result)))
        .flat_map(|(indicator, result)| {
            result.per_office.iter().map(move |own| row(run, index, indicator, result, own))
        })
        .collect()
}

fn row(
    run: &Run<'_>,
    index: &Index<'_>,
    indicator: &Indicator,
    result: &IndicatorResult,
    own: &OfficeValue,
) -> Vec<Cell> {
    let first = index.first_data(indicator, &own.office);
    cells(|column| match column {
        Contributions::Code => Cell::link(result.code.as_str(), results::target(run, &result.code)),
        Contributions::Indicator => Cell::text(&indicator.text),
        Contributions::Office => Cell::text(run.plan.office_name(&own.office)),
        Contributions::Value => Cell::value(own.value.as_ref(), format_of(indicator)),
        Contributions::Unit => Cell::text(unit_word(indicator)),
        Contributions::Present => Cell::count(own.coverage.present as usize),
        Contributions::Expected => Cell::count(own.coverage.expected as usize),
        Contributions::Data => {
            if first.is_some() {
                Cell::link("vai →", first)
            } else {
                Cell::blank()
            }
        }
    })
}
