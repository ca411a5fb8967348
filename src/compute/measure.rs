//! An indicator measured: its voci, and its formula on them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Coverage;
use super::register;
use super::scope::Scope;
use super::total::{LevelAt, VoceMeasure};
use crate::admit::AdmittedEntry;
use crate::formula::{Outcome, Term, Terms};
use crate::model::{Month, TimeKind, Value, VoceKey};
use crate::plan::{Calendar, Indicator, Voce};

/// What an indicator gives over a set of offices.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its voci, in the plan's order.
    pub voci: Vec<(VoceKey, VoceMeasure)>,
    /// What its formula gives.
    pub outcome: Outcome,
    /// Coverage over all its voci.
    pub coverage: Coverage,
    /// Whether a level is older than the reporting month.
    pub stale: bool,
}

impl Measure {
    /// The measure of a voce.
    pub fn voce(&self, key: &VoceKey) -> Option<&VoceMeasure> {
        self.voci.iter().find(|(found, _)| found == key).map(|(_, measure)| measure)
    }
}

/// Measures `indicator` over the offices of `scope`.
pub fn measure(scope: &Scope<'_>, calendar: &Calendar, indicator: &Indicator) -> Measure {
    let at = level_month(scope, indicator);
    let voci: Vec<(VoceKey, VoceMeasure)> =
        indicator.voci.iter().map(|voce| (voce.key.clone(), scope.measure(voce, at))).collect();
    let mut coverage = Coverage::default();
    for (_, measure) in &voci {
        coverage.expected += measure.coverage.expected;
        coverage.present += measure.coverage.present;
    }
    let stale = voci.iter().any(|(_, measure)| measure.stale);
    let terms: BTreeMap<&VoceKey, &Term> = voci.iter().map(|(key, measure)| (key, &measure.term)).collect();
    let outcome = indicator.formula.eval(&Bound { terms, as_of: scope.as_of(), calendar });
    Measure { voci, outcome, coverage, stale }
}

/// What `indicator` takes from a row of the register `voce` with these fields; `None` when the row does not count. A
/// row whose key no other row has is worth to the indicator what another one is of which it takes the same.
pub fn taken(
    scope: &Scope<'_>,
    calendar: &Calendar,
    (indicator, voce): (&Indicator, &Voce),
    fields: &[&AdmittedEntry],
) -> Option<Vec<Option<Value>>> {
    let (_, row) = register::counting_row(scope, voce.register.as_ref()?, fields)?;
    let bound = Bound { terms: BTreeMap::new(), as_of: scope.as_of(), calendar };
    Some(indicator.formula.taken(&voce.key, &row, &bound))
}

fn level_month(scope: &Scope<'_>, indicator: &Indicator) -> LevelAt {
    let is_level = |voce: &&Voce| voce.time == TimeKind::Consistenza && voce.fixed.is_none();
    let inputs = indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key));
    let mut reported = inputs.filter(is_level).map(|voce| scope.months_reported(voce));
    let (Some(first), others) = (reported.next(), reported.collect::<Vec<Vec<Month>>>()) else {
        return LevelAt::Own;
    };
    if others.is_empty() {
        return LevelAt::Own;
    }
    LevelAt::Common(first.into_iter().find(|month| others.iter().all(|months| months.contains(month))))
}

struct Bound<'a> {
    terms: BTreeMap<&'a VoceKey, &'a Term>,
    as_of: NaiveDate,
    calendar: &'a Calendar,
}

impl Terms for Bound<'_> {
    fn term(&self, key: &VoceKey) -> Cow<'_, Term> {
        self.terms.get(key).map_or(Cow::Owned(Term::Missing), |term| Cow::Borrowed(*term))
    }

    fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    fn is_working_day(&self, day: NaiveDate) -> bool {
        self.calendar.is_working_day(day)
    }
}
