//! The second condition that a plan writes out: a share with a target of its own, beside the indicator's.

use super::around::Around;
use super::bounds::Ground;
use super::fit::Place;
use super::goal;
use super::source::{IndicatorSource, ShareSource};
use super::target::{Target, Threshold};
use super::types::{Indicator, Role, Share, Voce};
use crate::formula::Formula;
use crate::model::{Number, TimeKind, Unit, quoted};

/// What is asked for in the place of a share that is none.
const SHARE: &str = "scrivi una voce divisa per quella di cui è una parte, e un target come «>= 100%»";

/// Compiles the second condition of `own`; `sound` says that its voci are without mistakes.
pub(super) fn compile(
    source: &IndicatorSource,
    own: &Indicator,
    sound: bool,
    around: &Around<'_>,
) -> Option<Box<Share>> {
    let written = source.share.as_ref()?;
    let place = format!("{}, seconda condizione", source.code.value);
    only_one(written, own, &place, around);
    let all_told = own.voci.len() == source.voci.len();
    let formula = goal::formula(&written.formula, &place, (source, &own.voci, all_told), around);
    let is_share = formula.as_ref().is_none_or(|formula| is_share(written, formula, own, &place, around));
    let ground = Ground { voci: &own.voci, offices: own.offices.len() };
    let at = formula.as_ref().filter(|_| is_share).map(|formula| Place {
        code: &place,
        formula,
        ground,
        sound,
        base: None,
        year: around.year_is_known.then_some(around.year),
    });
    let target = goal::target(&written.target, &place, at.as_ref(), around);
    let target = target.filter(|target| is_plain(written, target, &place, around));
    let (formula, target) = (formula?, target?);
    let (text, reading) = (written.text.value.clone(), written.reading.clone());
    Some(Box::new(Share { text, reading, judged: judged(own, formula, target) }))
}

/// The indicator with another formula and target, and the voci of that formula: each now decides.
fn judged(own: &Indicator, formula: Formula, target: Target) -> Indicator {
    let named = own.voci.iter().filter(|voce| formula.inputs().contains(&voce.key));
    let voci = named.map(|voce| match voce.role {
        Role::Informative => Voce { role: Role::Term, ..voce.clone() },
        Role::Term | Role::Baseline => voce.clone(),
    });
    Indicator {
        voci: voci.collect(),
        formula,
        target,
        weight: Number::one(),
        readings: Vec::new(),
        baseline: None,
        share: None,
        ..own.clone()
    }
}

/// Two second conditions would be told under one name.
fn only_one(written: &ShareSource, own: &Indicator, place: &str, around: &Around<'_>) {
    let Some(second) = &own.target.second else { return };
    let message = format!("indicatore {place}: il target ne ha già una ({})", quoted(&second.text));
    let remedy = "tieni una sola delle due, e scrivi l'altra nelle letture dell'indicatore";
    around.problems.add(written.line, "P06", message, remedy);
}

/// A ratio of voci that are no registers: what is counted twice would need a register's rows beside.
fn is_share(
    written: &ShareSource,
    formula: &Formula,
    own: &Indicator,
    place: &str,
    around: &Around<'_>,
) -> bool {
    let registers = own.voci.iter().filter(|voce| voce.time == TimeKind::Registro);
    let counts_rows = registers.clone().any(|voce| formula.inputs().contains(&voce.key));
    let right = formula.unit() == Unit::Rapporto && !counts_rows;
    if !right {
        let message = format!("indicatore {place}: la formula {} non è una quota", quoted(formula.text()));
        around.problems.add(written.formula.line, "P06", message, SHARE);
    }
    right
}

/// A share is compared with a number, and with one only; a date, or the value of a year, was told to be out
/// of place.
fn is_plain(written: &ShareSource, target: &Target, place: &str, around: &Around<'_>) -> bool {
    if target.second.is_some() {
        let printed = quoted(&target.printed);
        let message = format!("indicatore {place}: il target {printed} non è una soglia sola");
        around.problems.add(written.target.line, "P06", message, SHARE);
    }
    matches!(target.threshold, Threshold::Number(_)) && target.second.is_none()
}
