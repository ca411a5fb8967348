//! *Risultati*: one row per indicator, from the terms to the outcome.

use chrono::NaiveDate;

use crate::admit::Admission;
use crate::aggregate::{IndicatorResult, SecondResult, mark, self_declared};
use crate::compute::Coverage;
use crate::model::{
    CellRef, IndicatorCode, Nature, Number, OfficeId, OfficeRule, Status, Unit, Value, VoceKey, VoceType,
    count, date_it, join_it, ratio_it,
};
use crate::plan::{Indicator, Plan, Threshold};

use super::index::Index;
use super::scheda::places::{IndicatorPlaces, Places};
use super::words::{
    bare_target_words, format_of, is_percent, reliability_cell, target_words, unit_word, value_words, yes_no,
};
use crate::book::table::{BODY, Table, body_row, names};
use crate::book::{Cell, Format, Paper, Sheet, TabKind};
use crate::certify::Run;
use crate::excel::Target;
use crate::excel::{Formula, Sign, absolute, difference_beside};

/// Place of the column that says whether something due is missing, by the name it has until the final issue.
const LACKING: usize = 10;

const COLUMNS: [(&str, u16); 25] = [
    ("Codice", 8),
    ("Indicatore", 34),
    ("Termini (voce = valore)", 32),
    ("Valore", 12),
    ("Unità", 13),
    ("Target stampato", 16),
    ("Come è letto", 20),
    ("Scostamento", 14),
    ("Grado su 100", 10),
    ("Esito", 20),
    ("Provvisorio", 13),
    ("Rilievi", 11),
    ("Calcolo", 40),
    ("Presenti", 10),
    ("Attese", 9),
    ("Attendibilità", 20),
    ("Che cosa sapere", 43),
    ("Note degli uffici", 42),
    ("Valore in Excel", 12),
    ("Scostamento in Excel", 14),
    ("Grado in Excel", 10),
    ("Esito in Excel", 24),
    ("Presenti in Excel", 10),
    ("Attese in Excel", 10),
    ("Differenza", 12),
];

/// Columns of the engine's figures, in the order of their twins.
const ENGINE: [u16; 6] = [VALUE, DEVIATION, 8, 9, 13, 14];

const VALUE: u16 = 3;

/// What is left of the value when the threshold is taken away.
const DEVIATION: u16 = 7;

/// The first column of the twins.
const TWINS: u16 = 18;

/// The sheet of the results.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>, places: &Places) -> Sheet {
    let results = &run.consolidation.indicators;
    let rows = results
        .iter()
        .filter_map(|result| Some((run.plan.indicator(&result.code)?, result)))
        .zip(BODY..)
        .map(|((indicator, result), at)| {
            let mut cells = row(run, index, places, indicator, result);
            cells.extend(twins(&cells, at, places.indicators.get(&result.code)));
            cells
        })
        .collect();
    let mut columns = COLUMNS;
    if run.definitive {
        // Nothing is provisional any more, but something may lack.
        columns.iter_mut().skip(LACKING).take(1).for_each(|(name, _)| *name = "Incompleto");
    }
    Table {
        name: names::RESULTS,
        tab: TabKind::Reading,
        title: "Risultati",
        subtitle: format!(
            "{} fino a {}: dai termini al risultato, dal risultato all'esito. I valori sono esatti; le celle ne mostrano due decimali. A destra le stesse figure come formule di Excel: la differenza deve essere 0.",
            count(results.len(), "indicatore", "indicatori"),
            run.consolidation.month.in_words()
        ),
        columns: &columns,
        frozen: 2,
        paper: Paper::Double { from: 12, again: 2, until: Some(TWINS) },
        empty: "Il piano non ha indicatori.",
    }
    .sheet(rows)
}

/// The row of an indicator in this sheet.
pub(super) fn target(run: &Run<'_>, code: &IndicatorCode) -> Option<Target> {
    let mut shown =
        run.consolidation.indicators.iter().filter(|result| run.plan.indicator(&result.code).is_some());
    body_row(names::RESULTS, shown.position(|result| &result.code == code)?)
}

