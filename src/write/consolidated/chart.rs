//! Native charts over the cells of a table, and small bars in cells.

use rust_xlsxwriter::{
    Chart as Drawn, ChartDataLabel, ChartDataLabelPosition, ChartEmptyCells, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartPoint,
    ChartSolidFill, Sparkline as Small, SparklineType, Worksheet,
};

use crate::book::{Chart, ChartKind, Line, Sheet, Sparkline};
use crate::excel::Area;
use crate::model::Light;
use crate::write::WriteError;
use crate::write::style::{ACCENT_DARK, MUTED, RULE};

use super::style::{colour, pattern};

/// Height of a plain row, in pixels.
const ROW: u32 = 20;

/// What parts a chart from the one at its right, in pixels.
const GAP: u32 = 12;

/// What parts a chart from the line under the title above it, in pixels.
const BELOW: u32 = 5;

/// Lays a chart over the rows left for it.
pub(super) fn insert(worksheet: &mut Worksheet, sheet: &Sheet, chart: &Chart) -> Result<(), WriteError> {
    let mut drawn = match &chart.kind {
        ChartKind::Bars(values, lights) => bars(sheet, chart, *values, lights),
        ChartKind::Lines(drawn) => lines(sheet, chart, drawn),
    };
    let mut title = ChartFont::new();
    let size = match (&chart.kind, chart.abreast) {
        (ChartKind::Bars(..), _) => 14,
        (ChartKind::Lines(_), None) => 12,
        (ChartKind::Lines(_), Some(_)) => 10,
    };
    title.set_size(size).set_bold();
    drawn.title().set_name(chart.title.as_str()).set_font(&title);
    axes(&mut drawn, chart);
    drawn.set_alt_text(&chart.description);
    let covered = sheet.widths.iter().skip(usize::from(chart.at.col)).take(usize::from(chart.columns));
    let width: u32 = covered.map(|width| u32::from(*width) * 7 + 5).sum();
    let (place, number) = chart.abreast.unwrap_or((0, 1));
    let part = |number: usize| u32::try_from(number).unwrap_or(1).max(1);
    let own = width / part(number);
    let left = if place == 0 { 0 } else { own * part(place) };
    if chart.abreast.is_some() {
        // Title and target say what the lines are; the heading above says the months.
        drawn.legend().set_hidden();
    }
    drawn.set_width(own.saturating_sub(GAP));
    drawn.set_height(chart.rows * ROW);
    worksheet.insert_chart_with_offset(chart.at.row, chart.at.col, &drawn, left, BELOW)?;
    Ok(())
}

fn bars(sheet: &Sheet, chart: &Chart, values: Area, lights: &[Light]) -> Drawn {
    let mut bars = Drawn::new_column();
    let points: Vec<ChartPoint> = lights
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
        .set_values(range(sheet, values))
        .set_points(&points)
        .set_data_label(&label)
        .set_gap(60);
    bars.legend().set_hidden();
    bars
}

/// Lines told apart by their dashes and names too: the first is whole and dark, the others are dashed.
fn lines(sheet: &Sheet, chart: &Chart, drawn: &[Line]) -> Drawn {
    let mut lines = Drawn::new_line();
    for (place, line) in drawn.iter().enumerate() {
        let mut format = ChartLine::new();
        match place {
            0 => format.set_color(ACCENT_DARK).set_width(2.25),
            1 => format.set_color(MUTED).set_width(1.5).set_dash_type(ChartLineDashType::Dash),
            _ => format.set_color(MUTED).set_width(1.5).set_dash_type(ChartLineDashType::SquareDot),
        };
        let series = lines.add_series();
        series
            .set_name(line.name.as_str())
            .set_categories(range(sheet, chart.categories))
            .set_values(range(sheet, line.values))
            .set_format(&mut format);
        if place == 0 {
            let mut marker = ChartMarker::new();
            let fill = ChartSolidFill::new().set_color(ACCENT_DARK).clone();
            marker
                .set_type(ChartMarkerType::Circle)
                .set_size(5)
                .set_format(ChartFormat::new().set_solid_fill(&fill));
            series.set_marker(&marker);
        }
    }
    lines.show_empty_cells_as(ChartEmptyCells::Gaps);
    lines.legend().set_position(ChartLegendPosition::Bottom);
    lines
}

fn axes(drawn: &mut Drawn, chart: &Chart) {
    let mut axis = ChartFont::new();
    axis.set_size(10).set_color(MUTED);
    let mut labels = ChartFont::new();
    labels.set_size(9);
    drawn.x_axis().set_font(&labels);
    drawn.y_axis().set_font(&labels);
    if chart.abreast.is_none() {
        drawn.x_axis().set_name(chart.categories_title.as_str()).set_name_font(&axis);
        drawn.y_axis().set_name(chart.values_title.as_str()).set_name_font(&axis);
    }
    let mut grid = ChartLine::new();
    grid.set_color(RULE);
    let vertical = drawn.y_axis();
    vertical.set_min(0).set_num_format(pattern(chart.format, true)).set_major_gridlines_line(&grid);
    if let Some(maximum) = chart.maximum {
        vertical.set_max(maximum);
        if maximum == 100 {
            vertical.set_major_unit(20);
        }
    }
}

/// Lays small bars in their cell.
pub(super) fn sparkline(worksheet: &mut Worksheet, line: &Sparkline) -> Result<(), WriteError> {
    let values = line.values;
    let drawn = Small::new()
        .set_range((line.sheet, values.first.row, values.first.col, values.last.row, values.last.col))
        // Bars: LibreOffice prints no line.
        .set_type(SparklineType::Column)
        .set_sparkline_color(ACCENT_DARK)
        .set_custom_min(0)
        .set_custom_max(line.maximum);
    worksheet.add_sparkline(line.at.row, line.at.col, &drawn)?;
    Ok(())
}

/// `'Sintesi'!$A$5:$A$17`.
fn range(sheet: &Sheet, area: Area) -> (&str, u32, u16, u32, u16) {
    (sheet.name, area.first.row, area.first.col, area.last.row, area.last.col)
}
