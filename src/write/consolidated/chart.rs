//! The chart of *Sintesi*: native bars over the cells of the table.

use rust_xlsxwriter::{
    Chart as Bars, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLine, ChartPoint,
    ChartSolidFill, Worksheet,
};

use crate::report::{Area, Chart, Sheet};
use crate::write::WriteError;
use crate::write::style::{MUTED, RULE};

use super::style::colour;

/// Height of a plain row, in pixels.
const ROW: u32 = 20;

/// Lays the chart over the rows left for it.
pub(super) fn insert(worksheet: &mut Worksheet, sheet: &Sheet, chart: &Chart) -> Result<(), WriteError> {
    let mut bars = Bars::new_column();
    let points: Vec<ChartPoint> = chart
        .lights
        .iter()
        .map(|light| {
            let fill = ChartSolidFill::new().set_color(colour(*light)).clone();
            ChartPoint::new().set_format(ChartFormat::new().set_solid_fill(&fill))
        })
        .collect();
    let mut label = ChartDataLabel::new();
    label.show_value().set_num_format("0.0").set_position(ChartDataLabelPosition::OutsideEnd);
    bars.add_series()
        .set_name(chart.values_title.as_str())
        .set_categories(range(sheet, chart.categories))
        .set_values(range(sheet, chart.values))
        .set_points(&points)
        .set_data_label(&label)
        .set_gap(60);
    let mut title = ChartFont::new();
    title.set_size(14).set_bold();
    bars.title().set_name(chart.title.as_str()).set_font(&title);
    let mut axis = ChartFont::new();
    axis.set_size(10).set_color(MUTED);
    bars.x_axis().set_name(chart.categories_title.as_str()).set_name_font(&axis);
    let mut grid = ChartLine::new();
    grid.set_color(RULE);
    bars.y_axis()
        .set_name(chart.values_title.as_str())
        .set_name_font(&axis)
        .set_min(0)
        .set_max(chart.maximum)
        .set_major_unit(20)
        .set_num_format("0")
        .set_major_gridlines_line(&grid);
    bars.legend().set_hidden();
    bars.set_alt_text(&chart.title);
    let covered = sheet.widths.iter().skip(usize::from(chart.at.col)).take(usize::from(chart.columns));
    bars.set_width(covered.map(|width| u32::from(*width) * 7 + 5).sum());
    bars.set_height(chart.rows * ROW);
    worksheet.insert_chart(chart.at.row, chart.at.col, &bars)?;
    Ok(())
}

/// `'Sintesi'!$A$5:$A$17`.
fn range(sheet: &Sheet, area: Area) -> (&str, u32, u16, u32, u16) {
    (sheet.name, area.first.row, area.first.col, area.last.row, area.last.col)
}
