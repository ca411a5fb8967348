//! The consolidated workbook: bricks laid as the report says, nothing decided.
//!
//! Text goes in as text only, also when it begins like a formula; the only formulas are the report's own;
//! nothing in the file depends on when or where it was written.

mod chart;
mod language;
mod page;
mod style;
mod table;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, Formula, IgnoreError,
    Url, Workbook, Worksheet,
};

use crate::book::{Cell, Content, Input, LINKS, Report, RowKind, Sheet, height};
use crate::excel::{Target as LinkTarget, spelt, spelt_range};
use crate::model::CellRef;
use crate::package::as_everywhere;

use super::{WriteError, headings};
use style::Styles;

/// A column as narrow as this is a margin.
const MARGIN: u16 = 2;

/// A sheet of more rows than these is not kept in memory while it is written, row by row; what it holds is
/// the same, but for a hint that programs do without (`spans`).
const LONG: usize = 20_000;

/// The language of all that is read in it.
const LANGUAGE: &str = "it-IT";

/// The bytes of the consolidated workbook.
///
/// # Errors
/// When a sheet is longer than Excel has rows; else only when the library refuses something that the report
/// should not have asked for.
pub fn consolidated_workbook(report: &Report) -> Result<Vec<u8>, WriteError> {
    let rows = usize::try_from(CellRef::ROWS).unwrap_or(usize::MAX);
    if let Some(sheet) = report.sheets.iter().find(|sheet| sheet.rows.len() > rows) {
        return Err(WriteError::TooLong(sheet.name, sheet.rows.len()));
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report)?);
    let mut styles = Styles::default();
    for (place, sheet) in report.sheets.iter().enumerate() {
        let long = sheet.rows.len() > LONG;
        let worksheet =
            if long { workbook.add_worksheet_with_low_memory()? } else { workbook.add_worksheet() };
        page::set_up(worksheet, report, sheet)?;
        if place == 0 {
            worksheet.set_active(true);
        }
        worksheet.set_formula_result_default("");
        if !long {
            table::mark(worksheet, sheet, ..)?;
        }
        Layer { worksheet, styles: &mut styles, links: 0, sheet: sheet.name, long }.sheet(sheet)?;
        for chart in &sheet.charts {
            chart::insert(worksheet, sheet, chart)?;
        }
        for line in &sheet.sparklines {
            chart::sparkline(worksheet, line)?;
        }
    }
    for named in &report.names {
        let range = spelt_range(named.area);
        workbook.define_name(named.name, &format!("='{}'!{range}", named.sheet))?;
    }
    Ok(as_everywhere(headings::named(language::set(workbook.save_to_buffer()?, LANGUAGE)?)?)?)
}

fn properties(report: &Report) -> Result<DocProperties, WriteError> {
    let created = excel_date(report.created)?;
    Ok(DocProperties::new()
        .set_title(&report.title)
        .set_subject(&report.subtitle)
        .set_author(&report.author)
        .set_status(&report.header)
        .set_creation_datetime(&created))
}

fn excel_date(day: NaiveDate) -> Result<ExcelDateTime, WriteError> {
    let (month, date) = (u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1));
    Ok(ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), month, date)?)
}

/// Lays the rows of a sheet.
struct Layer<'a> {
    worksheet: &'a mut Worksheet,
    styles: &'a mut Styles,
    links: usize,
    sheet: &'static str,
    /// Whether what is laid cannot be touched again once a later row is: see `LONG`.
    long: bool,
}

