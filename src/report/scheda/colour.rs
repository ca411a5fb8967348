//! Why a scheda has its colour, in one sentence of its own sheet: which indicators pull it down, which do not
//! count. Why an indicator falls short is told in *Sintesi* (`summary::shortfall`).

use crate::aggregate::{IndicatorResult, SchedaResult};
use crate::model::{Light, Number, Status, join_it};
use crate::plan::Scheda;

use crate::certify::Run;
use crate::model::capital;

/// Indicators that a sentence names; the others are counted.
const NAMED: usize = 3;

/// The sentence, `None` where the colour is obvious: all the indicators are green, or all are without a
/// judgement.
pub(super) fn words(run: &Run<'_>, scheda: &Scheda) -> Option<String> {
    let results = run.consolidation;
    let result = results.schede.iter().find(|result| result.number == scheda.number)?;
    let own: Vec<&IndicatorResult> =
        scheda.indicators().filter_map(|indicator| results.indicator(&indicator.code)).collect();
    let (out, judged): (Vec<&IndicatorResult>, Vec<&IndicatorResult>) =
        own.into_iter().partition(|result| result.status == Status::NonValutabile);
    let reason = if results.closed {
        by_degree(result, &judged, &run.plan.scoring.green)
    } else {
        by_status(result, &judged)
    };
    let left_out = (!out.is_empty() && !judged.is_empty()).then(|| left_out(&out));
    let parts: Vec<String> = reason.into_iter().chain(left_out).collect();
    (!parts.is_empty()).then(|| format!("{}.", capital(&parts.join("; "))))
}

/// `grado 45,00: tira giù 3.2, non raggiunto (grado 0)`
fn by_degree(scheda: &SchedaResult, judged: &[&IndicatorResult], green: &Number) -> Option<String> {
    let degree = scheda.degrees.official.as_ref()?.to_italian_fixed(2);
    let of = |result: &IndicatorResult| result.degree.clone().unwrap_or_else(Number::zero);
    let mut below: Vec<&IndicatorResult> =
        judged.iter().copied().filter(|result| of(result) < *green).collect();
    below.sort_by_key(|result| of(result));
    let words: Vec<String> = below.iter().map(|result| with_degree(result)).collect();
    let words = first_few(&words, "; ")?;
    let link = match (scheda.light, below.as_slice()) {
        (Light::Verde, _) => "verde anche con",
        (_, [_]) => "tira giù",
        _ => "tirano giù",
    };
    Some(format!("grado {degree}: {link} {words}"))
}

fn with_degree(result: &IndicatorResult) -> String {
    let degree = match &result.degree {
        Some(degree) => format!("grado {}", degree.to_italian(2)),
        None => "conta 0".to_owned(),
    };
    format!("{}, {} ({degree})", result.code, result.status.label())
}

/// `rosso per 3.2, non più raggiungibile; 1.4 (non verificabile) è senza giudizio e non decide il colore`
fn by_status(scheda: &SchedaResult, judged: &[&IndicatorResult]) -> Option<String> {
    let of = |light: Light| -> Vec<&IndicatorResult> {
        judged.iter().copied().filter(|result| result.status.light() == light).collect()
    };
    let grey = of(Light::Grigio);
    let colour = scheda.light.label();
    let unjudged = first_few(&grey.iter().map(|result| in_brackets(result)).collect::<Vec<_>>(), ", ");
    match scheda.light {
        Light::Grigio => None,
        Light::Verde => unjudged.map(|words| format!("{colour} anche se {words} {}", without(&grey))),
        Light::Giallo | Light::Rosso => {
            let deciding = of(scheda.light);
            let words: Vec<String> =
                deciding.iter().map(|result| format!("{}, {}", result.code, result.status.label())).collect();
            let reason = format!("{colour} per {}", first_few(&words, "; ")?);
            let rest = unjudged.map(|words| format!("{words} {}", without(&grey)));
            Some([Some(reason), rest].into_iter().flatten().collect::<Vec<_>>().join("; "))
        }
    }
}

fn in_brackets(result: &IndicatorResult) -> String {
    format!("{} ({})", result.code, result.status.label())
}

fn without(grey: &[&IndicatorResult]) -> &'static str {
    match grey {
        [_] => "è senza giudizio e non decide il colore",
        _ => "sono senza giudizio e non decidono il colore",
    }
}

fn left_out(out: &[&IndicatorResult]) -> String {
    let codes: Vec<String> = out.iter().map(|result| result.code.to_string()).collect();
    let words = if out.len() == 1 { "non valutabile: resta fuori" } else { "non valutabili: restano fuori" };
    format!("{} {words} dal conto", join_it(&codes))
}