/// The figures again, as formulas on those of the scheda's sheet, and how far apart they are.
fn twins(cells: &[Cell], row: u32, places: Option<&IndicatorPlaces>) -> Vec<Cell> {
    let own = places.copied().unwrap_or_default();
    let figures = [own.value, own.deviation, own.degree, own.status, own.present, own.expected];
    let mut gaps = Vec::new();
    let mut twins: Vec<Cell> = Vec::new();
    for ((engine, figure), column) in ENGINE.into_iter().zip(figures).zip(TWINS..) {
        let shown = cells.get(usize::from(engine)).cloned().unwrap_or_default();
        let Some(figure) = figure else {
            twins.push(Cell::blank());
            continue;
        };
        let at = |col| Target { sheet: names::RESULTS, cell: CellRef { row, col } };
        let beside = (engine == DEVIATION).then_some(at(VALUE));
        gaps.push(difference_beside(at(engine), at(column), beside));
        twins.push(shown.live(Formula::Cell(figure.live)));
    }
    let sum = gaps.into_iter().map(absolute).reduce(|sum, gap| sum.signed(Sign::Plus, gap));
    let gap = Cell::number(Number::zero(), Format::General);
    twins.push(sum.map_or_else(Cell::blank, |sum| gap.live(sum)));
    twins
}

fn row(
    run: &Run<'_>,
    index: &Index<'_>,
    places: &Places,
    indicator: &Indicator,
    result: &IndicatorResult,
) -> Vec<Cell> {
    vec![
        code(index, places, indicator).strong(),
        Cell::text(&indicator.text),
        Cell::text(terms(run.plan, result)),
        Cell::value(result.value.as_ref(), format_of(indicator)),
        Cell::text(unit_word(indicator)),
        Cell::text(&indicator.target.printed),
        Cell::text(target_read(indicator, result)),
        deviation(indicator, result),
        Cell::degree(result.degree.as_ref()),
        Cell::status(result.status.light(), result.status.label()),
        Cell::text(yes_no(result.provisional)),
        flag_count(index, &result.code),
        Cell::text(indicator.formula.in_words(&|key| label(run.plan, key))),
        Cell::count(result.coverage.present as usize),
        Cell::count(result.coverage.expected as usize),
        reliability_cell(mark(indicator, result, run.admitted, run.submissions)),
        Cell::text(all_remarks(run, indicator, result).join("\n")),
        Cell::text(notes(run, &result.code)),
    ]
}

/// The target as read; one that waits for a baseline says the value supplied.
pub(super) fn target_read(indicator: &Indicator, result: &IndicatorResult) -> String {
    let words = target_words(indicator);
    match (&indicator.target.threshold, &result.threshold) {
        (Threshold::Baseline { .. }, Some(supplied)) => {
            format!("{words}: {}", value_words(indicator, supplied))
        }
        _ => words,
    }
}

/// The indicator's code, leading to its terms in the scheda's sheet, else to its first entry in *Dati*.
fn code(index: &Index<'_>, places: &Places, indicator: &Indicator) -> Cell {
    let terms = places.indicators.get(&indicator.code).and_then(|own| own.terms);
    let first = || indicator.offices.iter().find_map(|office| index.first_data(indicator, office));
    match terms.or_else(first) {
        Some(target) => Cell::link(indicator.code.as_str(), Some(target)),
        None => Cell::code(indicator.code.as_str()),
    }
}

/// The label of a voce.
pub(super) fn label(plan: &Plan, key: &VoceKey) -> String {
    plan.voce(key).map_or_else(|| key.as_str().to_owned(), |(_, voce)| voce.label.clone())
}

