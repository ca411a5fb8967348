//! *Mese per mese*: the year as it would have been read at the end of each month, twice.

use std::collections::BTreeMap;

use crate::aggregate::{Consolidation, IndicatorResult};
use crate::book::table::{self, titles};
use crate::book::{Cell, Column, Row, RowKind, columns};
use crate::excel::Formula;
use crate::excel::{Area, Target};
use crate::model::{IndicatorCode, Number, Status};
use crate::plan::Indicator;
use crate::report::live::{self, Case};
use crate::report::words::format_of;

use super::builder::{Block, Builder};
use super::degree::mean;
use super::formula_terms::{term_columns, term_names};
use super::places::Figure;
use super::twins::{LiveCells, column, gap, headed, twin, twins};

/// The first column of the terms.
const FIRST_TERM: u16 = 2;

columns! {
    /// The columns of the figures, after the terms.
    MonthFigures {
        Value: "Risultato", 0, First;
        LiveValue: "Risultato in Excel", 0, First;
        Degree: "Grado su 100", 0, First;
        LiveDegree: "Grado in Excel", 0, First;
        Gap: "Differenza", 0, First;
        Target: "Target", 0, First;
    }
}

columns! {
    /// The columns of the months of the scheda.
    SchedaMonths {
        Code: "Codice", 0, First;
        Month: "Mese", 0, First;
        Degree: "Grado su 100", 0, First;
        Live: "Grado in Excel", 0, First;
        Gap: "Differenza", 0, First;
    }
}

/// Where the months of an indicator stand.
#[derive(Clone, Debug)]
pub(super) struct MonthsPlace {
    pub code: IndicatorCode,
    /// Their names.
    pub months: Area,
    /// The results.
    pub values: Area,
    /// The target, in each row.
    pub target: Area,
}

