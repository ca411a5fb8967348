//! What the unit revises during the year: what it was until a month, what it is from then on, and by which
//! act. The plan holds what is in force at the end of the year; targets and formulas of before judge the
//! months of before, and what a revision says comes after is what the plan says.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::around::Around;
use super::bounds::Ground;
use super::fields::At;
use super::fit::Place;
use super::goal;
use super::names::twice;
use super::problem::nearest;
use super::source::{IndicatorSource, RevisionSource, SchedaSource, may_be_none};
use super::target::Target;
use super::types::{Indicator, Office, Revision, Scheda};
use super::when;
use crate::formula::Formula;
use crate::model::{Month, date_it, quoted, squeezed};

/// A revision with its month, as the plan has it and as it was written.
struct Known<'a> {
    written: &'a RevisionSource,
    from: Month,
    place: usize,
}

/// Gives the section its meaning, and the indicators what they were before; in order of month.
pub(super) fn compile(
    sources: &[RevisionSource],
    (written, schede): (&[SchedaSource], &mut [Scheda]),
    names: &[&str],
    around: &Around<'_>,
) -> Vec<Revision> {
    let mut known: Vec<Known<'_>> =
        sources.iter().enumerate().filter_map(|(place, source)| known(place, source, around)).collect();
    known.sort_by_key(|one| one.from);
    of_one_month(&known, around);
    for source in sources {
        subject(source, schede, names, around);
        dated(source, around);
    }
    for (what, now) in texts(schede, around.offices) {
        follows(&chain(&known, &what), &now, around);
    }
    let indicators = schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
    for indicator in indicators.flat_map(|action| &mut action.indicators) {
        let actions = written.iter().flat_map(|scheda| &scheda.actions);
        let own = actions.flat_map(|action| &action.indicators);
        if let Some(own) = own.into_iter().find(|one| one.code.value == indicator.code.as_str()) {
            before(own, indicator, &known, around);
        }
    }
    let revision = |one: Known<'_>| {
        Some(Revision {
            what: one.written.what.value.clone(),
            before: one.written.before.value.clone(),
            after: one.written.after.value.clone(),
            act: one.written.act.value.clone(),
            date: one.written.date.as_ref()?.value,
            from: one.from,
            place: one.place,
        })
    };
    known.into_iter().filter_map(revision).collect()
}

fn known<'a>(place: usize, source: &'a RevisionSource, around: &Around<'_>) -> Option<Known<'a>> {
    let from = when::month(source.from.as_ref(), "«da»", around.clock())?;
    if from == Month::JANUARY {
        let line = source.from.as_ref().map_or(source.line, |at| at.line);
        let remedy = "scrivi il primo mese che cambia; ciò che vale da gennaio è il piano, senza revisione";
        around.problems.add(line, "P17", "una revisione da gennaio non ha un prima", remedy);
    }
    let (before, after) = (&source.before.value, &source.after.value);
    if before == after && (!before.is_empty() || may_be_none(&source.what.value)) {
        let message = format!("la revisione di {} non cambia niente", quoted(&source.what.value));
        let remedy = "scrivi in «prima» ciò che valeva e in «dopo» ciò che vale, oppure togli la revisione";
        around.problems.add(source.after.line, "P17", message, remedy);
    }
    Some(Known { written: source, from, place })
}

/// A plan is revised by an act of its year.
fn dated(source: &RevisionSource, around: &Around<'_>) {
    let Some(At { value, line }) = &source.date else { return };
    let (year, date) = (around.year, date_it(*value));
    if around.year_is_known && value.year() != year {
        let message = format!("l'atto di una revisione del piano {year} è del {date}");
        around.problems.add(
            *line,
            "P17",
            message,
            format!("scrivi in «data» il giorno dell'atto, del {year}"),
        );
    }
}

/// The texts that a revision may change without a result changing, with what the plan says of each.
fn texts(schede: &[Scheda], offices: &[Office]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        offices.iter().map(|office| (format!("{}.nome", office.id), office.name.clone())).collect();
    for indicator in schede.iter().flat_map(Scheda::indicators) {
        all.push((format!("{}.testo", indicator.code), indicator.text.clone()));
        for voce in &indicator.voci {
            all.push((format!("{}.etichetta", voce.key), voce.label.clone()));
            all.push((format!("{}.guida", voce.key), voce.guide.clone()));
        }
    }
    all
}

