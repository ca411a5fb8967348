//! *Risultati*: one row per indicator, from the terms to the outcome.

use chrono::NaiveDate;

use crate::admit::Admission;
use crate::aggregate::{IndicatorResult, SecondResult, mark, self_declared};
use crate::compute::Coverage;
use crate::model::{
    CellRef, IndicatorCode, Nature, Number, OfficeId, OfficeRule, Status, Unit, Value, VoceKey, VoceType,
    count, date_it, join_it, ratio_it,
};
use crate::plan::{Indicator, Plan, Revision, Threshold};

use super::document;
use super::index::Index;
use super::scheda::places::{Figure, IndicatorPlaces, Places};
use super::words::{
    PACED, at_month, bare_target_words, format_of, is_percent, reliability_cell, target_words, unit_word,
    value_words, yes_no,
};
use crate::book::height::{SMALL, cut_to};
use crate::book::table::{BODY, Table, body_row, names};
use crate::book::{Cell, Column, Content, Format, Frozen, Head, Leaf, OneTable, Sheet, TabKind, columns};
use crate::certify::Run;
use crate::excel::Target;
use crate::excel::{Formula, Sign, absolute, difference_beside};

columns! {
    /// The columns of *Risultati*.
    pub(crate) Results in names::RESULTS {
        Code: "Codice", 8, Always, key = true, json = Some("codice");
        Indicator: "Indicatore", 46, First;
        Target: "Target stampato", 22, First, json = Some("target");
        Value: "Valore", 12, First, json = Some("valore");
        Deviation: "Scostamento", 14, First, json = Some("scostamento");
        Paced: PACED, 10, First, json = Some("grado_passo");
        Degree: "Grado su 100", 10, First, json = Some("grado");
        Status: "Esito", 20, First, json = Some("stato");
        Lacking: "Provvisorio", 12, First, json = Some("provvisorio");
        Reliability: "Attendibilità", 24, First, json = Some("attendibilita");
        Findings: "Rilievi", 11, First;
        Terms: "Termini (voce = valore)", 32, Second;
        Unit: "Unità", 13, Second;
        Reading: "Come è letto", 20, Second;
        Formula: "Calcolo", 34, Second;
        Present: "Presenti", 9, Second;
        Expected: "Attese", 8, Second;
        Remarks: "Che cosa sapere", 42, Second;
        Notes: "Note degli uffici", 41, Second;
        Whole: "Testo intero dell'indicatore", 60, Screen;
        ValueAgain: "Valore in Excel", 12, Screen, twin_of = Some(Self::Value.col());
        DeviationAgain: "Scostamento in Excel", 14, Screen, twin_of = Some(Self::Deviation.col());
        PacedAgain: "Grado sul passo in Excel", 10, Screen, twin_of = Some(Self::Paced.col());
        DegreeAgain: "Grado in Excel", 10, Screen, twin_of = Some(Self::Degree.col());
        StatusAgain: "Esito in Excel", 24, Screen, twin_of = Some(Self::Status.col());
        PresentAgain: "Presenti in Excel", 10, Screen, twin_of = Some(Self::Present.col());
        ExpectedAgain: "Attese in Excel", 10, Screen, twin_of = Some(Self::Expected.col());
        Gap: "Differenza", 12, Screen;
        LastYear: "Anno prima", 12, Screen;
        LastYearOutcome: "Anno prima: esito, o perché non si confronta", 40, Screen;
    }
}

/// The columns that stay in sight: the code and the text of the indicator.
const IN_SIGHT: u16 = 2;

/// The most lines of the text of an indicator; it stands whole at the right, and in its scheda.
const LINES: u32 = 2;

/// What stands over the column that says whether something due is missing, in the final issue.
pub(super) const LACKING_AT_THE_END: &str = "Incompleto";

/// The sheet of the results.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>, places: &Places) -> Sheet {
    let results = &run.consolidation.indicators;
    let rows = results
        .iter()
        .filter_map(|result| Some((run.plan.indicator(&result.code)?, result)))
        .zip(BODY..)
        .map(|((indicator, result), at)| {
            let own = places.indicators.get(&result.code).copied().unwrap_or_default();
            let line = Line { run, index, places, own, at, indicator, result };
            columns_of(run).map(|column| line.cell(column)).collect()
        })
        .collect();
    let head = |column: Results| Head { width: width(run, column), ..head(run, column) };
    let columns = columns_of(run).map(head).collect();

    let table = Table {
        name: names::RESULTS,
        tab: TabKind::Reading,
        title: "Risultati",
        subtitle: format!(
            "{} fino a {}: dai termini al risultato, dal risultato all'esito. {}I valori sono esatti; le celle ne mostrano due decimali. A destra le stesse figure come formule di Excel: la differenza deve essere 0.",
            count(results.len(), "indicatore", "indicatori"),
            run.consolidation.month.in_words(),
            against(run)
        ),
        columns,
        empty: "Il piano non ha indicatori.",
    };
    let terms = place(run, Results::Terms);
    let above = table.heading_twice(terms, IN_SIGHT);
    let mut sheet = table.sheet(rows);
    sheet.rows.splice(..above.len(), above);
    // Only the code heads a second page; on the screen the text stays in sight too.
    sheet.frozen = sheet.frozen.map(|frozen| Frozen { columns: IN_SIGHT, ..frozen });
    let leaf = document::part(sheet.rows.len(), terms, 2, false);
    sheet.leaf = leaf.map(|leaf| Leaf { letters: SMALL, ..leaf });
    sheet
}

