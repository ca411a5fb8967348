//! What the words of a line depend on, and the cell that it is about.

use super::find::Spot;
use super::sheet;
use super::trouble::Trouble;
use crate::model::Month;
use crate::package::{Element, Package};

/// What the words of a line depend on.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    /// The reporting month: `ultimo`.
    pub month: Month,
    /// Whether a value may start from the one that stands in the cell: `+5`.
    pub relative: bool,
}

impl Scene {
    /// The month that a line names; `None` when it names none.
    pub(super) fn month(self, text: &str) -> Result<Option<Month>, Trouble> {
        let unknown = || Trouble::wrong(format!("mese «{text}»"));
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(steps) = text.strip_prefix("ultimo").filter(|steps| !steps.is_empty()) {
            let steps: i32 = steps.parse().map_err(|_| unknown())?;
            let month = self.month.number().checked_add_signed(steps).and_then(Month::new);
            return month.map(Some).ok_or_else(|| Trouble::absent("il mese cade fuori dell'anno"));
        }
        let month = match text {
            "ultimo" => Some(self.month),
            "primo" => Some(Month::JANUARY),
            text => text.parse().ok().and_then(Month::new).or_else(|| Month::from_name(text)),
        };
        month.map(Some).ok_or_else(unknown)
    }
}

/// A cell, to change.
pub(super) fn cell<'a>(package: &'a mut Package, spot: &Spot) -> Result<&'a mut Element, Trouble> {
    let lost = || Trouble::wrong(format!("il foglio «{}» non ha celle", spot.sheet));
    sheet::cell_mut(package.sheet(&spot.sheet)?, spot.cell).ok_or_else(lost)
}
