//! How much of the page is left: a careful guess of the rows' heights, so that what does not fit is counted aloud.
//!
//! The writer alone knows the letters; here every letter is as wide as a digit, which is never less in a sentence.

use crate::report::sheet::{Cell, Content, Row, RowKind};

/// Points of the rows on a page at the smallest scale that keeps letters of 7 points, less a little air.
const PAGE: u32 = 1150;

/// Points left on the page under `rows`; `None` when they alone are more than a page.
pub(super) fn left(rows: &[Row], widths: &[u16]) -> Option<u32> {
    PAGE.checked_sub(rows.iter().map(|row| points(row, widths)).sum())
}

/// The height of a row, in points.
pub(super) fn points(row: &Row, widths: &[u16]) -> u32 {
    let (line, pad) = match row.kind {
        RowKind::Title => return 31,
        RowKind::Banner => (30, 10),
        RowKind::Heading => (20, 12),
        RowKind::Header => (15, 6),
        RowKind::Body | RowKind::Total => (15, 4),
        RowKind::Subtitle | RowKind::Prose | RowKind::Space => (15, 2),
    };
    let tallest = row.cells.iter().enumerate().map(|(column, cell)| {
        let room: usize =
            widths.iter().skip(column).take(usize::from(cell.span.max(1))).map(|w| usize::from(*w)).sum();
        lines(text(cell), room.saturating_sub(2).max(2))
    });
    line * tallest.max().unwrap_or(1) + pad
}

fn text(cell: &Cell) -> &str {
    match cell.content.shown() {
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) | Content::Status(_, text) => text,
        _ => "",
    }
}

/// Lines that `text` takes in `room` letters, words whole.
fn lines(text: &str, room: usize) -> u32 {
    let (mut count, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if used > 0 && used + 1 + width > room {
            count += 1;
            used = width;
        } else {
            used += width + usize::from(used > 0);
        }
    }
    count
}
