//! K07: data of months already consolidated that came after: of an office that was missing, or where a value
//! was.

use crate::check::rules::K07;
use crate::check::say::{about_submission, facts, told};
use crate::check::{Context, Ledger, Past};
use crate::interpret::{EntryState, Submission};
use crate::memory::{Change, Reason};
use crate::model::{Finding, Month, Place, Related, count};

/// Judges each office that is here.
pub(super) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let Some(past) = ctx.past else { return };
    for submission in ctx.submissions {
        if past.memory.lacked(&submission.office) {
            match of_an_office(ctx, past, submission) {
                Some(finding) => ledger.fail(finding),
                None => ledger.pass(&K07),
            }
            continue;
        }
        let asked: Vec<&Change> = asked(past, submission).collect();
        if asked.is_empty() {
            ledger.pass(&K07)
        } else {
            ledger.fail(of_values(ctx, past, submission, &asked))
        }
    }
}

/// What an office has completed, in months that are not closed.
fn asked<'a>(past: Past<'a>, submission: &'a Submission) -> impl Iterator<Item = &'a Change> {
    let own = past.corrections.iter().filter(|one| {
        one.reason == Some(Reason::Asked)
            && one.change.closed.is_none()
            && one.change.slot.office == submission.office
    });
    own.map(|one| &one.change)
}

/// `None` of an office that brings nothing that enters: in closed months nothing does.
fn of_an_office(ctx: &Context<'_>, past: Past<'_>, submission: &Submission) -> Option<Finding> {
    let then = past.memory.month;
    let value = |state: &EntryState| matches!(state, EntryState::Value(_));
    // What was consolidated of it before is told value by value, where it is another one.
    let known = past.memory.away(&submission.office).map(|away| away.month.month);
    let new = |month: Month| {
        month <= then.month && known.is_none_or(|known| month > known) && !ctx.plan.closing.holds(month)
    };
    let early =
        submission.entries.iter().filter(|entry| value(&entry.state) && entry.id.month.is_some_and(new));
    let brought = early.count() + asked(past, submission).count();
    if brought == 0 {
        return None;
    }
    let number = count(brought, "dato", "dati");
    let finding = facts(about_submission(&K07, submission), number.clone(), "nel mese dovuto");
    let what = format!(
        "nel consolidato di {} mancava, ora ha inviato il file: porta {number} di mesi già consolidati",
        then.in_words()
    );
    Some(told(finding, ctx.plan.office_name(&submission.office), &what))
}

fn of_values(ctx: &Context<'_>, past: Past<'_>, submission: &Submission, asked: &[&Change]) -> Finding {
    let number = count(asked.len(), "dato", "dati");
    let mut finding = about_submission(&K07, submission);
    for Place { sheet, cell } in asked.iter().filter_map(|change| change.is.as_ref()).map(|(_, place)| place)
    {
        let known = finding.related.iter_mut().find(|other| &other.sheet == sheet);
        if finding.sheet.as_ref().is_none_or(|first| first == sheet) {
            finding.sheet = Some(sheet.clone());
            finding.cells.push(*cell);
        } else if let Some(known) = known {
            known.cells.push(*cell);
        } else {
            let (office, file) = (submission.office.clone(), submission.file.clone());
            finding.related.push(Related { office, file, sheet: sheet.clone(), cells: vec![*cell] });
        }
    }
    finding.cells.sort_unstable();
    let finding = facts(finding, number.clone(), "nel mese dovuto");
    let what = format!(
        "ha completato {number} che nel consolidato di {} mancava{}",
        past.memory.month.in_words(),
        if asked.len() == 1 { "" } else { "no" }
    );
    told(finding, ctx.plan.office_name(&submission.office), &what)
}
