//! O02: every live formula gives what the engine says.

use crate::book::{Report, disagreements};
use crate::excel::Computed;
use crate::model::quoted;

use super::failure::{Failure, failure};

const CODE: &str = "O02";

/// Computes every live formula on the report's own cells.
pub(super) fn formulas(report: &Report) -> Option<Failure> {
    let wrong: Vec<String> = disagreements(report)
        .into_iter()
        .map(|one| {
            format!(
                "'{}'!{}: il programma dice {}, la formula dà {}",
                one.sheet,
                one.cell,
                words(&one.engine),
                words(&one.live)
            )
        })
        .collect();
    failure(CODE, &wrong)
}

fn words(value: &Computed) -> String {
    match value {
        Computed::Blank => "niente".to_owned(),
        Computed::Number(number) => number.to_string(),
        Computed::Text(text) if text.is_empty() => "niente".to_owned(),
        Computed::Text(text) => quoted(text),
        Computed::Flag(flag) => if *flag { "vero" } else { "falso" }.to_owned(),
        Computed::Error => "un errore".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::formulas;
    use crate::book::{Disagreement, disagreements};
    use crate::excel::Computed;
    use crate::interpret::EntryState;
    use crate::model::{Number, Status, Value};
    use crate::plan::{DEFAULT_PLAN, read_plan};
    use crate::report::report;
    use crate::report::sample::{sample, sample_of};

    #[test]
    fn every_formula_of_a_sound_month_gives_what_the_engine_says() {
        for month in 1..=12 {
            assert_eq!(formulas(&report(&sample(month).run())), None, "{month}");
        }
    }

    #[test]
    fn great_numbers_with_decimals_are_the_same_as_far_as_their_digits_go() {
        // 987654321.123457 leaves six decimals to a spreadsheet, its sum over a year five; and one
        // entry of an office is as great as all of the others are small, or they are all great.
        let great = Number::ratio(987_654_321_123_457, 1_000_000).unwrap();
        for (month, one_in) in [(6, 1), (12, 1), (12, 7)] {
            let plan = read_plan(DEFAULT_PLAN).unwrap();
            let made = sample_of(plan, month, &|submissions| {
                let entries = submissions.iter_mut().flat_map(|sent| &mut sent.entries);
                for entry in entries.filter(|entry| entry.id.month.is_some()).step_by(one_in) {
                    if matches!(entry.state, EntryState::Value(Value::Number(_))) {
                        entry.state = EntryState::Value(Value::Number(great.clone()));
                    }
                }
            });
            assert_eq!(formulas(&report(&made.run())), None, "{month}, one in {one_in}");
        }
    }

    #[test]
    fn a_result_that_the_entries_do_not_give_is_found() {
        let mut june = sample(6);
        let own = june.consolidation.indicators.iter_mut().find(|own| own.code.as_str() == "6.2").unwrap();
        own.value = Some(Value::Number(Number::ratio(1, 10).unwrap()));
        let told = formulas(&report(&june.run())).unwrap();
        assert!(told.what.contains("il programma dice 0.1, la formula dà"), "{told}");
        let mut june = sample(6);
        let own = june.consolidation.indicators.iter_mut().find(|own| own.code.as_str() == "6.2").unwrap();
        own.status = if own.status == Status::InLinea { Status::InRitardo } else { Status::InLinea };
        let words = |value: &Computed| matches!(value, Computed::Text(text) if text.contains("in "));
        let found = disagreements(&report(&june.run()));
        assert!(
            found.iter().any(|one| one.sheet == "S06" && words(&one.engine) && words(&one.live)),
            "{found:?}"
        );
        // The sheet's own Differenza, beside the two words, is no longer 0.
        let is_gap = |one: &Disagreement| one.sheet == "S06" && one.cell.col == 5;
        let apart = (Computed::Number(0.0), Computed::Number(1.0));
        assert!(
            found.iter().any(|one| is_gap(one) && (one.engine.clone(), one.live.clone()) == apart),
            "{found:?}"
        );
    }

    #[test]
    fn a_term_of_an_earlier_month_or_of_an_office_that_the_entries_do_not_give_is_found() {
        let wrong = |value: &mut Option<Value>| *value = Some(Value::Number(Number::one()));
        // Three audits in January, by hand 18 until June.
        let mut june = sample(6);
        let months = &mut june.months[0].indicators;
        let own = months.iter_mut().find(|own| own.code.as_str() == "8.1").unwrap();
        wrong(&mut own.voci[0].value);
        let own = june.consolidation.indicators.iter_mut().find(|own| own.code.as_str() == "8.1").unwrap();
        wrong(&mut own.per_office[0].voci[0].value);
        let found = disagreements(&report(&june.run()));
        let told = |live: f64| {
            found.iter().any(|one| {
                one.sheet == "S08"
                    && one.engine == Computed::Number(1.0)
                    && one.live == Computed::Number(live)
            })
        };
        assert!(told(3.0) && told(18.0), "{found:?}");
        // The differences of the two rows are no longer 0, though all else in them is right.
        let gap = |off: f64| found.iter().any(|one| one.live == Computed::Number(off));
        assert!(gap(2.0) && gap(17.0), "{found:?}");
    }
}
