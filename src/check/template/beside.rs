//! A workbook beside its template: its sheets, its keys, its live cells.

use crate::check::ledger::depends_on;
use crate::check::{Context, Ledger, say};
use crate::interpret::{
    Entry, EntryState, LiveCell, LiveState, LockedText, StructureFact, Submission, Tampering,
};
use crate::model::{CellRef, EntryId, Finding, Rule, VoceKey, join_it, quoted};
use crate::plan::{Indicator, Register};

/// Names listed in a sentence before "e altre N".
pub(super) const NAMED: usize = 6;

/// The schede in which the submission's office takes part.
pub(super) fn schede<'a>(context: &Context<'a>, submission: &'a Submission) -> impl Iterator<Item = u8> + 'a {
    context.plan.schede_of(&submission.office).map(|scheda| scheda.number)
}

/// The fact that a scheda has no sheet.
pub(super) fn sheet_gone(submission: &Submission, scheda: u8) -> Option<&StructureFact> {
    submission
        .structure
        .iter()
        .find(|fact| matches!(fact, StructureFact::SheetMissing { scheda: gone, .. } if *gone == scheda))
}

/// All entries, the declared months of the registers included.
pub(super) fn entries_of(submission: &Submission) -> impl Iterator<Item = &Entry> {
    submission.entries.iter().chain(submission.completeness.values())
}

/// Whether a locked text that reads otherwise is a target that says another thing: T10, not T09.
pub(super) fn is_another_target(context: &Context<'_>, text: &LockedText) -> bool {
    let printed = |indicator: &Indicator| format!("Target: {}", indicator.target.printed);
    context.plan.indicators().map(printed).any(|target| {
        text.expected.starts_with(&target) && !text.found.starts_with(&target) && !text.found.is_empty()
    })
}

/// The scheda of a row's key: 3 for `S03.orafi_iscritti`.
pub(super) fn scheda_of(key: &str) -> Option<u8> {
    key.strip_prefix('S')?.split('.').next()?.parse().ok()
}

/// The voce of a row's key: `S01.bandi` for `S01.bandi#3` and for `S01.bandi.completo`.
pub(super) fn voce_of_key(key: &str) -> &str {
    let key = key.split('#').next().unwrap_or(key);
    key.strip_suffix(".completo").unwrap_or(key)
}

/// Whether an entry stands on the row with this key.
pub(super) fn keyed(id: &EntryId, key: &str) -> bool {
    match (id.row, key.split_once('#')) {
        (Some(row), Some((voce, ordinal))) => voce == id.voce.as_str() && ordinal.parse() == Ok(row),
        (None, None) => voce_of_key(key) == id.voce.as_str(),
        _ => false,
    }
}

/// A row's key for people: `«Orafi ispezionati»`, `«Bandi», riga 3`, `«Bandi», intestazione del registro`.
pub(super) fn key_words(context: &Context<'_>, key: &str) -> String {
    let voce = VoceKey::from_text(voce_of_key(key));
    let label = context.plan.voce(&voce).map_or(key, |(_, voce)| voce.label.as_str());
    match key.split_once('#') {
        // The row of the headings.
        Some((_, "")) => format!("{}, intestazione del registro", quoted(label)),
        Some((_, row)) => format!("{}, riga {row}", quoted(label)),
        None if key.ends_with(".completo") => format!("{}, completo fino al mese", quoted(label)),
        None => quoted(label),
    }
}

/// A row of a register for people: what its columns say, one after the other.
pub(super) fn row_words(register: &Register, own: &[&Entry]) -> String {
    let fields = register.columns.iter().filter_map(|column| {
        let entry = own.iter().find(|entry| entry.id.column.as_ref() == Some(&column.key))?;
        match &entry.state {
            EntryState::Value(value) => Some(value.to_people()),
            EntryState::Blank => None,
            _ => Some(entry.raw.clone()),
        }
    });
    fields.collect::<Vec<_>>().join(", ")
}

/// The first names of a list, saying how many are left.
pub(super) fn some_of(names: &[String]) -> String {
    let mut said: Vec<String> = names.iter().take(NAMED).cloned().collect();
    match names.len().saturating_sub(NAMED) {
        0 => {}
        1 => said.push("un'altra".to_owned()),
        more => said.push(format!("altre {more}")),
    }
    join_it(&said)
}

/// The submission beside its template; without one, why `rule` is not judged goes in the account.
pub(super) fn beside<'a>(
    ledger: &mut Ledger,
    rule: &'static Rule,
    submission: &'a Submission,
) -> Option<&'a Tampering> {
    if submission.tampering.is_none() {
        let other = !submission.is_of_this_wording();
        let foreign =
            submission.structure.iter().any(|fact| matches!(fact, StructureFact::Unassigned { .. }));
        ledger.skip(
            rule,
            match (other, foreign) {
                (true, _) => depends_on("P23"),
                (false, true) => depends_on("A02"),
                (false, false) => "manca il modello da confrontare".to_owned(),
            },
        );
    }
    submission.tampering.as_ref()
}

/// Judges each sheet that could be laid beside the template's; one that is gone depends on T01.
pub(super) fn by_sheet(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    judge: impl Fn(&Submission, &Tampering, &str) -> Vec<Finding>,
) {
    by_sheet_unless(context, ledger, rule, |_, _, _| None, judge);
}

