//! Who answers for what, in which months: offices, assignments, voci and indicators have a beginning and an
//! end, and an office that is merged into another hands over what it answers for.

use std::collections::{BTreeMap, BTreeSet};

use super::around::Around;
use super::names::twice;
use super::problem::suggest;
use super::roll::Roll;
use super::source::{IndicatorSource, VoceSource};
use super::spans::Spans;
use super::types::{Office, Voce};
use super::when::{AssignmentSource, OfficesSource};
use crate::model::{Month, OfficeId, Span};

/// The months of the offices of an indicator.
pub(super) struct Assigned {
    /// Those that answer for something of it, in the plan's order.
    pub offices: Roll<OfficeId>,
    /// The months that the plan gives to each, before any office hands over.
    given: BTreeMap<OfficeId, Span>,
    /// The months of the indicator.
    window: Span,
}

impl Assigned {
    /// The most offices that answer in the same month.
    pub(super) fn at_once(&self, around: &Around<'_>) -> usize {
        let all = handed_over(&self.given, self.window, around.offices);
        let in_month = |month: Month| all.values().filter(|span| span.contains(month)).count();
        Month::all().map(in_month).max().unwrap_or(0)
    }
}

/// The offices of an indicator, each with its months.
pub(super) fn assigned(source: &IndicatorSource, around: &Around<'_>) -> Assigned {
    let window = source.when.span(&format!("l'indicatore {}", source.code.value), around.clock());
    let within = |office: &Office, own: Span| own.and(window)?.and(office.span);
    let given: BTreeMap<OfficeId, Span> = match &source.offices {
        OfficesSource::All => {
            // Of all the offices, those that are there while the indicator is.
            let own = around.offices.iter();
            own.filter_map(|office| Some((office.id.clone(), within(office, Span::YEAR)?))).collect()
        }
        OfficesSource::Some(named) => named_offices(source, named, around)
            .into_iter()
            .filter_map(|(one, office)| {
                let what = format!("l'indicatore {}, l'ufficio «{}»", source.code.value, one.id.value);
                let span = within(office, one.when.span(&what, around.clock()));
                if span.is_none() {
                    let message = format!("{what} non ha nessun mese in comune con l'indicatore");
                    let remedy = "togli l'ufficio, oppure correggi dal e al dell'ufficio o dell'indicatore";
                    around.problems.add(one.when.line().unwrap_or(one.id.line), "P17", message, remedy);
                }
                Some((office.id.clone(), span?))
            })
            .collect(),
        OfficesSource::Unreadable => BTreeMap::new(),
    };
    tell_gaps(source, &given, window, around);
    let all = handed_over(&given, window, around.offices);
    let ids = around.offices.iter().map(|office| office.id.clone());
    Assigned { offices: ids.filter(|id| all.contains_key(id)).collect(), given, window }
}

fn named_offices<'a>(
    source: &IndicatorSource,
    named: &'a [AssignmentSource],
    around: &'a Around<'_>,
) -> Vec<(&'a AssignmentSource, &'a Office)> {
    if named.is_empty() {
        let message = format!("l'indicatore {} non ha uffici", source.code.value);
        let remedy = "scrivi uffici = [\"id\", …] con gli id di [[uffici]], oppure uffici = \"tutti\"";
        around.problems.add(source.line, "P13", message, remedy);
    }
    let known: Vec<&str> = around.offices.iter().map(|office| office.id.as_str()).collect();
    let all: BTreeSet<&str> = known.iter().copied().collect();
    let mut seen = BTreeMap::new();
    let mut found = Vec::new();
    for one in named {
        let id = &one.id;
        if all.contains(id.value.as_str()) {
            let before = around.problems.count();
            twice(&mut seen, id, "nell'elenco l'ufficio", around.problems);
            let office = around.offices.iter().find(|office| office.id.as_str() == id.value);
            found.extend(office.filter(|_| around.problems.count() == before).map(|office| (one, office)));
        } else if !id.value.is_empty() {
            let message = format!("l'ufficio «{}» non è fra gli uffici del piano", id.value);
            around.problems.add(id.line, "P13", message, suggest(&id.value, &known));
        }
    }
    found
}

/// The offices that are merged into another, the first to end first: so one may hand over what it was handed.
fn merged(offices: &[Office]) -> Vec<(&Office, &OfficeId)> {
    let mut merged: Vec<(&Office, &OfficeId)> =
        offices.iter().filter_map(|office| Some((office, office.merges_into.as_ref()?))).collect();
    merged.sort_by_key(|(office, _)| office.span.last);
    merged
}

/// What the office `into` answers for after `office`: from the month after its last one, where it answers to
/// the end of its time.
fn taken_over(office: &Office, own: Option<Span>, into: &Office, window: Span) -> Option<Span> {
    own.filter(|own| own.last == office.span.last)?;
    let next = Month::new(office.span.last.number() + 1)?;
    Span::new(next, Month::DECEMBER)?.and(window)?.and(into.span)
}

/// The months of each office, with those that it takes over from the offices that are merged into it.
fn handed_over(
    given: &BTreeMap<OfficeId, Span>,
    window: Span,
    offices: &[Office],
) -> BTreeMap<OfficeId, Span> {
    let mut all = given.clone();
    for (office, into) in merged(offices) {
        let Some(target) = offices.iter().find(|one| one.id == *into) else { continue };
        let Some(taken) = taken_over(office, all.get(&office.id).copied(), target, window) else { continue };
        let own = all.entry(into.clone()).or_insert(taken);
        *own = Span { first: own.first.min(taken.first), last: own.last.max(taken.last) };
    }
    all
}

