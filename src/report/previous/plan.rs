//! What of the plan is not what it was: what was revised, what is another without a revision, who came, who
//! ended, the voci that are gone; and the closed months.

use std::collections::{BTreeMap, BTreeSet};

use super::line::{Kind, Line};
use crate::book::{Cell, Format};
use crate::certify::{Past, Run};
use crate::model::{Month, OfficeId, capital, count, date_it, join_it, squeezed};
use crate::plan::{Indicator, Plan, Revision, Voce};
use crate::report::results::label;

/// Whether the plan is another one, what was revised since, who came or was merged, and the voci that are
/// gone.
pub(super) fn plan_lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let (then, now) = (past.memory.month.month, run.consolidation.month.month);
    let is_new = |month: Month| month > then && month <= now;
    let is_since = |own: &&Revision| is_since(run, past, own);
    let revised = run.plan.revisions.iter().filter(is_since).map(|own| {
        let why = format!("{} ({}), da {}.", own.act, date_it(own.date), own.from);
        line(own.what.clone(), own.was(), own.is(), why)
    });
    let ended = run.plan.offices.iter().filter(|own| own.span.last >= then && own.span.last < now);
    let ended = ended.map(|own| {
        let into = own.merges_into.as_ref().map(|id| format!("Confluito in {}", run.plan.office_name(id)));
        let why = format!("{}, dopo {}.", into.unwrap_or_else(|| "Finito".to_owned()), own.span.last);
        line(own.name.clone(), "c'era", "non c'è più", why)
    });
    let begun = run.plan.offices.iter().filter(|own| is_new(own.span.first));
    let begun =
        begun.map(|own| line(own.name.clone(), "non c'era", "c'è", format!("Da {}.", own.span.first)));
    let renamed = past.memory.renamed.iter().map(|(then, now)| Line {
        key: now.to_string(),
        ..line(
            label(run.plan, now),
            then.as_str(),
            now.as_str(),
            "La voce ha un'altra chiave e le stesse parole: i suoi dati si confrontano con quelli di prima."
                .to_owned(),
        )
    });
    let lost = past.memory.lost_voci().into_iter().map(|(key, number)| Line {
        key: key.to_string(),
        ..line(
            format!("Voce «{key}»"),
            &count(number, "dato", "dati"),
            "non è nel piano",
            "Il piano di adesso non ha questa voce: i suoi dati, in fondo uno per uno, non contano più."
                .to_owned(),
        )
    });
    plan_line(run, past)
        .into_iter()
        .chain(last_year_line(run, past))
        .chain(given_lines(run, past))
        .chain(revised)
        .chain(undeclared(run, past))
        .chain(ended)
        .chain(begun)
        .chain(renamed)
        .chain(lost)
        .collect()
}

fn plan_line(run: &Run<'_>, past: Past<'_>) -> Option<Line> {
    (past.memory.plan != run.plan.sha256_whole).then(|| Line {
        kind: Kind::Plan.label(),
        subject: "SHA-256 di tutto il piano".to_owned(),
        before: Cell::code(&past.memory.plan),
        now: Cell::code(&run.plan.sha256_whole),
        why: "Dal mese scorso il piano, le decisioni o le deroghe sono altri: anche da qui possono venire risultati diversi.".to_owned(),
        ..Line::default()
    })
}

/// Whether the final issue of the year before is another one.
fn last_year_line(run: &Run<'_>, past: Past<'_>) -> Option<Line> {
    let now = run.plan.archive.as_ref().map(|archive| archive.sha256.as_str());
    let code = |hash: Option<&str>| hash.map_or_else(|| Cell::text("nessuna"), Cell::code);
    (!past.memory.is_of_this_archive(run.plan)).then(|| Line {
        kind: Kind::Plan.label(),
        subject: format!("Emissione definitiva del {}", run.plan.year - 1),
        before: code(past.memory.last_year.as_deref()),
        now: code(now),
        why: "Ne vengono i dati di partenza: dove sono altri è detto qui sotto.".to_owned(),
        ..Line::default()
    })
}

