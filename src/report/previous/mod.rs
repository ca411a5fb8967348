//! *Dal mese scorso*: what is not what the issue of the month before said, and why. Only when one is given.

mod corrections;
mod findings;
mod handed_on;
mod line;
mod offices;
mod plan;
mod results;

use super::document;
use super::findings::Findings;
use crate::book::table::{BODY, Table, names};
use crate::book::{Column, Sheet, TabKind, heads};
use crate::certify::{Past, Run};
use crate::memory::{Kind as Becomes, Memory, Met, Said};
use crate::model::{Light, Value, count};

use line::{Line, cells_of};

pub(crate) use corrections::{reason, state};
pub(super) use findings::unseen_words;
pub(crate) use handed_on::{BESIDE, OUT};
pub(crate) use line::{Kind, Previous, State};

/// The sheet; `None` when no issue of a month before is given.
pub(super) fn sheet(run: &Run<'_>) -> Option<Sheet> {
    let past = run.past?;
    let (read, rest) = (lines(run, past), screen_lines(run, past));
    let table = Table {
        name: names::PREVIOUS,
        tab: TabKind::Reading,
        title: names::PREVIOUS,
        subtitle: format!(
            "{} rispetto al consolidato di {}: {}. Prima ciò che del piano è cambiato, semafori ed esiti cambiati e perché, chi è arrivato, le correzioni dei mesi già consolidati{}. I rilievi nuovi e quelli che restano, con il mese da cui ci sono, sono nel foglio «{}», colonna «{}».",
            count(read.len() + rest.len(), "riga", "righe"),
            past.memory.month.in_words(),
            brief(run, past),
            if rest.is_empty() {
                ""
            } else {
                "; in fondo, non in stampa, ciò che ha solo un altro grado o si è concluso come prometteva, i dati di voci che il piano non ha più, i rilievi risolti, quelli di cui ora non si può dire, ciò che era consolidato di chi manca, con cui si confronta quando torna, e le righe tolte senza un motivo"
            },
            names::FINDINGS,
            Findings::Since.title(),
        ),
        columns: heads::<Previous>(),
        empty: "Nulla è cambiato.",
    };
    let printed = read.len();
    let mut sheet = table.sheet(read.iter().chain(&rest).map(cells_of).collect());
    let rows = BODY as usize + printed.max(1);
    sheet.leaf = document::part(rows, Previous::Effect.col(), 0, false);
    Some(sheet)
}

/// How many rows the sheet has.
pub(super) fn rows(run: &Run<'_>) -> usize {
    run.past.map_or(0, |past| lines(run, past).len() + screen_lines(run, past).len())
}

/// What changed, in one sentence for *Sintesi*, the cover and the terminal; `None` when no issue of a month
/// before is given.
pub fn since_last_month(run: &Run<'_>) -> Option<String> {
    let past = run.past?;
    Some(format!("Dal consolidato di {}: {}.", past.memory.month.in_words(), brief(run, past)))
}

fn brief(run: &Run<'_>, past: Past<'_>) -> String {
    let moved: Vec<_> = results::moved(run, past).collect();
    let outcomes = moved.iter().filter(|own| own.is_outcome()).count();
    let mut parts = vec![count(outcomes, "esito cambiato", "esiti cambiati")];
    let concluded = moved.iter().filter(|own| own.is_concluded()).count();
    if concluded > 0 {
        parts.push(count(concluded, "raggiunto come prometteva", "raggiunti come promettevano"));
    }
    let degrees = moved.len() - outcomes - concluded;
    if degrees > 0 {
        parts.push(count(
            degrees,
            "altro indicatore con un altro grado",
            "altri indicatori con un altro grado",
        ));
    }
    parts.push(format!(
        "{}{}",
        count(past.corrections.len(), "correzione", "correzioni"),
        left_to_do(run, past)
    ));
    for (offices, one, many) in [
        (offices::came(run, past), "ufficio arrivato", "uffici arrivati"),
        (offices::went(run, past), "ufficio che manca", "uffici che mancano"),
    ] {
        parts.extend((!offices.is_empty()).then(|| count(offices.len(), one, many)));
    }
    parts.push(findings_words(&run.met().unwrap_or_default()));
    parts.join("; ")
}

/// Of the corrections, how many wait for a reason, and how many do not enter a closed month.
fn left_to_do(run: &Run<'_>, past: Past<'_>) -> String {
    let states: Vec<State> = past.corrections.iter().map(|one| state(run, one)).collect();
    let closed = states.iter().filter(|state| **state == State::Closed).count();
    let open = states.iter().filter(|state| state.light() != Light::Verde).count() - closed;
    let parts = [
        (open > 0).then(|| format!("{open} da motivare")),
        (closed > 0).then(|| format!("{closed} in mesi chiusi, che non entrano")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn findings_words(met: &Met) -> String {
    let mut parts = vec![
        count(met.fresh(), "nuovo", "nuovi"),
        count(met.persisting(), "persistente", "persistenti"),
        count(met.resolved.len(), "risolto", "risolti"),
    ];
    parts
        .extend((!met.unseen.is_empty()).then(|| format!("{} di cui ora non si può dire", met.unseen.len())));
    format!("rilievi: {}", parts.join(", "))
}

/// What is read on paper: lights and outcomes, offices, corrections.
fn lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = plan::plan_lines(run, past);
    lines.extend(plan::closing_lines(run));
    lines.extend(results::lines(run, past).0);
    lines.extend(offices::office_lines(run, past));
    lines.extend(past.corrections.iter().map(|one| corrections::correction_line(run, one)));
    lines
}

/// What only a screen shows: the findings that are no more, and what the next month must know.
fn screen_lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let mut lines = results::lines(run, past).1;
    lines.extend(corrections::lost_lines(run, past));
    lines.extend(findings::lines(past, &run.met().unwrap_or_default()));
    lines.extend(handed_on::handed_on_lines(run, past));
    lines.extend(handed_on::gone_lines(run, past));
    lines
}

/// What became of a value, for machines.
pub(crate) fn becomes(kind: Becomes) -> &'static str {
    match kind {
        Becomes::Changed => "cambiata",
        Becomes::Removed => "tolta",
        Becomes::Added => "aggiunta",
    }
}

/// The memory of a run, for the cover.
pub(super) fn memory<'a>(run: &Run<'a>) -> Option<&'a Memory> {
    run.past.map(|past| past.memory)
}

/// A value of a correction, for machines: `null` where nothing is said.
pub(crate) fn machine(said: &Said) -> Option<String> {
    match said {
        Said::Nothing => None,
        Said::Value(value) => Some(Value::to_machine(value)),
        Said::NotApplicable | Said::Other(_) => Some(said.words()),
    }
}
