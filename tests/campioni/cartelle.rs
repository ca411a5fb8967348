//! The sample year as workbooks: shared by the generator and by the test that says when they are stale.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use schede::model::{Month, OfficeId};
use schede::plan::Plan;
use schede::trial::{Sample, samples};
use schede::write::{Fill, office_workbook};

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
        .map(|(office, fill)| {
            let bytes =
                office_workbook(plan, &office, &fill).map_err(|error| format!("{office}: {error}"))?;
            Ok((office, bytes))
        })
        .collect()
}

/// Reads a file of entries.
fn read(path: &Path) -> Outcome<Vec<Sample>> {
    let text = fs::read_to_string(path)?;
    samples(&text).map_err(|wrong| format!("{}: {wrong}", path.display()).into())
}
