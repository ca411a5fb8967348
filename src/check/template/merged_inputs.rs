//! T18: merged cells over input cells.

use super::beside::{at_sheet, by_sheet};
use crate::check::rules::T18;
use crate::check::{Context, Ledger};
use crate::interpret::{MergedInputs, Submission};
use crate::model::{Finding, count};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_sheet(context, ledger, &T18, |submission, beside, sheet| {
        let merged = beside.merged.iter().filter(|merged| merged.sheet == sheet);
        merged.map(|merged| finding(submission, merged)).collect()
    });
}

fn finding(submission: &Submission, merged: &MergedInputs) -> Finding {
    let area = merged.area.to_string();
    let inside = count(merged.cells.len(), "casella da compilare", "caselle da compilare");
    let what = format!("le celle {area} sono unite e coprono {inside}");
    let facts = (area.as_str(), "celle separate", what.as_str());
    at_sheet(&T18, submission, &merged.sheet, merged.cells.iter().copied(), facts)
}
