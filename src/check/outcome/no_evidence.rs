//! K08: a target is reached in the closed year, and nothing proves it.

use super::case::{Case, cases};
use crate::check::ledger::depends_on;
use crate::check::rules::K08;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{REMARKS, StructureFact};
use crate::model::Status;

/// Judges each indicator of the closed year: one office's reference is enough.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    if !ctx.month.closes_year() {
        return;
    }
    for case in cases(ctx, ledger, &K08) {
        let proved = case.documented();
        match case.result.status {
            Status::Raggiunto if !proved && lost_its_place(&case) => ledger.skip(&K08, depends_on("T06")),
            Status::Raggiunto if !proved => {
                let finding = facts(case.finding_on_texts(&K08, "fonte"), "nessuna fonte", "una fonte");
                let what = if case.desks.len() > 1 {
                    "il target è raggiunto, ma nessun ufficio ha scritto la fonte"
                } else {
                    "il target è raggiunto, ma la fonte è vuota"
                };
                ledger.fail(told(finding, &case.place(), what));
            }
            Status::NonVerificabile | Status::DatoMancante | Status::TargetMancante => {
                ledger.skip(&K08, case.without_value());
            }
            _ => ledger.pass(&K08),
        }
    }
}

/// Whether the row of the explanations, or the column of the entries of the year where older forms have the
/// evidence, went from an office's sheet.
fn lost_its_place(case: &Case<'_>) -> bool {
    let prefix = format!("S{:02}.", case.indicator.scheda);
    let row = case.indicator.code.manifest_key(REMARKS);
    case.desks.iter().flat_map(|desk| &desk.submission.structure).any(|fact| match fact {
        StructureFact::Missing { key, month: None, row_stands, .. } => {
            *key == row || *row_stands && key.starts_with(&prefix)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_target_reached_wants_its_evidence() {
        let world = World::at(12).filled("metrico");
        let of = |world: &World| {
            let found = world.findings("K08").into_iter();
            found
                .filter(|finding| finding.indicator.as_ref().is_some_and(|own| own.as_str() == "3.2"))
                .count()
        };
        assert_eq!(of(&world), 1);
        assert_eq!(of(&world.evidence("metrico", "3.2", "verbali, prot. n. 9100/2019")), 0);
        assert_eq!(World::at(6).filled("metrico").tally("K08"), (0, 0, 0));
    }
}
