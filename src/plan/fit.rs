//! A target in its place: whether it asks for what the formula measures, and for something that can be missed
//! and can be met; what is suggested instead is first tried in the same place.

#[cfg(test)]
mod tests;

use chrono::Datelike;

use super::bounds::{Bounds, Ground, factor};
use super::fields::At;
use super::problem::Problems;
use super::target::{Operator, Target, TargetError, TargetUnit, Threshold, with_examples};
use super::types::Voce;
use crate::formula::Formula;
use crate::model::{Number, Unit, VoceType};

/// From this number on, a formula that multiplies a ratio by it turns it into a percentage.
const HUNDRED: i64 = 100;

/// Where a target stands.
pub(super) struct Place<'a> {
    /// The indicator's code.
    pub code: &'a str,
    /// Its formula, bound.
    pub formula: &'a Formula,
    /// Its voci, and how many offices report them.
    pub ground: Ground<'a>,
    /// Whether the voci are without mistakes: a range that comes from one is not judged.
    pub sound: bool,
    /// The value of an earlier year that the target may name.
    pub base: Option<&'a Voce>,
    /// The plan's year, when it is known.
    pub year: Option<i32>,
}

/// What keeps a target from its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Misfit {
    /// Its unit is not the formula's.
    Unit,
    /// A deadline of another year.
    Year,
    /// It is the value of an earlier year, which nothing asks for.
    NoBaseline(i32),
    /// A percentage of a ratio that the formula has already multiplied by 100.
    Scaled,
    /// No value meets it.
    NeverMet,
    /// Every value meets it.
    NeverMissed,
}

/// Tells what keeps `target` from its place.
pub(super) fn judge(target: &Target, line: usize, place: &Place<'_>, problems: &Problems) {
    for misfit in place.misfits(target) {
        let (code, message, advice) = place.told(misfit, target);
        let remedy = with_examples(&advice, &place.instead(misfit, target));
        problems.add(line, code, format!("indicatore {}: {message}", place.code), remedy);
    }
}

/// Tells a target that cannot be read; in a known place, suggests what suits it.
pub(super) fn unreadable(
    text: &At<String>,
    code: &str,
    error: &TargetError,
    place: Option<&Place<'_>>,
    problems: &Problems,
) {
    let remedy = place.map_or_else(
        || error.remedy(),
        |place| {
            let suits = |example: &&String| place.accepts(example);
            let mut examples: Vec<String> = error.examples.iter().filter(suits).cloned().collect();
            if examples.is_empty() {
                examples.extend(place.example());
            }
            with_examples(&error.advice, &examples)
        },
    );
    let message = format!("indicatore {code}, target «{}»: {}", text.value, error.message);
    problems.add(text.line, "P06", message, remedy);
}

