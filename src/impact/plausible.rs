//! Where a value that is missing, or that cannot be used, may plausibly lie.

use chrono::NaiveDate;

use super::bench::Bench;
use super::facts::{Facts, Spread};
use crate::admit::{Admitted, AdmittedEntry};
use crate::model::{EntryId, Month, Number, OfficeId, OfficeRule, TimeKind, Value, VoceType};
use crate::plan::{Indicator, Voce};

/// The ends of a plausible interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    /// The least.
    pub low: Value,
    /// The greatest; a number beyond any target when no fact gives one.
    pub high: Value,
    /// Whether no fact gives the greatest.
    pub endless: bool,
}

impl Interval {
    pub(super) fn between(low: Value, high: Value) -> Self {
        Self { low, high, endless: false }
    }
}

/// Taken as the greatest where no fact gives one: beyond any target of a plan.
const BEYOND: i64 = 1_000_000;

/// The plausible interval of an entry, from facts alone:
///
/// - what the plan says is plausible for the voce comes first;
/// - a value seen by several offices, or a level: from the least to the greatest that the others report
///   (other offices, other months);
/// - an increment: from 0 to the greatest month of the same voce in the same office, or in the other offices
///   when it has none, or of the year before when the plan gives it;
/// - a part never goes beyond its whole, a whole never below its parts; the plan's limits always hold;
/// - a share: 0 to 1; yes or no: both; a date: from the first day admitted to the last of the reporting
///   month, of a register's row never before the event that opens it;
/// - with no fact at all, any number from 0 up.
pub(super) fn interval<'a>(
    bench: &mut Bench<'a>,
    indicator: &'a Indicator,
    voce: &'a Voce,
    office: &OfficeId,
    id: &EntryId,
) -> Interval {
    let last = bench.ground.month.last_day();
    match voce.kind_of(id.column.as_deref()) {
        VoceType::Data => {
            let (first, to) = voce.period;
            let from = opened(bench.own(indicator), voce, office, id).map_or(first, |day| day.max(first));
            Interval::between(Value::Date(from), Value::Date(to.min(last).max(from)))
        }
        VoceType::SiNo => Interval::between(Value::Flag(false), Value::Flag(true)),
        VoceType::Testo => {
            // A text only tells one row from another.
            let text = Value::Text(format!("riga {}", id.row.unwrap_or_default()));
            Interval::between(text.clone(), text)
        }
        _ => Around { facts: &bench.facts(indicator), indicator, voce, office, month: id.month }.interval(),
    }
}

/// The day of the event of a register's row, when another column of it is meant.
fn opened(own: &Admitted, voce: &Voce, office: &OfficeId, id: &EntryId) -> Option<NaiveDate> {
    let event = &voce.register.as_ref()?.event;
    let same = |entry: &&AdmittedEntry| entry.id.row == id.row && entry.id.column.as_ref() == Some(event);
    own.entries.of(&id.voce, office).iter().filter(|entry| entry.id != *id).find(same)?.counted()?.date()
}

/// What is known around an entry.
struct Around<'b> {
    facts: &'b Facts,
    indicator: &'b Indicator,
    voce: &'b Voce,
    office: &'b OfficeId,
    month: Option<Month>,
}

impl Around<'_> {
    fn interval(&self) -> Interval {
        let level = self.voce.rule == OfficeRule::Condivisa || self.voce.time == TimeKind::Consistenza;
        let (mut low, mut high) = if level { self.range() } else { (None, self.greatest_month()) };
        if let Some(bound) = self.whole() {
            high = Some(match high {
                Some(high) if !level => high.min(bound),
                _ => bound,
            });
        }
        let (from, to) = &self.voce.plausible;
        low = from.clone().or(low);
        high = to.clone().or(high);
        let opposite =
            || self.voce.free_sign.then(|| high.clone().map_or_else(|| -Number::from(BEYOND), |high| -high));
        let mut low = low.or_else(opposite).unwrap_or_else(Number::zero);
        if let Some(least) = self.parts().into_iter().chain(self.voce.min.clone()).max() {
            low = low.max(least);
        }
        let share = (self.voce.kind == VoceType::Percentuale).then(Number::one);
        if let Some(most) = self.voce.max.clone().into_iter().chain(share).min() {
            high = Some(high.map_or(most.clone(), |high| high.min(most)));
        }
        let endless = high.is_none();
        let high = high.unwrap_or_else(|| Number::from(BEYOND)).max(low.clone());
        Interval { low: Value::Number(low), high: Value::Number(high), endless }
    }

    /// What all report of a voce.
    fn all(&self, voce: &Voce) -> Option<&Spread> {
        self.facts.spread(voce, None, None)
    }

    /// What is reported of a voce for a month: by whoever, of a value that all share, else by the same
    /// office.
    fn beside(&self, voce: &Voce, month: Option<Option<Month>>) -> Option<&Spread> {
        let shared = voce.rule == OfficeRule::Condivisa;
        self.facts.spread(voce, (!shared).then_some(self.office), month)
    }

    /// What the others report: the least and the greatest.
    fn range(&self) -> (Option<Number>, Option<Number>) {
        let all = self.all(self.voce);
        (all.map(|all| all.least.clone()), all.map(|all| all.greatest.clone()))
    }

    fn greatest_month(&self) -> Option<Number> {
        let own = self.facts.spread(self.voce, Some(self.office), None);
        let here = own.or_else(|| self.all(self.voce)).map(|known| known.greatest.clone());
        here.max(self.voce.last_year.iter().max().cloned())
    }

    /// The whole of which the voce is a part, less the parts of the other months when it is a yearly one.
    fn whole(&self) -> Option<Number> {
        let whole = self.indicator.voce(self.voce.part_of.as_ref()?)?;
        if let Some(fixed) = &whole.fixed {
            return Some(self.less_the_others(fixed.value.number()?));
        }
        if whole.time == TimeKind::Annuale {
            return Some(self.less_the_others(self.all(whole)?.first.clone()));
        }
        Some(self.beside(whole, Some(self.month))?.first.clone())
    }

    fn less_the_others(&self, whole: Number) -> Number {
        if self.voce.time != TimeKind::Mensile {
            return whole;
        }
        let others = self.all(self.voce).map_or_else(Number::zero, |all| all.sum.clone());
        (whole - &others).max(Number::zero())
    }

    /// What the parts of the voce already make.
    fn parts(&self) -> Option<Number> {
        let parts = self.indicator.voci.iter().filter(|part| part.part_of.as_ref() == Some(&self.voce.key));
        parts.filter_map(|part| self.part(part)).max()
    }

    fn part(&self, part: &Voce) -> Option<Number> {
        if self.voce.time == TimeKind::Annuale && part.time == TimeKind::Mensile {
            return Some(self.all(part).map_or_else(Number::zero, |all| all.sum.clone()));
        }
        let month = self.month.map(Some);
        Some(self.beside(part, month)?.greatest.clone())
    }
}
