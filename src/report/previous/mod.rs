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
use crate::book::{Column, Sheet, TabKind, heads, height};
use crate::certify::{Past, Run};
use crate::memory::{Correction, Kind as Becomes, Memory, Met, Said};
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
            "{} rispetto al consolidato di {}: {}. Prima ciò che del piano è cambiato, i semafori, chi è arrivato, le correzioni da motivare, gli esiti cambiati e perché, le altre correzioni{}. I rilievi nuovi e quelli che restano, con il mese da cui ci sono, sono nel foglio «{}», colonna «{}».",
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
    let mut sheet = table.sheet(read.iter().chain(&rest).map(cells_of).collect());
    print_one_page(&mut sheet, read.len());
    Some(sheet)
}

/// Points of rows that a page holds when the columns that are read fill its width.
const PAGE: u32 = 700;

/// The rows that are read, as far as a page holds them: the rest is for the screen, and the page says so.
fn print_one_page(sheet: &mut Sheet, read: usize) {
    let body = usize::try_from(BODY).unwrap_or_default();
    let leaf = |rows: usize| document::part(rows, Previous::Effect.col(), 1, false);
    sheet.leaf = leaf(body + read.max(1));
    let mut tall = 0;
    let fits = (0..body + read).take_while(|at| {
        tall += height::in_sheet(sheet, *at).points;
        tall <= PAGE
    });
    let shown = fits.count().saturating_sub(body);
    if shown < read {
        let words = format!(
            "In stampa {}, le prime: {} solo nel file.",
            count(shown, "riga", "righe"),
            count(read - shown, "altra è", "altre sono")
        );
        document::say(sheet, Previous::Effect.col(), &words);
    }
    sheet.leaf = leaf(body + shown.max(1));
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

/// What is read on paper, what asks something first: the plan, lights, offices, corrections, outcomes.
fn lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = plan::plan_lines(run, past);
    lines.extend(plan::closing_lines(run));
    let (outcomes, lights): (Vec<Line>, Vec<Line>) =
        results::lines(run, past).0.into_iter().partition(|line| line.kind == Kind::Indicator.label());
    lines.extend(lights);
    lines.extend(offices::office_lines(run, past));
    let (settled, open): (Vec<&Correction>, Vec<&Correction>) =
        past.corrections.iter().partition(|one| state(run, one).light() == Light::Verde);
    lines.extend(open.into_iter().map(|one| corrections::correction_line(run, one)));
    lines.extend(outcomes);
    lines.extend(settled.into_iter().map(|one| corrections::correction_line(run, one)));
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

#[cfg(test)]
mod tests {
    use super::line::{Line, cells_of};
    use super::{BODY, Previous, TabKind, Table, heads, names, print_one_page};
    use crate::book::{Content, Sheet};

    fn sheet(rows: usize) -> Sheet {
        let line =
            |place: usize| Line { subject: format!("{place} {}", "parola ".repeat(10)), ..Line::default() };
        let table = Table {
            name: names::PREVIOUS,
            tab: TabKind::Reading,
            title: names::PREVIOUS,
            subtitle: String::new(),
            columns: heads::<Previous>(),
            empty: "Nulla è cambiato.",
        };
        table.sheet((0..rows).map(line).map(|line| cells_of(&line)).collect())
    }

    /// Rows of two lines: a page holds less than twenty.
    #[test]
    fn one_page_is_printed_and_says_what_it_leaves_out() {
        let mut long = sheet(50);
        print_one_page(&mut long, 40);
        let leaf = long.leaf.unwrap();
        let shown = leaf.rows - BODY;
        assert!((10..20).contains(&shown), "{shown}");
        assert_eq!((leaf.pages, leaf.columns), (1, Previous::Effect.col()));
        let said = long.rows[2].cells.iter().find_map(|cell| match &cell.content {
            Content::Text(text) if text.starts_with("In stampa") => Some(text.clone()),
            _ => None,
        });
        assert_eq!(
            said,
            Some(format!("In stampa {shown} righe, le prime: {} altre sono solo nel file.", 40 - shown))
        );

        // What fits is printed whole, and nothing that only a screen shows.
        let mut short = sheet(50);
        print_one_page(&mut short, 5);
        assert_eq!(short.leaf.unwrap().rows, BODY + 5);
        assert!(short.rows[2].cells.len() < 2);
        let mut none = sheet(0);
        print_one_page(&mut none, 0);
        assert_eq!(none.leaf.unwrap().rows, BODY + 1);
    }
}
