//! C18: an entry taken from another workbook.

use crate::check::walk::Item;
use crate::interpret::{Entry, EntryState};
use crate::model::quoted;

/// What is wanted, and what is said of a value that another workbook gives.
pub(super) fn told(item: &Item<'_>) -> Option<(String, String)> {
    let formula = item.entry.formula.as_ref().filter(|_| is_taken_elsewhere(item.entry))?;
    let formula = quoted(&format!("={formula}"));
    let what =
        format!("il valore {} viene da un altro file, con la formula {formula}", quoted(&item.entry.raw));
    Some(("un valore scritto nella cella".to_owned(), what))
}

/// Whether the entry is a value that another workbook gives: what is wrong for another reason is another's.
pub(in crate::check) fn is_taken_elsewhere(entry: &Entry) -> bool {
    let usable = !matches!(entry.state, EntryState::Wrong(_) | EntryState::Lost);
    usable && entry.formula.as_deref().is_some_and(refers_elsewhere)
}

/// Whether a formula names a sheet of another workbook: `[1]Foglio1!A1`, `'[altro.xlsx]Foglio 1'!A1`.
pub(in crate::check) fn refers_elsewhere(formula: &str) -> bool {
    // What stands between double quotes is text, not a reference.
    let outside: String = formula.split('"').step_by(2).collect::<Vec<_>>().join("\"");
    outside.split('[').skip(1).any(|rest| {
        let Some((sheet, _)) = rest.split_once(']').and_then(|(_, after)| after.split_once('!')) else {
            return false;
        };
        match sheet.strip_suffix('\'') {
            Some(name) => !name.replace("''", "").contains('\''),
            None => sheet.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.')),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::refers_elsewhere;

    #[test]
    fn only_another_workbook_is_elsewhere() {
        for formula in [
            "[1]Foglio1!A1",
            "12+[1]Foglio1!$A$1",
            "'[altro.xlsx]Foglio 1'!A1",
            "SUM('C:\\dati\\[altro.xlsx]L''anno (2)'!A1:A3)",
            "[2]!Totale",
        ] {
            assert!(refers_elsewhere(formula), "{formula}");
        }
        for formula in [
            "12+3",
            "'Scheda 2'!D8",
            "Tab[Mese]+Foglio2!A1",
            "Tab[Mese]+'Foglio 2'!A1",
            "A1&\"[1]Foglio1!A1\"",
            "",
        ] {
            assert!(!refers_elsewhere(formula), "{formula}");
        }
    }
}