/// The same, where `told` names the check that already speaks of what a sheet without findings holds.
pub(super) fn by_sheet_unless(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    told: impl Fn(&Submission, &Tampering, &str) -> Option<&'static str>,
    judge: impl Fn(&Submission, &Tampering, &str) -> Vec<Finding>,
) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, rule, submission) else { continue };
        for sheet in &beside.sheets {
            let findings = judge(submission, beside, sheet);
            if findings.is_empty() {
                match told(submission, beside, sheet) {
                    Some(code) => ledger.skip(rule, depends_on(code)),
                    None => ledger.pass(rule),
                }
            }
            findings.into_iter().for_each(|finding| ledger.fail(finding));
        }
        for _ in schede(context, submission).filter(|scheda| sheet_gone(submission, *scheda).is_some()) {
            ledger.skip(rule, depends_on("T01"));
        }
    }
}

/// Whether the rows of a sheet stand in another order than in the template.
pub(super) fn rows_were_shuffled(submission: &Submission, sheet: &str) -> bool {
    submission.structure.iter().any(|fact| match fact {
        StructureFact::RowsMoved { sheet: own, shuffled, .. } => own == sheet && *shuffled,
        _ => false,
    })
}

/// A finding about cells of a sheet: `Foglio «Scheda 3»: what. Why. Cells.`
pub(super) fn at_sheet(
    rule: &'static Rule,
    submission: &Submission,
    sheet: &str,
    cells: impl IntoIterator<Item = CellRef>,
    (found, expected, what): (&str, &str, &str),
) -> Finding {
    let scheda = entries_of(submission).find(|entry| entry.place.sheet == sheet);
    let scheda = scheda.and_then(|entry| scheda_of(entry.id.voce.as_str()));
    let base = Finding { scheda, ..say::at_cells(say::about_submission(rule, submission), sheet, cells) };
    say::told(say::facts(base, found, expected), &format!("Foglio {}", quoted(sheet)), what)
}

/// The indicator of a live cell.
fn indicator_of<'p>(context: &Context<'p>, live: &LiveCell) -> Option<&'p Indicator> {
    let of_result = |own: &&Indicator| own.code.manifest_key("risultato") == live.key;
    if live.result {
        return context.plan.indicators().find(of_result);
    }
    context.plan.voce(&VoceKey::from_text(voce_of_key(&live.key))).map(|(indicator, _)| indicator)
}

/// A live cell for people: `il totale di «Supermercati»`, `il risultato dell'indicatore 3.2`.
pub(super) fn live_words(context: &Context<'_>, live: &LiveCell) -> String {
    match indicator_of(context, live) {
        Some(indicator) if live.result => format!("il risultato dell'indicatore {}", indicator.code),
        _ if live.key.contains('#') => format!("il calcolo di {}", key_words(context, &live.key)),
        _ => format!("il totale di {}", key_words(context, &live.key)),
    }
}

/// Judges the live cells together by voce, or by result: `judge` gives what is wrong in one of them. Cells on
/// rows that the scheda has lost depend on who says so.
pub(super) fn by_live(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    judge: impl Fn(&LiveCell) -> Option<(String, String, String)>,
) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, rule, submission) else { continue };
        let mut groups: Vec<Vec<&LiveCell>> = Vec::new();
        for live in &beside.live {
            let same = |other: &&LiveCell| {
                (voce_of_key(&other.key), other.result, &other.place.sheet)
                    == (voce_of_key(&live.key), live.result, &live.place.sheet)
            };
            match groups.last_mut() {
                Some(group) if group.last().is_some_and(same) => group.push(live),
                _ => groups.push(vec![live]),
            }
        }
        for group in groups {
            let wrong: Vec<(&LiveCell, (String, String, String))> =
                group.iter().filter_map(|live| Some((*live, judge(live)?))).collect();
            let lost = group.iter().find_map(|live| match live.state {
                LiveState::Unjudged(code @ ("T06" | "T07")) => Some(code),
                _ => None,
            });
            match (wrong.first(), lost) {
                (Some((first, (found, expected, what))), _) => {
                    let cells = wrong.iter().map(|(live, _)| live.place.cell);
                    let mut words = live_words(context, first);
                    if wrong.len() > 1 {
                        words.push_str(&format!(" e {}", others(wrong.len() - 1)));
                    }
                    let facts = (found.as_str(), expected.as_str(), &*format!("{words}: {what}"));
                    ledger.fail(of_voce(
                        context,
                        at_sheet(rule, submission, &first.place.sheet, cells, facts),
                        first,
                    ));
                }
                (None, Some(code)) => ledger.skip(rule, depends_on(code)),
                (None, None) => ledger.pass(rule),
            }
        }
    }
}

pub(super) fn others(number: usize) -> String {
    if number == 1 { "un'altra cella".to_owned() } else { format!("altre {number} celle") }
}

/// `finding` with the indicator, and the voce, of a live cell.
pub(super) fn of_voce(context: &Context<'_>, finding: Finding, live: &LiveCell) -> Finding {
    let Some(indicator) = indicator_of(context, live) else { return finding };
    let voce = (!live.result).then(|| VoceKey::from_text(voce_of_key(&live.key)));
    Finding { scheda: Some(indicator.scheda), indicator: Some(indicator.code.clone()), voce, ..finding }
}
