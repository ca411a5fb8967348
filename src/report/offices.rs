//! *Uffici*: what each office sent, how complete, signed by whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::certify::touches::missing;
use crate::check::{Fate, Received};
use crate::compute::Coverage;
use crate::interpret::{EntryState, Signed, Submission};
use crate::model::{CellRef, Finding, Month, Number, OfficeId, Severity, count};
use crate::plan::Office;

use super::contributions::{self, Contributions};
use super::document;
use super::evidence::{self, Evidences};
use super::index::{Counts, Index};
use super::normalisations::{self, Normalisations};
use super::words::fate_words;
use crate::book::table::{Table, area, cells, header, names, titles};
use crate::book::{Cell, Column, Format, Row, RowKind, Sheet, TabKind, columns, heads};
use crate::certify::Run;
use crate::excel::Target;

columns! {
    /// The columns of *Uffici*.
    pub(crate) Offices in names::OFFICES {
        Office: "Ufficio", 34, Always;
        Schede: "Schede", 16, First;
        Months: "Mesi compilati", 16, First;
        Coverage: "Copertura", 12, First;
        Blocking: "Bloccanti", 11, First;
        Errors: "Errori", 8, First;
        Unusual: "Da motivare", 10, First;
        SignOff: "Firma", 44, First;
        File: "File", 36, Second;
        Notes: "Note", 15, Second;
        First: "Rilievi", 24, Second;
        Present: "Voci presenti", 10, Second;
        Expected: "Voci attese", 10, Second;
        Id: "Id", 24, Screen, key = true;
    }
}

/// The sheet of the offices.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    let missing = missing(run).len();
    let said = if missing == 0 {
        "tutti hanno inviato un file che conta".to_owned()
    } else {
        format!("{} senza un file che conta", count(missing, "ufficio", "uffici"))
    };
    let mut sheet = Table {
        name: names::OFFICES,
        tab: TabKind::Reading,
        title: "Uffici",
        subtitle: format!("{} nel piano: {said}.", count(run.plan.offices.len(), "ufficio", "uffici")),
        columns: heads::<Offices>(),
        empty: "Il piano non ha uffici.",
    }
    .sheet(rows(run, index));
    sheet.leaf = document::part(sheet.rows.len(), Offices::File.col(), 1, true);
    // Several tables: the title heads all the pages.
    sheet.repeat = Some(0);
    // What follows is for the screen: it stands under what is printed.
    let contributed = contributions::rows(run, index);
    let first = append::<Contributions>(&mut sheet, contributions::TITLE, contributions::ABOUT, contributed);
    let (about, normalised) = normalisations::rows(run, index);
    let second = append::<Normalisations>(&mut sheet, normalisations::TITLE, &about, normalised);
    let (about, documents) = evidence::rows(run);
    let third = append::<Evidences>(&mut sheet, evidence::TITLE, &about, documents);
    if let Some(back) = sheet.rows.get_mut(2) {
        back.cells.push(Cell::blank());
        back.cells.push(Cell::link(format!("{} ↓", contributions::TITLE), Some(first)).over(2));
        back.cells.push(Cell::blank());
        back.cells.push(Cell::link(format!("{} ↓", normalisations::TITLE), Some(second)).over(2));
        back.cells.push(Cell::blank());
        back.cells.push(Cell::link(format!("{} ↓", evidence::TITLE), Some(third)).over(2));
    }
    sheet
}

/// Puts one more table under those of the sheet; where its title stands.
fn append<C: Column>(sheet: &mut Sheet, title: &str, about: &str, body: Vec<Vec<Cell>>) -> Target {
    let place = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
    let target = Target { sheet: names::OFFICES, cell: CellRef { row: place(sheet.rows.len()), col: 0 } };
    let columns = u16::try_from(C::ALL.len()).unwrap_or(1);
    sheet.rows.push(Row::line(RowKind::Heading, 0, title, columns));
    sheet.rows.push(Row::line(RowKind::Prose, 0, about, columns));
    if body.is_empty() {
        return target;
    }
    let top = place(sheet.rows.len());
    sheet.rows.push(header(titles::<C>(), body.iter().map(Vec::as_slice)));
    sheet.rows.extend(body.into_iter().map(|cells| Row::of(RowKind::Body, cells)));
    sheet.tables.push(area(top, 0, place(sheet.rows.len()).saturating_sub(1), columns.saturating_sub(1)));
    target
}

/// What is said of an office.
#[derive(Default)]
struct Said<'a> {
    /// Findings that name it, or cells of its file.
    findings: Vec<&'a Finding>,
    /// Its entries reported and due, over its indicators.
    coverage: Coverage,
    /// Its files that do not count.
    refused: Vec<&'a Received>,
}

