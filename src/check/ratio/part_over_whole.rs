//! R03: a part is greater than its whole.

use super::pair::{Side, adds_up, labels, side, sides};
use super::zero_denominator;
use crate::check::desk::{Desk, place};
use crate::check::ledger::depends_on;
use crate::check::rules::R03;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Month, Number, Span, TimeKind};
use crate::plan::{Indicator, Pair, Part, Role};

/// A part and its whole, under their indicator.
#[derive(Clone, Copy)]
struct Bond<'a> {
    indicator: &'a Indicator,
    voci: Part<'a>,
}

/// Judges each part against its whole: month by month, or the year so far when the whole is given once;
/// then the sum of the offices against a whole that they share.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let desks = ctx.desks;
    for indicator in ctx.plan.indicators() {
        let own: Vec<&Desk<'_>> =
            desks.iter().filter(|desk| indicator.offices.contains(&desk.submission.office)).collect();
        for voci in indicator.parts() {
            let bond = Bond { indicator, voci };
            let mut exceeded = false;
            for desk in &own {
                exceeded |= bond.judge(ctx, ledger, desk);
            }
            if !exceeded
                && own.len() > 1
                && !voci.is_monthly()
                && voci.part.time == TimeKind::Mensile
                && adds_up(voci.part)
            {
                bond.judge_sum(ctx, ledger, &own);
            }
        }
    }
}

impl<'a> Bond<'a> {
    /// Judges the office; says whether a part exceeds its whole.
    fn judge(&self, ctx: &Context<'a>, ledger: &mut Ledger, desk: &Desk<'a>) -> bool {
        if self.voci.is_monthly() {
            let office = &desk.submission.office;
            let months = self.voci.part.counting(office, ctx.month.month).into_iter().flat_map(Span::months);
            let judged: Vec<bool> = months
                .filter(|month| self.voci.whole.is_asked(office, Some(*month)))
                .map(|month| {
                    let part = side(ledger, desk, &[self.voci.part], Some(month));
                    let whole = side(ledger, desk, &[self.voci.whole], Some(month));
                    self.account(ctx, ledger, desk, Some(month), &part, &whole)
                })
                .collect();
            return judged.contains(&true);
        }
        let whole = side(ledger, desk, &[self.voci.whole], None);
        let part = if self.voci.part.time == TimeKind::Consistenza {
            self.highest_levels(ctx, ledger, desk, &whole)
        } else {
            side(ledger, desk, &[self.voci.part], None)
        };
        self.account(ctx, ledger, desk, None, &part, &whole)
    }

