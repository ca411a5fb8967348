//! Months that the unit has closed: what was consolidated of them stands.

use chrono::NaiveDate;

use super::around::Around;
use super::fields::{At, Fields};
use super::settings::{Closing, Reopened};
use crate::model::Month;

/// `[chiusure]` as written.
#[derive(Debug, Default)]
pub(super) struct ClosingSource {
    until: Option<At<i64>>,
    act: String,
    date: Option<At<NaiveDate>>,
    reopened: Vec<ReopenedSource>,
}

#[derive(Debug)]
struct ReopenedSource {
    month: Option<At<i64>>,
    reason: String,
    who: String,
    date: Option<At<NaiveDate>>,
}

/// Reads the section at the top of the file.
pub(super) fn source(top: &Fields<'_>) -> ClosingSource {
    let Some(fields) = top.table("chiusure", "la chiusura dei mesi") else { return ClosingSource::default() };
    let reopened = |own: &Fields<'_>| {
        let reopened = ReopenedSource {
            month: own.whole_required("mese"),
            reason: own.text("motivo").value,
            who: own.text("chi").value,
            date: own.date("data"),
        };
        own.finish();
        reopened
    };
    let closing = ClosingSource {
        until: fields.whole_required("fino_a"),
        act: fields.text("atto").value,
        date: fields.date("data"),
        reopened: fields.tables("riaperture", "la riapertura").iter().map(reopened).collect(),
    };
    fields.finish();
    closing
}

/// Gives the section its meaning.
pub(super) fn compile(source: &ClosingSource, around: &Around<'_>) -> Closing {
    let month = |given: &Option<At<i64>>, what: &str| {
        let At { value, line } = given.as_ref()?;
        let month = u32::try_from(*value).ok().and_then(Month::new);
        if month.is_none() {
            let message = format!("{what} nomina il mese {value}, che non esiste");
            around.problems.add(*line, "P17", message, "scrivi un numero da 1 (gennaio) a 12 (dicembre)");
        }
        month
    };
    let until = month(&source.until, "la chiusura");
    let reopened = source.reopened.iter().filter_map(|own| {
        let found = month(&own.month, "la riapertura")?;
        if until.is_some_and(|until| found > until) {
            let line = own.month.as_ref().map_or(1, |at| at.line);
            let message = format!("la riapertura nomina {found}, che non è chiuso");
            around.problems.add(line, "P17", message, "togli la riapertura, oppure scrivi un mese chiuso");
        }
        let date = own.date.as_ref().map(|at| at.value);
        Some(Reopened { month: found, reason: own.reason.clone(), who: own.who.clone(), date })
    });
    Closing {
        until,
        act: source.act.clone(),
        date: source.date.as_ref().map(|at| at.value),
        reopened: reopened.collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Month;
    use crate::plan::{DEFAULT_PLAN, Plan, PlanProblem, read_plan};

    fn plan(section: &str) -> Result<Plan, Vec<PlanProblem>> {
        read_plan(&DEFAULT_PLAN.replacen("[punteggio]", &format!("{section}\n[punteggio]"), 1))
    }

    const CLOSED: &str = "[chiusure]\nfino_a = 3\natto = \"Determina 12\"\ndata = \"10/4/2019\"\n";

    #[test]
    fn months_are_closed_up_to_one_and_opened_again_with_a_reason() {
        let again = "[[chiusure.riaperture]]\nmese = 2\nmotivo = \"m\"\nchi = \"c\"\ndata = \"1/5/2019\"\n";
        let own = plan(&format!("{CLOSED}{again}")).unwrap();
        let closed: Vec<u32> =
            Month::all().filter(|month| own.closing.holds(*month)).map(|month| month.number()).collect();
        assert_eq!(closed, [1, 3]);
        assert_eq!(own.closing.act, "Determina 12");
        // The offices' workbooks are those of before: the unit decides it during the year.
        let open = plan("").unwrap();
        assert_eq!(own.sha256, open.sha256);
        assert_ne!(own.sha256_whole, open.sha256_whole);
        assert!(!open.closing.holds(Month::JANUARY));
    }

    #[test]
    fn what_closes_or_opens_no_month_is_told() {
        let told = |section: &str| -> Vec<(&'static str, String)> {
            plan(section).unwrap_err().into_iter().map(|one| (one.code, one.message)).collect()
        };
        assert!(told("[chiusure]\nfino_a = 13\natto = \"a\"\ndata = \"10/4/2019\"\n")[0].1.contains("13"));
        let later = "[[chiusure.riaperture]]\nmese = 5\nmotivo = \"m\"\nchi = \"c\"\ndata = \"1/5/2019\"\n";
        let found = told(&format!("{CLOSED}{later}"));
        assert_eq!(found, [("P17", "La riapertura nomina maggio, che non è chiuso".to_owned())]);
        // Without the act, without the date, without a reason.
        assert_eq!(told("[chiusure]\nfino_a = 3\n").len(), 2);
        assert_eq!(told(&format!("{CLOSED}[[chiusure.riaperture]]\nmese = 2\n")).len(), 3);
    }
}
