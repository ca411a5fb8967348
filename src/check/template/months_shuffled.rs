//! T08: the columns of the months stand in another order.

use super::{at_sheet, by_sheet};
use crate::check::{Context, Ledger};
use crate::interpret::Submission;
use crate::model::{CellRef, Finding, Month, Rule, Severity, join_it};

pub(super) const RULE: Rule = Rule {
    code: "T08",
    name: "Mesi in un altro ordine",
    severity: Severity::DaMotivare,
    why: "Ogni valore è stato letto sotto il mese della sua intestazione, ma con le colonne scambiate è facile scrivere nel mese sbagliato.",
    remedy: "Rimetti le colonne dei mesi come nel modello e ricontrolla i valori, oppure spiega perché sono state scambiate.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_sheet(context, ledger, &RULE, |submission, beside, sheet| {
        let shuffled = beside.shuffled.iter().filter(|(name, _)| name == sheet);
        shuffled.map(|(_, months)| finding(submission, sheet, months)).collect()
    });
}

fn finding(submission: &Submission, sheet: &str, months: &[(Month, CellRef)]) -> Finding {
    let mut right: Vec<Month> = months.iter().map(|(month, _)| *month).collect();
    right.sort_unstable();
    let wrong = months.iter().zip(&right).filter(|((month, _), right)| month != *right);
    let (names, cells): (Vec<String>, Vec<CellRef>) = wrong
        .map(|((month, cell), _)| {
            (format!("{month} nella colonna {}", CellRef::column_name(cell.col)), *cell)
        })
        .unzip();
    let what = format!("i mesi non sono nell'ordine del modello: {}", join_it(&names));
    at_sheet(&RULE, submission, sheet, cells, (&names.join(", "), "i mesi da gennaio a dicembre", &what))
}
