//! K11: one note for many indicators.

use std::collections::BTreeMap;

use crate::check::desk::Desk;
use crate::check::rules::K11;
use crate::check::say::{about_submission, facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::TextCell;
use crate::model::{Finding, IndicatorCode, Place, count, join_it, quoted};

/// Judges the notes of each file, by their words.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let wanted = usize::try_from(ctx.plan.controls.thresholds.same_notes).unwrap_or(usize::MAX);
    for desk in ctx.desks {
        let mut notes: BTreeMap<String, Vec<(&IndicatorCode, &TextCell)>> = BTreeMap::new();
        for indicator in desk.indicators() {
            if let Some(cell) = desk.submission.notes.get(&indicator.code) {
                notes.entry(folded(&cell.text)).or_default().push((&indicator.code, cell));
            }
        }
        for same in notes.into_values() {
            if same.len() < wanted {
                ledger.pass(&K11);
            } else {
                ledger.fail(finding(ctx, desk, &same));
            }
        }
    }
}

/// The words alone: case, blanks and punctuation make no other note.
fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

fn finding(ctx: &Context<'_>, desk: &Desk<'_>, same: &[(&IndicatorCode, &TextCell)]) -> Finding {
    let mut finding = about_submission(&K11, desk.submission);
    let places: Vec<&Place> = same.iter().map(|(_, cell)| &cell.place).collect();
    desk.name_places(&mut finding, &places);
    let codes: Vec<&str> = same.iter().map(|(code, _)| code.as_str()).collect();
    let number = count(codes.len(), "indicatore", "indicatori");
    let note = same.first().map_or_else(String::new, |(_, cell)| quoted(&cell.text));
    let finding = facts(finding, format!("{note} per {number}"), "una nota per ogni indicatore");
    let what = format!("la nota {note} è la stessa per {number}: {}", join_it(&codes));
    told(finding, ctx.plan.office_name(&desk.submission.office), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn three_indicators_with_one_note_are_too_many() {
        let world = World::at(6).filled("metrico").says("metrico", "3.1", "Vedi sopra.").says(
            "metrico",
            "3.2",
            "vedi  sopra",
        );
        assert!(world.findings("K11").is_empty());
        let finding = world.says("metrico", "3.3", "VEDI SOPRA").finding("K11");
        assert_eq!((finding.cells.len(), finding.found.as_str()), (3, "«Vedi sopra.» per 3 indicatori"));
    }
}
