//! Whether an issue agrees with itself.

use super::refused::Refused;
use super::table::Table;
use crate::admit::{Admission, Admitted, AdmittedEntry, Entries, Ignored};
use crate::aggregate::{IndicatorResult, result};
use crate::check::rule;
use crate::memory::{KeptResult, Memory, Said, Slot};
use crate::model::{CellRef, Number, Place, VERSION, Value, sha256};
use crate::plan::{Plan, declared_month};
use crate::read::{RawWorkbook, Refusal};
use crate::report::{
    COUNTS, Data, FIXED, Files, KEPT_OUT, NOT_REPORTED, NOT_THEIRS, Results, labels, refusal_words, sealed,
};
use crate::verify::beside;

/// Its identity follows from the list of its files, its plan and its results; its results from its data.
pub(super) fn proven(plan: &Plan, book: &RawWorkbook, memory: &Memory) -> Result<(), Refused> {
    stamped(book)?;
    // Another plan, another last year, or another program, may give other results of the same data: S04 tells
    // them.
    if memory.plan == plan.sha256_whole && memory.is_of_this_archive(plan) && of_this_program(book) {
        let admitted = admitted(plan, book, memory)?;
        results(plan, book, memory, &admitted)?;
    }
    Ok(())
}

/// Whether it has the seal of what a later month or year remembers.
pub(super) fn is_sealed(book: &RawWorkbook) -> bool {
    beside(book, labels::SEAL).is_some()
}

/// Its identity follows from what it lists, and its seal from its sheets.
pub(super) fn stamped(book: &RawWorkbook) -> Result<(), Refused> {
    identity(book)?;
    match beside(book, labels::SEAL) {
        Some(seal) if seal != sealed(book) => {
            return Err(forged("l'impronta dei fogli in copertina non è quella dei suoi fogli"));
        }
        None if book.sheet(labels::SINCE).is_some() => {
            return Err(forged("ricorda un mese precedente, e la copertina non ne porta le impronte"));
        }
        _ => {}
    }
    Ok(())
}

pub(super) fn of_this_program(book: &RawWorkbook) -> bool {
    beside(book, labels::PROGRAM).is_some_and(|program| program == format!("schede {VERSION}"))
}

/// The hash of the list of the files, and the identity, made again.
fn identity(book: &RawWorkbook) -> Result<(), Refused> {
    let table = Table::<Files>::read(book)?;
    // As `certify::inputs_sha256` has it: without what the system leaves in a folder.
    let left_out = refusal_words(&Refusal::Temporary);
    let mut files: Vec<(String, String)> = table
        .rows()
        .into_iter()
        .filter(|row| table.text(*row, Files::Why) != left_out)
        .map(|row| (table.text(row, Files::Name), table.text(row, Files::Hash)))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    files.sort();
    let lines: String = files.iter().map(|(name, hash)| format!("{hash}  {name}\n")).collect();
    let said = |label: &str| beside(book, label).unwrap_or_default();
    if sha256(lines) != said(labels::LIST_OF_FILES) {
        return Err(forged("l'impronta dell'elenco dei file non è quella dei file che vi sono elencati"));
    }
    let parts =
        [(labels::LIST_OF_FILES, "file"), (labels::WHOLE_PLAN, "piano"), (labels::RESULTS, "risultati")];
    let lines = parts.map(|(label, name)| format!("{}  {name}\n", said(label))).concat();
    if sha256(lines) != said(labels::IMPRINT) {
        return Err(forged("l'impronta dell'emissione non viene dalle altre impronte della copertina"));
    }
    Ok(())
}

fn forged(how: &str) -> Refused {
    Refused::Forged(how.to_owned())
}

