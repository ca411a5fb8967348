//! What is measured and what is asked of it: a formula and its target, read where they stand.

use super::around::Around;
use super::fields::At;
use super::fit::{self, Place};
use super::source::IndicatorSource;
use super::target::Target;
use super::types::Voce;
use crate::formula::{self, Formula, Scope, VoceInfo};

/// The voci of the indicator, as a formula sees them.
struct Names<'a>(&'a [Voce]);

impl Scope for Names<'_> {
    fn voce(&self, name: &str) -> Option<VoceInfo> {
        let voce = self.0.iter().find(|voce| voce.key.name() == name)?;
        let columns = voce.register.iter().flat_map(|register| &register.columns);
        Some(VoceInfo {
            key: voce.key.clone(),
            kind: voce.kind,
            time: voce.time,
            rule: voce.rule,
            free_sign: voce.free_sign,
            columns: columns.map(|column| (column.key.clone(), column.kind)).collect(),
        })
    }

    fn names(&self) -> Vec<String> {
        self.0.iter().map(|voce| voce.key.name().to_owned()).collect()
    }
}

/// A formula of `place` over the voci of an indicator, and whether none of these was left out for its own
/// mistakes.
pub(super) fn formula(
    written: &At<String>,
    place: &str,
    (source, voci, all_told): (&IndicatorSource, &[Voce], bool),
    around: &Around<'_>,
) -> Option<Formula> {
    let text = &written.value;
    if text.is_empty() {
        return None;
    }
    match formula::compile(text, &Names(voci)) {
        Ok(formula) => Some(formula),
        Err(errors) => {
            for error in errors {
                // A name may be unknown only because its voce has mistakes of its own, already told.
                let own = |name: &str| source.voci.iter().any(|voce| voce.name.value == name);
                let named = text.get(error.span.clone()).unwrap_or_default();
                if !all_told && error.code == "P03" && own(named.split('.').next().unwrap_or_default()) {
                    continue;
                }
                let message = format!("indicatore {place}, formula: {}", error.message);
                around.problems.add(written.line, error.code, message, error.remedy);
            }
            None
        }
    }
}

/// The target read from its text, and judged where it stands.
pub(super) fn target(
    text: &At<String>,
    code: &str,
    place: Option<&Place<'_>>,
    around: &Around<'_>,
) -> Option<Target> {
    if text.value.is_empty() {
        return None;
    }
    match Target::parse(&text.value) {
        Ok(target) => {
            place.into_iter().for_each(|place| fit::judge(&target, text.line, place, around.problems));
            Some(target)
        }
        Err(error) => {
            fit::unreadable(text, code, &error, place, around.problems);
            None
        }
    }
}
