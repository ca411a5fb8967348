//! Where a baseline, or how a stock opens, says it comes from: a voce or an indicator of the year before.

use super::archive::{Origin, OriginOf};
use super::around::Around;
use super::fields::{At, Fields};
use crate::model::{IndicatorCode, TimeKind, VoceKey};

/// `origine` as written.
#[derive(Debug)]
pub(super) struct OriginSource {
    pub line: usize,
    pub year: Option<At<i64>>,
    pub voce: At<String>,
    pub indicator: At<String>,
}

/// Takes the fields.
pub(super) fn source(fields: &Fields<'_>) -> OriginSource {
    let origin = OriginSource {
        line: fields.line,
        year: fields.whole_required("anno"),
        voce: fields.text_or_empty("voce"),
        indicator: fields.text_or_empty("indicatore"),
    };
    fields.finish();
    origin
}

/// What it says, when it says something that can be.
pub(super) fn compile(
    own: &OriginSource,
    (scheda, name): (u8, &str),
    time: TimeKind,
    around: &Around<'_>,
) -> Option<Origin> {
    let mut wrong = false;
    let mut tell = |line: usize, message: String, remedy: String| {
        wrong = true;
        around.problems.add(line, "P16", message, remedy);
    };
    // A baseline, or how a stock opens: one value for the year.
    if !matches!(time, TimeKind::Annuale | TimeKind::Costante) {
        let message = format!("«{name}» ha un'origine ed è una voce {}", time.code());
        let remedy = "scrivi tempo = \"annuale\": ciò che viene dall'anno prima è un valore solo";
        tell(own.line, message, remedy.to_owned());
    }
    let last = around.year - 1;
    if let Some(year) = own.year.as_ref().filter(|year| around.year_is_known && year.value != i64::from(last))
    {
        let message = format!("l'origine di «{name}» è del {}, e il piano è del {}", year.value, around.year);
        tell(year.line, message, format!("scrivi anno = {last}, l'anno prima di quello del piano"));
    }
    let of = match (own.voce.value.as_str(), own.indicator.value.as_str()) {
        (voce, "") if !voce.is_empty() => Some(OriginOf::Voce(if voce.contains('.') {
            VoceKey::from_text(voce)
        } else {
            VoceKey::new(scheda, voce)
        })),
        ("", code) if !code.is_empty() => Some(OriginOf::Indicator(IndicatorCode::new(code))),
        (voce, _) => {
            let message = if voce.is_empty() {
                format!("l'origine di «{name}» non dice che cosa prendere")
            } else {
                format!("l'origine di «{name}» dice una voce e anche un indicatore")
            };
            let remedy = format!(
                "scrivi origine = {{ anno = {last}, indicatore = \"5.1\" }} oppure {{ anno = {last}, voce = \"S05.nome\" }}"
            );
            tell(own.line, message, remedy);
            None
        }
    };
    let year = i32::try_from(own.year.as_ref()?.value).ok()?;
    if wrong { None } else { Some(Origin { year, of: of?, typed: None }) }
}