impl Layer<'_> {
    fn sheet(&mut self, sheet: &Sheet) -> Result<(), WriteError> {
        for (place, row) in sheet.rows.iter().enumerate() {
            let at = u32::try_from(place).unwrap_or(u32::MAX);
            if self.long {
                table::mark(self.worksheet, sheet, at..=at)?;
            }
            let height = height::in_sheet(sheet, place);
            let leaf = sheet.leaf.filter(|leaf| at < leaf.rows);
            let letters = leaf.map_or(height::FULL, |leaf| leaf.letters);
            self.worksheet.set_row_height(at, f64::from(height.points))?;
            let tall = height.lines > 1;
            let mut covered = 0;
            for (place, cell) in row.cells.iter().enumerate() {
                let column = u16::try_from(place).unwrap_or(u16::MAX);
                if column < covered {
                    continue;
                }
                covered = column.saturating_add(cell.span.max(1));
                let margin = sheet.widths.get(place).is_some_and(|width| *width <= MARGIN);
                // Only a title begins in the margin.
                if !margin || cell.span > 1 {
                    let covered = sheet.widths.iter().skip(place).take(usize::from(cell.span.max(1)));
                    let format = self.styles.of(row.kind, cell, (tall, letters), covered.sum());
                    self.cell(at, column, row.kind, cell, &format)?;
                }
            }
        }
        let last = u32::try_from(sheet.rows.len()).unwrap_or(1).saturating_sub(1);
        let right = u16::try_from(sheet.widths.len()).unwrap_or(1).saturating_sub(1);
        self.worksheet.ignore_error_range(0, 0, last, right, IgnoreError::NumberStoredAsText)?;
        Ok(())
    }

    fn cell(
        &mut self,
        row: u32,
        column: u16,
        kind: RowKind,
        cell: &Cell,
        format: &Format,
    ) -> Result<(), WriteError> {
        if matches!(cell.content, Content::Blank) && !is_ruled(kind) {
            return Ok(());
        }
        if cell.span > 1 {
            let last = column.saturating_add(cell.span - 1);
            self.worksheet.merge_range(row, column, row, last, "", format)?;
        }
        if let Some(Input::OneOf(words)) = cell.input {
            self.worksheet.add_data_validation(row, column, row, column, &one_of(words)?)?;
        }
        match &cell.content {
            Content::Blank => self.worksheet.write_blank(row, column, format)?,
            Content::Text(text) | Content::Code(text) => {
                self.worksheet.write_string_with_format(row, column, text, format)?
            }
            Content::Status(light, word) => {
                let text = format!("{} {word}", light.symbol());
                self.worksheet.write_string_with_format(row, column, text, format)?
            }
            Content::Severity(severity) => {
                let text = format!("{} {}", style::light_of(*severity).symbol(), severity.label());
                self.worksheet.write_string_with_format(row, column, text, format)?
            }
            Content::Number(number, _) => {
                let float = number.to_f64();
                if float.is_finite() {
                    self.worksheet.write_number_with_format(row, column, float, format)?
                } else {
                    self.worksheet.write_string_with_format(row, column, number.to_italian(2), format)?
                }
            }
            Content::Date(date) => {
                self.worksheet.write_datetime_with_format(row, column, excel_date(*date)?, format)?
            }
            Content::Link(text, target) => {
                return self.link((row, column), text, *target, cell.until, format);
            }
            Content::Live(live) => {
                let formula = Formula::new(spelt(&live.formula, self.sheet)).set_result(result(&live.value)?);
                self.worksheet.write_formula_with_format(row, column, formula, format)?
            }
        };
        Ok(())
    }

    fn link(
        &mut self,
        (row, column): (u32, u16),
        text: &str,
        target: LinkTarget,
        until: Option<CellRef>,
        format: &Format,
    ) -> Result<(), WriteError> {
        if self.links >= LINKS {
            self.worksheet.write_string_with_format(row, column, text, format)?;
            return Ok(());
        }
        self.links += 1;
        let last = until.map_or_else(String::new, |last| format!(":{last}"));
        // Words such as «vai →» do not name where they lead: the hint does.
        let hint = format!("{}, cella {}{last}", target.sheet, target.cell);
        let url = Url::new(format!("internal:'{}'!{}{last}", target.sheet, target.cell));
        let url = url.set_text(text).set_tip(hint);
        self.worksheet.write_url_with_format(row, column, url, format)?;
        Ok(())
    }
}

/// A list to choose from; something else is taken after a warning.
fn one_of(words: &[&str]) -> Result<DataValidation, WriteError> {
    let message = format!("Qui di solito si sceglie fra: {}.", words.join(", "));
    Ok(DataValidation::new()
        .allow_list_strings(words)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Fuori elenco")?
        .set_error_message(message)?)
}

/// The engine's value as the cached result of a formula.
fn result(value: &Content) -> Result<String, WriteError> {
    Ok(match value {
        Content::Blank | Content::Severity(_) | Content::Live(_) => String::new(),
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) => text.clone(),
        Content::Status(light, word) => format!("{} {word}", light.symbol()),
        Content::Number(number, _) => number.to_f64().to_string(),
        Content::Date(date) => excel_date(*date)?.to_excel().to_string(),
    })
}

/// Whether the cells of a row are ruled also when they are blank.
fn is_ruled(kind: RowKind) -> bool {
    matches!(kind, RowKind::Header | RowKind::Body | RowKind::Total)
}

#[cfg(test)]
mod tests {
    use super::{CellRef, Input, WriteError, consolidated_workbook};
    use crate::package::parts;
    use crate::report::report;
    use crate::report::sample::sample;

    /// The parts of a workbook whose name has `within`, as text.
    fn texts(bytes: &[u8], within: &str) -> Vec<String> {
        let named = parts(bytes).unwrap().into_iter().filter(|(name, _)| name.contains(within));
        named.map(|(_, part)| String::from_utf8(part).unwrap()).collect()
    }

