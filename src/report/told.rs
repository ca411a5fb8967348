//! What the offices wrote beside an indicator.

use crate::certify::Run;
use crate::interpret::{Submission, TextCell};
use crate::plan::Indicator;

/// What the offices wrote, each with its name where several answer for the indicator.
pub(super) fn told<'s>(
    run: &'s Run<'_>,
    indicator: &Indicator,
    text: impl Fn(&'s Submission) -> Option<&'s TextCell>,
) -> Vec<String> {
    let of = run.submissions.iter();
    of.filter_map(|sent| Some((&sent.office, text(sent)?)))
        .map(|(office, cell)| {
            // On one line each: a remark of many short lines would be taller than a row can be.
            let text = one_line(&cell.text);
            let only = indicator.offices.as_slice() == [office.clone()];
            if only { text } else { format!("{}: {text}", run.plan.office_name(office)) }
        })
        .collect()
}

/// A text with a blank for each run of blanks and ends of lines.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
