//! Findings in the making: who, where and the sentence, worded in one place.
//!
//! A message reads: place in words: what was found. Why it matters. Cells. The remedy stands apart.

use super::Received;
use crate::interpret::{Entry, Submission};
use crate::model::{CellRef, EntryId, Finding, Place, Related, Rule, VoceKey, quoted};
use crate::plan::{Indicator, Plan, Voce};

/// Cells named in a sentence before "e altre N"; the finding itself always names them all.
const NAMED: usize = 12;

/// A finding about a file.
pub(super) fn about_file(rule: &'static Rule, file: &Received) -> Finding {
    Finding { office: file.office.clone(), file: Some(file.name.clone()), ..Finding::of(rule) }
}

/// A finding about an office's workbook.
pub(super) fn about_submission(rule: &'static Rule, submission: &Submission) -> Finding {
    Finding {
        office: Some(submission.office.clone()),
        file: Some(submission.file.clone()),
        ..Finding::of(rule)
    }
}

/// A finding about a voce of an office's workbook, without a place.
pub(super) fn about_voce(
    rule: &'static Rule,
    submission: &Submission,
    indicator: &Indicator,
    voce: &VoceKey,
) -> Finding {
    Finding {
        scheda: Some(indicator.scheda),
        indicator: Some(indicator.code.clone()),
        voce: Some(voce.clone()),
        ..about_submission(rule, submission)
    }
}

/// A finding about an entry: office, file, sheet, cell, scheda, indicator, voce, month.
pub(super) fn about(plan: &Plan, rule: &'static Rule, submission: &Submission, entry: &Entry) -> Finding {
    let base = match plan.voce(&entry.id.voce) {
        Some((indicator, voce)) => about_voce(rule, submission, indicator, &voce.key),
        None => Finding { voce: Some(entry.id.voce.clone()), ..about_submission(rule, submission) },
    };
    Finding { month: entry.id.month, ..at(base, &entry.place) }
}

/// `finding` at a place.
pub(super) fn at(finding: Finding, place: &Place) -> Finding {
    Finding { sheet: Some(place.sheet.clone()), cells: vec![place.cell], ..finding }
}

/// `finding` with its cells, all of `sheet`, in order and each once.
pub(super) fn at_cells(finding: Finding, sheet: &str, cells: impl IntoIterator<Item = CellRef>) -> Finding {
    let mut cells: Vec<CellRef> = cells.into_iter().collect();
    cells.sort_unstable();
    cells.dedup();
    Finding { sheet: Some(sheet.to_owned()), cells, ..finding }
}

/// `finding` with what was found and what was expected, for machines.
pub(super) fn facts(finding: Finding, found: impl Into<String>, expected: impl Into<String>) -> Finding {
    Finding { found: found.into(), expected: expected.into(), ..finding }
}

/// `finding` with its sentence: `place: what. Why. Cells.`
pub(super) fn told(finding: Finding, place: &str, what: &str) -> Finding {
    let why = finding.rule.why;
    told_why(finding, place, what, why)
}

/// The same with another reason than the rule's.
pub(super) fn told_why(finding: Finding, place: &str, what: &str, why: &str) -> Finding {
    let mut message = format!("{place}: {} {why}", stopped(what));
    if let Some(cells) = cells_words(finding.sheet.as_deref(), &finding.cells) {
        message.push(' ');
        message.push_str(&cells);
    }
    for other in &finding.related {
        if let Some(place) = related_words(&finding, other) {
            message.truncate(message.trim_end_matches('.').len());
            message.push_str(&format!("; {place}."));
        }
    }
    Finding { message, ..finding }
}

