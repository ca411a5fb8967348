//! *Dati*: every entry read, with its place and whether it counts.

use std::collections::BTreeMap;

use crate::admit::{Admission, AdmittedEntry};
use crate::check::Fate;
use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{IndicatorCode, Month, Number, OfficeId, OfficeRule, Place, TimeKind, VoceKey, count};
use crate::plan::{Fixed, Indicator, Plan, Voce};

use super::index::{DataRow, Index, Remark};
use super::results::label;
use super::scheda::places::Places;
use super::words::yes_no;
use crate::book::height::fits_in_a_line;
use crate::book::table::{BODY, Table, area, body_row, cells, names};
use crate::book::{Cell, Column, Format, Named, OneTable, RowKind, Sheet, TabKind, columns, heads};
use crate::certify::Run;
use crate::certify::touches::is_due;
use crate::excel::{Call, Formula, Sign, Target};

columns! {
    /// The columns of *Dati*.
    pub(crate) Data in names::DATA {
        Voce: "Voce", 25, Always;
        Office: "Ufficio", 20, Always, key = true, named = Some(columns::OFFICE);
        Month: "Mese", 7, First, key = true, named = Some(columns::MONTH);
        Row: "Riga", 7, First, key = true;
        Column: "Colonna", 14, First, key = true;
        Typed: "Come digitato", 18, First;
        Value: "Valore", 13, First, named = Some(columns::VALUE);
        Counts: "Conta?", 20, First, named = Some(columns::COUNTS);
        Due: "Dovuta?", 9, First, named = Some(columns::DUE);
        Reading: "Normalizzazione o fonte", 20, First;
        File: "File", 36, First;
        Sheet: "Foglio", 11, First;
        Cell: "Cella", 8, First;
        Open: "Apri", 8, Screen;
        Key: "Chiave", 31, Screen, key = true, named = Some(columns::KEY);
        Indicators: "Indicatori", 13, Screen;
        Search: "Ricerca", 30, Screen, named = Some(columns::SEARCH);
    }
}

/// What *Conta?* says of an entry that counts.
pub(crate) const COUNTS: &str = "sì";

/// What *Conta?* says of an entry that does not apply.
pub(crate) const NOT_APPLICABLE: &str = "no: non si applica";

/// How *Conta?* begins of an entry kept out by a finding.
pub(crate) const KEPT_OUT: &str = "no: tenuto fuori";

/// What *Conta?* says of what is not reported.
pub(crate) const NOT_REPORTED: &str = "no: non rilevato";

/// What *Conta?* says of a text beside the entries.
pub(crate) const REMARK: &str = "testo";

/// What *Conta?* says of a value that the plan fixes.
pub(crate) const FIXED: &str = "no: lo fissa il piano";

/// What *Conta?* says of a value for which other offices answer.
pub(crate) const NOT_THEIRS: &str = "no: voce di altri uffici";

/// What *Conta?* says where the office sent no file.
pub(super) const NO_FILE: &str = "no: manca il file";

/// What *Conta?* says where the file has no such cell.
const NO_CELL: &str = "no: manca la cella";

/// What stands where the office's file can be opened.
const OPEN: &str = "apri";

/// The most rows of which each opens its file.
const OPENED: usize = 65_000;

/// The last column for the reader; the one after it is for formulas.
pub(super) const LAST_COLUMN: u16 = Data::Indicators.col();

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
    let of = |column: &Data| {
        let at = column.col();
        Some(Named { name: column.head().named?, sheet: names::DATA, area: area(BODY, at, last, at) })
    };
    let mut named: Vec<Named> = Data::ALL.iter().filter_map(of).collect();
    named.sort_by_key(|one| one.name);
    named
}

/// The cell with the value of a row, and the one that says whether it counts.
pub(super) fn value_and_counts(row: usize) -> Option<(Target, Target)> {
    let row = body_row(names::DATA, row)?.cell.row;
    Some((Data::Value.target(row), Data::Counts.target(row)))
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
        columns: heads::<Data>(),
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

/// What a row says; the place only of what an office wrote.
#[derive(Default)]
struct Shown<'s> {
    voce: String,
    office: &'s str,
    month: Option<Month>,
    row: Option<u32>,
    column: &'s str,
    typed: String,
    value: Cell,
    reading: &'s str,
    at: Option<(&'s str, &'s Place)>,
    key: String,
    indicators: Cell,
}

