//! How large the numbers of a voce are, by what the plan itself says.

use std::ops::RangeInclusive;

use super::{Indicator, Plan, Threshold, Voce};
use crate::excel::serials_near;
use crate::model::{Number, Unit};

impl Indicator {
    /// The largest number that the plan admits for `voce`, finds plausible, knows of the year before, wants
    /// of all the entries together, or compares it with in the formula; `None` when it says nothing.
    pub fn planned_size(&self, voce: &Voce) -> Option<Number> {
        let target = match &self.target.threshold {
            Threshold::Number(target) if self.formula.unit() == Unit::Numero => Some(target.clone()),
            _ => None,
        };
        let said = [voce.max.clone(), voce.plausible.1.clone(), voce.last_year.iter().max().cloned(), target];
        let fixed = self.voci.iter().filter(|other| other.kind == voce.kind && other.key != voce.key);
        let fixed = fixed.filter_map(|other| other.fixed.as_ref()?.value.number());
        said.into_iter().flatten().chain(fixed).max()
    }
}

impl Plan {
    /// The day numbers around the plan's year, where the plan says that the numbers of `voce` are far from as
    /// large: typed there, one is a date.
    pub fn days_beyond(&self, voce: &Voce) -> Option<RangeInclusive<i64>> {
        let (indicator, _) = self.voce(&voce.key)?;
        let size = indicator.planned_size(voce).filter(|_| voce.kind.is_amount())?;
        let days = serials_near(self.year);
        (size * &self.controls.thresholds.times < Number::from(*days.start())).then_some(days)
    }
}

#[cfg(test)]
mod tests {
    use crate::model::VoceKey;
    use crate::plan::{DEFAULT_PLAN, read_plan};

    #[test]
    fn the_plan_says_of_some_voci_that_they_are_never_as_large_as_a_day() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let beyond = |key: &str| plan.days_beyond(plan.voce(&VoceKey::from_text(key)).unwrap().1);
        // Twenty products in the year; 2 735 firms; counts and dates of which the plan says nothing.
        assert_eq!(beyond("S03.prodotti"), Some(43_101..=44_196));
        assert_eq!(beyond("S06.procedimenti_avviati"), Some(43_101..=44_196));
        assert_eq!(beyond("S11.istanze_evase"), None);
        assert_eq!(beyond("S12.quota_2018"), None);
    }
}
