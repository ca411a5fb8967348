//! T09: a locked text of the template reads otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::beside::{
    at_sheet, by_sheet_unless, entries_of, is_another_target, key_words, rows_were_shuffled, some_of,
    voce_of_key,
};
use super::other_label;
use crate::check::rules::T09;
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, LockedText, Submission, Tampering};
use crate::model::{CellRef, Finding, Place, Severity, VoceKey, joining_key, quoted};

/// What to do with a text that says the same.
const SAME: &str = "Nulla da fare: cambiano solo maiuscole, spazi o segni.";

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let told = |submission: &Submission, beside: &Tampering, sheet: &str| {
        let target = |text: &LockedText| text.place.sheet == sheet && is_another_target(context, text);
        // What has no key cannot be followed: T05 speaks of the rows.
        let shuffled = rows_were_shuffled(submission, sheet).then_some("T05");
        let another = || beside.texts.iter().any(target).then_some("T10");
        shuffled.or_else(another).or_else(|| {
            let other =
                |text: &LockedText| text.place.sheet == sheet && other_label::tells(submission, &text.place);
            beside.texts.iter().any(other).then_some("T24")
        })
    };
    by_sheet_unless(context, ledger, &T09, told, |submission, beside, sheet| {
        if rows_were_shuffled(submission, sheet) {
            return Vec::new();
        }
        let texts = beside.texts.iter().filter(|text| text.place.sheet == sheet);
        let texts = texts.filter(|text| !is_another_target(context, text));
        let texts = texts.filter(|text| !other_label::tells(submission, &text.place));
        by_row(texts).into_iter().flat_map(|row| told_of_row(context, submission, &row)).collect()
    });
}

/// From so many texts on, a row that was cleared is one thing that happened.
const A_ROW: usize = 3;

/// The texts, those that were cleared together by their row.
fn by_row<'a>(texts: impl Iterator<Item = &'a LockedText>) -> Vec<Vec<&'a LockedText>> {
    let mut rows: BTreeMap<(u32, bool), Vec<&LockedText>> = BTreeMap::new();
    for text in texts {
        rows.entry((text.place.cell.row, text.found.is_empty())).or_default().push(text);
    }
    rows.into_values().collect()
}

fn told_of_row(context: &Context<'_>, submission: &Submission, row: &[&LockedText]) -> Vec<Finding> {
    match row {
        [first, ..] if first.found.is_empty() && row.len() >= A_ROW => {
            let names: Vec<String> = row.iter().map(|text| quoted(&text.expected)).collect();
            let what = format!(
                "i testi della riga {} sono stati cancellati: {}",
                first.place.cell.row + 1,
                some_of(&names)
            );
            let cells: BTreeSet<CellRef> = row
                .iter()
                .flat_map(|text| {
                    let data = data(context, submission, text).map(|entry| entry.place.cell);
                    data.chain([text.place.cell])
                })
                .collect();
            let expected = names.join("; ");
            let finding = at_sheet(&T09, submission, &first.place.sheet, cells, ("", &expected, &what));
            vec![Finding { found: format!("{expected} cancellati"), ..finding }]
        }
        texts => texts.iter().map(|text| finding(context, submission, text)).collect(),
    }
}

fn finding(context: &Context<'_>, submission: &Submission, text: &LockedText) -> Finding {
    let expected = quoted(&text.expected);
    let what = if text.found.is_empty() {
        format!("il testo {expected} è stato cancellato")
    } else {
        format!("al posto di {expected} c'è {}", quoted(&text.found))
    };
    let known = context.plan.voce(&VoceKey::from_text(voce_of_key(&text.key)));
    let near = known.map(|_| format!("accanto a {}, ", key_words(context, &text.key))).unwrap_or_default();
    // The label itself needs no neighbour to be found.
    let own = known.is_some_and(|(_, voce)| voce.label == text.expected);
    let what = if own { what } else { format!("{near}{what}") };
    let cells: Vec<CellRef> = data(context, submission, text).map(|entry| entry.place.cell).collect();
    let cells = cells.into_iter().chain([text.place.cell]);
    let finding = at_sheet(&T09, submission, &text.place.sheet, cells, (&text.found, &text.expected, &what));
    // A text between two rows is of neither.
    let voce = known.filter(|_| text.own_row).map(|(_, voce)| voce.key.clone());
    let finding = Finding { indicator: known.map(|(indicator, _)| indicator.code.clone()), voce, ..finding };
    if text.found.is_empty() {
        // What is not there has no words of its own to be accepted by.
        return Finding { found: format!("{expected} cancellato"), ..finding };
    }
    match reads_the_same(&text.found, &text.expected) {
        true => Finding { severity: Severity::Nota, remedy: SAME.to_owned(), ..finding },
        false => finding,
    }
}

/// Whether two texts differ only in what changes no word: case, blanks, kind of quotation marks, apostrophes
/// and dashes.
fn reads_the_same(found: &str, expected: &str) -> bool {
    let words = |text: &str| joining_key(text).replace(' ', "");
    words(found) == words(expected)
}

/// The data that the text says what they are: what is typed in its row up to the reporting month, or in the
/// column of a register that it heads.
fn data<'a>(
    context: &'a Context<'_>,
    submission: &'a Submission,
    text: &'a LockedText,
) -> impl Iterator<Item = &'a Entry> {
    let due = |entry: &&Entry| entry.id.month.is_none_or(|month| month <= context.month.month);
    let typed = |entry: &&Entry| text.own_row && !entry.raw.trim().is_empty();
    let register = text.key.strip_suffix('#');
    entries_of(submission).filter(due).filter(typed).filter(move |entry| {
        let Place { sheet, cell } = &entry.place;
        let in_its_place = match register {
            Some(register) => register == entry.id.voce.as_str() && cell.col == text.place.cell.col,
            None => cell.row == text.place.cell.row,
        };
        *sheet == text.place.sheet && in_its_place
    })
}

#[cfg(test)]
mod tests {
    use super::reads_the_same;

    #[test]
    fn case_blanks_and_kinds_of_signs_change_no_word() {
        let label = "Supermercati sorvegliati (prima volta nell'anno)";
        for same in [
            "SUPERMERCATI SORVEGLIATI (PRIMA VOLTA NELL’ANNO)",
            "Supermercati  sorvegliati ( prima volta nell`anno )",
            "Supermercati sorvegliati(prima volta nell'anno)",
        ] {
            assert!(reads_the_same(same, label), "{same}");
        }
        for other in ["Supermercati sorvegliati", "Supermercati sorvegliati (prima volta nel mese)", ""] {
            assert!(!reads_the_same(other, label), "{other}");
        }
        assert!(!reads_the_same("Imprese 1-2", "Imprese 12"));
    }
}
