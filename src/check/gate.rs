//! The one gate between a check and the account: other severities, shadows, derogations.
//!
//! A check speaks with its default severity and knows nothing of what the plan makes of it.

use std::collections::BTreeMap;

use crate::model::{Finding, Severity, Waived, YearMonth};
use crate::plan::{Level, Override, Plan, Waiver};

/// What becomes of a finding.
pub(super) enum Passage {
    /// It is open, with this severity.
    Open(Finding),
    /// A derogation accepts it: visible, marked, keeps nothing out.
    Waived(Finding),
    /// It is counted and not shown.
    Shadowed,
}

/// The gate of a run.
#[derive(Debug, Default)]
pub(super) struct Gate {
    levels: BTreeMap<String, Override>,
    waivers: Vec<(Waiver, Use)>,
}

/// What a derogation has met so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Use {
    /// No finding of its code at its place.
    #[default]
    Nothing,
    /// A finding at its place, but for another value: what was found.
    OtherValue(String),
    /// The finding it accepts.
    Accepted,
    /// It held only up to an earlier month.
    Expired,
}

impl Gate {
    /// The gate of the plan, at the reporting month.
    pub(super) fn of(plan: &Plan, month: YearMonth) -> Self {
        let controls = &plan.controls;
        let start = |waiver: &Waiver| match waiver.until {
            Some(until) if until < month.month => Use::Expired,
            _ => Use::Nothing,
        };
        Self {
            levels: controls.levels.iter().map(|one| (one.code.clone(), one.clone())).collect(),
            waivers: controls.waivers.iter().map(|waiver| (waiver.clone(), start(waiver))).collect(),
        }
    }

    /// Lets a finding through: derogations first, then the plan's severity for its code.
    ///
    /// A derogation never accepts a file that cannot be trusted, and a lowered severity lets no entry in.
    pub(super) fn pass(&mut self, mut finding: Finding) -> Passage {
        if finding.severity < Severity::Bloccante
            && let Some(waiver) = self.waiver_of(&finding)
        {
            finding.waived = Some(Waived { reason: waiver.reason, who: waiver.who, until: waiver.until });
            if let Some(Level::Of(severity)) = self.level_of(&finding) {
                finding.severity = severity;
            }
            return Passage::Waived(finding);
        }
        let own = finding.severity;
        let severity = match self.level_of(&finding) {
            None => own,
            Some(Level::Of(severity)) => severity,
            // What keeps a value out is never hidden.
            Some(Level::Shadow) if finding.keeps_out() || own == Severity::Bloccante => Severity::Nota,
            Some(Level::Shadow) => return Passage::Shadowed,
        };
        finding.severity = severity;
        finding.lowered_from = (severity < own).then_some(own);
        Passage::Open(finding)
    }

    /// What the plan makes of a finding: nothing, when it would lower an *errore* and nobody answers for it.
    fn level_of(&self, finding: &Finding) -> Option<Level> {
        let own = self.levels.get(finding.rule.code)?;
        let unanswered = finding.severity >= Severity::Errore
            && own.level.lowers(finding.severity)
            && own.warrant.is_none();
        (!unanswered).then_some(own.level)
    }

    /// The derogation that accepts a finding for the value found; notes those that only come near.
    fn waiver_of(&mut self, finding: &Finding) -> Option<Waiver> {
        let mut accepted = None;
        let about = |(waiver, met): &&mut (Waiver, Use)| *met != Use::Expired && is_about(waiver, finding);
        for (waiver, met) in self.waivers.iter_mut().filter(about) {
            if squeezed(&waiver.value) == squeezed(&finding.found) {
                *met = Use::Accepted;
                accepted = accepted.or_else(|| Some(waiver.clone()));
            } else if *met != Use::Accepted {
                *met = Use::OtherValue(finding.found.clone());
            }
        }
        accepted
    }

    /// Whether a derogation in force accepts a finding, without using it.
    pub(super) fn accepts(&self, finding: &Finding) -> bool {
        let same = |value: &str| squeezed(value) == squeezed(&finding.found);
        let holds = |(waiver, met): &(Waiver, Use)| *met != Use::Expired && is_about(waiver, finding);
        self.waivers.iter().any(|waiver| holds(waiver) && same(&waiver.0.value))
    }

    /// The derogations with what they met, in the plan's order.
    pub(super) fn waivers(&self) -> impl Iterator<Item = (&Waiver, &Use)> {
        self.waivers.iter().map(|(waiver, met)| (waiver, met))
    }
}

/// Whether a derogation names the finding's code and place: what it does not name may be anything.
fn is_about(waiver: &Waiver, finding: &Finding) -> bool {
    fn same<T: PartialEq>(wanted: Option<&T>, found: Option<&T>) -> bool {
        wanted.is_none_or(|wanted| found == Some(wanted))
    }
    waiver.code == finding.rule.code
        && same(waiver.office.as_ref(), finding.office.as_ref())
        && same(waiver.scheda.as_ref(), finding.scheda.as_ref())
        && same(waiver.indicator.as_ref(), finding.indicator.as_ref())
        && same(waiver.voce.as_ref(), finding.voce.as_ref())
        && same(waiver.month.as_ref(), finding.month.as_ref())
}

