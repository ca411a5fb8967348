//! T04: a sheet, rows or columns that are hidden hold data.

use super::beside::{at_sheet, beside};
use crate::check::rules::T04;
use crate::check::{Context, Ledger};
use crate::interpret::{HiddenData, HiddenPart, Submission};
use crate::model::{CellRef, Finding, count, join_it};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &T04, submission) else { continue };
        let passed = beside
            .sheets
            .iter()
            .filter(|sheet| !beside.hidden.iter().any(|hidden| &hidden.sheet == *sheet))
            .count();
        ledger.passes(&T04, passed);
        for hidden in &beside.hidden {
            ledger.fail(finding(submission, hidden));
        }
    }
}

fn finding(submission: &Submission, hidden: &HiddenData) -> Finding {
    let filled = count(hidden.cells.len(), "casella compilata", "caselle compilate");
    let lines = |one: &str, many: &str, names: Vec<String>| match names.as_slice() {
        [name] => format!("{one} {name} è nascosta e contiene {filled}"),
        names => format!("{many} {} sono nascoste e contengono {filled}", join_it(names)),
    };
    let what = match &hidden.part {
        HiddenPart::Sheet => format!("il foglio è nascosto e contiene {filled}"),
        HiddenPart::Extra(full) => {
            let full = count(*full, "cella piena", "celle piene");
            format!(
                "il foglio non è del modello, è nascosto e contiene {full}, che non entrano nel consuntivo"
            )
        }
        HiddenPart::Rows(rows) => {
            lines("la riga", "le righe", rows.iter().map(|row| (row + 1).to_string()).collect())
        }
        HiddenPart::Columns(columns) => {
            lines("la colonna", "le colonne", columns.iter().map(|col| CellRef::column_name(*col)).collect())
        }
    };
    let cells = hidden.cells.iter().copied();
    at_sheet(&T04, submission, &hidden.sheet, cells, ("nascosto", "tutto visibile", &what))
}