/// What counted, as *Dati* says it.
pub(super) fn admitted(plan: &Plan, book: &RawWorkbook, memory: &Memory) -> Result<Admitted, Refused> {
    let mut admitted = Admitted { entries: Entries::of_plan(plan), ..Admitted::default() };
    for office in &memory.sent {
        admitted.entries.send(office);
    }
    let table = Table::<Data>::read(book)?;
    let counts: std::collections::BTreeMap<(String, String, String), String> = table
        .rows()
        .into_iter()
        .map(|row| {
            let place =
                (table.text(row, Data::File), table.text(row, Data::Sheet), table.text(row, Data::Cell));
            (place, table.text(row, Data::Counts))
        })
        .collect();
    for (slot, kept) in &memory.entries {
        let place = kept.place.clone().unwrap_or_else(nowhere);
        let at = (kept.file.clone(), place.sheet.clone(), place.cell.to_string());
        let said = match kept.place {
            Some(_) => counts.get(&at).map_or("", String::as_str),
            None if kept.said == Said::NotApplicable => crate::report::NOT_APPLICABLE,
            None => COUNTS,
        };
        let owner = (slot.office.clone(), slot.voce.clone());
        if slot.declared {
            let month = kept.said.as_value().and_then(declared_month).filter(|_| said == COUNTS);
            admitted.completeness.insert(owner, month.map_or(0, |month| month.number()));
            continue;
        }
        let admission = admission(said);
        if let Admission::Excluded(code) = admission {
            admitted.spoiled.entry(slot.voce.clone()).or_default().add(code, slot.month);
        }
        let entry = AdmittedEntry {
            office: slot.office.clone(),
            file: kept.file.clone(),
            id: kept.id.clone(),
            at: None,
            place,
            raw: String::new(),
            value: kept.said.as_value().cloned(),
            normalised: None,
            admission,
        };
        add(&mut admitted, slot, entry);
    }
    Ok(admitted)
}

fn add(admitted: &mut Admitted, slot: &Slot, entry: AdmittedEntry) {
    admitted.entries.add(&slot.voce, &slot.office, [entry]);
}

fn nowhere() -> Place {
    Place { sheet: String::new(), cell: CellRef { row: 0, col: 0 } }
}

/// What *Conta?* says, as it was decided.
fn admission(said: &str) -> Admission {
    if [COUNTS, FIXED, NOT_THEIRS].contains(&said) {
        return Admission::Admitted;
    }
    if said == NOT_REPORTED {
        return Admission::NotReported;
    }
    if said == crate::report::NOT_APPLICABLE {
        return Admission::NotApplicable;
    }
    let code = said.strip_prefix(KEPT_OUT).and_then(|rest| rest.strip_prefix(" da ")).and_then(rule);
    code.map_or(Admission::Ignored(Ignored::LaterMonth), |rule| Admission::Excluded(rule.code))
}

/// Every result made again from what counted.
fn results(plan: &Plan, book: &RawWorkbook, memory: &Memory, admitted: &Admitted) -> Result<(), Refused> {
    let table = Table::<Results>::read(book)?;
    for row in table.rows() {
        let code = table.text(row, Results::Code);
        let indicator = plan.indicators().find(|indicator| indicator.code.as_str() == code);
        let issued = indicator.and_then(|indicator| memory.results.get(&indicator.code));
        let (Some(indicator), Some(issued)) = (indicator, issued) else {
            return Err(Refused::Forged(format!("il piano è lo stesso e l'indicatore {code} non c'è")));
        };
        let again = result(plan, admitted, memory.month, indicator);
        let covered = |column| table.count(row, column);
        let same = is_same(issued, &again)
            && covered(Results::Present) == Some(again.coverage.present)
            && covered(Results::Expected) == Some(again.coverage.expected);
        if !same {
            return Err(Refused::Forged(format!(
                "l'indicatore {code} è «{}», ma dai suoi dati viene «{}» con un altro valore, grado o copertura",
                issued.status.label(),
                again.status.label()
            )));
        }
    }
    if memory.results.len() != plan.indicators().count() {
        return Err(forged("in «Risultati» mancano indicatori"));
    }
    Ok(())
}

fn is_same(issued: &KeptResult, again: &IndicatorResult) -> bool {
    let cell = |number: &Number| Number::from_f64(number.to_f64());
    let value = again.value.clone().map_or(Said::Nothing, Said::value);
    let value = match value {
        Said::Value(Value::Flag(_)) => issued.value.clone(),
        value => value,
    };
    issued.status == again.status
        && issued.degree == again.degree.as_ref().and_then(cell)
        && issued.value == value
}
