//! Days of the plan on which nobody works, or outside its year.

use chrono::{Datelike, NaiveDate, Weekday};

use super::add::add;
use crate::formula::{Expr, RowExpr};
use crate::model::{TimeKind, Unit, VoceType, date_it, join_it, quoted};
use crate::plan::Calendar;
use crate::plan::target::Threshold;
use crate::plan::types::{Indicator, Milestone, Notice, Plan, Scheda};

/// Seats whose patron saint is unknown, when working days are counted.
pub(super) fn seats(plan: &Plan, notices: &mut Vec<Notice>) {
    let Some(first) = plan.indicators().find(|indicator| counts_working_days(indicator)) else { return };
    let mut tell = |found: &str, what: String| {
        let why = format!("ma si contano giorni lavorativi, per esempio nell'indicatore {}", first.code);
        notices.push(Notice {
            code: "D13",
            scheda: None,
            indicator: None,
            other: None,
            found: found.to_owned(),
            message: format!("{what}, {why}."),
        });
    };
    if plan.seats.is_empty() {
        tell("nessuna sede", "Il piano non indica le sedi e i loro patroni".to_owned());
    }
    for seat in plan.seats.iter().filter(|seat| !seat.has_patron) {
        let name =
            if seat.name.is_empty() { "una sede".to_owned() } else { format!("la sede di {}", seat.name) };
        tell("nessun patrono", format!("Non si sa in che giorno {name} festeggia il patrono"));
    }
}

/// Whether an indicator counts working days: by its formula, its target or its entries.
fn counts_working_days(indicator: &Indicator) -> bool {
    indicator.formula.unit() == Unit::GiorniLavorativi
        || names_working_days(indicator.formula.expr())
        || indicator.voci.iter().any(|voce| voce.kind == VoceType::GiorniLavorativi)
}

fn names_working_days(expr: &Expr) -> bool {
    match expr {
        Expr::Days { working, .. } | Expr::Over(_, _, RowExpr::Days { working, .. }) => *working,
        Expr::Negate(inner) => names_working_days(inner),
        Expr::Binary(_, left, right) => names_working_days(left) || names_working_days(right),
        Expr::Number(_) | Expr::Voce(_) | Expr::Over(..) | Expr::Distinct(..) => false,
    }
}

/// Voci that accept dates of another year.
pub(super) fn of_periods(indicator: &Indicator, year: i32, notices: &mut Vec<Notice>) {
    for voce in &indicator.voci {
        let (from, to) = voce.period;
        let dated = voce.kind == VoceType::Data || voce.time == TimeKind::Registro;
        if dated && (from.year() != year || to.year() != year) {
            let found = format!("dal {} al {}", date_it(from), date_it(to));
            let partly = if from.year() <= year && year <= to.year() { "in parte " } else { "" };
            let message = format!("{} ammette date {found}, {partly}fuori dal {year}.", quoted(&voce.label));
            add(notices, "P17", indicator, found, message);
        }
    }
}

/// Milestones of another year; milestones on a day off, unless they are the deadline of an indicator
/// already told.
pub(super) fn of_milestones(scheda: &Scheda, plan: &Plan, notices: &mut Vec<Notice>) {
    let mut tell = |code: &'static str, found: String, message: String| {
        let scheda = Some(scheda.number);
        notices.push(Notice { code, scheda, indicator: None, other: None, found, message });
    };
    for milestone in scheda.milestones.iter().filter(|one| one.date.year() != plan.year) {
        let date = date_it(milestone.date);
        let message = format!("Il traguardo {} del {date} non è nel {}.", quoted(&milestone.text), plan.year);
        tell("P17", date, message);
    }
    let deadline = |date: NaiveDate| {
        scheda.indicators().any(|indicator| indicator.target.threshold == Threshold::Date(date))
    };
    let off = |milestone: &Milestone| {
        Some(format!("{} ({})", date_it(milestone.date), not_working(milestone.date, &plan.calendar)?))
    };
    let days: Vec<String> =
        scheda.milestones.iter().filter(|milestone| !deadline(milestone.date)).filter_map(off).collect();
    if !days.is_empty() {
        let days = join_it(&days);
        let message = format!("Traguardi in giorni non lavorativi: {days}.");
        tell("P18", days, message);
    }
}

/// Why nobody works on `date`: `un sabato`, `festa, Ognissanti`.
pub(super) fn not_working(date: NaiveDate, calendar: &Calendar) -> Option<String> {
    if let Some(name) = calendar.holiday(date) {
        return Some(format!("festa, {name}"));
    }
    match date.weekday() {
        Weekday::Sat => Some("un sabato".to_owned()),
        Weekday::Sun => Some("una domenica".to_owned()),
        _ => None,
    }
}
