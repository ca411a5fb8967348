//! *Dati*: every entry read, with its place and whether it counts.

use std::collections::BTreeMap;

use crate::admit::{Admission, AdmittedEntry};
use crate::check::Fate;
use crate::interpret::{Entry, EntryState, Submission, TextCell};
use crate::model::{CellRef, IndicatorCode, Month, Number, OfficeId, OfficeRule, TimeKind, VoceKey, count};
use crate::plan::{Fixed, Indicator, Plan, Voce};

use super::Run;
use super::height::fits_in_a_line;
use super::index::{DataRow, Index, Remark, is_due};
use super::live::{Formula, Sign};
use super::results::label;
use super::scheda::places::Places;
use super::sheet::{Cell, Format, Named, Paper, RowKind, Sheet, TabKind};
use super::spot::Target;
use super::table::{BODY, Table, area, body_row, names};
use super::words::yes_no;

const COLUMNS: [(&str, u16); 16] = [
    ("Voce", 25),
    ("Ufficio", 20),
    ("Mese", 7),
    ("Riga", 7),
    ("Colonna", 14),
    ("Come digitato", 18),
    ("Valore", 13),
    ("Conta?", 20),
    ("Dovuta?", 9),
    ("Normalizzazione o fonte", 20),
    ("File", 36),
    ("Foglio", 11),
    ("Cella", 8),
    ("Chiave", 31),
    ("Indicatori", 13),
    ("Ricerca", 30),
];

/// The column of the file's name.
const FILE: usize = 10;

/// What *Conta?* says of an entry that counts.
pub(super) const COUNTS: &str = "sì";

/// What *Conta?* says of an entry that does not apply.
pub(super) const NOT_APPLICABLE: &str = "no: non si applica";

/// How *Conta?* begins of an entry kept out by a finding.
pub(super) const KEPT_OUT: &str = "no: tenuto fuori";

/// What *Conta?* says where the office sent no file.
pub(super) const NO_FILE: &str = "no: manca il file";

/// The last column for the reader; the one after it is for formulas.
pub(super) const LAST_COLUMN: u16 = 14;

/// The columns that formulas name, with the place of each.
const NAMED: [(&str, u16); 7] = [
    (columns::OFFICE, 1),
    (columns::MONTH, 2),
    (columns::VALUE, 6),
    (columns::COUNTS, 7),
    (columns::DUE, 8),
    (columns::KEY, 13),
    (columns::SEARCH, 15),
];

/// Names of the columns of *Dati* in formulas.
pub(super) mod columns {
    pub(in crate::report) const OFFICE: &str = "dati_ufficio";
    pub(in crate::report) const MONTH: &str = "dati_mese";
    pub(in crate::report) const VALUE: &str = "dati_valore";
    pub(in crate::report) const COUNTS: &str = "dati_conta";
    pub(in crate::report) const DUE: &str = "dati_dovuta";
    pub(in crate::report) const KEY: &str = "dati_chiave";
    pub(in crate::report) const SEARCH: &str = "dati_ricerca";
}

/// The named columns.
pub(super) fn named(index: &Index<'_>) -> Vec<Named> {
    let last = BODY + u32::try_from(index.data.len().max(1)).unwrap_or(u32::MAX) - 1;
    let mut named: Vec<Named> = NAMED
        .into_iter()
        .map(|(name, column)| Named { name, sheet: names::DATA, area: area(BODY, column, last, column) })
        .collect();
    named.sort_by_key(|one| one.name);
    named
}

/// The cell with the value of a row, and the one that says whether it counts.
pub(super) fn value_and_counts(row: usize) -> Option<(Target, Target)> {
    let Target { sheet, cell } = body_row(names::DATA, row)?;
    let at = |column| Target { sheet, cell: CellRef { col: column, ..cell } };
    Some((at(6), at(7)))
}

/// The sheet of the entries.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>, places: &Places) -> Sheet {
    let accepted = run.files.iter().enumerate().filter(|(_, file)| file.fate == Fate::Accepted).rev();
    let files = accepted.map(|(row, file)| (file.name.as_str(), row)).collect();
    let sheet = Ledger { run, index, places, files };
    Table {
        name: names::DATA,
        tab: TabKind::Evidence,
        title: "Dati",
        subtitle: format!(
            "{}: tutto ciò che gli uffici hanno scritto, le celle vuote in cui un dato era dovuto entro {} e i valori fissati dal piano.",
            count(index.data.len(), "riga", "righe"),
            run.consolidation.month.in_words()
        ),
        columns: &COLUMNS,
        frozen: 2,
        paper: Paper::UpTo(13),
        empty: "Nessun dato.",
    }
    .sheet(index.data.iter().enumerate().map(|(place, row)| sheet.cells(place, row)).collect())
}

