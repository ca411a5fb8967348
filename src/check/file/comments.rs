//! F14: remarks written as comments.

use super::sent::Judged;
use crate::check::rules::F14;
use crate::check::say;
use crate::interpret::Submission;
use crate::model::{CellRef, Finding, Related, count, join_it, quoted};

/// Comments quoted in a sentence before "altri N"; the finding names all their cells.
const QUOTED: usize = 6;

pub(super) fn judge(submission: &Submission) -> Judged {
    Ok((!submission.traits.comments.is_empty()).then(|| commented(submission)))
}

fn commented(submission: &Submission) -> Finding {
    let comments = &submission.traits.comments;
    let said = |(place, text): &(crate::model::Place, String)| format!("{place} {}", quoted(text));
    let mut words: Vec<String> = comments.iter().take(QUOTED).map(said).collect();
    if let Some(more) = comments.len().checked_sub(QUOTED).filter(|more| *more > 0) {
        words.push(if more == 1 { "un altro".to_owned() } else { format!("altri {more}") });
    }
    let verb = if comments.len() == 1 { "c'è" } else { "ci sono" };
    let what = format!("{verb} {}: {}", count(comments.len(), "commento", "commenti"), join_it(&words));
    let all: Vec<String> = comments.iter().map(said).collect();
    let mut finding = say::facts(say::about_submission(&F14, submission), all.join("; "), "");
    let mut sheets: Vec<&str> = comments.iter().map(|(place, _)| place.sheet.as_str()).collect();
    sheets.dedup();
    for sheet in sheets {
        let own = comments.iter().filter(|(place, _)| place.sheet == sheet);
        let cells: Vec<CellRef> = own.map(|(place, _)| place.cell).collect();
        if finding.sheet.is_none() {
            finding = say::at_cells(finding, sheet, cells);
        } else {
            let (office, file) = (submission.office.clone(), submission.file.clone());
            finding.related.push(Related { office, file, sheet: sheet.to_owned(), cells });
        }
    }
    // The sentence has already said where each of them is.
    let message = format!("File {}: {what}. {}", quoted(&submission.file), F14.why);
    Finding { message, ..finding }
}
