//! Every check finds the fault of its own page, at its cell, and nothing else: in clean workbooks and in the
//! samples, mistakes included.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use schede::check::{ALL, Check, check};
use schede::model::{Month, Rule, Severity};
use schede::plan::{DEFAULT_PLAN, read_plan};
use schede::trial::{FinalIssue, Ground, Outcome, Verdict, clean_workbooks};

fn samples(month: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("samples/2019-{month:02}"))
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// The faults of all the pages in these files: each is found at its cell, and nothing else is.
fn assert_found(name: &str, files: Vec<(String, Vec<u8>)>, month: Option<Month>) -> Vec<Verdict> {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let ground = Ground::new(&plan, DEFAULT_PLAN, files, month).unwrap();
    let verdicts = ground.verdicts(ALL);
    let wrong: Vec<String> = verdicts
        .iter()
        .filter(|verdict| !verdict.outcome.is_good())
        .map(|verdict| format!("{}: {:?}", verdict.rule.code, verdict.outcome))
        .collect();
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    verdicts
}

#[test]
fn the_clean_year_is_clean_in_each_of_its_months() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    for month in Month::all() {
        let files = clean_workbooks(&plan, month).unwrap();
        assert_eq!(files.len(), plan.offices.len());
        let ground = Ground::new(&plan, DEFAULT_PLAN, files, Some(month)).unwrap();
        let loud = ground.baseline().iter().filter(|finding| finding.severity > Severity::Nota);
        let loud: Vec<String> = loud.map(|found| format!("{} {}", found.rule.code, found.message)).collect();
        assert!(loud.is_empty(), "{month}: {loud:#?}");
    }
}

#[test]
fn every_check_finds_its_fault_in_a_clean_year() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let mut planted = vec![false; ALL.len()];
    for number in [6, 12] {
        let month = Month::new(number).unwrap();
        let files = clean_workbooks(&plan, month).unwrap();
        let verdicts = assert_found(&format!("{month}"), files, Some(month));
        for (planted, verdict) in planted.iter_mut().zip(&verdicts) {
            match &verdict.outcome {
                // All the offices are there: only the month can be wrong.
                Outcome::NotApplicable(why) => {
                    assert!(why.starts_with("ha senso solo per"), "{}: {why}", verdict.rule.code);
                }
                _ => *planted = true,
            }
        }
    }
    let never: Vec<&str> =
        ALL.iter().zip(planted).filter(|(_, planted)| !planted).map(|(check, _)| check.rule.code).collect();
    assert!(never.is_empty(), "faults planted neither in June nor in December: {never:?}");
}

/// The fault of each page in a clean December: the final issue is refused, or every outcome is the one of
/// before; a page whose fault nobody could tell from the truth says so, and why.
#[test]
fn no_fault_changes_an_outcome_of_the_final_issue_in_silence() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = clean_workbooks(&plan, Month::DECEMBER).unwrap();
    let ground = Ground::new(&plan, DEFAULT_PLAN, files, Some(Month::DECEMBER)).unwrap();
    let (mut refused, mut same, mut wrong) = (0, 0, Vec::new());
    for (rule, issue) in ground.final_issues(ALL) {
        let page = check(rule.code).unwrap().page;
        let declared = page.contains("\nIndistinguibile: ");
        match issue {
            FinalIssue::NotPlanted(_) => assert!(!declared, "{}", rule.code),
            FinalIssue::Same if !declared => same += 1,
            FinalIssue::Refused(_) if !declared => refused += 1,
            FinalIssue::Issued(changed, Some(why)) if !changed.is_empty() && !why.is_empty() => {}
            other => wrong.push(format!("{}: {other:?}", rule.code)),
        }
    }
    assert!(wrong.is_empty(), "issued with other outcomes, or no longer:\n{}", wrong.join("\n"));
    assert!(refused > 20 && same > 20, "{refused} refused, {same} the same");
}

#[test]
fn every_check_finds_its_fault_in_the_samples() {
    for month in [6, 12] {
        assert_found(&format!("samples of {month}"), files(&samples(month)), None);
    }
}

