//! Where the figures of the schede stand, so that the other sheets lead to them and compute on them.

use std::collections::BTreeMap;

use crate::excel::{Area, Target};
use crate::model::IndicatorCode;

/// A figure that stands twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Figure {
    /// The engine's value.
    pub engine: Target,
    /// The live formula.
    pub live: Target,
}

/// The figures of an indicator, in its scheda's sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::report) struct IndicatorPlaces {
    /// Its row in the scheda as printed.
    pub printed: Option<Target>,
    /// The name of the first of its terms, in the table of the figures.
    pub terms: Option<Target>,
    /// Its value.
    pub value: Option<Figure>,
    /// Value minus threshold.
    pub deviation: Option<Figure>,
    /// Its degree.
    pub degree: Option<Figure>,
    /// Its degree against what was wanted by the month; that of the target where no pace is asked for.
    pub paced: Option<Figure>,
    /// Its outcome, with the symbol.
    pub status: Option<Figure>,
    /// Entries reported.
    pub present: Option<Figure>,
    /// Entries due.
    pub expected: Option<Figure>,
    /// Its degree month by month, the engine's: one column.
    pub degrees: Option<Area>,
}

/// The figures of a scheda.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::report) struct SchedaPlaces {
    /// Its degree month by month, the engine's: one column.
    pub degrees: Option<Area>,
    /// The same as live formulas, from January; `None` where there is no formula.
    pub live: [Option<Target>; 12],
}

/// Everything that has a place.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct Places {
    /// By indicator.
    pub indicators: BTreeMap<IndicatorCode, IndicatorPlaces>,
    /// By number of the scheda.
    pub schede: BTreeMap<u8, SchedaPlaces>,
}
