//! A plausible year of all the offices, from which clean workbooks are made; the samples come from it too.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::model::{Month, OfficeId};
use crate::plan::Plan;
use crate::write::{Fill, FillKey, FillValue, WriteError, office_file_name, office_workbook};

/// The year's entries.
const YEAR: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/campioni/anno-2019.csv"));

/// Days after the end of a month after which the honest office signs.
const SIGNED_AFTER: Days = Days::new(5);

/// A row of a file of entries: who, where, what, from when.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The office's id.
    pub office: String,
    /// Which cell.
    pub key: FillKey,
    /// What is typed in it.
    pub value: FillValue,
    /// The month from which it is there.
    pub from: u32,
    /// What becomes of it in the results, for a mistake planted on purpose.
    pub effect: String,
}

/// The workbooks of the embedded year as they stand at the end of a month, with their names.
///
/// # Errors
/// When the plan is not the one of the embedded year.
pub fn clean_workbooks(plan: &Plan, month: Month) -> Result<Vec<(String, Vec<u8>)>, WriteError> {
    let written = clean_fills(plan, month)
        .into_iter()
        .map(|(office, fill)| Ok((office_file_name(plan, &office), office_workbook(plan, &office, &fill)?)));
    written.collect()
}

/// What each office has typed in the embedded year by the end of a month.
pub fn clean_fills(plan: &Plan, month: Month) -> BTreeMap<OfficeId, Fill> {
    let mut fills: BTreeMap<OfficeId, Fill> = BTreeMap::new();
    for sample in samples(YEAR).unwrap_or_default() {
        let fill = fills.entry(OfficeId::new(sample.office)).or_default();
        let key = sample.key.key.as_str();
        if key.ends_with(".completo") {
            // A register is declared complete each month, up to that month.
            fill.set(sample.key, FillValue::Number(f64::from(month.number())));
        } else if key == "firma.data" {
            // The month is signed a few days after its end; name and role hold for every month.
            let signed = FillValue::Date(plan.month(month).last_day() + SIGNED_AFTER);
            fill.set(FillKey { month: Some(month), ..sample.key }, signed);
        } else if sample.from <= month.number() {
            fill.set(sample.key, sample.value);
        }
    }
    for fill in fills.values_mut() {
        fill.set(FillKey::single("mese"), FillValue::Text(month.name().to_owned()));
    }
    fills
}

/// Reads a file of entries: a header, then a row each, fields separated by `;`.
///
/// # Errors
/// The line that is not as it must be.
pub fn samples(text: &str) -> Result<Vec<Sample>, String> {
    let mut lines = (1_usize..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let (_, header) = lines.next().ok_or("il file è vuoto")?;
    let header = fields(header);
    lines
        .map(|(number, line)| sample(&header, &fields(line)).ok_or(format!("riga {number}: «{line}»")))
        .collect()
}

fn sample(header: &[String], row: &[String]) -> Option<Sample> {
    let field = |wanted: &str| {
        header.iter().position(|name| name == wanted).and_then(|at| row.get(at)).map_or("", String::as_str)
    };
    let number = |wanted: &str| match field(wanted) {
        "" => Some(None),
        text => text.parse::<u32>().ok().map(Some),
    };
    let (month, ordinal, from) = (number("mese")?, number("riga")?, number("da_mese")?);
    Some(Sample {
        office: field("ufficio").to_owned(),
        key: FillKey {
            key: field("chiave").to_owned(),
            month: month.and_then(Month::new),
            row: ordinal,
            column: Some(field("colonna")).filter(|text| !text.is_empty()).map(str::to_owned),
        },
        value: typed(field("valore")),
        from: from.or(month).unwrap_or(1),
        effect: field("effetto").to_owned(),
    })
}

/// The fields of a row; one between quotes may hold the separator.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => fields.push(String::new()),
            c => {
                if let Some(last) = fields.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    fields
}

/// What a value is in a cell: a leading `'` makes it a text.
fn typed(value: &str) -> FillValue {
    if value.is_empty() {
        return FillValue::Blank;
    }
    if let Some(text) = value.strip_prefix('\'') {
        return FillValue::Text(text.to_owned());
    }
    if let Ok(date) = NaiveDate::parse_from_str(value, "%Y-%m-%d") {
        return FillValue::Date(date);
    }
    let numeric = value.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    let number = value.parse::<f64>().ok().filter(|_| numeric);
    number.map_or_else(|| FillValue::Text(value.to_owned()), FillValue::Number)
}

#[cfg(test)]
mod tests {
    use super::{YEAR, fields, samples};

    #[test]
    fn the_year_is_there() {
        let samples = samples(YEAR).unwrap();
        assert!(samples.len() > 1_500);
        let offices: std::collections::BTreeSet<&str> =
            samples.iter().map(|sample| sample.office.as_str()).collect();
        assert_eq!(offices.len(), 26);
        assert_eq!(fields("a;\"b; c\";"), ["a", "b; c", ""]);
    }
}
