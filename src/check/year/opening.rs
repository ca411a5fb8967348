//! Y07: a stock does not open where the year before left it, and the plan does not say where it comes from.

use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::rules::Y07;
use crate::check::{Context, Ledger, say};
use crate::interpret::Entry;
use crate::model::{Finding, Month, Number, OfficeRule, TimeKind};
use crate::plan::{Archive, Indicator, Voce};

/// Judges how each stock opens of which the year before holds the closing: one that is worked off opens with
/// what was left, a level may be another one in January, but not far away. As the plan gives it, as each
/// office types it, or, where each has its own, the sum of all.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let Some(archive) = &ctx.plan.archive else { return };
    for indicator in ctx.plan.indicators() {
        let opening = indicator.backlog().map(|backlog| (backlog.opening, Number::zero(), None));
        let levels = indicator.voci.iter().filter(|voce| voce.time == TimeKind::Consistenza);
        let part = || ctx.plan.controls.thresholds.variation.divided_by(&Number::from(100_u32));
        let levels = levels.filter_map(|voce| Some((voce, part()?, Some(Month::JANUARY))));
        for (voce, part, month) in opening.into_iter().chain(levels) {
            if let Some(own) = Own::of(archive, indicator, voce, (part, month)) {
                own.run(ctx, ledger);
            }
        }
    }
}

/// A stock, and what was left of it.
struct Own<'a> {
    indicator: &'a Indicator,
    /// How it opens: one value of the year, or its first month.
    opening: &'a Voce,
    month: Option<Month>,
    left: &'a Number,
    /// How far it may open from there.
    apart: Number,
    year: i32,
}

