//! *Per ufficio*: the formula on each office's own entries, for information, twice.

use std::collections::BTreeMap;

use crate::aggregate::OfficeValue;
use crate::model::{Number, VoceKey};
use crate::plan::Indicator;
use crate::report::live::{self, Formula, Reach, TermCells};
use crate::report::sheet::{Cell, Format, Row, RowKind, Target};
use crate::report::words::format_of;

use super::recalc::{headed, twins};
use super::{Builder, Figure, span};

impl<'a> Builder<'a, '_> {
    /// How many columns of terms the tables of the scheda have.
    pub(super) fn term_columns(&self) -> u16 {
        let most = self.scheda.indicators().map(|indicator| indicator.formula.inputs().len()).max();
        u16::try_from(most.unwrap_or(0)).unwrap_or(u16::MAX).max(3)
    }

    /// The block.
    pub(super) fn contributions(&mut self) {
        self.rows.push(Row::space());
        self.rows.push(Row::line(RowKind::Heading, 0, "Contributo degli uffici", span()));
        self.rows.push(Row::line(
            RowKind::Prose,
            0,
            "La formula sui dati di ciascun ufficio, per conoscenza: il risultato si calcola una volta sola, sui totali. I termini sono numerati come in «Ricalcolo».",
            span(),
        ));
        let top = self.next_row();
        let terms = self.term_columns();
        let mut header: Vec<String> = ["Codice", "Ufficio", "Formula"].map(str::to_owned).to_vec();
        header.extend((1..=terms).map(|term| format!("Termine {term}")));
        header.extend(["Valore dell'ufficio", "Formula in Excel", "Differenza", "Dati"].map(str::to_owned));
        let columns = header.len();
        self.rows.push(headed(header, 3..columns - 1));
        for indicator in self.scheda.indicators() {
            let result = self.run.consolidation.indicator(&indicator.code);
            for own in result.into_iter().flat_map(|result| &result.per_office) {
                let row = self.office(indicator, own, terms);
                self.rows.push(row);
            }
        }
        self.mark(top, columns);
    }

    fn office(&self, indicator: &'a Indicator, own: &'a OfficeValue, terms: u16) -> Row {
        let at = |column| Target { sheet: self.name, cell: self.next_cell(column) };
        // The cell with the name finds its rows, unless the name has signs that a criterion takes for others.
        let plain = self.run.plan.office_name(&own.office);
        let exact = live::criterion(plain);
        let name = if exact == Formula::text(plain) { Formula::Cell(at(1)) } else { exact };
        let reach = Reach {
            plan: self.run.plan,
            registers: self.registers,
            indicator,
            office: Some((&own.office, name)),
            month: self.run.consolidation.month.month,
        };
        let mut cells =
            vec![Cell::code(indicator.code.as_str()), Cell::text(plain), Cell::text(numbered(indicator))];
        let (own_terms, term_cells) = self.terms(indicator, &reach, terms);
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

    /// The cells of the formula's terms on the next row, and where they stand.
    pub(super) fn terms(
        &self,
        indicator: &Indicator,
        reach: &Reach<'_>,
        columns: u16,
    ) -> (Vec<Cell>, TermCells) {
        let mut places: TermCells = BTreeMap::new();
        let mut cells = Vec::new();
        for (key, column) in indicator.formula.inputs().iter().zip(3_u16..) {
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

/// The formula with its terms by number: `Termine 1 ÷ Termine 2`.
pub(super) fn numbered(indicator: &Indicator) -> String {
    let inputs = indicator.formula.inputs();
    indicator.formula.in_words(&|key: &VoceKey| {
        let place = inputs.iter().position(|input| input == key).unwrap_or_default();
        format!("Termine {}", place + 1)
    })
}
