//! T29: text boxes, pictures and other objects over the sheets, which the template has not.

use crate::check::rules::T29;
use crate::check::{Context, Ledger};
use crate::interpret::Submission;
use crate::model::{CellRef, Finding, count, join_it, quoted};
use crate::read::{Drawing, DrawingKind};

use super::beside::at_sheet;

/// Objects named in a sentence before "altri N".
const NAMED: usize = 6;

/// Judges every sheet of every workbook.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for sheet in &submission.traits.sheets {
            let drawn = drawn(submission, sheet);
            if drawn.is_empty() {
                ledger.pass(&T29);
            } else {
                ledger.fail(finding(submission, sheet, &drawn));
            }
        }
    }
}

/// What is drawn over a sheet, without the template's own.
fn drawn<'a>(submission: &'a Submission, sheet: &str) -> Vec<&'a Drawing> {
    let template = submission.tampering.as_ref().map_or(&[][..], |beside| beside.drawings.as_slice());
    let drawings = submission.traits.drawings.iter();
    let own = drawings.filter(|(name, drawing)| name == sheet && !template.contains(drawing));
    own.map(|(_, drawing)| drawing).collect()
}

fn finding(submission: &Submission, sheet: &str, drawn: &[&Drawing]) -> Finding {
    let all: Vec<String> = drawn.iter().map(|drawing| words(drawing)).collect();
    let mut named: Vec<String> = all.iter().take(NAMED).cloned().collect();
    match all.len().saturating_sub(NAMED) {
        0 => {}
        1 => named.push("un altro".to_owned()),
        more => named.push(format!("altri {more}")),
    }
    let verb = if drawn.len() == 1 { "c'è" } else { "ci sono" };
    let objects = count(drawn.len(), "oggetto disegnato", "oggetti disegnati");
    let what = format!("{verb} {objects} sopra le celle: {}", join_it(&named));
    let cells: Vec<CellRef> = drawn.iter().filter_map(|drawing| drawing.at).collect();
    at_sheet(&T29, submission, sheet, cells, (&all.join("; "), "", &what))
}

/// `una casella di testo in D8: «il dato è 12»`.
fn words(drawing: &Drawing) -> String {
    let what = match drawing.kind {
        DrawingKind::Shape if drawing.text.is_empty() => "una forma senza testo",
        DrawingKind::Shape => "una casella di testo",
        DrawingKind::Picture => "un'immagine",
        DrawingKind::Chart => "un grafico",
        DrawingKind::Embedded => "un oggetto incorporato",
        DrawingKind::Control => "un controllo",
        DrawingKind::Ink => "una scritta a mano",
        DrawingKind::Unread => "disegni che non si leggono",
    };
    let place = drawing.at.map(|cell| format!(" in {cell}")).unwrap_or_default();
    let text = if drawing.text.is_empty() { String::new() } else { format!(" {}", quoted(&drawing.text)) };
    format!("{what}{place}{text}")
}