type Typed<'d, 'a> = (&'d Desk<'a>, &'a Entry, Number);

impl<'a> Own<'a> {
    /// What the year before left, when it holds it; `part` of it is how far the stock may open from there.
    fn of(
        archive: &'a Archive,
        indicator: &'a Indicator,
        opening: &'a Voce,
        (part, month): (Number, Option<Month>),
    ) -> Option<Self> {
        let left = archive.closings.get(&opening.key)?;
        let apart = left.abs() * &part;
        Some(Self { indicator, opening, month, left, apart, year: archive.year })
    }

    fn run(&self, ctx: &Context<'a>, ledger: &mut Ledger) {
        match &self.opening.fixed {
            _ if self.opening.origin.is_some() => ledger.skip(&Y07, depends_on("Y02")),
            Some(fixed) if ctx.whole => self.judge(ledger, fixed.value.number(), &[]),
            Some(_) => {}
            None if self.opening.rule == OfficeRule::Somma => self.together(ctx, ledger),
            None => self.each(ctx, ledger),
        }
    }

    fn each(&self, ctx: &Context<'a>, ledger: &mut Ledger) {
        for desk in self.desks(ctx) {
            for (desk, entry, opened) in self.typed(ledger, desk) {
                self.judge(ledger, Some(opened), &[(desk, entry)]);
            }
        }
    }

    fn together(&self, ctx: &Context<'a>, ledger: &mut Ledger) {
        let desks: Vec<&Desk<'a>> = self.desks(ctx).collect();
        let mut all: Vec<Typed<'_, 'a>> = Vec::new();
        for desk in &desks {
            all.extend(self.typed(ledger, desk));
        }
        if !ctx.whole || all.len() < self.indicator.offices.len() {
            return ledger.skip(&Y07, depends_on("V01"));
        }
        let cells: Vec<(&Desk<'a>, &Entry)> = all.iter().map(|(desk, entry, _)| (*desk, *entry)).collect();
        self.judge(ledger, Some(all.iter().map(|(.., opened)| opened.clone()).sum()), &cells);
    }

    fn desks<'c>(&self, ctx: &Context<'c>) -> impl Iterator<Item = &'c Desk<'c>> {
        ctx.desks.iter().filter(|desk| self.indicator.offices.contains(&desk.submission.office))
    }

    /// What an office says that there was.
    fn typed<'d>(&self, ledger: &mut Ledger, desk: &'d Desk<'a>) -> Vec<Typed<'d, 'a>> {
        let mut all = Vec::new();
        for entry in desk.counting(self.opening).filter(|entry| entry.id.month == self.month) {
            match desk.read(ledger, entry) {
                Reading::Value(value) => all.extend(value.number().map(|opened| (desk, entry, opened))),
                Reading::Unusable(code) => ledger.skip(&Y07, depends_on(code)),
                Reading::Blank | Reading::Placeholder | Reading::NotApplicable => {}
            }
        }
        all
    }

    fn judge(&self, ledger: &mut Ledger, opened: Option<Number>, cells: &[(&Desk<'a>, &Entry)]) {
        let Some(opened) = opened else { return };
        let explained = cells.iter().any(|(desk, _)| desk.explains(self.indicator));
        if (opened.clone() - self.left).abs() <= self.apart || explained {
            ledger.pass(&Y07);
        } else {
            ledger.fail(self.finding(&opened, cells));
        }
    }

    fn finding(&self, opened: &Number, cells: &[(&Desk<'a>, &Entry)]) -> Finding {
        let (indicator, opening) = (self.indicator, self.opening);
        let mut finding: Option<Finding> = None;
        for (desk, entry) in cells {
            match &mut finding {
                None => finding = Some(desk.finding(&Y07, indicator, Some(opening), &[*entry])),
                Some(known) => desk.name_cells(known, &[*entry]),
            }
        }
        let of_the_plan = || Finding {
            scheda: Some(indicator.scheda),
            indicator: Some(indicator.code.clone()),
            voce: Some(opening.key.clone()),
            ..Finding::of(&Y07)
        };
        let (opened, left) = (opened.to_italian(4), self.left.to_italian(4));
        let opens = match self.month {
            Some(month) => format!("a {month} è {opened}"),
            None => format!("si apre con {opened}"),
        };
        let what = format!("{opens}, e il {} si era chiuso con {left}", self.year);
        let base = say::facts(finding.unwrap_or_else(of_the_plan), opened, left);
        say::told(base, &say::voce_words(indicator, opening), &what)
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::model::{Number, VoceKey};
    use crate::plan::{Archive, DEFAULT_PLAN, read_plan};

    const KEY: &str = "S11.verbali_pendenti";

    const FIRMS: &str = "S05.aziende_aderenti";

    /// 318 were left at the end of 2018, and 42 firms.
    fn world(opened: &str) -> World {
        let mut plan = read_plan(DEFAULT_PLAN).unwrap();
        plan.archive = Some(std::sync::Arc::new(Archive {
            year: 2018,
            sha256: String::new(),
            results: [].into(),
            voci: [].into(),
            closings: [
                (VoceKey::from_text(KEY), Number::from(318_u32)),
                (VoceKey::from_text(FIRMS), Number::from(42_u32)),
            ]
            .into(),
        }));
        World::of(plan, 2).filled("protesti").set("protesti", KEY, 0, opened)
    }

    #[test]
    fn a_stock_opens_where_it_was_closed() {
        assert!(world("318").findings("Y07").is_empty());
        assert_eq!(world("318").tally("Y07"), (1, 0, 0));
        let finding = world("320").finding("Y07");
        assert_eq!((finding.found.as_str(), finding.expected.as_str()), ("320", "318"));
        assert!(world("320").note("protesti", "11.2").findings("Y07").is_empty(), "the note says why");
        assert_eq!(world("").tally("Y07"), (0, 0, 0), "a blank is another matter");
    }

    #[test]
    fn a_level_does_not_open_far_from_where_it_was() {
        // Within a half: from 21 to 63.
        let at = |january: &str| {
            world("318").filled("certificazioni_estero").set("certificazioni_estero", FIRMS, 1, january)
        };
        for near in ["42", "21", "63"] {
            assert!(at(near).findings("Y07").is_empty(), "{near}");
        }
        for far in ["20", "64"] {
            let finding = at(far).finding("Y07");
            assert!(finding.message.contains(&format!("a gennaio è {far}, e il 2018 si era chiuso con 42")));
        }
    }
}
