//! C15: a sign or a word in place of a value.

use super::wanted;
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::ratio::{incomplete_pair, incomplete_row};
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::EntryState;
use crate::model::{EntryId, Rule, Severity, VoceType, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C15",
    name: "Segno al posto del valore",
    severity: Severity::DaMotivare,
    why: "Un segno così non dice se il dato arriverà, se è zero o se non si applica: conta come non comunicato.",
    remedy: "Lascia vuoto se il dato non c'è ancora, scrivi 0 se è zero, oppure «n.a.» con una nota se non si applica.",
    missing: false,
};

/// Whether something typed wants the value that is not there: R04 speaks of both.
fn is_told(context: &Context<'_>, ledger: &Ledger, item: &walk::Item<'_>) -> bool {
    let Some((indicator, _)) = context.plan.voce(&item.entry.id.voce) else { return false };
    let desk = Desk::of(item.submission);
    incomplete_pair::is_alone(context, ledger, &desk, indicator, item.entry)
        || incomplete_row::is_wanted_by_its_row(&desk, item.voce, item.entry)
}

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let told: Vec<(String, EntryId)> = walk::items(context)
        .iter()
        .filter(|item| item.entry.state == EntryState::Placeholder && is_told(context, ledger, item))
        .map(|item| (item.submission.file.clone(), item.entry.id.clone()))
        .collect();
    for _ in &told {
        ledger.skip(&RULE, depends_on("R04"));
    }
    let applies = |item: &walk::Item<'_>| {
        item.kind() != VoceType::Testo
            && !told.iter().any(|(file, id)| *file == item.submission.file && *id == item.entry.id)
    };
    walk::entries(context, ledger, &RULE, applies, |item| {
        (item.entry.state == EntryState::Placeholder).then(|| {
            let what = format!("hai scritto {} al posto di un valore", quoted(&item.entry.raw));
            (wanted(item).to_owned(), what)
        })
    });
}
