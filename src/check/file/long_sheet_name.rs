//! F21: a sheet with a longer name than Excel admits.

use super::sent::{Judged, finding};
use crate::check::rules::F21;
use crate::excel::bounds::SHEET_NAME;
use crate::interpret::Submission;
use crate::model::{Finding, count, join_it, quoted};

/// Sheets named in a sentence before "altri N".
const NAMED: usize = 6;

pub(super) fn judge(submission: &Submission) -> Judged {
    Ok((!submission.traits.book.long_names.is_empty()).then(|| named(submission)))
}

fn named(submission: &Submission) -> Finding {
    let long = &submission.traits.book.long_names;
    let told = |(name, length): &(String, usize)| {
        format!("il foglio {} ha un nome di {}", quoted(name), count(*length, "carattere", "caratteri"))
    };
    let mut words: Vec<String> = long.iter().take(NAMED).map(told).collect();
    let more = long.len().saturating_sub(NAMED);
    if more > 0 {
        words.push(count(more, "altro è come questi", "altri sono come questi"));
    }
    let what = format!("{}: Excel ne ammette al massimo {SHEET_NAME}", join_it(&words));
    let found: Vec<&str> = long.iter().map(|(name, _)| name.as_str()).collect();
    finding(&F21, submission, &found.join("; "), &format!("al massimo {SHEET_NAME} caratteri"), &what)
}
