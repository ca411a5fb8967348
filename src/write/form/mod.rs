//! The office's workbook: instructions, one sheet per scheda, the hidden manifest.

mod aids;
mod asked;
mod book;
mod canvas;
mod cells;
mod cover;
mod fill;
mod input;
mod instructions;
mod judgement;
mod layout;
mod live;
mod manifest;
mod names;
mod page;
mod places;
mod register;
mod register_sheet;
mod result;
mod sheet;
mod template;
mod verdict;
mod words;

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

pub use fill::{Fill, FillKey, FillValue};
pub use template::templates;

use self::asked::Input;
use self::book::Book;
use self::live::Extent;
use super::WriteError;
use crate::model::OfficeId;
use crate::plan::Plan;

/// The name of an office's file: `schede-2019-metrico.xlsx`.
pub fn office_file_name(plan: &Plan, office: &OfficeId) -> String {
    format!("schede-{}-{office}.xlsx", plan.year)
}

/// The workbook of an office for the whole year, with `fill` typed in it (nothing, for the blank one).
///
/// # Errors
/// When the plan has no such office, when `fill` names a cell that this workbook does not have, or when a
/// text of the plan does not fit in a workbook.
pub fn office_workbook(plan: &Plan, office: &OfficeId, fill: &Fill) -> Result<Vec<u8>, WriteError> {
    if plan.office(office).is_none() {
        return Err(WriteError::UnknownOffice(office.to_string()));
    }
    let mut book = Workbook::new();
    let year = u16::try_from(plan.year).unwrap_or(u16::MAX);
    book.set_properties(
        &DocProperties::new()
            .set_title(format!("Schede {} – {}", plan.year, plan.office_name(office)))
            .set_company(&plan.ente)
            .set_creation_datetime(&ExcelDateTime::from_ymd(year, 1, 1)?),
    );
    let form = Book::of(plan, office, register::ROWS, fill, Extent::All);
    let inputs = form.inputs();
    refuse_unknown(fill, &inputs)?;
    instructions::write(&mut book, &form, fill)?;
    for layout in &form.layouts {
        sheet::write(&mut book, &form, layout, fill)?;
    }
    for layout in &form.layouts {
        for register in &layout.registers {
            register_sheet::write(&mut book, &form, (layout.scheda, register), fill)?;
        }
    }
    form.define(&mut book)?;
    manifest::write(&mut book, plan, office, &inputs)?;
    Ok(book.save_to_buffer()?)
}

/// No value is left out in silence.
fn refuse_unknown(fill: &Fill, inputs: &[(String, Input)]) -> Result<(), WriteError> {
    let known: BTreeSet<FillKey> = inputs.iter().map(|(_, input)| FillKey::of(input)).collect();
    match fill.keys().find(|key| !known.contains(*key)) {
        Some(key) => Err(WriteError::UnknownInput(key.to_string())),
        None => Ok(()),
    }
}