impl Place<'_> {
    fn bounds(&self) -> Bounds {
        self.ground.of(self.formula.expr())
    }

    fn accepts(&self, text: &str) -> bool {
        Target::parse(text).is_ok_and(|target| self.misfits(&target).is_empty())
    }

    fn misfits(&self, target: &Target) -> Vec<Misfit> {
        let mut misfits = Vec::new();
        if target.threshold == Threshold::Open {
            return misfits;
        }
        if !suits(target.unit, self.formula.unit()) {
            misfits.push(Misfit::Unit);
        }
        match &target.threshold {
            Threshold::Date(date) if self.year.is_some_and(|year| date.year() != year) => {
                misfits.push(Misfit::Year);
            }
            Threshold::Baseline { year } if self.base.is_none() => misfits.push(Misfit::NoBaseline(*year)),
            _ => {}
        }
        if misfits.is_empty() && self.sound {
            misfits.extend(self.of_scale(target));
        }
        misfits
    }

    /// What its number, or the value of the earlier year that the plan gives, makes of a bounded result.
    fn of_scale(&self, target: &Target) -> Option<Misfit> {
        let given = || self.base?.fixed.as_ref()?.value.number();
        let threshold = match &target.threshold {
            Threshold::Number(number) => Some(number.clone()),
            Threshold::Baseline { .. } => given(),
            Threshold::Date(_) | Threshold::Open => None,
        };
        let waits = matches!(target.threshold, Threshold::Baseline { .. });
        let share = waits && self.base.is_some_and(|base| base.kind == VoceType::Percentuale);
        if (share || target.unit == TargetUnit::Percent) && self.is_scaled() {
            return Some(Misfit::Scaled);
        }
        let (Some(low), Some(high)) = (self.bounds().low, self.bounds().high) else { return None };
        let threshold = threshold.filter(|_| low < high)?;
        if !reaches(target.operator, &threshold, &low, &high) {
            return Some(Misfit::NeverMet);
        }
        always(target.operator, &threshold, &low, &high).then_some(Misfit::NeverMissed)
    }

    /// Whether the formula has turned a ratio into a percentage.
    fn is_scaled(&self) -> bool {
        let hundred = Number::from(HUNDRED);
        self.formula.unit() == Unit::Rapporto
            && (factor(self.formula.expr()).abs() >= hundred || self.bounds().high == Some(hundred))
    }

    fn told(&self, misfit: Misfit, target: &Target) -> (&'static str, String, String) {
        let (printed, formula) = (&target.printed, self.formula.text());
        match misfit {
            Misfit::Unit => {
                let (asks, gives) = (asked(target.unit), gives(self.formula.unit()));
                let message = format!("il target «{printed}» chiede {asks}, la formula dà {gives}");
                ("P06", message, unit_advice(target.unit, self.formula.unit()).to_owned())
            }
            Misfit::Year => {
                let year = self.year.map(|year| year.to_string()).unwrap_or_default();
                let advice = "correggi l'anno della scadenza, oppure l'anno del piano";
                ("P17", format!("la scadenza non è nel {year}"), advice.to_owned())
            }
            Misfit::NoBaseline(year) => {
                let message = format!("il target è il valore del {year}, ma nessuna voce lo chiede");
                let advice =
                    "aggiungi una voce annuale con ruolo = \"base\", oppure scrivi il numero nel target";
                ("P09", message, advice.to_owned())
            }
            Misfit::Scaled => {
                let message = format!(
                    "il target «{printed}» è una percentuale, e la formula «{formula}» moltiplica già per 100: \
                     il 25 % varrebbe 2.500 %"
                );
                let advice = "togli la moltiplicazione per 100 dalla formula (le percentuali si mostrano da sé), \
                              oppure togli % dal target";
                ("P31", message, advice.to_owned())
            }
            Misfit::NeverMet | Misfit::NeverMissed => {
                let (message, advice) = self.told_bounds(misfit, target);
                ("P31", message, advice)
            }
        }
    }

    fn told_bounds(&self, misfit: Misfit, target: &Target) -> (String, String) {
        let (printed, formula) = (&target.printed, self.formula.text());
        let verb = if misfit == Misfit::NeverMet { "raggiungere" } else { "mancare" };
        let bounds = self.bounds();
        let shown = |end: Option<Number>| {
            end.map(|end| match (self.formula.unit(), target.unit) {
                (Unit::Rapporto, TargetUnit::Percent) => crate::model::ratio_it(&end),
                _ => end.to_italian(6),
            })
            .unwrap_or_default()
        };
        let (low, high) = (shown(bounds.low), shown(bounds.high));
        let message = format!(
            "il target «{printed}» non si può mai {verb}: la formula «{formula}» dà sempre un valore fra {low} e {high}"
        );
        let percent = self.formula.unit() == Unit::Rapporto && target.unit == TargetUnit::Plain;
        let advice = match (misfit, percent) {
            (Misfit::NeverMet, true) => {
                "se è una percentuale scrivi anche %, altrimenti una soglia fra i due valori"
            }
            _ => "scrivi una soglia fra i due valori, oppure correggi la formula o parte_di",
        };
        (message, advice.to_owned())
    }

    /// Targets to write instead, each accepted here; at most two.
    fn instead(&self, misfit: Misfit, target: &Target) -> Vec<String> {
        let unit = if misfit == Misfit::Scaled { TargetUnit::Plain } else { target.unit };
        let nearest =
            [self.rewritten(misfit, target), self.between(target.operator, unit).into_iter().collect()];
        let mut accepted = nearest.into_iter().map(|mut examples| {
            examples.retain(|example| self.accepts(example));
            examples.truncate(2);
            examples
        });
        accepted.find(|examples| !examples.is_empty()).unwrap_or_else(|| self.example().into_iter().collect())
    }

    /// The same target in the unit, the year or the scale of its place.
    fn rewritten(&self, misfit: Misfit, target: &Target) -> Vec<String> {
        let own = unit_of(self.formula.unit());
        let hundred = Number::from(HUNDRED);
        match (&target.threshold, misfit) {
            (Threshold::Date(date), Misfit::Year) => {
                let moved = self.year.and_then(|year| date.with_year(year));
                moved.map(|date| format!("entro il {}", crate::model::date_it(date))).into_iter().collect()
            }
            (Threshold::Number(number), Misfit::Scaled) => {
                vec![Target::written(target.operator, &(number.clone() * &hundred), TargetUnit::Plain)]
            }
            (Threshold::Number(number), Misfit::NeverMet | Misfit::NeverMissed) => {
                let hundredth = number.divided_by(&hundred).unwrap_or_else(Number::zero);
                let closed = match target.operator {
                    Operator::Over => Operator::AtLeast,
                    Operator::Under => Operator::AtMost,
                    other => other,
                };
                let percent = (target.unit == TargetUnit::Plain && own == TargetUnit::Percent)
                    .then(|| Target::written(target.operator, &hundredth, TargetUnit::Percent));
                percent.into_iter().chain([Target::written(closed, number, target.unit)]).collect()
            }
            (Threshold::Number(number), Misfit::Unit) => {
                let plain = if target.unit == TargetUnit::Percent {
                    number.clone() * &hundred
                } else {
                    number.clone()
                };
                vec![Target::written(target.operator, &plain, own)]
            }
            _ => Vec::new(),
        }
    }

    /// A threshold halfway between the bounds.
    fn between(&self, operator: Operator, unit: TargetUnit) -> Option<String> {
        let bounds = self.bounds();
        let middle = (bounds.low? + &bounds.high?).divided_by(&Number::from(2_i64))?;
        let own = unit_of(self.formula.unit());
        let unit = if own == TargetUnit::Percent && unit == TargetUnit::Plain { unit } else { own };
        Some(Target::written(operator, &middle, unit))
    }

    /// A target that suits the formula.
    fn example(&self) -> Option<String> {
        let year = self.year.unwrap_or(2019);
        let high =
            self.bounds().high.map(|high| Target::written(Operator::AtLeast, &high, TargetUnit::Plain));
        let usual =
            [">= 80%", ">= 10", "<= 90 gg.", "<= 2 gg. lavorativi", "<= 15 minuti", ">= 10.000,00 €", ">= 1"];
        let usual = usual.into_iter().map(str::to_owned).chain([format!("entro il 30/11/{year}")]);
        let own = unit_of(self.formula.unit());
        let of_unit = usual.filter(|text| {
            Target::parse(text).is_ok_and(|target| target.unit == own || own == TargetUnit::Percent)
        });
        let halfway = self.between(Operator::AtLeast, own);
        of_unit.chain(high).chain(halfway).find(|text| self.accepts(text))
    }
}

