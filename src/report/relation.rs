//! *Relazione*: what others write from these results. The page for who validates and who certifies (a
//! synthesis by section, art. 67 and the auditors), when the year is closed; then the table of the *Relazione
//! sulla performance*, which is copied as it is: one row for each indicator, plain values, no merged cells.
//!
//! The program states facts; conclusions are of those who sign.

use crate::aggregate::{Degrees, IndicatorResult};
use crate::book::table::{area, header, heading, names, titles, top};
use crate::book::{Cell, Column, Format, Input, Paper, Row, RowKind, Sheet, TabKind, columns, heads, height};
use crate::certify::Run;
use crate::excel::{Area, Target};
use crate::model::{CellRef, Light, Number, Status, Value, count, join_it};
use crate::plan::{Action, Indicator, Scheda};

use super::attestation::facts;
use super::document;
use super::index::Index;
use super::results;
use super::told::told;
use super::words::{format_of, month_title};

columns! {
    /// The table of the *Relazione*: the other tables stand on its grid.
    Relation {
        Scheda: "Scheda", 8, Always;
        Objective: "Obiettivo", 30, First;
        Indicator: "Indicatore", 44, First;
        Target: "Target", 28, First;
        Value: "Risultato", 16, First;
        Deviation: "Scostamento", 14, First;
        Cause: "Causa dello scostamento", 39, Screen;
        Degree: "Grado su 100", 10, Screen;
        Status: "Esito", 21, Screen;
    }
}

columns! {
    /// The synthesis of the *Relazione* by section.
    Sections {
        Place: "N.", 0, Always;
        Section: "Sezione", 0, First;
        Fact: "Che cosa risulta al programma", 0, First;
        Conclusion: "Conclusione dell'OIV", 0, First;
        Source: "Fonte", 0, First;
        Validated: "Validata: sì o no", 0, First;
    }
}

columns! {
    /// The conditions of art. 67.
    Conditions {
        Place: "N.", 0, Always;
        Condition: "Condizione", 0, First;
        Fact: "Che cosa risulta al programma", 0, First;
        Who: "Chi certifica", 0, First;
        Source: "Fonte", 0, First;
        Met: "Esito: sì o no", 0, First;
    }
}

columns! {
    /// Schede and resources.
    Amounts {
        Scheda: "Scheda", 0, Always;
        Title: "Titolo", 0, First;
        Outcomes: "Esiti degli indicatori", 0, First;
        Amount: "Importo del piano (€)", 0, First;
        Light: "Semaforo", 0, First;
        Degree: "Grado su 100", 0, First;
    }
}

/// The columns that are read on paper.
const PRINTED: u16 = Relation::Cause.col();

/// Points of rows that an upright page of these columns holds.
const PAGE: u32 = 1200;

/// The possible answers.
const ANSWERS: [&str; 2] = ["sì", "no"];

/// Above the table that is copied.
const TABLE: &str = "Tabella per la Relazione sulla performance";

/// The sheet; none while the year runs, when there is nothing to certify yet.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Option<Sheet> {
    run.consolidation.closed.then(|| laid(run, index))
}

fn laid(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    let subtitle = format!(
        "{}: i fatti li scrive il programma, che non propone nessuna conclusione. Le celle gialle sono per chi valida e certifica: si \
         compila una copia. La tabella per la Relazione è sotto, solo nel file.",
        month_title(run.consolidation.month)
    );
    let mut page =
        Page { rows: heading("Relazione e certificazione", &subtitle, PRINTED), tables: Vec::new() };
    page.table::<Sections>("Per la validazione: sintesi per sezione", sections(run, index));
    page.table::<Conditions>(
        "Art. 67, c. 5, lett. b), CCNL 2016–2018, e revisori: le condizioni",
        conditions(run),
    );
    page.table::<Amounts>("Art. 67: le schede e le risorse", amounts(run));
    let printed = page.rows.len();
    let widths: Vec<u16> = heads::<Relation>().iter().map(|head| head.width).collect();
    let tall: u32 = page.rows.iter().map(|row| height::of(row, &widths).points).sum();
    let place = page.table::<Relation>(TABLE, relation(run));
    if let Some(back) = page.rows.get_mut(2) {
        back.cells.resize(3, Cell::blank());
        back.cells.push(Cell::link("Tabella da copiare ↓", Some(place)));
    }
    // The longest table is the last: when all is printed, its header heads the pages that follow.
    let repeat = page.tables.last().map(|area| area.first.row);
    let pages = u16::try_from(tall.div_ceil(PAGE)).unwrap_or(u16::MAX);
    Sheet {
        name: names::RELATION,
        tab: TabKind::Reading,
        widths,
        rows: page.rows,
        frozen: None,
        repeat,
        paper: Paper::Whole,
        leaf: document::part(printed, PRINTED, pages, true),
        tables: page.tables,
        charts: Vec::new(),
        sparklines: Vec::new(),
    }
}

