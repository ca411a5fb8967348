//! The decision table of an outcome: what is asked of a value, in order, and the status that each yes gives.
//! The engine asks with exact numbers, the live formulas in cells: they share the table and no arithmetic.

use crate::model::{Month, Nature, Status};
use crate::plan::{Indicator, Operator};

/// What is asked of the value of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether it meets the target; of a date, whether it comes in time.
    Met,
    /// Whether its degree is at least the yellow threshold.
    Partly,
    /// Whether it is what was wanted by the reporting month, or more.
    OnPace,
    /// Whether it has gone beyond the threshold.
    Passed,
}

/// The questions in order, each with the status of its yes; and the status when all are no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The questions.
    pub rows: &'static [(Question, Status)],
    /// When none holds.
    pub otherwise: Status,
}

impl Decision {
    /// The status, given what holds.
    pub fn status(self, holds: impl Fn(Question) -> bool) -> Status {
        self.rows.iter().find(|(question, _)| holds(*question)).map_or(self.otherwise, |(_, status)| *status)
    }
}

/// What is decided of a number: on the whole year when it is closed, else on what a formula of this nature
/// can still do.
pub fn of_number(indicator: &Indicator, month: Month, closed: bool) -> Decision {
    use Question::{Met, OnPace, Partly, Passed};
    use Status::{
        GiaRaggiunto, InLinea, InRitardo, NonPiuRaggiungibile, NonRaggiunto, ParzialmenteRaggiunto, Raggiunto,
    };
    if closed {
        return Decision {
            rows: &[(Met, Raggiunto), (Partly, ParzialmenteRaggiunto)],
            otherwise: NonRaggiunto,
        };
    }
    let operator = indicator.target.operator;
    let higher = operator.higher_is_better();
    // No month counts any more.
    let spent = indicator.cutoff().is_some_and(|last| month >= last);
    match indicator.formula.nature() {
        Nature::Accumulo if higher && spent => {
            Decision { rows: &[(Met, GiaRaggiunto)], otherwise: NonPiuRaggiungibile }
        }
        Nature::Accumulo if higher => {
            Decision { rows: &[(Met, GiaRaggiunto), (OnPace, InLinea)], otherwise: InRitardo }
        }
        Nature::Accumulo if operator == Operator::Exactly => {
            Decision { rows: &[(Passed, NonPiuRaggiungibile)], otherwise: InLinea }
        }
        Nature::Accumulo => Decision { rows: &[(Met, InLinea)], otherwise: NonPiuRaggiungibile },
        Nature::Durata if !higher => Decision { rows: &[(Met, InLinea)], otherwise: NonPiuRaggiungibile },
        Nature::Misto | Nature::Livello if higher => {
            Decision { rows: &[(OnPace, InLinea)], otherwise: InRitardo }
        }
        _ => Decision { rows: &[(Met, InLinea)], otherwise: InRitardo },
    }
}

/// What is decided of the date of a deadline.
pub fn of_date(closed: bool) -> Decision {
    if closed {
        Decision { rows: &[(Question::Met, Status::Raggiunto)], otherwise: Status::NonRaggiunto }
    } else {
        Decision { rows: &[(Question::Met, Status::GiaRaggiunto)], otherwise: Status::NonPiuRaggiungibile }
    }
}

/// What is decided of a deadline without a date: `over` when its day has gone by.
pub fn of_no_date(closed: bool, over: bool) -> Status {
    match (closed, over) {
        (true, _) => Status::NonRaggiunto,
        (false, true) => Status::NonPiuRaggiungibile,
        (false, false) => Status::InLinea,
    }
}

/// What is decided where there is nothing to measure.
pub fn of_nothing(closed: bool) -> Status {
    if closed { Status::NonCalcolabile } else { Status::NonAncoraMisurabile }
}

/// Whether the value wanted at a month of the open year is a part of the target: of what accumulates, a
/// level, a flow over a flow and something fixed, where more is better.
pub fn has_pace(indicator: &Indicator) -> bool {
    let grows = matches!(indicator.formula.nature(), Nature::Accumulo | Nature::Misto | Nature::Livello);
    grows && indicator.target.operator.higher_is_better()
}

