//! The results that are not what they were, each with why.

use super::corrections::state;
use super::line::{Kind, Line, State};
use super::offices::{came, went};
use super::plan::answers_moved;
use crate::aggregate::IndicatorResult;
use crate::book::Cell;
use crate::certify::{Past, Run};
use crate::memory::{Correction, KeptResult, Said, Standing};
use crate::model::{Number, OfficeId, Status, capital, count, join_it, quoted};
use crate::plan::Indicator;
use crate::report::words::{short, value_words};

/// Characters of the text of an indicator; the whole stands in *Risultati*.
const TITLE: usize = 88;

/// The ente and the schede whose degree or light is another one, then the indicators, each with why: first
/// those whose light, or outcome, is another one, then those of which only the degree is, or whose year has
/// ended as it promised.
pub(super) fn lines(run: &Run<'_>, past: Past<'_>) -> (Vec<Line>, Vec<Line>) {
    let moved: Vec<Moved<'_>> = moved(run, past).collect();
    let schede: Vec<(u8, Line)> = scheda_lines(run, past, &moved).collect();
    let ente = ente_line(run, past, &schede);
    let own_light = |number: u8| run.consolidation.schede.iter().find(|own| own.number == number);
    let turned = |number: u8| {
        let now = own_light(number).map(|own| own.light);
        now != past.memory.schede.get(&number).map(|then| then.light)
    };
    let schede = schede.into_iter().map(|(number, line)| (line, turned(number)));
    let indicators = moved.iter().map(|own| (indicator_line(run, past, own), own.is_outcome()));
    let all = ente.into_iter().map(|line| (line, true)).chain(schede).chain(indicators);
    let (first, then): (Vec<_>, Vec<_>) = all.partition(|(_, turned)| *turned);
    let lines = |all: Vec<(Line, bool)>| all.into_iter().map(|(line, _)| line).collect();
    (lines(first), lines(then))
}

/// An indicator whose outcome or degree is another one.
pub(super) struct Moved<'a> {
    indicator: &'a Indicator,
    result: &'a IndicatorResult,
    issued: &'a KeptResult,
}

impl Moved<'_> {
    /// Whether the outcome is another one, and not only the degree or the word for it in a closed year.
    pub(super) fn is_outcome(&self) -> bool {
        self.issued.status != self.result.status && !self.is_concluded()
    }

    /// Whether the year has ended as the month before promised: on pace, or met already, and met.
    pub(super) fn is_concluded(&self) -> bool {
        let promised = matches!(self.issued.status, Status::InLinea | Status::GiaRaggiunto);
        promised && self.result.status == Status::Raggiunto
    }
}

/// The indicators that are not what they were, in the plan's order.
pub(super) fn moved<'a>(run: &Run<'a>, past: Past<'a>) -> impl Iterator<Item = Moved<'a>> {
    let plan = run.plan;
    run.consolidation.indicators.iter().filter_map(move |result| {
        let issued = past.memory.results.get(&result.code)?;
        let now = [&result.degree, &result.paced].map(|degree| in_a_cell(degree.as_ref()));
        let same = issued.status == result.status && [&issued.degree, &issued.paced] == now.each_ref();
        let indicator = plan.indicator(&result.code)?;
        (!same).then_some(Moved { indicator, result, issued })
    })
}

fn ente_line(run: &Run<'_>, past: Past<'_>, schede: &[(u8, Line)]) -> Option<Line> {
    let results = run.consolidation;
    let numbers: Vec<String> = schede.iter().map(|(number, _)| number.to_string()).collect();
    let why = match numbers.as_slice() {
        [] => "Nessuna scheda ha un altro grado: sono cambiati i pesi, o le schede.".to_owned(),
        [one] => format!("Cambia la scheda {one}."),
        all => format!("Cambiano {} schede su {}: {}.", all.len(), results.schede.len(), join_it(all)),
    };
    let now = Standing::of(&results.ente, results.ente_light);
    standing_line(Kind::Ente, run.plan.ente.clone(), &past.memory.ente, &now, why)
}

fn scheda_lines<'a>(
    run: &'a Run<'_>,
    past: Past<'a>,
    moved: &'a [Moved<'_>],
) -> impl Iterator<Item = (u8, Line)> + 'a {
    run.consolidation.schede.iter().filter_map(move |own| {
        let then = past.memory.schede.get(&own.number)?;
        let now = Standing::of(&own.degrees, own.light);
        let title = run.plan.schede.iter().find(|scheda| scheda.number == own.number);
        let title = title.map_or("", |scheda| scheda.title.as_str());
        let codes = moved.iter().filter(|one| one.indicator.scheda == own.number);
        let codes: Vec<String> = codes.map(|one| one.indicator.code.to_string()).collect();
        let why = match codes.as_slice() {
            [] => {
                "Nessun suo indicatore ha un altro grado: sono cambiati i pesi, o gli indicatori.".to_owned()
            }
            [one] => format!("Cambia l'indicatore {one}."),
            all => format!("Cambiano gli indicatori {}.", join_it(all)),
        };
        let subject = format!("Scheda {} · {title}", own.number);
        Some((own.number, standing_line(Kind::Scheda, subject, then, &now, why)?))
    })
}

/// `None` where nothing is another.
fn standing_line(kind: Kind, subject: String, then: &Standing, now: &Standing, why: String) -> Option<Line> {
    (then != now).then(|| Line {
        kind: kind.label(),
        subject,
        before: standing(then),
        now: standing(now),
        why,
        effect: degrees(then.degree.as_ref(), now.degree.as_ref()).unwrap_or_default(),
        ..Line::default()
    })
}

