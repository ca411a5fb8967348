//! The printed document: which part of each sheet is read on paper. What only a screen needs stays in the
//! file, and its sheet prints one line that says so.

use crate::book::height::FULL;
use crate::book::table::names;
use crate::book::{Cell, Leaf, Row, Sheet};

/// The sheets that only a screen needs.
const ON_SCREEN: [&str; 4] = [names::DATA, names::REGISTERS, names::CHECKS, names::FILES];

/// Rows above a table: title, subtitle, the way back.
const HEAD: u32 = 3;

/// Characters that a line of the page holds, when it is in letters of full size.
const LINE: u16 = 96;

/// Gives to each sheet its part in the document; with `everything`, all is printed.
pub(super) fn lay(sheets: &mut [Sheet], everything: bool) {
    for sheet in sheets {
        if everything {
            sheet.leaf = None;
        } else if ON_SCREEN.contains(&sheet.name) {
            one_line(sheet);
        } else if let Some(leaf) = sheet.leaf {
            sheet.rows.iter_mut().take(2).for_each(|row| within(row, leaf.columns));
        }
    }
}

/// A part of a sheet that is read on paper.
pub(super) fn part(rows: usize, columns: u16, pages: u16, upright: bool) -> Option<Leaf> {
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    Some(Leaf { rows, columns, pages, upright, letters: FULL })
}

/// The title, what the sheet holds, and that it is in the file.
fn one_line(sheet: &mut Sheet) {
    let columns = columns(&sheet.widths);
    for row in sheet.rows.iter_mut().take(2) {
        within(row, columns);
    }
    let words = "In stampa questo foglio è solo questa riga: si usa nel file, dove ogni cella si segue fino \
                 all'origine. Per stamparlo tutto: «schede consolida --stampa tutto».";
    say(sheet, columns, words);
    sheet.leaf = Some(Leaf { rows: HEAD, columns, pages: 1, upright: true, letters: FULL });
}

/// Says something of the printed part of a sheet, beside the way back.
pub(super) fn say(sheet: &mut Sheet, columns: u16, words: &str) {
    let Some(row) = sheet.rows.get_mut(2) else { return };
    within(row, columns);
    let told = row.cells.first().map_or(1, |cell| cell.span.max(1));
    row.cells.resize(usize::from(told), Cell::blank());
    row.cells.push(Cell::text(words).over(columns.saturating_sub(told)));
}

/// How many columns a line takes; at least so many that something stands beside the way back.
fn columns(widths: &[u16]) -> u16 {
    let mut wide = 0;
    let taken = widths.iter().take_while(|width| {
        let begins = wide;
        wide += **width;
        begins < LINE
    });
    u16::try_from(taken.count().clamp(5, widths.len().max(5))).unwrap_or(u16::MAX)
}

/// The cells of a row over these columns only: nothing is cut by the edge of the page.
fn within(row: &mut Row, columns: u16) {
    for (at, cell) in (0_u16..).zip(&mut row.cells) {
        if cell.span > 1 {
            cell.span = cell.span.min(columns.saturating_sub(at).max(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::book::height;
    use crate::book::{Content, RowKind};
    use crate::report::report;
    use crate::report::sample::sample;

    #[test]
    fn what_only_a_screen_needs_prints_one_line_and_everything_when_asked() {
        for month in [6, 12] {
            let sample = sample(month);
            let document = report(&sample.run());
            for sheet in &document.sheets {
                let told = sheet.rows.iter().take(3).flat_map(|row| &row.cells).any(
                    |cell| matches!(&cell.content, Content::Text(text) if text.starts_with("In stampa")),
                );
                let screen = ["Dati", "Registri", "Controlli", "File ricevuti"].contains(&sheet.name);
                assert_eq!(
                    (told, sheet.leaf.is_some_and(|leaf| leaf.rows == 3)),
                    (screen, screen),
                    "{}",
                    sheet.name
                );
                let Some(leaf) = sheet.leaf else { continue };
                // Nothing is cut by the edge of the page.
                for row in sheet.rows.iter().take(leaf.rows as usize) {
                    for (at, cell) in row.cells.iter().enumerate() {
                        let ends = at + usize::from(cell.span.max(1));
                        let printed = at < usize::from(leaf.columns);
                        assert!(
                            cell.span <= 1 || !printed || ends <= usize::from(leaf.columns),
                            "{}: {cell:?}",
                            sheet.name
                        );
                    }
                }
            }
            let everything = report(&sample.run().printing(true));
            assert!(everything.sheets.iter().all(|sheet| sheet.leaf.is_none()));
        }
    }

    #[test]
    fn fifteen_indicators_are_seen_at_once() {
        let report = report(&sample(12).run());
        let results = report.sheets.iter().find(|sheet| sheet.name == "Risultati").unwrap();
        let first = results.rows.iter().position(|row| row.kind == RowKind::Body).unwrap();
        let points = |rows: std::ops::Range<usize>| -> u32 {
            rows.map(|at| height::in_sheet(results, at).points).sum()
        };
        // A screen of 900 lines, less what Excel keeps for itself: 600 pixels are 450 points.
        let above = points(0..first);
        let fits = |at: usize| above + points(at..at + 15) <= 450;
        assert!((first..results.rows.len() - 14).all(fits), "{above}");
    }
}
