//! *Rilievi*: every finding, none capped, each with its place and its remedy.

use crate::impact::{Effect, EffectKind};
use crate::model::{AnswerKind, Answered, CellRef, Finding, Related, Severity, YearMonth, count, quoted};

use super::index::Index;
use super::results;
use super::{document, lowered, order};
use crate::book::table::{BODY, Table, cells, names};
use crate::book::{Cell, Content, Leaf, Sheet, TabKind, columns, heads};
use crate::certify::Run;
use crate::certify::obstacles::touched;
use crate::certify::touches::indicators_of;
use crate::model::capital;

columns! {
    /// The columns of *Rilievi*.
    pub(crate) Findings in names::FINDINGS {
        Place: "N.", 6, Always;
        Code: "Codice", 9, Always, key = true, json = Some("codice");
        Severity: "Gravità", 15, Always, json = Some("gravita");
        Effect: "Effetto", 18, First;
        Office: "Ufficio", 24, First, key = true;
        Message: "Che cosa c'è", 70, First;
        Remedy: "Che cosa fare", 46, First;
        Data: "Dati", 9, First;
        Result: "Esito", 10, First;
        Change: "Che cosa cambierebbe", 39, Second, json = Some("che_cosa_cambierebbe");
        File: "File", 32, Second, key = true, json = Some("file");
        Sheet: "Foglio", 10, Second, key = true, json = Some("foglio");
        Cells: "Celle", 12, Second, key = true;
        Scheda: "Scheda", 8, Second, key = true, json = Some("scheda");
        Indicator: "Indicatore", 12, Second, key = true, json = Some("indicatore");
        Voce: "Voce", 20, Second, key = true;
        Month: "Mese", 10, Second, key = true;
        Found: "Trovato", 15, Second, json = Some("trovato");
        Expected: "Atteso", 19, Second, json = Some("atteso");
        Since: "Dal", 15, Screen;
    }
}

/// The sheet of the findings.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    let met = run.met();
    let since = met.iter().flat_map(|met| met.since.iter().map(|since| Some(*since)));
    let all = run.findings().zip(since.chain(std::iter::repeat(None)));
    let (printed, others): (Vec<_>, Vec<_>) =
        all.partition(|((finding, effect), _)| order::is_printed(finding, effect));
    let shown = printed.len();
    let in_order = printed.into_iter().chain(others).enumerate();
    let rows: Vec<Vec<Cell>> =
        in_order.map(|(place, (told, since))| row(run, index, place, told, since)).collect();
    let rest = match rows.len() - shown {
        0 => String::new(),
        rest => format!(
            " Si stampano i primi {shown}: {}, senza effetto, {} solo nel file.",
            count(rest, "nota", "note"),
            if rest == 1 { "è" } else { "sono" }
        ),
    };
    let lowered = lowered::lines(run);
    let lowered = if lowered.is_empty() {
        String::new()
    } else {
        format!(" Gravità abbassate dall'unità: {}.", lowered.join("; "))
    };
    let mut sheet = Table {
        name: names::FINDINGS,
        tab: TabKind::Reading,
        title: "Rilievi",
        subtitle: format!(
            "{}: prima quelli aperti, derogati, o che possono cambiare un esito o un grado, poi le note senza effetto; in ciascun gruppo prima quelli sui dati degli uffici, in fondo gli avvisi sul piano. Ogni riga dice dove, che cosa è stato trovato, che cosa fare{}. Il significato di ogni codice è nel foglio «{}», come si calcola l'effetto nel foglio «{}».{rest}{lowered}",
            count(rows.len(), "rilievo", "rilievi"),
            if run.past.is_some() { ", e da che mese c'è" } else { "" },
            names::CHECKS,
            names::METHOD
        ),
        columns: heads::<Findings>(),
        empty: "Nessun rilievo.",
    }
    .sheet(rows);
    let rows = usize::try_from(BODY).unwrap_or_default() + shown.max(1);
    let leaf = document::part(rows, Findings::Data.col(), PAGES, false);
    sheet.leaf = leaf.map(|leaf| Leaf { letters: LETTERS, ..leaf });
    sheet
}

/// The size of the letters of the printed findings, in points: on paper they are of 7 points, and a few more
/// rows stand on a page.
const LETTERS: u16 = 10;

/// The most pages of the printed findings.
const PAGES: u16 = 2;

