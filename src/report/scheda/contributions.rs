//! *Per ufficio*: the formula on each office's own entries, for information, twice.

use crate::aggregate::{IndicatorResult, OfficeValue};
use crate::book::height;
use crate::book::{Cell, Row, RowKind};
use crate::excel::Formula;
use crate::excel::Target;
use crate::model::join_it;
use crate::plan::Indicator;
use crate::report::live::{self, Reach};
use crate::report::words::format_of;

use super::builder::{Block, Builder, PAGE, WIDTHS};
use super::formula_terms::{numbered, term_columns, term_names};
use super::places::Figure;
use super::twins::{gap, headed, twin};

/// An indicator with what an office gives to it.
type Own<'a> = (&'a Indicator, &'a OfficeValue);

impl<'a> Builder<'a, '_> {
    /// The block: the offices of all the indicators, in as few tables as pages hold.
    pub(super) fn contributions(&mut self) {
        let mut tables: Vec<(u32, Vec<Own<'a>>)> = Vec::new();
        for (indicator, result) in self.indicators() {
            for (points, unit) in self.units(indicator, result) {
                match tables.last_mut().filter(|(used, _)| used + points <= PAGE) {
                    Some((used, rows)) => {
                        *used += points;
                        rows.extend(unit);
                    }
                    None => tables.push((points, unit)),
                }
            }
        }
        let mut before = None;
        for (_, rows) in &tables {
            let goes_on = before == rows.first().map(|(indicator, _)| &indicator.code);
            self.contributions_of(rows, goes_on);
            before = rows.last().map(|(indicator, _)| &indicator.code);
        }
    }

    /// The offices of an indicator, with their height: all together, unless a page does not hold them.
    fn units(&self, indicator: &'a Indicator, result: &'a IndicatorResult) -> Vec<(u32, Vec<Own<'a>>)> {
        let mut units: Vec<(u32, Vec<Own<'a>>)> = Vec::new();
        for own in &result.per_office {
            let row = self.office(indicator, own, term_columns(indicator));
            let points = height::of(&row, &WIDTHS).points;
            match units.last_mut().filter(|(used, _)| used + points <= PAGE) {
                Some((used, unit)) => {
                    *used += points;
                    unit.push((indicator, own));
                }
                None => units.push((points, vec![(indicator, own)])),
            }
        }
        units
    }

    /// A table of contributions; `goes_on` when its first indicator has some in the one before.
    fn contributions_of(&mut self, rows: &[Own<'a>], goes_on: bool) {
        let mut codes: Vec<&str> = rows.iter().map(|(indicator, _)| indicator.code.as_str()).collect();
        codes.dedup();
        let more = if goes_on { " (segue)" } else { "" };
        let title = format!("Contributo degli uffici a {}{more}", join_it(&codes));
        self.head_table(Block::Offices, codes.join(", "), &title);
        self.prose(
            "La formula sui dati di ciascun ufficio, per conoscenza: il risultato si calcola una volta sola, sui totali. I termini sono spiegati in «Mese per mese»; anche qui la differenza somma quelle di tutta la riga.",
        );
        let terms = rows.iter().map(|(indicator, _)| term_columns(indicator)).max().unwrap_or(0);
        let top = self.next_row();
        let mut header: Vec<String> = ["Codice", "Formula", "Ufficio"].map(str::to_owned).to_vec();
        header.extend(term_names(terms));
        header.extend(["Valore dell'ufficio", "Valore in Excel", "Differenza", "Dati"].map(str::to_owned));
        let columns = header.len();
        self.rows.push(headed(header, 3..columns - 1));
        for (indicator, own) in rows {
            let row = self.office(indicator, own, terms);
            self.rows.push(row);
        }
        self.mark(top, columns);
    }

    fn office(&self, indicator: &'a Indicator, own: &'a OfficeValue, terms: u16) -> Row {
        let at = |column| Target { sheet: self.name, cell: self.next_cell(column) };
        // The cell with the name finds its rows, unless the name has signs that a criterion takes for others.
        let plain = self.run.plan.office_name(&own.office);
        let exact = Formula::criterion(plain);
        let name = if exact == Formula::text(plain) { Formula::Cell(at(2)) } else { exact };
        let reach = Reach {
            plan: self.run.plan,
            registers: self.registers,
            indicator,
            office: Some((&own.office, name)),
            month: self.run.consolidation.month.month,
        };
        let mut cells =
            vec![Cell::code(indicator.code.as_str()), Cell::text(numbered(indicator)), Cell::text(plain)];
        let own_terms = self.terms(indicator, &reach, &own.voci, 3, terms);
        cells.extend(own_terms.cells);
        let engine = Cell::value(own.value.as_ref(), format_of(indicator));
        let place = 3 + 2 * terms;
        let figure = Figure { engine: at(place), live: at(place + 1) };
        let formula = live::value(&reach, &own_terms.places).map(|value| live::of_sender(&reach, value));
        let mut twice = own_terms.figures;
        twice.extend(formula.is_some().then_some(figure));
        let live = twin(&engine, formula);
        let first = self.index.first_data(indicator, &own.office);
        let link = if first.is_some() { Cell::link("vai →", first) } else { Cell::blank() };
        cells.extend([engine, live, gap(&twice), link]);
        Row::of(RowKind::Body, cells)
    }
}
