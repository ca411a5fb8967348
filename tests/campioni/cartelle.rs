//! The sample year as workbooks: shared by the generator and by the test that says when they are stale.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use schede::model::{Month, OfficeId};
use schede::plan::Plan;
use schede::write::{Fill, FillKey, FillValue, office_workbook};

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// The issues: month, and the offices that save with LibreOffice.
pub(crate) const ISSUES: [(u32, [&str; 3]); 2] =
    [(6, ["metrico", "urp", "protesti"]), (12, ["qualita", "informatico", "promozione"])];

/// A row of the files: who, where, what, from when.
struct Entry {
    office: String,
    key: FillKey,
    value: FillValue,
    from: u32,
    effect: String,
}

impl Entry {
    /// Registers declared complete and the sign-off, at `month`: the year has them in June and December only.
    fn close(&mut self, plan: &Plan, month: Month) {
        let key = self.key.key.as_str();
        if key.ends_with(".completo") {
            self.value = FillValue::Number(f64::from(month.number()));
        } else if key == "firma.data" {
            self.value = FillValue::Date(plan.month(month).last_day() + Days::new(5));
        } else if !key.starts_with("firma.") {
            return;
        }
        self.from = 1;
    }
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The workbooks of a month by office, the year so far: with that month's mistakes in their place, or as an
/// honest office sends them, complete and signed, whatever the month.
pub(crate) fn workbooks(plan: &Plan, month: Month, mistakes: bool) -> Outcome<BTreeMap<OfficeId, Vec<u8>>> {
    let data = root().join("tests/campioni");
    let mut entries = read(&data.join("anno-2019.csv"))?;
    if mistakes {
        entries.extend(read(&data.join(format!("errori-{}.csv", plan.month(month))))?);
    } else {
        entries.iter_mut().for_each(|entry| entry.close(plan, month));
    }
    entries.retain(|entry| entry.from <= month.number());
    let mut absent = Vec::new();
    let mut fills: BTreeMap<OfficeId, Fill> = BTreeMap::new();
    for entry in entries {
        let office = OfficeId::new(entry.office);
        if entry.effect == "assente" {
            absent.push(office);
        } else {
            fills.entry(office).or_default().set(entry.key, entry.value);
        }
    }
    fills.retain(|office, _| !absent.contains(office));
    fills
        .into_iter()
        .map(|(office, fill)| {
            let bytes =
                office_workbook(plan, &office, &fill).map_err(|error| format!("{office}: {error}"))?;
            Ok((office, bytes))
        })
        .collect()
}

/// Reads a file of entries.
fn read(path: &Path) -> Outcome<Vec<Entry>> {
    let name = path.display();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(path)
        .map_err(|error| format!("{name}: {error}"))?;
    let headers = reader.headers()?.clone();
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("{name}: {error}"))?;
        let field = |wanted: &str| {
            headers.iter().position(|found| found == wanted).and_then(|at| record.get(at)).unwrap_or("")
        };
        let number = |wanted: &str| match field(wanted) {
            "" => Ok(None),
            text => text.parse::<u32>().map(Some).map_err(|_| format!("{name}: {wanted} «{text}»")),
        };
        let (month, row) = (number("mese")?, number("riga")?);
        let column = Some(field("colonna")).filter(|text| !text.is_empty()).map(str::to_owned);
        entries.push(Entry {
            office: field("ufficio").to_owned(),
            key: FillKey { key: field("chiave").to_owned(), month: month.and_then(Month::new), row, column },
            value: typed(field("valore")),
            from: number("da_mese")?.or(month).unwrap_or(1),
            effect: field("effetto").to_owned(),
        });
    }
    Ok(entries)
}

/// What a value of the files is in a cell: a leading `'` makes it a text.
fn typed(value: &str) -> FillValue {
    if value.is_empty() {
        FillValue::Blank
    } else if let Some(text) = value.strip_prefix('\'') {
        FillValue::Text(text.to_owned())
    } else if let Ok(date) = NaiveDate::parse_from_str(value, "%Y-%m-%d") {
        FillValue::Date(date)
    } else {
        let numeric = value.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
        value
            .parse::<f64>()
            .ok()
            .filter(|_| numeric)
            .map_or_else(|| FillValue::Text(value.to_owned()), FillValue::Number)
    }
}
