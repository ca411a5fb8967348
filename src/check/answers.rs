//! The answers of the offices, bound to what they answer: one holds only for the finding to which it was
//! given, as long as the values that it names are the same.

use std::collections::BTreeMap;

use super::Context;
use crate::interpret::{Entry, EntryState, Response, Standing, Submission};
use crate::memory::{Memory, Told};
use crate::model::{AnswerKind, Answered, Finding, Severity, sha256};
use crate::plan::Plan;

/// What an answer of `submission`'s office to a finding is bound to: the finding, and the values of that
/// office that it names; where it names none, what was found.
pub fn binding(plan: &Plan, submission: &Submission, finding: &Finding) -> String {
    let own = plan.offices.place(&submission.office);
    let entries = finding.entries.iter().filter(|at| Some(at.office) == own);
    let mut values: Vec<String> = entries.filter_map(|at| value(submission.standing(*at)?)).collect();
    if values.is_empty() {
        values.push(finding.found.clone());
    }
    let about = [
        submission.office.as_str().to_owned(),
        finding.rule.code.to_owned(),
        finding.scheda.map(|scheda| scheda.to_string()).unwrap_or_default(),
        finding.indicator.as_ref().map(ToString::to_string).unwrap_or_default(),
        finding.voce.as_ref().map(ToString::to_string).unwrap_or_default(),
        finding.month.map(|month| month.number().to_string()).unwrap_or_default(),
    ];
    let lines: Vec<String> = about.into_iter().chain(values).collect();
    // A length before each, so that no text can stand for two.
    sha256(lines.iter().map(|line| format!("{}:{line}\n", line.len())).collect::<String>())
}

/// A value with its key, whatever the row of its register and the way in which it was typed.
fn value(standing: Standing<'_>) -> Option<String> {
    match standing {
        Standing::Entry(entry, declared) => {
            let Entry { id, .. } = entry;
            let (month, column) = (id.month.map(|month| month.number()), id.column.as_deref());
            Some(format!("{}|{declared}|{month:?}|{column:?}|{}", id.voce, said(entry)))
        }
        Standing::Text(key, month, text) => {
            let month = month.map(|month| month.number());
            Some(format!("{key}|{month:?}|{}", text.text))
        }
    }
}

/// What an entry says.
fn said(entry: &Entry) -> String {
    match &entry.state {
        EntryState::Value(value) => value.to_machine(),
        EntryState::NotApplicable => crate::plan::NOT_APPLICABLE.to_owned(),
        EntryState::Blank | EntryState::Lost => String::new(),
        EntryState::Placeholder | EntryState::Wrong(_) => entry.raw.trim().to_owned(),
    }
}

/// Whether an office has answered why, in these very words: *confermo*, to this finding and these values.
pub(super) fn says_why(plan: &Plan, submission: &Submission, finding: &Finding) -> bool {
    let mut given = submission.responses.iter().filter(|one| one.kind == Some(AnswerKind::Confermo));
    let mut bound = None;
    given.any(|one| {
        !one.reason.is_empty()
            && *bound.get_or_insert_with(|| binding(plan, submission, finding)) == one.bound
    })
}

/// Puts beside each finding the answers that are bound to it.
pub(super) fn bind(context: &Context<'_>, findings: &mut [Finding]) {
    for submission in context.submissions.iter().filter(|one| !one.responses.is_empty()) {
        let given: BTreeMap<&str, &Response> =
            submission.responses.iter().map(|one| (one.bound.as_str(), one)).collect();
        for finding in findings.iter_mut().filter(|one| concerns(context.plan, submission, one)) {
            let Some(response) = given.get(binding(context.plan, submission, finding).as_str()) else {
                continue;
            };
            let office = submission.office.clone();
            let (kind, reason) = match response.kind {
                Some(kind) => (kind, response.reason.clone()),
                None => (AnswerKind::Altro, unforeseen(response)),
            };
            finding.answered.push(Answered { office, kind, reason });
        }
    }
}

/// What was written in place of an answer, with its reason.
fn unforeseen(response: &Response) -> String {
    let said = [response.typed.as_str(), response.reason.as_str()];
    said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Puts beside each finding that nobody has explained what an office had explained of it in a month before:
/// as long as it is the same, and so are the values that it names.
pub(super) fn remember(context: &Context<'_>, findings: &mut [Finding]) {
    let Some(memory) = context.previous else { return };
    if memory.told().all(|told| told.answers.is_empty()) {
        return;
    }
    for finding in
        findings.iter_mut().filter(|one| one.answered.is_empty() && one.severity < Severity::Errore)
    {
        let now = Told::of(context.plan, finding);
        let same = |told: &&Told| told.subject() == now.subject() && told.found == now.found;
        let Some(told) = memory.told().find(same).filter(|_| unmoved(context, memory, finding)) else {
            continue;
        };
        let since = format!("{REMEMBERED}{})", told.since.unwrap_or(memory.month).in_words());
        finding.answered.extend(told.answers.iter().map(|(office, reason)| Answered {
            office: office.clone(),
            kind: AnswerKind::Confermo,
            reason: if reason.contains(REMEMBERED) { reason.clone() } else { format!("{reason}{since}") },
        }));
    }
}

/// What follows the reason of an answer that an earlier month had.
const REMEMBERED: &str = " (già spiegato: ";

/// Whether the values that a finding names are of the months consolidated already, and what they were.
fn unmoved(context: &Context<'_>, memory: &Memory, finding: &Finding) -> bool {
    finding.entries.iter().all(|at| {
        let office = context.plan.offices.as_slice().get(at.office).map(|office| &office.id);
        let own = context.submissions.iter().find(|own| Some(&own.office) == office);
        let month = match own.and_then(|own| own.standing(*at)) {
            Some(Standing::Entry(entry, _)) => entry.id.month,
            Some(Standing::Text(_, month, _)) => month,
            None => return false,
        };
        let known = month.is_none_or(|month| month <= memory.month.month);
        known && context.changes.iter().all(|change| change.at != Some(*at))
    })
}

/// Whether a finding is about something that an office sent.
pub fn concerns(plan: &Plan, submission: &Submission, finding: &Finding) -> bool {
    let office = &submission.office;
    let own = plan.offices.place(office);
    finding.severity < Severity::Bloccante
        && (finding.office.as_ref() == Some(office)
            || finding.related.iter().any(|other| other.office == *office)
            || finding.entries.iter().any(|at| Some(at.office) == own))
}
