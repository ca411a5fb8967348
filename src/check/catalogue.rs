//! The list of all checks, by stage; `docs` and pages follow it.

use std::collections::BTreeMap;

use super::desk::Desk;
use super::gate::Gate;
use super::{
    Check, Checked, Context, Facts, Ledger, Outcome, Past, Stage, answers, cell, completeness, counting,
    date, file, month, office, outcome, plan, previous, ratio, template, value, year,
};
use crate::admit::{Admitted, admit};
use crate::aggregate::{Consolidation, consolidate};
use crate::interpret::EntryPlaces;
use crate::memory::{
    Change, Correction, Drift, Ground, changes, closed_of_missing, corrections, drifts, held, stand,
};
use crate::model::{EntryRef, OfficeId, Rule};
use crate::plan::Catalogue;

/// The families, in the order in which they run.
const FAMILIES: [&[Check]; 14] = [
    plan::CHECKS,
    file::CHECKS,
    template::CHECKS,
    cell::CHECKS,
    value::CHECKS,
    ratio::CHECKS,
    date::CHECKS,
    month::CHECKS,
    year::CHECKS,
    office::CHECKS,
    completeness::CHECKS,
    previous::CHECKS,
    outcome::CHECKS,
    counting::CHECKS,
];

const COUNT: usize = count();

/// Every check, by stage and, within a family, by code.
pub const ALL: &[Check] = &flatten();

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler: out of bounds does not compile")]
const fn count() -> usize {
    let (mut total, mut family) = (0, 0);
    while family < FAMILIES.len() {
        total += FAMILIES[family].len();
        family += 1;
    }
    total
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler: out of bounds does not compile")]
const fn flatten() -> [Check; COUNT] {
    let mut all = [file::CHECKS[0]; COUNT];
    let (mut next, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut index = 0;
        while index < FAMILIES[family].len() {
            all[next] = FAMILIES[family][index];
            next += 1;
            index += 1;
        }
        family += 1;
    }
    all
}

/// Every rule, in order of code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let mut rules: Vec<&'static Rule> = ALL.iter().map(|check| check.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    rules.into_iter()
}

/// The rules that a month is judged by, in order of code; those on what was consolidated already only when
/// the issue of a month before is given.
pub fn rules_after(previous: bool) -> impl Iterator<Item = &'static Rule> {
    let applies = move |rule: &&'static Rule| {
        previous || check(rule.code).is_none_or(|check| check.stage != Stage::Memoria)
    };
    rules().filter(applies)
}

/// The rule with this code, in any case: `r03`.
pub fn rule(code: &str) -> Option<&'static Rule> {
    check(code).map(|check| check.rule)
}

/// The check with this code, in any case.
pub fn check(code: &str) -> Option<&'static Check> {
    ALL.iter().find(|check| check.rule.code.eq_ignore_ascii_case(code.trim()))
}

/// What a plan may know of the checks that it names.
pub const CATALOGUE: Catalogue = Catalogue {
    codes: || rules().map(|rule| rule.code).collect(),
    severity: |code| rule(code).map(|rule| rule.severity),
    unused: super::why_unused,
};

/// Everything that follows from the entries: findings, what counts, results.
#[derive(Debug)]
pub struct Judged {
    /// Findings and account of the checks.
    pub checked: Checked,
    /// What counts.
    pub admitted: Admitted,
    /// The results.
    pub consolidation: Consolidation,
    /// What was changed of the months consolidated already.
    pub corrections: Vec<Correction>,
}

