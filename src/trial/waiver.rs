//! The directive `@deroga C06 S03.supermercati`: the unit accepts a finding, for the value given.

use super::page::Line;
use super::scene::Scene;
use super::trouble::Trouble;
use crate::model::{IndicatorCode, OfficeId, VoceKey};
use crate::plan::Waiver;

/// The derogation that a line writes; `None` for any other line.
///
/// # Errors
/// When its month is none.
pub fn waiver_of(line: &Line, scene: Scene) -> Result<Option<Waiver>, Trouble> {
    let Some(rest) = line.get("chiave").strip_prefix("@deroga ") else { return Ok(None) };
    let (code, about) = rest.split_once(' ').unwrap_or((rest, ""));
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Ok(Some(Waiver {
        code: code.to_owned(),
        office: given(line.get("ufficio")).map(OfficeId::new),
        scheda: None,
        indicator: given(about).filter(|about| !about.starts_with('S')).map(IndicatorCode::new),
        voce: given(about).filter(|about| about.starts_with('S')).map(|key| VoceKey::from_text(&key)),
        month: scene.month(line.get("mese"))?,
        value: line.get("valore").to_owned(),
        reason: "prova".to_owned(),
        who: "unità performance".to_owned(),
        until: None,
    }))
}
