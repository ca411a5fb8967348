//! What a voce is worth, over its entries.

use crate::excel::{Call, Formula, Sign};
use crate::model::{Month, TimeKind};
use crate::plan::{Indicator, Voce};

/// How a sheet asks for the entries of a voce that count.
pub trait Entries {
    /// A voce, with what the sheet needs to know to find it.
    type Voce;

    /// How many there are.
    fn count(&self, voce: &Self::Voce) -> Formula;

    /// Whether there is one at a month.
    fn has(&self, voce: &Self::Voce, month: Month) -> Formula;
}

/// What the entries of a voce give; the empty text when there is none.
pub fn unless_none<E: Entries>(entries: &E, voce: &E::Voce, value: Formula) -> Formula {
    Formula::choose(entries.count(voce).is(Formula::whole(0)), Formula::none(), value)
}

/// The ordinal of the last of `months` in which all of `levels` have an entry; 0 when there is none.
pub fn last_month<E: Entries>(
    entries: &E,
    levels: &[E::Voce],
    months: impl Iterator<Item = Month>,
) -> Formula {
    let months = months.map(|month| {
        let number = Formula::whole(i64::from(month.number()));
        levels.iter().fold(number, |all, voce| all.signed(Sign::Times, entries.has(voce, month)))
    });
    Formula::call(Call::Max, months.collect::<Vec<_>>())
}

/// The levels of an indicator's formula, which are taken at the same month.
pub fn levels(indicator: &Indicator) -> Vec<&Voce> {
    let inputs = indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key));
    inputs.filter(|voce| voce.time == TimeKind::Consistenza && voce.is_input()).collect()
}