/// Runs every check, stage after stage: what a stage finds blocks its dependants in the next ones. Before the
/// last stage, that of outcomes, the findings so far decide what counts, and results are computed.
pub fn judge(facts: &Facts<'_>) -> Judged {
    let Facts { plan, month, submissions, previous, .. } = *facts;
    let changes = previous.map(|memory| changes(plan, memory, submissions)).unwrap_or_default();
    let gate = Gate::of(plan, month);
    let closed: Vec<&Change> = changes.iter().filter(|change| previous::holds(plan, &gate, change)).collect();
    let submissions = &*held(submissions, &closed);
    let (sent, facts) = (facts, &Facts { submissions, ..*facts });
    let mut over: BTreeMap<&OfficeId, Vec<EntryRef>> = BTreeMap::new();
    for change in &closed {
        over.entry(&change.slot.office).or_default().extend(change.at);
    }
    let desk = |one| Desk::of(plan, month, one);
    let desks: Vec<Desk<'_>> = submissions
        .iter()
        .map(|one| desk(one).holding(over.get(&one.office).into_iter().flatten().copied()))
        .collect();
    let context = Context::over(facts, &desks, &changes);
    let mut ledger = Ledger::behind(gate, EntryPlaces::of(submissions));
    run_stages(before(Stage::Memoria), &context, &mut ledger);
    let looked = look_back(&context, &ledger);
    let past = previous.zip(looked.as_ref());
    let past = past.map(|(memory, (corrections, drifts))| Past { memory, corrections, drifts });
    let context = Context { past, ..context };
    if past.is_some() {
        run_stages(of(Stage::Memoria), &context, &mut ledger);
    }
    let mut admitted = admit(plan, month, submissions, ledger.findings());
    if let Some(past) = past {
        let own = admitted.clone();
        let (memory, whole) = (past.memory, facts.whole);
        let ground = Ground { plan, memory, month, admitted: &own, findings: &[], whole };
        stand(ground, &mut admitted, closed);
        if facts.whole {
            stand(ground, &mut admitted, &closed_of_missing(plan, past.memory, submissions));
        }
    }
    let consolidation = consolidate(plan, &admitted, month);
    let outcome = Some(Outcome { admitted: &admitted, consolidation: &consolidation });
    run_stages(of(Stage::Esito), &Context { outcome, ..context }, &mut ledger);
    let mut checked = ledger.close();
    // An answer is bound to what was sent, and not to what stands.
    answers::bind(&Context { facts: *sent, ..context }, &mut checked.findings);
    answers::remember(&context, &mut checked.findings);
    let corrections = looked.map(|(corrections, _)| corrections).unwrap_or_default();
    Judged { checked, admitted, consolidation, corrections }
}

/// The changes of the past with what each is worth, and the results of then made again, on what the findings
/// so far let in.
fn look_back(context: &Context<'_>, ledger: &Ledger) -> Option<(Vec<Correction>, Vec<Drift>)> {
    let Facts { plan, month, submissions, whole, previous, .. } = context.facts;
    let memory = previous?;
    let admitted = admit(plan, month, submissions, ledger.findings());
    let ground = Ground { plan, memory, month, admitted: &admitted, findings: ledger.findings(), whole };
    let drifts = if whole { drifts(plan, memory, submissions, &admitted) } else { Vec::new() };
    Some((corrections(ground, submissions, context.changes), drifts))
}

/// The checks of the stages before this one.
fn before(stage: Stage) -> &'static [Check] {
    ALL.get(..ALL.partition_point(|check| check.stage < stage)).unwrap_or_default()
}

/// The checks of a stage.
fn of(stage: Stage) -> &'static [Check] {
    let from = ALL.partition_point(|check| check.stage < stage);
    ALL.get(from..ALL.partition_point(|check| check.stage <= stage)).unwrap_or_default()
}

fn run_stages(checks: &[Check], context: &Context<'_>, ledger: &mut Ledger) {
    let mut stage = None;
    for check in checks {
        if stage.is_some_and(|stage| stage != check.stage) {
            ledger.close_stage();
        }
        stage = Some(check.stage);
        ledger.open(check.rule);
        (check.run)(context, ledger);
    }
    ledger.close_stage();
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ALL, FAMILIES, rule};
    use crate::check::{Doubt, Stage};

    #[test]
    fn codes_are_unique_and_sorted_in_their_family() {
        let codes: BTreeSet<&str> = ALL.iter().map(|check| check.rule.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for family in FAMILIES {
            assert!(family.is_sorted_by_key(|check| check.rule.code));
        }
        assert!(ALL.is_sorted_by_key(|check| check.stage));
    }

    /// A note on a result says what happened, never what a file or a cell holds.
    #[test]
    fn what_looks_at_files_and_cells_is_never_answered_by_a_note() {
        let early = ALL.iter().filter(|check| check.stage <= Stage::Cella);
        let facts: Vec<&str> =
            early.filter(|check| check.doubt == Doubt::Fact).map(|check| check.rule.code).collect();
        assert_eq!(facts, [""; 0]);
    }

    #[test]
    fn a_page_is_named_after_its_check() {
        for check in ALL {
            assert!(check.page_name.starts_with(&format!("{}-", check.rule.code)), "{}", check.page_name);
            let title = format!("# {} · {}\n", check.rule.code, check.rule.name);
            assert!(check.page.starts_with(&title), "{} does not begin with {title}", check.page_name);
        }
    }

    /// The same words stand in a provisional workbook and in the final one.
    #[test]
    fn a_rule_says_of_no_result_that_it_is_provisional() {
        for rule in ALL.iter().map(|check| check.rule) {
            let words = format!("{} {} {}", rule.name, rule.why, rule.remedy).to_lowercase();
            assert!(!words.contains("provvisor"), "{}: {words}", rule.code);
        }
    }

    #[test]
    fn a_rule_is_found_in_any_case() {
        assert_eq!(rule(" f01 ").map(|rule| rule.code), Some("F01"));
        assert_eq!(rule("Z99"), None);
    }
}