/// The columns: the degree against the pace only while the year runs, what stands last only beside the final
/// issue of the year before.
fn columns_of(run: &Run<'_>) -> impl Iterator<Item = Results> {
    let (closed, alone) = (run.consolidation.closed, run.plan.archive.is_none());
    Results::ALL.iter().copied().filter(move |column| match column {
        Results::Paced | Results::PacedAgain => !closed,
        Results::LastYear | Results::LastYearOutcome => !alone,
        _ => true,
    })
}

/// What stands over a column.
fn head(run: &Run<'_>, column: Results) -> Head {
    match column {
        // Nothing is provisional any more, but something may lack.
        Results::Lacking if run.definitive => Head { name: LACKING_AT_THE_END.into(), ..column.head() },
        other => other.head(),
    }
}

/// The width of a column: two degrees on the same page leave less to the others.
fn width(run: &Run<'_>, column: Results) -> u16 {
    match column {
        Results::Indicator if !run.consolidation.closed => 40,
        Results::Reliability if !run.consolidation.closed => 20,
        other => other.head().width,
    }
}

/// The place of a column, from 0.
fn place(run: &Run<'_>, column: Results) -> u16 {
    let before = columns_of(run).take_while(|own| *own != column).count();
    u16::try_from(before).unwrap_or(u16::MAX)
}

/// What each degree is against, and the rule of the colours; in the closed year there is one target.
fn against(run: &Run<'_>) -> String {
    if run.consolidation.closed {
        return String::new();
    }
    format!(
        "Grado sul passo: contro ciò che serve {}, grado su 100: contro il target dell'anno. Colore, dal grado sul passo: ● 100 (o \
         scadenza ancora aperta), ▲ meno di 100, ■ meno di 100 e non più raggiungibile, ○ senza giudizio. ",
        at_month(run.consolidation.month.month)
    )
}

/// The row of an indicator in this sheet.
pub(super) fn target(run: &Run<'_>, code: &IndicatorCode) -> Option<Target> {
    let mut shown =
        run.consolidation.indicators.iter().filter(|result| run.plan.indicator(&result.code).is_some());
    body_row(names::RESULTS, shown.position(|result| &result.code == code)?)
}

/// The row of an indicator.
struct Line<'l, 'a> {
    run: &'l Run<'a>,
    index: &'l Index<'a>,
    places: &'l Places,
    /// Where its figures stand in the scheda's sheet.
    own: IndicatorPlaces,
    at: u32,
    indicator: &'l Indicator,
    result: &'l IndicatorResult,
}

impl Line<'_, '_> {
    fn cell(&self, column: Results) -> Cell {
        let &Line { run, index, places, own, indicator, result, .. } = self;
        match column {
            Results::Code => code(index, places, indicator).strong(),
            Results::Indicator if run.prints_all => Cell::text(&indicator.text),
            Results::Indicator => Cell::text(cut_to(&indicator.text, width(run, column), LINES)),
            Results::Whole => Cell::text(&indicator.text),
            Results::Terms => Cell::text(terms(run.plan, result)),
            Results::Value => Cell::value(result.value.as_ref(), format_of(indicator)),
            Results::Unit => Cell::text(unit_word(indicator)),
            Results::Target => Cell::text(&indicator.target.printed),
            Results::Reading => Cell::text(target_read(indicator, result)),
            Results::Deviation => deviation(indicator, result),
            Results::Paced => Cell::degree(result.paced.as_ref()),
            Results::Degree => Cell::degree(result.degree.as_ref()),
            Results::Status => Cell::status(result.status.light(), result.status.label()),
            Results::Lacking => Cell::text(yes_no(result.provisional)),
            Results::Findings => flag_count(index, &result.code),
            Results::Formula => Cell::text(indicator.formula.in_words(&|key| label(run.plan, key))),
            Results::Present => Cell::count(result.coverage.present as usize),
            Results::Expected => Cell::count(result.coverage.expected as usize),
            Results::Reliability => reliability_cell(mark(indicator, result, run.admitted, run.submissions)),
            Results::Remarks => Cell::text(all_remarks(run, indicator, result).join("\n")),
            Results::Notes => Cell::text(notes(run, &result.code)),
            Results::ValueAgain => self.again(column, own.value),
            Results::DeviationAgain => self.again(column, own.deviation),
            Results::PacedAgain => self.again(column, own.paced),
            Results::DegreeAgain => self.again(column, own.degree),
            Results::StatusAgain => self.again(column, own.status),
            Results::PresentAgain => self.again(column, own.present),
            Results::ExpectedAgain => self.again(column, own.expected),
            Results::Gap => self.gap(),
            Results::LastYear => match last_year(run.plan, indicator) {
                Some((Some(value), _)) => Cell::value(Some(value), format_of(indicator)),
                _ => Cell::text("–"),
            },
            Results::LastYearOutcome => {
                Cell::text(last_year(run.plan, indicator).map(|(_, words)| words).unwrap_or_default())
            }
        }
    }

