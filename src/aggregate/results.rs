//! The consolidation: what the year has given so far.

use crate::compute::Coverage;
use crate::model::{IndicatorCode, Light, Number, OfficeId, Status, Value, VoceKey, YearMonth};

/// Everything computed for a reporting month.
#[derive(Clone, Debug)]
pub struct Consolidation {
    /// The reporting month.
    pub month: YearMonth,
    /// Whether the year is closed (December).
    pub closed: bool,
    /// The indicators, in the plan's order.
    pub indicators: Vec<IndicatorResult>,
    /// The schede, by number.
    pub schede: Vec<SchedaResult>,
    /// The perspectives, in order of first appearance.
    pub perspectives: Vec<GroupResult>,
    /// The strategic objectives of each perspective, in order of first appearance.
    pub objectives: Vec<ObjectiveResult>,
    /// The whole ente.
    pub ente: Degrees,
    /// The traffic light of the whole ente.
    pub ente_light: Light,
}

/// The result of an indicator.
#[derive(Clone, Debug)]
pub struct IndicatorResult {
    /// Its code.
    pub code: IndicatorCode,
    /// Its scheda.
    pub scheda: u8,
    /// The value; `None` where there is nothing to judge.
    pub value: Option<Value>,
    /// What the admitted entries give when the indicator is *non verificabile*.
    pub indicative: Option<Value>,
    /// The threshold used; `None` while it waits for its baseline.
    pub threshold: Option<Value>,
    /// Value minus threshold, in the indicator's unit; days for a deadline (positive = late).
    pub deviation: Option<Number>,
    /// Degree of achievement against the year's target, 0–100.
    pub degree: Option<Number>,
    /// Degree against what was wanted by the reporting month, 0–100: that of the target where no pace is
    /// asked for, and in the closed year.
    pub paced: Option<Number>,
    /// The outcome.
    pub status: Status,
    /// The pace wanted at the reporting month, where the nature has one.
    pub pace: Option<Number>,
    /// Whether something due is still missing.
    pub provisional: bool,
    /// A strict target hit exactly: «uguale al limite: serve superarlo».
    pub at_the_limit: bool,
    /// Coverage.
    pub coverage: Coverage,
    /// Entries due that are «n.a.»: left out of what is expected and of the sums.
    pub not_applicable: usize,
    /// The second condition, where the target has one.
    pub second: Option<SecondResult>,
    /// The year-to-date value of each voce, in the plan's order.
    pub voci: Vec<VoceTotal>,
    /// The formula on each office's own entries, for information.
    pub per_office: Vec<OfficeValue>,
    /// Voci that nobody reported, when the outcome is *dato mancante*.
    pub missing: Vec<VoceKey>,
}

/// The year-to-date value of a voce over all offices.
#[derive(Clone, Debug)]
pub struct VoceTotal {
    /// The voce.
    pub key: VoceKey,
    /// The value; for a register, the number of rows that count.
    pub value: Option<Value>,
    /// Coverage of this voce.
    pub coverage: Coverage,
}

/// The value of one office's own entries.
#[derive(Clone, Debug)]
pub struct OfficeValue {
    /// The office.
    pub office: OfficeId,
    /// The value; `None` when it cannot be computed.
    pub value: Option<Value>,
    /// The year-to-date value of each voce on the office's own entries, in the plan's order; none of an
    /// office that sent no file.
    pub voci: Vec<VoceTotal>,
    /// Coverage of the office's entries for this indicator.
    pub coverage: Coverage,
}

/// A second condition, computed and shown; it does not decide.
#[derive(Clone, Debug)]
pub struct SecondResult {
    /// The words of the target in brackets, or those of the plan for a share.
    pub text: String,
    /// The increase wanted, or the threshold of the share.
    pub threshold: Number,
    /// The baseline, when supplied; a share has none.
    pub baseline: Option<Number>,
    /// Value minus baseline, or the share, 0–1.
    pub value: Option<Number>,
    /// Whether it is met.
    pub met: Option<bool>,
    /// Whether it says otherwise than the main target.
    pub disagrees: bool,
    /// Of a share, its result as if it were an indicator of its own; `None` for an increase.
    pub share: Option<Box<IndicatorResult>>,
}

/// A degree with and without what is missing, 0–100.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Degrees {
    /// The official figure: in the closed year what is missing counts 0.
    pub official: Option<Number>,
    /// The same without what is missing.
    pub without_missing: Option<Number>,
    /// In the open year the one against what was wanted by the month; in the closed one the official figure.
    pub paced: Option<Number>,
}

/// The result of a scheda.
#[derive(Clone, Debug)]
pub struct SchedaResult {
    /// Its number.
    pub number: u8,
    /// Its degrees.
    pub degrees: Degrees,
    /// Its traffic light.
    pub light: Light,
}

/// The result of a group of schede.
#[derive(Clone, Debug)]
pub struct GroupResult {
    /// Its name.
    pub name: String,
    /// Its degrees.
    pub degrees: Degrees,
    /// Its traffic light, by the rule of a scheda.
    pub light: Light,
}

/// The result of a strategic objective within a perspective.
#[derive(Clone, Debug)]
pub struct ObjectiveResult {
    /// The perspective.
    pub perspective: String,
    /// Its name, as the plan writes it; empty where the plan gives none.
    pub name: String,
    /// Its degrees.
    pub degrees: Degrees,
    /// Its traffic light, by the rule of a scheda.
    pub light: Light,
}

impl Consolidation {
    /// The result of the indicator with this code.
    pub fn indicator(&self, code: &IndicatorCode) -> Option<&IndicatorResult> {
        self.indicators.iter().find(|result| &result.code == code)
    }
}
