//! An office's workbook before it is written: every sheet, what stands in it, what its formulas give.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::asked::Input;
use super::cover::{self, Cover};
use super::extent::Extent;
use super::fill::Fill;
use super::layout::Layout;
use super::live::LiveBook;
use crate::model::{CellRef, OfficeId};
use crate::plan::Plan;

/// A workbook before it is written.
pub(super) struct Book<'a> {
    pub plan: &'a Plan,
    pub office: &'a OfficeId,
    pub cover: Cover<'a>,
    pub layouts: Vec<Layout<'a>>,
    pub live: LiveBook,
}

impl<'a> Book<'a> {
    /// That of an office, its registers of so many rows.
    pub(super) fn of(plan: &'a Plan, office: &'a OfficeId, rows: u32, fill: &Fill, extent: Extent) -> Self {
        let layouts: Vec<Layout<'a>> =
            plan.schede_of(office).map(|scheda| Layout::of(plan, office, scheda, rows)).collect();
        let cover = Cover::of(plan, office);
        let live = LiveBook::of(&layouts, &cover, fill, extent);
        Self { plan, office, cover, layouts, live }
    }

    /// Every input cell with the sheet in which it stands.
    pub(super) fn inputs(&self) -> Vec<(String, Input)> {
        inputs_of(&self.layouts, &self.cover)
    }

    /// Every input cell of an office's workbook, its registers of so many rows.
    pub(super) fn inputs_for(plan: &Plan, office: &OfficeId, rows: u32) -> Vec<(String, Input)> {
        let layouts: Vec<Layout<'_>> =
            plan.schede_of(office).map(|scheda| Layout::of(plan, office, scheda, rows)).collect();
        inputs_of(&layouts, &Cover::of(plan, office))
    }

    /// Gives their names to the cells that other sheets ask for.
    pub(super) fn define(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        for (name, sheet, first, last) in self.live.names() {
            let place = if first == last {
                format!("='{sheet}'!{}", fixed(first))
            } else {
                format!("='{sheet}'!{}:{}", fixed(first), fixed(last))
            };
            book.define_name(name, &place)?;
        }
        Ok(())
    }
}

fn inputs_of(layouts: &[Layout<'_>], cover: &Cover<'_>) -> Vec<(String, Input)> {
    let mut inputs: Vec<(String, Input)> = Vec::new();
    for layout in layouts {
        inputs.extend(layout.inputs().into_iter().map(|input| (layout.name(), input)));
        for register in &layout.registers {
            inputs.extend(register.inputs().into_iter().map(|input| (register.name.clone(), input)));
        }
    }
    inputs.extend(cover.inputs().into_iter().map(|input| (cover::NAME.to_owned(), input)));
    inputs
}

/// `$A$5`
fn fixed(cell: CellRef) -> String {
    let name = cell.to_string();
    let letters = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    format!("${letters}${}", cell.row + 1)
}
