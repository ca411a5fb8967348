//! *Rilievi*: every finding, none capped, each with its place and its remedy.

use crate::model::{CellRef, Finding, Related, count, quoted};

use super::Run;
use super::index::Index;
use super::results;
use super::sheet::{Cell, Content, Paper, Sheet, TabKind};
use super::table::{Table, names};
use super::words::capital;

const COLUMNS: [(&str, u16); 17] = [
    ("N.", 6),
    ("Codice", 9),
    ("Gravità", 15),
    ("Ufficio", 24),
    ("Che cosa c'è", 70),
    ("Che cosa fare", 46),
    ("Dati", 9),
    ("Esito", 10),
    ("File", 34),
    ("Foglio", 11),
    ("Celle", 14),
    ("Scheda", 9),
    ("Indicatore", 12),
    ("Voce", 28),
    ("Mese", 11),
    ("Trovato", 24),
    ("Atteso", 24),
];

/// The sheet of the findings.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    let findings = &run.checked.findings;
    let rows = findings.iter().enumerate().map(|(place, finding)| row(run, index, place, finding)).collect();
    Table {
        name: names::FINDINGS,
        tab: TabKind::Reading,
        title: "Rilievi",
        subtitle: format!(
            "{}, dai più gravi: dove, che cosa è stato trovato, che cosa fare. Il significato di ogni codice è nel foglio «{}».",
            count(findings.len(), "rilievo", "rilievi"),
            names::CHECKS
        ),
        columns: &COLUMNS,
        frozen: 3,
        paper: Paper::Double { from: 8, again: 3, until: None },
        empty: "Nessun rilievo.",
    }
    .sheet(rows)
}

fn row(run: &Run<'_>, index: &Index<'_>, place: usize, finding: &Finding) -> Vec<Cell> {
    let data = index.finding_data(finding);
    let result = finding.indicator.as_ref().and_then(|code| results::target(run, code));
    vec![
        Cell::count(place + 1),
        Cell::code(finding.rule.code).strong(),
        Cell::of(Content::Severity(finding.severity)),
        Cell::text(finding.office.as_ref().map_or("", |office| run.plan.office_name(office))),
        Cell::text(message(run, finding)),
        Cell::text(&finding.remedy),
        if data.is_some() { Cell::link("dato →", data) } else { Cell::blank() },
        if result.is_some() { Cell::link("esito →", result) } else { Cell::blank() },
        Cell::text(finding.file.as_deref().unwrap_or_default()),
        Cell::text(finding.sheet.as_deref().unwrap_or_default()),
        Cell::text(cells_words(&finding.cells)),
        finding.scheda.map_or_else(Cell::blank, |scheda| Cell::count(usize::from(scheda))),
        Cell::code(finding.indicator.as_ref().map_or("", |code| code.as_str())),
        Cell::text(finding.voce.as_ref().map_or_else(String::new, |key| results::label(run.plan, key))),
        Cell::text(finding.month.map_or("", |month| month.name())),
        Cell::text(&finding.found),
        Cell::text(&finding.expected),
    ]
}

/// The whole sentence, with the other places when there are any.
fn message(run: &Run<'_>, finding: &Finding) -> String {
    let sentence = if finding.message.is_empty() { finding.rule.name } else { &finding.message };
    let mut lines = vec![capital(sentence)];
    // Most sentences name the other cells themselves.
    let named = |other: &&Related| {
        let own_file = finding.file.as_ref() == Some(&other.file);
        sentence.contains(&if own_file { format!("'{}'!", other.sheet) } else { quoted(&other.file) })
    };
    let others: Vec<String> =
        finding.related.iter().filter(|other| !named(other)).map(|other| place_words(run, other)).collect();
    if !others.is_empty() {
        lines.push(format!("Anche: {}.", others.join("; ")));
    }
    if let Some(waived) = &finding.waived {
        let until = waived.until.map(|month| format!(", fino {month:#}")).unwrap_or_default();
        lines.push(format!("DEROGATO: {} ({}{until}).", waived.reason, waived.who));
    }
    lines.join("\n")
}

fn place_words(run: &Run<'_>, other: &Related) -> String {
    let cells = cells_words(&other.cells);
    let whose = run.plan.office_name(&other.office);
    if cells.is_empty() {
        format!("{whose}, foglio «{}»", other.sheet)
    } else {
        format!("{whose}, foglio «{}», {}", other.sheet, cells)
    }
}

/// Cells in order, those side by side as a range: `E9:J9, D12`.
fn cells_words(cells: &[CellRef]) -> String {
    let mut runs: Vec<(CellRef, CellRef)> = Vec::new();
    for cell in cells {
        match runs.last_mut() {
            Some((_, last)) if last.row == cell.row && last.col.checked_add(1) == Some(cell.col) => {
                *last = *cell
            }
            _ => runs.push((*cell, *cell)),
        }
    }
    let words: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}:{last}") })
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{CellRef, cells_words};

    #[test]
    fn cells_side_by_side_are_a_range() {
        let cells: Vec<CellRef> =
            ["E9", "F9", "G9", "D12", "D13"].iter().filter_map(|text| CellRef::parse(text)).collect();
        assert_eq!(cells_words(&cells), "E9:G9, D12, D13");
        assert_eq!(cells_words(&[]), "");
    }
}
