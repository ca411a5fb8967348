//! What the reader of a plan should know: ambiguities of its text, and how they are read.

mod add;
mod alike;
mod benchmark;
mod dates;
mod shares;
mod target;

use std::sync::LazyLock;

use regex::Regex;

use add::{YEAR, add, says};

use super::types::{Indicator, Notice, Plan, Role, Voce};
use crate::model::{TimeKind, VoceType, quoted};

/// `None` only if the pattern were wrong, which a test would tell.
static HOURS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b\d+\s*ore\b").ok());

/// The notices of a plan: on the whole of it, then scheda by scheda.
pub(super) fn of(plan: &Plan) -> Vec<Notice> {
    let mut notices = Vec::new();
    dates::seats(plan, &mut notices);
    alike::offices(plan, &mut notices);
    for scheda in &plan.schede {
        for indicator in scheda.indicators() {
            target::of(indicator, &plan.calendar, &mut notices);
            benchmark::of(indicator, &mut notices);
            shares::of(indicator, &mut notices);
            of_voci(indicator, &mut notices);
            dates::of_periods(indicator, plan.year, &mut notices);
            of_hours(indicator, &mut notices);
            alike::texts(plan, indicator, &mut notices);
        }
        alike::labels(scheda, &mut notices);
        dates::of_milestones(scheda, plan, &mut notices);
    }
    notices
}

fn of_voci(indicator: &Indicator, notices: &mut Vec<Notice>) {
    for voce in &indicator.voci {
        let label = quoted(&voce.label);
        let in_formula = indicator.formula.inputs().contains(&voce.key);
        if voce.role == Role::Baseline && in_formula && voce.fixed.is_none() && voce.origin.is_none() {
            let who = if indicator.is_shared() { "dagli uffici" } else { "dall'ufficio" };
            let message = format!("{label} non è nel piano: va inserito una volta sola {who}.");
            add(notices, "P09", indicator, "nessun valore", message);
        }
        if let Some(fixed) = voce.fixed.as_ref().filter(|fixed| !says(&YEAR, &fixed.source)) {
            let message =
                format!("La fonte di {label} ({}) non dice a che data vale.", quoted(&fixed.source));
            add(notices, "P16", indicator, &fixed.source, message);
        }
    }
}

/// A term in hours that no entry in hours measures.
fn of_hours(indicator: &Indicator, notices: &mut Vec<Notice>) {
    let text = format!("{} {}", indicator.text, indicator.target.printed);
    let by_hour = |voce: &Voce| voce.kind == VoceType::Ore;
    if !says(&HOURS, &text) || indicator.voci.iter().any(by_hour) {
        return;
    }
    let dated = |voce: &Voce| voce.kind == VoceType::Data || voce.time == TimeKind::Registro;
    let how = if indicator.voci.iter().any(dated) {
        "le date non bastano a contarle"
    } else {
        "gli uffici contano da sé i casi entro il termine"
    };
    let pattern = HOURS.as_ref();
    let found = pattern.and_then(|pattern| pattern.find(&text)).map_or("", |found| found.as_str());
    add(notices, "P27", indicator, found, format!("Il termine è in ore: {how}."));
}
