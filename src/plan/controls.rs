//! What the unit decides about the checks: other severities, thresholds of plausibility, derogations.

use super::around::Around;
use super::fields::{At, Fields};
use super::levels::{self, LevelSource};
use super::problem::Problems;
use super::settings::{Controls, Thresholds, Waiver};
use crate::model::{IndicatorCode, Month, Number, OfficeId, VoceKey};

/// `[controlli]` and `[[deroghe]]` as written.
#[derive(Debug, Default)]
pub(super) struct ControlsSource {
    pub levels: Vec<LevelSource>,
    pub sentinels: Vec<At<Number>>,
    pub thresholds: Vec<(&'static str, At<Number>)>,
    pub waivers: Vec<WaiverSource>,
}

#[derive(Debug)]
pub(super) struct WaiverSource {
    code: At<String>,
    office: At<String>,
    scheda: Option<At<i64>>,
    indicator: At<String>,
    voce: At<String>,
    month: Option<At<i64>>,
    value: At<String>,
    reason: At<String>,
    who: At<String>,
    until: Option<At<i64>>,
}

/// The names of the thresholds in the file.
const THRESHOLDS: [&str; 12] = [
    "punti_minimi",
    "scarti",
    "volte",
    "mesi_uguali",
    "variazione",
    "denominatore",
    "oltre_target",
    "compilazione",
    "giorni_firma",
    "prevalenza",
    "divergenza",
    "note_uguali",
];

/// Reads the two sections at the top of a file.
pub(super) fn source(top: &Fields<'_>) -> ControlsSource {
    let waivers = waivers(top);
    let Some(fields) = top.table("controlli", "la sezione dei controlli") else {
        return ControlsSource { waivers, ..ControlsSource::default() };
    };
    let levels =
        fields.table("gravita", "la gravità").map(|table| levels::source(&table)).unwrap_or_default();
    let thresholds = fields.table("soglie", "la soglia").map(|table| {
        let given =
            THRESHOLDS.into_iter().filter_map(|name| Some((name, table.number(name)?))).collect::<Vec<_>>();
        table.finish();
        given
    });
    let sentinels = fields.numbers("sentinelle");
    fields.finish();
    ControlsSource { levels, sentinels, thresholds: thresholds.unwrap_or_default(), waivers }
}

/// Reads `[[deroghe]]` alone: what a file beside the plan may hold.
pub(super) fn waivers(top: &Fields<'_>) -> Vec<WaiverSource> {
    top.tables("deroghe", "la deroga").iter().map(waiver).collect()
}

fn waiver(fields: &Fields<'_>) -> WaiverSource {
    let waiver = WaiverSource {
        code: fields.text("codice"),
        office: fields.text_or_empty("ufficio"),
        scheda: fields.whole("scheda"),
        indicator: fields.text_or_empty("indicatore"),
        voce: fields.text_or_empty("voce"),
        month: fields.whole("mese"),
        value: fields.text("trovato"),
        reason: fields.text("motivo"),
        who: fields.text("chi"),
        until: fields.whole("fino_al"),
    };
    fields.finish();
    waiver
}

/// Gives the two sections their meaning.
pub(super) fn compile(source: &ControlsSource, around: &Around<'_>) -> Controls {
    Controls {
        levels: levels::compile(&source.levels, around.catalogue, around.problems),
        sentinels: source.sentinels.iter().map(|number| number.value.clone()).collect(),
        thresholds: thresholds(&source.thresholds, around.problems),
        waivers: compile_waivers(&source.waivers, around),
    }
}

fn thresholds(given: &[(&'static str, At<Number>)], problems: &Problems) -> Thresholds {
    let mut thresholds = Thresholds::default();
    for (name, At { value, line }) in given {
        if value <= &Number::zero() {
            let message = format!("la soglia «{name}» deve essere maggiore di zero");
            problems.add(*line, "P10", message, "scrivi un numero maggiore di zero, o togli la riga");
            continue;
        }
        let whole = value.to_i64().and_then(|number| u32::try_from(number).ok());
        let number = value.clone();
        match (*name, whole) {
            ("scarti", _) => thresholds.deviations = number,
            ("volte", _) => thresholds.times = number,
            ("variazione", _) => thresholds.variation = number,
            ("denominatore", _) => thresholds.denominator = number,
            ("oltre_target", _) => thresholds.over_target = number,
            ("compilazione", _) => thresholds.filled = number,
            ("prevalenza", _) => thresholds.dominance = number,
            ("divergenza", _) => thresholds.divergence = number,
            ("punti_minimi", Some(whole)) => thresholds.points = whole,
            ("mesi_uguali", Some(whole)) => thresholds.equal_months = whole,
            ("giorni_firma", Some(whole)) => thresholds.days_to_sign = whole,
            ("note_uguali", Some(whole)) => thresholds.same_notes = whole,
            _ => {
                let message = format!("la soglia «{name}» deve essere un numero intero");
                problems.add(*line, "P10", message, "scrivi un numero senza decimali");
            }
        }
    }
    thresholds
}

/// Gives the derogations their meaning.
pub(super) fn compile_waivers(sources: &[WaiverSource], around: &Around<'_>) -> Vec<Waiver> {
    sources.iter().map(|one| compile_waiver(one, around)).collect()
}

fn compile_waiver(source: &WaiverSource, around: &Around<'_>) -> Waiver {
    if let Some(catalogue) = around.catalogue {
        catalogue.severity_of("la deroga", &source.code, around.problems);
    }
    let given = |text: &At<String>| (!text.value.is_empty()).then(|| text.value.clone());
    let month = |given: &Option<At<i64>>| {
        let At { value, line } = given.as_ref()?;
        let month = u32::try_from(*value).ok().and_then(Month::new);
        if month.is_none() {
            let message = format!("la deroga nomina il mese {value}, che non esiste");
            let remedy = "scrivi un numero da 1 (gennaio) a 12 (dicembre)";
            around.problems.add(*line, "P17", message, remedy);
        }
        month
    };
    let scheda = source.scheda.as_ref().and_then(|At { value, line }| {
        let scheda = u8::try_from(*value).ok().filter(|scheda| *scheda > 0);
        if scheda.is_none() {
            let message = format!("la deroga nomina la scheda {value}, che non esiste");
            around.problems.add(*line, "P17", message, "scrivi il numero di una scheda del piano");
        }
        scheda
    });
    let office = given(&source.office).map(OfficeId::new);
    if let Some(id) = office.as_ref().filter(|id| around.offices.iter().all(|known| &known.id != *id)) {
        let message = format!("la deroga riguarda l'ufficio «{id}», che non c'è");
        around.problems.add(source.office.line, "P13", message, "usa l'id di un ufficio del piano");
    }
    Waiver {
        code: source.code.value.trim().to_uppercase(),
        office,
        scheda,
        indicator: given(&source.indicator).map(IndicatorCode::new),
        voce: given(&source.voce).map(|key| VoceKey::from_text(&key)),
        month: month(&source.month),
        value: source.value.value.clone(),
        reason: source.reason.value.clone(),
        who: source.who.value.clone(),
        until: month(&source.until),
    }
}