/// The values that the plan gives, or takes from the year before, and that are others.
fn given_lines<'a>(run: &'a Run<'_>, past: Past<'a>) -> impl Iterator<Item = Line> + 'a {
    let is_told = move |voce: &Voce| is_revised(run, past, &format!("{}.valore", voce.key));
    let others = past.memory.given_otherwise(run.plan).filter(move |(voce, _)| !is_told(voce));
    others.map(move |(voce, then)| {
        let format = Format::of_entry(voce.kind);
        let why = match (&voce.origin, past.memory.is_of_this_archive(run.plan)) {
            (Some(_), false) => format!("L'emissione definitiva del {} è un'altra.", run.plan.year - 1),
            _ => UNDECLARED.to_owned(),
        };
        Line {
            kind: Kind::Plan.label(),
            subject: format!("{} · valore", label(run.plan, &voce.key)),
            before: Cell::value(Some(then), format),
            now: Cell::value(voce.fixed.as_ref().map(|fixed| &fixed.value), format),
            why,
            key: voce.key.to_string(),
            ..Line::default()
        }
    })
}

/// Whether a revision since the month before tells of something.
fn is_revised(run: &Run<'_>, past: Past<'_>, what: &str) -> bool {
    run.plan.revisions.iter().any(|own| own.what == what && is_since(run, past, own))
}

/// Whether the month before could not know of a revision: it holds from a later month, or was decided since.
fn is_since(run: &Run<'_>, past: Past<'_>, own: &Revision) -> bool {
    let then = past.memory.month;
    own.from <= run.consolidation.month.month && (own.from > then.month || own.date > then.last_day())
}

/// The months that the unit has closed, and those that it has opened again.
pub(super) fn closing_lines(run: &Run<'_>) -> Vec<Line> {
    let closing = &run.plan.closing;
    let Some(until) = closing.until else { return Vec::new() };
    let day = |date: Option<chrono::NaiveDate>| date.map(date_it).unwrap_or_default();
    let closed = Line {
        kind: Kind::Closing.label(),
        subject: format!("Mesi chiusi fino {until:#}"),
        now: Cell::text("chiusi"),
        why: format!("{} ({})", closing.act, day(closing.date)),
        ..Line::default()
    };
    let reopened = closing.reopened.iter().map(|own| Line {
        kind: Kind::Closing.label(),
        subject: capital(own.month.name()),
        now: Cell::text("riaperto"),
        why: format!("{} ({}, {})", own.reason, own.who, day(own.date)),
        ..Line::default()
    });
    [closed].into_iter().chain(reopened).collect()
}

fn line(subject: String, before: &str, now: &str, why: String) -> Line {
    Line {
        kind: Kind::Plan.label(),
        subject,
        before: Cell::text(before),
        now: Cell::text(now),
        why,
        ..Line::default()
    }
}

/// Targets, formulas and who answers that are others, and of which no revision since then speaks.
fn undeclared<'a>(run: &'a Run<'_>, past: Past<'a>) -> impl Iterator<Item = Line> + 'a {
    run.plan.indicators().flat_map(move |indicator| of_an_indicator(run, past, indicator))
}

/// Whether others answer for something of an indicator, and no revision tells it.
pub(super) fn answers_moved(run: &Run<'_>, past: Past<'_>, own: &Indicator) -> bool {
    let then = past.memory.month.month;
    let mut inputs = own.voci.iter().filter(|voce| voce.is_input());
    inputs.any(|voce| answering(run.plan, past, (own, voce), then).is_some())
}

/// Why a change of the plan is told that no revision tells.
const UNDECLARED: &str = "Nessuna revisione del piano lo dice.";

fn of_an_indicator(run: &Run<'_>, past: Past<'_>, own: &Indicator) -> Vec<Line> {
    let then = past.memory.month.month;
    let is_told = |what: &str| is_revised(run, past, what);
    let field = |name: &str, before: Option<&str>, now: &str| {
        let before = before.filter(|before| *before != now && !is_told(&format!("{}.{name}", own.code)))?;
        let line = line(format!("{} · {name}", own.code), before, now, UNDECLARED.to_owned());
        Some(Line { key: own.code.to_string(), ..line })
    };
    let target = past.memory.results.get(&own.code).map(|issued| issued.target.as_str());
    let formula = past.memory.formulas.get(&own.code).map(String::as_str);
    let mut lines: Vec<Line> = field("target", target, own.target.printed.trim()).into_iter().collect();
    lines.extend(field("formula", formula, &squeezed(own.formula.text())));
    if !is_told(&format!("{}.uffici", own.code)) {
        let open = own.voci.iter().filter(|voce| !is_told(&format!("{}.uffici", voce.key)));
        lines.extend(moved(run.plan, past, own, open, then));
    }
    lines
}

