//! A sheet's screen and paper: A4, nearly always landscape, as wide as a page, header and foot on every one.

use rust_xlsxwriter::{Color, Worksheet};

use crate::book::{Leaf, Paper, Report, RowKind, Sheet, TabKind, height};
use crate::excel::bounds::PAGE_BREAKS;
use crate::write::WriteError;
use crate::write::style::{ACCENT, ACCENT_DARK, MUTED};

const A4: u8 = 9;

/// Width of A4 landscape between its margins, in pixels; less what some programs add to the
/// columns.
const PAGE: u32 = 975;

/// Height of A4 landscape between its margins, in points; less what some programs add to the rows.
const PAGE_HEIGHT: u32 = 503;

/// Rows that stay with the title above them.
const HEADED: usize = 3;

/// Rows of a table that stand, where they can, above what follows it on a page of its own.
const TABLE_ROWS: u32 = 3;

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
    if let Some(header) = sheet.repeat.filter(|_| sheet.leaf.is_none_or(|leaf| leaf.pages != 1)) {
        worksheet.set_repeat_rows(header, header)?;
    }
    worksheet.set_landscape();
    worksheet.set_paper_size(A4);
    let upright = match sheet.leaf {
        Some(leaf) => {
            self::leaf(worksheet, leaf)?;
            leaf.upright
        }
        None => {
            paper(worksheet, sheet)?;
            matches!(sheet.paper, Paper::Upright(_) | Paper::UprightParted(_))
        }
    };
    let side = if upright { 0.3 } else { 0.4 };
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

/// What of a sheet belongs to the printed document, on as many pages as it may take.
fn leaf(worksheet: &mut Worksheet, leaf: Leaf) -> Result<(), WriteError> {
    if leaf.upright {
        worksheet.set_portrait();
    }
    worksheet.set_print_area(0, 0, leaf.rows.saturating_sub(1), leaf.columns.saturating_sub(1))?;
    worksheet.set_print_fit_to_pages(1, leaf.pages);
    worksheet.set_print_center_horizontally(true);
    Ok(())
}