/// The rows of the sheet.
struct Ledger<'a, 'b> {
    run: &'b Run<'a>,
    index: &'b Index<'a>,
    places: &'b Places,
    /// The row of *File* of each file that counts.
    files: BTreeMap<&'a str, usize>,
}

impl Ledger<'_, '_> {
    fn cells(&self, place: usize, row: &DataRow<'_>) -> Vec<Cell> {
        let mut cells = match row {
            DataRow::Fixed(voce, fixed) => self.fixed(voce, fixed),
            DataRow::Entry(entry) => self.entry(entry),
            DataRow::Absent(voce, office, month) => self.absent(voce, office, *month),
            DataRow::Complete(submission, voce, entry) => self.complete(submission, voce, entry),
            DataRow::Remark(submission, code, kind, cell) => self.remark(submission, code, *kind, cell),
        };
        cells.push(self.search(place, row));
        cells
    }

    fn fixed(&self, voce: &Voce, fixed: &Fixed) -> Vec<Cell> {
        vec![
            Cell::text(&voce.label),
            Cell::text("(piano)"),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
            Cell::text(voce.fixed_words().unwrap_or_default()),
            Cell::value(Some(&fixed.value), Format::of_entry(voce.kind)),
            Cell::text(COUNTS),
            Cell::text("no"),
            Cell::text(&fixed.source),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
            Cell::code(voce.key.as_str()),
            self.users(&voce.key),
        ]
    }

    fn absent(&self, voce: &Voce, office: &OfficeId, month: Option<Month>) -> Vec<Cell> {
        let sent = self.run.admitted.entries.contains_key(office);
        let register = voce.time == TimeKind::Registro;
        let (label, key) = if register {
            (complete_label(&voce.label), format!("{}.completo", voce.key))
        } else {
            (voce.label.clone(), voce.key.as_str().to_owned())
        };
        vec![
            Cell::text(label),
            Cell::text(self.run.plan.office_name(office)),
            month.map_or_else(Cell::blank, month_cell),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
            Cell::text(if sent { "no: manca la cella" } else { NO_FILE }),
            Cell::text(yes_no(register || voce.is_due(self.run.consolidation.month.month, month))),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
            Cell::code(key),
            self.users(&voce.key),
        ]
    }

