//! Weighted means: indicators into schede, schede into perspectives and the whole ente.

use super::results::{Degrees, GroupResult, IndicatorResult, ObjectiveResult, SchedaResult};
use crate::model::{Light, Number, Status};
use crate::plan::{Plan, Scheda, Scoring};

/// A scheda from its indicators.
///
/// In the closed year an indicator without a degree counts 0 in the official figure and is left out of the
/// other; *non valutabile* leaves both. While the year runs both leave out what has no degree.
pub(super) fn scheda(
    plan: &Plan,
    scheda: &Scheda,
    results: &[IndicatorResult],
    closed: bool,
) -> SchedaResult {
    let mine: Vec<(&Number, &IndicatorResult)> = scheda
        .indicators()
        .filter_map(|indicator| {
            Some((&indicator.weight, results.iter().find(|result| result.code == indicator.code)?))
        })
        .filter(|(_, result)| result.status != Status::NonValutabile)
        .collect();
    let known = mine.iter().filter_map(|(weight, result)| Some(((*weight).clone(), result.degree.clone()?)));
    let without_missing = mean(known);
    let official =
        if closed {
            mean(mine.iter().map(|(weight, result)| {
                ((*weight).clone(), result.degree.clone().unwrap_or_else(Number::zero))
            }))
        } else {
            without_missing.clone()
        };
    let light = if closed {
        official.as_ref().map_or(Light::Grigio, |degree| light_of(degree, &plan.scoring))
    } else {
        mine.iter().map(|(_, result)| result.status.light()).max().unwrap_or(Light::Grigio)
    };
    SchedaResult { number: scheda.number, degrees: Degrees { official, without_missing }, light }
}

/// The colour of a degree in the closed year.
fn light_of(degree: &Number, scoring: &Scoring) -> Light {
    if degree >= &scoring.green {
        Light::Verde
    } else if degree >= &scoring.yellow {
        Light::Giallo
    } else {
        Light::Rosso
    }
}

/// The perspectives, in order of first appearance.
pub(super) fn perspectives(plan: &Plan, schede: &[SchedaResult]) -> Vec<GroupResult> {
    let mut names: Vec<&str> = Vec::new();
    for scheda in &plan.schede {
        if !names.contains(&scheda.perspective.as_str()) {
            names.push(&scheda.perspective);
        }
    }
    names
        .into_iter()
        .map(|name| GroupResult {
            name: name.to_owned(),
            degrees: degrees(plan.schede.iter().filter(|scheda| scheda.perspective == name), schede),
        })
        .collect()
}

/// The strategic objectives within their perspectives, in order of first appearance.
pub(super) fn objectives(plan: &Plan, schede: &[SchedaResult]) -> Vec<ObjectiveResult> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for scheda in &plan.schede {
        let own = (scheda.perspective.as_str(), scheda.strategic.as_str());
        if !found.contains(&own) {
            found.push(own);
        }
    }
    let members = |perspective: &str, name: &str| {
        let is_member = |scheda: &&Scheda| scheda.perspective == perspective && scheda.strategic == name;
        degrees(plan.schede.iter().filter(is_member), schede)
    };
    found
        .into_iter()
        .map(|(perspective, name)| ObjectiveResult {
            perspective: perspective.to_owned(),
            name: name.to_owned(),
            degrees: members(perspective, name),
        })
        .collect()
}

/// The whole ente.
pub(super) fn ente(plan: &Plan, schede: &[SchedaResult]) -> Degrees {
    degrees(plan.schede.iter(), schede)
}

fn degrees<'a>(members: impl Iterator<Item = &'a Scheda>, schede: &[SchedaResult]) -> Degrees {
    let weighted: Vec<(Number, &Degrees)> = members
        .filter_map(|scheda| {
            let result = schede.iter().find(|result| result.number == scheda.number)?;
            Some((scheda.weight.clone(), &result.degrees))
        })
        .collect();
    let pick = |which: fn(&Degrees) -> Option<Number>| {
        mean(weighted.iter().filter_map(|(weight, degrees)| Some((weight.clone(), which(degrees)?))))
    };
    Degrees {
        official: pick(|degrees| degrees.official.clone()),
        without_missing: pick(|degrees| degrees.without_missing.clone()),
    }
}

/// The weighted mean; `None` of nothing.
fn mean(weighted: impl Iterator<Item = (Number, Number)>) -> Option<Number> {
    let mut total = Number::zero();
    let mut weights = Number::zero();
    for (weight, degree) in weighted {
        total = total + &(degree * &weight);
        weights = weights + &weight;
    }
    total.divided_by(&weights)
}

#[cfg(test)]
mod tests {
    use super::{Degrees, SchedaResult, objectives};
    use crate::model::{Light, Number};
    use crate::plan::{DEFAULT_PLAN, Plan, read_plan};

    /// Schede 4, 5 and 6 (objective 7) with weights 1, 2, 3 and degrees of 100, 70, 25; the others have none.
    fn weighted() -> (Plan, Vec<SchedaResult>) {
        let mut plan = read_plan(DEFAULT_PLAN).unwrap();
        let mut results: Vec<SchedaResult> = plan
            .schede
            .iter()
            .map(|scheda| SchedaResult {
                number: scheda.number,
                degrees: Degrees::default(),
                light: Light::Grigio,
            })
            .collect();
        for (number, weight, degree) in [(4_usize, 1_i64, 100_i64), (5, 2, 70), (6, 3, 25)] {
            plan.schede[number - 1].weight = Number::from(weight);
            results[number - 1].degrees.official = Some(Number::from(degree));
        }
        (plan, results)
    }

    #[test]
    fn an_objective_is_the_weighted_mean_of_its_schede() {
        let (plan, results) = weighted();
        let found = objectives(&plan, &results);
        let heads: Vec<&str> = found.iter().map(|one| one.name.split_once('.').unwrap().0).collect();
        assert_eq!(heads, ["1", "3", "6", "7", "8"]);
        // (100 + 2·70 + 3·25) ÷ 6 = 315 ÷ 6 = 52,5.
        assert_eq!(found[3].degrees.official, Number::ratio(105, 2));
        assert_eq!(found[3].degrees.without_missing, None);
        assert_eq!(found[3].perspective, "Processi interni e qualità");
        assert_eq!(found[4].degrees, Degrees::default());
    }

    #[test]
    fn objectives_of_one_name_in_two_perspectives_are_two() {
        let (mut plan, results) = weighted();
        plan.schede[5].perspective = "Imprese, cittadini ed istituzioni".to_owned();
        let found = objectives(&plan, &results);
        let own: Vec<Option<Number>> = found
            .iter()
            .filter(|one| one.name.starts_with("7."))
            .map(|one| one.degrees.official.clone())
            .collect();
        // (100 + 2·70) ÷ 3 = 80, and scheda 6 alone.
        assert_eq!(own, [Some(Number::from(80_i64)), Some(Number::from(25_i64))]);
    }
}