/// The voci of an indicator for which others answer, those that went from the same to the same together.
fn moved<'a>(
    plan: &Plan,
    past: Past<'_>,
    own: &Indicator,
    voci: impl Iterator<Item = &'a Voce>,
    then: Month,
) -> Vec<Line> {
    let mut moves: BTreeMap<(String, String), (Vec<&Voce>, usize)> = BTreeMap::new();
    for voce in voci.filter(|voce| voce.is_input()) {
        if let Some((names, lost)) = answering(plan, past, (own, voce), then) {
            let (voci, all) = moves.entry(names).or_default();
            voci.push(voce);
            *all += lost;
        }
    }
    let line = |((before, now), (voci, lost)): ((String, String), (Vec<&Voce>, usize))| {
        let of = match voci.as_slice() {
            [one] => label(plan, &one.key),
            all => format!("{}, {}", own.code, count(all.len(), "voce", "voci")),
        };
        let key = voci.first().map_or_else(String::new, |voce| voce.key.to_string());
        let gone = match lost {
            0 => String::new(),
            1 => " Un dato di chi ne rispondeva non conta più.".to_owned(),
            many => format!(" {many} dati di chi ne rispondeva non contano più."),
        };
        Line { key, ..line(format!("{of} · chi risponde"), &before, &now, format!("{UNDECLARED}{gone}")) }
    };
    moves.into_iter().map(line).collect()
}

/// Who answered for a voce up to the month `then`, and who answers for those months now, with how many
/// values of the former count no more; `None` where it is the same. An issue lists what is due and what was
/// written: of whom neither is known, it is taken to have answered then as it does now.
fn answering(
    plan: &Plan,
    past: Past<'_>,
    (indicator, voce): (&Indicator, &Voce),
    then: Month,
) -> Option<((String, String), usize)> {
    // The same plan asks the same.
    let listed = past.memory.asked.get(&voce.key).filter(|_| past.memory.plan != plan.sha256_whole)?;
    // Of who begins later an issue lists some cells too.
    let is_later = |office: &OfficeId| voce.span_of(office).is_some_and(|span| span.first > then);
    let asked: BTreeSet<OfficeId> = listed.iter().filter(|office| !is_later(office)).cloned().collect();
    let answers = |office: &&OfficeId| voce.span_of(office).is_some() && !is_later(office);
    let sent = |office: &&OfficeId| past.memory.sent.contains(*office);
    let would_be_listed = |office: &&OfficeId| {
        let declares = voce.register.is_some() && voce.register_due(office, then).is_some();
        sent(office) && (declares || voce.has_due(office, then))
    };
    let now: BTreeSet<OfficeId> = indicator.offices.iter().filter(answers).cloned().collect();
    let silent: BTreeSet<&OfficeId> = now.iter().filter(|office| !would_be_listed(office)).collect();
    let was: BTreeSet<OfficeId> = asked.iter().chain(silent.iter().copied()).cloned().collect();
    // Of who has sent nothing it is not known that it answered.
    let known: BTreeSet<OfficeId> =
        asked.iter().chain(silent.iter().copied().filter(sent)).cloned().collect();
    let names = |offices: &BTreeSet<OfficeId>| {
        let own = plan.offices.iter().filter(|office| offices.contains(&office.id));
        let names: Vec<&str> = own.map(|office| office.name.as_str()).collect();
        if names.is_empty() { "nessuno".to_owned() } else { join_it(&names) }
    };
    let lost = past.memory.entries.iter().filter(|(slot, kept)| {
        let is_asked = indicator.offices.contains(&slot.office) && voce.is_asked(&slot.office, slot.month);
        slot.voce == voce.key && !is_asked && kept.said.as_value().is_some()
    });
    let lost = lost.count();
    (was != now || lost > 0).then(|| ((names(&known), names(&now)), lost))
}
