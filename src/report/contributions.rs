//! *Per ufficio*: the formula on each office's own entries, for information, with the way to those entries.

use crate::aggregate::{IndicatorResult, OfficeValue};
use crate::plan::Indicator;

use super::index::Index;
use super::results;
use super::words::{format_of, unit_word};
use crate::book::table::{Table, cells, names};
use crate::book::{Cell, Sheet, TabKind, columns, heads};
use crate::certify::Run;

columns! {
    /// The columns of *Per ufficio*.
    pub(crate) Contributions in names::CONTRIBUTIONS {
        Code: "Codice", 9, Always, key = true;
        Indicator: "Indicatore", 46, First;
        Office: "Ufficio", 40, First, key = true;
        Value: "Valore dell'ufficio", 12, First;
        Unit: "Unità", 14, First;
        Present: "Voci presenti", 11, First;
        Expected: "Voci attese", 10, First;
        Data: "Dati", 9, First;
    }
}

/// The sheet of the offices' own values.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    let rows: Vec<Vec<Cell>> = run
        .consolidation
        .indicators
        .iter()
        .filter_map(|result| Some((run.plan.indicator(&result.code)?, result)))
        .flat_map(|(indicator, result)| {
            result.per_office.iter().map(move |own| row(run, index, indicator, result, own))
        })
        .collect();
    Table {
        name: names::CONTRIBUTIONS,
        tab: TabKind::Evidence,
        title: "Valori per ufficio",
        subtitle: "La formula sulle voci di ciascun ufficio, per conoscenza: il risultato si calcola una volta sola, sui totali."
            .to_owned(),
        columns: heads::<Contributions>(),
        empty: "Nessun indicatore.",
    }
    .sheet(rows)
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
