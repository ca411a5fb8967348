//! The scheda as the OIV knows it: its head, then a row for each indicator, with what came of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::aggregate::{Degrees, IndicatorResult, SchedaResult};
use crate::book::table::header;
use crate::book::{Cell, Row, RowKind};
use crate::excel::Target;
use crate::interpret::{Submission, TextCell};
use crate::model::capital;
use crate::model::{CellRef, IndicatorCode, Light, Number, Status};
use crate::plan::{Action, Indicator, Plan, Summaries};
use crate::report::results::{self, fitting};
use crate::report::told::told;
use crate::report::words::{format_of, month_title};

use super::builder::{Block, Builder, span, ways};
use super::colour;

/// Characters of the notes of an indicator that fit in its row; the rest is in *Dati*.
const NOTES: usize = 130;

/// Characters of the text of an indicator that fit in its row; the rest goes on under the table.
const INDICATOR: usize = 140;

/// Characters of its sources.
const SOURCES: usize = 110;

impl<'a> Builder<'a, '_> {
    /// Title, outcome and what the scheda is about.
    pub(super) fn head(&mut self) {
        let scheda = self.scheda;
        let title = format!("Scheda {}: {}", scheda.number, scheda.title);
        self.rows.push(Row::line(RowKind::Title, 0, title, span()));
        self.rows.push(Row::line(RowKind::Subtitle, 0, self.message(), span()));
        self.rows.push(ways());
        self.fact("Prospettiva", &scheda.perspective);
        self.fact("Obiettivo strategico", &scheda.strategic);
        for (label, objective) in self.objectives() {
            self.fact(&label, objective);
        }
        for (label, action) in self.actions() {
            self.fact(&label, action);
        }
        // What the plan gives in short says so.
        let said = |label: &str, short: bool| format!("{label}{}", if short { " (sintesi)" } else { "" });
        let Summaries { descriptions, benefits } = self.run.plan.summaries;
        self.fact(&said("Descrizione", descriptions), &scheda.description);
        self.fact(&said("Benefici attesi", benefits), &scheda.benefits);
        self.outcome();
    }

    /// A label and a text; nothing when there is no text.
    fn fact(&mut self, label: &str, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.rows.push(Row::of(
            RowKind::Body,
            vec![Cell::text(label).strong().over(2), Cell::blank(), Cell::text(text.trim()).over(span() - 2)],
        ));
    }

    /// The sentence under the title: the colour of the scheda, and which indicators are where.
    fn message(&self) -> String {
        let month = month_title(self.run.consolidation.month);
        let light = self.result().map_or_else(String::new, |result| {
            format!(" · {} {}", result.light.symbol(), result.light.label())
        });
        let mut by_status: BTreeMap<(Reverse<Light>, Status), Vec<&str>> = BTreeMap::new();
        for (_, result) in self.indicators() {
            let key = (Reverse(result.status.light()), result.status);
            by_status.entry(key).or_default().push(result.code.as_str());
        }
        let words: Vec<String> = by_status
            .iter()
            .map(|((_, status), codes)| format!("{}: {}", status.label(), codes.join(", ")))
            .collect();
        let words = if words.is_empty() { "nessun indicatore".to_owned() } else { words.join("; ") };
        format!("{month}{light} · {}", capital(&words))
    }

    fn result(&self) -> Option<&SchedaResult> {
        self.run.consolidation.schede.iter().find(|result| result.number == self.scheda.number)
    }

    /// The colour and the degree, with and without what is missing.
    fn outcome(&mut self) {
        let Some(result) = self.result() else { return };
        let degree = |degree: Option<&Number>| {
            if degree.is_some() { Cell::degree(degree) } else { Cell::text("nessun grado") }
        };
        let closed = self.run.consolidation.closed;
        let scoring = &self.run.plan.scoring;
        let colour = if closed {
            format!(
                "Viene dal grado: verde da {}, giallo da {}, rosso sotto.",
                scoring.green.to_italian(2),
                scoring.yellow.to_italian(2)
            )
        } else {
            "È il colore peggiore fra quelli dei suoi indicatori.".to_owned()
        };
        let missing = if closed {
            "Nel grado ciò che manca conta 0; nell'altro è lasciato fuori."
        } else {
            "Durante l'anno ciò che manca è lasciato fuori da tutti e due."
        };
        let colour = match colour::words(self.run, self.scheda) {
            Some(reason) => format!("{reason} {colour}"),
            None => colour,
        };
        let light = vec![
            Cell::text("Semaforo").strong().over(2),
            Cell::blank(),
            Cell::status(result.light, result.light.label()),
            Cell::text(format!("{colour} {missing}")).over(span() - 3),
        ];
        let Degrees { official, without_missing, paced } = &result.degrees;
        let [(first, leading), (second, beside)] = if closed {
            [("Grado su 100", official), ("Grado senza ciò che manca", without_missing)]
        } else {
            [("Grado su 100 sul passo", paced), ("Grado su 100 sul target dell'anno", official)]
        };
        let degrees = vec![
            Cell::text(first).strong().over(2),
            Cell::blank(),
            degree(leading.as_ref()),
            Cell::text(second).strong().over(2),
            Cell::blank(),
            degree(beside.as_ref()),
        ];
        self.rows.extend([Row::of(RowKind::Body, light), Row::of(RowKind::Body, degrees)]);
    }

    /// The operational objectives; when they are several, each with the indicators it is about.
    fn objectives(&self) -> Vec<(String, &'a str)> {
        self.with_codes("Obiettivo operativo", |action| &action.objective)
    }

    /// The actions; when they are several, each with its indicators.
    fn actions(&self) -> Vec<(String, &'a str)> {
        self.with_codes("Azione", |action| &action.text)
    }

    fn with_codes(&self, name: &str, text: impl Fn(&'a Action) -> &'a str) -> Vec<(String, &'a str)> {
        let mut found: Vec<(&'a str, Vec<&str>)> = Vec::new();
        for action in &self.scheda.actions {
            let codes = action.indicators.iter().map(|indicator| indicator.code.as_str());
            match found.iter_mut().find(|(known, _)| *known == text(action)) {
                Some((_, known)) => known.extend(codes),
                None => found.push((text(action), codes.collect())),
            }
        }
        let label = |codes: &[&str]| {
            if found.len() == 1 { name.to_owned() } else { format!("{name} ({})", codes.join(", ")) }
        };
        found.iter().map(|(text, codes)| (label(codes), *text)).collect()
    }

    /// The table of the scheda, a row for each indicator.
    pub(super) fn printed(&mut self) {
        let title = format!("La scheda a {}", self.run.consolidation.month.in_words());
        let mut codes: Vec<IndicatorCode> = Vec::new();
        let mut body: Vec<Vec<Cell>> = Vec::new();
        for action in &self.scheda.actions {
            for indicator in &action.indicators {
                let Some(result) = self.run.consolidation.indicator(&indicator.code) else { continue };
                codes.push(indicator.code.clone());
                body.push(self.printed_row(indicator, result));
            }
        }
        if body.is_empty() {
            self.heading(&title);
            self.prose("Nessun indicatore.");
            return;
        }
        let header = self.printed_header(&body);
        let body = body.into_iter().map(|cells| Row::of(RowKind::Body, cells)).collect();
        let from = self.rows.len();
        self.table(Block::Printed, &title, "", &header, body);
        let rows = (0_u32..).zip(&self.rows).skip(from).filter(|(_, row)| row.kind == RowKind::Body);
        for ((row, _), code) in rows.zip(codes) {
            let target = Target { sheet: self.name, cell: CellRef { row, col: 0 } };
            self.places.indicators.entry(code).or_default().printed = Some(target);
        }
    }

    fn printed_header(&self, body: &[Vec<Cell>]) -> Row {
        let target = format!("Target {}", self.run.plan.year);
        let columns = [
            "Codice",
            "Indicatore",
            "Servizi/Uffici",
            target.as_str(),
            "Risultato",
            "Scostamento",
            if self.run.consolidation.closed { "Grado" } else { "Grado sul passo, e sull'anno" },
            "Esito",
            "Note dell'ufficio",
            "Fonte",
            "Copertura",
            "Rilievi",
        ];
        header(columns, body.iter().map(Vec::as_slice))
    }

    fn printed_row(&self, indicator: &Indicator, result: &IndicatorResult) -> Vec<Cell> {
        let number = |number: u32| Number::from(number).to_italian(0);
        let covered = match (result.coverage.present, result.coverage.expected) {
            (_, 0) => String::new(),
            (present, expected) => format!("{} su {}", number(present), number(expected)),
        };
        vec![
            // It will lead down to the figures, once they are laid.
            Cell::code(indicator.code.as_str()).strong(),
            Cell::text(match parted(&indicator.text) {
                (text, "") => text.to_owned(),
                (begin, _) => format!("{begin} (segue sotto)"),
            }),
            Cell::text(offices(self.run.plan, indicator)),
            Cell::text(&indicator.target.printed),
            Cell::value(result.value.as_ref(), format_of(indicator)),
            results::deviation(indicator, result),
            self.degree(result),
            Cell::status(result.status.light(), result.status.label()),
            Cell::text(fitting(&self.notes(indicator), NOTES, ("nota", "note"))),
            Cell::text(fitting(&self.sources(indicator), SOURCES, ("fonte", "fonti"))),
            Cell::text(covered),
            results::flag_count(self.index, &result.code),
        ]
    }

    /// The degree; in the open year both, in words: against the pace, then against the year's target.
    fn degree(&self, result: &IndicatorResult) -> Cell {
        match (&result.paced, &result.degree) {
            (Some(paced), Some(degree)) if !self.run.consolidation.closed => Cell::text(format!(
                "passo {}\nanno {}",
                paced.to_italian_fixed(2),
                degree.to_italian_fixed(2)
            )),
            (_, degree) => Cell::degree(degree.as_ref()),
        }
    }

    /// The offices' notes, then the causes of a deviation that they choose, in the plan's order of offices.
    pub(super) fn notes(&self, indicator: &Indicator) -> Vec<String> {
        let mut notes = self.told(indicator, |sent| sent.notes.get(&indicator.code));
        let causes = self.told(indicator, |sent| sent.causes.get(&indicator.code));
        notes.extend(causes.into_iter().map(|cause| format!("Causa: {cause}")));
        notes
    }

    /// The evidence that the offices refer to.
    pub(super) fn sources(&self, indicator: &Indicator) -> Vec<String> {
        self.told(indicator, |sent| sent.evidence.get(&indicator.code))
    }

    /// What the offices wrote, each with its name where several answer for the indicator.
    fn told<'s>(
        &'s self,
        indicator: &Indicator,
        text: impl Fn(&'s Submission) -> Option<&'s TextCell>,
    ) -> Vec<String> {
        told(self.run, indicator, text)
    }
}

/// A text that the table has room for, and what goes on under it.
pub(super) fn parted(text: &str) -> (&str, &str) {
    let Some((room, _)) = text.char_indices().nth(INDICATOR) else { return (text, "") };
    let begin = text.get(..room).unwrap_or(text);
    let cut = begin.rfind(' ').unwrap_or(room);
    text.split_at_checked(cut).map_or((text, ""), |(begin, rest)| (begin, rest.trim_start()))
}

/// The offices as printed; where the document is blank, those of the plan, saying so.
fn offices(plan: &Plan, indicator: &Indicator) -> String {
    let printed = indicator.printed_offices.trim();
    if !printed.is_empty() {
        return one_per_line(plan, printed);
    }
    if indicator.offices.len() == plan.offices.len() && plan.offices.len() > 1 {
        return "tutti gli uffici (nel documento la cella è vuota)".to_owned();
    }
    let names: Vec<&str> = indicator.offices.iter().map(|office| plan.office_name(office)).collect();
    format!("{}\n(dal piano: nel documento la cella è vuota)", names.join("\n"))
}

/// What stands between one office and the next in the document.
const BETWEEN: [char; 5] = [' ', '–', '-', ',', ';'];

/// The offices of a printed cell, one per line; as it is when some of it is not among the forms of the plan.
fn one_per_line(plan: &Plan, printed: &str) -> String {
    let forms = || plan.offices.iter().flat_map(|office| office.printed.iter().chain([&office.name]));
    let mut lines: Vec<&str> = Vec::new();
    let mut rest = printed;
    while !rest.is_empty() {
        let begins = |form: &&String| {
            let after = rest.strip_prefix(form.as_str());
            !form.is_empty() && after.is_some_and(|after| after.is_empty() || after.starts_with(BETWEEN))
        };
        let Some(form) = forms().filter(begins).max_by_key(|form| form.len()) else {
            return printed.to_owned();
        };
        lines.push(form);
        rest = rest.strip_prefix(form.as_str()).unwrap_or_default().trim_start_matches(BETWEEN);
    }
    lines.join("\n")
}
