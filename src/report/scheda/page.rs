//! What the printed page says in words under its table: a paragraph for each indicator, then where the rest
//! is.

use crate::aggregate::IndicatorResult;
use crate::book::{Cell, Row, RowKind};
use crate::plan::Indicator;
use crate::report::results::{self, fitting};

use super::builder::{Builder, span};
use super::printed::parted;

/// Characters of the notes of an indicator that the page holds; the rest is in *Dati*.
const NOTES: usize = 600;

/// Characters of its sources.
const SOURCES: usize = 300;

impl Builder<'_, '_> {
    /// Readings, second condition, notes and sources of each indicator; the page ends here.
    pub(super) fn words(&mut self) {
        let own = self.indicators();
        let told: Vec<(String, String)> = own
            .iter()
            .map(|(indicator, result)| (indicator.code.to_string(), self.paragraph(indicator, result)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if !told.is_empty() {
            self.heading("Letture, note e fonti");
        }
        for (code, text) in told {
            let cells = vec![Cell::text(code).strong(), Cell::text(text).over(span() - 1)];
            self.rows.push(Row::of(RowKind::Prose, cells));
        }
        self.prose(
            "Qui sotto, nel file e fuori dalla stampa: ogni figura ricalcolata con formule di Excel, il contributo di \
             ciascun ufficio, i mesi. Per stampare tutto: «schede consolida --stampa tutto».",
        );
        self.page = self.next_row();
    }

    fn paragraph(&self, indicator: &Indicator, result: &IndicatorResult) -> String {
        let second = result.second.as_ref().map(|second| results::second_words(indicator, second));
        let flat = |text: String| text.replace(".\n", ". ").replace('\n', "; ");
        let (_, rest) = parted(&indicator.text);
        let goes_on = if rest.is_empty() { String::new() } else { format!("… {rest}") };
        let parts = [
            ("", goes_on),
            ("", results::decision_words(self.run, &result.code).unwrap_or_default()),
            ("Lettura: ", indicator.all_readings().join(" ")),
            ("Da sapere: ", self.to_know(indicator, result).join(" ")),
            ("Seconda condizione ", second.unwrap_or_default()),
            ("Note: ", flat(fitting(&self.notes(indicator), NOTES, ("nota", "note")))),
            ("Fonti: ", flat(fitting(&self.sources(indicator), SOURCES, ("fonte", "fonti")))),
        ];
        let told = parts.into_iter().filter(|(_, text)| !text.is_empty());
        told.map(|(label, text)| format!("{label}{text}")).collect::<Vec<_>>().join(" · ")
    }
}