/// A check with this fault in its page.
fn with_fault(rule: &'static Rule, fault: &str) -> Check {
    let page = format!(
        "# x\n\n## Perché\n\nx\n\n## Esempio\n\n## Rilievo atteso\n\n## Corretto\n\n## Guasto\n\n{fault}\n"
    );
    Check { rule, page: page.leak(), ..*check("C01").unwrap() }
}

const PLAN_FAULT: Rule = Rule {
    code: "P03",
    name: "Formula",
    severity: Severity::Errore,
    why: "",
    remedy: "",
    to_office: "",
    missing: false,
};

#[test]
fn a_check_that_misses_or_says_too_much_is_told() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let month = Month::new(6).unwrap();
    let mut files = clean_workbooks(&plan, month).unwrap();
    files.retain(|(name, _)| ["metrico", "ri", "pid"].iter().any(|office| name.contains(office)));
    let ground = Ground::new(&plan, DEFAULT_PLAN, files, Some(month)).unwrap();
    let c01 = check("C01").unwrap().rule;
    let outcome = |rule: &'static Rule, rows: &str| {
        let fault = format!("| ufficio | chiave | mese | valore |\n|---|---|---|---|\n{rows}");
        ground.verdict(&with_fault(rule, &fault)).outcome
    };
    let judged = |found, exact, extra: &[&str]| Outcome::Judged {
        found,
        exact,
        extra: extra.iter().map(|code| (*code).to_owned()).collect(),
        together: Vec::new(),
    };
    assert_eq!(outcome(c01, "| ri | S02.stage | ultimo | due |"), judged(true, true, &[]));
    assert_eq!(outcome(c01, "| ri | S02.stage | ultimo | *0-1 |"), judged(false, false, &["C07"]));
    let two = "| ri | S02.stage | ultimo | due |\n| ri | S02.stage | ultimo-1 | 1 |";
    assert_eq!(outcome(c01, two), judged(true, false, &[]));
    let both = "| ri | S02.stage | ultimo | due |\n| ri | S02.stage | 2 | tre |";
    assert_eq!(outcome(c01, both), judged(true, true, &["C01"]));
    assert!(matches!(outcome(c01, "| urp | S02.stage | 1 | due |"), Outcome::NotApplicable(_)));
    assert!(matches!(outcome(c01, "| ri | @vola | | |"), Outcome::NotPlanted(_)));
    assert_eq!(
        ground
            .verdict(&Check {
                page: "# x\n\n## Perché\n\nx\n\n## Esempio\n\n## Rilievo atteso\n\n## Corretto\n",
                ..*check("C01").unwrap()
            })
            .outcome,
        Outcome::NoFault
    );
    let plan_fault =
        "| | @piano | | `orafi_ispezionati / orafi_iscritti` → `orafi_ispezionat / orafi_iscritti` |";
    assert_eq!(outcome(&PLAN_FAULT, plan_fault), judged(true, true, &[]));
    assert!(matches!(
        outcome(&PLAN_FAULT, "| | @piano | | `nulla di simile` → x |"),
        Outcome::NotApplicable(_)
    ));
}

#[test]
fn the_command_prints_a_line_for_each_fault_and_leaves_the_files_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files(&samples(6)).into_iter().filter(|(name, _)| name.contains("metrico")) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let before = files(folder.path());
    let output =
        Command::cargo_bin("schede").unwrap().arg("prova-controlli").arg(folder.path()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(files(folder.path()), before);
    for check in ALL {
        let title = format!("{} · {}", check.rule.code, check.rule.name);
        assert!(said.contains(&title), "{title} is not in:\n{said}");
    }
    assert!(said.contains("non applicabile: manca il file dell'ufficio ri"), "{said}");
    assert!(said.lines().last().unwrap().starts_with("Guasti: "), "{said}");
}

#[test]
fn without_readable_files_there_is_nothing_to_try() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        Command::cargo_bin("schede").unwrap().arg("prova-controlli").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
}