/// Of one thing there is one revision in a month.
fn of_one_month(known: &[Known<'_>], around: &Around<'_>) {
    let mut seen: BTreeMap<Month, BTreeMap<String, usize>> = BTreeMap::new();
    for one in known.iter().filter(|one| !one.written.what.value.is_empty()) {
        twice(
            seen.entry(one.from).or_default(),
            &one.written.what,
            "nello stesso mese la revisione di",
            around.problems,
        );
    }
}

/// A revision is of something that the plan has, and says what of it: a field of the plan file.
fn subject(source: &RevisionSource, schede: &[Scheda], names: &[&str], around: &Around<'_>) {
    let text = &source.what.value;
    if text.is_empty() {
        return;
    }
    let indicators = || schede.iter().flat_map(Scheda::indicators);
    let codes: Vec<&str> = indicators().map(|one| one.code.as_str()).collect();
    let keys: Vec<&str> = indicators().flat_map(|one| &one.voci).map(|voce| voce.key.as_str()).collect();
    let known = [(codes.as_slice(), &OF_INDICATORS[..]), (&keys, &OF_VOCI), (names, &OF_OFFICES)];
    let is_whole = known.iter().any(|(subjects, _)| subjects.contains(&text.as_str()));
    let split = text.rsplit_once('.').filter(|_| !is_whole);
    let (own, field) = split.unwrap_or((text.as_str(), ""));
    let (message, remedy) = match known.iter().find(|(subjects, _)| subjects.contains(&own)) {
        Some((_, fields)) if fields.contains(&field) => return,
        Some((_, fields)) => {
            let near =
                nearest(field, fields.to_vec()).map(|near| format!("volevi scrivere «{own}.{near}»? "));
            let remedy =
                format!("{}dopo il punto scegli fra: {}", near.unwrap_or_default(), fields.join(", "));
            (format!("la revisione di {} non dice che cosa cambia", quoted(text)), remedy)
        }
        None => {
            let all = known.iter().flat_map(|(subjects, _)| subjects.iter().copied());
            let near = nearest(own, all).map(|near| format!("volevi scrivere «{near}.…»? "));
            let remedy = format!("{}{FORMS}", near.unwrap_or_default());
            (format!("la revisione riguarda {}, che nel piano non c'è", quoted(text)), remedy)
        }
    };
    around.problems.add(source.what.line, "P03", message, remedy);
}

/// What can be revised of an indicator, of a voce and of an office: fields of the plan file.
const OF_INDICATORS: [&str; 7] = ["target", "formula", "testo", "letture", "uffici", "dal", "al"];
const OF_VOCI: [&str; 10] =
    ["uffici", "etichetta", "guida", "tipo", "tempo", "fra_uffici", "fino_al", "valore", "dal", "al"];
const OF_OFFICES: [&str; 5] = ["nome", "forme", "dal", "al", "confluisce_in"];

/// How the subject of a revision is written.
const FORMS: &str = "scrivi il codice di un indicatore, la chiave di una voce o l'id di un ufficio, un punto e che \
                     cosa cambia: \"3.1.target\", \"3.1.formula\", \"S03.prodotti.uffici\", \"metrico.nome\"";

/// What an indicator was in the months before each of its revisions.
fn before(source: &IndicatorSource, indicator: &mut Indicator, known: &[Known<'_>], around: &Around<'_>) {
    let targets = chain(known, &format!("{}.target", indicator.code));
    let formulas = chain(known, &format!("{}.formula", indicator.code));
    follows(&targets, &source.target.value, around);
    follows(&formulas, &source.formula.value, around);
    let was = |one: &&Known<'_>| {
        goal::formula(
            &one.written.before,
            source.code.value.as_str(),
            (source, &indicator.voci, true),
            around,
        )
        .map(|read| (one.from, read))
    };
    let formulas: Vec<(Month, Formula)> = formulas.iter().filter_map(was).collect();
    let targets: Vec<(Month, Target)> = targets
        .iter()
        .filter_map(|one| {
            let formula = at(&formulas, one.from).unwrap_or(&indicator.formula);
            let place = Place {
                code: &source.code.value,
                formula,
                ground: Ground { voci: &indicator.voci, offices: indicator.offices.len() },
                sound: true,
                base: indicator.baseline.as_ref().and_then(|key| indicator.voce(key)),
                year: around.year_is_known.then_some(around.year),
            };
            Some((one.from, goal::target(&one.written.before, &source.code.value, Some(&place), around)?))
        })
        .collect();
    let mut months: Vec<Month> =
        targets.iter().map(|one| one.0).chain(formulas.iter().map(|one| one.0)).collect();
    months.sort_unstable();
    months.dedup();
    let now = indicator.clone();
    let was = |month: Month| Indicator {
        target: at(&targets, month).unwrap_or(&now.target).clone(),
        formula: at(&formulas, month).unwrap_or(&now.formula).clone(),
        ..now.clone()
    };
    indicator.earlier = months.into_iter().map(|month| (month, was(month))).collect();
}

/// What was in force just before `month`: what the first revision from then on takes away.
fn at<T>(revised: &[(Month, T)], month: Month) -> Option<&T> {
    revised.iter().find(|(from, _)| *from >= month).map(|(_, was)| was)
}

/// The revisions of one thing, in order of month.
fn chain<'k, 'a>(known: &'k [Known<'a>], what: &str) -> Vec<&'k Known<'a>> {
    known.iter().filter(|one| one.written.what.value == what).collect()
}

/// What a revision says comes after is what the next one says was before, and the last is what the plan says.
fn follows(chain: &[&Known<'_>], plan: &str, around: &Around<'_>) {
    for (place, one) in chain.iter().enumerate() {
        let (then, who) = match chain.get(place + 1) {
            Some(next) => (
                next.written.before.value.as_str(),
                format!("la revisione da {} dice che prima era", next.from),
            ),
            None => (plan, "il piano ha".to_owned()),
        };
        let after = &one.written.after;
        let said = |text: &str| !text.is_empty() || may_be_none(&one.written.what.value);
        if squeezed(&after.value) != squeezed(then) && said(&after.value) && said(then) {
            let message = format!(
                "la revisione di {} dice che da {} è {}, ma {who} {}",
                quoted(&one.written.what.value),
                one.from,
                quoted(&after.value),
                quoted(then)
            );
            let remedy = "il piano dice ciò che vale alla fine dell'anno: correggi «dopo», oppure il piano";
            around.problems.add(after.line, "P17", message, remedy);
        }
    }
}
