//! The office's workbook: instructions, one sheet per scheda, the hidden manifest.

mod aids;
mod asked;
mod book;
mod canvas;
mod cells;
mod cover;
mod extent;
mod fill;
mod history;
mod input;
mod instructions;
mod judgement;
mod layout;
mod live;
mod manifest;
mod mould;
mod names;
mod page;
mod places;
mod register;
mod register_sheet;
mod result;
mod sheet;
mod template;
mod to_mend;
mod verdict;
mod words;

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

pub use fill::{Fill, FillKey, FillValue};
pub use history::{History, history};
pub use template::templates;

use self::asked::Input;
use self::book::Book;
use self::extent::Extent;
use super::{WriteError, headings};
use crate::model::OfficeId;
use crate::package::as_everywhere;
use crate::plan::Plan;
use crate::reply::Reply;

/// The name of an office's file: `schede-2019-metrico.xlsx`.
pub fn office_file_name(plan: &Plan, office: &OfficeId) -> String {
    plan.workbook_name(office)
}

/// The workbook of an office for the whole year, with `fill` typed in it (nothing, for the blank one).
///
/// # Errors
/// When the plan has no such office, when `fill` names a cell that this workbook does not have, or when a
/// text of the plan does not fit in a workbook.
pub fn office_workbook(plan: &Plan, office: &OfficeId, fill: &Fill) -> Result<Vec<u8>, WriteError> {
    compose(plan, office, fill, None)
}

/// The workbook that goes back to an office: made afresh, filled with what was read, its points to mend in
/// front and marked where they are. To who has sent nothing that can be read, a blank one at the month.
///
/// # Errors
/// As `office_workbook`.
pub fn return_workbook(plan: &Plan, reply: &Reply<'_>) -> Result<Vec<u8>, WriteError> {
    compose(plan, reply.office, &to_mend::fill(reply), reply.submission.map(|_| reply))
}

fn compose(
    plan: &Plan,
    office: &OfficeId,
    fill: &Fill,
    reply: Option<&Reply<'_>>,
) -> Result<Vec<u8>, WriteError> {
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
    if let Some(reply) = reply {
        to_mend::open(&mut book, plan, reply)?;
    }
    let form = Book::of(plan, office, register_rows(fill), fill, Extent::All);
    let mut inputs = form.inputs();
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
    let mut pairs = Vec::new();
    if let Some(reply) = reply {
        let answers = to_mend::write(&mut book, reply, fill, &inputs)?;
        inputs.extend(answers);
        pairs = to_mend::pairs(reply);
    }
    manifest::write(&mut book, plan, office, &pairs, &inputs)?;
    Ok(as_everywhere(headings::named(book.save_to_buffer()?)?)?)
}

/// Rows of the registers: as many as a new workbook has, and room for all that is typed.
fn register_rows(fill: &Fill) -> u32 {
    fill.keys().filter_map(|key| key.row).fold(register::ROWS, u32::max)
}

/// No value is left out in silence.
fn refuse_unknown(fill: &Fill, inputs: &[(String, Input)]) -> Result<(), WriteError> {
    let known: BTreeSet<FillKey> = inputs.iter().map(|(_, input)| FillKey::of(input)).collect();
    match fill.keys().find(|key| !known.contains(*key)) {
        Some(key) => Err(WriteError::UnknownInput(key.to_string())),
        None => Ok(()),
    }
}
