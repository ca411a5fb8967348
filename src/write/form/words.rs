//! What the office's workbook says, in one place.

use crate::model::{Month, OfficeId, OfficeRule, Span, TimeKind, VoceType, count};
use crate::plan::{Indicator, Partners, Plan, TargetUnit, Voce};
use crate::write::style;

/// A free text that is asked.
pub(super) struct FreeText {
    pub title: &'static str,
    pub message: &'static str,
}

/// The note.
pub(super) const NOTE: FreeText = FreeText {
    title: "Nota",
    message: "Spiega qui ciò che è insolito: un dato corretto rispetto al mese prima, un valore molto diverso \
              dagli altri, un target in ritardo o mancato.",
};

/// The evidence.
pub(super) const EVIDENCE: FreeText = FreeText {
    title: "Fonte",
    message: "Indica dove si può verificare: applicativo, estrazione, protocollo, delibera, cartella condivisa.",
};

/// The cause of a deviation.
pub(super) const CAUSE: FreeText = FreeText {
    title: "Causa dello scostamento",
    message: "Se il target è in ritardo o mancato scegli la causa: esogena (viene da fuori), endogena (dipende \
              dall'ufficio), costruzione dell'indicatore.",
};

/// The reason of an n.a.
pub(super) const REASON: FreeText = FreeText {
    title: "Motivo del n.a.",
    message: "Se in questa riga hai scritto n.a., scrivi qui perché la voce non riguarda il tuo ufficio.",
};

/// What is asked of a register in the scheda.
pub(super) const DECLARED: &str = "Scrivi a sinistra il numero dell'ultimo mese per cui il registro è completo \
    (6 = giugno), anche se non è successo nulla.";

/// Letters of an indicator's text in its band: two lines. The whole stands below the numbers.
const BAND: usize = 130;

/// The text of an indicator in its band.
pub(super) fn band(indicator: &Indicator) -> String {
    format!("{}  {}", indicator.code, style::cut(&indicator.text, BAND))
}

/// As much of a text as a slim row bears.
pub(super) fn brief(text: &str) -> String {
    style::cut(text, 44)
}

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

/// Who answers for it, and which months count. How the unit read
/// an ambiguous text is for the analyst and the OIV, not for the clerk.
fn context(plan: &Plan, office: &OfficeId, indicator: &Indicator) -> String {
    let mut lines = vec![who(plan, office, indicator)];
    let cutoffs = indicator.voci.iter().filter_map(|voce| Some((voce, voce.cutoff?)));
    for (voce, cutoff) in cutoffs.filter(|(_, cutoff)| *cutoff < Month::DECEMBER) {
        lines.push(format!("«{}»: contano i mesi fino {cutoff:#}; gli altri sono in grigio.", voce.label));
    }
    let own = indicator.span_of(office);
    if own != Span::YEAR {
        lines.push(format!("Il tuo ufficio risponde {}; gli altri mesi sono in grigio.", own.words()));
    }
    let others = indicator.voci.iter().filter(|voce| voce.is_input()).filter_map(|voce| {
        let months = voce.span_of(office);
        (months != Some(own)).then(|| (voce, months.map_or_else(|| "in nessun mese".to_owned(), Span::words)))
    });
    for (voce, when) in others.filter(|(_, when)| !when.is_empty()) {
        lines.push(format!("«{}»: il tuo ufficio risponde {when}.", voce.label));
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

/// How an indicator is read: who answers for it, what is typed, how its result is computed.
pub(super) fn help(plan: &Plan, office: &OfficeId, indicator: &Indicator) -> String {
    let label = |key: &crate::model::VoceKey| {
        plan.voce(key).map_or_else(|| key.to_string(), |(_, voce)| voce.label.clone())
    };
    let mut lines = vec![format!("{}: {}", indicator.code, context(plan, office, indicator))];
    if indicator.text.chars().count() > BAND {
        lines.insert(0, format!("{}: {}", indicator.code, indicator.text));
    }
    let guided = indicator.voci.iter().filter(|voce| voce.is_input() && voce.time.by_month());
    let guided = guided.map(|voce| (voce, guide(voce))).filter(|(_, guide)| !guide.is_empty());
    lines.extend(guided.map(|(voce, guide)| format!("«{}»: {guide}", voce.label)));
    let whose = if indicator.is_shared() { "Si calcola sui dati di tutti:" } else { "Si calcola così:" };
    lines.push(format!("{whose} {}", sentence(&indicator.formula.in_words(&label))));
    lines.join("\n")
}

/// The text with a stop at its end, when it has none.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// Whether the result is shown as a percentage: only when the target speaks in percent, or waits for a
/// baseline that is one.
pub(super) fn is_percent(indicator: &Indicator) -> bool {
    let baseline = indicator.baseline.as_ref().and_then(|key| indicator.voce(key));
    indicator.target.unit == TargetUnit::Percent
        || baseline.is_some_and(|voce| voce.kind == VoceType::Percentuale)
}
