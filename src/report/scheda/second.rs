//! The second condition among the figures: an increase over a baseline, or a share of its own.

use crate::aggregate::{IndicatorResult, SecondResult};
use crate::book::Cell;
use crate::excel::Formula;
use crate::model::{TimeKind, Value};
use crate::plan::{Indicator, Share, Voce};
use crate::report::live::{self, Case, Reach, TermCells};
use crate::report::results::{self, label};
use crate::report::words::{bare_target_words, format_of};

use super::builder::Builder;
use super::places::IndicatorPlaces;
use super::recalc::{Line, line};

/// The words of a second condition that is met, and of one that is not.
fn words() -> (&'static str, &'static str) {
    (results::second_met(true), results::second_met(false))
}

/// The cells of its terms, those of the indicator; a level stands at the month that the share itself takes.
fn terms(reach: &Reach<'_>, cells: &TermCells) -> TermCells {
    let of = |voce: &Voce| {
        let cell = cells.get(&voce.key).filter(|_| voce.time != TimeKind::Consistenza).cloned();
        (voce.key.clone(), cell.unwrap_or_else(|| reach.term(voce)))
    };
    reach.indicator.voci.iter().map(of).collect()
}

impl Builder<'_, '_> {
    /// Its figure and whether it is met, where the indicator has one; `case` is the indicator's own, and
    /// `known` says that its value has a formula.
    pub(super) fn second(
        &mut self,
        indicator: &Indicator,
        result: &IndicatorResult,
        case: &Case<'_>,
        (known, places): (bool, &IndicatorPlaces),
    ) {
        let Some(second) = &result.second else { return };
        match (&second.share, &indicator.share) {
            (Some(own), Some(share)) => self.share((share, second), own, case),
            _ => self.increase((indicator, second), case, (known, places)),
        }
    }

    fn increase(
        &mut self,
        (indicator, second): (&Indicator, &SecondResult),
        case: &Case<'_>,
        (known, places): (bool, &IndicatorPlaces),
    ) {
        let only = |formula: Option<Formula>| formula.filter(|_| known);
        let how = format!("seconda condizione «{}»: risultato meno dato di partenza", second.text);
        let shown = Cell::value(second.value.clone().map(Value::Number).as_ref(), format_of(indicator));
        let beside = places.value.map(|value| value.engine);
        let code = indicator.code.as_str();
        self.lay(code, Line { how, beside, ..line("Incremento", shown, only(case.increase())) });
        let (yes, no) = words();
        self.whether_met(code, second, "mostrata, non decide".to_owned(), only(case.second(yes, no)));
    }

    /// The share is computed as an indicator of its own, over the same cells.
    fn share(&mut self, (share, second): (&Share, &SecondResult), own: &IndicatorResult, case: &Case<'_>) {
        let judged = &share.judged;
        let reach = Reach { indicator: judged, ..case.reach.clone() };
        let terms = terms(&reach, &case.terms);
        let value = live::value(&reach, &terms).map(|value| live::guarded(&reach, value));
        let known = value.is_some();
        let formula = judged.formula.in_words(&|key| label(self.run.plan, key));
        let how = format!("seconda condizione «{}»: {formula}", share.text);
        let shown = Cell::value(own.value.as_ref(), format_of(judged));
        let code = judged.code.as_str();
        let figure = self.lay(code, Line { how, ..line("Quota", shown, value) });
        let own_case = Case {
            reach,
            scoring: case.scoring,
            result: own,
            terms,
            value: Formula::Cell(figure.live),
            threshold: Formula::Number(second.threshold.clone()),
        };
        let (yes, no) = words();
        let how = format!("mostrata, non decide: {}", bare_target_words(&judged.target));
        let met = own_case.met_in_words(yes, no).filter(|_| known);
        self.whether_met(code, second, how, met);
    }

    fn whether_met(&mut self, code: &str, second: &SecondResult, how: String, formula: Option<Formula>) {
        let shown = Cell::text(second.met.map_or("", results::second_met));
        self.lay(code, Line { how, ..line("Seconda condizione", shown, formula) });
    }
}