impl Ledger<'_, '_> {
    fn cells(&self, place: usize, row: &DataRow<'_>) -> Vec<Cell> {
        let shown = match row {
            DataRow::Fixed(voce, fixed) => self.fixed(voce, fixed),
            DataRow::Entry(entry) => self.entry(entry),
            DataRow::Absent(voce, office, month) => self.absent(voce, office, *month),
            DataRow::Complete(submission, voce, entry) => self.complete(submission, voce, entry),
            DataRow::Remark(remark) => self.remark(remark),
        };
        let (file, sheet, cell) = shown.at.map_or_else(Default::default, |(file, place)| {
            (self.file(file), Cell::text(&place.sheet), Cell::code(place.cell.to_string()))
        });
        cells(|column| match column {
            Data::Voce => Cell::text(&shown.voce),
            Data::Office => Cell::text(shown.office),
            Data::Month => shown.month.map_or_else(Cell::blank, month_cell),
            Data::Row => shown.row.map_or_else(Cell::blank, |row| Cell::count(row as usize)),
            Data::Column => Cell::text(shown.column),
            Data::Typed => Cell::text(&shown.typed),
            Data::Value => shown.value.clone(),
            Data::Counts => Cell::text(counts_words(self.run, row)),
            Data::Due => Cell::text(yes_no(is_row_due(self.run, row))),
            Data::Reading => Cell::text(shown.reading),
            Data::File => file.clone(),
            Data::Sheet => sheet.clone(),
            Data::Cell => cell.clone(),
            Data::Open => self.open(place, shown.at),
            Data::Key => Cell::code(&shown.key),
            Data::Indicators => shown.indicators.clone(),
            Data::Search => self.search(place, row),
        })
    }

    fn fixed<'s>(&'s self, voce: &'s Voce, fixed: &'s Fixed) -> Shown<'s> {
        Shown {
            voce: voce.label.clone(),
            office: "(piano)",
            typed: voce.fixed_words().unwrap_or_default(),
            value: Cell::value(Some(&fixed.value), Format::of_entry(voce.kind)),
            reading: &fixed.source,
            key: voce.key.as_str().to_owned(),
            indicators: self.users(&voce.key),
            ..Shown::default()
        }
    }

    fn absent<'s>(&'s self, voce: &'s Voce, office: &'s OfficeId, month: Option<Month>) -> Shown<'s> {
        let (label, key) = if voce.time == TimeKind::Registro {
            (complete_label(&voce.label), format!("{}.completo", voce.key))
        } else {
            (voce.label.clone(), voce.key.as_str().to_owned())
        };
        Shown {
            voce: label,
            office: self.run.plan.office_name(office),
            month,
            key,
            indicators: self.users(&voce.key),
            ..Shown::default()
        }
    }

    fn remark<'s>(&'s self, remark: &'s Remark<'_>) -> Shown<'s> {
        let Remark { submission, key, month, indicator, cell } = remark;
        Shown {
            voce: remark_label(key).to_owned(),
            office: self.run.plan.office_name(&submission.office),
            month: *month,
            typed: cell.text.clone(),
            at: Some((&submission.file, &cell.place)),
            key: key.clone(),
            indicators: indicator.map_or_else(Cell::blank, |code| self.user(code.as_str(), Some(code))),
            ..Shown::default()
        }
    }

    fn entry<'s>(&'s self, entry: &'s AdmittedEntry) -> Shown<'s> {
        let id = &entry.id;
        Shown {
            voce: label(self.run.plan, &id.voce),
            office: self.run.plan.office_name(&entry.office),
            month: id.month,
            row: id.row,
            column: column_label(self.run.plan, entry),
            typed: entry.raw.clone(),
            value: value_cell(self.run.plan, entry),
            reading: entry.normalised.unwrap_or_default(),
            // What stands of a closed month although the file is missing is in no file of now.
            at: (!entry.file.is_empty()).then_some((entry.file.as_str(), &entry.place)),
            key: id.voce.as_str().to_owned(),
            indicators: self.users(&id.voce),
        }
    }

    fn complete<'s>(&'s self, submission: &'s Submission, voce: &VoceKey, entry: &'s Entry) -> Shown<'s> {
        let value = match &entry.state {
            EntryState::Value(value) => Some(value),
            _ => None,
        };
        Shown {
            voce: complete_label(&label(self.run.plan, voce)),
            office: self.run.plan.office_name(&submission.office),
            typed: entry.raw.clone(),
            value: Cell::value(value, Format::Decimal),
            reading: entry.normalised.as_ref().map_or("", |normalised| normalised.rule),
            at: Some((&submission.file, &entry.place)),
            key: format!("{voce}.completo"),
            indicators: self.users(voce),
            ..Shown::default()
        }
    }

    /// The name of a file, leading to its hash; one longer than the column leads nowhere, since a cell with a
    /// link is not wrapped everywhere.
    fn file(&self, name: &str) -> Cell {
        let row = self.files.get(name);
        let link = Cell::link(name, row.and_then(|row| body_row(names::FILES, *row)));
        let widths: Vec<u16> = Data::ALL.iter().map(|column| column.head().width).collect();
        if fits_in_a_line(RowKind::Body, &link, &widths, usize::from(Data::File.col())) {
            link
        } else {
            Cell::text(name)
        }
    }

    /// What opens the office's file at its cell, when the file lies beside this workbook: an address made of
    /// the cells before it. Nothing for a name that would be read as another address, nor in a workbook so
    /// great that its formulas would weigh more than its data.
    fn open(&self, place: usize, at: Option<(&str, &Place)>) -> Cell {
        let is_plain = |(file, at): &(&str, &Place)| !file.contains(['#', '%']) && !at.sheet.contains('\'');
        let row = body_row(names::DATA, place).filter(|_| self.index.data.len() <= OPENED);
        let (Some(row), Some(_)) = (row, at.filter(is_plain)) else { return Cell::blank() };
        let own = |column: Data| Formula::Cell(column.target(row.cell.row));
        let address = [Formula::text("#'"), own(Data::Sheet), Formula::text("'!"), own(Data::Cell)];
        let address = address.into_iter().fold(own(Data::File), |one, next| one.signed(Sign::And, next));
        Cell::link(OPEN, Some(row)).live(Formula::call(Call::Hyperlink, [address, Formula::text(OPEN)]))
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
        let at = |column: Data| Formula::Cell(column.target(value.cell.row));
        let key = at(Data::Key).signed(Sign::And, Formula::text("/")).signed(Sign::And, at(Data::Month));
        let counting = Formula::Cell(counts).signed(Sign::Equal, Formula::text(COUNTS));
        Cell::blank().step(Formula::choose(counting, key, Formula::none()))
    }
}

