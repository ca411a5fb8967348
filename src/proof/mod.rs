//! The engine's checks on itself: what is issued holds all that was read, follows from it, and says so.
//!
//! Run on every consolidated workbook before it is written, and before it is compared: a failed one is a
//! mistake of the program. What an office sent may bring it to light: it is set aside (`explained`) and the
//! rest is issued; a failure that nobody's input explains stops the issue. Nothing is taken from who made the
//! report but the report itself: cells are counted again, links followed, bytes read back.

mod account;
mod aside;
mod bytes;
mod data;
mod failure;
mod live;
mod reread;
mod table;
mod trace;

pub use aside::explained;
pub use failure::{Failure, SELF_CHECKS};

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crate::book::Report;
use crate::certify::Run;
use crate::model::sha256;
use crate::read::{RawWorkbook, Refusal, read_issue_bytes};
use crate::report::report;
use crate::write::{WriteError, consolidated_workbook};

/// A consolidated workbook that passed every self-check.
#[derive(Debug)]
pub struct Issue {
    /// Its bytes.
    pub bytes: Vec<u8>,
    sha256: String,
}

impl Issue {
    /// SHA-256 of its bytes, in hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The workbook in its bytes, as who receives it reads it.
    ///
    /// # Errors
    /// Never of what passed every self-check, which was read once.
    pub fn read_back(&self) -> Result<RawWorkbook, Refusal> {
        read_issue_bytes("consolidato.xlsx", &self.bytes).content
    }
}

/// Why there is no workbook.
#[derive(Debug)]
pub enum Unissued {
    /// It could not be written.
    Write(WriteError),
    /// Self-checks that failed, in order of code.
    Unproven(Vec<Failure>),
}

impl fmt::Display for Unissued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(error) => error.fmt(f),
            Self::Unproven(failures) => failures.first().map_or(Ok(()), |failure| failure.fmt(f)),
        }
    }
}

/// Makes the consolidated workbook and proves it.
///
/// A final issue is made twice, side by side, content and bytes: every month that would cost a third more of
/// the whole job, to prove again what `verifica` proves on the issued file.
///
/// # Errors
/// When it cannot be written, or a self-check fails: then nothing is to be issued.
pub fn issue(run: &Run<'_>) -> Result<Issue, Unissued> {
    let made = catch_unwind(AssertUnwindSafe(|| report(run)));
    let report = made.map_err(|_| Unissued::Unproven(vec![bytes::not_finished()]))?;
    let (first, second) = thread::scope(|scope| {
        let aside = scope.spawn(|| (on_the_report(run, &report), run.definitive.then(|| again(run))));
        let first = catch_unwind(AssertUnwindSafe(|| proven(&report)));
        (first.unwrap_or_else(|_| Err(Unissued::Unproven(vec![bytes::not_finished()]))), aside.join())
    });
    let (mut failures, issue) = first?;
    match second {
        Ok((seen, again)) => {
            failures.extend(seen);
            if let Some((content, bytes)) = again {
                failures.extend(bytes::same_content(&report, &content));
                failures.extend(bytes::same(&issue.bytes, &bytes.map_err(Unissued::Write)?));
            }
        }
        Err(_) => failures.push(bytes::not_finished()),
    }
    if failures.is_empty() {
        return Ok(issue);
    }
    failures.sort_by_key(|failure| failure.code);
    Err(Unissued::Unproven(failures))
}

/// The second making of a final issue.
fn again(run: &Run<'_>) -> (Report, Result<Vec<u8>, WriteError>) {
    let report = report(run);
    let bytes = consolidated_workbook(&report);
    (report, bytes)
}

/// The workbook of a report, with all that can be seen on its bytes.
fn proven(report: &Report) -> Result<(Vec<Failure>, Issue), Unissued> {
    let bytes = consolidated_workbook(report).map_err(Unissued::Write)?;
    let failures = reread::proven(report, &bytes).map_err(|failure| Unissued::Unproven(vec![failure]))?;
    let sha256 = sha256(&bytes);
    Ok((failures, Issue { bytes, sha256 }))
}

/// What can be seen without the bytes.
fn on_the_report(run: &Run<'_>, report: &Report) -> Vec<Failure> {
    let failures = [
        data::read(run, report),
        data::totals(run, report),
        live::formulas(report),
        trace::findings(run),
        trace::links(report),
        trace::results(run, report),
        account::subjects(run),
        account::cover(run, report),
    ];
    failures.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::{SELF_CHECKS, Unissued, issue, on_the_report};
    use crate::certify::Run;
    use crate::report::report;
    use crate::report::sample::sample;

    #[test]
    fn a_sound_month_is_proven() {
        for month in [6, 12] {
            let sample = sample(month);
            assert_eq!(on_the_report(&sample.run(), &report(&sample.run())), []);
            let own = issue(&sample.run()).unwrap();
            // What is written of a closed year is a sheet more.
            assert_eq!(own.read_back().unwrap().sheets.len(), if month == 12 { 26 } else { 25 });
            // Something is open: the same month is never issued as final.
            let run = Run { definitive: true, ..sample.run() };
            let Err(Unissued::Unproven(failures)) = issue(&run) else { panic!("issued as final") };
            assert_eq!(failures.iter().map(|failure| failure.code).collect::<Vec<_>>(), ["O06"]);
        }
    }

    #[test]
    fn codes_are_in_order_and_no_check_has_them() {
        assert!(SELF_CHECKS.is_sorted());
        assert!(SELF_CHECKS.iter().all(|(code, _)| crate::check::check(code).is_none()));
    }
}
