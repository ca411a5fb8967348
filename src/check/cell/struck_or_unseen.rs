//! C25: a value that is struck out as a whole, or that cannot be seen.

use std::collections::BTreeMap;

use crate::check::desk::fault_code;
use crate::check::ledger::depends_on;
use crate::check::rules::C25;
use crate::check::say::{about_submission, at, at_cells, facts, told, voce_words};
use crate::check::walk::{self, Item};
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Mark, Submission};
use crate::model::{Finding, Place, join_it, quoted};

/// Entries of a voce, or of a row of a register, that are written in the same way: file, voce, row, mark.
type Group<'a> = (&'a str, &'a str, Option<u32>, Mark);

/// Judges every entry, together those of a voce or of a row; then notes, evidence and sign-off.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let mut groups: BTreeMap<Group<'_>, Vec<Item<'_>>> = BTreeMap::new();
    for item in walk::items(context) {
        let (file, entry) = (item.submission.file.as_str(), item.entry);
        if ledger.skip_blocked(&C25, entry.at) {
            continue;
        }
        match (&entry.state, mark(item.submission, &entry.place)) {
            (EntryState::Wrong(fault), _) => ledger.skip(&C25, depends_on(fault_code(fault))),
            (EntryState::Lost, _) => ledger.skip(&C25, depends_on("T06")),
            (_, None) if walk::is_untold(item.submission, entry) => ledger.skip(&C25, walk::UNTOLD),
            (EntryState::Blank, _) | (_, None) => ledger.pass(&C25),
            (_, Some(Mark::Format)) if is_told_by_t22(&item) => ledger.skip(&C25, depends_on("T22")),
            (_, Some(mark)) => {
                let group = (file, item.voce.key.as_str(), entry.id.row, mark);
                groups.entry(group).or_default().push(item);
            }
        }
    }
    for ((.., mark), items) in &groups {
        ledger.fail(of_entries(context, *mark, items));
    }
    for submission in context.submissions {
        for place in submission.text_places.values() {
            match mark(submission, place) {
                Some(mark) => ledger.fail(of_a_text(submission, place, mark)),
                None => ledger.pass(&C25),
            }
        }
    }
}

fn mark(submission: &Submission, place: &Place) -> Option<Mark> {
    submission.traits.written.get(place)?.whole
}

/// Whether the workbook was laid beside its template, and the format told there.
fn is_told_by_t22(item: &Item<'_>) -> bool {
    let beside = item.submission.tampering.as_ref();
    beside.is_some_and(|beside| beside.formats.iter().any(|clash| clash.id == item.entry.id))
}

/// What is wrong, after `il valore` or `i valori`.
fn words(mark: Mark, one: bool) -> &'static str {
    match (mark, one) {
        (Mark::Unseen, true) => "non si vede: ha il colore dello sfondo",
        (Mark::Unseen, false) => "non si vedono: hanno il colore dello sfondo",
        (Mark::Format, true) => "non si vede: il formato della cella lo nasconde",
        (Mark::Format, false) => "non si vedono: il formato delle celle li nasconde",
        (Mark::Tiny, true) => "non si legge: il carattere è troppo piccolo",
        (Mark::Tiny, false) => "non si leggono: il carattere è troppo piccolo",
        (Mark::Conditional, true) => "può non vedersi: una formattazione condizionale lo nasconde o lo barra",
        (Mark::Conditional, false) => {
            "possono non vedersi: una formattazione condizionale li nasconde o li barra"
        }
        (_, true) => "è barrato",
        (_, false) => "sono barrati",
    }
}

fn of_entries(context: &Context<'_>, mark: Mark, items: &[Item<'_>]) -> Finding {
    let values: Vec<String> = items.iter().map(|item| item.entry.raw.clone()).collect();
    let shown: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    let expected = "un valore leggibile";
    let Some(first) = items.first() else { return Finding::of(&C25) };
    if items.len() == 1 {
        let what = format!("il valore {} {}", shown.concat(), words(mark, true));
        return first.finding(context, &C25, expected, &what);
    }
    let what = format!("i valori {} {}", join_it(&shown), words(mark, false));
    let cells = items.iter().map(|item| item.entry.place.cell);
    let base = first.finding(context, &C25, expected, &what);
    let base = Finding { month: None, ..at_cells(base, &first.entry.place.sheet, cells) };
    let indicator = context.plan.voce(&first.voce.key).map(|(indicator, voce)| voce_words(indicator, voce));
    let row = first.entry.id.row.map(|row| format!(", riga {row}")).unwrap_or_default();
    let place = format!("{}{row}", indicator.unwrap_or_default());
    told(facts(base, values.join("; "), expected), &place, &what)
}

/// A note, a reference or a name of the sign-off.
fn of_a_text(submission: &Submission, place: &Place, mark: Mark) -> Finding {
    let base = facts(at(about_submission(&C25, submission), place), mark.label(), "un testo leggibile");
    let what = format!("il testo {}", words(mark, true));
    told(base, &format!("Foglio {}", quoted(&place.sheet)), &what)
}
