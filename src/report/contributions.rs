//! *Per ufficio*: the formula on each office's own entries, for information, with the way to those entries.

use crate::aggregate::{IndicatorResult, OfficeValue};
use crate::plan::Indicator;

use super::index::Index;
use super::results;
use super::words::{format_of, unit_word};
use crate::book::table::{Table, names};
use crate::book::{Cell, Paper, Sheet, TabKind};
use crate::certify::Run;

const COLUMNS: [(&str, u16); 8] = [
    ("Codice", 9),
    ("Indicatore", 46),
    ("Ufficio", 40),
    ("Valore dell'ufficio", 12),
    ("Unità", 14),
    ("Voci presenti", 11),
    ("Voci attese", 10),
    ("Dati", 9),
];

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
        columns: &COLUMNS,
        frozen: 1,
        paper: Paper::Wide,
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
    vec![
        Cell::link(result.code.as_str(), results::target(run, &result.code)),
        Cell::text(&indicator.text),
        Cell::text(run.plan.office_name(&own.office)),
        Cell::value(own.value.as_ref(), format_of(indicator)),
        Cell::text(unit_word(indicator)),
        Cell::count(own.coverage.present as usize),
        Cell::count(own.coverage.expected as usize),
        if first.is_some() { Cell::link("vai →", first) } else { Cell::blank() },
    ]
}
