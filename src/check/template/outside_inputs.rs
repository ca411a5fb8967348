//! T19: something is written where the template has nothing.

use super::{at_sheet, by_sheet};
use crate::check::{Context, Ledger};
use crate::interpret::Submission;
use crate::model::{CellRef, Finding, Rule, Severity, join_it, quoted};

pub(super) const RULE: Rule = Rule {
    code: "T19",
    name: "Scritto fuori dalle caselle",
    severity: Severity::DaMotivare,
    why: "Ciò che sta fuori dalle caselle da compilare non entra nel consuntivo: se è un dato, si perde.",
    remedy: "Riportalo nella sua casella o nella nota dell'indicatore, oppure cancellalo.",
    missing: true,
};

/// Cells quoted in a sentence before "e altre N".
const QUOTED: usize = 6;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_sheet(context, ledger, &RULE, |submission, beside, sheet| {
        let outside = beside.outside.iter().filter(|(name, _)| name == sheet);
        outside.map(|(_, cells)| finding(submission, sheet, cells)).collect()
    });
}

fn finding(submission: &Submission, sheet: &str, cells: &[(CellRef, String)]) -> Finding {
    let mut words: Vec<String> =
        cells.iter().take(QUOTED).map(|(cell, text)| format!("{} in {cell}", quoted(text))).collect();
    match cells.len().saturating_sub(QUOTED) {
        0 => {}
        1 => words.push("un'altra".to_owned()),
        more => words.push(format!("altre {more}")),
    }
    let what = format!("c'è scritto {} dove il modello non ha nulla", join_it(&words));
    let found: Vec<&str> = cells.iter().map(|(_, text)| text.as_str()).collect();
    let facts = (&*found.join("; "), "niente", what.as_str());
    at_sheet(&RULE, submission, sheet, cells.iter().map(|(cell, _)| *cell), facts)
}
