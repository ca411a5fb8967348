//! A sheet's screen and paper: A4 landscape, as wide as a page, header and foot on every one.

use rust_xlsxwriter::{Color, Worksheet};

use crate::report::{Report, Sheet, TabKind};
use crate::write::WriteError;
use crate::write::style::{ACCENT, ACCENT_DARK, MUTED};

const A4: u8 = 9;

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
    if let Some(area) = sheet.filter {
        worksheet.autofilter(area.first.row, area.first.col, area.last.row, area.last.col)?;
    }
    worksheet.set_landscape();
    worksheet.set_paper_size(A4);
    worksheet.set_print_fit_to_pages(1, u16::from(sheet.one_page));
    worksheet.set_print_center_horizontally(sheet.one_page);
    worksheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    worksheet.set_header(format!("&C&\"Calibri,Bold\"&10 {}", escaped(&report.header)));
    worksheet.set_footer(format!(
        "&L&\"Calibri,Regular\"&9 {}&C&\"Calibri,Regular\"&9 {}&R&\"Calibri,Regular\"&9 Pagina &P di &N",
        escaped(&report.footer),
        escaped(sheet.name)
    ));
    Ok(())
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