    #[test]
    fn the_same_month_gives_the_same_bytes() {
        let write = || consolidated_workbook(&report(&sample(6).run())).unwrap();
        let bytes = write();
        assert_eq!(bytes, write());
        assert!(texts(&bytes, "core.xml")[0].contains("2019-06-30T00:00:00Z"));
    }

    #[test]
    fn the_sheets_hold_only_the_formulas_asked_for_and_no_impossible_numbers() {
        let bytes = consolidated_workbook(&report(&sample(12).run())).unwrap();
        let sheets = texts(&bytes, "worksheets/sheet");
        assert_eq!(sheets.len(), 26);
        for sheet in &sheets {
            assert!(!sheet.contains(">NAN<") && !sheet.contains(">inf<") && !sheet.contains("#VALUE!"));
            let oriented =
                sheet.contains("orientation=\"landscape\"") || sheet.contains("orientation=\"portrait\"");
            assert!(oriented && sheet.contains("showGridLines=\"0\""));
            assert!(sheet.contains("Pagina &amp;P di &amp;N") && sheet.contains("PROVVISORIO"));
        }
    }

    #[test]
    fn a_sheet_longer_than_excel_has_rows_is_refused() {
        let mut long = report(&sample(6).run());
        let data = long.sheets.iter_mut().find(|sheet| sheet.name == "Dati").unwrap();
        data.rows.resize_with(CellRef::ROWS as usize + 1, crate::book::Row::space);
        let refused = consolidated_workbook(&long);
        assert!(matches!(refused, Err(WriteError::TooLong("Dati", 1_048_577))), "{refused:?}");
    }

    /// Row by row or all at once, a sheet is the same but for a hint of each row.
    #[test]
    fn a_long_sheet_holds_what_a_short_one_holds() {
        let short = report(&sample(6).run());
        let mut long = short.clone();
        let data = long.sheets.iter().position(|sheet| sheet.name == "Dati").unwrap();
        let blank = |_| crate::book::Row::space();
        let length = long.sheets[data].rows.len();
        long.sheets[data].rows.extend((length..=super::LONG).map(blank));
        let book = |report| {
            let bytes = consolidated_workbook(report).unwrap();
            crate::read::read_bytes("consolidato.xlsx", bytes).content.unwrap()
        };
        let (short, long) = (book(&short), book(&long));
        for (one, other) in short.sheets.iter().zip(&long.sheets) {
            assert_eq!(one.cells, other.cells, "{}", one.name);
            assert_eq!(
                (&one.traits.merged, one.hidden),
                (&other.traits.merged, other.hidden),
                "{}",
                one.name
            );
        }
        assert_eq!(short.sheets.len(), long.sheets.len());
    }

    #[test]
    fn every_chart_speaks_italian() {
        let charts = texts(&consolidated_workbook(&report(&sample(6).run())).unwrap(), "xl/charts/chart");
        assert!(charts.len() > 5, "{}", charts.len());
        for chart in charts {
            assert!(chart.contains("<c:lang val=\"it-IT\"/>") && !chart.contains("en-US"), "{chart}");
        }
    }

    #[test]
    fn text_that_begins_like_a_formula_stays_text() {
        let bytes = consolidated_workbook(&report(&sample(6).run())).unwrap();
        assert!(texts(&bytes, "sharedStrings")[0].contains("=SOMMA(A1) è solo un testo"));
        assert!(texts(&bytes, "styles.xml")[0].contains("quotePrefix=\"1\""));
    }

    #[test]
    fn what_is_to_be_filled_is_yellow_and_offers_its_words() {
        let report = report(&sample(6).run());
        let sheets = texts(&consolidated_workbook(&report).unwrap(), "worksheets/sheet");
        let offered = |words: &str| sheets.iter().map(|sheet| sheet.matches(words).count()).sum::<usize>();
        let filled = |name: &str| {
            let sheet = report.sheets.iter().find(|sheet| sheet.name == name).unwrap();
            let cells = sheet.rows.iter().flat_map(|row| &row.cells);
            cells.filter(|cell| matches!(cell.input, Some(Input::OneOf(_)))).count()
        };
        assert_eq!(offered("\"conforme,non conforme,non verificabile\""), filled("Carta OIV"));
        assert_eq!(offered("\"sì,no,in parte\""), filled("Attestazione OIV"));
        let styles = texts(&consolidated_workbook(&report).unwrap(), "styles.xml");
        assert!(filled("Carta OIV") > 0 && styles[0].contains("FFFFF8DC"));
    }
}
