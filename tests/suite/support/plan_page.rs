//! The directive `@piano`: what is said of the embedded plan once some of its text is replaced.

use schede::check::{CATALOGUE, Checked, Facts, judge};
use schede::model::YearMonth;
use schede::plan::{DEFAULT_PLAN, Plan, read_plan_with};
use schede::trial::{Line, patched};

use super::bench::words;

/// Something said of a plan: its code, and the words.
pub(crate) type Said = (&'static str, String);

/// What is said of the plan that a table describes and not of the embedded one; `None` when the table is not
/// about the plan alone.
pub(crate) fn said(lines: &[Line], month: YearMonth) -> Option<Vec<Said>> {
    let mut text = DEFAULT_PLAN.to_owned();
    let faults: Vec<&Line> = lines.iter().filter(|line| line.get("chiave") == "@piano").collect();
    if faults.is_empty() || faults.len() < lines.len() {
        return None;
    }
    for line in faults {
        text = patched(&text, line.get("valore")).unwrap_or_else(|trouble| panic!("{}", trouble.words()));
    }
    let mut before = of(DEFAULT_PLAN, month);
    let mut new = of(&text, month);
    new.retain(|said| {
        let known = before.iter().position(|other| other == said);
        known.map(|at| before.remove(at)).is_none()
    });
    Some(new)
}

fn of(text: &str, month: YearMonth) -> Vec<Said> {
    match read_plan_with(text, &CATALOGUE) {
        // The number of the line changes with every edit of the plan.
        Err(problems) => problems.iter().map(|one| (one.code, one.told("riga …"))).collect(),
        Ok(plan) => {
            let checked = checked(&plan, month);
            for (code, tally) in &checked.tallies {
                let found = checked.findings.iter().filter(|finding| finding.rule.code == *code).count();
                assert_eq!(tally.failed, found, "i conti di {code}");
            }
            // No office has sent its file, which is another matter.
            let of_plan = checked.findings.iter().filter(|finding| finding.office.is_none());
            of_plan.map(|finding| (finding.rule.code, words(finding))).collect()
        }
    }
}

fn checked(plan: &Plan, month: YearMonth) -> Checked {
    judge(&Facts { plan, month, files: &[], submissions: &[], whole: true, previous: None }).checked
}
