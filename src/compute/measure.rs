//! An indicator measured: its voci, and its formula on them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Coverage;
use super::portion::Portion;
use super::register;
use super::total::{LevelAt, Total, VoceMeasure};
use crate::admit::{Admitted, AdmittedEntry};
use crate::formula::{Outcome, Term, Terms};
use crate::model::{Month, OfficeId, OfficeRule, TimeKind, Value, VoceKey, YearMonth};
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
    /// Entries up to the month that do not apply, the fields of a register's rows too.
    pub not_applicable: usize,
}

impl Measure {
    /// The measure of a voce.
    pub fn voce(&self, key: &VoceKey) -> Option<&VoceMeasure> {
        self.voci.iter().find(|(found, _)| found == key).map(|(_, measure)| measure)
    }
}

/// What some offices report of an indicator by a month, voce by voce: before its formula, so that other
/// offices can be added.
#[derive(Clone, Debug, Default)]
pub struct Portions(Vec<Portion>);

impl Portions {
    /// What one office reports by `month`.
    pub fn of_office(
        indicator: &Indicator,
        month: YearMonth,
        admitted: &Admitted,
        office: &OfficeId,
    ) -> Self {
        let sent = admitted.entries.has_sent(office);
        let declared = |voce: &Voce| {
            let is_register = voce.time == TimeKind::Registro;
            let owner = is_register.then(|| (office.clone(), voce.key.clone()));
            owner.and_then(|owner| admitted.completeness.get(&owner).copied()).unwrap_or(0)
        };
        let portion = |voce: &Voce| {
            let own = sent.then(|| admitted.entries.of(&voce.key, office));
            Portion::of_office(voce, month, office, own, declared(voce))
        };
        Self(indicator.voci.iter().map(portion).collect())
    }

    /// Adds the offices that come next.
    pub fn and(&mut self, next: &Self) {
        if self.0.is_empty() {
            self.0.clone_from(&next.0);
            return;
        }
        for (own, next) in self.0.iter_mut().zip(&next.0) {
            own.and(next);
        }
    }

    /// All of them, one after the other.
    pub fn sum<'a>(offices: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        offices.into_iter().for_each(|next| sum.and(next));
        sum
    }
}

/// Measures `indicator` over the offices of `own`; a shared value is whatever any of `all` reports, who are
/// the offices of the indicator.
pub fn measure(
    (indicator, calendar): (&Indicator, &Calendar),
    month: YearMonth,
    own: &Portions,
    all: &Portions,
) -> Measure {
    let nobody = Portion::default();
    let mut totals: Vec<Total<'_>> = Vec::new();
    for (place, voce) in indicator.voci.iter().enumerate() {
        let (own, all) = (own.0.get(place).unwrap_or(&nobody), all.0.get(place).unwrap_or(&nobody));
        let seen = if voce.rule == OfficeRule::Condivisa { all } else { own };
        totals.push(Total { voce, month, own, seen });
    }
    let at = level_month(indicator, &totals);
    let voci: Vec<(VoceKey, VoceMeasure)> =
        totals.iter().map(|total| (total.voce.key.clone(), total.measure(at))).collect();
    let mut coverage = Coverage::default();
    for (_, measure) in &voci {
        coverage.expected += measure.coverage.expected;
        coverage.present += measure.coverage.present;
    }
    let stale = voci.iter().any(|(_, measure)| measure.stale);
    let terms: BTreeMap<&VoceKey, &Term> = voci.iter().map(|(key, measure)| (key, &measure.term)).collect();
    let outcome = indicator.formula.eval(&Bound { terms, as_of: month.last_day(), calendar });
    let not_applicable = totals.iter().map(|total| total.own.not_applicable).sum();
    Measure { voci, outcome, coverage, stale, not_applicable }
}

/// What `indicator` takes by `month` from a row of the register `voce` with these fields; `None` when the row
/// does not count. A row whose key no other row has is worth to the indicator what another one is of which it
/// takes the same.
pub fn taken(
    (indicator, voce): (&Indicator, &Voce),
    calendar: &Calendar,
    month: YearMonth,
    fields: &[&AdmittedEntry],
) -> Option<Vec<Option<Value>>> {
    let (_, row) = register::counting_row(month, voce.register.as_ref()?, fields)?;
    let bound = Bound { terms: BTreeMap::new(), as_of: month.last_day(), calendar };
    Some(indicator.formula.taken(&voce.key, &row, &bound))
}

fn level_month(indicator: &Indicator, totals: &[Total<'_>]) -> LevelAt {
    let is_level = |voce: &Voce| voce.time == TimeKind::Consistenza && voce.fixed.is_none();
    let inputs = indicator.formula.inputs().iter();
    let levels = inputs.filter_map(|key| totals.iter().find(|total| &total.voce.key == key));
    let mut reported = levels.filter(|total| is_level(total.voce)).map(|total| total.seen.months_reported());
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
