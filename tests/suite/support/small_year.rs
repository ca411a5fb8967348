//! A year in small: what a few offices have typed, the month made of it, its issue, and what is remembered of
//! that.

use std::collections::BTreeMap;
use std::sync::Arc;

use schede::certify::Run;
use schede::check::rules_after;
use schede::interpret::{arrive, settle};
use schede::memory::{Correction, Judgement, Memory};
use schede::model::{CellRef, Month, OfficeId, Rule};
use schede::pipeline::{Asked, Job, run_on};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::proof::{Issue, issue};
use schede::read::{RawContent, read_bytes};
use schede::recall::recall;
use schede::trial::clean_fills;
use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook, templates};

/// What each office has typed.
pub(crate) type Year = BTreeMap<OfficeId, Fill>;

pub(crate) fn plan() -> Plan {
    read_plan(DEFAULT_PLAN).unwrap()
}

pub(crate) fn month(number: u32) -> Month {
    Month::new(number).unwrap()
}

/// The clean year of a few offices at a month.
pub(crate) fn year(plan: &Plan, number: u32, offices: &[&str]) -> Year {
    let mut fills = clean_fills(plan, month(number));
    fills.retain(|office, _| offices.contains(&office.as_str()));
    fills
}

pub(crate) fn typed(year: &mut Year, office: &str, key: FillKey, value: FillValue) {
    year.get_mut(&OfficeId::new(office)).unwrap().set(key, value);
}

pub(crate) fn number(value: f64) -> FillValue {
    FillValue::Number(value)
}

pub(crate) fn files(plan: &Plan, year: &Year) -> Vec<(String, Vec<u8>)> {
    let file = |(office, fill): (&OfficeId, &Fill)| {
        (office_file_name(plan, office), office_workbook(plan, office, fill).unwrap())
    };
    year.iter().map(file).collect()
}

pub(crate) fn job(plan: &Plan, year: &Year, number: u32, previous: Option<&Memory>) -> Job {
    let arrivals = files(plan, year)
        .into_iter()
        .map(|(name, bytes)| arrive(plan, &read_bytes(&name, bytes), &templates(plan)))
        .collect();
    let asked = Asked { month: Some(month(number)), previous: previous.cloned().map(Arc::new) };
    run_on(plan, settle(plan, arrivals), asked, &mut |_| ()).unwrap()
}

pub(crate) fn issued(plan: &Plan, job: &Job) -> Issue {
    let rules: Vec<&'static Rule> = rules_after(job.previous.is_some()).collect();
    issue(&Run::of_job(plan, job, &rules, false)).unwrap_or_else(|unissued| panic!("{unissued:#?}"))
}

pub(crate) fn remembered(plan: &Plan, issue: &Issue) -> Memory {
    recall(plan, read_bytes("consolidato.xlsx", issue.bytes.clone())).unwrap_or_else(|why| panic!("{why:?}"))
}

/// What was changed: voce, month, before, now, what is left to do.
pub(crate) fn told(job: &Job) -> Vec<(String, String, String, Judgement)> {
    let words = |one: &Correction| {
        let change = &one.change;
        let month = change.slot.month.map(|month| format!(" {month}")).unwrap_or_default();
        let about = format!("{} {}{month}", change.slot.office, change.slot.voce);
        (about, change.before.words(), change.now.words(), one.judgement())
    };
    job.corrections.iter().map(words).collect()
}

/// The codes of the findings on what was consolidated already, each with its severity.
pub(crate) fn codes(job: &Job) -> Vec<(&'static str, &'static str)> {
    let after: Vec<&str> = rules_after(true).map(|rule| rule.code).collect();
    let before: Vec<&str> = rules_after(false).map(|rule| rule.code).collect();
    let own = job
        .checked
        .findings
        .iter()
        .filter(|one| after.contains(&one.rule.code) && !before.contains(&one.rule.code));
    let mut codes: Vec<_> = own.map(|one| (one.rule.code, one.severity.label())).collect();
    codes.sort_unstable();
    codes
}

pub(crate) fn owned(rows: &[(&str, &str, &str, Judgement)]) -> Vec<(String, String, String, Judgement)> {
    rows.iter()
        .map(|(about, before, now, left)| (about.to_string(), before.to_string(), now.to_string(), *left))
        .collect()
}

pub(crate) const SHOPS: &str = "S03.supermercati";
pub(crate) const GOODS: &str = "S03.prodotti";

/// The same plan with January closed.
pub(crate) fn closed(more: &str) -> Plan {
    let closing = "[chiusure]\nfino_a = 1\natto = \"Determina 12\"\ndata = \"10/2/2019\"\n";
    read_plan(&DEFAULT_PLAN.replacen("[punteggio]", &format!("{closing}{more}\n[punteggio]"), 1)).unwrap()
}

/// The rows of *Dal mese scorso* that are of a kind: of what, before, why.
pub(crate) fn rows_of(issue: &Issue, kind: &str) -> Vec<[String; 3]> {
    let book = read_bytes("consolidato.xlsx", issue.bytes.clone()).content.unwrap();
    let sheet = book.sheet("Dal mese scorso").unwrap();
    let text = |row: u32, col: u16| {
        sheet.cell(CellRef { row, col }).map_or(String::new(), |cell| match &cell.content {
            RawContent::Text(text) => text.clone(),
            RawContent::Number(number) => number.to_string(),
            _ => String::new(),
        })
    };
    let last = sheet.cells.keys().map(|at| at.row).max().unwrap();
    (0..=last).filter(|row| text(*row, 0) == kind).map(|row| [1, 3, 5].map(|col| text(row, col))).collect()
}