/// One row; `since` says from which month its finding is there, `Some(None)` that it is new, `None` that no
/// issue of a month before is given.
fn row(
    run: &Run<'_>,
    index: &Index<'_>,
    place: usize,
    (finding, effect): (&Finding, &Effect),
    since: Option<Option<YearMonth>>,
) -> Vec<Cell> {
    let data = index.finding_data(finding);
    let result = finding.indicator.as_ref().or(effect.indicators.first());
    let result = result.and_then(|code| results::target(run, code));
    cells(|column| match column {
        Findings::Place => Cell::count(place + 1),
        Findings::Code => Cell::code(finding.rule.code).strong(),
        Findings::Severity => Cell::of(Content::Severity(finding.severity)),
        Findings::Effect => effect_cell(effect),
        Findings::Office => {
            Cell::text(finding.office.as_ref().map_or("", |office| run.plan.office_name(office)))
        }
        Findings::Message => Cell::text(message(run, finding)),
        Findings::Remedy => Cell::text(to_do(run, finding)),
        Findings::Data => {
            if data.is_some() {
                Cell::link("dato →", data)
            } else {
                Cell::blank()
            }
        }
        Findings::Result => {
            if result.is_some() {
                Cell::link("esito →", result)
            } else {
                Cell::blank()
            }
        }
        Findings::Change => Cell::text(would_change(run, finding, effect)),
        Findings::File => Cell::text(finding.file.as_deref().unwrap_or_default()),
        Findings::Sheet => Cell::text(finding.sheet.as_deref().unwrap_or_default()),
        Findings::Cells => Cell::text(cells_words(&finding.cells)),
        Findings::Scheda => {
            finding.scheda.map_or_else(Cell::blank, |scheda| Cell::count(usize::from(scheda)))
        }
        Findings::Indicator => Cell::code(finding.indicator.as_ref().map_or("", |code| code.as_str())),
        Findings::Voce => {
            Cell::text(finding.voce.as_ref().map_or_else(String::new, |key| results::label(run.plan, key)))
        }
        Findings::Month => Cell::text(finding.month.map_or("", |month| month.name())),
        Findings::Found => Cell::text(&finding.found),
        Findings::Expected => Cell::text(&finding.expected),
        Findings::Since => Cell::text(match since {
            None => String::new(),
            Some(None) => NEW.to_owned(),
            Some(Some(month)) => month.in_words(),
        }),
    })
}

/// What to do; nothing about what the unit has accepted, or, in the final issue, has taken out of the
/// evaluation.
fn to_do<'a>(run: &Run<'_>, finding: &'a Finding) -> &'a str {
    if !finding.is_open() {
        return "Nulla: è accettato con una deroga, per il valore che vi si legge.";
    }
    if finding.is_explained() {
        return "Nulla: l'ufficio l'ha spiegato, per il valore che vi si legge.";
    }
    let indicators = touched(run, finding);
    let decided = !indicators.is_empty() && indicators.iter().all(|code| run.plan.decision(code).is_some());
    if run.definitive && decided {
        return "Nulla: una decisione dell'unità ha tolto l'indicatore dalla valutazione.";
    }
    &finding.remedy
}

/// How far the finding reaches; what could change an outcome stands out.
fn effect_cell(effect: &Effect) -> Cell {
    let cell = Cell::text(effect.kind.label());
    if effect.kind == EffectKind::CambiaEsito { cell.strong() } else { cell }
}

/// What the finding could change. Of what was not computed again, because no value that could be given is at
/// hand, the outcome is what it is whatever is said of the finding.
pub(crate) fn would_change(run: &Run<'_>, finding: &Finding, effect: &Effect) -> String {
    if !effect.sentence.is_empty() {
        return effect.sentence.clone();
    }
    let told = indicators_of(run, finding).into_iter().filter_map(|code| {
        let result = run.consolidation.indicator(&code)?;
        Some(format!(
            "{code}: resta «{}», qualunque cosa si decida di questo rilievo.",
            result.status.label()
        ))
    });
    let lines: Vec<String> = told.collect();
    if lines.is_empty() { "Non tocca un dato.".to_owned() } else { lines.join("\n") }
}

/// The whole sentence, with the other places when there are any.
fn message(run: &Run<'_>, finding: &Finding) -> String {
    let sentence = if finding.message.is_empty() { finding.rule.name } else { &finding.message };
    let mut lines = vec![capital(sentence)];
    // Most sentences name the other cells themselves.
    let named = |other: &&Related| {
        let own_file = finding.file.as_ref() == Some(&other.file);
        sentence.contains(&if own_file { format!("'{}'!", other.sheet) } else { quoted(&other.file) })
    };
    let others: Vec<String> =
        finding.related.iter().filter(|other| !named(other)).map(|other| place_words(run, other)).collect();
    if !others.is_empty() {
        lines.push(format!("Anche: {}.", others.join("; ")));
    }
    lines.extend(lowered::beside(run, finding));
    lines.extend(finding.answered.iter().map(|answer| answer_words(run, finding, answer)));
    if let Some(waived) = &finding.waived {
        let until = waived.until.map(|month| format!(", fino {month:#}")).unwrap_or_default();
        lines.push(format!("{WAIVED}: {} ({}{until}).", waived.reason, waived.who));
    }
    lines.join("\n")
}

