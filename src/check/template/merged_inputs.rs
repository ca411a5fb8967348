//! T18: merged cells over input cells.

use super::beside::{at_sheet, by_sheet};
use crate::check::{Context, Ledger};
use crate::interpret::{MergedInputs, Submission};
use crate::model::{Finding, Rule, Severity, count};

pub(super) const RULE: Rule = Rule {
    code: "T18",
    name: "Caselle unite",
    severity: Severity::DaMotivare,
    why: "Di celle unite resta solo la prima: ciò che stava nelle altre si perde, e il valore può valere per una casella o per tutte.",
    remedy: "Dividi le celle e scrivi il valore di ciascuna, oppure spiega perché sono unite.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_sheet(context, ledger, &RULE, |submission, beside, sheet| {
        let merged = beside.merged.iter().filter(|merged| merged.sheet == sheet);
        merged.map(|merged| finding(submission, merged)).collect()
    });
}

fn finding(submission: &Submission, merged: &MergedInputs) -> Finding {
    let area = merged.area.to_string();
    let inside = count(merged.cells.len(), "casella da compilare", "caselle da compilare");
    let what = format!("le celle {area} sono unite e coprono {inside}");
    let facts = (area.as_str(), "celle separate", what.as_str());
    at_sheet(&RULE, submission, &merged.sheet, merged.cells.iter().copied(), facts)
}
