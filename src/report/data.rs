//! *Dati*: every entry read, with its place and whether it counts.

use crate::admit::{Admission, AdmittedEntry};
use crate::interpret::{Entry, EntryState, Submission, TextCell};
use crate::model::{IndicatorCode, Value, VoceKey, VoceType, count};
use crate::plan::Plan;

use super::Run;
use super::index::{DataRow, Index, Remark};
use super::results::label;
use super::sheet::{Cell, Format, Paper, Sheet, TabKind};
use super::table::{Table, names};

const COLUMNS: [(&str, u16); 14] = [
    ("Voce", 30),
    ("Ufficio", 20),
    ("Mese", 11),
    ("Riga", 7),
    ("Colonna", 14),
    ("Come digitato", 20),
    ("Valore", 13),
    ("Conta?", 21),
    ("Normalizzazione", 20),
    ("File", 34),
    ("Foglio", 11),
    ("Cella", 8),
    ("Chiave", 31),
    ("Indicatori", 13),
];

/// The sheet of the entries.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    Table {
        name: names::DATA,
        tab: TabKind::Evidence,
        title: "Dati",
        subtitle: format!(
            "{}: tutto ciò che gli uffici hanno scritto, e le celle vuote in cui un dato era dovuto entro {}.",
            count(index.data.len(), "cella", "celle"),
            run.consolidation.month.in_words()
        ),
        columns: &COLUMNS,
        frozen: 2,
        paper: Paper::UpTo(12),
        empty: "Nessun dato.",
    }
    .sheet(index.data.iter().map(|row| cells(run, index, row)).collect())
}

fn cells(run: &Run<'_>, index: &Index<'_>, row: &DataRow<'_>) -> Vec<Cell> {
    match row {
        DataRow::Entry(entry) => entry_cells(run, index, entry),
        DataRow::Complete(submission, voce, entry) => complete_cells(run, index, submission, voce, entry),
        DataRow::Remark(submission, code, kind, cell) => remark_cells(run, submission, code, *kind, cell),
    }
}

fn remark_cells(
    run: &Run<'_>,
    submission: &Submission,
    code: &IndicatorCode,
    kind: Remark,
    cell: &TextCell,
) -> Vec<Cell> {
    let (what, label) = match kind {
        Remark::Note => ("nota", "Nota dell'ufficio"),
        Remark::Evidence => ("fonte", "Fonte indicata dall'ufficio"),
    };
    vec![
        Cell::text(label),
        Cell::text(run.plan.office_name(&submission.office)),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
        Cell::text(&cell.text),
        Cell::blank(),
        Cell::text("testo"),
        Cell::blank(),
        Cell::text(&submission.file),
        Cell::text(&cell.place.sheet),
        Cell::code(cell.place.cell.to_string()),
        Cell::code(code.manifest_key(what)),
        Cell::text(code.as_str()),
    ]
}

fn entry_cells(run: &Run<'_>, index: &Index<'_>, entry: &AdmittedEntry) -> Vec<Cell> {
    let id = &entry.id;
    vec![
        Cell::text(label(run.plan, &id.voce)),
        Cell::text(run.plan.office_name(&entry.office)),
        Cell::text(id.month.map_or("", |month| month.name())),
        id.row.map_or_else(Cell::blank, |row| Cell::count(row as usize)),
        Cell::text(column_label(run.plan, entry)),
        Cell::text(&entry.raw),
        value_cell(run.plan, entry),
        Cell::text(admission_words(&entry.admission)),
        Cell::text(entry.normalised.unwrap_or_default()),
        Cell::text(&entry.file),
        Cell::text(&entry.place.sheet),
        Cell::code(entry.place.cell.to_string()),
        Cell::code(id.voce.as_str()),
        users(index, &id.voce),
    ]
}

fn complete_cells(
    run: &Run<'_>,
    index: &Index<'_>,
    submission: &Submission,
    voce: &VoceKey,
    entry: &Entry,
) -> Vec<Cell> {
    let value = match &entry.state {
        EntryState::Value(value) => Some(value),
        _ => None,
    };
    let declared =
        run.admitted.completeness.get(&(submission.office.clone(), voce.clone())).copied().unwrap_or(0);
    let counts = match (declared, value) {
        (1.., _) => "sì",
        (0, None) => "no: non dichiarato",
        (0, Some(_)) => "no: non ammesso",
    };
    vec![
        Cell::text(format!("{}: completo fino al mese", label(run.plan, voce))),
        Cell::text(run.plan.office_name(&submission.office)),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
        Cell::text(&entry.raw),
        Cell::value(value, Format::Decimal),
        Cell::text(counts),
        Cell::text(entry.normalised.as_ref().map_or("", |normalised| normalised.rule)),
        Cell::text(&submission.file),
        Cell::text(&entry.place.sheet),
        Cell::code(entry.place.cell.to_string()),
        Cell::code(format!("{voce}.completo")),
        users(index, voce),
    ]
}

fn users(index: &Index<'_>, voce: &VoceKey) -> Cell {
    let codes: Vec<&str> = index.users.get(voce).into_iter().flatten().map(|code| code.as_str()).collect();
    Cell::text(codes.join(", "))
}

fn column_label<'a>(plan: &'a Plan, entry: &'a AdmittedEntry) -> &'a str {
    let Some(key) = entry.id.column.as_deref() else { return "" };
    let register = plan.voce(&entry.id.voce).and_then(|(_, voce)| voce.register.as_ref());
    register.and_then(|register| register.column(key)).map_or(key, |column| column.label.as_str())
}

fn value_cell(plan: &Plan, entry: &AdmittedEntry) -> Cell {
    let kind = plan.voce(&entry.id.voce).map(|(_, voce)| voce.kind);
    let format = if kind == Some(VoceType::Percentuale) { Format::Percent } else { Format::Decimal };
    match (&entry.admission, &entry.value) {
        (Admission::NotApplicable, _) => Cell::text("n.a."),
        (_, Some(value @ (Value::Number(_) | Value::Date(_)))) => Cell::value(Some(value), format),
        (_, value) => Cell::value(value.as_ref(), format),
    }
}

fn admission_words(admission: &Admission) -> String {
    match admission {
        Admission::Admitted => "sì".to_owned(),
        Admission::NotReported => "no: non rilevato".to_owned(),
        Admission::NotApplicable => "no: non si applica".to_owned(),
        Admission::Excluded(code) => format!("no: tenuto fuori da {code}"),
        Admission::Ignored(why) => format!("no: {}", why.label()),
    }
}