/// What an office answers, and, when that answers nothing, why.
fn answer_words(run: &Run<'_>, finding: &Finding, answer: &Answered) -> String {
    let (who, kind) = (run.plan.office_name(&answer.office), answer.kind.label());
    let reason = match answer.reason.as_str() {
        "" => String::new(),
        reason => format!(" Perché: {reason}"),
    };
    let but = match answer.kind {
        AnswerKind::Corretto => " Ma il valore è ancora lo stesso.",
        AnswerKind::Altro => " Non vale: la risposta si sceglie dall'elenco.",
        _ if answer.reason.is_empty() => " Senza il perché non è una risposta.",
        AnswerKind::Confermo if finding.own_severity() >= Severity::Errore => {
            " Un errore non si conferma: si corregge."
        }
        AnswerKind::NonRiguarda => " Resta aperto: l'unità vede di chi è.",
        AnswerKind::Confermo => "",
    };
    format!("{ANSWER} ({who}): {kind}.{reason}{but}")
}

/// What is said of a finding that the issue of the month before did not have.
const NEW: &str = "nuovo";

/// How the line begins that says what an office answers.
const ANSWER: &str = "RISPOSTA DELL'UFFICIO";

/// How the line begins that says who accepted the finding.
const WAIVED: &str = "DEROGATO";

/// Whether a message, as `message` words it, says that the finding was accepted.
pub(crate) fn is_waived(message: &str) -> bool {
    message.lines().any(|line| line.starts_with(&format!("{WAIVED}: ")))
}

/// The answers that explain a finding below *errore*, as `answer_words` words them: who, and why.
pub(crate) fn answers_in(message: &str) -> Vec<(&str, &str)> {
    let explains = format!("): {}. Perché: ", AnswerKind::Confermo.label());
    let answer = |line: &'_ str| {
        let rest = line.strip_prefix(ANSWER)?.strip_prefix(" (")?;
        let at = rest.find(&explains)?;
        Some((at, line.len() - rest.len()))
    };
    let line = |line| {
        let (at, skipped) = answer(line)?;
        let rest: &str = line.get(skipped..)?;
        Some((rest.get(..at)?, rest.get(at + explains.len()..)?))
    };
    message.lines().filter_map(line).collect()
}

fn place_words(run: &Run<'_>, other: &Related) -> String {
    let cells = cells_words(&other.cells);
    let whose = run.plan.office_name(&other.office);
    if cells.is_empty() {
        format!("{whose}, foglio «{}»", other.sheet)
    } else {
        format!("{whose}, foglio «{}», {}", other.sheet, cells)
    }
}

/// Cells in order, those side by side as a range: `E9:J9, D12`.
fn cells_words(cells: &[CellRef]) -> String {
    let mut runs: Vec<(CellRef, CellRef)> = Vec::new();
    for cell in cells {
        match runs.last_mut() {
            Some((_, last)) if last.row == cell.row && last.col.checked_add(1) == Some(cell.col) => {
                *last = *cell
            }
            _ => runs.push((*cell, *cell)),
        }
    }
    let words: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}:{last}") })
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{CellRef, cells_words, would_change};
    use crate::impact::{Effect, EffectKind};
    use crate::model::{IndicatorCode, Status};
    use crate::report::sample::sample;
    use crate::report::to_json;

    /// A finding may stand over a result that others withhold: nothing is computed again, and that is said
    /// too.
    #[test]
    fn a_finding_of_which_nothing_was_computed_again_says_so() {
        let mut june = sample(6);
        june.effects.fill(Effect {
            kind: EffectKind::NessunEffetto,
            indicators: Vec::new(),
            sentence: String::new(),
        });
        let finding = &mut june.checked.findings[0];
        (finding.indicator, finding.voce) = (Some(IndicatorCode::new("4.2")), None);
        for result in &mut june.consolidation.indicators {
            result.status = Status::NonVerificabile;
        }
        let run = june.run();
        let told: Vec<String> =
            run.findings().map(|(finding, effect)| would_change(&run, finding, effect)).collect();
        assert_eq!(told[0], "4.2: resta «non verificabile», qualunque cosa si decida di questo rilievo.");
        assert!(told.iter().all(|words| words.ends_with('.') && !words.is_empty()), "{told:?}");
        let json = to_json(&run);
        assert_eq!(json["rilievi"][0]["che_cosa_cambierebbe"], told[0]);
    }

    #[test]
    fn cells_side_by_side_are_a_range() {
        let cells: Vec<CellRef> =
            ["E9", "F9", "G9", "D12", "D13"].iter().filter_map(|text| CellRef::parse(text)).collect();
        assert_eq!(cells_words(&cells), "E9:G9, D12, D13");
        assert_eq!(cells_words(&[]), "");
    }
}
