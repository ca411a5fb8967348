//! T20: a scheda without any entry, when none is due yet.

use super::beside::{at_sheet, entries_of, scheda_of, schede, sheet_gone};
use crate::check::ledger::depends_on;
use crate::check::rules::T20;
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState};
use crate::plan::{Indicator, Operator, Threshold};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            if sheet_gone(submission, scheda).is_some() {
                ledger.skip(&T20, depends_on("T01"));
                continue;
            }
            let own: Vec<&Entry> = entries_of(submission)
                .filter(|entry| scheda_of(entry.id.voce.as_str()) == Some(scheda))
                .collect();
            let indicators = || {
                let own = context.plan.indicators().filter(|indicator| indicator.scheda == scheda);
                own.filter(|indicator| indicator.offices.contains(&submission.office))
            };
            let due = indicators()
                .flat_map(|indicator| &indicator.voci)
                .any(|voce| voce.has_due(&submission.office, context.month.month))
                .then_some("V01");
            let late = indicators().any(|indicator| late(context, indicator)).then_some("D04");
            // When the year is closed a blank is no longer «not yet»: its outcome decides what is asked.
            let closed = context.month.closes_year().then_some("K14");
            // Who has written a note has looked at the scheda.
            let noted = indicators().any(|indicator| {
                submission.notes.contains_key(&indicator.code)
                    || submission.evidence.contains_key(&indicator.code)
            });
            if noted || own.iter().any(|entry| entry.state != EntryState::Blank) {
                ledger.pass(&T20);
            } else if let Some(code) = due.or(late).or(closed) {
                ledger.skip(&T20, depends_on(code));
            } else if let Some(first) = own.first() {
                let facts = ("nessun dato", "i dati della scheda", "la scheda è ancora tutta vuota");
                ledger.fail(at_sheet(&T20, submission, &first.place.sheet, cells(&own), facts));
            }
        }
    }
}

/// Whether the indicator's deadline has passed.
fn late(context: &Context<'_>, indicator: &Indicator) -> bool {
    match (indicator.target.operator, &indicator.target.threshold) {
        (Operator::By, Threshold::Date(deadline)) => context.month.is_over(*deadline),
        _ => false,
    }
}

/// Where the first of each voce would be typed.
fn cells(entries: &[&Entry]) -> Vec<crate::model::CellRef> {
    let mut seen: Vec<&str> = Vec::new();
    let mut cells = Vec::new();
    for entry in entries {
        if !seen.contains(&entry.id.voce.as_str()) {
            seen.push(entry.id.voce.as_str());
            cells.push(entry.place.cell);
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn only_a_scheda_for_which_nothing_is_due_is_listed() {
        // The office has two schede of dates only; scheda 4's deadline comes later, in the year.
        let world = World::at(3).blank("ambiente");
        assert!(world.findings("T20").iter().any(|finding| finding.scheda == Some(9)));
        let world = world.set("ambiente", "S09.attivazione", 0, "2019-03-04");
        assert!(world.findings("T20").iter().all(|finding| finding.scheda != Some(9)));
        let noted = World::at(3).blank("ambiente").note("ambiente", "9.1");
        assert!(noted.findings("T20").iter().all(|finding| finding.scheda != Some(9)));
        // In the closed year a blank is no longer «not yet».
        assert_eq!(World::at(12).blank("ambiente").findings("T20"), []);
        assert!(World::at(12).blank("ambiente").skipped("T20", "dipende da K14") > 0);
        // Counts are due each month: another check speaks of them.
        assert_eq!(World::at(3).blank("metrico").findings("T20"), []);
        assert!(World::at(3).blank("metrico").skipped("T20", "dipende da V01") > 0);
    }
}