impl<'a> Builder<'a, '_> {
    /// The block, and where each indicator's months stand.
    pub(super) fn months(&mut self, cells: &BTreeMap<&'a str, LiveCells>) -> Vec<MonthsPlace> {
        let mut places = Vec::new();
        let mut degrees: BTreeMap<(usize, &str), Target> = BTreeMap::new();
        for (place, (indicator, _)) in self.indicators().into_iter().enumerate() {
            let code = indicator.code.as_str();
            self.head_table(Block::Months, code, &format!("Mese per mese di {code}"));
            if place == 0 {
                self.prose(
                    "Il risultato dall'inizio dell'anno alla fine di ogni mese, con i dati che si conoscono oggi. La differenza somma quelle tra ogni valore del programma e la sua formula in Excel: deve essere 0.",
                );
            }
            self.prose(self.legend(indicator));
            let terms = std::iter::once(indicator)
                .chain(indicator.earlier.iter().map(|(_, then)| then))
                .map(term_columns)
                .fold(0, u16::max);
            let at = |figure: MonthFigures| first_figure(terms) + figure.col();
            let header = months_header(terms);
            let (top, columns) = (self.next_row(), header.cells.len());
            self.rows.push(header);
            let first = self.next_row();
            for (month, then) in self.run.months.iter().enumerate() {
                let known = then.indicator(&indicator.code).zip(cells.get(indicator.code.as_str()));
                if let Some((result, cells)) = known {
                    let degree =
                        Target { sheet: self.name, cell: self.next_cell(at(MonthFigures::LiveDegree)) };
                    let own = indicator.at(then.month.month);
                    let (row, live) = self.month(own, then, result, cells, terms);
                    if live {
                        degrees.insert((month, indicator.code.as_str()), degree);
                    }
                    self.rows.push(row);
                }
            }
            let last = self.next_row().saturating_sub(1);
            let area = |at| column(first, last, at);
            let (months, values, target) =
                (area(1), area(at(MonthFigures::Value)), area(at(MonthFigures::Target)));
            if last >= first {
                self.places.indicators.entry(indicator.code.clone()).or_default().degrees =
                    Some(area(at(MonthFigures::Degree)));
            }
            places.push(MonthsPlace { code: indicator.code.clone(), months, values, target });
            self.mark(top, columns);
        }
        self.scheda_months(&degrees);
        places
    }

    /// The row of a month, and whether its degree has a formula.
    fn month(
        &self,
        indicator: &'a Indicator,
        then: &'a Consolidation,
        result: &'a IndicatorResult,
        cells: &LiveCells,
        terms: u16,
    ) -> (Row, bool) {
        let at = |figure: MonthFigures| Target {
            sheet: self.name,
            cell: self.next_cell(first_figure(terms) + figure.col()),
        };
        let reach = self.reach(indicator, then.month.month);
        let own = self.terms(indicator, &reach, &result.voci, FIRST_TERM, terms);
        let formula = live::value(&reach, &own.places).map(|value| live::guarded(&reach, value));
        let known = formula.is_some();
        let engine = Cell::value(result.value.as_ref(), format_of(indicator));
        let value = Figure { engine: at(MonthFigures::Value), live: at(MonthFigures::LiveValue) };
        let live = twin(&engine, formula);
        // A target revised later is not that of the figures above.
        let revised =
            self.run.plan.indicator(&indicator.code).is_some_and(|now| now.target != indicator.target);
        let threshold = match (&cells.threshold, &result.threshold) {
            (_, Some(_)) if revised => Formula::Cell(at(MonthFigures::Target)),
            (Some(threshold), _) => threshold.clone(),
            (None, _) => Formula::none(),
        };
        let case = Case {
            reach,
            scoring: &self.run.plan.scoring,
            result,
            terms: own.places,
            value: Formula::Cell(value.live),
            threshold,
        };
        let degree = Cell::degree(result.degree.as_ref());
        let formula = case.degree().filter(|_| known);
        let has_degree = formula.is_some();
        let live_degree = twin(&degree, formula);
        let mut twice = own.figures;
        twice.extend(known.then_some(value));
        twice.extend(
            has_degree
                .then_some(Figure { engine: at(MonthFigures::Degree), live: at(MonthFigures::LiveDegree) }),
        );
        let mut row = vec![Cell::code(indicator.code.as_str()), Cell::text(then.month.month.name())];
        row.extend(own.cells);
        let target = Cell::value(result.threshold.as_ref(), format_of(indicator));
        row.extend(table::cells(|column| match column {
            MonthFigures::Value => engine.clone(),
            MonthFigures::LiveValue => live.clone(),
            MonthFigures::Degree => degree.clone(),
            MonthFigures::LiveDegree => live_degree.clone(),
            MonthFigures::Gap => gap(&twice),
            MonthFigures::Target => target.clone(),
        }));
        (Row::of(RowKind::Body, row), has_degree)
    }

    /// The degree of the whole scheda, month by month.
    fn scheda_months(&mut self, degrees: &BTreeMap<(usize, &str), Target>) {
        let number = self.scheda.number;
        let known = |then: &Consolidation| then.schede.iter().any(|result| result.number == number);
        if !self.run.months.iter().any(known) {
            return;
        }
        self.head_table(Block::Months, "scheda", "Mese per mese della scheda: media dei gradi");
        if self.run.consolidation.closed {
            self.prose("A dicembre, ad anno chiuso, ciò che manca conta 0; nei mesi prima è lasciato fuori.");
        }
        let top = self.next_row();
        let columns = SchedaMonths::ALL.len();
        let header = titles::<SchedaMonths>().map(str::to_owned).collect();
        self.rows.push(headed(header, SchedaMonths::Degree.col().into()..columns));
        let first = self.next_row();
        for (month, then) in self.run.months.iter().enumerate() {
            let Some(result) = then.schede.iter().find(|result| result.number == self.scheda.number) else {
                continue;
            };
            let at = |column: SchedaMonths| Target { sheet: self.name, cell: self.next_cell(column.col()) };
            let judged = self.scheda.indicators().filter(|indicator| {
                let own = then.indicator(&indicator.code);
                own.is_some_and(|result| result.status != Status::NonValutabile)
            });
            let parts: Option<Vec<(Number, Formula)>> = judged
                .map(|indicator| {
                    let degree = degrees.get(&(month, indicator.code.as_str()))?;
                    Some((indicator.weight.clone(), Formula::Cell(*degree)))
                })
                .collect();
            let engine = Cell::degree(result.degrees.official.as_ref());
            let figure = Figure { engine: at(SchedaMonths::Degree), live: at(SchedaMonths::Live) };
            let formula = parts.map(|parts| mean(&parts, then.closed));
            if formula.is_some() {
                let own = self.places.schede.entry(self.scheda.number).or_default();
                own.live.iter_mut().skip(month).take(1).for_each(|slot| *slot = Some(figure.live));
            }
            let (live, gap) = twins(&engine, formula, figure);
            let row = table::cells(|column| match column {
                SchedaMonths::Code => Cell::code("scheda"),
                SchedaMonths::Month => Cell::text(then.month.month.name()),
                SchedaMonths::Degree => engine.clone(),
                SchedaMonths::Live => live.clone(),
                SchedaMonths::Gap => gap.clone(),
            });
            self.rows.push(Row::of(RowKind::Body, row));
        }
        if self.next_row() > first {
            let area = column(first, self.next_row() - 1, SchedaMonths::Degree.col());
            self.places.schede.entry(self.scheda.number).or_default().degrees = Some(area);
        }
        self.mark(top, columns);
    }
}

/// Where the figures of a row begin, after so many terms.
fn first_figure(terms: u16) -> u16 {
    FIRST_TERM + 2 * terms
}

/// The header of the months of an indicator with so many terms.
fn months_header(terms: u16) -> Row {
    let mut header: Vec<String> = ["Codice", "Mese"].map(str::to_owned).to_vec();
    header.extend(term_names(terms));
    header.extend(titles::<MonthFigures>().map(str::to_owned));
    let columns = header.len();
    headed(header, 2..columns)
}
