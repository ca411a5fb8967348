//! What stands beside the entries: notes, evidence, causes, reasons, the chosen month, the sign-off.

use std::collections::BTreeMap;

use super::cell;
use super::finder::Found;
use super::layout::Layout;
use super::manifest::{Manifest, Slot};
use super::submission::{EntryState, SignOff, TextCell};
use super::template::TypedIn;
use super::tidy::tidy;
use crate::model::{CellRef, EntryRef, IndicatorCode, Month, Place, Value, VoceKey, VoceType};
use crate::read::{RawContent, RawSheet, RawWorkbook};

/// What the key of the row of an indicator's remarks ends with: note, evidence and cause stand beside.
pub(super) const REMARKS: &str = "spiegazioni";

/// The key of the sign-off that tells its sheet.
const SIGNATURE: &str = "firma.nome";

/// The key of the chosen month.
const CHOSEN: &str = "mese";

/// What was read beside the entries.
#[derive(Default)]
pub(super) struct Asides {
    pub notes: BTreeMap<IndicatorCode, TextCell>,
    pub evidence: BTreeMap<IndicatorCode, TextCell>,
    pub causes: BTreeMap<IndicatorCode, TextCell>,
    pub reasons: BTreeMap<VoceKey, TextCell>,
    pub idle: BTreeMap<(u8, Month), TextCell>,
    /// The month, when it is one, and the cell as it is.
    pub chosen: Option<(Option<Month>, RawContent)>,
    pub sign_off: SignOff,
    pub sign_offs: BTreeMap<Month, SignOff>,
    pub places: BTreeMap<String, Place>,
}

impl Asides {
    /// The texts of a kind, by indicator.
    pub(super) fn of_indicator(&mut self, what: &str) -> &mut BTreeMap<IndicatorCode, TextCell> {
        match what {
            "nota" => &mut self.notes,
            "fonte" => &mut self.evidence,
            _ => &mut self.causes,
        }
    }

    /// Reads a text; where it stands is kept under `key`, also when it is blank.
    pub(super) fn read(&mut self, key: String, found: Option<Found<'_>>, date1904: bool) -> Option<TextCell> {
        let found = found?;
        self.places.insert(key, found.place.clone());
        let typed = cell::read(VoceType::Testo, found.cell, date1904);
        let text = match typed.state {
            EntryState::Value(Value::Text(text)) => text,
            // «vedi sopra» is no value of an entry, but as a note it is what the office wrote.
            EntryState::Placeholder if tidy(&typed.raw).contains(' ') => tidy(&typed.raw),
            _ => return None,
        };
        Some(TextCell { at: EntryRef::default(), text, place: found.place })
    }

    /// The chosen month as it was typed: the template's own figures follow from it.
    pub(super) fn chosen_as_typed(&self) -> Option<TypedIn> {
        let (_, content) = self.chosen.as_ref()?;
        let key = CHOSEN.to_owned();
        Some(TypedIn { key, month: None, row: None, column: None, content: content.clone() })
    }
}

/// The sheet of the instructions.
pub(super) struct Cover<'a> {
    pub raw: &'a RawWorkbook,
    pub manifest: &'a Manifest,
    pub layout: &'a Layout<'a>,
}

impl<'a> Cover<'a> {
    /// The sheet, with its name in the template.
    pub(super) fn sheet(&self) -> Option<(&'a RawSheet, String)> {
        let month = self.manifest.signs_by_month().then_some(Month::JANUARY);
        let (_, name) = self.home(SIGNATURE, month)?;
        let key = month.map_or_else(|| SIGNATURE.to_owned(), row_key);
        let sheet = self.layout.row_of(&key).map(|(sheet, _)| sheet).or_else(|| self.raw.sheet(name))?;
        Some((sheet, name.clone()))
    }

    fn home(&self, key: &str, month: Option<Month>) -> Option<(CellRef, &'a String)> {
        let slot = Slot { key: key.to_owned(), month, ..Slot::default() };
        self.manifest.cells.get(&slot).map(|(sheet, cell)| (*cell, sheet))
    }

    /// The chosen month and who signs off.
    pub(super) fn read(&self, into: &mut Asides) {
        self.chosen(into);
        if !self.manifest.signs_by_month() {
            into.sign_off = self.signed(None, into);
            return;
        }
        for month in Month::all() {
            let signed = self.signed(Some(month), into);
            into.sign_offs.insert(month, signed);
        }
    }

    fn chosen(&self, into: &mut Asides) {
        let mut found = || {
            let (cell, name) = self.home(CHOSEN, None)?;
            let named = || self.sheet().map(|(sheet, _)| sheet).or_else(|| self.raw.sheet(name));
            let row = self.layout.row_of(&format!("{CHOSEN}.scelto"));
            let (sheet, cell) = match row {
                Some((sheet, row)) => (sheet, CellRef { row, ..cell }),
                None => (named()?, cell),
            };
            into.places.insert(CHOSEN.to_owned(), Place { sheet: sheet.name.clone(), cell });
            sheet.cell(cell)
        };
        let Some(cell) = found() else { return };
        let month = match &cell.content {
            RawContent::Text(text) => Month::from_name(&tidy(text)),
            RawContent::Number(number) => {
                let number = crate::model::Number::from_f64(*number).and_then(|number| number.to_i64());
                number.and_then(|number| Month::new(u32::try_from(number).ok()?))
            }
            _ => None,
        };
        into.chosen = Some((month, cell.content.clone()));
    }

    fn signed(&self, month: Option<Month>, into: &mut Asides) -> SignOff {
        let mut text = |key: &str, kind: VoceType| {
            let (template, name) = self.home(key, month)?;
            let row = self.layout.row_of(&month.map_or_else(|| key.to_owned(), row_key));
            let (sheet, cell) = match row {
                Some((sheet, row)) => (sheet, CellRef { row, col: template.col }),
                None => (self.raw.sheet(name)?, template),
            };
            let place = Place { sheet: sheet.name.clone(), cell };
            let told = month.map_or_else(|| key.to_owned(), |month| format!("{key}.{}", month.number()));
            into.places.insert(told, place.clone());
            let typed = cell::read(kind, Some(sheet.cell(cell)?), self.raw.date1904);
            let text = match &typed.state {
                EntryState::Value(value @ Value::Date(_)) => value.to_people(),
                _ => tidy(&typed.raw),
            };
            let said = matches!(typed.state, EntryState::Value(_) | EntryState::Wrong(_));
            said.then_some(TextCell { at: EntryRef::default(), text, place })
        };
        SignOff {
            name: text("firma.nome", VoceType::Testo),
            role: text("firma.ruolo", VoceType::Testo),
            date: text("firma.data", VoceType::Data),
        }
    }
}

/// The key of the row on which a month is signed off.
fn row_key(month: Month) -> String {
    format!("firma.{}", month.number())
}