fn paper(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), WriteError> {
    match sheet.paper {
        // Fitted to a width, Excel would not mind where pages are told to begin.
        Paper::Wide | Paper::Whole => {
            worksheet.set_print_scale(scale(sheet));
            worksheet.set_page_breaks(&breaks(sheet))?;
        }
        Paper::Single => {
            worksheet.set_print_fit_to_pages(1, 1);
            worksheet.set_print_center_horizontally(true);
        }
        Paper::Parted(row) => {
            worksheet.set_print_scale(scale(sheet));
            worksheet.set_page_breaks(&[row])?;
        }
        Paper::UprightParted(row) => {
            worksheet.set_portrait();
            worksheet.set_print_scale(scale(sheet));
            worksheet.set_page_breaks(&[row])?;
        }
        Paper::InThree(second, third) => {
            worksheet.set_print_scale(scale(sheet));
            worksheet.set_page_breaks(&[second, third])?;
        }
        Paper::UpTo(columns) => {
            let last = u32::try_from(sheet.rows.len()).unwrap_or(1).saturating_sub(1);
            worksheet.set_print_area(0, 0, last, columns.saturating_sub(1))?;
            // Fitted to a width, LibreOffice now and then adds an empty page after a print area.
            worksheet.set_print_scale(scale(sheet));
            worksheet.set_page_breaks(&breaks(sheet))?;
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
            worksheet.set_page_breaks(&breaks(sheet))?;
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
        Paper::Wide
        | Paper::Whole
        | Paper::Single
        | Paper::Parted(_)
        | Paper::UprightParted(_)
        | Paper::InThree(..) => part(0..all),
        Paper::UpTo(columns) | Paper::Upright(columns) => part(0..usize::from(columns)),
        Paper::Double { from, again, until } => {
            let from = usize::from(from);
            let all = until.map_or(all, usize::from);
            part(0..from).max(part(0..usize::from(again)) + part(from..all))
        }
    };
    let scale = match sheet.paper {
        Paper::Upright(_) => (UPRIGHT * 100 / widest.max(1)).min(TALL * 100 / tall(sheet).max(1)),
        Paper::UprightParted(_) => UPRIGHT * 100 / widest.max(1),
        _ => PAGE * 100 / widest.max(1),
    };
    u16::try_from(scale).unwrap_or(100).clamp(10, 100)
}

/// The rows where a page begins, so that no chart is parted, nor a title from what it heads, and none is left
/// nearly empty.
///
/// A sheet with more pages than Excel takes breaks begins a page by command only where something would be
/// parted: who prints it fills the others by itself.
fn breaks(sheet: &Sheet) -> Vec<u32> {
    let heights: Vec<u32> = (0..sheet.rows.len()).map(|at| height::in_sheet(sheet, at).points).collect();
    let page = PAGE_HEIGHT * 100 / u32::from(scale(sheet));
    // From the second page on, the row that heads them all takes its own.
    let repeated = sheet.repeat.and_then(|row| heights.get(usize::try_from(row).ok()?)).copied().unwrap_or(0);
    let mut breaks = Vec::new();
    let mut free = Vec::new();
    let mut used = 0;
    let mut whole_until = 0;
    for (row, points) in heights.iter().enumerate() {
        if row >= whole_until {
            free.push(row);
        }
        let last = together(sheet, &heights, page.saturating_sub(repeated), row);
        let block: u32 = heights.iter().take(last + 1).skip(row).sum();
        let parted = row >= whole_until && used + block > page;
        if used > 0 && parted {
            breaks.push(u32::try_from(row).unwrap_or(u32::MAX));
            used = repeated;
        }
        // What is taller than a page goes on to the next one by itself.
        used = if used + points > page { repeated + points } else { used + points };
        whole_until = whole_until.max(last + 1);
    }
    let filled = breaks.clone();
    let rest = page.saturating_sub(repeated);
    fill_the_empty(&mut breaks, &free, sheet, &heights, rest);
    keep_rows_under_the_header(&mut breaks, sheet, &heights, rest);
    let begins_a_whole = |row: usize| together(sheet, &heights, rest, row) > row;
    if breaks.len() > PAGE_BREAKS { only_needed(&breaks, &filled, begins_a_whole) } else { breaks }
}

/// The breaks without those of pages that are just full (`filled`): those that moved, or that keep something
/// whole.
fn only_needed(breaks: &[u32], filled: &[u32], begins_a_whole: impl Fn(usize) -> bool) -> Vec<u32> {
    let place = |row: &u32| usize::try_from(*row).unwrap_or(usize::MAX);
    let needed = breaks.iter().zip(filled).filter(|(own, full)| own != full || begins_a_whole(place(own)));
    needed.map(|(own, _)| *own).take(PAGE_BREAKS).collect()
}

/// Where a page would hold only what follows the table whose header heads every page, it begins with the last
/// rows of the table, if it can hold them: nothing stands under a header that is not its own.
fn keep_rows_under_the_header(breaks: &mut [u32], sheet: &Sheet, heights: &[u32], page: u32) {
    let place = |row: u32| usize::try_from(row).unwrap_or(usize::MAX);
    let tall = |from: usize, to: usize| heights.iter().take(to).skip(from).sum::<u32>();
    let Some(table) = sheet.tables.iter().find(|table| Some(table.first.row) == sheet.repeat) else { return };
    let after = table.last.row.saturating_add(1);
    let Some(at) = breaks.iter().position(|row| *row >= after) else { return };
    let before = at.checked_sub(1).and_then(|at| breaks.get(at)).copied().unwrap_or(table.first.row);
    let end = breaks.get(at + 1).map_or(heights.len(), |row| place(*row));
    let least = after.saturating_sub(TABLE_ROWS).max(before.saturating_add(1)).max(table.first.row + 2);
    if let Some(row) = (least..after).find(|row| tall(place(*row), end) <= page) {
        breaks.iter_mut().skip(at).take(1).for_each(|own| *own = row);
    }
}

/// Where a page would hold less than a third of what it can, it begins earlier, at one of the rows where a
/// page may begin: rather two pages that are not full than a row alone on its own. The first page stays as it
/// is, and none is left that empty for another one.
fn fill_the_empty(breaks: &mut [u32], free: &[usize], sheet: &Sheet, heights: &[u32], page: u32) {
    let place = |row: &u32| usize::try_from(*row).unwrap_or(usize::MAX);
    let tall = |from: usize, to: usize| heights.iter().take(to).skip(from).sum::<u32>();
    let enough = page / 3;
    let blank = |row: &usize| sheet.rows.get(*row).is_none_or(|found| found.kind == RowKind::Space);
    let mut end = heights.len();
    for at in (0..breaks.len()).rev() {
        let before = at.checked_sub(1).and_then(|at| breaks.get(at)).map_or(0, place);
        let Some(own) = breaks.get_mut(at) else { continue };
        let begin = place(own);
        if tall(begin, end) < enough {
            let earlier =
                free.iter().rev().copied().filter(|row| *row > before && *row < begin && !blank(row));
            let mut fitting = earlier.take_while(|row| tall(*row, end) <= page);
            let found = fitting.find(|row| tall(*row, end) >= enough);
            if let Some(row) = found.filter(|row| tall(before, *row) >= enough) {
                *own = u32::try_from(row).unwrap_or(u32::MAX);
            }
        }
        end = place(own);
    }
}

/// The last row of the charts that a title heads.
fn drawn_under(sheet: &Sheet, title: usize) -> Option<usize> {
    let next = sheet.rows.iter().skip(title + 1).position(|row| row.kind == RowKind::Heading);
    let end = next.map_or(sheet.rows.len(), |next| title + 1 + next);
    let last = |first: u32, rows: u32| usize::try_from(first.saturating_add(rows).saturating_sub(1)).ok();
    let under = sheet
        .charts
        .iter()
        .filter(|chart| usize::try_from(chart.at.row).is_ok_and(|at| at > title && at < end));
    under.filter_map(|chart| last(chart.at.row, chart.rows)).max()
}

/// Height of the rows from one to another, both of them too, in points.
fn tall_of(heights: &[u32], first: usize, last: usize) -> u32 {
    heights.iter().take(last + 1).skip(first).sum()
}

/// The last row that must stand on the same page as `row`: a chart's, a table's when a page holds it (so many
/// points tall), and of what a title heads the first rows at least.
fn together(sheet: &Sheet, heights: &[u32], page: u32, row: usize) -> usize {
    let begins_here = |at: u32| usize::try_from(at) == Ok(row);
    let place = |at: u32| usize::try_from(at).unwrap_or(row);
    let charts = sheet.charts.iter().filter(|chart| begins_here(chart.at.row));
    let charts = charts.map(|chart| place(chart.at.row.saturating_add(chart.rows).saturating_sub(1)));
    let tables = sheet.tables.iter().filter(|table| begins_here(table.first.row));
    let tables =
        tables.map(|table| place(table.last.row)).filter(|last| tall_of(heights, row, *last) <= page);
    let own = charts.chain(tables).max().unwrap_or(row);
    let next = |rows: usize| (row + rows).min(sheet.rows.len().saturating_sub(1));
    match sheet.rows.get(row).map(|found| found.kind) {
        Some(RowKind::Heading) => {
            let below = (row + 1..=next(HEADED)).map(|below| together(sheet, heights, page, below));
            let drawn = drawn_under(sheet, row).filter(|last| tall_of(heights, row, *last) <= page);
            own.max(next(HEADED)).max(below.max().unwrap_or(row)).max(drawn.unwrap_or(row))
        }
        Some(RowKind::Header) => own.max(next(1)),
        _ => own,
    }
}

/// Height of all the rows, in points.
fn tall(sheet: &Sheet) -> u32 {
    (0..sheet.rows.len()).map(|at| height::in_sheet(sheet, at).points).sum()
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
    use super::{breaks, scale};
    use crate::book::height;
    use crate::book::{Chart, ChartKind, Format, Paper, Row, RowKind, Sheet, TabKind};
    use crate::excel::Area;
    use crate::model::CellRef;
    use crate::report::report;
    use crate::report::sample::sample;

    /// Points between the margins of A4 landscape: 595, less 0.6 inches twice.
    const TALL: u32 = 508;

    /// How tall a table is on paper, in points.
    fn tall(sheet: &Sheet, area: Area) -> u32 {
        let rows = &sheet.rows[area.first.row as usize..=area.last.row as usize];
        rows.iter().map(|row| height::of(row, &sheet.widths).points).sum::<u32>() * u32::from(scale(sheet))
            / 100
    }

    #[test]
    fn a_table_longer_than_a_page_repeats_its_header() {
        let mut long = 0;
        for month in [6, 12] {
            for sheet in report(&sample(month).run().printing(true)).sheets {
                let repeated = sheet.repeat.map(|row| sheet.rows[row as usize].kind);
                assert!(
                    matches!(repeated, None | Some(RowKind::Header | RowKind::Title)),
                    "{}: {repeated:?}",
                    sheet.name
                );
                for area in sheet.tables.iter().filter(|area| tall(&sheet, **area) > TALL) {
                    // On a sheet of many tables, headed by its title, none is longer than a page.
                    let below = sheet.name == "Uffici" && sheet.repeat == Some(0);
                    assert!(below || sheet.repeat == Some(area.first.row), "{}: {area:?}", sheet.name);
                    long += 1;
                }
            }
        }
        assert!(long >= 8, "{long}");
    }

    /// A sheet as wide as a page at full size, of rows 15 points tall but for the titles, which take 32.
    fn plain(rows: Vec<Row>, charts: &[(u32, u32)]) -> Sheet {
        let nowhere = Area { first: CellRef { row: 0, col: 0 }, last: CellRef { row: 0, col: 0 } };
        let chart = |(row, rows): &(u32, u32)| Chart {
            title: String::new(),
            description: String::new(),
            categories_title: String::new(),
            values_title: String::new(),
            categories: nowhere,
            kind: ChartKind::Lines(Vec::new()),
            format: Format::Integer,
            maximum: None,
            at: CellRef { row: *row, col: 0 },
            rows: *rows,
            columns: 1,
            abreast: None,
        };
        Sheet {
            name: "S01",
            tab: TabKind::Reading,
            widths: vec![100],
            rows,
            frozen: None,
            repeat: None,
            paper: Paper::Whole,
            leaf: None,
            tables: Vec::new(),
            charts: charts.iter().map(chart).collect(),
            sparklines: Vec::new(),
        }
    }

    /// Rows of 15 points.
    fn rows(number: usize) -> Vec<Row> {
        vec![Row::space(); number]
    }

    /// Rows of 19 points.
    fn body(number: usize) -> Vec<Row> {
        vec![Row::line(RowKind::Body, 0, "x", 1); number]
    }

    #[test]
    fn a_page_takes_what_it_holds_and_no_page_but_the_first_is_nearly_empty() {
        // 503 points hold 33 rows of 15.
        assert_eq!(breaks(&plain(rows(33), &[])), Vec::<u32>::new());
        // No page begins with a blank row for the sake of being fuller.
        assert_eq!(breaks(&plain(rows(70), &[])), [33, 66]);
        // Of rows 19 points tall a page holds 26, and a third of it is 9: no page but the first takes less.
        assert_eq!(breaks(&plain(body(27), &[])), [18]);
        assert_eq!(breaks(&plain(body(53), &[])), [26, 44]);
        assert_eq!(breaks(&plain(body(52), &[])), [26]);
        assert_eq!(breaks(&plain(body(36), &[])), [26], "10 rows are enough");
        // A chart is not parted for that: the page begins with it.
        assert_eq!(breaks(&plain(body(27), &[(13, 8)])), [13]);
        // The same of a page that ends early because what follows must be whole: 27 rows, then 26 of a chart.
        assert_eq!(breaks(&plain(body(53), &[(27, 26)])), [18, 27]);
        // Nor is the page before left as empty.
        assert_eq!(breaks(&plain(body(27), &[(2, 22)])), [26]);
        // What is taller than a page is parted where it must.
        assert_eq!(breaks(&plain(rows(50), &[(0, 40)])), Vec::<u32>::new());
    }

    #[test]
    fn a_page_ends_where_nothing_is_parted() {
        // A chart over rows 30–39 goes to the next page whole; one over 23–32 just fits.
        assert_eq!(breaks(&plain(rows(60), &[(30, 10)])), [30]);
        assert_eq!(breaks(&plain(rows(60), &[(23, 10)])), [33]);
        // With its title above it, the title goes too: 29 rows and 32 points before the chart.
        let mut titled = rows(60);
        titled[29] = Row::line(RowKind::Heading, 0, "Andamento", 1);
        assert_eq!(breaks(&plain(titled, &[(30, 10)])), [29]);
        // A title is not left alone at the foot: three rows stay with it.
        let mut titled = rows(40);
        titled[30] = Row::line(RowKind::Heading, 0, "Come si legge", 1);
        assert_eq!(breaks(&plain(titled, &[])), [30]);
        // A table stays whole with its title and the line between them.
        let mut titled = rows(40);
        titled[24] = Row::line(RowKind::Heading, 0, "Fasi e scadenze", 1);
        titled[26] = Row::line(RowKind::Header, 0, "Fase", 1);
        let mut sheet = plain(titled, &[]);
        sheet.tables = vec![Area { first: CellRef { row: 26, col: 0 }, last: CellRef { row: 35, col: 0 } }];
        assert_eq!(breaks(&sheet), [24]);
        sheet.tables = vec![Area { first: CellRef { row: 26, col: 0 }, last: CellRef { row: 39, col: 0 } }];
        assert_eq!(breaks(&sheet), [24]);
        // One that no page holds begins where it is, with some rows under its header: 24 rows, 32, 15 and 21
        // points, then five rows.
        let mut titled = rows(80);
        titled[24] = Row::line(RowKind::Heading, 0, "Fasi e scadenze", 1);
        titled[26] = Row::line(RowKind::Header, 0, "Fase", 1);
        let mut sheet = plain(titled, &[]);
        sheet.tables = vec![Area { first: CellRef { row: 26, col: 0 }, last: CellRef { row: 70, col: 0 } }];
        assert_eq!(breaks(&sheet), [32, 65]);
    }

    #[test]
    fn a_sheet_of_more_pages_than_excel_takes_breaks_has_only_those_that_keep_something_whole() {
        // 26 rows a page: 1,024 pages have 1,023 breaks.
        assert_eq!(breaks(&plain(body(26 * 1_024), &[])).len(), 1_023);
        assert_eq!(breaks(&plain(body(26 * 1_025), &[])), Vec::<u32>::new());
        // 384 pages, then 16 rows and a chart of 20.
        assert_eq!(breaks(&plain(body(40_000), &[(10_000, 20)])), [10_000]);
        // A last page of a single row takes others, as on any sheet.
        assert_eq!(breaks(&plain(body(26 * 1_030 + 1), &[])), [26 * 1_030 - 8]);
    }

    #[test]
    fn what_heads_a_page_takes_its_room_and_stays_with_its_own() {
        // The row that heads every page takes its room on each: 503 points hold a title of 31 and 31 rows,
        // then a title and 31 rows again.
        let mut titled = rows(70);
        titled[0] = Row::line(RowKind::Title, 0, "Scheda", 1);
        let sheet = Sheet { repeat: Some(0), ..plain(titled, &[]) };
        assert_eq!(breaks(&sheet), [32, 63]);
        // All the charts of a title go with it to the next page, if it holds them: 20 rows, 32 points, 20
        // rows.
        let mut titled = rows(60);
        titled[20] = Row::line(RowKind::Heading, 0, "Andamento", 1);
        assert_eq!(breaks(&plain(titled.clone(), &[(21, 8), (30, 8)])), [20, 52]);
        // When it does not (32 points and 32 rows), each is whole, and the title stays with the first.
        assert_eq!(breaks(&plain(titled, &[(21, 10), (32, 21)])), [32]);
        // What follows a table is not alone under its header: a header of 21 points and 25 rows of 19 fill
        // the first page, then come a row more and ten of 15. Three rows of the table go with them.
        let mut parted = body(27);
        parted[0] = Row::line(RowKind::Header, 0, "Che cosa", 1);
        parted.extend(rows(10));
        let mut sheet = Sheet { repeat: Some(0), ..plain(parted, &[]) };
        sheet.tables = vec![Area { first: CellRef { row: 0, col: 0 }, last: CellRef { row: 25, col: 0 } }];
        assert_eq!(breaks(&sheet), [23]);
        // As many as the page can hold: of 482 points under the header, 19 and 29 rows of 15 leave room for
        // one.
        sheet.rows.extend(rows(19));
        assert_eq!(breaks(&sheet), [25]);
        sheet.rows.extend(rows(1));
        assert_eq!(breaks(&sheet), [26]);
    }

    #[test]
    fn the_summary_is_one_page_that_can_be_read() {
        for month in [6, 12] {
            let report = report(&sample(month).run().printing(true));
            let sheet = report.sheets.iter().find(|sheet| sheet.name == "Sintesi").unwrap();
            // 11 points at this scale, at which it is neither wider nor taller than a page, are at least 7.
            assert!(matches!(sheet.paper, Paper::Upright(_)) && scale(sheet) >= 64, "{} %", scale(sheet));
        }
    }

    #[test]
    fn what_a_page_must_hold_fits_in_it() {
        for month in [6, 12] {
            for sheet in report(&sample(month).run().printing(true)).sheets {
                let (breaks, page) = match sheet.paper {
                    Paper::UprightParted(row) => (vec![row], super::TALL),
                    Paper::Parted(row) => (vec![row], super::PAGE_HEIGHT),
                    Paper::InThree(second, third) => (vec![second, third], super::PAGE_HEIGHT),
                    _ => continue,
                };
                let mut from = 0;
                for to in breaks.into_iter().chain([u32::try_from(sheet.rows.len()).unwrap()]) {
                    let rows = &sheet.rows[from as usize..to as usize];
                    let points: u32 = rows.iter().map(|row| height::of(row, &sheet.widths).points).sum();
                    // The title is repeated on the pages after the first.
                    let title = if from > 0 && sheet.repeat.is_some() { 31 } else { 0 };
                    let tall = (points + title) * u32::from(scale(&sheet)) / 100;
                    assert!(tall <= page, "{}: rows {from}–{to} take {tall} points", sheet.name);
                    from = to;
                }
            }
        }
    }

    #[test]
    fn what_is_printed_can_be_read() {
        for month in [6, 12] {
            for sheet in report(&sample(month).run().printing(true)).sheets {
                // 11 points at this scale are at least 7.
                assert!(scale(&sheet) >= 64, "{}: {} %", sheet.name, scale(&sheet));
            }
        }
    }
}
