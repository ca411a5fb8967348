//! The terms of an indicator's formula as columns of a row, each twice.

use std::collections::BTreeMap;

use crate::aggregate::VoceTotal;
use crate::book::Cell;
use crate::excel::Formula;
use crate::excel::Target;
use crate::model::VoceKey;
use crate::model::capital;
use crate::plan::Indicator;
use crate::report::live::{Reach, TermCells, of_sender};
use crate::report::results::label;

use super::builder::Builder;
use super::places::Figure;
use super::twins::engine;
use super::twins::twin;

/// The cells of the terms of a row.
pub(super) struct Terms {
    /// Two for each term, the engine's value and the live formula; blank where the indicator has fewer.
    pub cells: Vec<Cell>,
    /// Where the live ones stand.
    pub places: TermCells,
    /// Where each stands twice.
    pub figures: Vec<Figure>,
}

impl Builder<'_, '_> {
    /// `Formula: Termine 1 ÷ Termine 2. Termine 1: «Ore di sportello»; termine 2: …`
    pub(super) fn legend(&self, indicator: &Indicator) -> String {
        let inputs = (1..).zip(indicator.formula.inputs());
        let words: Vec<String> = inputs
            .map(|(place, key): (usize, _)| format!("termine {place}: «{}»", label(self.run.plan, key)))
            .collect();
        format!("Formula: {}. {}.", numbered(indicator), capital(&words.join("; ")))
    }

    /// The terms on the next row, `totals` the engine's, in so many pairs of columns from `first` on.
    pub(super) fn terms(
        &self,
        indicator: &Indicator,
        reach: &Reach<'_>,
        totals: &[VoceTotal],
        first: u16,
        pairs: u16,
    ) -> Terms {
        let at = |column| Target { sheet: self.name, cell: self.next_cell(column) };
        let mut terms = Terms { cells: Vec::new(), places: BTreeMap::new(), figures: Vec::new() };
        for (key, column) in indicator.formula.inputs().iter().zip((first..).step_by(2)) {
            let Some(voce) = indicator.voce(key) else { continue };
            let figure = Figure { engine: at(column), live: at(column + 1) };
            let engine = engine(voce, totals);
            let live = twin(&engine, Some(of_sender(reach, reach.term(voce))));
            terms.cells.extend([engine, live]);
            terms.places.insert(key.clone(), Formula::Cell(figure.live));
            terms.figures.push(figure);
        }
        terms.cells.resize(usize::from(pairs) * 2, Cell::blank());
        terms
    }
}

/// How many terms a row of an indicator has; each takes two columns.
pub(super) fn term_columns(indicator: &Indicator) -> u16 {
    u16::try_from(indicator.formula.inputs().len()).unwrap_or(u16::MAX)
}

/// The header of so many terms: `Termine 1`, `Termine 1 in Excel`, `Termine 2` …
pub(super) fn term_names(terms: u16) -> impl Iterator<Item = String> {
    (1..=terms).flat_map(|term| [format!("Termine {term}"), format!("Termine {term} in Excel")])
}

/// The formula with its terms by number: `Termine 1 ÷ Termine 2`.
pub(super) fn numbered(indicator: &Indicator) -> String {
    let inputs = indicator.formula.inputs();
    indicator.formula.in_words(&|key: &VoceKey| {
        let place = inputs.iter().position(|input| input == key).unwrap_or_default();
        format!("Termine {}", place + 1)
    })
}
