//! *Per ufficio*: the formula on each office's own entries, for information, twice.

use std::collections::BTreeMap;

use crate::aggregate::{IndicatorResult, OfficeValue};
use crate::model::{Number, VoceKey, join_it};
use crate::plan::Indicator;
use crate::report::height;
use crate::report::live::{self, Formula, Reach, TermCells};
use crate::report::results::label;
use crate::report::sheet::{Cell, Format, Row, RowKind, Target};
use crate::report::words::{capital, format_of};

use super::contents::Block;
use super::recalc::{headed, twins};
use super::{Builder, Figure, PAGE, WIDTHS};

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
            "La formula sui dati di ciascun ufficio, per conoscenza: il risultato si calcola una volta sola, sui totali. I termini sono spiegati in «Mese per mese».",
        );
        let terms = rows.iter().map(|(indicator, _)| term_columns(indicator)).max().unwrap_or(0);
        let top = self.next_row();
        let mut header: Vec<String> = ["Codice", "Formula", "Ufficio"].map(str::to_owned).to_vec();
        header.extend((1..=terms).map(|term| format!("Termine {term}")));
        header.extend(["Valore dell'ufficio", "Formula in Excel", "Differenza", "Dati"].map(str::to_owned));
        let columns = header.len();
        self.rows.push(headed(header, 3..columns - 1));
        for (indicator, own) in rows {
            let row = self.office(indicator, own, terms);
            self.rows.push(row);
        }
        self.mark(top, columns);
    }

    /// `Formula: Termine 1 ÷ Termine 2. Termine 1: «Ore di sportello»; termine 2: …`
    pub(super) fn legend(&self, indicator: &Indicator) -> String {
        let inputs = (1..).zip(indicator.formula.inputs());
        let words: Vec<String> = inputs
            .map(|(place, key): (usize, _)| format!("termine {place}: «{}»", label(self.run.plan, key)))
            .collect();
        format!("Formula: {}. {}.", numbered(indicator), capital(&words.join("; ")))
    }

    fn office(&self, indicator: &'a Indicator, own: &'a OfficeValue, terms: u16) -> Row {
        let at = |column| Target { sheet: self.name, cell: self.next_cell(column) };
        // The cell with the name finds its rows, unless the name has signs that a criterion takes for others.
        let plain = self.run.plan.office_name(&own.office);
        let exact = live::criterion(plain);
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
        let (own_terms, term_cells) = self.terms(indicator, &reach, 3, terms);
        cells.extend(own_terms);
        let engine = Cell::value(own.value.as_ref(), format_of(indicator));
        let figure = Figure { engine: at(3 + terms), live: at(4 + terms) };
        let formula = live::value(&reach, &term_cells).map(|value| live::of_sender(&reach, value));
        let (live, gap) = twins(&engine, formula, figure);
        let first = self.index.first_data(indicator, &own.office);
        let link = if first.is_some() { Cell::link("vai →", first) } else { Cell::blank() };
        cells.extend([engine, live, gap, link]);
        Row::of(RowKind::Body, cells)
    }

    /// The cells of the formula's terms on the next row, from column `first` on, and where they stand.
    pub(super) fn terms(
        &self,
        indicator: &Indicator,
        reach: &Reach<'_>,
        first: u16,
        columns: u16,
    ) -> (Vec<Cell>, TermCells) {
        let mut places: TermCells = BTreeMap::new();
        let mut cells = Vec::new();
        for (key, column) in indicator.formula.inputs().iter().zip(first..) {
            let Some(voce) = indicator.voce(key) else { continue };
            let shape = Cell::number(Number::zero(), Format::General);
            let date =
                voce.kind == crate::model::VoceType::Data && voce.rule != crate::model::OfficeRule::Conta;
            let shape = if date { Cell::date(chrono::NaiveDate::default()) } else { shape };
            let place = Target { sheet: self.name, cell: self.next_cell(column) };
            places.insert(key.clone(), Formula::Cell(place));
            cells.push(shape.step(reach.term(voce)));
        }
        cells.resize(usize::from(columns), Cell::blank());
        (cells, places)
    }
}

/// How many columns of terms the tables of an indicator have.
pub(super) fn term_columns(indicator: &Indicator) -> u16 {
    u16::try_from(indicator.formula.inputs().len()).unwrap_or(u16::MAX)
}

/// The formula with its terms by number: `Termine 1 ÷ Termine 2`.
fn numbered(indicator: &Indicator) -> String {
    let inputs = indicator.formula.inputs();
    indicator.formula.in_words(&|key: &VoceKey| {
        let place = inputs.iter().position(|input| input == key).unwrap_or_default();
        format!("Termine {}", place + 1)
    })
}