    /// The figure that `twin` holds again, as it stands in the scheda's sheet.
    fn again(&self, twin: Results, figure: Option<Figure>) -> Cell {
        match figure.zip(twin.engine()) {
            Some((figure, engine)) => self.cell(engine).live(Formula::Cell(figure.live)),
            None => Cell::blank(),
        }
    }

    /// How far all the figures of the row are from their twins.
    fn gap(&self) -> Cell {
        let at = |column: Results| Target {
            sheet: Results::SHEET,
            cell: CellRef { row: self.at, col: place(self.run, column) },
        };
        let apart = |twin: Results| {
            let engine = twin.engine().filter(|_| matches!(self.cell(twin).content, Content::Live(_)))?;
            let beside = (engine == Results::Deviation).then(|| at(Results::Value));
            Some(absolute(difference_beside(at(engine), at(twin), beside)))
        };
        let sum = columns_of(self.run).filter_map(apart).reduce(|sum, gap| sum.signed(Sign::Plus, gap));
        sum.map_or_else(Cell::blank, |sum| Cell::number(Number::zero(), Format::General).live(sum))
    }
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

/// How many findings are about an indicator, leading to the first one; in few words, since a link is never
/// wrapped.
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

/// What was revised, from when, by which act.
pub(super) fn revision_words(plan: &Plan, revision: &Revision) -> String {
    let Revision { what, act, date, from, .. } = revision;
    let (before, after) = (revision.was(), revision.is());
    let from = plan.month(*from).in_words();
    let late = if revision.is_of_the_past() { ", a mese già concluso" } else { "" };
    let subject = match what.rsplit_once('.') {
        Some((_, "target")) => "Target rivisto".to_owned(),
        Some((_, "formula")) => "Formula rivista".to_owned(),
        _ => format!("Revisione di {what}"),
    };
    format!("{subject} da {from} ({act}, {}{late}): prima «{before}», ora «{after}».", date_it(*date))
}

/// What an indicator gave in the year before, and its outcome, or why the two are not compared; `None` when
/// the final issue of then is not given.
fn last_year<'p>(plan: &'p Plan, indicator: &Indicator) -> Option<(Option<&'p Value>, String)> {
    let archive = plan.archive.as_ref()?;
    Some(match archive.seen(&indicator.code) {
        Ok(own) => (own.value.as_ref(), own.status.label().to_owned()),
        Err(why) => (None, why),
    })
}

/// The same in words, for the scheda and for paper: `Nel 2018: 93,94 % (raggiunto).`
fn last_year_words(plan: &Plan, indicator: &Indicator) -> Option<String> {
    let (value, words) = last_year(plan, indicator)?;
    let value = value.map_or_else(|| "–".to_owned(), |value| value_words(indicator, value));
    Some(format!("Nel {}: {value} ({words}).", plan.year - 1))
}

/// What a reader should know of this result besides decisions and second conditions, a line each.
pub(crate) fn remarks(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> Vec<String> {
    let mut lines: Vec<String> =
        run.plan.revisions_of(indicator).map(|own| revision_words(run.plan, own)).collect();
    lines.extend(last_year_words(run.plan, indicator));
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
        let mut entries = counted.iter().flat_map(|voce| run.admitted.entries.of(voce, office));
        entries.any(|entry| entry.admission == Admission::NotReported)
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
        for code in run.admitted.spoiled.get(&voce.key).into_iter().flat_map(|spoiled| &spoiled.codes) {
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

/// The offices' notes, causes and evidence; what does not fit is said, and stands whole in *Dati*.
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
        let voci = run.plan.indicator(code).map_or(&[][..], |indicator| &indicator.voci);
        for (voce, reason) in voci.iter().filter_map(|voce| Some((voce, submission.reasons.get(&voce.key)?)))
        {
            lines.push(format!("{name}, motivo di «{}»: {}", voce.label, reason.text));
        }
        if let Some(cause) = submission.causes.get(code) {
            lines.push(format!("{name}, causa: {}", cause.text));
        }
        if let Some(evidence) = submission.evidence.get(code) {
            lines.push(format!("{name}, fonte: {}", evidence.text));
        }
    }
    lines
}