fn month_cell(month: Month) -> Cell {
    Cell::number(Number::from(i64::from(month.number())), Format::Plain)
}

/// What a text beside the entries is, by its key.
fn remark_label(key: &str) -> &'static str {
    match key.rsplit_once('.').map_or("", |(_, what)| what) {
        "nota" => "Nota dell'ufficio",
        "fonte" => "Fonte indicata dall'ufficio",
        "causa" => "Causa dello scostamento, secondo l'ufficio",
        "motivo" => "Perché la voce non si applica",
        "nessuna_attivita" => "Nessuna attività nel mese",
        "nome" => "Chi firma",
        "ruolo" => "Ruolo di chi firma",
        "data" => "Data della firma",
        _ => "Testo dell'ufficio",
    }
}

/// What follows the name of a register where the row is the month up to which it is complete.
pub(crate) const COMPLETE: &str = ": completo fino al mese";

fn complete_label(register: &str) -> String {
    format!("{register}{COMPLETE}")
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

/// What *Conta?* says of a row: `sì`, or why not.
pub(crate) fn counts_words(run: &Run<'_>, row: &DataRow<'_>) -> String {
    match row {
        DataRow::Fixed(..) => COUNTS.to_owned(),
        DataRow::Entry(entry) => admission_words(run.plan.voce(&entry.id.voce), entry),
        DataRow::Absent(_, office, _) if run.admitted.entries.has_sent(office) => NO_CELL.to_owned(),
        DataRow::Absent(..) => NO_FILE.to_owned(),
        DataRow::Complete(submission, voce, entry) => declaration_words(run, submission, voce, entry),
        DataRow::Remark(..) => REMARK.to_owned(),
    }
}

/// Whether what a row tells of was due by the reporting month.
pub(crate) fn is_row_due(run: &Run<'_>, row: &DataRow<'_>) -> bool {
    let month = run.consolidation.month;
    match row {
        DataRow::Fixed(..) | DataRow::Remark(..) => false,
        DataRow::Entry(entry) => {
            let voce = run.plan.voce(&entry.id.voce).map(|(_, voce)| voce);
            entry.admission != Admission::NotApplicable && voce.is_some_and(|voce| is_due(month, voce, entry))
        }
        DataRow::Absent(voce, office, _) if voce.time == TimeKind::Registro => {
            voce.register_due(office, month.month).is_some()
        }
        DataRow::Absent(voce, office, period) => voce.is_due(office, month.month, *period),
        DataRow::Complete(submission, key, _) => run
            .plan
            .voce(key)
            .is_none_or(|(_, voce)| voce.register_due(&submission.office, month.month).is_some()),
    }
}

fn declaration_words(run: &Run<'_>, submission: &Submission, voce: &VoceKey, entry: &Entry) -> String {
    let owner = (submission.office.clone(), voce.clone());
    let declared = run.admitted.completeness.get(&owner).copied().unwrap_or(0);
    let has_value = matches!(entry.state, EntryState::Value(_));
    match (run.admitted.undeclared.get(&owner), declared, has_value) {
        (Some(code), _, _) => format!("{KEPT_OUT} da {code}"),
        (None, 1.., _) => COUNTS.to_owned(),
        (None, 0, false) => "no: non dichiarato".to_owned(),
        (None, 0, true) => "no: non ammesso".to_owned(),
    }
}

fn admission_words(owner: Option<(&Indicator, &Voce)>, entry: &AdmittedEntry) -> String {
    match &entry.admission {
        Admission::Admitted => match owner {
            Some((_, voce)) if voce.fixed.is_some() => FIXED.to_owned(),
            Some((indicator, _)) if indicator.offices.contains(&entry.office) => COUNTS.to_owned(),
            _ => NOT_THEIRS.to_owned(),
        },
        Admission::NotReported => NOT_REPORTED.to_owned(),
        Admission::NotApplicable => NOT_APPLICABLE.to_owned(),
        Admission::Excluded(code) => format!("{KEPT_OUT} da {code}"),
        Admission::Ignored(why) => format!("no: {}", why.label()),
    }
}