    /// All the levels over the whole, as large as the highest; without any, the last level.
    fn highest_levels(
        &self,
        ctx: &Context<'a>,
        ledger: &Ledger,
        desk: &Desk<'a>,
        whole: &Side<'_>,
    ) -> Side<'a> {
        let mut highest = Side::default();
        for month in self.voci.part.last_counting(ctx.month.month).up_to() {
            let level = side(ledger, desk, &[self.voci.part], Some(month));
            if level.total > whole.total && whole.total.is_some() {
                highest.typed.extend(&level.typed);
                highest.total = highest.total.max(level.total);
            }
        }
        if highest.typed.is_empty() { side(ledger, desk, &[self.voci.part], None) } else { highest }
    }

    fn account(
        &self,
        ctx: &Context<'a>,
        ledger: &mut Ledger,
        desk: &Desk<'a>,
        period: Option<Month>,
        part: &Side<'a>,
        whole: &Side<'a>,
    ) -> bool {
        match (&part.total, &whole.total) {
            (None, _) => {
                if let Some(code) = part.unusable {
                    ledger.skip(&R03, depends_on(code));
                }
                false
            }
            (Some(_), None) => {
                ledger.skip(&R03, depends_on(whole.unusable.unwrap_or_else(|| self.asks_for_whole())));
                false
            }
            (Some(over), Some(under)) if !self.voci.admits(over, under) => {
                if self.is_for_zero(ctx, ledger, desk, period) {
                    ledger.skip(&R03, depends_on("R01"));
                } else {
                    ledger.fail(self.finding(desk, period, part, whole, over, under));
                }
                true
            }
            _ => {
                match part.unusable.or(whole.unusable) {
                    Some(code) => ledger.skip(&R03, depends_on(code)),
                    None => ledger.pass(&R03),
                }
                false
            }
        }
    }

    /// The check that asks for a whole left blank.
    fn asks_for_whole(&self) -> &'static str {
        let ratio_of_flows = self.indicator.pair().filter(Pair::is_of_flows).is_some_and(|pair| {
            pair.over.iter().any(|voce| voce.key == self.voci.part.key)
                && pair.under.iter().any(|voce| voce.key == self.voci.whole.key)
        });
        match (ratio_of_flows, self.voci.whole.role) {
            (true, _) => "R04",
            (false, Role::Baseline) => "Y01",
            (false, _) => "V01",
        }
    }

    /// Whether R01 already says that something stands over zero.
    fn is_for_zero(
        &self,
        _ctx: &Context<'a>,
        ledger: &Ledger,
        desk: &Desk<'a>,
        period: Option<Month>,
    ) -> bool {
        self.indicator
            .pair()
            .filter(|pair| pair.over.iter().any(|voce| voce.key == self.voci.part.key))
            .filter(|pair| pair.under.iter().any(|voce| voce.key == self.voci.whole.key))
            .is_some_and(|pair| {
                let (over, under) = sides(&pair, ledger, desk, period);
                zero_denominator::is_broken(&over, &under)
            })
    }

    fn finding(
        &self,
        desk: &Desk<'_>,
        period: Option<Month>,
        part: &Side<'_>,
        whole: &Side<'_>,
        over: &Number,
        under: &Number,
    ) -> Finding {
        let cells: Vec<&Entry> = part.typed.iter().chain(&whole.typed).copied().collect();
        let finding = desk.finding(&R03, self.indicator, Some(self.voci.part), &cells);
        let (over, under) = (over.to_italian(4), under.to_italian(4));
        let whole = labels(&[self.voci.whole]);
        let what = if period.is_none() && self.voci.part.time == TimeKind::Mensile {
            format!("i mesi fanno in tutto {over}, più dei {under} di {whole}")
        } else {
            format!("hai scritto {over} su {under} di {whole}")
        };
        let finding = facts(finding, format!("{over} su {under}"), format!("al massimo {under}"));
        told(finding, &place(self.indicator, self.voci.part, period), &what)
    }

    /// The sum of the offices against the whole that they share.
    fn judge_sum(&self, ctx: &Context<'a>, ledger: &mut Ledger, desks: &[&Desk<'a>]) {
        if !ctx.whole || adds_up(self.voci.whole) {
            return;
        }
        let wholes: Vec<Side<'_>> =
            desks.iter().map(|desk| side(ledger, desk, &[self.voci.whole], None)).collect();
        let Some(under) = wholes.iter().find_map(|whole| whole.total.clone()) else { return };
        let parts: Vec<Side<'_>> =
            desks.iter().map(|desk| side(ledger, desk, &[self.voci.part], None)).collect();
        let over: Number = parts.iter().filter_map(|part| part.total.clone()).sum();
        if self.voci.admits(&over, &under) {
            return match parts.iter().find_map(|part| part.unusable) {
                Some(code) => ledger.skip(&R03, depends_on(code)),
                None => ledger.pass(&R03),
            };
        }
        let mut finding: Option<Finding> = None;
        for ((desk, part), whole) in desks.iter().zip(&parts).zip(&wholes) {
            let cells: Vec<&Entry> = part.typed.iter().chain(&whole.typed).copied().collect();
            match &mut finding {
                None if cells.is_empty() => {}
                None => finding = Some(desk.finding(&R03, self.indicator, Some(self.voci.part), &cells)),
                Some(known) => desk.name_cells(known, &cells),
            }
        }
        let Some(finding) = finding else { return };
        let (over, under) = (over.to_italian(4), under.to_italian(4));
        let finding = facts(finding, format!("{over} su {under}"), format!("al massimo {under}"));
        let what =
            format!("la somma degli uffici fa {over}, più dei {under} di {}", labels(&[self.voci.whole]));
        ledger.fail(Finding {
            month: None,
            ..told(finding, &place(self.indicator, self.voci.part, None), &what)
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};

    #[test]
    fn a_part_is_judged_month_by_month() {
        let world = World::at(6)
            .filled("unico_ambiente")
            .set("unico_ambiente", "S04.prove_stesso_giorno", 6, "31")
            .set("unico_ambiente", "S04.prove", 6, "30");
        let finding = world.finding("R03");
        assert_eq!(finding.found, "31 su 30");
        assert_eq!(cells(&finding).len(), 2);
        assert_eq!(finding.month.unwrap().number(), 6);
        let equal = world.set("unico_ambiente", "S04.prove", 6, "31");
        assert!(equal.findings("R03").is_empty());
    }

    #[test]
    fn flows_add_up_against_a_whole_given_once() {
        let world = World::at(6).filled("metrico").set("metrico", "S03.orafi_iscritti", 0, "5");
        let finding = world.finding("R03");
        assert_eq!((finding.found.as_str(), finding.cells.len()), ("6 su 5", 7));
        assert!(world.set("metrico", "S03.orafi_iscritti", 0, "6").findings("R03").is_empty());
    }

    #[test]
    fn months_to_come_and_past_the_cutoff_do_not_count() {
        let world = World::at(12).filled("qualita").set("qualita", "S08.audit_programmati", 0, "9");
        assert!(world.findings("R03").is_empty());
        let world = World::at(5).filled("metrico").set("metrico", "S03.orafi_iscritti", 0, "5").set(
            "metrico",
            "S03.orafi_ispezionati",
            6,
            "9",
        );
        assert!(world.findings("R03").is_empty());
    }

    #[test]
    fn levels_are_judged_month_by_month_in_one_finding() {
        let world = World::at(4)
            .filled("archivio_protocollo")
            .set("archivio_protocollo", "S10.fascicoli_totali", 0, "10")
            .set("archivio_protocollo", "S10.fascicoli_inventariati", 2, "11")
            .set("archivio_protocollo", "S10.fascicoli_inventariati", 3, "12");
        let finding = world.finding("R03");
        assert_eq!((finding.found.as_str(), finding.cells.len()), ("12 su 10", 3));
    }

    #[test]
    fn an_entry_already_wrong_is_not_judged() {
        let world = World::at(2).filled("unico_ambiente").set("unico_ambiente", "S04.prove", 1, "?");
        assert!(world.findings("R03").is_empty());
        assert_eq!(world.skipped("R03", "dipende da C01"), 1);
    }
}
