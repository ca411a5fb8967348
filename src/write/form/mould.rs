//! The moulds of an office's workbook: what its sheets hold whoever's they are, made once for each shape of a
//! scheda and shared by all the offices that have it.
//!
//! Two offices have one shape of a scheda when they answer for the same indicators of it in the same months.
//! What names the office is no part of a mould, nor what follows from what is typed: see `template`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_xlsxwriter::XlsxError;

use super::asked::Input;
use super::canvas::Record;
use super::cover::{self, Cover};
use super::extent::Extent;
use super::fill::{Fill, FillKey};
use super::layout::{Layout, Line, TARGET};
use super::live::{Form, LiveBook};
use super::{instructions, register_sheet, sheet};
use crate::interpret::{Listed, Mould};
use crate::model::{CellRef, IndicatorCode, OfficeId, Span};
use crate::plan::{Plan, Scheda};
use crate::read::RawSheet;
use crate::write::style;

/// Which shape of a scheda: its number, the rows of its registers, the indicators with the months in which
/// each of their voci is asked.
pub(super) type Shape = (u8, u32, Vec<(IndicatorCode, Vec<Option<Span>>)>);

/// The shape in which an office has a scheda.
pub(super) fn shape(office: &OfficeId, scheda: &Scheda, rows: u32) -> Shape {
    let indicators = scheda.indicators_of(office).map(|indicator| {
        let months = indicator.voci.iter().map(|voce| voce.span_of(office));
        (indicator.code.clone(), months.collect())
    });
    (scheda.number, rows, indicators.collect())
}

/// The sheets of a scheda, or the first sheet of a workbook.
pub(super) struct Cast {
    /// Its formulas.
    pub form: Form,
    /// Its sheets.
    pub moulds: Vec<Arc<Mould>>,
    /// Of each sheet, the formulas that are laid beside an office's.
    pub figures: Vec<Vec<CellRef>>,
    /// Its part of the hidden list.
    pub listed: Arc<[Listed]>,
    /// Where each input cell stands: the place of its sheet, and the cell.
    pub places: BTreeMap<FillKey, (usize, CellRef)>,
    /// The cells of the first sheet that name the office.
    pub names: Vec<(CellRef, Named)>,
}

/// What a cell says that is another one for each office.
#[derive(Clone, Debug)]
pub(super) enum Named {
    /// Whose scheda it is.
    OfWhom,
    /// How an indicator is read, by whom it is answered for.
    Help(IndicatorCode),
    /// Whose workbook it is.
    Title,
}

impl Named {
    /// What the cell says to an office.
    pub(super) fn words(&self, plan: &Plan, office: &OfficeId) -> Option<String> {
        Some(match self {
            Self::OfWhom => sheet::of_whom(plan, office),
            Self::Title => plan.workbook_title(office),
            Self::Help(code) => {
                let indicator = plan.indicators().find(|indicator| indicator.code == *code)?;
                super::words::help(plan, office, indicator)
            }
        })
    }
}

impl Cast {
    /// That of a scheda in the shape in which an office has it.
    pub(super) fn of(plan: &Plan, office: &OfficeId, scheda: &Scheda, rows: u32) -> Result<Self, XlsxError> {
        let layout = Layout::of(plan, office, scheda, rows);
        let form = Form::of(&layout, Extent::Figures);
        let (live, blank) = (alone(&form), Fill::default());
        let mut cast = Casting::default();
        let mut record = record_of(&layout.name());
        sheet::lines(&mut record, &layout, &live, &blank)?;
        cast.add(record, layout.inputs());
        for register in &layout.registers {
            let mut record = record_of(&register.name);
            register_sheet::lines(&mut record, scheda, register, &live, &blank)?;
            cast.add(record, register.inputs());
        }
        let help = layout.rows().filter_map(|(row, line)| match line {
            Line::Help(indicator) => {
                let cell = CellRef { row, col: super::layout::LABEL };
                Some((cell, Named::Help(indicator.code.clone())))
            }
            _ => None,
        });
        let whose = (CellRef { row: 0, col: TARGET }, Named::OfWhom);
        let names = std::iter::once(whose).chain(help).collect();
        Ok(cast.cast(form, names))
    }

    /// That of the first sheet.
    pub(super) fn of_cover(cover: &Cover<'_>) -> Result<Self, XlsxError> {
        let form = Form::of_cover(cover);
        let mut cast = Casting::default();
        let mut record = record_of(cover::NAME);
        instructions::lines(&mut record, cover, &alone(&form), &Fill::default())?;
        cast.add(record, cover.inputs());
        Ok(cast.cast(form, vec![(CellRef { row: 0, col: 0 }, Named::Title)]))
    }
}

/// A cast in the making.
#[derive(Default)]
struct Casting {
    moulds: Vec<Arc<Mould>>,
    figures: Vec<Vec<CellRef>>,
    listed: Vec<Listed>,
    places: BTreeMap<FillKey, (usize, CellRef)>,
}

impl Casting {
    fn add(&mut self, Record { sheet, aids }: Record, inputs: Vec<Input>) {
        let place = self.moulds.len();
        let formats = inputs.iter().map(|input| (input.cell, style::number_format(input.kind)));
        let formats: BTreeMap<CellRef, &'static str> = formats.collect();
        for input in inputs {
            self.places.insert(FillKey::of(&input), (place, input.cell));
            let Input { key, month, row, column, cell, .. } = input;
            self.listed.push(Listed { key, month, row, column, sheet: sheet.name.clone(), cell });
        }
        let live = sheet.cells.iter().filter(|(_, raw)| raw.formula.is_some()).map(|(cell, _)| *cell);
        self.figures.push(live.filter(|cell| !aids.contains(cell)).collect());
        self.moulds.push(Arc::new(Mould { sheet, aids, inputs: formats }));
    }

    fn cast(self, form: Form, names: Vec<(CellRef, Named)>) -> Cast {
        let Self { moulds, figures, listed, places } = self;
        Cast { form, moulds, figures, listed: listed.into(), places, names }
    }
}

/// The live cells of a form without the rest of the workbook.
fn alone(form: &Form) -> LiveBook {
    let mut live = LiveBook::with(Extent::Figures);
    live.add(form, form.untyped());
    live
}

pub(super) fn record_of(name: &str) -> Record {
    let mut sheet = RawSheet { name: name.to_owned(), ..RawSheet::default() };
    sheet.traits.protected = true;
    Record { sheet, ..Record::default() }
}
