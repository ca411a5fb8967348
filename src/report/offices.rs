//! *Uffici*: what each office sent, how complete, signed by whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::certify::touches::missing;
use crate::check::{Fate, Received};
use crate::compute::Coverage;
use crate::interpret::{EntryState, Signed, Submission};
use crate::model::{Finding, Month, Number, OfficeId, Severity, count};
use crate::plan::Office;

use super::index::{Counts, Index};
use super::words::fate_words;
use crate::book::table::{Table, cells, names};
use crate::book::{Cell, Format, Sheet, TabKind, columns, heads};
use crate::certify::Run;

columns! {
    /// The columns of *Uffici*.
    pub(crate) Offices in names::OFFICES {
        Office: "Ufficio", 34, Always;
        Schede: "Schede", 12, First;
        File: "File", 36, First;
        Months: "Mesi compilati", 18, First;
        Present: "Voci presenti", 10, First;
        Expected: "Voci attese", 9, First;
        Coverage: "Copertura", 12, First;
        Blocking: "Bloccanti", 12, First;
        Errors: "Errori", 9, First;
        Unusual: "Da motivare", 11, First;
        Notes: "Note", 8, First;
        First: "Rilievi", 9, First;
        SignOff: "Firma", 24, First;
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
    Table {
        name: names::OFFICES,
        tab: TabKind::Reading,
        title: "Uffici",
        subtitle: format!("{} nel piano: {said}.", count(run.plan.offices.len(), "ufficio", "uffici")),
        columns: heads::<Offices>(),
        empty: "Il piano non ha uffici.",
    }
    .sheet(rows(run, index))
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
        Offices::Months => Cell::text(submission.map_or_else(String::new, months_words)),
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
            signed(submission.sign_off_of(run.consolidation.month.month))
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
