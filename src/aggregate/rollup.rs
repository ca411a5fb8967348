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
    let paced = if closed {
        official.clone()
    } else {
        mean(mine.iter().filter_map(|(weight, result)| Some(((*weight).clone(), result.paced.clone()?))))
    };
    let degrees = Degrees { official, without_missing, paced };
    let light = light(plan, &degrees, mine.iter().map(|(_, result)| result.status.light()), closed);
    SchedaResult { number: scheda.number, degrees, light }
}

/// The colour of a scheda or of a group of schede: by degree in the closed year, the worst of its members'
/// while the year runs.
fn light(plan: &Plan, degrees: &Degrees, members: impl Iterator<Item = Light>, closed: bool) -> Light {
    if closed {
        degrees.official.as_ref().map_or(Light::Grigio, |degree| light_of(degree, &plan.scoring))
    } else {
        members.max().unwrap_or(Light::Grigio)
    }
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
pub(super) fn perspectives(plan: &Plan, schede: &[SchedaResult], closed: bool) -> Vec<GroupResult> {
    let mut names: Vec<&str> = Vec::new();
    for scheda in &plan.schede {
        if !names.contains(&scheda.perspective.as_str()) {
            names.push(&scheda.perspective);
        }
    }
    names
        .into_iter()
        .map(|name| {
            let members = plan.schede.iter().filter(|scheda| scheda.perspective == name);
            let (degrees, light) = group(plan, members, schede, closed);
            GroupResult { name: name.to_owned(), degrees, light }
        })
        .collect()
}

/// The strategic objectives within their perspectives, in order of first appearance.
pub(super) fn objectives(plan: &Plan, schede: &[SchedaResult], closed: bool) -> Vec<ObjectiveResult> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for scheda in &plan.schede {
        let own = (scheda.perspective.as_str(), scheda.strategic.as_str());
        if !found.contains(&own) {
            found.push(own);
        }
    }
    found
        .into_iter()
        .map(|(perspective, name)| {
            let is_member = |scheda: &&Scheda| scheda.perspective == perspective && scheda.strategic == name;
            let (degrees, light) = group(plan, plan.schede.iter().filter(is_member), schede, closed);
            ObjectiveResult { perspective: perspective.to_owned(), name: name.to_owned(), degrees, light }
        })
        .collect()
}

/// The whole ente: its degrees and its traffic light.
pub(super) fn ente(plan: &Plan, schede: &[SchedaResult], closed: bool) -> (Degrees, Light) {
    group(plan, plan.schede.iter(), schede, closed)
}

/// The weighted means of some schede, and their traffic light by the rule of a scheda.
fn group<'a>(
    plan: &Plan,
    members: impl Iterator<Item = &'a Scheda>,
    schede: &[SchedaResult],
    closed: bool,
) -> (Degrees, Light) {
    let weighted: Vec<(&Number, &SchedaResult)> = members
        .filter_map(|scheda| {
            let result = schede.iter().find(|result| result.number == scheda.number)?;
            Some((&scheda.weight, result))
        })
        .collect();
    let pick = |which: fn(&Degrees) -> Option<Number>| {
        let known = weighted.iter();
        mean(known.filter_map(|(weight, result)| Some(((*weight).clone(), which(&result.degrees)?))))
    };
    let degrees = Degrees {
        official: pick(|degrees| degrees.official.clone()),
        without_missing: pick(|degrees| degrees.without_missing.clone()),
        paced: pick(|degrees| degrees.paced.clone()),
    };
    let light = light(plan, &degrees, weighted.iter().map(|(_, result)| result.light), closed);
    (degrees, light)
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
    use super::{Degrees, SchedaResult, ente, objectives, perspectives};
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
        let found = objectives(&plan, &results, true);
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
        let found = objectives(&plan, &results, true);
        let own: Vec<Option<Number>> = found
            .iter()
            .filter(|one| one.name.starts_with("7."))
            .map(|one| one.degrees.official.clone())
            .collect();
        // (100 + 2·70) ÷ 3 = 80, and scheda 6 alone.
        assert_eq!(own, [Some(Number::from(80_i64)), Some(Number::from(25_i64))]);
    }

    #[test]
    fn in_the_closed_year_a_group_has_the_colour_of_its_degree() {
        let (mut plan, mut results) = weighted();
        // A scheda's own colour does not matter: the mean is 52,5, under the yellow of 70.
        results[4].light = Light::Verde;
        let of = |plan: &Plan, results: &[SchedaResult]| objectives(plan, results, true)[3].light;
        assert_eq!(of(&plan, &results), Light::Rosso);
        // (100 + 2·70 + 3·60) ÷ 6 = 70 exactly: yellow; (100 + 2·70 + 3·100) ÷ 6 = 90 exactly: green.
        results[5].degrees.official = Some(Number::from(60_i64));
        assert_eq!(of(&plan, &results), Light::Giallo);
        results[5].degrees.official = Some(Number::from(100_i64));
        assert_eq!(of(&plan, &results), Light::Verde);
        // The thresholds are the plan's.
        plan.scoring.green = Number::from(91_i64);
        assert_eq!(of(&plan, &results), Light::Giallo);
        assert_eq!(objectives(&plan, &results, true)[4].light, Light::Grigio, "no degree");
        assert_eq!(perspectives(&plan, &results, true)[1].light, Light::Giallo);
        assert_eq!(ente(&plan, &results, true).1, Light::Giallo);
    }

    #[test]
    fn while_the_year_runs_a_group_has_the_worst_colour_of_its_schede() {
        let (plan, mut results) = weighted();
        for scheda in &mut results[3..5] {
            scheda.light = Light::Verde;
        }
        let of = |results: &[SchedaResult]| objectives(&plan, results, false)[3].light;
        assert_eq!(of(&results), Light::Verde, "grey does not hide the green, nor does the degree count");
        results[5].light = Light::Giallo;
        assert_eq!(of(&results), Light::Giallo);
        results[4].light = Light::Rosso;
        assert_eq!(of(&results), Light::Rosso);
        assert_eq!(objectives(&plan, &results, false)[0].light, Light::Grigio);
        let found: Vec<Light> = perspectives(&plan, &results, false).iter().map(|one| one.light).collect();
        assert_eq!(found, [Light::Grigio, Light::Rosso]);
        assert_eq!(ente(&plan, &results, false).1, Light::Rosso);
    }
}