fn terms(plan: &Plan, result: &IndicatorResult) -> String {
    let lines: Vec<String> = result
        .voci
        .iter()
        .map(|total| {
            let value = match (&total.value, plan.voce(&total.key)) {
                (None, _) => "non rilevato".to_owned(),
                (Some(value), Some((_, voce))) if voce.register.is_some() => {
                    value.number().map_or_else(|| value.to_people(), |rows| rows_words(&rows))
                }
                (Some(Value::Number(number)), Some((_, voce))) if voce.kind == VoceType::Percentuale => {
                    ratio_it(number)
                }
                (Some(value), _) => value.to_people(),
            };
            format!("{} = {value}", label(plan, &total.key))
        })
        .collect();
    lines.join("\n")
}

fn rows_words(rows: &Number) -> String {
    let noun = if rows == &Number::one() { "riga" } else { "righe" };
    format!("{} {noun}", rows.to_italian(0))
}

/// Value minus threshold; for a deadline the days, more than zero when late, for a percentage its points.
pub(super) fn deviation(indicator: &Indicator, result: &IndicatorResult) -> Cell {
    let Some(deviation) = &result.deviation else { return Cell::blank() };
    Cell::value(Some(&Value::Number(deviation.clone())), deviation_format(indicator))
}

/// How a value minus the threshold is shown: of a percentage, in points.
pub(super) fn deviation_format(indicator: &Indicator) -> Format {
    match indicator.formula.unit() {
        Unit::Data => Format::Days,
        _ if is_percent(indicator) => Format::Points,
        _ => format_of(indicator),
    }
}

/// How many findings are about an indicator, leading to the first one; in few words, since a link is never wrapped.
pub(super) fn flag_count(index: &Index<'_>, code: &IndicatorCode) -> Cell {
    let found = index.findings_of(code);
    let words = if found.is_empty() { String::new() } else { count(found.len(), "rilievo", "rilievi") };
    Cell::link(words, found.first().and_then(|row| body_row(names::FINDINGS, *row)))
}

/// Everything that a reader should know of this result, a line each.
fn all_remarks(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> Vec<String> {
    let mut lines: Vec<String> = decision_words(run, &result.code).into_iter().collect();
    lines.extend(remarks(run, indicator, result));
    let second = result.second.as_ref();
    lines.extend(second.map(|second| format!("Seconda condizione {}", second_words(indicator, second))));
    lines
}

/// The decision that takes the indicator out, who took it and why.
pub(super) fn decision_words(run: &Run<'_>, code: &IndicatorCode) -> Option<String> {
    let decision = run.plan.decision(code)?;
    let day = date_it(decision.date);
    Some(format!("Non valutabile per decisione di {} del {day}: {}", decision.who, decision.reason))
}

/// What a reader should know of this result besides decisions and second conditions, a line each.
pub(crate) fn remarks(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> Vec<String> {
    let mut lines = Vec::new();
    if result.at_the_limit {
        lines.push("Uguale al limite: serve superarlo.".to_owned());
    }
    if !result.missing.is_empty() {
        let names: Vec<String> = result.missing.iter().map(|key| label(run.plan, key)).collect();
        lines.push(format!("Nessuno ha rilevato: {}.", join_it(&names)));
    }
    lines.extend(left_out(result.not_applicable));
    if result.status == Status::NonVerificabile {
        let spoiled = spoiled(run, indicator);
        lines.push(format!("Un dato tenuto fuori impedisce di giudicare ({}).", spoiled.join(", ")));
    }
    if let Some(day) = not_yet_due(indicator, result) {
        lines.push(format!("Nessun dato è dovuto fino al {}: per questo è in linea.", date_it(day)));
    }
    if let Some(value) = &result.indicative {
        lines.push(format!("Valore indicativo, con i soli dati ammessi: {}.", value_words(indicator, value)));
    }
    let open = matches!(result.status, Status::InLinea | Status::InRitardo);
    if let Some(pace) = result.pace.as_ref().filter(|_| open) {
        lines.push(format!(
            "Passo atteso a {}: {}.",
            run.consolidation.month.month.name(),
            value_words(indicator, &Value::Number(pace.clone()))
        ));
    }
    lines.extend(own_word(run, indicator));
    lines.extend(counted_blank(run, indicator));
    lines.extend(final_all_the_same(run, result));
    if misleads(indicator, result) {
        lines.push(
            "Arrotondato a due decimali sembra uguale al target, ma non lo è: conta il valore esatto."
                .to_owned(),
        );
    }
    lines
}

/// How many «n.a.» a result does without.
fn left_out(not_applicable: usize) -> Option<String> {
    let data = match not_applicable {
        0 => return None,
        1 => "dato «n.a.» resta fuori",
        _ => "dati «n.a.» restano fuori",
    };
    Some(format!("{not_applicable} {data} dal risultato e dai dati attesi."))
}

/// In the closed year, the offices without a date that counts one by one: never due, and not done.
fn counted_blank(run: &Run<'_>, indicator: &Indicator) -> Option<String> {
    let inputs = indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key));
    let counted: Vec<&VoceKey> = inputs
        .filter(|voce| voce.kind == VoceType::Data && voce.rule == OfficeRule::Conta)
        .map(|voce| &voce.key)
        .collect();
    let blank = |office: &&OfficeId| {
        let mut entries = run.admitted.entries.get(*office).into_iter().flatten();
        entries.any(|entry| counted.contains(&&entry.id.voce) && entry.admission == Admission::NotReported)
    };
    let offices = indicator.offices.iter().filter(|_| run.consolidation.closed);
    let names: Vec<&str> = offices.filter(blank).map(|office| run.plan.office_name(office)).collect();
    let counts = match names.len() {
        0 => return None,
        1 => "conta come non fatto",
        _ => "contano come non fatti",
    };
    Some(format!("Senza data: {}; {counts}.", join_it(&names)))
}