struct Page {
    rows: Vec<Row>,
    tables: Vec<Area>,
}

impl Page {
    /// Lays a table under its title; gives the place of the title.
    fn table<C: Column>(&mut self, title: &str, body: Vec<Vec<Cell>>) -> Target {
        let row = |rows: &Vec<Row>| u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let place = Target { sheet: names::RELATION, cell: CellRef { row: row(&self.rows), col: 0 } };
        self.rows.push(Row::line(RowKind::Heading, 0, title, PRINTED));
        if body.is_empty() {
            self.rows.push(Row::line(RowKind::Prose, 0, "Il piano non ha indicatori.", PRINTED));
            return place;
        }
        let first = row(&self.rows);
        self.rows.push(header(titles::<C>(), body.iter().map(Vec::as_slice)));
        self.rows.extend(body.into_iter().map(|cells| Row::of(RowKind::Body, cells)));
        let right = u16::try_from(C::ALL.len()).unwrap_or(1).saturating_sub(1);
        self.tables.push(area(first, 0, row(&self.rows).saturating_sub(1), right));
        place
    }
}

/// The indicators with their result and where they stand in the plan.
fn judged<'a>(
    run: &Run<'a>,
) -> impl Iterator<Item = (&'a Scheda, &'a Action, &'a Indicator, &'a IndicatorResult)> {
    let (plan, results) = (run.plan, run.consolidation);
    plan.schede.iter().flat_map(move |scheda| {
        scheda.actions.iter().flat_map(move |action| {
            let of = move |indicator: &'a Indicator| {
                Some((scheda, action, indicator, results.indicator(&indicator.code)?))
            };
            action.indicators.iter().filter_map(of)
        })
    })
}

fn relation(run: &Run<'_>) -> Vec<Vec<Cell>> {
    judged(run)
        .map(|(scheda, action, indicator, result)| row(run, scheda, action, indicator, result))
        .collect()
}

fn row(
    run: &Run<'_>,
    scheda: &Scheda,
    action: &Action,
    indicator: &Indicator,
    result: &IndicatorResult,
) -> Vec<Cell> {
    let objective = if action.objective.is_empty() { &scheda.strategic } else { &action.objective };
    crate::book::table::cells(|column| match column {
        Relation::Scheda => Cell::count(usize::from(scheda.number)),
        Relation::Objective => Cell::text(objective),
        Relation::Indicator => Cell::text(format!("{} {}", indicator.code, indicator.text)),
        Relation::Target => Cell::text(&indicator.target.printed),
        Relation::Value => Cell::value(result.value.as_ref(), format_of(indicator)),
        Relation::Deviation => results::deviation(indicator, result),
        Relation::Cause => Cell::text(cause(run, indicator, result)),
        Relation::Degree => Cell::degree(result.degree.as_ref()),
        Relation::Status => Cell::text(result.status.label()),
    })
}