/// The months that have gone by, of those in which the value is to be reached.
pub fn elapsed(indicator: &Indicator, month: Month) -> (Month, Month) {
    let last = match indicator.formula.nature() {
        Nature::Accumulo => indicator.cutoff().unwrap_or(Month::DECEMBER),
        _ => Month::DECEMBER,
    };
    // Of what begins later the months are counted from its first one.
    let before = indicator.start().number() - 1;
    let counted = |month: Month| Month::new(month.number().saturating_sub(before)).unwrap_or(Month::JANUARY);
    (counted(month.min(last)), counted(last))
}

#[cfg(test)]
mod tests {
    use super::Question::{Met, OnPace, Partly, Passed};
    use super::{Question, elapsed, of_date, of_nothing, of_number};
    use crate::model::Status::{
        GiaRaggiunto, InLinea, InRitardo, NonCalcolabile, NonPiuRaggiungibile, NonRaggiunto,
        ParzialmenteRaggiunto, Raggiunto,
    };
    use crate::model::{IndicatorCode, Month, Status};
    use crate::plan::{DEFAULT_PLAN, Operator, read_plan};

    /// An indicator of the plan of 2019, perhaps with another operator, in June or another month of the open
    /// year: what its status is when only these questions have a yes. From the design's table of readings.
    #[test]
    fn the_reading_of_an_open_year_is_the_designs() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let status = |code: &str, operator: Option<Operator>, month: u32, yes: &[Question]| -> Status {
            let mut indicator = plan.indicator(&IndicatorCode::new(code)).unwrap().clone();
            indicator.target.operator = operator.unwrap_or(indicator.target.operator);
            let decision = of_number(&indicator, Month::new(month).unwrap(), false);
            decision.status(|question| yes.contains(&question))
        };
        for (code, operator, month, yes, wanted) in [
            // Accumulating: products checked; 8.1 counts up to September.
            ("3.1", None, 6, &[Met, OnPace][..], GiaRaggiunto),
            ("3.1", None, 6, &[OnPace], InLinea),
            ("3.1", None, 6, &[], InRitardo),
            ("8.1", None, 8, &[], InRitardo),
            ("8.1", None, 9, &[], NonPiuRaggiungibile),
            ("8.1", None, 9, &[Met], GiaRaggiunto),
            ("3.1", Some(Operator::AtMost), 6, &[Met], InLinea),
            ("3.1", Some(Operator::AtMost), 6, &[], NonPiuRaggiungibile),
            ("3.1", Some(Operator::Exactly), 6, &[], InLinea),
            ("3.1", Some(Operator::Exactly), 6, &[Passed], NonPiuRaggiungibile),
            // A level, and a flow over a flow and something fixed: by the pace, also when the target is met.
            ("5.1", None, 6, &[OnPace], InLinea),
            ("5.1", None, 6, &[Met], InRitardo),
            ("11.2", None, 6, &[OnPace], InLinea),
            ("11.2", None, 6, &[Met], InRitardo),
            // A ratio of flows: by the target.
            ("5.2", None, 6, &[Met], InLinea),
            ("5.2", None, 6, &[], InRitardo),
            // The worst of some days.
            ("1.1", None, 6, &[Met], InLinea),
            ("1.1", None, 6, &[], NonPiuRaggiungibile),
        ] {
            assert_eq!(status(code, operator, month, yes), wanted, "{code} {operator:?} {month} {yes:?}");
        }
    }

    #[test]
    fn a_closed_year_looks_at_the_target_and_the_degree() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        for indicator in plan.indicators() {
            let status = |yes: &[Question]| {
                of_number(indicator, Month::DECEMBER, true).status(|question| yes.contains(&question))
            };
            assert_eq!(status(&[Met, Partly]), Raggiunto);
            assert_eq!(status(&[Partly, OnPace]), ParzialmenteRaggiunto);
            assert_eq!(status(&[OnPace, Passed]), NonRaggiunto);
        }
        assert_eq!(
            [of_date(true).status(|_| true), of_date(false).status(|_| true)],
            [Raggiunto, GiaRaggiunto]
        );
        assert_eq!(of_nothing(true), NonCalcolabile);
    }

    #[test]
    fn a_cutoff_ends_the_months_of_the_pace() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let of = |code: &str, month: u32| {
            let indicator = plan.indicator(&IndicatorCode::new(code)).unwrap();
            let (done, all) = elapsed(indicator, Month::new(month).unwrap());
            (done.number(), all.number())
        };
        assert_eq!([of("8.1", 6), of("8.1", 11), of("3.1", 11)], [(6, 9), (9, 9), (11, 12)]);
    }
}
