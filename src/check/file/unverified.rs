//! F22: the workbook came in a signed envelope; the signature is not verified.

use super::sent::workbooks;
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, count};

pub(super) const RULE: Rule = Rule {
    code: "F22",
    name: "Firma non verificata",
    severity: Severity::Nota,
    why: "Dalla busta si prende il documento e nient'altro: chi l'ha firmato, e se la firma vale, lo dice solo un programma di verifica delle firme.",
    remedy: "Nulla da fare per i dati; se la firma serve, verificala con un programma di firma e conserva la busta.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &RULE, |submission| {
        let Some(envelope) = &submission.traits.book.envelope else { return Ok(None) };
        let how = match envelope.layers {
            1 => "in una busta firmata".to_owned(),
            layers => format!(
                "in {}, una dentro l'altra",
                count(usize::from(layers), "busta firmata", "buste firmate")
            ),
        };
        let what = format!(
            "la cartella di lavoro è arrivata {how} (.p7m) ed è stata letta; la firma non è stata verificata"
        );
        Ok(Some(super::sent::finding(&RULE, submission, &how, "una firma verificata a parte", &what)))
    });
}
