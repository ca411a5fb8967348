//! D01: an event ends before it starts.

use std::collections::BTreeMap;

use super::dates::sound;
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::rules::D01;
use crate::check::say::{facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::formula::{Expr, RowExpr};
use crate::interpret::Entry;
use crate::model::{VoceKey, date_it};
use crate::plan::{Indicator, Voce};

/// Two date columns of a register between which days are counted.
struct Span<'a> {
    indicator: &'a Indicator,
    voce: &'a Voce,
    from: String,
    to: String,
}

/// Judges each row of the registers between whose dates a formula counts the days.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in Desk::all(ctx) {
        for indicator in desk.indicators(ctx) {
            for (key, from, to) in spans(indicator.formula.expr()) {
                let Some(voce) = indicator.voce(&key) else { continue };
                let span = Span { indicator, voce, from, to };
                for (row, fields) in desk.rows(&key) {
                    judge(ctx, ledger, &desk, &span, row, &fields);
                }
            }
        }
    }
}

fn judge<'a>(
    ctx: &Context<'_>,
    ledger: &mut Ledger,
    desk: &Desk<'a>,
    span: &Span<'a>,
    row: u32,
    fields: &BTreeMap<&str, &'a Entry>,
) {
    let (Some(start), Some(end)) = (fields.get(span.from.as_str()), fields.get(span.to.as_str())) else {
        return;
    };
    let (from, to) =
        match (sound(ctx, ledger, desk, span.voce, start), sound(ctx, ledger, desk, span.voce, end)) {
            (Err(code), _) | (_, Err(code)) => return ledger.skip(&D01, depends_on(code)),
            (Ok(Some(from)), Ok(Some(to))) => (from, to),
            _ => return,
        };
    if from <= to {
        return ledger.pass(&D01);
    }
    let label = |key: &str| {
        let column = span.voce.register.as_ref().and_then(|register| register.column(key));
        column.map_or_else(|| key.to_owned(), |column| column.label.clone())
    };
    let finding = desk.finding(&D01, span.indicator, Some(span.voce), &[start, end]);
    let finding = facts(
        finding,
        format!("{}, poi {}", date_it(from), date_it(to)),
        format!("una data da {} in poi", date_it(from)),
    );
    let place = format!("{}, riga {row}", voce_words(span.indicator, span.voce));
    let what = format!(
        "«{}» ({}) viene prima di «{}» ({})",
        label(&span.to),
        date_it(to),
        label(&span.from),
        date_it(from)
    );
    ledger.fail(told(finding, &place, &what));
}

/// The pairs of columns between which an expression counts days, each once.
fn spans(expr: &Expr) -> Vec<(VoceKey, String, String)> {
    let mut found = Vec::new();
    match expr {
        Expr::Over(_, key, RowExpr::Days { from, to, .. }) => {
            found.push((key.clone(), from.clone(), to.clone()))
        }
        Expr::Negate(inner) => found = spans(inner),
        Expr::Binary(_, left, right) => {
            found = spans(left);
            found.extend(spans(right));
            found.dedup();
        }
        Expr::Number(_) | Expr::Voce(_) | Expr::Over(..) | Expr::Distinct(..) | Expr::Days { .. } => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn call(deadline: &str, approval: &str) -> World {
        World::at(6)
            .filled("promozione")
            .field("promozione", "S01.bandi", 1, "titolo", "Bando")
            .field("promozione", "S01.bandi", 1, "scadenza", deadline)
            .field("promozione", "S01.bandi", 1, "approvazione", approval)
    }

    #[test]
    fn an_approval_before_its_deadline_names_both_dates() {
        let finding = call("2019-03-10", "2019-03-09").finding("D01");
        assert_eq!(finding.cells.len(), 2);
        assert!(finding.message.contains("(9/3/2019) viene prima di"), "{}", finding.message);
        assert!(call("2019-03-10", "2019-03-10").findings("D01").is_empty());
    }

    #[test]
    fn a_wrong_year_is_only_said_once() {
        let world = call("2019-03-10", "2018-03-20");
        assert!(world.findings("D01").is_empty());
        assert_eq!(world.skipped("D01", "dipende da D03"), 1);
        assert_eq!(world.findings("D03").len(), 1);
    }
}