/// The cells of another file or sheet, after those of the finding's own: `la stessa nel file «…»` when they
/// have the same address.
fn related_words(finding: &Finding, other: &Related) -> Option<String> {
    let label = if other.cells.len() == 1 { "Cella: " } else { "Celle: " };
    let cells = cells_words(Some(&other.sheet), &other.cells)?;
    let cells = cells.trim_start_matches(label).trim_end_matches('.');
    if finding.file.as_ref() == Some(&other.file) {
        return Some(cells.to_owned());
    }
    let file = quoted(&other.file);
    let same = finding.sheet.as_ref() == Some(&other.sheet) && finding.cells == other.cells;
    Some(match (same, other.cells.len()) {
        (true, 1) => format!("la stessa nel file {file}"),
        (true, _) => format!("le stesse nel file {file}"),
        (false, _) => format!("nel file {file} {cells}"),
    })
}

/// An entry's place in words: `Scheda 3, «Orafi ispezionati», maggio`.
pub(super) fn place_words(plan: &Plan, id: &EntryId) -> String {
    let Some((indicator, voce)) = plan.voce(&id.voce) else { return quoted(id.voce.as_str()) };
    let mut words = voce_words(indicator, voce);
    if let Some(month) = id.month {
        words.push_str(&format!(", {month}"));
    }
    if let Some(row) = id.row {
        words.push_str(&format!(", riga {row}"));
    }
    if let Some(column) = &id.column {
        let register = voce.register.as_ref();
        let label = register.and_then(|register| register.column(column)).map(|column| column.label.as_str());
        words.push_str(&format!(", {}", quoted(label.unwrap_or(column))));
    }
    words
}

/// A voce's place in words: `Scheda 3, «Orafi ispezionati»`.
pub(super) fn voce_words(indicator: &Indicator, voce: &Voce) -> String {
    format!("Scheda {}, {}", indicator.scheda, quoted(&voce.label))
}

/// The cells in words: `Celle: 'Scheda 3'!D8:F8 e H9.`; `None` without cells.
pub(super) fn cells_words(sheet: Option<&str>, cells: &[CellRef]) -> Option<String> {
    let spans = spans(cells);
    let (sheet, first) = (sheet?, spans.first()?);
    let one = cells.len() == 1;
    let named = spans.get(..NAMED.min(spans.len())).unwrap_or_default();
    let rest: usize = spans.iter().skip(NAMED).map(|(from, to)| usize::from(to.col - from.col) + 1).sum();
    let mut words: Vec<String> = named.iter().map(|span| span_words(*span)).collect();
    if rest > 0 {
        words.push(if rest == 1 { "un'altra".to_owned() } else { format!("altre {rest}") });
    }
    debug_assert!(named.first() == Some(first));
    let label = if one { "Cella" } else { "Celle" };
    Some(format!("{label}: '{sheet}'!{}.", crate::model::join_it(&words)))
}

/// Neighbouring cells of a row, as (first, last).
fn spans(cells: &[CellRef]) -> Vec<(CellRef, CellRef)> {
    let mut spans: Vec<(CellRef, CellRef)> = Vec::new();
    for cell in cells {
        match spans.last_mut() {
            Some((_, to)) if to.row == cell.row && to.col.checked_add(1) == Some(cell.col) => *to = *cell,
            _ => spans.push((*cell, *cell)),
        }
    }
    spans
}

fn span_words((from, to): (CellRef, CellRef)) -> String {
    if from == to { from.to_string() } else { format!("{from}:{to}") }
}

fn stopped(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::cells_words;
    use crate::model::CellRef;

    fn cells(text: &str) -> Vec<CellRef> {
        text.split(' ').map(|cell| CellRef::parse(cell).unwrap()).collect()
    }

    #[test]
    fn cells_are_told_in_words() {
        let say = |text: &str| cells_words(Some("Scheda 3"), &cells(text)).unwrap();
        assert_eq!(say("H14"), "Cella: 'Scheda 3'!H14.");
        assert_eq!(say("D8 D9"), "Celle: 'Scheda 3'!D8 e D9.");
        assert_eq!(say("D8 E8 F8 H9"), "Celle: 'Scheda 3'!D8:F8 e H9.");
        assert_eq!(
            say("A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 B13"),
            "Celle: 'Scheda 3'!A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12 e altre 2."
        );
        assert_eq!(cells_words(None, &cells("A1")), None);
        assert_eq!(cells_words(Some("Scheda 3"), &[]), None);
    }
}