/// Why it deviates, in the offices' words; of what is well there is nothing to explain.
fn cause(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> String {
    let mut words = told(run, indicator, |sent| sent.causes.get(&indicator.code));
    words.extend(told(run, indicator, |sent| sent.notes.get(&indicator.code)));
    match (result.status.light(), words.is_empty()) {
        (_, false) => words.join("; "),
        (Light::Verde, true) => "–".to_owned(),
        (_, true) => "nessuna causa scritta dagli uffici".to_owned(),
    }
}

fn sections(run: &Run<'_>, index: &Index<'_>) -> Vec<Vec<Cell>> {
    let results = run.consolidation;
    let degree = |degrees: &Degrees| {
        degrees.official.as_ref().map_or_else(|| "senza grado".to_owned(), |own| own.to_italian_fixed(2))
    };
    let mut lines = vec![(
        "Valutazione complessiva".to_owned(),
        format!(
            "Ente: {}, {} {}. Indicatori: {}.",
            degree(&results.ente),
            results.ente_light.symbol(),
            results.ente_light.label(),
            outcomes(results.indicators.iter())
        ),
        names::SUMMARY,
    )];
    lines.extend(results.perspectives.iter().map(|own| {
        let members: Vec<&Scheda> =
            run.plan.schede.iter().filter(|scheda| scheda.perspective == own.name).collect();
        let found = results.indicators.iter();
        let mine = found.filter(|result| members.iter().any(|scheda| scheda.number == result.scheda));
        let words = format!(
            "{}, {} {}; {}. Indicatori: {}.",
            degree(&own.degrees),
            own.light.symbol(),
            own.light.label(),
            count(members.len(), "scheda", "schede"),
            outcomes(mine)
        );
        (format!("Obiettivi: {}", own.name), words, names::RESULTS)
    }));
    lines.extend([
        ("Scostamenti e cause".to_owned(), facts::explanations(run), names::RESULTS),
        ("Dati dovuti".to_owned(), facts::completeness(run), names::OFFICES),
        ("Misurazione e controlli".to_owned(), facts::checks(run), names::CHECKS),
        ("Verifica a campione".to_owned(), facts::sampled(index), names::OIV),
    ]);
    let fill = |input| Cell::to_fill(input);
    let line = |(place, (section, fact, sheet)): (usize, (String, String, &'static str))| {
        vec![
            Cell::count(place),
            Cell::text(section),
            Cell::text(fact),
            fill(Input::Free),
            Cell::link(sheet, Some(top(sheet))),
            fill(Input::OneOf(&ANSWERS)),
        ]
    };
    (1..).zip(lines).map(line).collect()
}

/// How many indicators have each outcome: `raggiunto 31, non raggiunto 2`.
fn outcomes<'a>(results: impl Iterator<Item = &'a IndicatorResult>) -> String {
    let mut found: Vec<Status> = results.map(|result| result.status).collect();
    found.sort_unstable();
    let words: Vec<String> = found
        .chunk_by(|one, other| one == other)
        .filter_map(|same| Some(format!("{} {}", same.first()?.label(), same.len())))
        .collect();
    if words.is_empty() { "nessun indicatore".to_owned() } else { words.join(", ") }
}

/// A condition: what is asked, what is known of it, who certifies it, where it is seen.
type Condition = (&'static str, String, &'static str, &'static str);

fn conditions(run: &Run<'_>) -> Vec<Vec<Cell>> {
    let lines = [
        (
            "Gli obiettivi sono nel piano, prima dell'attività",
            approved(run),
            "OIV, prima che il fondo sia costituito",
            names::COVER,
        ),
        (
            "Ogni obiettivo ha il suo importo",
            amounts_words(run),
            "Ente, e collegio dei revisori per la copertura",
            names::RELATION,
        ),
        ("Gli obiettivi sono misurabili, non generici", facts::targets(run), "OIV", names::METHOD),
        ("Il punto di partenza è noto (incremento o mantenimento)", baselines(run), "OIV", names::RESULTS),
        (
            "I risultati sono accertati a consuntivo",
            facts::issue(run),
            "OIV, prima del pagamento",
            names::COVER,
        ),
        (
            "Le risorse seguono il grado raggiunto",
            facts::degrees(run),
            "OIV e contrattazione",
            names::SUMMARY,
        ),
        (
            "I costi sono compatibili con il bilancio",
            "Il programma non lo calcola: ha solo gli importi scritti nel piano.".to_owned(),
            "Collegio dei revisori",
            names::RELATION,
        ),
    ];
    let line = |(place, (condition, fact, who, sheet)): (usize, Condition)| {
        vec![
            Cell::count(place),
            Cell::text(condition),
            Cell::text(fact),
            Cell::text(who),
            Cell::link(sheet, Some(top(sheet))),
            Cell::to_fill(Input::OneOf(&ANSWERS)),
        ]
    };
    (1..).zip(lines).map(line).collect()
}

fn approved(run: &Run<'_>) -> String {
    let plan = run.plan;
    let act = if plan.delibera.is_empty() { "estremi non indicati nel piano" } else { &plan.delibera };
    format!("Piano {}, stesura {}, approvato con: {act}.", plan.year, plan.version)
}

fn amounts_words(run: &Run<'_>) -> String {
    let all = run.plan.schede.len();
    let given = run.plan.schede.iter().filter(|scheda| scheda.amount.is_some()).count();
    match given {
        0 => "Il piano non dà importi: senza, nessuna proposta.".to_owned(),
        given if given == all => format!("Tutte le {all} schede hanno un importo."),
        given => format!("Hanno un importo {given} schede su {all}."),
    }
}

/// Which indicators are measured against another year, or over a figure of it.
fn baselines(run: &Run<'_>) -> String {
    let has = |indicator: &&Indicator| indicator.baseline.is_some() || indicator.target.second.is_some();
    let codes: Vec<String> = run.plan.indicators().filter(has).map(|own| own.code.to_string()).collect();
    match codes.len() {
        0 => "Nessun indicatore ha un dato di partenza.".to_owned(),
        1 => format!("Ha un dato di partenza l'indicatore {}.", join_it(&codes)),
        _ => format!("Hanno un dato di partenza gli indicatori {}.", join_it(&codes)),
    }
}

fn amounts(run: &Run<'_>) -> Vec<Vec<Cell>> {
    let results = run.consolidation;
    let line = |scheda: &Scheda| {
        let own = results.schede.iter().find(|own| own.number == scheda.number);
        let mine = results.indicators.iter().filter(|result| result.scheda == scheda.number);
        let euro = |amount: &Number| Cell::value(Some(&Value::Number(amount.clone())), Format::Euro);
        vec![
            Cell::count(usize::from(scheda.number)),
            Cell::text(&scheda.title),
            Cell::text(outcomes(mine)),
            scheda.amount.as_ref().map_or_else(|| Cell::text("non indicato nel piano"), euro),
            own.map_or_else(Cell::blank, |own| Cell::status(own.light, own.light.label())),
            Cell::degree(own.and_then(|own| own.degrees.official.as_ref())),
        ]
    };
    run.plan.schede.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use crate::book::table::names;
    use crate::book::{Cell, Content, Report, RowKind, Sheet};
    use crate::report::report;
    use crate::report::sample::sample;

    fn relation(report: &Report) -> Option<&Sheet> {
        report.sheets.iter().find(|sheet| sheet.name == names::RELATION)
    }

    #[test]
    fn the_table_that_is_copied_has_plain_values_and_nothing_merged() {
        let december = report(&sample(12).run());
        let sheet = relation(&december).unwrap();
        let table = sheet.tables.last().unwrap();
        let rows = &sheet.rows[table.first.row as usize..=table.last.row as usize];
        assert_eq!((rows.len(), rows[0].kind), (41, RowKind::Header));
        let plain = |cell: &Cell| {
            cell.span <= 1
                && !matches!(cell.content, Content::Live(_) | Content::Link(..) | Content::Status(..))
        };
        assert!(rows.iter().all(|row| row.cells.len() == 9 && row.cells.iter().all(plain)));
        // 12 products in the year, against 20.
        let row = rows
            .iter()
            .find(|row| matches!(&row.cells[2].content, Content::Text(text) if text.starts_with("3.3 ")));
        let cells = &row.unwrap().cells;
        assert_eq!(cells[0], Cell::count(3));
        assert!(
            matches!(cells[4].content, Content::Number(..))
                && matches!(cells[7].content, Content::Number(..))
        );
        assert!(rows[1..].iter().all(|row| !row.cells[6].is_blank()), "a cause, or why there is none");
    }

    #[test]
    fn what_is_certified_of_a_closed_year_is_not_asked_for_before() {
        assert!(relation(&report(&sample(6).run())).is_none());
        let december = report(&sample(12).run());
        let sheet = relation(&december).unwrap();
        let leaf = sheet.leaf.unwrap();
        assert_eq!(leaf.pages, 1);
        // What is printed ends before the table that is copied.
        assert!(leaf.rows < sheet.tables.last().unwrap().first.row);
        let fill = |cell: &&Cell| cell.input.is_some();
        let asked = sheet.rows.iter().flat_map(|row| &row.cells).filter(fill).count();
        // A conclusion and a yes or no for seven sections, a yes or no for seven conditions.
        assert_eq!(asked, 21);
    }
}