fn rows(run: &Run<'_>, index: &Index<'_>) -> Vec<Vec<Cell>> {
    let mut said: BTreeMap<&OfficeId, Said<'_>> = BTreeMap::new();
    for finding in &run.checked.findings {
        let named = finding.office.iter().chain(finding.related.iter().map(|other| &other.office));
        for office in named.collect::<BTreeSet<_>>() {
            said.entry(office).or_default().findings.push(finding);
        }
    }
    for own in run.consolidation.indicators.iter().flat_map(|result| &result.per_office) {
        let coverage = &mut said.entry(&own.office).or_default().coverage;
        coverage.present += own.coverage.present;
        coverage.expected += own.coverage.expected;
    }
    for file in run.files.iter().filter(|file| file.fate != Fate::Accepted) {
        if let Some(office) = &file.office {
            said.entry(office).or_default().refused.push(file);
        }
    }
    let nothing = Said::default();
    let row = |office: &Office| row(run, index, office, said.get(&office.id).unwrap_or(&nothing));
    run.plan.offices.iter().map(row).collect()
}

fn row(run: &Run<'_>, index: &Index<'_>, office: &Office, said: &Said<'_>) -> Vec<Cell> {
    let submission = index.senders.get(&office.id).copied();
    let schede: Vec<String> =
        run.plan.schede_of(&office.id).map(|scheda| scheda.number.to_string()).collect();
    let Coverage { present, expected } = said.coverage;
    let counts = Counts::of(said.findings.iter().copied());
    let share = Number::from(present).divided_by(&Number::from(expected));
    let first = index.first_of_office(&office.id);
    cells(|column| match column {
        Offices::Office => Cell::text(&office.name).strong(),
        Offices::Schede => Cell::text(schede.join(", ")),
        Offices::File => Cell::text(file_words(run, submission, &said.refused)),
        Offices::Months => Cell::text(ended(run, office, submission.map_or_else(String::new, months_words))),
        Offices::Present => Cell::count(present as usize),
        Offices::Expected => Cell::count(expected as usize),
        Offices::Coverage => {
            share.clone().map_or_else(Cell::blank, |share| Cell::number(share, Format::Percent))
        }
        Offices::Blocking => Cell::count(counts.get(Severity::Bloccante)),
        Offices::Errors => Cell::count(counts.get(Severity::Errore)),
        Offices::Unusual => Cell::count(counts.get(Severity::DaMotivare)),
        Offices::Notes => Cell::count(counts.get(Severity::Nota)),
        Offices::First if first.is_some() => Cell::link("vai →", first),
        Offices::First => Cell::blank(),
        Offices::SignOff => Cell::text(submission.map_or_else(String::new, |submission| {
            signed(submission.sign_off_of(run.plan.signs(&office.id, run.consolidation.month.month)))
        })),
        Offices::Id => Cell::code(office.id.as_str()),
    })
}

fn file_words(run: &Run<'_>, submission: Option<&Submission>, refused: &[&Received]) -> String {
    if let Some(submission) = submission {
        return submission.file.clone();
    }
    let said: Vec<String> =
        refused.iter().map(|file| format!("{}: {}", file.name, fate_words(run.plan, file))).collect();
    if said.is_empty() { "manca".to_owned() } else { said.join("\n") }
}

/// The months of an office that is no more, and who answers since.
fn ended(run: &Run<'_>, office: &Office, months: String) -> String {
    if !run.plan.is_over(&office.id, run.consolidation.month.month) {
        return months;
    }
    let into = office.merges_into.as_ref().map(|into| format!(", poi {}", run.plan.office_name(into)));
    format!("{months} (c'è stato {}{})", office.span.words(), into.unwrap_or_default())
}

/// The months in which something is typed: `gennaio–marzo, maggio`.
fn months_words(submission: &Submission) -> String {
    let typed = |month: Month| {
        submission.entries.iter().any(|entry| {
            entry.id.month == Some(month)
                && !matches!(entry.state, EntryState::Blank | EntryState::Lost | EntryState::Placeholder)
        })
    };
    let months: Vec<Month> = Month::all().filter(|month| typed(*month)).collect();
    if months.is_empty() {
        return "nessuno".to_owned();
    }
    let mut runs: Vec<(Month, Month)> = Vec::new();
    for month in months {
        match runs.last_mut() {
            Some((_, last)) if last.number() + 1 == month.number() => *last = month,
            _ => runs.push((month, month)),
        }
    }
    let words: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| if first == last { first.name().to_owned() } else { format!("{first}–{last}") })
        .collect();
    words.join(", ")
}

fn signed(sign_off: Signed<'_>) -> String {
    let words: Vec<&str> = sign_off.parts().into_iter().flatten().map(|cell| cell.text.as_str()).collect();
    if words.is_empty() { "non firmato".to_owned() } else { words.join(", ") }
}
