//! A02: a workbook holds entries of an indicator that the plan does not give to its office.

use crate::check::desk::Desk;
use crate::check::rules::A02;
use crate::check::say::{about_submission, about_voce, at_cells, facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::StructureFact;
use crate::model::{CellRef, Finding, VoceKey, count, quoted};

/// Judges each workbook: every foreign row makes a finding.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let mut clean = true;
        for fact in &desk.submission.structure {
            if let StructureFact::Unassigned { sheet, key, cells } = fact {
                clean = false;
                ledger.fail(finding(ctx, desk, sheet, key, cells));
            }
        }
        if clean {
            ledger.pass(&A02);
        }
    }
}

fn finding(ctx: &Context<'_>, desk: &Desk<'_>, sheet: &str, key: &str, cells: &[CellRef]) -> Finding {
    let voce = VoceKey::from_text(key.split('#').next().unwrap_or(key));
    let (base, place) = match ctx.plan.voce(&voce) {
        Some((indicator, known)) => {
            (about_voce(&A02, desk.submission, indicator, &voce), voce_words(indicator, known))
        }
        None => (about_submission(&A02, desk.submission), format!("Riga {}", quoted(key))),
    };
    let finding = at_cells(base, sheet, cells.iter().copied());
    let finding = facts(finding, count(cells.len(), "valore", "valori"), "nessun dato per questo ufficio");
    let what = format!(
        "il foglio contiene {} di un indicatore che non riguarda {}",
        count(cells.len(), "valore", "valori"),
        ctx.plan.office_name(&desk.submission.office)
    );
    told(finding, &place, &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::interpret::StructureFact;
    use crate::model::CellRef;

    #[test]
    fn a_foreign_row_is_told() {
        let mut world = World::at(6).filled("metrico");
        assert_eq!(world.tally("A02"), (1, 0, 0));
        world.submission("metrico").structure.push(StructureFact::Unassigned {
            sheet: "Scheda 3".to_owned(),
            key: "S01.ore_sportello".to_owned(),
            cells: vec![CellRef::parse("D40").unwrap()],
        });
        let finding = world.finding("A02");
        assert_eq!(finding.indicator.unwrap().as_str(), "1.2");
        assert!(finding.message.contains("contiene 1 valore"), "{}", finding.message);
    }
}
