//! The workbench: from the table of a page to files as they come in, by the program's own road.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use schede::admit::Admitted;
use schede::check::{Checked, Context, judge};
use schede::interpret::receive;
use schede::model::{CellRef, Finding, Month, Number, OfficeId, VoceKey, YearMonth};
use schede::plan::{DEFAULT_PLAN, Plan, Waiver, read_plan};
use schede::read::{Incoming, RawContent, RawWorkbook, Refusal, read_bytes};
use schede::write::{Fill, office_file_name, office_workbook};

use super::edit;
use super::page::Line;

/// The plan and the blank workbooks, each made once.
pub(crate) struct Bench {
    pub(crate) plan: Plan,
    blank: BTreeMap<OfficeId, Vec<u8>>,
    read: BTreeMap<OfficeId, RawWorkbook>,
}

/// The files of a page in the making.
type Files = BTreeMap<String, Incoming>;

impl Bench {
    pub(crate) fn new() -> Self {
        let plan = read_plan(DEFAULT_PLAN).expect("il piano di base");
        Self { plan, blank: BTreeMap::new(), read: BTreeMap::new() }
    }

    /// What the checks say of the files that a table describes, and what counts after them.
    pub(crate) fn check(&mut self, lines: &[Line], month: YearMonth, whole: bool) -> (Checked, Admitted) {
        if let Some(plan) = edited_plan(lines) {
            let mut bench = Self { plan, ..Self::new() };
            let rest: Vec<Line> =
                lines.iter().filter(|line| line.get("chiave") != "@piano").cloned().collect();
            return bench.check(&rest, month, whole);
        }
        let mut files = Files::new();
        for line in lines.iter().filter(|line| waiver(line).is_none()) {
            self.apply(&mut files, line);
        }
        let (files, submissions) = receive(&self.plan, files.into_values().collect());
        let mut plan = self.plan.clone();
        plan.controls.waivers.extend(lines.iter().filter_map(waiver));
        let (plan, files, submissions) = (&plan, files.as_slice(), submissions.as_slice());
        let judged = judge(&Context { plan, month, files, submissions, whole, outcome: None });
        (judged.checked, judged.admitted)
    }

    fn bytes(&mut self, office: &OfficeId) -> Vec<u8> {
        let plan = &self.plan;
        let blank = || office_workbook(plan, office, &Fill::default()).expect("un modello vuoto");
        self.blank.entry(office.clone()).or_insert_with(blank).clone()
    }

    fn workbook(&mut self, office: &OfficeId) -> RawWorkbook {
        if !self.read.contains_key(office) {
            let incoming = read_bytes("modello.xlsx", self.bytes(office));
            self.read.insert(office.clone(), incoming.content.expect("un modello leggibile"));
        }
        self.read.get(office).cloned().expect("appena inserito")
    }

    fn file<'f>(&mut self, files: &'f mut Files, office: &OfficeId) -> &'f mut Incoming {
        let name = office_file_name(&self.plan, office);
        if !files.contains_key(office.as_str()) {
            let content = Ok(self.workbook(office));
            let file = Incoming { name, sha256: format!("impronta di {office}"), bytes: 20_000, content };
            files.insert(office.as_str().to_owned(), file);
        }
        files.get_mut(office.as_str()).expect("appena inserito")
    }

    fn apply(&mut self, files: &mut Files, line: &Line) {
        if line.get("ufficio") == "tutti" {
            for office in self.plan.offices.clone() {
                self.apply_to(files, &office.id, line);
            }
        } else {
            self.apply_to(files, &OfficeId::new(line.get("ufficio")), line);
        }
    }

    fn apply_to(&mut self, files: &mut Files, office: &OfficeId, line: &Line) {
        let (key, value) = (line.get("chiave"), line.get("valore"));
        let truncated = (value == "troncato").then(|| self.bytes(office));
        let file = self.file(files, office);
        let Some(directive) = key.strip_prefix('@') else {
            let book = file.content.as_mut().expect("un file leggibile");
            let (sheet, cell) =
                edit::place(book, key, line.get("mese"), line.get("riga"), line.get("colonna"));
            return enter(book, &sheet, cell, value);
        };
        let (verb, what) = directive.split_once(' ').unwrap_or((directive, ""));
        match verb {
            "invia" => {}
            "assente" => {
                files.remove(office.as_str());
            }
            "file" => file.name = value.to_owned(),
            "copia" => {
                let copy = Incoming { name: value.to_owned(), ..file.clone() };
                files.insert(value.to_owned(), copy);
            }
            "altro" => {
                let other = Incoming {
                    name: value.to_owned(),
                    sha256: format!("impronta di {value}"),
                    ..file.clone()
                };
                files.insert(value.to_owned(), other);
            }
            "contenuto" => file.content = contents(&file.name, value, truncated),
            _ => edit_book(file.content.as_mut().expect("un file leggibile"), verb, what, line),
        }
    }
}

