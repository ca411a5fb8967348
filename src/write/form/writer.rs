//! What writing a sheet goes on.

use super::canvas::Canvas;
use super::fill::Fill;
use super::layout::Layout;
use super::live::LiveCells;

/// A sheet being written.
pub(super) struct Writer<'a> {
    pub sheet: &'a mut dyn Canvas,
    pub layout: &'a Layout<'a>,
    pub fill: &'a Fill,
    pub live: &'a LiveCells<'a>,
}
