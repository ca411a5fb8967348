//! The live formulas against the engine, on a plan with every form of voce, formula and target, and whatever offices may
//! type: the proof O02 runs on each consolidated workbook, and a workbook is issued.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "helpers of tests stop at what is not as expected, and type numbers as anybody could"
)]

#[path = "support/hand.rs"]
mod hand;

use std::fs;
use std::path::PathBuf;

use hand::{Hand, typed_workbook};
use schede::interpret::{arrive, settle};
use schede::model::{Month, Rule};
use schede::pipeline::run_on;
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::proof::issue;
use schede::read::read_bytes;
use schede::report::Run;
use schede::write::{office_file_name, templates};

fn every_form() -> Plan {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/piani/ogni-forma.toml");
    read_plan(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What is wrong with the workbooks of a campaign at these months; the last office does not send its own when `missing`.
fn wrong(plan: &Plan, hand: Hand, seed: u64, months: &[u32], missing: bool) -> Vec<String> {
    let rules: Vec<&'static Rule> = schede::check::rules().collect();
    let templates = templates(plan);
    let senders = plan.offices.len() - usize::from(missing);
    let arrivals: Vec<_> = plan
        .offices
        .iter()
        .take(senders)
        .map(|office| {
            let name = office_file_name(plan, &office.id);
            arrive(plan, &read_bytes(&name, typed_workbook(plan, &office.id, hand, seed)), &templates)
        })
        .collect();
    let mut wrong = Vec::new();
    for month in months {
        let job = run_on(plan, settle(plan, arrivals.clone()), Month::new(*month), &mut |_| ()).unwrap();
        let run = Run {
            plan,
            consolidation: &job.consolidation,
            months: &job.months,
            checked: &job.checked,
            rules: &rules,
            files: &job.files,
            submissions: &job.submissions,
            effects: &job.effects,
            admitted: &job.admitted,
            definitive: false,
        };
        wrong.extend(issue(&run).err().map(|unissued| format!("{hand:?} {seed} {month}: {unissued:?}")));
    }
    wrong
}

#[test]
fn every_form_of_the_plan_gives_live_what_the_engine_gives() {
    let plan = every_form();
    let mut all = Vec::new();
    for seed in 1..=3 {
        for hand in [Hand::Sensible, Hand::Careless] {
            all.extend(wrong(&plan, hand, seed, &[6, 12], seed == 3));
        }
    }
    assert_eq!(all, Vec::<String>::new());
}

#[test]
fn the_real_plan_gives_live_what_the_engine_gives() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let mut all = wrong(&plan, Hand::Careless, 1, &[6, 12], false);
    all.extend(wrong(&plan, Hand::Sensible, 2, &[11], true));
    assert_eq!(all, Vec::<String>::new());
}
