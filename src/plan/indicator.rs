//! One indicator: its offices, voci, formula and target, and whether they agree.

use std::collections::BTreeMap;

use super::around::{Around, weight};
use super::assign::{self, Assigned};
use super::bounds::Ground;
use super::fit::Place;
use super::goal::{self};
use super::names::twice;
use super::share;
use super::source::IndicatorSource;
use super::types::{Indicator, Role, Voce};
use super::voce::{self, Sharing};
use crate::formula::Formula;
use crate::model::{IndicatorCode, VoceKey};

/// Compiles an indicator; `None` when something essential is missing, and then it has been told.
pub(super) fn compile(
    source: &IndicatorSource,
    scheda: u8,
    keys: &mut BTreeMap<String, usize>,
    around: &Around<'_>,
) -> Option<Indicator> {
    code(source, scheda, around);
    let assigned = assign::assigned(source, around);
    let offices = &assigned.offices;
    let sharing = Sharing { all: offices.len(), at_once: assigned.at_once(around) };
    let before = around.problems.count();
    let voci = voci(source, scheda, (keys, sharing, &assigned), around);
    voce::parts(source, &voci, around);
    let all_told = voci.len() == source.voci.len();
    let sound = around.problems.count() == before;
    let formula = goal::formula(&source.formula, &source.code.value, (source, &voci, all_told), around);
    let baseline = formula.as_ref().and_then(|formula| baseline(source, &voci, formula, around));
    let place = formula.as_ref().map(|formula| Place {
        code: &source.code.value,
        formula,
        ground: Ground { voci: &voci, offices: offices.len() },
        sound,
        base: voci.iter().find(|voce| Some(&voce.key) == baseline.as_ref()),
        year: around.year_is_known.then_some(around.year),
    });
    let target = goal::target(&source.target, &source.code.value, place.as_ref(), around);
    let (formula, target) = (formula?, target?);
    unused(source, &voci, &formula, around);
    let mut indicator = Indicator {
        code: IndicatorCode::new(&source.code.value),
        scheda,
        text: source.text.value.clone(),
        formula,
        target,
        offices: assigned.offices,
        printed_offices: source.printed_offices.clone(),
        weight: weight(source.weight.as_ref(), around.problems),
        readings: source.readings.iter().map(|reading| reading.value.clone()).collect(),
        voci,
        baseline,
        share: None,
        earlier: Vec::new(),
    };
    indicator.share = share::compile(source, &indicator, sound, around);
    Some(indicator)
}

/// The voci, each with the months of its offices; a month that nobody answers for is told.
fn voci(
    source: &IndicatorSource,
    scheda: u8,
    (keys, sharing, assigned): (&mut BTreeMap<String, usize>, Sharing, &Assigned),
    around: &Around<'_>,
) -> Vec<Voce> {
    let mut gaps = BTreeMap::new();
    let mut voci = Vec::new();
    for one in &source.voci {
        if !one.name.value.is_empty() {
            twice(keys, &one.name, "in questa scheda la voce", around.problems);
        }
        let Some(mut voce) = voce::compile(one, scheda, sharing, around) else { continue };
        if let Some(gap) = assign::give(&mut voce, one, assigned, around) {
            gaps.entry(gap).or_insert(one.name.value.as_str());
        }
        voci.push(voce);
    }
    // A name written wrong leaves a gap that is none.
    if around.problems.count() == 0 {
        assign::tell_unanswered(source, &gaps, around);
    }
    voci
}

fn code(source: &IndicatorSource, scheda: u8, around: &Around<'_>) {
    let code = &source.code.value;
    let right = code.split_once('.').is_some_and(|(head, tail)| {
        head == scheda.to_string() && tail.parse::<u8>().is_ok_and(|n| n > 0) && !tail.starts_with(['0', '+'])
    });
    if !right && scheda > 0 && !code.is_empty() {
        let message = format!("il codice «{code}» non va bene per un indicatore della scheda {scheda}");
        let remedy = format!("scrivi il numero della scheda, un punto e un numero: «{scheda}.1»");
        around.problems.add(source.code.line, "P01", message, remedy);
    }
}

/// The baseline beside the formula, which a target may wait for.
fn baseline(
    source: &IndicatorSource,
    voci: &[Voce],
    formula: &Formula,
    around: &Around<'_>,
) -> Option<VoceKey> {
    let mut beside = voci
        .iter()
        .filter(|voce| voce.role == Role::Baseline && !formula.inputs().contains(&voce.key))
        .map(|voce| voce.key.clone());
    let (first, second) = (beside.next(), beside.next());
    let code = &source.code.value;
    if second.is_some() {
        let message = format!("l'indicatore {code} ha più voci di base fuori dalla formula");
        let remedy = "lascia ruolo = \"base\" a una sola, e scrivi \"informativa\" per le altre";
        around.problems.add(source.line, "P09", message, remedy);
    }
    first
}

/// A voce that nothing uses would be asked for in vain.
fn unused(source: &IndicatorSource, voci: &[Voce], formula: &Formula, around: &Around<'_>) {
    for voce in voci {
        let Some(written) = source.voci.iter().find(|one| one.name.value == voce.key.name()) else {
            continue;
        };
        let used = formula.inputs().contains(&voce.key);
        let whole = voci.iter().any(|other| other.part_of.as_ref() == Some(&voce.key));
        let name = voce.key.name();
        if !used && !whole && voce.role == Role::Term {
            let message =
                format!("la voce «{name}» non serve alla formula dell'indicatore {}", source.code.value);
            let remedy = "usala nella formula, scrivi ruolo = \"informativa\" (o \"base\"), oppure toglila";
            around.problems.add(written.line, "P03", message, remedy);
        }
        if used && voce.role == Role::Informative {
            let message = format!("la voce «{name}» è informativa, ma la formula la usa");
            around.problems.add(
                written.line,
                "P03",
                message,
                "togli il ruolo, oppure togli la voce dalla formula",
            );
        }
    }
}
