//! How much of an office's workbook is worked out.

/// How much is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Everything.
    All,
    /// Figures; what only helps is named and left blank.
    Figures,
}
