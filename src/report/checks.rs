//! *Controlli*: the account of every check, also of those that found nothing to look at.

use crate::check::Tally;
use crate::model::{Rule, count};

use super::index::Index;
use crate::book::table::{Table, body_row, names};
use crate::book::{Cell, Content, Paper, Sheet, TabKind};
use crate::certify::Run;

const COLUMNS: [(&str, u16); 11] = [
    ("Codice", 9),
    ("Controllo", 32),
    ("Gravità", 15),
    ("Soggetti", 10),
    ("Superati", 10),
    ("Falliti", 9),
    ("Non valutati", 11),
    ("Derogati", 10),
    ("Perché non valutati", 24),
    ("Perché conta", 39),
    ("Che cosa fare", 39),
];

/// The sheet of the checks.
pub(super) fn sheet(run: &Run<'_>, _: &Index<'_>) -> Sheet {
    let failed = run.rules.iter().filter(|rule| tally(run, rule).failed > 0).count();
    Table {
        name: names::CHECKS,
        tab: TabKind::Rules,
        title: "Controlli",
        subtitle: format!(
            "{}, {} con qualcosa da segnalare. Soggetti = superati + falliti + non valutati + derogati.",
            count(run.rules.len(), "controllo", "controlli"),
            failed
        ),
        columns: &COLUMNS,
        frozen: 2,
        paper: Paper::Wide,
        empty: "Nessun controllo.",
    }
    .sheet(run.rules.iter().map(|rule| row(run, rule)).collect())
}

fn tally(run: &Run<'_>, rule: &Rule) -> Tally {
    run.checked.tallies.get(rule.code).copied().unwrap_or_default()
}

fn row(run: &Run<'_>, rule: &'static Rule) -> Vec<Cell> {
    let tally = tally(run, rule);
    let reasons: Vec<String> = run
        .checked
        .reasons
        .get(rule.code)
        .into_iter()
        .flatten()
        .map(|(reason, times)| format!("{reason} ({times})"))
        .chain(
            run.checked
                .shadowed
                .get(rule.code)
                .map(|times| format!("falliti in ombra, non mostrati ({times})")),
        )
        .collect();
    let first = run.checked.findings.iter().position(|finding| finding.rule.code == rule.code);
    vec![
        Cell::link(rule.code, first.and_then(|row| body_row(names::FINDINGS, row))).strong(),
        Cell::text(rule.name),
        Cell::of(Content::Severity(rule.severity)),
        Cell::count(tally.subjects()),
        Cell::count(tally.passed),
        Cell::count(tally.failed),
        Cell::count(tally.skipped),
        Cell::count(tally.waived),
        Cell::text(reasons.join("\n")),
        Cell::text(rule.why),
        Cell::text(rule.remedy),
    ]
}
