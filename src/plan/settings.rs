//! What the unit sets for the checks: other severities, thresholds of plausibility, derogations.

use chrono::NaiveDate;

use super::levels::Override;
use crate::model::{IndicatorCode, Month, Number, OfficeId, VoceKey};

/// How the checks are to be taken.
#[derive(Clone, Debug, Default)]
pub struct Controls {
    /// Severities other than the default ones, by code of check.
    pub levels: Vec<Override>,
    /// Numbers that stand for "no value": 999, 9999.
    pub sentinels: Vec<Number>,
    /// From when on something is unusual.
    pub thresholds: Thresholds,
    /// Findings accepted by the unit.
    pub waivers: Vec<Waiver>,
}

/// From when on something is unusual; every one can be changed in the plan (`[controlli.soglie]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Months, or offices, without which nothing is compared.
    pub points: u32,
    /// How many robust deviations (median and MAD) away from the others a value is unusual.
    pub deviations: Number,
    /// How many times the median a value must be, or less than one over it, besides.
    pub times: Number,
    /// Months in a row with the same value that are unusual.
    pub equal_months: u32,
    /// Variation against a baseline, in per cent, that wants an explanation.
    pub variation: Number,
    /// Change of a denominator from month to month, in per cent, that wants an explanation.
    pub denominator: Number,
    /// Result over target, in per cent, that wants an explanation.
    pub over_target: Number,
    /// Share of the entries due with a value, in per cent, below which a workbook is poor.
    pub filled: Number,
    /// Days after the end of the month within which an office signs off.
    pub days_to_sign: u32,
    /// Share of a total, in per cent, above which one office makes it alone.
    pub dominance: Number,
    /// Points between the ratio of sums and the mean of ratios that are worth a word.
    pub divergence: Number,
    /// Indicators with the same note that make it a formula.
    pub same_notes: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        let number = |value: i64| Number::from(value);
        Self {
            points: 6,
            deviations: number(6),
            times: number(5),
            equal_months: 4,
            variation: number(50),
            denominator: number(20),
            over_target: number(150),
            filled: number(60),
            days_to_sign: 10,
            dominance: number(90),
            divergence: number(10),
            same_notes: 3,
        }
    }
}

/// A finding accepted by the unit, for the value that it accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The code of the check.
    pub code: String,
    /// The office.
    pub office: Option<OfficeId>,
    /// The scheda.
    pub scheda: Option<u8>,
    /// The indicator.
    pub indicator: Option<IndicatorCode>,
    /// The voce.
    pub voce: Option<VoceKey>,
    /// The month of the entry.
    pub month: Option<Month>,
    /// What was found, as the finding says: when it changes, the derogation lapses.
    pub value: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// The last reporting month for which it holds.
    pub until: Option<Month>,
}

/// The months that are closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// The last closed month.
    pub until: Option<Month>,
    /// The act that closes them.
    pub act: String,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// The months opened again.
    pub reopened: Vec<Reopened>,
}

/// A closed month opened again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopened {
    /// The month.
    pub month: Month,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// When.
    pub date: Option<NaiveDate>,
}

impl Closing {
    /// Whether a month is closed.
    pub fn holds(&self, month: Month) -> bool {
        self.until.is_some_and(|until| month <= until) && self.reopening(month).is_none()
    }

    /// Why a month is open again, and who decided; `None` of one that was never closed, or still is.
    pub fn reopening(&self, month: Month) -> Option<&Reopened> {
        self.reopened.iter().find(|own| own.month == month)
    }
}
