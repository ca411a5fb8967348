//! M12: at today's pace the target is missed.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::case::{Case, cases};
use crate::check::ledger::depends_on;
use crate::check::robust::TOO_FEW;
use crate::check::rules::M12;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::formula::{self, Term, Terms};
use crate::model::{Month, Nature, Number, OfficeRule, Status, TimeKind, Value, VoceKey, count};
use crate::plan::Voce;

/// Months without which there is no pace to speak of.
const MONTHS: u32 = 3;
/// The checks that have already told why it is low.
const TOLD: [&str; 2] = ["M11", "V06"];
/// Why a result that lacks entries is not projected.
const PROVISIONAL: &str = "il risultato è provvisorio";

/// Judges each accumulating result that is late, while the year runs.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    if ctx.month.closes_year() {
        return;
    }
    for case in cases(ctx, ledger, &M12) {
        let target = &case.indicator.target;
        if case.indicator.formula.nature() == Nature::Accumulo
            && target.operator.higher_is_better()
            && is_projectable(&case)
        {
            judge(ctx, ledger, &case);
        }
    }
}

/// The voci of the formula.
fn terms<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Voce> + use<'a> {
    let indicator = case.indicator;
    indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key))
}

/// Whether all that grows is counted month by month: offices that say yes, or have a date, have no pace.
fn is_projectable(case: &Case<'_>) -> bool {
    terms(case)
        .all(|voce| voce.rule != OfficeRule::Conta && (voce.kind.is_number() || voce.register.is_some()))
}

fn judge(ctx: &Context<'_>, ledger: &mut Ledger, case: &Case<'_>) {
    if let Some(code) = case.already(ledger, &TOLD) {
        return ledger.skip(&M12, depends_on(code));
    }
    let last = terms(case).filter_map(|voce| voce.cutoff).min().unwrap_or(Month::DECEMBER);
    let before = case.indicator.start().number() - 1;
    let elapsed = ctx.month.month.min(last).number().saturating_sub(before);
    let Some((value, limit)) = case.numbers() else {
        return ledger.skip(&M12, case.without_value());
    };
    if case.result.status != Status::InRitardo {
        return ledger.pass(&M12);
    }
    if elapsed < MONTHS {
        return ledger.skip(&M12, TOO_FEW);
    }
    if case.result.provisional {
        return ledger.skip(&M12, PROVISIONAL);
    }
    let at_the_end = Number::ratio(last.number().saturating_sub(before).into(), elapsed.into())
        .and_then(|factor| projected(case, &value, factor));
    let Some(at_the_end) = at_the_end.filter(|projected| *projected < limit) else {
        return ledger.pass(&M12);
    };
    // No pace can be told from zeros that nobody believes.
    if let Some(code) = case.already(ledger, &["V06"]) {
        return ledger.skip(&M12, depends_on(code));
    }
    let when = if last == Month::DECEMBER { "a fine anno".to_owned() } else { format!("a fine {last}") };
    let months = count(usize::try_from(elapsed).unwrap_or(0), "mese", "mesi");
    let (value, limit, end) = (case.words(&value), case.words(&limit), case.words(&at_the_end));
    let operator = case.indicator.target.operator.symbol();
    let finding = facts(case.finding(&M12), format!("{end} {when}"), format!("{operator} {limit}"));
    let what =
        format!("{value} in {months}: al ritmo di oggi {when} farebbe {end}; il target è {operator} {limit}");
    ledger.fail(told(finding, &case.place(), &what));
}

/// The result with what grows taken `factor` times; what is given once stays as it is.
fn projected(case: &Case<'_>, value: &Number, factor: Number) -> Option<Number> {
    if terms(case).all(|voce| voce.register.is_some()) {
        return Some(value.clone() * &factor);
    }
    match case.indicator.formula.eval(&Projected { case, factor }) {
        formula::Outcome::Value(value) => value.number(),
        _ => None,
    }
}

struct Projected<'c, 'a> {
    case: &'c Case<'a>,
    factor: Number,
}

impl Terms for Projected<'_, '_> {
    fn term(&self, key: &VoceKey) -> Cow<'_, Term> {
        let flows = self.case.indicator.voce(key).is_some_and(|voce| voce.time == TimeKind::Mensile);
        Cow::Owned(match self.case.total(key) {
            Some(number) if flows => Term::Value(Value::Number(number * &self.factor)),
            Some(number) => Term::Value(Value::Number(number)),
            None => Term::Missing,
        })
    }

    fn as_of(&self) -> NaiveDate {
        self.case.outcome.consolidation.month.last_day()
    }

    fn is_working_day(&self, _: NaiveDate) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::model::Finding;

    fn about(world: &World, code: &str) -> Option<Finding> {
        let of = |finding: &Finding| finding.indicator.as_ref().is_some_and(|own| own.as_str() == code);
        world.findings("M12").into_iter().find(of)
    }

    #[test]
    fn a_late_result_is_projected() {
        let world = World::at(6).filled("metrico");
        assert_eq!(about(&world, "3.3").unwrap().found, "12 a fine anno");
        assert!(about(&world, "3.2").is_none(), "12 of 10: on pace");
        assert!(about(&World::at(2).filled("metrico"), "3.3").is_none(), "too early");
        assert_eq!(World::at(12).filled("metrico").tally("M12"), (0, 0, 0));
    }

    #[test]
    fn what_is_given_once_does_not_grow() {
        let world = World::at(6).filled("asl").set("asl", "S02.convenzioni_mantenute", 0, "10");
        assert_eq!(about(&world, "2.3").unwrap().found, "22 a fine anno");
    }

    #[test]
    fn a_cutoff_is_the_end_of_the_year() {
        let world = World::at(6).filled("qualita").set("qualita", "S08.audit_programmati", 0, "15");
        assert_eq!(about(&world, "8.1").unwrap().found, "60 % a fine settembre");
    }
}
