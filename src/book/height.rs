//! Row heights: enough for the longest text, words never broken.
//!
//! Here and not where the workbook is written, since what fits on a page decides what is shown.

use std::borrow::Cow;

use super::sheet::{Cell, Content, Row, RowKind, Sheet};
use crate::excel::bounds::ROW_POINTS;

/// What the indent and the borders of a cell take, in tenths of a character.
const INDENT: u32 = 17;

/// How tall a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Height {
    /// Lines of text.
    pub lines: u32,
    /// Points.
    pub points: u32,
}

/// The height of the `at`-th row of a sheet: what is printed decides, where something is, and never what
/// stands at the right of it.
pub fn in_sheet(sheet: &Sheet, at: usize) -> Height {
    let Some(row) = sheet.rows.get(at) else { return Height { lines: 1, points: 15 } };
    let leaf = sheet.leaf.filter(|leaf| usize::try_from(leaf.rows).is_ok_and(|rows| at < rows));
    let Some(leaf) = leaf else { return of(row, &sheet.widths) };
    let cells = row.cells.iter().take(usize::from(leaf.columns)).cloned().collect();
    let seen = Row { kind: row.kind, cells };
    if !(leaf.letters < FULL && matches!(row.kind, RowKind::Header | RowKind::Body)) {
        return of(&seen, &sheet.widths);
    }
    let widths: Vec<u16> = sheet.widths.iter().map(|width| in_letters(*width, leaf.letters)).collect();
    let lines = of(&seen, &widths).lines;
    Height { lines, points: (line_of(leaf.letters) * lines + 1).min(ROW_POINTS) }
}

/// The size of the letters of a sheet, in points.
pub const FULL: u16 = 11;

/// The size of small letters.
pub const SMALL: u16 = 9;

/// Points of a line of letters of this size.
fn line_of(letters: u16) -> u32 {
    u32::from(letters) + 3
}

/// How many letters of this size a column is wide.
fn in_letters(width: u16, letters: u16) -> u16 {
    width.saturating_mul(FULL) / letters.max(1)
}

/// A text in small letters as far as it takes so many lines of a column, cut at a word and saying so.
pub fn cut_to(text: &str, width: u16, most: u32) -> String {
    let room = room(&[in_letters(width, SMALL)], 0, 1);
    if lines(text, room, false) <= most {
        return text.to_owned();
    }
    let ends: Vec<usize> =
        text.char_indices().filter(|(_, letter)| *letter == ' ').map(|(at, _)| at).collect();
    let shorter = ends.iter().rev().filter_map(|end| text.get(..*end)).map(|begin| format!("{begin} (…)"));
    shorter.into_iter().find(|begin| lines(begin, room, false) <= most).unwrap_or_else(|| text.to_owned())
}

/// The height of a row on columns of these widths.
pub fn of(row: &Row, widths: &[u16]) -> Height {
    let (line, pad) = match row.kind {
        RowKind::Title => (27, 4),
        RowKind::Banner | RowKind::Seal => (30, 10),
        RowKind::Heading => (20, 12),
        RowKind::Header => (15, 6),
        RowKind::Body | RowKind::Total => (15, 4),
        RowKind::Subtitle => (15, 2),
        RowKind::Prose => (15, 4),
        RowKind::Space => (15, 0),
    };
    let lines = row
        .cells
        .iter()
        .enumerate()
        .map(|(column, cell)| lines(&text_of(cell), room(widths, column, cell.span), is_bold(row.kind, cell)))
        .max()
        .unwrap_or(1);
    let lines = if row.kind == RowKind::Title { 1 } else { lines };
    Height { lines, points: (line * lines + pad).min(ROW_POINTS) }
}

/// Whether the text of a cell takes one line.
pub fn fits_in_a_line(kind: RowKind, cell: &Cell, widths: &[u16], column: usize) -> bool {
    lines(&text_of(cell), room(widths, column, cell.span), is_bold(kind, cell)) == 1
}

fn is_bold(kind: RowKind, cell: &Cell) -> bool {
    let outcome = matches!(cell.content.shown(), Content::Status(..));
    cell.strong || outcome || matches!(kind, RowKind::Header | RowKind::Total | RowKind::Heading)
}

/// What is written in a cell, as far as it may take several lines.
fn text_of(cell: &Cell) -> Cow<'_, str> {
    match cell.content.shown() {
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) => text.as_str().into(),
        Content::Status(light, text) => format!("{} {text}", light.symbol()).into(),
        Content::Blank
        | Content::Number(_, _)
        | Content::Date(_)
        | Content::Severity(_)
        | Content::Live(_) => "".into(),
    }
}

/// Width in tenths of a character of the columns that a cell covers.
fn room(widths: &[u16], column: usize, span: u16) -> u32 {
    let covered = widths.iter().skip(column).take(usize::from(span.max(1)));
    let room = covered.map(|width| u32::from(*width) * 10).sum::<u32>().saturating_sub(INDENT);
    // Screens draw letters a little wider than the font says.
    (room * 97 / 100).max(20)
}

