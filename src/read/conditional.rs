//! Formats that a sheet lays over its cells on a condition, as far as they may hide or strike out a value. A
//! condition that only a program that calculates can tell is taken to hold.

use super::area::Area;
use super::limits;
use crate::package::Tag;

/// A rule of conditional formatting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Veil {
    pub(super) areas: Vec<Area>,
    pub(super) cover: Cover,
    /// When it applies.
    pub when: When,
}

/// What a rule lays over a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// The format at this place of the list.
    Format(usize),
    /// Bars or icons in the place of the value.
    Drawn,
    /// Bars, icons or shades beside it.
    Nothing,
}

/// When a rule applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// When the value compares so with these terms, as written.
    Compares(String, Vec<String>),
    /// When something else holds.
    Other,
}

impl Veil {
    /// A rule laid over these areas.
    pub(super) fn new(areas: Vec<Area>, cover: Cover, when: When) -> Self {
        Self { areas, cover, when }
    }
}

/// Picks up the rules while a sheet is read.
#[derive(Debug, Default)]
pub(super) struct Veiler {
    areas: Vec<Area>,
    open: Option<Veil>,
    in_formula: bool,
    veils: Vec<Veil>,
}

/// Rules kept, of a sheet.
pub(super) const VEILS: usize = 10_000;
/// Characters kept of a term.
pub(super) const TERM: usize = 64;

impl Veiler {
    /// An element of the sheet opens.
    pub(super) fn open(&mut self, name: &str, start: Tag<'_>) {
        match name {
            "conditionalFormatting" => {
                let areas = start.get("sqref").unwrap_or_default();
                self.areas = areas.split_whitespace().filter_map(Area::parse).take(limits::AREAS).collect();
            }
            "cfRule" if !self.areas.is_empty() => self.open_rule(start),
            "dataBar" | "iconSet" => {
                let shown = start.says("showValue") != Some(false);
                if let (Some(veil), false) = (&mut self.open, shown) {
                    veil.cover = Cover::Drawn;
                }
            }
            "formula" => self.open_term(),
            _ => {}
        }
    }

    fn open_rule(&mut self, start: Tag<'_>) {
        let format = start.get("dxfId").and_then(|id| id.parse().ok());
        let operator = start.get("operator").filter(|_| start.get("type").as_deref() == Some("cellIs"));
        self.open = Some(Veil {
            areas: self.areas.clone(),
            cover: format.map_or(Cover::Nothing, Cover::Format),
            when: operator.map_or(When::Other, |operator| When::Compares(operator, Vec::new())),
        });
    }

    fn open_term(&mut self) {
        if let Some(Veil { when: When::Compares(_, terms), .. }) = &mut self.open {
            terms.push(String::new());
            self.in_formula = true;
        }
    }

    /// Whether the text to come is wanted.
    pub(super) fn hear(&mut self, text: &str) {
        let Some(Veil { when: When::Compares(_, terms), .. }) =
            self.open.as_mut().filter(|_| self.in_formula)
        else {
            return;
        };
        terms.last_mut().into_iter().for_each(|term| term.extend(text.chars().take(TERM)));
    }

    /// An element of the sheet closes.
    pub(super) fn close(&mut self, name: &str) {
        match name {
            "conditionalFormatting" => self.areas.clear(),
            "formula" => self.in_formula = false,
            "cfRule" => {
                let kept = self.open.take().filter(|veil| veil.cover != Cover::Nothing);
                self.veils.extend(kept.filter(|_| self.veils.len() < VEILS));
            }
            _ => {}
        }
    }

    /// What was picked up from the sheet.
    pub(super) fn finish(self) -> Vec<Veil> {
        self.veils
    }
}