/// In the final issue, with how little of what was due a result is final, and what covers the rest.
fn final_all_the_same(run: &Run<'_>, result: &IndicatorResult) -> Option<String> {
    if !run.definitive || !result.provisional {
        return None;
    }
    let cover = if run.plan.decision(&result.code).is_some() { "decisione" } else { "deroga" };
    let words = |number: u32| Number::from(number).to_italian(0);
    let Coverage { present, expected } = result.coverage;
    Some(if present < expected {
        let data = if present == 1 { "dato" } else { "dati" };
        format!(
            "Definitivo con {} {data} su {}: ciò che manca è coperto da una {cover}.",
            words(present),
            words(expected)
        )
    } else {
        format!("Definitivo: ciò che manca è coperto da una {cover}.")
    })
}

/// The deadline of what is on pace only because it has not gone by: until then no date is due.
pub(super) fn not_yet_due(indicator: &Indicator, result: &IndicatorResult) -> Option<NaiveDate> {
    let open = result.status == Status::InLinea && result.value.is_none();
    match &result.threshold {
        Some(Value::Date(day)) if open && indicator.formula.nature() == Nature::Scadenza => Some(*day),
        _ => None,
    }
}

/// The terms that an office typed on its own word.
fn own_word(run: &Run<'_>, indicator: &Indicator) -> Option<String> {
    let own: Vec<String> = self_declared(indicator, run.admitted)
        .into_iter()
        .map(|(key, kind)| format!("«{}» ({})", label(run.plan, key), kind.label()))
        .collect();
    let says = if own.len() == 1 { "Autodichiarato" } else { "Autodichiarati" };
    (!own.is_empty()).then(|| format!("{says}, senza una fonte nel piano: {}.", join_it(&own)))
}

/// The codes that keep out an entry of the indicator.
pub(super) fn spoiled(run: &Run<'_>, indicator: &Indicator) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = Vec::new();
    for voce in &indicator.voci {
        for code in run.admitted.spoiled.get(&voce.key).into_iter().flatten() {
            if !codes.contains(code) {
                codes.push(code);
            }
        }
    }
    codes
}

/// Whether a second condition is met.
pub(super) fn second_met(met: bool) -> &'static str {
    if met { "soddisfatta" } else { "non soddisfatta" }
}

