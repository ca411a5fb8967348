//! What stands beside the entries: notes, evidence, causes, reasons, the chosen month, the sign-off.

use std::collections::BTreeMap;

use super::cell;
use super::finder::Found;
use super::layout::Layout;
use super::manifest::{Manifest, Slot};
use super::submission::{EntryState, SignOff, TextCell, idle_key};
use super::template::TypedIn;
use super::tidy::tidy;
use crate::model::{CellRef, EntryRef, IndicatorCode, Month, Place, Value, VoceKey, VoceType};
use crate::read::{RawContent, RawSheet, RawWorkbook};

/// What the key of the row of an indicator's remarks ends with: note, evidence and cause stand beside.
pub const REMARKS: &str = "spiegazioni";

/// The key of the sign-off that tells its sheet.
const SIGNATURE: &str = "firma.nome";

/// The key of the row on which who signs off every month stands.
const EVERY_MONTH: &str = "firma.tutti";

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

    /// What is typed beside the entries and the template's own figures follow from: the chosen month, the
    /// months without activity.
    pub(super) fn as_typed(&self) -> Vec<TypedIn> {
        let typed = |key: String, month, content| TypedIn { key, month, row: None, column: None, content };
        let chosen = self.chosen.iter().map(|(_, content)| typed(CHOSEN.to_owned(), None, content.clone()));
        let idle = self.idle.iter().map(|((scheda, month), text)| {
            typed(idle_key(*scheda), Some(*month), RawContent::Text(text.text.clone()))
        });
        chosen.chain(idle).collect()
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
        let key = row_key(SIGNATURE, month, month.is_some());
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
        into.sign_off = self.signed(None, into);
        if !self.manifest.signs_by_month() {
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
        let by_month = self.manifest.signs_by_month();
        let mut text = |key: &str, kind: VoceType| {
            let (template, name) = self.home(key, month)?;
            let row = self.layout.row_of(&row_key(key, month, by_month));
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

/// The key of the row on which a part of the sign-off stands: that of a month, that of every month, or, in a
/// workbook of the first format, the part's own.
fn row_key(part: &str, month: Option<Month>, by_month: bool) -> String {
    match month {
        Some(month) => format!("firma.{}", month.number()),
        None if by_month => EVERY_MONTH.to_owned(),
        None => part.to_owned(),
    }
}
