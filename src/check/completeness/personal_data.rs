//! K12: a text looks as if it held somebody's personal data.

use super::words::personal;
use crate::check::desk::{Desk, place};
use crate::check::rules::K12;
use crate::check::say::{about_submission, at, facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::EntryState;
use crate::model::{Finding, Place, Value, join_it};
use crate::plan::Indicator;

/// Judges every note, evidence reference and text of a register.
///
/// The data found is never repeated in the finding: it would travel with it.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for indicator in desk.indicators() {
            let texts = [("nota", &desk.submission.notes), ("fonte", &desk.submission.evidence)];
            for (what, cells) in texts {
                if let Some(cell) = cells.get(&indicator.code) {
                    let place = format!("Scheda {}, indicatore {}, {what}", indicator.scheda, indicator.code);
                    judge(ledger, desk, indicator, &cell.text, &cell.place, &place);
                }
            }
        }
        for (indicator, voce) in desk.voci().filter(|(_, voce)| voce.register.is_some()) {
            for entry in desk.entries(&voce.key) {
                if let EntryState::Value(Value::Text(text)) = &entry.state {
                    judge(ledger, desk, indicator, text, &entry.place, &place(indicator, voce, None));
                }
            }
        }
    }
}

fn judge(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, text: &str, cell: &Place, place: &str) {
    let kinds = personal(text);
    if kinds.is_empty() {
        return ledger.pass(&K12);
    }
    let finding = Finding {
        scheda: Some(indicator.scheda),
        indicator: Some(indicator.code.clone()),
        ..at(about_submission(&K12, desk.submission), cell)
    };
    let kinds = join_it(&kinds);
    let finding = facts(finding, kinds.clone(), "nessun dato di una persona");
    ledger.fail(told(finding, place, &format!("il testo sembra contenere {kinds}")));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn data_of_a_person_are_found_and_never_repeated() {
        let world = World::at(6).filled("metrico").says(
            "metrico",
            "3.1",
            "sig.ra RSSMRA80A01H501U, cell. 333 1234567",
        );
        let finding = world.finding("K12");
        assert_eq!(finding.found, "un codice fiscale e un numero di telefono");
        assert!(!finding.message.contains("RSSMRA"), "{}", finding.message);
        let world =
            World::at(6).filled("urp").field("urp", "S07.campagne", 1, "titolo", "a mario.rossi@example.it");
        assert_eq!(world.finding("K12").cells.len(), 1);
    }
}
