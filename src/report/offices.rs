//! *Uffici*: what each office sent, how complete, signed by whom.

use crate::certify::touches::missing;
use crate::check::Fate;
use crate::interpret::{EntryState, SignOff, Submission};
use crate::model::{Finding, Month, Number, OfficeId, count};
use crate::plan::Office;

use super::index::{Counts, Index};
use super::words::{SEVERITIES, fate_words};
use crate::book::table::{Table, names};
use crate::book::{Cell, Format, Paper, Sheet, TabKind};
use crate::certify::Run;

const COLUMNS: [(&str, u16); 14] = [
    ("Ufficio", 34),
    ("Schede", 12),
    ("File", 36),
    ("Mesi compilati", 18),
    ("Voci presenti", 10),
    ("Voci attese", 9),
    ("Copertura", 12),
    ("Bloccanti", 12),
    ("Errori", 9),
    ("Da motivare", 11),
    ("Note", 8),
    ("Rilievi", 9),
    ("Firma", 24),
    ("Id", 24),
];

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
        columns: &COLUMNS,
        frozen: 1,
        paper: Paper::UpTo(13),
        empty: "Il piano non ha uffici.",
    }
    .sheet(run.plan.offices.iter().map(|office| row(run, index, office)).collect())
}

fn row(run: &Run<'_>, index: &Index<'_>, office: &Office) -> Vec<Cell> {
    let submission = run.submissions.iter().find(|submission| submission.office == office.id);
    let schede: Vec<String> =
        run.plan.schede_of(&office.id).map(|scheda| scheda.number.to_string()).collect();
    let (present, expected) = coverage(run, &office.id);
    let counts = Counts::of(run.checked.findings.iter().filter(|finding| concerns(finding, &office.id)));
    let share = Number::from(present).divided_by(&Number::from(expected));
    let mut cells = vec![
        Cell::text(&office.name).strong(),
        Cell::text(schede.join(", ")),
        Cell::text(file_words(run, office, submission)),
        Cell::text(submission.map_or_else(String::new, months_words)),
        Cell::count(present as usize),
        Cell::count(expected as usize),
        share.map_or_else(Cell::blank, |share| Cell::number(share, Format::Percent)),
    ];
    cells.extend(SEVERITIES.iter().map(|(severity, _)| Cell::count(counts.get(*severity))));
    let first = index.first_of_office(&office.id);
    cells.push(if first.is_some() { Cell::link("vai →", first) } else { Cell::blank() });
    cells.push(Cell::text(submission.map_or_else(String::new, |submission| signed(&submission.sign_off))));
    cells.push(Cell::code(office.id.as_str()));
    cells
}

/// Whether a finding names the office, or cells of its file.
fn concerns(finding: &Finding, office: &OfficeId) -> bool {
    finding.office.as_ref() == Some(office) || finding.related.iter().any(|other| &other.office == office)
}

/// Entries of an office reported and due, over its indicators.
fn coverage(run: &Run<'_>, office: &OfficeId) -> (u32, u32) {
    let own = run.consolidation.indicators.iter().flat_map(|result| &result.per_office);
    own.filter(|own| &own.office == office).fold((0, 0), |(present, expected), own| {
        (present + own.coverage.present, expected + own.coverage.expected)
    })
}

fn file_words(run: &Run<'_>, office: &Office, submission: Option<&Submission>) -> String {
    if let Some(submission) = submission {
        return submission.file.clone();
    }
    let refused = run.files.iter().filter(|file| file.office.as_ref() == Some(&office.id));
    let said: Vec<String> = refused
        .filter(|file| file.fate != Fate::Accepted)
        .map(|file| format!("{}: {}", file.name, fate_words(run.plan, file)))
        .collect();
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

fn signed(sign_off: &SignOff) -> String {
    let words: Vec<&str> = [&sign_off.name, &sign_off.role, &sign_off.date]
        .into_iter()
        .filter_map(|cell| cell.as_ref().map(|cell| cell.text.as_str()))
        .collect();
    if words.is_empty() { "non firmato".to_owned() } else { words.join(", ") }
}
