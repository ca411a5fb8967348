//! V16: where an office says that nothing happened there is neither an x nor a no.

use crate::check::desk::Desk;
use crate::check::rules::V16;
use crate::check::say::{about_submission, facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::TextCell;
use crate::model::{Finding, Month, quoted};
use crate::plan::NO_WORDS;

/// Judges what stands in that row, month by month.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for ((scheda, month), said) in &desk.submission.idle {
            judge(ledger, desk, (*scheda, *month), said);
        }
    }
}

fn judge(ledger: &mut Ledger, desk: &Desk<'_>, (scheda, month): (u8, Month), said: &TextCell) {
    if said.says_nothing_done() || NO_WORDS.contains(&said.text.to_lowercase().as_str()) {
        return ledger.pass(&V16);
    }
    let own = about_submission(&V16, desk.submission);
    let finding = Finding { scheda: Some(scheda), month: Some(month), ..own };
    let mut finding = facts(finding, said.text.clone(), "x, oppure niente");
    desk.name_places(&mut finding, &[&said.place]);
    let what =
        format!("in «Nessuna attività nel mese» hai scritto {}, che non vale zero", quoted(&said.text));
    ledger.fail(told(finding, &format!("Scheda {scheda}, {month}"), &what));
}
