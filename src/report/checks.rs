//! *Controlli*: the account of every check, also of those that found nothing to look at.

use crate::check::Tally;
use crate::model::{Rule, count};

use super::index::Index;
use super::order;
use crate::book::table::{Table, cells, names};
use crate::book::{Cell, Content, Sheet, TabKind, columns, heads};
use crate::certify::Run;

columns! {
    /// The columns of *Controlli*.
    pub(crate) Checks in names::CHECKS {
        Code: "Codice", 9, Always, key = true, json = Some("codice");
        Name: "Controllo", 32, Always;
        Severity: "Gravità", 15, First;
        Subjects: "Soggetti", 10, First, json = Some("soggetti");
        Passed: "Superati", 10, First, json = Some("superati");
        Failed: "Falliti", 9, First, json = Some("falliti");
        Skipped: "Non valutati", 11, First, json = Some("non_valutati");
        Waived: "Derogati", 10, First, json = Some("derogati");
        Reasons: "Perché non valutati", 24, First;
        Why: "Perché conta", 39, First;
        Remedy: "Che cosa fare", 39, First;
    }
}

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
        columns: heads::<Checks>(),
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
    cells(|column| match column {
        Checks::Code => Cell::link(rule.code, first.and_then(|row| order::target(run, row))).strong(),
        Checks::Name => Cell::text(rule.name),
        Checks::Severity => Cell::of(Content::Severity(rule.severity)),
        Checks::Subjects => Cell::count(tally.subjects()),
        Checks::Passed => Cell::count(tally.passed),
        Checks::Failed => Cell::count(tally.failed),
        Checks::Skipped => Cell::count(tally.skipped),
        Checks::Waived => Cell::count(tally.waived),
        Checks::Reasons => Cell::text(reasons.join("\n")),
        Checks::Why => Cell::text(rule.why),
        Checks::Remedy => Cell::text(rule.remedy),
    })
}