/// A second condition with its result: `«+ 30 rispetto al 2018»: incremento 35, soddisfatta.`
pub(super) fn second_words(indicator: &Indicator, second: &SecondResult) -> String {
    let (outcome, note) = match (&indicator.share, &second.share) {
        (Some(share), Some(own)) => share_words(&share.judged, own, second.met),
        _ => (increase_words(indicator, second), ""),
    };
    let differs = if second.disagrees { "; dice altro rispetto al target" } else { "" };
    format!("«{}»: {outcome}{differs}{note}.", second.text)
}

fn increase_words(indicator: &Indicator, second: &SecondResult) -> String {
    let of = |number: &Number| {
        if is_percent(indicator) { ratio_it(number) } else { number.to_italian(2) }
    };
    match (second.met, &second.value) {
        (Some(met), Some(value)) => format!("incremento {}, {}", of(value), second_met(met)),
        _ if second.baseline.is_none() => "manca il dato di partenza".to_owned(),
        _ => "non calcolabile".to_owned(),
    }
}

/// `93,28 %, non soddisfatta (almeno 100 %)`, or why there is no value; and what is still to be known of it.
fn share_words(judged: &Indicator, own: &IndicatorResult, met: Option<bool>) -> (String, &'static str) {
    let (Some(met), Some(value)) = (met, &own.value) else {
        return (own.status.label().to_owned(), "");
    };
    let near = match (misleads(judged, own), own.deviation.as_ref().is_some_and(Number::is_negative)) {
        (false, _) => "",
        (true, true) => "poco meno di ",
        (true, false) => "poco più di ",
    };
    let (value, wanted) = (value_words(judged, value), bare_target_words(&judged.target));
    let note = if own.provisional { "; provvisoria, mancano dati" } else { "" };
    (format!("{near}{value}, {} ({wanted})", second_met(met)), note)
}

/// Whether two decimals would show a value that is not the target as if it were.
fn misleads(indicator: &Indicator, result: &IndicatorResult) -> bool {
    let number = |value: &Option<Value>| value.as_ref().and_then(Value::number);
    let (Some(value), Some(threshold)) = (number(&result.value), number(&result.threshold)) else {
        return false;
    };
    let decimals = if is_percent(indicator) { 4 } else { 2 };
    value != threshold && value.rounded(decimals) == threshold.rounded(decimals)
}

/// Characters of the notes of an indicator that fit in its row; the rest is in *Dati*.
const NOTES: usize = 240;

/// The offices' notes and evidence; what does not fit is said, and stands whole in *Dati*.
fn notes(run: &Run<'_>, code: &IndicatorCode) -> String {
    fitting(&all_notes(run, code), NOTES, ("nota", "note"))
}

/// The lines that fit in so many characters, each whole; how many do not is said, with where they stand.
pub(super) fn fitting(all: &[String], room: usize, (one, many): (&str, &str)) -> String {
    let mut room = room;
    let shown: Vec<&str> = all
        .iter()
        .map(String::as_str)
        .take_while(|line| {
            let length = line.chars().count();
            let fits = length <= room;
            room = room.saturating_sub(length);
            fits
        })
        .collect();
    let left = all.len() - shown.len();
    let mut lines: Vec<String> = shown.into_iter().map(str::to_owned).collect();
    if left > 0 {
        let which = if lines.is_empty() { "" } else { "ancora " };
        let number = count(left, one, many);
        lines.push(format!("{which}{number} nel foglio «{}»", names::DATA));
    }
    lines.join("\n")
}

fn all_notes(run: &Run<'_>, code: &IndicatorCode) -> Vec<String> {
    let mut lines = Vec::new();
    for submission in run.submissions {
        let name = run.plan.office_name(&submission.office);
        if let Some(note) = submission.notes.get(code) {
            lines.push(format!("{name}: {}", note.text));
        }
        if let Some(evidence) = submission.evidence.get(code) {
            lines.push(format!("{name}, fonte: {}", evidence.text));
        }
    }
    lines
}
