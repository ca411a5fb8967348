//! Why an indicator falls short, or cannot be judged, in a few words. Why a scheda has its colour is told on
//! its sheet (`scheda::colour`).

use std::collections::BTreeSet;

use crate::admit::{Admission, AdmittedEntry};
use crate::aggregate::IndicatorResult;
use crate::certify::Run;
use crate::certify::touches::is_due;
use crate::model::{
    Finding, Month, Nature, Number, OfficeId, Status, Value, VoceKey, count, join_it, quoted,
};
use crate::plan::{Indicator, Operator, Threshold, Voce};
use crate::report::results;
use crate::report::words::{is_percent, value_words};

/// The finding that tells why an indicator is not judged, by its place in the list: what keeps out a figure
/// of it, or the file that never came.
pub(super) fn finding(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> Option<usize> {
    match result.status {
        Status::NonVerificabile => kept_out(run, indicator).first().map(|(row, _)| *row),
        Status::DatoMancante => run.checked.findings.iter().position(|finding| {
            let own = finding.office.as_ref().is_some_and(|office| indicator.offices.contains(office));
            let told = finding.indicator.as_ref() == Some(&indicator.code)
                || (own && finding.indicator.is_none() && finding.voce.is_none());
            told && finding.rule.missing && finding.is_open()
        }),
        _ => None,
    }
}

/// The reason, and what is still missing.
pub(super) fn words(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> String {
    let reason = match result.status {
        Status::NonVerificabile => withheld(run, indicator),
        Status::DatoMancante => unreported(run, indicator, result),
        Status::TargetMancante => match indicator.target.threshold {
            Threshold::Baseline { year } => format!("manca il dato del {year}, da cui viene il target"),
            Threshold::Open => "il target è da decidere".to_owned(),
            _ => "manca il target".to_owned(),
        },
        Status::NonCalcolabile => "nessun caso da misurare".to_owned(),
        _ => behind(run, indicator, result),
    };
    let parts = [reason, missing(run, indicator, result)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

/// The findings that keep out something that the indicator uses, with their row among all.
fn kept_out<'a>(run: &Run<'a>, indicator: &Indicator) -> Vec<(usize, &'a Finding)> {
    let used = |key: &VoceKey| indicator.voce(key).is_some() || indicator.formula.inputs().contains(key);
    let file = |finding: &Finding| {
        finding.bans_file().is_some()
            && finding.office.as_ref().is_some_and(|office| indicator.offices.contains(office))
    };
    let about = |finding: &Finding| {
        finding.indicator.as_ref() == Some(&indicator.code)
            || finding.voce.as_ref().is_some_and(used)
            || file(finding)
    };
    let all = run.checked.findings.iter().enumerate();
    all.filter(|(_, finding)| finding.keeps_out() && about(finding)).collect()
}

/// `Promozione, giugno: testo dove serve un numero («circa dieci»)`, and how many more such there are.
fn withheld(run: &Run<'_>, indicator: &Indicator) -> String {
    let found = kept_out(run, indicator);
    let Some((_, first)) = found.first() else {
        let codes = results::spoiled(run, indicator);
        let named = run.rules.iter().filter(|rule| codes.contains(&rule.code));
        let names: Vec<String> = named.map(|rule| small(rule.name)).collect();
        return format!("dato tenuto fuori: {}", names.join(", "));
    };
    let told = format!("{}: {}{}", place(run, first), small(first.rule.name), seen(run, first));
    match found.len() - 1 {
        0 => told,
        1 => format!("{told}; e un altro rilievo"),
        more => format!("{told}; e altri {more} rilievi"),
    }
}

/// Whose it is, and of which month; where no month tells, of which voce.
fn place(run: &Run<'_>, finding: &Finding) -> String {
    let mut offices: Vec<&str> = finding.office.iter().map(|office| run.plan.office_name(office)).collect();
    for other in &finding.related {
        let name = run.plan.office_name(&other.office);
        if !offices.contains(&name) {
            offices.push(name);
        }
    }
    let mut parts = vec![join_it(&offices)];
    match (finding.month, &finding.voce) {
        (Some(month), _) => parts.push(month.name().to_owned()),
        (None, Some(voce)) => parts.push(format!("«{}»", results::label(run.plan, voce))),
        (None, None) => {}
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// What was found, in brackets; between quotes when it is what somebody typed.
fn seen(run: &Run<'_>, finding: &Finding) -> String {
    if finding.found.is_empty() {
        return String::new();
    }
    let mut entries = finding.office.iter().flat_map(|office| run.admitted.entries.of_office(office));
    let is_it = |entry: &&AdmittedEntry| {
        entry.raw == finding.found && entry.at.is_some_and(|at| finding.entries.contains(&at))
    };
    match entries.find(is_it) {
        Some(entry) => match &entry.value {
            Some(Value::Number(number)) => format!(" ({})", number.to_italian(2)),
            _ => format!(" ({})", quoted(&finding.found)),
        },
        None => format!(" ({})", finding.found),
    }
}

/// The same with a small letter.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn unreported(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> String {
    if let [only] = indicator.offices.as_slice()
        && !run.admitted.entries.has_sent(only)
    {
        return format!("{}: manca il file", run.plan.office_name(only));
    }
    match result.missing.as_slice() {
        [only] => format!("nessuno ha rilevato «{}»", results::label(run.plan, only)),
        many => format!("nessuno ha rilevato {}", count(many.len(), "voce", "voci")),
    }
}

fn behind(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> String {
    if result.at_the_limit {
        return "uguale al limite: serve superarlo".to_owned();
    }
    if indicator.formula.nature() == Nature::Scadenza {
        return deadline(run, result);
    }
    let number = |value: &Option<Value>| value.as_ref().and_then(Value::number);
    let (Some(value), Some(limit)) = (number(&result.value), number(&result.threshold)) else {
        return String::new();
    };
    let accumulates =
        indicator.formula.nature() == Nature::Accumulo && indicator.target.operator.higher_is_better();
    match (result.status, &result.pace) {
        (Status::InRitardo, Some(_)) if accumulates => monthly(run, indicator, &value, &limit),
        (Status::InRitardo, Some(pace)) => format!(
            "a {} {} {}, siamo a {}",
            run.consolidation.month.month.name(),
            serves(indicator, pace),
            shown(indicator, pace),
            shown(indicator, &value)
        ),
        (Status::NonPiuRaggiungibile, _) if accumulates => {
            format!(
                "contano i mesi fino a {}; {}",
                last_month(indicator).name(),
                gap(indicator, &value, &limit)
            )
        }
        _ => gap(indicator, &value, &limit),
    }
}

/// `servono 12,5 al mese, siamo a 8`: what the months left must give, against what those gone have given.
fn monthly(run: &Run<'_>, indicator: &Indicator, value: &Number, limit: &Number) -> String {
    let last = last_month(indicator);
    let gone = run.consolidation.month.month.min(last).number();
    let to_come = Number::from(last.number().saturating_sub(gone));
    let needed = (limit.clone() - value).divided_by(&to_come);
    let (Some(needed), Some(mean)) =
        (needed, value.divided_by(&Number::from(gone.saturating_sub(indicator.start().number() - 1))))
    else {
        return gap(indicator, value, limit);
    };
    let verb = serves(indicator, &needed);
    format!("{verb} {} al mese, siamo a {}", shown(indicator, &needed), shown(indicator, &mean))
}

/// The verb that agrees with a number.
fn serves(indicator: &Indicator, number: &Number) -> &'static str {
    if is_percent(indicator) || number <= &Number::one() { "serve" } else { "servono" }
}

/// The last month whose entries count.
fn last_month(indicator: &Indicator) -> Month {
    indicator.cutoff().unwrap_or(Month::DECEMBER)
}

/// How far from the target.
fn gap(indicator: &Indicator, value: &Number, limit: &Number) -> String {
    let side = match (indicator.target.operator, value < limit) {
        (Operator::Exactly, _) if value == limit => return String::new(),
        (_, true) => "sotto",
        (_, false) => "sopra",
    };
    let distance = (value.clone() - limit).abs();
    let distance = if is_percent(indicator) {
        let points = distance * &Number::from(100_i64);
        let noun = if points == Number::one() { "punto percentuale" } else { "punti percentuali" };
        format!("{} {noun}", points.to_italian(2))
    } else {
        shown(indicator, &distance)
    };
    format!("{side} il target di {distance}")
}

fn deadline(run: &Run<'_>, result: &IndicatorResult) -> String {
    let late = |days: i64, what: &str| {
        format!("{what} {}", count(usize::try_from(days).unwrap_or(0), "giorno", "giorni"))
    };
    if let Some(days) = result.deviation.as_ref().and_then(Number::to_i64).filter(|days| *days > 0) {
        return late(days, "fatto in ritardo di");
    }
    match &result.threshold {
        Some(Value::Date(day)) => {
            let days = (run.consolidation.month.last_day() - *day).num_days();
            if days > 0 {
                late(days, "scadenza passata da")
            } else if run.consolidation.closed {
                "l'anno è chiuso senza tutte le date".to_owned()
            } else {
                "manca ancora una data".to_owned()
            }
        }
        _ => String::new(),
    }
}

fn shown(indicator: &Indicator, number: &Number) -> String {
    value_words(indicator, &Value::Number(number.clone()))
}

/// What is due and has not come: `manca giugno di 2 uffici`; empty when nothing is.
fn missing(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> String {
    if result.coverage.present >= result.coverage.expected || result.status == Status::DatoMancante {
        return String::new();
    }
    let absent: Vec<&OfficeId> =
        indicator.offices.iter().filter(|office| run.lacks(indicator, office)).collect();
    let (offices, months) = blanks(run, indicator);
    let people = |number: usize| count(number, "ufficio", "uffici");
    let only = if months.len() == 1 { months.first().copied().flatten() } else { None };
    match (absent.len(), offices.len(), only) {
        // What was kept out is told already.
        (0, 0, _) if result.status == Status::NonVerificabile => String::new(),
        (0, 0, _) => format!(
            "rilevazioni {} su {}",
            Number::from(result.coverage.present).to_italian(0),
            Number::from(result.coverage.expected).to_italian(0)
        ),
        (files, 0, _) => format!("manca il file di {}", people(files)),
        (0, blank, Some(month)) => format!("manca {} di {}", month.name(), people(blank)),
        (files, blank, _) => format!("mancano rilevazioni di {}", people(files + blank)),
    }
}

/// The offices that left a due entry blank, and the months of those entries (`None` for the year).
fn blanks<'a>(run: &Run<'a>, indicator: &'a Indicator) -> (BTreeSet<&'a OfficeId>, BTreeSet<Option<Month>>) {
    let mut offices = BTreeSet::new();
    let mut months = BTreeSet::new();
    let used = |voce: &Voce| {
        indicator.formula.inputs().contains(&voce.key) || indicator.baseline.as_ref() == Some(&voce.key)
    };
    for office in &indicator.offices {
        for voce in indicator.voci.iter().filter(|voce| voce.is_input() && used(voce)) {
            let blank = |entry: &&AdmittedEntry| {
                entry.admission == Admission::NotReported && is_due(run.consolidation.month, voce, entry)
            };
            for entry in run.admitted.entries.of(&voce.key, office).iter().filter(blank) {
                offices.insert(office);
                months.insert(entry.id.month);
            }
        }
    }
    (offices, months)
}