    fn remark(
        &self,
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
            Cell::text(self.run.plan.office_name(&submission.office)),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
            Cell::text(&cell.text),
            Cell::blank(),
            Cell::text("testo"),
            Cell::text("no"),
            Cell::blank(),
            self.file(&submission.file),
            Cell::text(&cell.place.sheet),
            Cell::code(cell.place.cell.to_string()),
            Cell::code(code.manifest_key(what)),
            self.user(code.as_str(), Some(code)),
        ]
    }

    fn entry(&self, entry: &AdmittedEntry) -> Vec<Cell> {
        let id = &entry.id;
        let owner = self.run.plan.voce(&id.voce);
        let due = owner.is_some_and(|(_, voce)| is_due(self.run.consolidation.month, voce, entry));
        vec![
            Cell::text(label(self.run.plan, &id.voce)),
            Cell::text(self.run.plan.office_name(&entry.office)),
            id.month.map_or_else(Cell::blank, month_cell),
            id.row.map_or_else(Cell::blank, |row| Cell::count(row as usize)),
            Cell::text(column_label(self.run.plan, entry)),
            Cell::text(&entry.raw),
            value_cell(self.run.plan, entry),
            Cell::text(admission_words(owner, entry)),
            Cell::text(yes_no(due && entry.admission != Admission::NotApplicable)),
            Cell::text(entry.normalised.unwrap_or_default()),
            self.file(&entry.file),
            Cell::text(&entry.place.sheet),
            Cell::code(entry.place.cell.to_string()),
            Cell::code(id.voce.as_str()),
            self.users(&id.voce),
        ]
    }

    fn complete(&self, submission: &Submission, voce: &VoceKey, entry: &Entry) -> Vec<Cell> {
        let value = match &entry.state {
            EntryState::Value(value) => Some(value),
            _ => None,
        };
        let owner = (submission.office.clone(), voce.clone());
        let declared = self.run.admitted.completeness.get(&owner).copied().unwrap_or(0);
        let counts = match (self.run.admitted.undeclared.get(&owner), declared, value) {
            (Some(code), _, _) => format!("{KEPT_OUT} da {code}"),
            (None, 1.., _) => COUNTS.to_owned(),
            (None, 0, None) => "no: non dichiarato".to_owned(),
            (None, 0, Some(_)) => "no: non ammesso".to_owned(),
        };
        vec![
            Cell::text(complete_label(&label(self.run.plan, voce))),
            Cell::text(self.run.plan.office_name(&submission.office)),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
            Cell::text(&entry.raw),
            Cell::value(value, Format::Decimal),
            Cell::text(counts),
            Cell::text("sì"),
            Cell::text(entry.normalised.as_ref().map_or("", |normalised| normalised.rule)),
            self.file(&submission.file),
            Cell::text(&entry.place.sheet),
            Cell::code(entry.place.cell.to_string()),
            Cell::code(format!("{voce}.completo")),
            self.users(voce),
        ]
    }

    /// The name of a file, leading to its hash; one longer than the column leads nowhere, since a cell with a link is
    /// not wrapped everywhere.
    fn file(&self, name: &str) -> Cell {
        let row = self.files.get(name);
        let link = Cell::link(name, row.and_then(|row| body_row(names::FILES, *row)));
        let widths = COLUMNS.map(|(_, width)| width);
        if fits_in_a_line(RowKind::Body, &link, &widths, FILE) { link } else { Cell::text(name) }
    }

    /// The indicators that use a voce, leading to the first one.
    fn users(&self, voce: &VoceKey) -> Cell {
        let codes = self.index.users.get(voce).map_or(&[][..], Vec::as_slice);
        let words: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
        self.user(&words.join(", "), codes.first())
    }

    fn user(&self, words: &str, code: Option<&IndicatorCode>) -> Cell {
        let own = code.and_then(|code| self.places.indicators.get(code));
        Cell::link(words, own.and_then(|own| own.terms))
    }

    /// Key and month of an entry that counts, by which formulas look up what is not summed.
    fn search(&self, place: usize, row: &DataRow<'_>) -> Cell {
        let key = match row {
            DataRow::Entry(entry) => Some(&entry.id.voce),
            DataRow::Fixed(voce, _) | DataRow::Absent(voce, ..) => Some(&voce.key),
            DataRow::Complete(..) | DataRow::Remark(..) => None,
        };
        let owner = key.and_then(|key| self.run.plan.voce(key));
        let looked_up = owner.is_some_and(|(_, voce)| {
            voce.fixed.is_some() || (voce.rule == OfficeRule::Condivisa || voce.time == TimeKind::Consistenza)
        });
        let Some((value, counts)) = value_and_counts(place).filter(|_| looked_up) else {
            return Cell::blank();
        };
        let at = |column| Formula::Cell(Target { cell: CellRef { col: column, ..value.cell }, ..value });
        let key = at(13).signed(Sign::And, Formula::text("/")).signed(Sign::And, at(2));
        let counting = Formula::Cell(counts).signed(Sign::Equal, Formula::text(COUNTS));
        Cell::blank().step(Formula::choose(counting, key, Formula::none()))
    }
}

fn month_cell(month: Month) -> Cell {
    Cell::number(Number::from(i64::from(month.number())), Format::Plain)
}

fn complete_label(register: &str) -> String {
    format!("{register}: completo fino al mese")
}

fn column_label<'a>(plan: &'a Plan, entry: &'a AdmittedEntry) -> &'a str {
    let Some(key) = entry.id.column.as_deref() else { return "" };
    let register = plan.voce(&entry.id.voce).and_then(|(_, voce)| voce.register.as_ref());
    register.and_then(|register| register.column(key)).map_or(key, |column| column.label.as_str())
}

fn value_cell(plan: &Plan, entry: &AdmittedEntry) -> Cell {
    let voce = plan.voce(&entry.id.voce).map(|(_, voce)| voce);
    let column = |voce: &Voce| Some(voce.register.as_ref()?.column(entry.id.column.as_ref()?)?.kind);
    let kind = voce.map(|voce| column(voce).unwrap_or(voce.kind));
    let format = kind.map_or(Format::Decimal, Format::of_entry);
    match (&entry.admission, &entry.value) {
        (Admission::NotApplicable, _) => Cell::text("n.a."),
        (_, value) => Cell::value(value.as_ref(), format),
    }
}

fn admission_words(owner: Option<(&Indicator, &Voce)>, entry: &AdmittedEntry) -> String {
    match &entry.admission {
        Admission::Admitted => match owner {
            Some((_, voce)) if voce.fixed.is_some() => "no: lo fissa il piano".to_owned(),
            Some((indicator, _)) if indicator.offices.contains(&entry.office) => COUNTS.to_owned(),
            _ => "no: voce di altri uffici".to_owned(),
        },
        Admission::NotReported => "no: non rilevato".to_owned(),
        Admission::NotApplicable => NOT_APPLICABLE.to_owned(),
        Admission::Excluded(code) => format!("{KEPT_OUT} da {code}"),
        Admission::Ignored(why) => format!("no: {}", why.label()),
    }
}
