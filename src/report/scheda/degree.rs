//! The degree of a scheda as a live formula over those of its indicators.

use crate::excel::{Call, Formula, Sign};
use crate::model::{Number, Status};
use crate::plan::{Indicator, Scheda};

use super::places::{Figure, IndicatorPlaces, Places};

/// An indicator in its scheda's degree.
pub(in crate::report) struct Term {
    pub weight: Number,
    pub degree: Formula,
    pub status: Formula,
}

/// Weight, degree and outcome of the indicators of a scheda; `None` when one has no place.
pub(in crate::report) fn terms(places: &Places, scheda: &Scheda) -> Option<Vec<Term>> {
    terms_of(places, scheda, |own| own.degree)
}

/// The same with the degrees against what was wanted by the month.
pub(in crate::report) fn paced_terms(places: &Places, scheda: &Scheda) -> Option<Vec<Term>> {
    terms_of(places, scheda, |own| own.paced)
}

fn terms_of(
    places: &Places,
    scheda: &Scheda,
    degree: fn(&IndicatorPlaces) -> Option<Figure>,
) -> Option<Vec<Term>> {
    let term = |indicator: &Indicator| {
        let own = places.indicators.get(&indicator.code)?;
        let (degree, status) = (degree(own)?.live, own.status?.live);
        Some(Term {
            weight: indicator.weight.clone(),
            degree: Formula::Cell(degree),
            status: Formula::Cell(status),
        })
    };
    scheda.indicators().map(term).collect()
}

/// The weighted mean of the degrees; where the missing count, all but the *non valutabile* weigh.
pub(in crate::report) fn scheda_degree(missing_count: bool, terms: &[Term]) -> Option<Formula> {
    if !missing_count {
        let weighted: Vec<(Number, Formula)> =
            terms.iter().map(|term| (term.weight.clone(), term.degree.clone())).collect();
        return (!weighted.is_empty()).then(|| mean(&weighted, false));
    }
    let degrees = terms.iter().map(|term| product(&term.weight, &term.degree)).collect();
    let weights = terms.iter().map(|term| {
        let out = term.status.clone().signed(Sign::Equal, word_of(Status::NonValutabile));
        Formula::choose(out, Formula::whole(0), Formula::Number(term.weight.clone()))
    });
    Some(ratio(total(degrees)?, total(weights.collect())?))
}

/// `weight*N(cell)`; a weight of 1 is not written.
fn product(weight: &Number, cell: &Formula) -> Formula {
    let degree = Formula::call(Call::N, [cell.clone()]);
    if weight == &Number::one() {
        degree
    } else {
        Formula::Number(weight.clone()).signed(Sign::Times, degree)
    }
}

/// `IF(over=0,"",part/over)`
pub(in crate::report) fn ratio(part: Formula, over: Formula) -> Formula {
    let none = over.clone().signed(Sign::Equal, Formula::whole(0));
    Formula::choose(none, Formula::none(), part.signed(Sign::Over, over))
}

/// The sum of some formulas; `None` of nothing.
pub(in crate::report) fn total(formulas: Vec<Formula>) -> Option<Formula> {
    formulas.into_iter().reduce(|sum, next| sum.signed(Sign::Plus, next))
}

/// An outcome as its cell writes it.
pub(in crate::report) fn word_of(status: Status) -> Formula {
    Formula::text(format!("{} {}", status.light().symbol(), status.label()))
}

/// The weighted mean of degrees; what has none counts 0 when `all` count, else is left out.
pub(in crate::report) fn mean(parts: &[(Number, Formula)], all: bool) -> Formula {
    let weighted = |(weight, formula): &(Number, Formula), call: Call| {
        let part = Formula::call(call, [formula.clone()]);
        if weight == &Number::one() {
            part
        } else {
            Formula::Number(weight.clone()).signed(Sign::Times, part)
        }
    };
    let over = crate::report::live::total(parts.iter().map(|part| weighted(part, Call::N)).collect());
    if all {
        let weights: Number = parts.iter().map(|(weight, _)| weight.clone()).sum();
        return if parts.is_empty() {
            Formula::none()
        } else {
            over.signed(Sign::Over, Formula::Number(weights))
        };
    }
    let under = parts.iter().map(|(weight, formula)| {
        let there = Formula::call(Call::IsNumber, [formula.clone()]);
        there.signed(Sign::Times, Formula::Number(weight.clone()))
    });
    over.signed(Sign::Over, crate::report::live::total(under.collect())).or(Formula::none())
}