/// `@piano`: the plan with these texts in the place of others (`\n` begins a line).
fn edited_plan(lines: &[Line]) -> Option<Plan> {
    let mut text = DEFAULT_PLAN.to_owned();
    for line in lines.iter().filter(|line| line.get("chiave") == "@piano") {
        let (old, new) = line.get("valore").split_once(" → ").expect("vecchio → nuovo");
        let clean = |text: &str| text.trim().trim_matches('`').replace("\\n", "\n");
        let (old, new) = (clean(old), clean(new));
        assert!(text.contains(&old), "il piano non contiene «{old}»");
        text = text.replacen(&old, &new, 1);
    }
    (text != DEFAULT_PLAN).then(|| read_plan(&text).expect("un piano valido"))
}

/// `@deroga C06 S03.supermercati`: the unit accepts a finding of this code for the value given.
fn waiver(line: &Line) -> Option<Waiver> {
    let (code, voce) = line.get("chiave").strip_prefix("@deroga ")?.split_once(' ')?;
    Some(Waiver {
        code: code.to_owned(),
        office: None,
        indicator: None,
        voce: Some(VoceKey::from_text(voce)),
        month: line.get("mese").parse().ok().and_then(Month::new),
        value: line.get("valore").to_owned(),
        reason: "prova".to_owned(),
        who: "unità performance".to_owned(),
        until: None,
    })
}

fn edit_book(book: &mut RawWorkbook, verb: &str, what: &str, line: &Line) {
    let value = line.get("valore");
    match verb {
        "rinomina" => edit::rename(book, what, value),
        "togli-foglio" => edit::remove_sheet(book, what),
        "togli-riga" => edit::delete_row(book, what),
        "togli-mese" => {
            let month = Month::from_name(value).unwrap_or_else(|| panic!("mese «{value}»"));
            edit::delete_month(book, what, month);
        }
        "copia-mese" => {
            let month = Month::from_name(value).unwrap_or_else(|| panic!("mese «{value}»"));
            edit::copy_month(book, what, month);
        }
        "inserisci-sopra" => edit::insert_above(book, what),
        "duplica" => edit::double_row(book, what),
        "costante" => {
            let (sheet, cell) = edit::constant(book, what);
            enter(book, &sheet, cell, value);
        }
        "manifesto" => edit::manifest_pair(book, what, value),
        _ => panic!("istruzione sconosciuta: @{verb}"),
    }
}

/// What becomes of a file whose bytes are not a workbook of ours.
fn contents(name: &str, what: &str, truncated: Option<Vec<u8>>) -> Result<RawWorkbook, Refusal> {
    match what {
        "troncato" => {
            let mut bytes = truncated.expect("i byte del modello");
            bytes.truncate(bytes.len() / 2);
            read_bytes(name, bytes).content
        }
        "cifrato" => Err(Refusal::Encrypted),
        "temporaneo" => Err(Refusal::Temporary),
        "troppo grande" => Err(Refusal::TooBig {
            what: "dimensione del file",
            limit: "20 MB".to_owned(),
            found: "35 MB".to_owned(),
        }),
        "html" => read_bytes(name, b"<html><body><table></table></body></html>".to_vec()).content,
        _ => panic!("contenuto sconosciuto: {what}"),
    }
}

/// Types `value` as Excel would take it: `"…"` text, `12,5` a number, `15%` a share, `31/5/2019` a date,
/// `#DIV/0!` an error, `=A1/0 → #DIV/0!` a formula with its result; the rest is text; nothing clears.
fn enter(book: &mut RawWorkbook, sheet: &str, cell: CellRef, value: &str) {
    if let Some((formula, result)) = value.strip_prefix('=').and_then(|rest| rest.split_once(" → ")) {
        return edit::formula(book, sheet, cell, formula, content(result));
    }
    edit::type_in(book, sheet, cell, content(value));
}

fn content(value: &str) -> RawContent {
    if let Some(text) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return RawContent::Text(text.to_owned());
    }
    if value.starts_with('#') {
        return RawContent::Error(value.to_owned());
    }
    if let Some(serial) = date(value) {
        return RawContent::Serial(serial);
    }
    if let Some(number) = number(value) {
        return RawContent::Number(number.to_f64());
    }
    RawContent::Text(value.to_owned())
}

fn number(value: &str) -> Option<Number> {
    let percent = value.strip_suffix('%');
    let number = Number::parse(&percent.unwrap_or(value).trim().replace(',', "."))?;
    match percent {
        Some(_) => number.divided_by(&Number::from(100_i64)),
        None => Some(number),
    }
}

fn date(value: &str) -> Option<f64> {
    let mut parts = value.split('/').map(|part| part.parse::<u32>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    // 693 594 days before Excel's day 0.
    Some(f64::from(date.num_days_from_ce() - 693_594))
}

/// The finding as people read it: `[C01 · ERRORE] place: what. Why. Cells. Remedy.`
pub(crate) fn words(finding: &Finding) -> String {
    format!(
        "[{} · {}] {} {}",
        finding.rule.code,
        finding.severity.label().to_uppercase(),
        finding.message,
        finding.remedy
    )
}
