//! Why an item is worth a look, and how much each reason weighs.
//!
//! First what decides an outcome and could be contested: a result that is withheld, one that a hair would
//! change, what the unit accepted; then what was missed, because money depends on it, and what the program
//! read otherwise than it was typed; then what is too good, unproven, or open; last what is only told by the
//! office itself, or incomplete.

use crate::admit::AdmittedEntry;
use crate::aggregate::{IndicatorResult, Reliability, SelfDeclared, reliability};
use crate::certify::Run;
use crate::compute::Coverage;
use crate::model::{Number, Status, Unit, Value, count, ratio_it};
use crate::plan::Indicator;

/// Why an item is worth a look, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    /// The result is withheld: not to be verified.
    Withheld,
    /// So little would change the outcome.
    Borderline,
    /// The unit accepted a finding on it, or took it out of the evaluation.
    Waived,
    /// The target is missed, for good.
    Missed,
    /// Read otherwise than it was typed.
    Corrected,
    /// Far over the target.
    OverAchieved,
    /// No evidence.
    NoEvidence,
    /// An open finding on the first month of a series: nothing before to compare with.
    FirstMonth,
    /// An open finding.
    Flagged,
    /// Typed on an office's word: baselines, denominators, annual numbers.
    SelfDeclared,
    /// Something due is missing.
    Provisional,
    /// Evidence of some offices only.
    SomeEvidence,
}

/// All the factors, the weightiest first.
pub const FACTORS: [Factor; 12] = [
    Factor::Withheld,
    Factor::Borderline,
    Factor::Waived,
    Factor::Missed,
    Factor::Corrected,
    Factor::OverAchieved,
    Factor::NoEvidence,
    Factor::FirstMonth,
    Factor::Flagged,
    Factor::SelfDeclared,
    Factor::Provisional,
    Factor::SomeEvidence,
];

impl Factor {
    /// Points of risk.
    pub fn points(self) -> usize {
        match self {
            Factor::Withheld | Factor::Borderline | Factor::Waived => 5,
            Factor::Missed | Factor::Corrected => 4,
            Factor::OverAchieved | Factor::NoEvidence | Factor::FirstMonth | Factor::Flagged => 3,
            Factor::SelfDeclared | Factor::Provisional => 2,
            Factor::SomeEvidence => 1,
        }
    }

    /// In a few words: `sul filo del target`.
    pub fn words(self) -> &'static str {
        match self {
            Factor::Withheld => "non verificabile",
            Factor::Borderline => "sul filo del target",
            Factor::Waived => "accettato dall'unità",
            Factor::Missed => "target mancato",
            Factor::Corrected => "testo letto come valore",
            Factor::OverAchieved => "molto oltre il target",
            Factor::NoEvidence => "senza evidenza",
            Factor::FirstMonth => "rilievo sul primo mese della serie",
            Factor::Flagged => "rilievo aperto",
            Factor::SelfDeclared => "autodichiarato",
            Factor::Provisional => "dati incompleti",
            Factor::SomeEvidence => "evidenza parziale",
        }
    }

    /// Whether it brings its item in, however many there are: the outcome moves money, and nobody may leave
    /// it unseen.
    pub fn always_comes_in(self) -> bool {
        matches!(self, Factor::Withheld | Factor::Missed)
    }
}

/// What the result itself says.
pub(super) fn of_result(
    run: &Run<'_>,
    indicator: &Indicator,
    result: &IndicatorResult,
) -> Vec<(Factor, String)> {
    let evidence = match reliability(indicator, result, run.admitted, run.submissions) {
        Some(Reliability::DichiaratoSenza) => Some(Factor::NoEvidence),
        Some(Reliability::Parziale) => Some(Factor::SomeEvidence),
        Some(Reliability::MisuratoConEvidenza) | None => None,
    };
    let decided = run.plan.decision(&result.code).is_some();
    let said = [
        (result.status == Status::NonVerificabile).then(|| (Factor::Withheld, String::new())),
        on_the_edge(indicator, result).map(|detail| (Factor::Borderline, detail)),
        decided.then(|| (Factor::Waived, "non valutabile per decisione".to_owned())),
        missed(run, result).map(|detail| (Factor::Missed, detail)),
        far_over(run, indicator, result)
            .map(|share| (Factor::OverAchieved, format!("{} del target", ratio_it(&share)))),
        result.provisional.then(|| (Factor::Provisional, gaps(run, indicator, result))),
        evidence.map(|factor| (factor, String::new())),
    ];
    said.into_iter().flatten().collect()
}

/// What makes a result provisional: how much of what was due is there, how many offices are not, or an old
/// level.
fn gaps(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> String {
    let Coverage { present, expected } = result.coverage;
    let absent = indicator.offices.iter().filter(|office| run.lacks(indicator, office)).count();
    if present < expected {
        format!("{present} su {expected} dovuti")
    } else if absent > 0 {
        format!("{} senza file", count(absent, "ufficio", "uffici"))
    } else {
        "l'ultimo dato è di un mese precedente".to_owned()
    }
}

/// How the target is missed with nothing more to be done about it: in the closed year by its outcome, or
/// because nothing is there to judge and it counts 0; before, when it is out of reach.
fn missed(run: &Run<'_>, result: &IndicatorResult) -> Option<String> {
    let label = result.status.label();
    let lost = match result.status {
        Status::NonRaggiunto | Status::ParzialmenteRaggiunto | Status::NonPiuRaggiungibile => true,
        Status::DatoMancante | Status::NonCalcolabile | Status::TargetMancante => {
            run.consolidation.closed && result.degree.is_none()
        }
        _ => false,
    };
    let degree = match &result.degree {
        Some(degree) => format!("grado {}", degree.to_italian(2)),
        None => "conta 0".to_owned(),
    };
    lost.then(|| format!("{label}, {degree}"))
}

/// A strict target hit exactly; a deadline or a duration kept, or lost, by a day at most. No day at all,
/// where none is wanted, is the best there is and no edge.
fn on_the_edge(indicator: &Indicator, result: &IndicatorResult) -> Option<String> {
    if result.at_the_limit {
        return Some("uguale al limite".to_owned());
    }
    let days = matches!(indicator.formula.unit(), Unit::Data | Unit::Giorni | Unit::GiorniLavorativi);
    let whole = result.deviation.as_ref().filter(|deviation| days && deviation.is_integer())?.abs();
    if whole.is_zero() {
        let best = result.threshold.as_ref().and_then(Value::number).is_some_and(|limit| limit.is_zero());
        return (!best).then(|| "proprio al limite".to_owned());
    }
    (whole == Number::one()).then(|| "a 1 giorno dal limite".to_owned())
}

/// The share of the target, when it passes the one from which the plan wants a reason.
fn far_over(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> Option<Number> {
    let number = |value: &Option<Value>| value.as_ref().and_then(Value::number);
    let (value, limit) = number(&result.value).zip(number(&result.threshold))?;
    let better = indicator.target.operator.higher_is_better() && limit > Number::zero();
    let share = value.divided_by(&limit).filter(|_| better)?;
    let most = &run.plan.controls.thresholds.over_target;
    (share.clone() * &Number::from(100_u32) > *most).then_some(share)
}

/// What the entry itself says.
pub(super) fn of_entry(own: Option<SelfDeclared>, entry: &AdmittedEntry) -> Vec<(Factor, String)> {
    let said = [
        own.filter(|_| entry.counted().is_some()).map(|kind| (Factor::SelfDeclared, kind.label().to_owned())),
        entry.normalised.map(|rule| (Factor::Corrected, rule.to_owned())),
    ];
    said.into_iter().flatten().collect()
}