/// Lines that `text` takes in `room` tenths of a character.
fn lines(text: &str, room: u32, bold: bool) -> u32 {
    text.split('\n').map(|paragraph| paragraph_lines(paragraph, room, bold)).sum::<u32>().max(1)
}

fn paragraph_lines(paragraph: &str, room: u32, bold: bool) -> u32 {
    let (mut count, mut used) = (1, 0);
    for word in paragraph.split_whitespace() {
        let mut width: u32 = word.chars().map(letter).sum();
        if bold {
            width += width / 25;
        }
        let gap = if used > 0 { 5 } else { 0 };
        if used > 0 && used + gap + width > room {
            count += 1;
            used = 0;
        } else {
            used += gap;
        }
        while width > room {
            count += 1;
            width -= room;
        }
        used += width;
    }
    count
}

/// Width of a letter in tenths of a digit, rounded up; Calibri's own widths.
fn letter(letter: char) -> u32 {
    match letter {
        'i' | 'l' | 'j' | '.' | ',' | '\'' | '|' | 'ì' | 'I' | '!' => 5,
        'f' | '-' | '(' | ')' | ':' | ';' => 6,
        't' | 'r' => 7,
        's' | 'z' | '"' | '/' => 8,
        'c' | 'k' | 'v' | 'x' | 'y' | 'L' => 9,
        'm' | 'w' | '%' => 16,
        'M' | 'W' | '@' | '—' => 18,
        wide if wide >= '\u{2e80}' => 20,
        letter if letter.is_uppercase() => 12,
        '●' | '▲' | '■' | '○' | '◆' | '◇' | '→' | '←' | '«' | '»' => 14,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::{Height, ROW_POINTS, is_bold, lines, of, room, text_of};
    use crate::book::{Cell, Row, RowKind};
    use crate::report::report;
    use crate::report::sample::sample;

    #[test]
    fn words_go_to_the_next_line_whole() {
        assert_eq!(lines("", 100, false), 1);
        // Ten digits fill the room of ten: the eleventh goes down.
        assert_eq!(lines("0123456789", 100, false), 1);
        assert_eq!(lines("01234567890", 100, false), 2);
        assert_eq!(lines("12345 67890", 100, false), 2);
        assert_eq!(lines("a\nb\nc", 100, false), 3);
    }

    #[test]
    fn a_row_is_as_tall_as_its_longest_text() {
        let row = Row::of(RowKind::Body, vec![Cell::text("uno\ndue\ntre"), Cell::text("uno")]);
        assert_eq!(of(&row, &[10, 10]), Height { lines: 3, points: 15 * 3 + 4 });
    }

    /// But for the names of files and keys, which break at their signs, and what an office typed.
    #[test]
    fn no_word_of_the_data_and_of_the_registers_is_broken() {
        const LONG: [&str; 4] = ["File", "Chiave", "Chiave della riga", "Come digitato"];
        for month in [6, 12] {
            let report = report(&sample(month).run());
            let mut seen = 0;
            for sheet in report.sheets.iter().filter(|sheet| matches!(sheet.name, "Dati" | "Registri")) {
                let header = &sheet.rows[3];
                for row in &sheet.rows[3..] {
                    for (column, cell) in row.cells.iter().enumerate() {
                        let room = room(&sheet.widths, column, cell.span);
                        let own = text_of(&header.cells[column]);
                        for word in text_of(cell).split_whitespace() {
                            let fits = lines(word, room, is_bold(row.kind, cell)) == 1;
                            assert!(
                                fits || LONG.contains(&own.as_ref()),
                                "{}: «{word}» under {own}",
                                sheet.name
                            );
                        }
                        seen += 1;
                    }
                }
            }
            assert!(seen > 1000, "{seen}");
        }
    }

    #[test]
    fn no_word_of_a_scheda_is_broken_and_no_row_is_taller_than_excel_admits() {
        for month in [6, 12] {
            let report = report(&sample(month).run());
            let schede =
                report.sheets.iter().filter(|sheet| sheet.name.starts_with(['S']) && sheet.name.len() == 3);
            let mut seen = 0;
            for sheet in schede {
                for row in &sheet.rows {
                    assert!(of(row, &sheet.widths).points < ROW_POINTS, "{}: {row:?}", sheet.name);
                    for (column, cell) in row.cells.iter().enumerate() {
                        let room = room(&sheet.widths, column, cell.span);
                        for word in text_of(cell).split_whitespace() {
                            let fits = lines(word, room, is_bold(row.kind, cell)) == 1;
                            assert!(fits, "{}: «{word}» in column {column}", sheet.name);
                        }
                        seen += 1;
                    }
                }
            }
            assert!(seen > 1000, "{seen}");
        }
    }
}
