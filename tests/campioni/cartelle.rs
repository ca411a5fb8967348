//! The sample year as workbooks: shared by the generator and by the test that says when they are stale.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use schede::model::{Month, OfficeId};
use schede::plan::Plan;
use schede::trial::{Sample, samples};
use schede::write::{Fill, FillKey, FillValue, office_workbook};

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// The issues: month, and the offices that save with LibreOffice.
pub(crate) const ISSUES: [(u32, [&str; 3]); 2] =
    [(6, ["metrico", "urp", "protesti"]), (12, ["qualita", "informatico", "promozione"])];

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The workbooks of a month by office: the year so far, with that month's mistakes in their place.
pub(crate) fn workbooks(plan: &Plan, month: Month) -> Outcome<BTreeMap<OfficeId, Vec<u8>>> {
    let data = root().join("tests/campioni");
    let mut entries = read(&data.join("anno-2019.csv"))?;
    entries.extend(read(&data.join(format!("errori-{}.csv", plan.month(month))))?);
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
        .map(|(office, mut fill)| {
            fill.set(FillKey::single("mese"), FillValue::Text(month.name().to_owned()));
            let bytes =
                office_workbook(plan, &office, &fill).map_err(|error| format!("{office}: {error}"))?;
            Ok((office, bytes))
        })
        .collect()
}

/// The blank workbooks of the year, by name.
pub(crate) fn blank(plan: &Plan) -> Outcome<Vec<(String, Vec<u8>)>> {
    let of = |office: &schede::plan::Office| {
        let bytes = office_workbook(plan, &office.id, &Fill::default()).map_err(|error| error.to_string())?;
        Ok((schede::write::office_file_name(plan, &office.id), bytes))
    };
    plan.offices.iter().map(of).collect()
}

/// Reads a file of entries.
fn read(path: &Path) -> Outcome<Vec<Sample>> {
    let text = fs::read_to_string(path)?;
    samples(&text).map_err(|wrong| format!("{}: {wrong}", path.display()).into())
}
