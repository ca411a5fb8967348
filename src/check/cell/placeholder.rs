//! C15: a sign or a word in place of a value.

use super::wanted::wanted;
use crate::check::ratio::{incomplete_pair, incomplete_row};
use crate::check::rules::C15;
use crate::check::{Context, Ledger, say, walk};
use crate::interpret::EntryState;
use crate::model::{EntryId, Finding, Severity, VoceType, quoted};

/// Judges each entry that is not a text. Where something typed wants the value that is not there (R04), it
/// cannot count without it: then the placeholder is an *errore* on both.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let mut told: Vec<(&str, &EntryId)> = Vec::new();
    for item in walk::items(context).filter(|item| item.entry.state == EntryState::Placeholder) {
        if let Some(finding) = wanted_by_another(context, ledger, &item) {
            told.push((&item.submission.file, &item.entry.id));
            ledger.fail(finding);
        }
    }
    let applies = |item: &walk::Item<'_>| {
        item.kind() != VoceType::Testo && !told.contains(&(item.submission.file.as_str(), &item.entry.id))
    };
    walk::entries(context, ledger, &C15, applies, |item| {
        (item.entry.state == EntryState::Placeholder).then(|| (wanted(item).to_owned(), said(item)))
    });
}

fn said(item: &walk::Item<'_>) -> String {
    format!("hai scritto {} al posto di un valore", quoted(&item.entry.raw))
}

/// The finding on the placeholder and on what cannot count without it.
fn wanted_by_another(context: &Context<'_>, ledger: &Ledger, item: &walk::Item<'_>) -> Option<Finding> {
    let (indicator, _) = context.plan.voce(&item.entry.id.voce)?;
    let desk = item.desk;
    let numerators = incomplete_pair::numerators(context, ledger, desk, indicator, item.entry);
    let row = incomplete_row::others_in_row(desk, item.voce, item.entry);
    let (others, what) = match (numerators.as_slice(), row.as_slice()) {
        ([], []) => return None,
        ([], _) => (row, "e senza non conta nemmeno la riga"),
        _ => (numerators, "e senza non conta nemmeno l'altro dato dello stesso mese"),
    };
    let mut base = say::about(context.plan, &C15, item.submission, item.entry);
    desk.name_cells(&mut base, &others);
    let base = Finding { severity: Severity::Errore, ..base };
    let facts = say::facts(base, item.entry.raw.clone(), wanted(item));
    Some(say::told(facts, &item.words(context), &format!("{}, {what}", said(item))))
}
