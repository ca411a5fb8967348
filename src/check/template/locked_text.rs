//! T09: a locked text of the template reads otherwise.

use super::{at_sheet, by_sheet_unless, is_another_target, key_words, rows_were_shuffled, voce_of_key};
use crate::check::{Context, Ledger};
use crate::interpret::{LockedText, Submission, Tampering};
use crate::model::{Finding, Rule, Severity, VoceKey, quoted};

pub(super) const RULE: Rule = Rule {
    code: "T09",
    name: "Testo del modello modificato",
    severity: Severity::DaMotivare,
    why: "Etichette, unità e testi del modello dicono che cosa si chiede: se cambiano, il valore può rispondere a un'altra domanda.",
    remedy: "Rimetti il testo del modello e ricontrolla i valori di quella riga, oppure spiega perché è cambiato.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let told = |submission: &Submission, beside: &Tampering, sheet: &str| {
        let target = |text: &LockedText| text.place.sheet == sheet && is_another_target(context, text);
        // What has no key cannot be followed: T05 speaks of the rows.
        let shuffled = rows_were_shuffled(submission, sheet).then_some("T05");
        shuffled.or_else(|| beside.texts.iter().any(target).then_some("T10"))
    };
    by_sheet_unless(context, ledger, &RULE, told, |submission, beside, sheet| {
        if rows_were_shuffled(submission, sheet) {
            return Vec::new();
        }
        let texts = beside.texts.iter().filter(|text| text.place.sheet == sheet);
        let texts = texts.filter(|text| !is_another_target(context, text));
        texts.map(|text| finding(context, submission, text)).collect()
    });
}

fn finding(context: &Context<'_>, submission: &Submission, text: &LockedText) -> Finding {
    let expected = quoted(&text.expected);
    let what = if text.found.is_empty() {
        format!("il testo {expected} è stato cancellato")
    } else {
        format!("al posto di {expected} c'è {}", quoted(&text.found))
    };
    let known = context.plan.voce(&VoceKey::from_text(voce_of_key(&text.key)));
    let near = known.map(|_| format!("accanto a {}, ", key_words(context, &text.key))).unwrap_or_default();
    // The label itself needs no neighbour to be found.
    let own = known.is_some_and(|(_, voce)| voce.label == text.expected);
    let what = if own { what } else { format!("{near}{what}") };
    let cells = [text.place.cell];
    let finding = at_sheet(&RULE, submission, &text.place.sheet, cells, (&text.found, &text.expected, &what));
    Finding { indicator: known.map(|(indicator, _)| indicator.code.clone()), ..finding }
}
