//! A hand that types in every cell of an office's workbook: sensibly, or as it comes.

use chrono::{Days, NaiveDate};
use schede::model::{CellRef, Month, OfficeId, Place};
use schede::plan::Plan;
use schede::read::{RawContent, RawWorkbook, read_bytes};
use schede::write::{Fill, FillKey, FillValue, office_workbook};

/// How the hand types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    /// Every cell, with a value of its kind.
    Sensible,
    /// Gaps, texts for numbers, wrong months, awkward digits.
    Careless,
}

/// The office's workbook with something typed in it by `hand`; another seed gives other values.
pub(crate) fn typed_workbook(plan: &Plan, office: &OfficeId, hand: Hand, seed: u64) -> Vec<u8> {
    let blank = office_workbook(plan, office, &Fill::default()).unwrap();
    let raw = read_bytes("vuoto.xlsx", blank).content.unwrap();
    // The seed goes on with the office's name: the same values at every run.
    let mut dice =
        Dice(office.as_str().bytes().fold(seed, |seed, byte| seed * 31 % 65_521 + u64::from(byte)));
    let mut fill = Fill::default();
    for Asked { key, kind, .. } in asked(&raw) {
        let value = match hand {
            Hand::Sensible => sensible(&key, &kind, &mut dice),
            Hand::Careless => careless(&key, &kind, &mut dice),
        };
        fill.set(key, value);
    }
    office_workbook(plan, office, &fill).unwrap()
}

/// An input cell, as the manifest lists it.
pub(crate) struct Asked {
    pub(crate) key: FillKey,
    pub(crate) kind: String,
    pub(crate) place: Place,
}

/// The input cells that the manifest of a workbook lists.
pub(crate) fn asked(book: &RawWorkbook) -> Vec<Asked> {
    let manifest = book.sheet("_manifest").unwrap();
    let text = |row, col| match manifest.cell(CellRef { row, col }).map(|cell| &cell.content) {
        Some(RawContent::Text(text)) => text.clone(),
        Some(RawContent::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let last = manifest.cells.keys().map(|cell| cell.row).max().unwrap();
    let head = (0..last).find(|row| text(*row, 0) == "chiave").unwrap();
    let key = |row| FillKey {
        key: text(row, 0),
        month: text(row, 1).parse().ok().and_then(Month::new),
        row: text(row, 2).parse().ok(),
        column: Some(text(row, 3)).filter(|column| !column.is_empty()),
    };
    let place = |row| Place { sheet: text(row, 5), cell: CellRef::parse(&text(row, 6)).unwrap() };
    (head + 1..=last).map(|row| Asked { key: key(row), kind: text(row, 4), place: place(row) }).collect()
}

fn sensible(key: &FillKey, kind: &str, dice: &mut Dice) -> FillValue {
    if key.key.ends_with(".completo") {
        return FillValue::Number(f64::from(1 + dice.roll(12)));
    }
    if key.key == "mese" {
        return FillValue::Text(dice.one_of(&["giugno", "Settembre", "dicembre", "dicembre"]));
    }
    match kind {
        "conteggio" | "giorni" | "giorni_lavorativi" => FillValue::Number(f64::from(dice.roll(40))),
        "importo" if key.key.ends_with("rettifiche") => {
            FillValue::Number((f64::from(dice.roll(40_000)) - 30_000.0) / 100.0)
        }
        "importo" => FillValue::Number(f64::from(dice.roll(90_000)) / 100.0),
        "numero" => FillValue::Number((f64::from(dice.roll(80)) - 20.0) / 8.0),
        "ore" | "minuti" => FillValue::Number(f64::from(dice.roll(400)) / 4.0),
        "percentuale" => FillValue::Number(f64::from(dice.roll(100)) / 100.0),
        "data" => FillValue::Date(dice.day()),
        "si_no" => FillValue::Text(dice.one_of(&["Sì", "No", "n.a."])),
        // Few words, so that some rows of a register share theirs.
        _ => FillValue::Text(dice.one_of(&["Alfa", "ALFA", " alfa ", "Beta", "Beta  due", "beta due"])),
    }
}

fn careless(key: &FillKey, kind: &str, dice: &mut Dice) -> FillValue {
    if key.key.ends_with(".completo") && dice.roll(2) == 0 {
        return FillValue::Number(dice.one_of(&NUMBERS));
    }
    match dice.roll(10) {
        0..3 => FillValue::Blank,
        3 => FillValue::Text(dice.one_of(&TEXTS)),
        4 => FillValue::Number(dice.one_of(&NUMBERS)),
        5 => FillValue::Date(dice.day()),
        _ => sensible(key, kind, dice),
    }
}

/// What offices write where something else is wanted, and what a spreadsheet might take for its own.
const TEXTS: [&str; 14] = [
    "n.a.",
    "n.d.",
    "12",
    "1.234,5",
    "circa dieci",
    "sì",
    "SI'",
    " ",
    "  due  spazi ",
    "=1+1",
    "'apostrofo",
    "riga\naltra riga",
    "«è» <b> & \"q\" – 🙂",
    "31/05/2019",
];

/// Numbers that are not whole, not positive, not short, not months.
const NUMBERS: [f64; 10] =
    [0.0, -2.0, 6.5, 12.5, 0.9, 13.0, 0.1, 1e-7, 0.300_000_000_000_000_04, 123_456_789.123_456];

/// The same throws for the same seed.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: u32) -> u32 {
        // Knuth's constants; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(sides)).unwrap()
    }

    fn one_of<T: Copy, U: From<T>>(&mut self, choices: &[T]) -> U {
        choices[usize::try_from(self.roll(u32::try_from(choices.len()).unwrap())).unwrap()].into()
    }

    /// A day between mid December 2018 and the end of January 2020.
    fn day(&mut self) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(2018, 12, 15).unwrap();
        first + Days::new(u64::from(self.roll(410)))
    }
}