fn standing(own: &Standing) -> Cell {
    Cell::status(own.light, degree_words(own.paced.as_ref(), own.degree.as_ref()))
}

/// A degree: against the pace, where that is another than the year's.
fn degree_words(paced: Option<&Number>, degree: Option<&Number>) -> String {
    match paced {
        Some(paced) if Some(paced) == degree => paced.to_italian_fixed(2),
        Some(paced) => format!("{} sul passo", paced.to_italian_fixed(2)),
        None => degree.map_or_else(|| "nessun grado".to_owned(), |degree| degree.to_italian_fixed(2)),
    }
}

/// The degree against the year's target before and now; `None` where it is the same.
fn degrees(then: Option<&Number>, now: Option<&Number>) -> Option<String> {
    let words = |degree: Option<&Number>| {
        degree.map_or_else(|| "nessuno".to_owned(), |degree| degree.to_italian_fixed(2))
    };
    let (then, now) = (words(then), words(now));
    (then != now).then(|| format!("Grado sul target dell'anno: {then} → {now}"))
}

fn in_a_cell(number: Option<&Number>) -> Option<Number> {
    number.and_then(|number| Number::from_f64(number.to_f64()))
}

fn indicator_line(run: &Run<'_>, past: Past<'_>, moved: &Moved<'_>) -> Line {
    let Moved { indicator, result, issued } = moved;
    let (then, now) = (kept_words(indicator, &issued.value), now_words(indicator, result));
    let value =
        if then == now { format!("Valore: {now}, come prima") } else { format!("Valore: {then} → {now}") };
    let degrees = degrees(issued.degree.as_ref(), result.degree.as_ref());
    Line {
        kind: Kind::Indicator.label(),
        subject: format!("{} · {}", result.code, short(&indicator.text, TITLE)),
        before: outcome(issued.status, issued.paced.as_ref(), issued.degree.as_ref()),
        now: outcome(result.status, result.paced.as_ref(), result.degree.as_ref()),
        why: why(run, past, indicator, issued),
        effect: [value].into_iter().chain(degrees).collect::<Vec<_>>().join("\n"),
        key: result.code.to_string(),
        ..Line::default()
    }
}

fn outcome(status: Status, paced: Option<&Number>, degree: Option<&Number>) -> Cell {
    let degree = match paced.or(degree) {
        Some(_) => format!("\n{}", degree_words(paced, degree)),
        None => String::new(),
    };
    Cell::status(status.light(), format!("{}{degree}", status.label()))
}

fn kept_words(indicator: &Indicator, said: &Said) -> String {
    said.as_value().map_or_else(|| "nessuno".to_owned(), |value| value_words(indicator, value))
}

fn now_words(indicator: &Indicator, result: &IndicatorResult) -> String {
    let value = result.value.as_ref();
    value.map_or_else(|| "nessuno".to_owned(), |value| value_words(indicator, value))
}

/// Why an outcome is another one: the plan, corrections, who came and who went, new data.
fn why(run: &Run<'_>, past: Past<'_>, indicator: &Indicator, issued: &KeptResult) -> String {
    let mut whys = Vec::new();
    if issued.target != indicator.target.printed.trim() {
        whys.push(format!("il piano: il target era {}", quoted(&issued.target)));
    } else if past.memory.plan != run.plan.sha256_whole && run.plan.decision(&indicator.code).is_some() {
        whys.push("una decisione dell'unità".to_owned());
    }
    whys.extend(answers_moved(run, past, indicator).then(|| "il piano: ne rispondono altri".to_owned()));
    let given = past.memory.given_otherwise(run.plan).filter(|(voce, _)| indicator.voce(&voce.key).is_some());
    whys.extend(
        given
            .map(|(voce, then)| format!("{} era {}", quoted(&voce.label), Said::Value(then.clone()).words())),
    );
    // What does not enter a closed month changes nothing.
    let touches = |one: &&Correction| {
        state(run, one) != State::Closed && one.shifts.iter().any(|shift| shift.code == indicator.code)
    };
    let corrected = past.corrections.iter().filter(touches).count();
    whys.extend(
        (corrected > 0).then(|| count(corrected, "correzione del passato", "correzioni del passato")),
    );
    let of = |offices: Vec<&OfficeId>| -> Vec<String> {
        let own = offices.into_iter().filter(|office| indicator.offices.contains(office));
        own.map(|office| run.plan.office_name(office).to_owned()).collect()
    };
    let (came, went) = (of(came(run, past)), of(went(run, past)));
    whys.extend((!came.is_empty()).then(|| format!("è arrivato {}", join_it(&came))));
    whys.extend((!went.is_empty()).then(|| format!("manca {}", join_it(&went))));
    let now = run.consolidation.indicator(&indicator.code).map(|result| result.status);
    let is_lacking = now == Some(Status::NonVerificabile) && issued.status != Status::NonVerificabile;
    whys.extend(is_lacking.then(|| "mancano dati dovuti, o sono tenuti fuori".to_owned()));
    let month = run.consolidation.month;
    if month > past.memory.month {
        let closes = if month.closes_year() { ", e l'anno è chiuso" } else { "" };
        whys.push(format!("i dati e il passo di {}{closes}", month.in_words()));
    }
    format!("{}.", capital(&whys.join("; ")))
}