/// A text as people copy it: one blank between words, comma or point for the decimals.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(',', ".")
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::model::{Finding, Month, Severity, VoceKey};
    use crate::plan::{Level, Override, Waiver, Warrant};
    use chrono::NaiveDate;

    fn at_level(code: &str, level: Level) -> Override {
        let warrant = Warrant {
            reason: "sede chiusa".to_owned(),
            who: "Unità performance".to_owned(),
            date: NaiveDate::from_ymd_opt(2019, 6, 30).unwrap(),
        };
        Override { code: code.to_owned(), level, warrant: Some(warrant) }
    }

    #[test]
    fn a_derogation_for_a_scheda_is_for_no_other() {
        let mut own = waiver("foglio assente", 12);
        (own.voce, own.month, own.scheda) = (None, None, Some(3));
        for (scheda, accepted) in [(Some(3), true), (Some(7), false), (None, false)] {
            let finding = Finding {
                scheda,
                ..Finding::of(crate::check::rule("C06").expect("a rule of the catalogue"))
            };
            assert_eq!(super::is_about(&own, &finding), accepted, "{scheda:?}");
        }
    }

    fn waiver(value: &str, until: u32) -> Waiver {
        Waiver {
            code: "C06".to_owned(),
            office: None,
            scheda: None,
            indicator: None,
            voce: Some(VoceKey::from_text("S03.supermercati")),
            month: Month::new(2),
            value: value.to_owned(),
            reason: "mezza giornata condivisa".to_owned(),
            who: "Unità performance".to_owned(),
            until: Month::new(until),
        }
    }

    fn halves() -> World {
        World::at(6).filled("metrico").set("metrico", "S03.supermercati", 2, "2.5")
    }

    #[test]
    fn a_derogation_accepts_the_value_it_names() {
        let mut world = halves();
        assert!(world.finding("C06").keeps_out());
        world.plan.controls.waivers.push(waiver("2,5", 12));
        let finding = world.finding("C06");
        assert!(finding.waived.is_some() && !finding.keeps_out());
        let tally = world.run().tallies["C06"];
        assert_eq!((tally.failed, tally.waived), (0, 1));
        assert!(world.findings("P28").is_empty());
    }

    #[test]
    fn another_value_lets_it_lapse_and_says_so() {
        let mut world = halves();
        world.plan.controls.waivers.push(waiver("3,5", 12));
        assert!(world.finding("C06").waived.is_none());
        let lapsed = world.finding("P28");
        assert!(lapsed.message.contains("«2.5»"), "{}", lapsed.message);
    }

    #[test]
    fn one_past_its_month_or_without_a_finding_is_not_in_force() {
        let mut world = halves();
        world.plan.controls.waivers.push(waiver("2,5", 5));
        assert!(world.finding("C06").waived.is_none());
        let expired = world.finding("P28");
        assert!(
            expired.severity == Severity::Nota && expired.message.contains("fino a maggio"),
            "{expired:?}"
        );
        let mut clean = World::at(6).filled("metrico");
        clean.plan.controls.waivers.push(waiver("2,5", 12));
        assert_eq!(clean.findings("P28").len(), 1);
    }

    #[test]
    fn the_plan_lowers_raises_and_shadows() {
        let mut world = halves();
        world.plan.controls.levels = vec![at_level("C06", Level::Of(Severity::Nota))];
        let lowered = world.finding("C06");
        assert_eq!((lowered.severity, lowered.lowered_from), (Severity::Nota, Some(Severity::Errore)));
        world.plan.controls.levels = vec![at_level("V06", Level::Shadow)];
        let zero = world.set("metrico", "S03.supermercati", 3, "0");
        let shadowed = zero.run().shadowed.get("V06").copied().unwrap_or_default();
        assert!(zero.findings("V06").is_empty());
        assert_eq!(zero.tally("V06").1, shadowed);
    }

    /// Only a derogation lets in what an *errore* keeps out.
    #[test]
    fn a_lowered_severity_lets_no_entry_in() {
        let mut world = halves();
        for level in [Level::Of(Severity::Nota), Level::Of(Severity::DaMotivare), Level::Shadow] {
            world.plan.controls.levels = vec![at_level("C06", level)];
            let finding = world.finding("C06");
            assert!(finding.keeps_out() && finding.severity < Severity::Errore, "{level:?}: {finding:?}");
        }
        world.plan.controls.waivers.push(waiver("2,5", 12));
        assert!(!world.finding("C06").keeps_out());
    }

    #[test]
    fn nobody_lowers_an_error_without_a_reason() {
        let mut world = halves();
        world.plan.controls.levels = vec![Override { warrant: None, ..at_level("C06", Level::Shadow) }];
        let finding = world.finding("C06");
        assert_eq!((finding.severity, finding.lowered_from), (Severity::Errore, None));
    }
}
