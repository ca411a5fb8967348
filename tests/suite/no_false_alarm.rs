//! An honest year raises no alarm: all the offices, month after month, with nothing above a note.
use std::collections::BTreeSet;

use schede::check::{Facts, judge};
use schede::interpret::receive;
use schede::model::{Finding, Month, Severity, YearMonth};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::read::{Incoming, read_bytes};
use schede::trial::clean_workbooks;
use schede::write::templates;

fn files(plan: &Plan, month: Month) -> Vec<Incoming> {
    let written = clean_workbooks(plan, month).unwrap();
    written.into_iter().map(|(name, bytes)| read_bytes(&name, bytes)).collect()
}

fn found(plan: &Plan, month: YearMonth, incoming: Vec<Incoming>, whole: bool) -> Vec<Finding> {
    let (files, submissions) = receive(plan, incoming, &templates(plan));
    let (files, submissions) = (files.as_slice(), submissions.as_slice());
    judge(&Facts { plan, month, files, submissions, whole, previous: None }).checked.findings
}

/// The findings above a note: code and message.
fn alarms(findings: &[Finding]) -> Vec<String> {
    let above = findings.iter().filter(|finding| finding.severity > Severity::Nota);
    above.map(|finding| format!("{}: {}", finding.rule.code, finding.message)).collect()
}

#[test]
fn no_false_alarm() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let mut wrong = BTreeSet::new();
    for month in Month::all() {
        let incoming = files(&plan, month);
        assert_eq!(incoming.len(), 26);
        let (plan, reported) = (&plan, plan.month(month));
        let together = found(plan, reported, incoming.clone(), true);
        wrong.extend(alarms(&together).into_iter().map(|alarm| format!("{reported} {alarm}")));
        for file in incoming {
            let alone = found(plan, reported, vec![file], false);
            wrong.extend(alarms(&alone).into_iter().map(|alarm| format!("{reported} da solo {alarm}")));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
}
