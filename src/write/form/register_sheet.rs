//! A register's sheet, written.

use rust_xlsxwriter::{FormatAlign, Workbook, XlsxError};

use super::asked::KEY;
use super::book::Book;
use super::canvas::{Canvas, put};
use super::fill::{Fill, FillKey};
use super::input::validation;
use super::layout::sheet_name;
use super::live::LiveBook;
use super::page;
use super::register::{FIELDS, FIRST, HEAD, ORDINAL, RegisterLayout, SENTENCE, width};
use super::sheet::input_format;
use super::verdict::Code;
use super::words;
use crate::model::{CellRef, VoceType};
use crate::plan::{Domain, Scheda};
use crate::read::Area;
use crate::write::style;

/// Room for the sentence, in pixels.
const SENTENCE_ROOM: u32 = 330;

/// Writes the sheet.
pub(super) fn write(
    into: &mut Workbook,
    book: &Book<'_>,
    (scheda, register): (&Scheda, &RegisterLayout<'_>),
    fill: &Fill,
) -> Result<(), XlsxError> {
    let sheet = into.add_worksheet().set_name(&register.name)?;
    page::set_up(sheet, book.plan, book.office)?;
    sheet.set_tab_color(style::RULE);
    for col in KEY..=register.last() {
        sheet.set_column_width_pixels(col, width(register, col))?;
    }
    // Below the last row of the table there is room for more: the reader takes what joins it.
    for (place, column) in register.shape.columns.iter().enumerate() {
        sheet.set_column_format(RegisterLayout::field(place), &style::room_for_more(column.kind))?;
    }
    sheet.set_column_hidden(KEY)?;
    for col in register.codes()..=register.last() {
        sheet.set_column_hidden(col)?;
    }
    lines(sheet, scheda, register, &book.live, fill)?;
    sheet.set_freeze_panes(FIRST, 0)?;
    sheet.set_repeat_rows(0, HEAD)?;
    sheet.set_print_area(0, KEY, register.last_row(), register.check())?;
    sheet.set_portrait().set_print_fit_to_pages(1, 1);
    sheet.set_selection(FIRST, FIELDS, FIRST, FIELDS)?;
    Ok(())
}

/// Writes every line.
pub(super) fn lines(
    sheet: &mut dyn Canvas,
    scheda: &Scheda,
    register: &RegisterLayout<'_>,
    live: &LiveBook,
    fill: &Fill,
) -> Result<(), XlsxError> {
    opening(sheet, scheda, register)?;
    head(sheet, register)?;
    for ordinal in 1..=register.rows {
        row(sheet, register, ordinal, fill)?;
    }
    for (place, column) in register.shape.columns.iter().enumerate() {
        let col = RegisterLayout::field(place);
        let area =
            Area { first: CellRef { row: FIRST, col }, last: CellRef { row: register.last_row(), col } };
        let domain = register.voce.domain(Some(&column.key));
        let rule = validation(&domain, area.first, Some(&format!("{}.", column.label)))?;
        sheet.validation(area, domain != Domain::Text, &rule)?;
    }
    for cell in live.cells(&register.name) {
        let Some(own) = live.at(&register.name, cell) else { continue };
        let format = match (cell.row, cell.col) {
            (SENTENCE, ORDINAL) => style::sentence().set_text_wrap(),
            (_, col) if col == register.check() => style::verdict(),
            (_, col) if col < register.check() => style::total("0"),
            _ => style::text(),
        };
        sheet.formula(cell, &own, &format)?;
    }
    lights(sheet, register)
}

fn opening(sheet: &mut dyn Canvas, scheda: &Scheda, register: &RegisterLayout<'_>) -> Result<(), XlsxError> {
    sheet.height(0, 34)?;
    let last = register.check();
    let title = format!("{} – {}", register.name, register.voce.label);
    sheet.merge(0, (KEY, last - 1), &title, &style::fitting(style::cover_title()))?;
    let name = sheet_name(scheda);
    let to = format!("internal:'{name}'!B1");
    let format = style::link().set_align(FormatAlign::Right);
    sheet.link(0, last, (&to, "Torna alla scheda"), &format!("‹ {name}"), &format)?;
    let room = |first: u16, end: u16| (first..=end).map(|col| width(register, col)).sum::<u32>();
    // The sentence has two lines, the guide the rest.
    let split = (FIELDS..last - 1).find(|end| room(ORDINAL, *end) >= SENTENCE_ROOM).unwrap_or(last - 1);
    sheet.merge(SENTENCE, (ORDINAL, split), "", &style::sentence().set_text_wrap())?;
    let guide = words::guide(register.voce);
    match split + 1 == last {
        true => sheet.text(SENTENCE, last, &guide, Some(&style::muted()))?,
        false => sheet.merge(SENTENCE, (split + 1, last), &guide, &style::muted())?,
    }
    let room = room(split + 1, last);
    sheet.height(SENTENCE, (style::lines(&guide, room, false) * style::LINE + 4).max(64))
}

fn head(sheet: &mut dyn Canvas, register: &RegisterLayout<'_>) -> Result<(), XlsxError> {
    sheet.text(HEAD, KEY, &format!("{}#", register.voce.key), None)?;
    sheet.text(HEAD, ORDINAL, "n.", Some(&style::header()))?;
    let mut lines = 1;
    for (place, column) in register.shape.columns.iter().enumerate() {
        let col = RegisterLayout::field(place);
        let format = if column.kind == VoceType::Testo { style::header_left() } else { style::header() };
        sheet.text(HEAD, col, &column.label, Some(&format))?;
        lines = lines.max(style::lines(&column.label, width(register, col), true));
    }
    for column in register.columns() {
        sheet.text(HEAD, column.col, column.title, Some(&style::header()))?;
    }
    sheet.text(HEAD, register.check(), "Controllo", Some(&style::header_left()))?;
    sheet.height(HEAD, lines * style::LINE + 6)
}

fn row(
    sheet: &mut dyn Canvas,
    register: &RegisterLayout<'_>,
    ordinal: u32,
    fill: &Fill,
) -> Result<(), XlsxError> {
    let row = FIRST + ordinal - 1;
    sheet.text(row, KEY, &register.row_key(ordinal), None)?;
    sheet.number(row, ORDINAL, f64::from(ordinal), Some(&style::unit()))?;
    for (place, column) in register.shape.columns.iter().enumerate() {
        let cell = CellRef { row, col: RegisterLayout::field(place) };
        let key = FillKey::field(register.voce.key.as_str(), ordinal, column.key.as_str());
        put(sheet, cell, fill.get(&key), &input_format(fill.is_locked(&key), column.kind))?;
    }
    sheet.blank(row, register.check(), &style::verdict())
}

/// The next free row is bright, a field to be put right is red.
fn lights(sheet: &mut dyn Canvas, register: &RegisterLayout<'_>) -> Result<(), XlsxError> {
    let last = FIELDS + u16::try_from(register.shape.columns.len()).unwrap_or(1) - 1;
    let at = |row, col| CellRef { row, col };
    let area = Area { first: at(FIRST, FIELDS), last: at(register.last_row(), last) };
    let code = at(FIRST, register.codes());
    sheet.mark(area, &format!("{code}>={}", Code::Part.number()), &style::wrong())?;
    sheet.mark(area, &format!("{code}>={}", Code::Missing.number()), &style::doubtful())?;
    let fixed = |cell: CellRef| {
        let name = cell.to_string();
        let letters: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
        (letters, cell.row + 1)
    };
    let ((first, row), (end, _)) = (fixed(at(FIRST, FIELDS)), fixed(at(FIRST, last)));
    let free =
        format!("AND(COUNTA(${first}{row}:${end}{row})=0,COUNTA(${first}{}:${end}{})>0)", row - 1, row - 1);
    sheet.mark(area, &free, &style::bright())?;
    let check = at(FIRST, register.check());
    let verdicts = Area { first: check, last: at(register.last_row(), register.check()) };
    let sentence = at(SENTENCE, ORDINAL);
    for (area, cell) in [(verdicts, check), (Area { first: sentence, last: sentence }, sentence)] {
        for (symbol, format) in style::verdict_lights() {
            sheet.mark(area, &format!("LEFT({cell},1)=\"{symbol}\""), &format)?;
        }
    }
    Ok(())
}