/// The first ones with `comma` between, and how many others there are; `None` of nothing.
fn first_few(words: &[String], comma: &str) -> Option<String> {
    let shown: Vec<&str> = words.iter().take(NAMED).map(String::as_str).collect();
    let shown = (!shown.is_empty()).then(|| shown.join(comma))?;
    Some(match words.len().saturating_sub(NAMED) {
        0 => shown,
        1 => format!("{shown}; e un altro"),
        many => format!("{shown}; e altri {many}"),
    })
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::aggregate::{Consolidation, Degrees};
    use crate::certify::Run;
    use crate::model::{IndicatorCode, Light, Number, Status};
    use crate::report::sample::{Sample, sample};

    /// What is said of scheda 3 when its indicators have these outcomes and degrees.
    fn told(month: u32, light: Light, degree: &str, own: &[(&str, Status, Option<i64>)]) -> Option<String> {
        let mut sample: Sample = sample(month);
        let results: &mut Consolidation = &mut sample.consolidation;
        for (code, status, degree) in own {
            let code = IndicatorCode::new(*code);
            let found = results.indicators.iter_mut().find(|result| result.code == code).unwrap();
            found.status = *status;
            found.degree = degree.map(Number::from);
        }
        let scheda = results.schede.iter_mut().find(|scheda| scheda.number == 3).unwrap();
        scheda.light = light;
        let degree = Number::parse(degree);
        scheda.degrees = Degrees { official: degree.clone(), without_missing: degree.clone(), paced: degree };
        let run: Run<'_> = sample.run();
        words(&run, run.plan.schede.iter().find(|scheda| scheda.number == 3).unwrap())
    }

    #[test]
    fn in_december_who_pulls_the_degree_down_is_named_the_lowest_first() {
        let (met, part, none) = (Status::Raggiunto, Status::ParzialmenteRaggiunto, Status::NonRaggiunto);
        let all = [("3.1", met, Some(100)), ("3.2", met, Some(100)), ("3.3", met, Some(100))];
        assert_eq!(told(12, Light::Verde, "100", &all), None);
        let one = [("3.1", met, Some(90)), ("3.2", none, Some(0)), ("3.3", met, Some(100))];
        assert_eq!(
            told(12, Light::Rosso, "45", &one).unwrap(),
            "Grado 45,00: tira giù 3.2, non raggiunto (grado 0)."
        );
        let two = [("3.1", part, Some(75)), ("3.2", Status::DatoMancante, None), ("3.3", met, Some(100))];
        assert_eq!(
            told(12, Light::Rosso, "58.333", &two).unwrap(),
            "Grado 58,33: tirano giù 3.2, dato mancante (conta 0); 3.1, parzialmente raggiunto (grado 75)."
        );
        let green = [("3.1", part, Some(75)), ("3.2", met, Some(100)), ("3.3", Status::NonValutabile, None)];
        assert_eq!(
            told(12, Light::Verde, "91", &green).unwrap(),
            "Grado 91,00: verde anche con 3.1, parzialmente raggiunto (grado 75); 3.3 non valutabile: resta fuori dal \
             conto."
        );
    }

    #[test]
    fn in_the_year_the_worst_colour_is_explained_and_grey_does_not_decide() {
        let (fine, late, spoiled) = (Status::InLinea, Status::InRitardo, Status::NonVerificabile);
        let all = [("3.1", fine, None), ("3.2", fine, None), ("3.3", fine, None)];
        assert_eq!(told(6, Light::Verde, "80", &all), None);
        let grey = [("3.1", fine, None), ("3.2", spoiled, None), ("3.3", fine, None)];
        assert_eq!(
            told(6, Light::Verde, "80", &grey).unwrap(),
            "Verde anche se 3.2 (non verificabile) è senza giudizio e non decide il colore."
        );
        let red = [
            ("3.1", Status::NonPiuRaggiungibile, Some(0)),
            ("3.2", spoiled, None),
            ("3.3", Status::DatoMancante, None),
        ];
        assert_eq!(
            told(6, Light::Rosso, "0", &red).unwrap(),
            "Rosso per 3.1, non più raggiungibile; 3.2 (non verificabile), 3.3 (dato mancante) sono senza giudizio e \
             non decidono il colore."
        );
        let yellow = [("3.1", late, Some(50)), ("3.2", late, Some(40)), ("3.3", fine, Some(100))];
        assert_eq!(
            told(6, Light::Giallo, "63", &yellow).unwrap(),
            "Giallo per 3.1, in ritardo; 3.2, in ritardo."
        );
        let nothing = [("3.1", spoiled, None), ("3.2", spoiled, None), ("3.3", spoiled, None)];
        assert_eq!(told(6, Light::Grigio, "0", &nothing), None);
    }
}
