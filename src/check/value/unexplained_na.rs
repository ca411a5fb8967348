//! V09: «n.a.» without a word of why.

use std::collections::BTreeSet;

use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::rules::V09;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState};
use crate::model::{join_it, quoted};
use crate::plan::{Indicator, Voce};

/// Judges each indicator of each office that holds an «n.a.».
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for indicator in desk.indicators() {
            judge(ledger, desk, indicator);
        }
    }
}

fn judge(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator) {
    let inputs = || indicator.voci.iter().filter(|voce| voce.is_input());
    let all: Vec<(&Voce, &Entry)> = inputs()
        .flat_map(|voce| desk.counting(voce).map(move |entry| (voce, entry)))
        .filter(|(_, entry)| entry.state == EntryState::NotApplicable)
        .collect();
    let Some((_, first)) = all.first() else { return };
    if desk.submission.notes.contains_key(&indicator.code) {
        return ledger.pass(&V09);
    }
    let reasoned = |voce: &Voce| desk.submission.reasons.contains_key(&voce.key);
    if all.iter().all(|(voce, _)| reasoned(voce)) {
        return ledger.pass(&V09);
    }
    let silent: Vec<(&Voce, &Entry)> = all
        .iter()
        .copied()
        .filter(|(voce, entry)| !reasoned(voce) && desk.read(ledger, entry) == Reading::NotApplicable)
        .collect();
    if silent.is_empty() {
        let code = desk.read(ledger, first).unusable().unwrap_or(V09.code);
        return ledger.skip(&V09, depends_on(code));
    }
    let entries: Vec<&Entry> = silent.iter().map(|(_, entry)| *entry).collect();
    let labels: BTreeSet<String> = silent.iter().map(|(voce, _)| quoted(&voce.label)).collect();
    let labels: Vec<String> = labels.into_iter().collect();
    let voce = silent.first().map(|(voce, _)| *voce).filter(|_| labels.len() == 1);
    let finding = desk.finding(&V09, indicator, voce, &entries);
    let finding = facts(finding, "«n.a.» senza motivo", "il motivo accanto al dato, o una nota");
    let place = format!("Scheda {}, {}", indicator.scheda, join_it(&labels));
    let code = &indicator.code;
    let beside =
        silent.iter().any(|(voce, _)| desk.submission.text_places.contains_key(&voce.key.reason_key()));
    let what = match beside {
        true => format!(
            "hai scritto «n.a.» senza il motivo, né accanto al dato né nella nota dell'indicatore {code}"
        ),
        false => format!("hai scritto «n.a.», ma la nota dell'indicatore {code} è vuota"),
    };
    ledger.fail(told(finding, &place, &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn na_wants_a_note() {
        let world = World::at(6).filled("metrico").set("metrico", "S03.prodotti", 2, "n.a.").set(
            "metrico",
            "S03.prodotti",
            3,
            "n.a.",
        );
        let finding = world.finding("V09");
        assert_eq!(finding.cells.len(), 2);
        assert_eq!(finding.indicator.as_ref().unwrap().as_str(), "3.3");
        let explained = world.note("metrico", "3.3");
        assert_eq!(explained.tally("V09"), (1, 0, 0));
    }
}
