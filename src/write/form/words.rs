//! What the office's workbook says, in one place.

use super::layout::Layout;
use crate::interpret::RESULT_LABELS;
use crate::model::{Month, OfficeId, OfficeRule, TimeKind, Unit, VoceType, count};
use crate::plan::{Indicator, Partners, Plan, TargetUnit, Voce};

/// A free text asked for each indicator.
pub(super) struct FreeText {
    pub label: &'static str,
    pub title: &'static str,
    pub message: &'static str,
    /// Lines left for it: its cell is merged, and the row does not grow by itself.
    pub lines: u32,
}

/// The note.
pub(super) const NOTE: FreeText = FreeText {
    label: "Nota (che cosa serve sapere per leggere i dati)",
    title: "Nota",
    message: "Spiega qui ciò che è insolito: un n.a., un dato corretto rispetto al mese prima, un valore molto \
              diverso dagli altri. Se il testo non si vede tutto, allarga la riga.",
    lines: 4,
};

/// The evidence.
pub(super) const EVIDENCE: FreeText = FreeText {
    label: "Fonte (dove si trova la prova dei dati)",
    title: "Fonte",
    message: "Indica dove si può verificare: applicativo, estrazione, protocollo, delibera, cartella condivisa.",
    lines: 2,
};

/// The label of a register's declaration.
pub(super) const DECLARED: &str = "Registro completo fino al mese n.";
/// Its help.
pub(super) const DECLARED_HELP: &str = "Ogni mese scrivi qui il numero dell'ultimo mese per cui hai inserito \
    tutto (6 = giugno), anche se non è successo nulla: finché è vuoto il registro vale come non comunicato.";

/// The unit of an entry.
pub(super) fn unit(voce: &Voce) -> &'static str {
    let level = voce.time == TimeKind::Consistenza;
    match voce.kind {
        VoceType::Conteggio if level => "n. a fine mese",
        VoceType::Conteggio => "n.",
        VoceType::Ore => "ore",
        VoceType::Giorni => "giorni",
        VoceType::GiorniLavorativi => "giorni lavor.",
        VoceType::Data => "data",
        VoceType::SiNo => "Sì/No",
        VoceType::Percentuale => "%",
        VoceType::Testo => "testo",
        VoceType::Importo => "€",
        VoceType::Numero if level => "a fine mese",
        VoceType::Numero => "numero",
        VoceType::Minuti => "minuti",
    }
}

/// The line of help of a voce.
pub(super) fn guide(voce: &Voce) -> String {
    let mut parts = vec![voce.guide.trim().to_owned()];
    if voce.time == TimeKind::Consistenza {
        parts.push("Scrivi la situazione a fine mese: nel totale conta l'ultima.".to_owned());
    }
    if let Some(cutoff) = voce.cutoff {
        parts.push(format!("Contano i mesi fino {cutoff:#}."));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// What stands under the band of an indicator: who answers for it, and which months count. How the unit read
/// an ambiguous text is for the analyst and the OIV, not for the clerk.
pub(super) fn context(plan: &Plan, office: &OfficeId, indicator: &Indicator) -> String {
    let mut lines = vec![who(plan, office, indicator)];
    let cutoffs = indicator.voci.iter().filter_map(|voce| Some((voce, voce.cutoff?)));
    for (voce, cutoff) in cutoffs.filter(|(_, cutoff)| *cutoff < Month::DECEMBER) {
        lines
            .push(format!("«{}»: contano i mesi fino {cutoff:#}; quelli in grigio non contano.", voce.label));
    }
    lines.join("\n")
}

fn who(plan: &Plan, office: &OfficeId, indicator: &Indicator) -> String {
    let with = match plan.partners(office, indicator) {
        Partners::Named(others) if others.is_empty() => {
            return format!("Ufficio responsabile: {}.", plan.office_name(office));
        }
        Partners::Named(others) => others.join(" · "),
        Partners::Counted(others) => count(others, "altro ufficio", "altri uffici"),
    };
    let shared: Vec<&str> = indicator
        .voci
        .iter()
        .filter(|voce| voce.rule == OfficeRule::Condivisa && voce.is_input())
        .map(|voce| voce.label.as_str())
        .collect();
    let agree = if shared.is_empty() {
        String::new()
    } else {
        format!(" Il dato deve essere uguale per tutti: {}.", shared.join("; "))
    };
    format!(
        "Indicatore condiviso: qui inserisci solo il contributo del tuo ufficio. Partecipano anche: {with}.{agree}"
    )
}

/// The label of a live result.
pub(super) fn result_label(indicator: &Indicator) -> &'static str {
    let [own, shared] = RESULT_LABELS;
    if indicator.is_shared() { shared } else { own }
}

/// How the result is computed, and its target.
pub(super) fn result_help(layout: &Layout<'_>, indicator: &Indicator) -> String {
    let label = |key: &crate::model::VoceKey| {
        layout.plan.voce(key).map_or_else(|| key.to_string(), |(_, voce)| voce.label.clone())
    };
    let target = sentence(&indicator.target.printed);
    let how = sentence(&indicator.formula.in_words(&label));
    if indicator.is_shared() {
        format!(
            "Target di tutti gli uffici insieme: {target} Il risultato si calcola sui dati di tutti: {how}"
        )
    } else {
        format!("Target: {target} Si calcola così: {how}")
    }
}

/// The text with a stop at its end, when it has none.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// The unit of a result.
pub(super) fn result_unit(indicator: &Indicator) -> &'static str {
    match indicator.formula.unit() {
        _ if is_percent(indicator) => "%",
        Unit::Numero => "n.",
        Unit::Rapporto => "rapporto",
        Unit::Ore => "ore",
        Unit::Giorni => "giorni",
        Unit::GiorniLavorativi => "giorni lavor.",
        Unit::Data => "data",
        Unit::Euro => "€",
        Unit::Minuti => "minuti",
    }
}

/// Whether the result is shown as a percentage: only when the target speaks in percent, or waits for a
/// baseline that is one.
pub(super) fn is_percent(indicator: &Indicator) -> bool {
    let baseline = indicator.baseline.as_ref().and_then(|key| indicator.voce(key));
    indicator.target.unit == TargetUnit::Percent
        || baseline.is_some_and(|voce| voce.kind == VoceType::Percentuale)
}
