//! How the plan is read, indicator by indicator, and the dated phases of the scheda.

use chrono::NaiveDate;

use crate::aggregate::IndicatorResult;
use crate::model::{Light, Number, count};
use crate::plan::{Indicator, Milestone};
use crate::report::results::{self, label};
use crate::report::sheet::{Cell, Format, Row, RowKind};
use crate::report::table::{area, header};
use crate::report::words::{capital, nature_words};

use super::{Builder, span};

/// Days within which a phase is near.
const NEAR: i64 = 30;

impl Builder<'_, '_> {
    /// *Come si legge*: for each indicator, labels and values.
    pub(super) fn readings(&mut self) {
        self.heading("Come si legge");
        for (indicator, result) in self.indicators() {
            for (label, text) in self.reading(indicator, result) {
                let code = Cell::code(indicator.code.as_str()).strong();
                let cells = vec![code, Cell::text(label).strong(), Cell::text(text).over(span() - 2)];
                self.rows.push(Row::of(RowKind::Body, cells));
            }
        }
    }

    fn reading(&self, indicator: &Indicator, result: &IndicatorResult) -> Vec<(&'static str, String)> {
        let plan = self.run.plan;
        let mut facts = vec![
            ("Target", sentence(&results::target_read(indicator, result))),
            ("Formula", sentence(&indicator.formula.in_words(&|key| label(plan, key)))),
            ("Natura", sentence(nature_words(indicator.formula.nature()))),
        ];
        let second = result.second.as_ref();
        facts.extend(second.map(|second| ("Seconda condizione", results::second_words(indicator, second))));
        facts.push((
            if indicator.readings.len() == 1 { "Lettura scelta" } else { "Letture scelte" },
            indicator.readings.join("\n"),
        ));
        let decision = results::decision_words(self.run, &result.code).unwrap_or_default();
        facts.push(("Decisione dell'unità", decision));
        facts.push(("Che cosa sapere", self.to_know(indicator, result).join("\n")));
        facts.retain(|(_, text)| !text.is_empty());
        facts
    }

    /// The remarks on the result, and whether something due is still missing.
    fn to_know(&self, indicator: &Indicator, result: &IndicatorResult) -> Vec<String> {
        let mut lines = results::remarks(self.run, indicator, result);
        let coverage = &result.coverage;
        if result.provisional && coverage.present < coverage.expected {
            let number = |number: u32| Number::from(number).to_italian(0);
            let present = count(coverage.present as usize, "dato presente", "dati presenti");
            lines.push(format!("Provvisorio: {present} su {} attesi.", number(coverage.expected)));
        } else if result.provisional {
            lines.push("Provvisorio: un dato può ancora cambiare.".to_owned());
        }
        lines
    }

    /// *Fasi e scadenze*: the dated phases of the scheda; nothing when it has none.
    pub(super) fn milestones(&mut self) {
        let steps = &self.scheda.milestones;
        if steps.is_empty() {
            return;
        }
        self.heading("Fasi e scadenze");
        let end = self.run.consolidation.month.last_day();
        self.prose(
            "Dicono quando un passo era previsto, non se è stato fatto: aiutano a cercare le prove e non entrano mai nel grado.",
        );
        let body: Vec<Vec<Cell>> =
            steps.iter().enumerate().map(|(place, step)| milestone(place + 1, step, end)).collect();
        let columns = ["N.", "Scadenza", "Fase", "Giorni mancanti", "Stato alla fine del mese"];
        let first = self.next_row();
        self.rows.push(header(&columns.map(|name| (name, 0)), body.iter().map(Vec::as_slice)));
        self.rows.extend(body.into_iter().map(|cells| Row::of(RowKind::Body, cells)));
        self.tables.push(area(first, 0, self.next_row().saturating_sub(1), 4));
    }
}

/// With a capital letter and a full stop, unless it already ends a sentence.
fn sentence(text: &str) -> String {
    let text = capital(text);
    if text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
}

fn milestone(place: usize, step: &Milestone, end: NaiveDate) -> Vec<Cell> {
    let days = step.date.signed_duration_since(end).num_days();
    let (light, words) = state(days);
    vec![
        Cell::count(place).strong(),
        Cell::date(step.date),
        Cell::text(&step.text),
        Cell::number(Number::from(days), Format::Integer),
        Cell::status(light, words),
    ]
}

/// How far a date is from the end of the reporting month; near ones are marked, none is judged.
fn state(days: i64) -> (Light, String) {
    let number = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    let words = count(number, "giorno", "giorni");
    match days {
        ..0 => (Light::Grigio, format!("passata da {words}")),
        0 => (Light::Giallo, "cade l'ultimo giorno del mese".to_owned()),
        1 => (Light::Giallo, "manca 1 giorno".to_owned()),
        2..=NEAR => (Light::Giallo, format!("vicina: mancano {words}")),
        _ => (Light::Grigio, format!("mancano {words}")),
    }
}
