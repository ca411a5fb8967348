//! K06: the sign-off is not complete.

use chrono::Datelike;

use super::words::signed_on;
use crate::check::ledger::depends_on;
use crate::check::rules::K06;
use crate::check::say::{about_submission, at, at_cells, facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Signed, Submission, TextCell};
use crate::model::{CellRef, Finding, date_it, join_it, quoted};

/// Why a file is not judged.
const NOTHING: &str = "il file è vuoto";

type Part = (&'static str, &'static str, for<'a> fn(&Signed<'a>) -> Option<&'a TextCell>);

/// The parts of a sign-off: key in the manifest, name.
const PARTS: [Part; 3] = [
    ("firma.nome", "il nome", |signed| signed.name),
    ("firma.ruolo", "il ruolo", |signed| signed.role),
    ("firma.data", "la data", |signed| signed.date),
];

/// Judges each file in which something is filled in.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for submission in ctx.submissions {
        let signed = submission.sign_off_of(ctx.signs(submission));
        let absent: Vec<&Part> = PARTS.iter().filter(|(_, _, part)| part(&signed).is_none()).collect();
        if submission.last_month.is_none() {
            ledger.skip(&K06, NOTHING);
        } else if let Some(cell) = signed.date.filter(|_| absent.is_empty()) {
            match undated(ctx, submission, cell) {
                Some(finding) => ledger.fail(finding),
                None => ledger.pass(&K06),
            }
        } else if absent.is_empty() {
            ledger.pass(&K06);
        } else if unlisted(submission) {
            ledger.skip(&K06, depends_on("T21"));
        } else {
            fail(ctx, ledger, submission, &absent);
        }
    }
}

/// Whether the hidden list of the cells has lost those of the sign-off: what stands there was not looked at.
fn unlisted(submission: &Submission) -> bool {
    let faults = submission.tampering.iter().flat_map(|beside| &beside.manifest);
    let mut lost = faults.filter(|fault| fault.found.is_empty() && fault.expected.is_some());
    lost.any(|fault| PARTS.iter().any(|(key, ..)| fault.key == *key))
}

/// A sign-off date that cannot be read, or comes before the plan's year or long after it.
fn undated(ctx: &Context<'_>, submission: &Submission, cell: &TextCell) -> Option<Finding> {
    let date = signed_on(&cell.text);
    let year = ctx.plan.year;
    if date.is_some_and(|date| (year..=year + 1).contains(&date.year())) || submission.traits.date1904 {
        return None;
    }
    let what = match date {
        Some(date) => format!("la data della firma è il {}, che non è dell'anno del piano", date_it(date)),
        None => format!("la data della firma, {}, non si legge come una data", quoted(&cell.text)),
    };
    let base = at(about_submission(&K06, submission), &cell.place);
    let finding = facts(base, cell.text.clone(), "giorno/mese/anno");
    Some(told(finding, ctx.plan.office_name(&submission.office), &what))
}

fn fail(ctx: &Context<'_>, ledger: &mut Ledger, submission: &Submission, absent: &[&Part]) {
    let month = ctx.signs(submission);
    let places: Vec<_> =
        absent.iter().filter_map(|(key, _, _)| submission.sign_off_place(key, month)).collect();
    let mut finding = about_submission(&K06, submission);
    if let Some(first) = places.first() {
        let here = places.iter().filter(|place| place.sheet == first.sheet);
        let cells: Vec<CellRef> = here.map(|place| place.cell).collect();
        finding = at_cells(finding, &first.sheet, cells);
    }
    let names: Vec<&str> = absent.iter().map(|(_, name, _)| *name).collect();
    let (names, verb) = (join_it(&names), if absent.len() == 1 { "manca" } else { "mancano" });
    let what = if absent.len() == PARTS.len() {
        format!("il file non è firmato: {verb} {names}")
    } else {
        format!("nella firma {verb} {names}")
    };
    let finding = facts(finding, format!("{verb} {names}"), "nome, ruolo e data");
    ledger.fail(told(finding, ctx.plan.office_name(&submission.office), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn what_is_missing_of_the_sign_off_is_named() {
        let mut world = World::at(6).filled("metrico").signed("metrico", "2/7/2019");
        assert_eq!(world.tally("K06"), (1, 0, 0));
        world.submission("metrico").sign_off.role = None;
        let finding = world.finding("K06");
        assert_eq!((finding.found.as_str(), finding.cells.len()), ("manca il ruolo", 1));
        let finding = World::at(6).filled("metrico").finding("K06");
        assert_eq!((finding.found.as_str(), finding.cells.len()), ("mancano il nome, il ruolo e la data", 3));
        assert_eq!(World::at(6).blank("metrico").tally("K06"), (0, 0, 1));
    }
}
