//! T15: live cells without any result.

use super::beside::beside;
use crate::check::rules::T15;
use crate::check::{Context, Ledger, say};
use crate::interpret::{LiveCell, LiveState};
use crate::model::{CellRef, Related, count, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &T15, submission) else { continue };
        let absent: Vec<&LiveCell> =
            beside.live.iter().filter(|live| live.state == LiveState::Uncalculated).collect();
        if absent.is_empty() {
            ledger.pass(&T15);
            continue;
        }
        let mut finding = say::about_submission(&T15, submission);
        for sheet in &beside.sheets {
            let own = absent.iter().filter(|live| &live.place.sheet == sheet);
            let cells: Vec<CellRef> = own.map(|live| live.place.cell).collect();
            if cells.is_empty() {
                continue;
            }
            if finding.sheet.is_none() {
                finding = say::at_cells(finding, sheet, cells);
            } else {
                let (office, file) = (submission.office.clone(), submission.file.clone());
                finding.related.push(Related { office, file, sheet: sheet.clone(), cells });
            }
        }
        let cells =
            count(absent.len(), "totale o risultato è senza valore", "totali e risultati sono senza valore");
        let finding = say::facts(finding, "nessun risultato", "il risultato della formula");
        ledger.fail(say::told(finding, &format!("File {}", quoted(&submission.file)), &cells));
    }
}
