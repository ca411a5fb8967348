//! *Metodo*, the part on the checks: thresholds in force, severities changed, findings accepted.

use crate::check::spread_per_mad;
use crate::model::Number;
use crate::plan::{Level, Plan, Thresholds, Waiver};

use super::lowered;
use super::method_rows::{rule, section, titles, titles_over_numbers};
use crate::book::{Cell, Format, Row, RowKind};

/// The thresholds in force.
pub(super) fn thresholds(thresholds: &Thresholds) -> Vec<Row> {
    let mut rows = section("Soglie dei controlli di plausibilità").to_vec();
    rows.push(titles_over_numbers(&["Soglia", "Misura", "Che cosa vuol dire"]));
    let spread = format!(
        "Un valore è insolito quando dista dalla mediana degli altri più di così tanti scarti. Uno scarto è {} volte la mediana delle distanze dalla mediana, e mai meno di 1 né della radice quadrata della mediana.",
        spread_per_mad().map_or_else(String::new, |spread| spread.to_italian(4))
    );
    let known = known(thresholds, &spread).into_iter();
    rows.extend(known.map(|(value, unit, words)| rule(value.strong(), unit, words)));
    rows
}

fn whole(number: u32) -> Cell {
    Cell::count(usize::try_from(number).unwrap_or(usize::MAX))
}

fn exact(number: &Number) -> Cell {
    Cell::number(number.clone(), Format::General)
}

/// Each threshold: its value, its unit, what it means.
fn known<'a>(thresholds: &Thresholds, spread: &'a str) -> [(Cell, &'static str, &'a str); 12] {
    [
        (
            whole(thresholds.points),
            "valori",
            "I valori che servono per un confronto: mesi dello stesso ufficio, o uffici che contano la stessa cosa. Con meno non si giudica.",
        ),
        (exact(&thresholds.deviations), "scarti", spread),
        (
            exact(&thresholds.times),
            "volte",
            "In più, deve essere più di così tante volte la mediana, e più del doppio del valore più alto; oppure così tante volte più piccolo, e meno della metà del più basso.",
        ),
        (
            whole(thresholds.equal_months),
            "mesi",
            "Per così tanti mesi di fila, o più, lo stesso valore fa chiedere il perché.",
        ),
        (
            exact(&thresholds.variation),
            "%",
            "Di quanto, al massimo, un risultato si allontana dal dato dell'anno di confronto, o dal target, senza che se ne chieda il perché.",
        ),
        (
            exact(&thresholds.denominator),
            "%",
            "Di quanto, al massimo, un denominatore cambia da un mese all'altro senza che se ne chieda il perché.",
        ),
        (
            exact(&thresholds.over_target),
            "% del target",
            "Sopra questa parte del target un risultato è «molto oltre», e se ne chiede il perché.",
        ),
        (
            exact(&thresholds.filled),
            "% dei dati dovuti",
            "Quanti dati dovuti devono avere un valore: con meno, il file ha troppo poco.",
        ),
        (
            whole(thresholds.days_to_sign),
            "giorni",
            "Quanti giorni ha un ufficio, dalla fine del mese, per firmare il suo file.",
        ),
        (
            exact(&thresholds.dominance),
            "% del totale",
            "Sopra questa parte, un totale di più uffici dipende da un ufficio solo, e si dice.",
        ),
        (
            exact(&thresholds.divergence),
            "punti percentuali",
            "Quanto, al massimo, il rapporto d'insieme dista dalla media dei rapporti degli uffici senza che si dica.",
        ),
        (
            whole(thresholds.same_notes),
            "indicatori",
            "Quando la stessa nota è scritta per così tanti indicatori, o più, si dice.",
        ),
    ]
}

/// Severities that the plan changes, findings that it accepts.
pub(super) fn changes(plan: &Plan, span: u16) -> Vec<Row> {
    let mut rows = section("Gravità cambiate e deroghe").to_vec();
    if plan.controls.levels.is_empty() && plan.controls.waivers.is_empty() {
        rows.push(Row::line(RowKind::Prose, 0, "Nessuna: valgono le gravità del foglio Controlli.", span));
        return rows;
    }
    rows.push(titles(&["Controllo", "Che cosa cambia", "Come"]));
    rows.extend(plan.controls.levels.iter().map(|own| {
        let words = match own.level {
            Level::Of(severity) => format!("i suoi rilievi hanno gravità «{}»", severity.label()),
            Level::Shadow => {
                "i suoi rilievi sono contati e non mostrati (ombra); chi tiene fuori un dato resta, come nota"
                    .to_owned()
            }
        };
        let why = own.warrant.as_ref().map(|warrant| format!(". {}", lowered::answered(warrant)));
        rule(Cell::code(&own.code).strong(), "gravità", format!("{words}{}", why.unwrap_or_default()))
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
    place.extend(waiver.scheda.map(|scheda| format!("scheda {scheda}")));
    place.extend(waiver.indicator.as_ref().map(|code| format!("indicatore {code}")));
    place.extend(waiver.voce.as_ref().map(|key| key.as_str().to_owned()));
    place.extend(waiver.month.map(|month| month.name().to_owned()));
    let until = waiver.until.map(|month| format!(", fino {month:#}")).unwrap_or_default();
    place.push(format!("accettato «{}»", waiver.value));
    format!("{}: {} ({}{until})", place.join(", "), waiver.reason, waiver.who)
}

#[cfg(test)]
mod tests {
    use super::thresholds;
    use crate::book::{Content, RowKind};
    use crate::plan::Thresholds;

    #[test]
    fn every_threshold_is_a_number() {
        let rows = thresholds(&Thresholds::default());
        let body: Vec<_> = rows.iter().filter(|row| row.kind == RowKind::Body).collect();
        assert_eq!(body.len(), 12);
        for row in &body {
            assert!(matches!(row.cells[0].content, Content::Number(..)), "{row:?}");
        }
        let Content::Text(words) = &body[1].cells[2].content else { panic!("{:?}", body[1]) };
        assert!(words.contains("Uno scarto è 1,4826 volte la mediana"), "{words}");
    }
}
