//! A sheet's screen and paper: A4, nearly always landscape, as wide as a page, header and foot on every one.

use rust_xlsxwriter::{Color, Worksheet};

use crate::report::{Paper, Report, Sheet, TabKind, height};
use crate::write::WriteError;
use crate::write::style::{ACCENT, ACCENT_DARK, MUTED};

const A4: u8 = 9;

/// Width of A4 landscape between its margins, in pixels; less what some programs add to the
/// columns.
const PAGE: u32 = 975;

/// Width of A4 upright between its margins, in pixels; less what some programs add to the columns.
const UPRIGHT: u32 = 690;

/// Height of A4 upright between its margins, in points.
const TALL: u32 = 755;

/// Sets up everything but the cells.
pub(super) fn set_up(worksheet: &mut Worksheet, report: &Report, sheet: &Sheet) -> Result<(), WriteError> {
    worksheet.set_name(sheet.name)?;
    worksheet.set_tab_color(tab(sheet.tab));
    worksheet.set_screen_gridlines(false);
    for (place, width) in sheet.widths.iter().enumerate() {
        let column = u16::try_from(place).unwrap_or(u16::MAX);
        worksheet.set_column_width(column, f64::from(*width))?;
    }
    if let Some(frozen) = sheet.frozen {
        worksheet.set_freeze_panes(frozen.rows, frozen.columns)?;
    }
    if let Some(header) = sheet.repeat {
        worksheet.set_repeat_rows(header, header)?;
    }
    if let Some(area) = sheet.tables.first() {
        worksheet.autofilter(area.first.row, area.first.col, area.last.row, area.last.col)?;
    }
    worksheet.set_landscape();
    worksheet.set_paper_size(A4);
    paper(worksheet, sheet)?;
    let side = if matches!(sheet.paper, Paper::Upright(_)) { 0.3 } else { 0.4 };
    worksheet.set_margins(side, side, 0.6, 0.6, 0.3, 0.3);
    // Head and foot shrink with the sheet: as large as its letters, they are never below 7 points.
    worksheet.set_header(format!("&C&\"Calibri,Bold\"&11 {}", escaped(&report.header)));
    worksheet.set_footer(format!(
        "&L&\"Calibri,Regular\"&11 {}&C&\"Calibri,Regular\"&11 {}&R&\"Calibri,Regular\"&11 Pagina &P di &N",
        escaped(&report.footer),
        escaped(sheet.name)
    ));
    Ok(())
}

fn paper(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), WriteError> {
    match sheet.paper {
        Paper::Wide => {
            worksheet.set_print_fit_to_pages(1, 0);
        }
        Paper::Single => {
            worksheet.set_print_fit_to_pages(1, 1);
            worksheet.set_print_center_horizontally(true);
        }
        Paper::Parted(row) => {
            worksheet.set_print_scale(scale(sheet));
            worksheet.set_page_breaks(&[row])?;
        }
        Paper::UpTo(columns) => {
            let last = u32::try_from(sheet.rows.len()).unwrap_or(1).saturating_sub(1);
            worksheet.set_print_area(0, 0, last, columns.saturating_sub(1))?;
            // Fitted to a width, LibreOffice now and then adds an empty page after a print area.
            worksheet.set_print_scale(scale(sheet));
        }
        Paper::Upright(columns) => {
            let last = u32::try_from(sheet.rows.len()).unwrap_or(1).saturating_sub(1);
            worksheet.set_portrait();
            worksheet.set_print_area(0, 0, last, columns.saturating_sub(1))?;
            worksheet.set_print_fit_to_pages(1, 1);
            worksheet.set_print_center_horizontally(true);
        }
        Paper::Double { from, again, until } => {
            if let Some(until) = until {
                let last = u32::try_from(sheet.rows.len()).unwrap_or(1).saturating_sub(1);
                worksheet.set_print_area(0, 0, last, until.saturating_sub(1))?;
            }
            worksheet.set_print_scale(scale(sheet));
            worksheet.set_repeat_columns(0, again.saturating_sub(1))?;
            worksheet.set_vertical_page_breaks(&[u32::from(from)])?;
            // The two halves of a row come out one after the other.
            worksheet.set_page_order(false);
        }
    }
    Ok(())
}

/// The scale at which the sheet is as wide as its pages, in hundredths.
fn scale(sheet: &Sheet) -> u16 {
    let width = |columns: &[u16]| columns.iter().map(|width| u32::from(*width) * 7 + 5).sum::<u32>();
    let part = |columns: std::ops::Range<usize>| width(sheet.widths.get(columns).unwrap_or_default());
    let all = sheet.widths.len();
    let widest = match sheet.paper {
        Paper::Wide | Paper::Single | Paper::Parted(_) => part(0..all),
        Paper::UpTo(columns) | Paper::Upright(columns) => part(0..usize::from(columns)),
        Paper::Double { from, again, until } => {
            let from = usize::from(from);
            let all = until.map_or(all, usize::from);
            part(0..from).max(part(0..usize::from(again)) + part(from..all))
        }
    };
    let scale = match sheet.paper {
        Paper::Upright(_) => (UPRIGHT * 100 / widest.max(1)).min(TALL * 100 / tall(sheet).max(1)),
        _ => PAGE * 100 / widest.max(1),
    };
    u16::try_from(scale).unwrap_or(100).clamp(10, 100)
}

/// Height of all the rows, in points.
fn tall(sheet: &Sheet) -> u32 {
    sheet.rows.iter().map(|row| height::of(row, &sheet.widths).points).sum()
}

/// In a header an ampersand begins a command.
fn escaped(text: &str) -> String {
    text.replace('&', "&&")
}

fn tab(kind: TabKind) -> Color {
    match kind {
        TabKind::Reading => ACCENT,
        TabKind::Evidence => MUTED,
        TabKind::Rules => ACCENT_DARK,
    }
}

#[cfg(test)]
mod tests {
    use super::scale;
    use crate::report::Paper;
    use crate::report::report;
    use crate::report::sample::sample;

    #[test]
    fn the_summary_is_one_page_that_can_be_read() {
        for month in [6, 12] {
            let report = report(&sample(month).run());
            let sheet = report.sheets.iter().find(|sheet| sheet.name == "Sintesi").unwrap();
            // 11 points at this scale, at which it is neither wider nor taller than a page, are at least 7.
            assert!(matches!(sheet.paper, Paper::Upright(_)) && scale(sheet) >= 64, "{} %", scale(sheet));
        }
    }

    #[test]
    fn what_is_printed_can_be_read() {
        for month in [6, 12] {
            for sheet in report(&sample(month).run()).sheets {
                // 11 points at this scale are at least 7.
                assert!(scale(&sheet) >= 64, "{}: {} %", sheet.name, scale(&sheet));
            }
        }
    }
}
