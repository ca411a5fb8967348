//! *Metodo*, the part on the checks: thresholds in force, severities changed, findings accepted.

use crate::model::Number;
use crate::plan::{Level, Plan, Thresholds, Waiver};

use super::method::{rule, section, titles};
use super::sheet::{Cell, Row, RowKind};

/// The thresholds in force.
pub(super) fn thresholds(thresholds: &Thresholds) -> Vec<Row> {
    let whole = |number: u32| Cell::count(usize::try_from(number).unwrap_or(usize::MAX));
    let exact = |number: &Number| Cell::text(number.to_italian(4));
    let mut rows = section("Soglie dei controlli di plausibilità").to_vec();
    rows.push(titles(&["Soglia", "Misura", "Per che cosa"]));
    let known = [
        (whole(thresholds.points), "mesi, o uffici", "senza i quali non si confronta nulla"),
        (
            exact(&thresholds.deviations),
            "scarti robusti",
            "dalla mediana, oltre i quali un valore è insolito",
        ),
        (exact(&thresholds.times), "volte la mediana", "(o meno di una volta su tante) che servono, in più"),
        (whole(thresholds.equal_months), "mesi di fila", "con lo stesso valore"),
        (exact(&thresholds.variation), "per cento", "di variazione rispetto al dato di partenza"),
        (
            exact(&thresholds.denominator),
            "per cento",
            "di variazione di un denominatore da un mese all'altro",
        ),
        (exact(&thresholds.over_target), "per cento", "del target, oltre il quale si chiede il perché"),
        (exact(&thresholds.filled), "per cento", "minimo di valori compilati su quelli dovuti"),
        (whole(thresholds.days_to_sign), "giorni", "dalla fine del mese per firmare"),
        (exact(&thresholds.dominance), "per cento", "di un totale fatto da un solo ufficio"),
        (exact(&thresholds.divergence), "punti", "fra rapporto delle somme e media dei rapporti"),
        (whole(thresholds.same_notes), "indicatori", "con la stessa nota"),
    ];
    rows.extend(known.into_iter().map(|(value, unit, words)| rule(value.strong(), unit, words)));
    rows
}

/// Severities that the plan changes, findings that it accepts.
pub(super) fn changes(plan: &Plan, span: u16) -> Vec<Row> {
    let mut rows = section("Gravità cambiate e deroghe").to_vec();
    if plan.controls.levels.is_empty() && plan.controls.waivers.is_empty() {
        rows.push(Row::line(RowKind::Prose, 0, "Nessuna: valgono le gravità del foglio Controlli.", span));
        return rows;
    }
    rows.push(titles(&["Controllo", "Che cosa cambia", "Come"]));
    rows.extend(plan.controls.levels.iter().map(|(code, level)| {
        let words = match level {
            Level::Of(severity) => format!("i suoi rilievi hanno gravità «{}»", severity.label()),
            Level::Shadow => "i suoi rilievi sono contati e non mostrati (ombra)".to_owned(),
        };
        rule(Cell::code(code).strong(), "gravità", words)
    }));
    rows.extend(
        plan.controls
            .waivers
            .iter()
            .map(|waiver| rule(Cell::code(&waiver.code).strong(), "deroga", accepted(waiver))),
    );
    rows
}

fn accepted(waiver: &Waiver) -> String {
    let mut place: Vec<String> = Vec::new();
    place.extend(waiver.office.as_ref().map(ToString::to_string));
    place.extend(waiver.indicator.as_ref().map(|code| format!("indicatore {code}")));
    place.extend(waiver.voce.as_ref().map(|key| key.as_str().to_owned()));
    place.extend(waiver.month.map(|month| month.name().to_owned()));
    let until = waiver.until.map(|month| format!(", fino {month:#}")).unwrap_or_default();
    format!("{} accettato «{}»: {} ({}{until})", place.join(", "), waiver.value, waiver.reason, waiver.who)
}