/// Whether some value between the bounds meets the target.
fn reaches(operator: Operator, threshold: &Number, low: &Number, high: &Number) -> bool {
    match operator {
        Operator::AtLeast => high >= threshold,
        Operator::Over => high > threshold,
        Operator::AtMost => low <= threshold,
        Operator::Under => low < threshold,
        Operator::Exactly => low <= threshold && threshold <= high,
        Operator::By => true,
    }
}

/// Whether every value between the bounds meets the target.
fn always(operator: Operator, threshold: &Number, low: &Number, high: &Number) -> bool {
    match operator {
        Operator::AtLeast => low >= threshold,
        Operator::Over => low > threshold,
        Operator::AtMost => high <= threshold,
        Operator::Under => high < threshold,
        Operator::Exactly | Operator::By => false,
    }
}

/// Whether a target in this unit can judge a result in that one.
fn suits(target: TargetUnit, unit: Unit) -> bool {
    match target {
        TargetUnit::Percent => unit == Unit::Rapporto,
        TargetUnit::Plain => {
            matches!(unit, Unit::Numero | Unit::Rapporto | Unit::Ore | Unit::Euro | Unit::Minuti)
        }
        TargetUnit::Days => unit == Unit::Giorni,
        TargetUnit::WorkingDays => unit == Unit::GiorniLavorativi,
        TargetUnit::Date => unit == Unit::Data,
        TargetUnit::Euro => unit == Unit::Euro,
        TargetUnit::Minutes => unit == Unit::Minuti,
    }
}

/// How a target on a result in this unit is written.
fn unit_of(unit: Unit) -> TargetUnit {
    match unit {
        Unit::Rapporto => TargetUnit::Percent,
        Unit::Numero | Unit::Ore => TargetUnit::Plain,
        Unit::Giorni => TargetUnit::Days,
        Unit::GiorniLavorativi => TargetUnit::WorkingDays,
        Unit::Data => TargetUnit::Date,
        Unit::Euro => TargetUnit::Euro,
        Unit::Minuti => TargetUnit::Minutes,
    }
}

fn asked(unit: TargetUnit) -> &'static str {
    match unit {
        TargetUnit::Percent => "una percentuale",
        TargetUnit::Plain => "un numero",
        TargetUnit::Days => "dei giorni",
        TargetUnit::WorkingDays => "dei giorni lavorativi",
        TargetUnit::Date => "una data",
        TargetUnit::Euro => "degli euro",
        TargetUnit::Minutes => "dei minuti",
    }
}

fn gives(unit: Unit) -> &'static str {
    match unit {
        Unit::Numero => "un numero",
        Unit::Rapporto => "un rapporto",
        Unit::Ore => "delle ore",
        Unit::Giorni => "dei giorni",
        Unit::GiorniLavorativi => "dei giorni lavorativi",
        Unit::Data => "una data",
        Unit::Euro => "degli euro",
        Unit::Minuti => "dei minuti",
    }
}

fn unit_advice(target: TargetUnit, unit: Unit) -> &'static str {
    match (target, unit) {
        (TargetUnit::Percent, Unit::Numero) => "dividi la voce per il suo totale, oppure togli % dal target",
        (_, Unit::Data) => "scrivi una scadenza, oppure fra_uffici = \"conta\" per contare gli uffici",
        (TargetUnit::Date, _) => {
            "usa una sola voce di tipo data con fra_uffici = \"ultima\", oppure cambia il target"
        }
        _ => "cambia il target o il tipo delle voci, in modo che misurino la stessa cosa",
    }
}
