//! K03: hardly any of what is due has a value.

use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::robust::TOO_FEW;
use crate::check::rules::K03;
use crate::check::say::{about_submission, facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Number, count, ratio_it};
use crate::plan::Voce;

/// Entries due without which no share is worth a word.
const DUE: usize = 10;

/// Judges each file: blanks are told by V01 and M05, «n.d.» one by one by C15.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let tally = Tally::of(ctx, ledger, desk);
        let limit = &ctx.plan.controls.thresholds.filled;
        if tally.due < DUE {
            ledger.skip(&K03, TOO_FEW);
        } else if !is_poor(tally.due - tally.without(), tally.due, limit) {
            ledger.pass(&K03);
        } else if tally.not_applicable.is_empty()
            || !is_poor(tally.due - tally.not_applicable.len() - tally.placeholders, tally.due, limit)
        {
            ledger.skip(&K03, depends_on(if tally.blanks > 0 { "V01" } else { "C15" }));
        } else {
            fail(ctx, ledger, desk, &tally);
        }
    }
}

/// Whether the share of entries with a value is below the limit, in per cent.
fn is_poor(filled: usize, due: usize, limit: &Number) -> bool {
    Number::from(filled * 100) < Number::from(due) * limit
}

#[derive(Default)]
struct Tally<'a> {
    due: usize,
    blanks: usize,
    placeholders: usize,
    not_applicable: Vec<&'a Entry>,
}

impl<'a> Tally<'a> {
    fn of(ctx: &Context<'a>, ledger: &Ledger, desk: &Desk<'a>) -> Self {
        let mut tally = Self::default();
        for indicator in desk.indicators() {
            let due = |voce: &&Voce| voce.has_due(&desk.submission.office, ctx.month.month);
            let entries = indicator.voci.iter().filter(due).flat_map(|voce| desk.counting(voce));
            let entries: Vec<(&Entry, Reading<'_>)> =
                entries.map(|entry| (entry, desk.read(ledger, entry))).collect();
            // An indicator that does not apply at all, and whose note says why, is answered.
            if !entries.iter().all(|(_, reading)| *reading == Reading::NotApplicable) {
                tally.add(entries);
            }
        }
        tally
    }

    fn add(&mut self, entries: Vec<(&'a Entry, Reading<'_>)>) {
        for (entry, reading) in entries {
            self.due += 1;
            match reading {
                Reading::Blank => self.blanks += 1,
                Reading::Placeholder => self.placeholders += 1,
                Reading::NotApplicable => self.not_applicable.push(entry),
                Reading::Value(_) | Reading::Unusable(_) => {}
            }
        }
    }

    fn without(&self) -> usize {
        self.blanks + self.placeholders + self.not_applicable.len()
    }
}

fn fail(ctx: &Context<'_>, ledger: &mut Ledger, desk: &Desk<'_>, tally: &Tally<'_>) {
    let filled = tally.due - tally.without();
    let mut finding = about_submission(&K03, desk.submission);
    desk.name_cells(&mut finding, &tally.not_applicable);
    let share = Number::from(filled).divided_by(&Number::from(tally.due)).unwrap_or_else(Number::zero);
    let found = format!("{filled} su {} ({})", tally.due, ratio_it(&share));
    let limit = ctx.plan.controls.thresholds.filled.to_italian(2);
    let finding = facts(finding, found.clone(), format!("almeno il {limit} %"));
    let what = format!(
        "hanno un valore {filled} delle {}, il {}; {} «n.a.»",
        count(tally.due, "casella dovuta", "caselle dovute"),
        ratio_it(&share),
        if tally.not_applicable.len() == 1 {
            "1 è".to_owned()
        } else {
            format!("{} sono", tally.not_applicable.len())
        }
    );
    ledger.fail(told(finding, ctx.plan.office_name(&desk.submission.office), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    const VOCI: [&str; 3] = ["S03.orafi_ispezionati", "S03.supermercati", "S03.prodotti"];

    fn answered(text: &str, voci: &[&str], months: u32) -> World {
        let world = World::at(6)
            .filled("metrico")
            .note("metrico", "3.1")
            .note("metrico", "3.2")
            .note("metrico", "3.3");
        voci.iter().fold(world, |world, voce| {
            (1..=months).fold(world, |world, month| world.set("metrico", voce, month, text))
        })
    }

    #[test]
    fn a_file_of_na_is_poor() {
        let finding = answered("n.a.", &VOCI, 4).finding("K03");
        assert_eq!((finding.found.as_str(), finding.cells.len()), ("13 su 25 (52 %)", 12));
        assert!(answered("n.a.", &VOCI, 3).findings("K03").is_empty());
    }

    #[test]
    fn an_indicator_that_does_not_apply_is_answered() {
        assert!(answered("n.a.", &VOCI[1..], 6).findings("K03").is_empty());
    }

    #[test]
    fn blanks_and_placeholders_are_told_elsewhere() {
        assert_eq!(answered("", &VOCI, 4).skipped("K03", "dipende da V01"), 1);
        assert_eq!(answered("n.d.", &VOCI, 4).skipped("K03", "dipende da C15"), 1);
        assert_eq!(World::at(1).filled("metrico").tally("K03"), (0, 0, 1));
    }
}
