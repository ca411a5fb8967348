//! The directive on what the final issue of the year before held: `@anno-prima`.

use std::collections::BTreeMap;

use super::page::Line;
use super::trouble::Trouble;
use crate::model::{IndicatorCode, Number, Status, Value, VoceKey};
use crate::plan::{Archive, LastResult, LastYear, Plan};

/// What this directive begins with.
const LAST_YEAR: &str = "@anno-prima ";

/// What begins a reason for which an indicator is not compared.
const OTHER: &str = "≠";

/// Whether a line is about the final issue of the year before, and not about a file.
pub fn is_about_last_year(line: &Line) -> bool {
    line.get("chiave").starts_with(LAST_YEAR)
}

/// The final issue of the year before, as these lines say it; `None` when none of them does.
///
/// # Errors
/// When a line says nothing that can be.
pub fn archive_of(plan: &Plan, lines: &[Line]) -> Result<Option<Archive>, Trouble> {
    let (mut results, mut closings) = (BTreeMap::new(), BTreeMap::new());
    for line in lines.iter().filter(|line| is_about_last_year(line)) {
        let about = line.get("chiave").strip_prefix(LAST_YEAR).unwrap_or_default().trim();
        let said = line.get("valore");
        let wrong = || Trouble::wrong(format!("«{said}»"));
        let voce = VoceKey::from_text(about);
        if plan.voce(&voce).is_some() {
            closings.insert(voce, number(said).ok_or_else(wrong)?);
            continue;
        }
        let code = IndicatorCode::new(about);
        if plan.indicator(&code).is_none() {
            return Err(Trouble::absent(format!("l'indicatore {code} non è nel piano")));
        }
        let own = match said.strip_prefix(OTHER) {
            Some(why) => LastYear::Other(why.trim().to_owned()),
            None => LastYear::Same(LastResult {
                value: Some(Value::Number(number(said).ok_or_else(wrong)?)),
                status: Status::Raggiunto,
                degree: None,
                target: String::new(),
            }),
        };
        results.insert(code, own);
    }
    let none = results.is_empty() && closings.is_empty();
    let year = plan.year - 1;
    let archive = Archive { year, sha256: "…".to_owned(), results, voci: BTreeMap::new(), closings };
    Ok((!none).then_some(archive))
}

/// A number, or an exact fraction.
fn number(text: &str) -> Option<Number> {
    match text.split_once('/') {
        Some((over, under)) => Number::parse(over.trim())?.divided_by(&Number::parse(under.trim())?),
        None => Number::parse(text.trim()),
    }
}
