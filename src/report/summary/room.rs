//! How much of the page is left, so that what does not fit is counted aloud.

use crate::book::Row;
use crate::book::height;

/// Points of the rows on an upright page at the smallest scale that keeps letters of 7 points, less a little
/// air.
const PAGE: u32 = 1175;

/// Points left on the page under `rows`; `None` when they alone are more than a page.
pub(super) fn left(rows: &[Row], widths: &[u16]) -> Option<u32> {
    PAGE.checked_sub(rows.iter().map(|row| points(row, widths)).sum())
}

/// The height of a row, in points.
pub(super) fn points(row: &Row, widths: &[u16]) -> u32 {
    height::of(row, widths).points
}
