//! How the plan is read, indicator by indicator.

use crate::aggregate::IndicatorResult;
use crate::book::table::{cells, header, titles};
use crate::book::{Cell, Format, Row, RowKind, columns};
use crate::model::capital;
use crate::model::{Number, count};
use crate::plan::Indicator;
use crate::report::results::{self, label};
use crate::report::words::{nature_words, unit_word};

use super::builder::{Block, Builder};

columns! {
    /// The columns of the table: what is long stands where the grid of the sheet is wide.
    Readings {
        Code: "Codice", 0, First;
        ToKnow: "Che cosa sapere", 0, First;
        Chosen: "Letture scelte", 0, First;
        Unit: "Unità", 0, First;
        Target: "Target", 0, First;
        Offices: "Uffici", 0, First;
        Nature: "Natura", 0, First;
        Weight: "Peso", 0, First;
        Decision: "Decisione dell'unità", 0, First;
        Second: "Seconda condizione", 0, First;
        Formula: "Formula", 0, First;
    }
}

impl Builder<'_, '_> {
    /// *Come si legge*: a row for each indicator.
    pub(super) fn readings(&mut self) {
        let own = self.indicators();
        if own.is_empty() {
            return;
        }
        let body: Vec<Vec<Cell>> =
            own.iter().map(|(indicator, result)| self.reading(indicator, result)).collect();
        let header = header(titles::<Readings>(), body.iter().map(Vec::as_slice));
        let body = body.into_iter().map(|cells| Row::of(RowKind::Body, cells)).collect();
        self.table(Block::Readings, "Come si legge", "", &header, body);
    }

    fn reading(&self, indicator: &Indicator, result: &IndicatorResult) -> Vec<Cell> {
        let plan = self.run.plan;
        let second = result.second.as_ref().map(|second| results::second_words(indicator, second));
        cells(|column| match column {
            Readings::Code => Cell::code(indicator.code.as_str()).strong(),
            Readings::ToKnow => Cell::text(self.to_know(indicator, result).join("\n")),
            Readings::Chosen => Cell::text(indicator.all_readings().join("\n")),
            Readings::Unit => Cell::text(unit_word(indicator)),
            Readings::Target => Cell::text(sentence(&results::target_read(indicator, result))),
            Readings::Offices => Cell::count(indicator.offices.len()),
            Readings::Nature => Cell::text(sentence(nature_words(indicator.formula.nature()))),
            Readings::Weight => Cell::number(indicator.weight.clone(), Format::General),
            Readings::Decision => {
                Cell::text(results::decision_words(self.run, &result.code).unwrap_or_default())
            }
            Readings::Second => Cell::text(second.as_deref().unwrap_or_default()),
            Readings::Formula => Cell::text(sentence(&indicator.formula.in_words(&|key| label(plan, key)))),
        })
    }

    /// The remarks on the result, and whether something due is still missing.
    pub(super) fn to_know(&self, indicator: &Indicator, result: &IndicatorResult) -> Vec<String> {
        let mut lines = results::remarks(self.run, indicator, result);
        let coverage = &result.coverage;
        // A final issue says so among the remarks.
        if self.run.definitive {
            return lines;
        }
        if result.provisional && coverage.present < coverage.expected {
            let number = |number: u32| Number::from(number).to_italian(0);
            let present = count(coverage.present as usize, "dato presente", "dati presenti");
            lines.push(format!("Provvisorio: {present} su {} attesi.", number(coverage.expected)));
        } else if result.provisional {
            lines.push("Provvisorio: un dato può ancora cambiare.".to_owned());
        }
        lines
    }
}

/// With a capital letter and a full stop, unless it already ends a sentence.
fn sentence(text: &str) -> String {
    let text = capital(text);
    if text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
}
