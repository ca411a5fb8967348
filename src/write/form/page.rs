//! How a sheet of the office's workbook opens, prints and is protected.

use rust_xlsxwriter::{ProtectionOptions, Worksheet, XlsxError};

use crate::model::OfficeId;
use crate::plan::Plan;
use crate::write::style;

/// A4.
const A4: u8 = 9;

/// Page, footer, protection; every formula without a result shows a blank.
pub(super) fn set_up(sheet: &mut Worksheet, plan: &Plan, office: &OfficeId) -> Result<(), XlsxError> {
    sheet.set_formula_result_default("");
    sheet.set_screen_gridlines(false);
    sheet.set_default_row_height_pixels(style::LINE);
    sheet.set_paper_size(A4).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_print_fit_to_pages(1, 0);
    sheet.set_landscape();
    let left = footer_text(&format!("{} · {}", plan.ente, plan.year));
    let right = footer_text(plan.office_name(office));
    // As large as it says, however small the sheet is printed.
    sheet.set_header_footer_scale_with_doc(false);
    sheet.set_footer(format!("&L&9{left}&C&9Pagina &P di &N&R&9{right}"));
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

/// A text in a footer: `&` is a command there, and a digit after the size would belong to it.
fn footer_text(text: &str) -> String {
    let escaped = text.replace('&', "&&");
    if escaped.starts_with(|first: char| first.is_ascii_digit()) { format!(" {escaped}") } else { escaped }
}