/// An office that answers, stops, and then takes over from another would have a gap that no month can have.
fn tell_gaps(source: &IndicatorSource, given: &BTreeMap<OfficeId, Span>, window: Span, around: &Around<'_>) {
    for (office, into) in merged(around.offices) {
        let Some(target) = around.offices.iter().find(|one| one.id == *into) else { continue };
        let taken = taken_over(office, given.get(&office.id).copied(), target, window);
        let Some((own, taken)) = given.get(into).zip(taken) else { continue };
        if own.last.number() + 1 < taken.first.number() {
            let message = format!(
                "l'indicatore {}: l'ufficio «{into}» risponde fino {:#} e poi da {}, quando riceve «{}»",
                source.code.value, own.last, taken.first, office.id
            );
            let remedy = "un ufficio risponde di mesi di fila: correggi dal e al";
            around.problems.add(source.line, "P17", message, remedy);
        }
    }
}

/// The runs of months in which nobody answers for something that the plan asks, each with its first voce:
/// what nobody is asked for would fall out of the sum in silence.
pub(super) fn tell_unanswered(source: &IndicatorSource, gaps: &BTreeMap<Span, &str>, around: &Around<'_>) {
    for (gap, name) in gaps {
        let months = if gap.number() == 1 { format!("in {}", gap.first) } else { gap.words() };
        let message = format!(
            "l'indicatore {}: della voce «{name}» nessun ufficio risponde {months}",
            source.code.value
        );
        let remedy = "di' chi ne risponde (dal e al in uffici, oppure confluisce_in); se in quei mesi non si misura, scrivi dal o al nell'indicatore o nella voce";
        around.problems.add(source.line, "P13", message, remedy);
    }
}

/// The first run of months of `own` that count for a voce and in which no office answers for it, once one
/// does: before, the voce has not begun.
fn unanswered(voce: &Voce, own: Span) -> Option<Span> {
    let nobody = |month: &Month| !voce.spans.known().any(|span| span.contains(*month));
    let asked = own.until(voce.last_counting(Month::DECEMBER))?;
    let begun = asked.and(Span { first: voce.spans.known().map(|span| span.first).min()?, ..Span::YEAR })?;
    let first = begun.months().find(nobody)?;
    let run = Span::new(first, begun.last)?;
    let last = run.months().take_while(nobody).last()?;
    Span::new(first, last)
}

/// Gives a voce the months of its offices, and its cut-off where it ends in the year; the first run of months
/// in which nobody answers for it.
pub(super) fn give(
    voce: &mut Voce,
    source: &VoceSource,
    assigned: &Assigned,
    around: &Around<'_>,
) -> Option<Span> {
    let name = &source.name.value;
    let window = source.when.span(&format!("la voce «{name}»"), around.clock());
    let own = window.and(assigned.window);
    if own.is_none() {
        let message = format!("la voce «{name}» non ha nessun mese in comune con l'indicatore");
        let line = source.when.line().unwrap_or(source.line);
        around.problems.add(line, "P17", message, "correggi dal e al della voce o dell'indicatore");
    }
    if !voce.is_input() && (source.when.is_given() || !source.offices.is_empty()) {
        let message = format!("la voce «{name}» ha un valore nel piano: nessun ufficio ne risponde");
        let line = source.when.line().unwrap_or(source.line);
        around.problems.add(line, "P17", message, "togli dal, al e uffici");
    }
    let own = own.filter(|_| voce.is_input())?;
    let mut given: BTreeMap<OfficeId, Span> = assigned.given.clone();
    let known: Vec<&str> = assigned.offices.iter().map(OfficeId::as_str).collect();
    let mut seen = BTreeMap::new();
    for one in source.offices.iter().filter(|one| !one.id.value.is_empty()) {
        let id = OfficeId::new(&one.id.value);
        twice(&mut seen, &one.id, "nell'elenco l'ufficio", around.problems);
        let what = format!("la voce «{name}», l'ufficio «{id}»");
        let span = one.when.span(&what, around.clock());
        match given.get(&id).copied() {
            Some(before) => match before.and(span) {
                Some(both) => {
                    given.insert(id, both);
                }
                None => {
                    let message = format!("{what} non ha nessun mese in comune con l'indicatore");
                    let remedy = "correggi dal e al dell'ufficio";
                    around.problems.add(one.when.line().unwrap_or(one.id.line), "P17", message, remedy);
                }
            },
            None => {
                let message = format!("l'ufficio «{id}» non è fra quelli dell'indicatore");
                around.problems.add(one.id.line, "P13", message, suggest(&one.id.value, &known));
            }
        }
    }
    let given = given.into_iter().filter_map(|(id, span)| Some((id, span.and(own)?))).collect();
    let all = handed_over(&given, own, around.offices);
    voce.spans = Spans::of(assigned.offices.iter().map(|id| (id.clone(), all.get(id).copied())));
    if own.last < Month::DECEMBER && voce.time.by_month() {
        voce.cutoff = Some(voce.cutoff.map_or(own.last, |cutoff| cutoff.min(own.last)));
    }
    unanswered(voce, own)
}
