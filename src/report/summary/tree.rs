//! The performance tree: the ente, its perspectives, their strategic objectives, their schede.

use crate::aggregate::{Degrees, IndicatorResult};
use crate::model::{CellRef, Light, Number};
use crate::plan::Scheda;
use crate::report::Run;
use crate::report::scheda::Places;
use crate::report::sheet::{Cell, Format, Sparkline};
use crate::report::table::{BODY, names, top};

/// Columns that are printed.
pub(super) const PRINTED: usize = 11;

/// Places of the columns.
pub(super) mod column {
    pub(in crate::report::summary) const TITLE: usize = 1;
    pub(in crate::report::summary) const DEGREE: usize = 2;
    pub(in crate::report::summary) const WITHOUT: usize = 3;
    pub(in crate::report::summary) const LIGHT: usize = 4;
    pub(in crate::report::summary) const COVERAGE: usize = 5;
    pub(in crate::report::summary) const TREND: usize = 6;
    /// The first of the four counts.
    pub(in crate::report::summary) const COUNTS: usize = 7;
}

/// The lights in the order of their columns.
pub(super) const LIGHTS: [Light; 4] = [Light::Verde, Light::Giallo, Light::Rosso, Light::Grigio];

/// How high in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Ente,
    Perspective,
    Objective,
    Scheda,
}

/// A row of the tree.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub level: Level,
    pub title: String,
    pub degrees: Degrees,
    /// Only a scheda has one.
    pub light: Option<Light>,
    /// The schede under it; of a scheda, itself.
    pub schede: Vec<&'a Scheda>,
    /// Its row in the sheet, from 0.
    pub row: u32,
}

/// The rows of the tree, each above those that it holds.
pub(super) fn nodes<'a>(run: &Run<'a>) -> Vec<Node<'a>> {
    let results = run.consolidation;
    let all: Vec<&Scheda> = run.plan.schede.iter().collect();
    let mut nodes = vec![node(Level::Ente, "Tutto l'ente", &results.ente, all.clone())];
    for perspective in &results.perspectives {
        let within = |scheda: &&Scheda| scheda.perspective == perspective.name;
        let members: Vec<&Scheda> = all.iter().copied().filter(within).collect();
        nodes.push(node(Level::Perspective, &perspective.name, &perspective.degrees, members.clone()));
        for objective in results.objectives.iter().filter(|one| one.perspective == perspective.name) {
            let members: Vec<&Scheda> =
                members.iter().copied().filter(|scheda| scheda.strategic == objective.name).collect();
            if !objective.name.is_empty() {
                let title = without_aside(&objective.name);
                nodes.push(node(Level::Objective, &title, &objective.degrees, members.clone()));
            }
            nodes.extend(members.into_iter().filter_map(|scheda| leaf(run, scheda)));
        }
    }
    for (node, row) in nodes.iter_mut().zip(BODY..) {
        node.row = row;
    }
    nodes
}

fn node<'a>(level: Level, title: &str, degrees: &Degrees, schede: Vec<&'a Scheda>) -> Node<'a> {
    Node { level, title: title.to_owned(), degrees: degrees.clone(), light: None, schede, row: 0 }
}

fn leaf<'a>(run: &Run<'a>, scheda: &'a Scheda) -> Option<Node<'a>> {
    let result = run.consolidation.schede.iter().find(|result| result.number == scheda.number)?;
    let mut node = node(Level::Scheda, &scheda.title, &result.degrees, vec![scheda]);
    node.light = Some(result.light);
    Some(node)
}

/// A long name without the aside in brackets that ends it; the mark of the omission stays.
fn without_aside(name: &str) -> String {
    match name.split_once(" (") {
        Some((head, aside)) if aside.ends_with(')') && aside.matches(')').count() == 1 => {
            format!("{head} (…)")
        }
        _ => name.to_owned(),
    }
}

/// Header and width of each printed column.
pub(super) fn columns(run: &Run<'_>) -> [(&'static str, u16); PRINTED] {
    [
        ("Livello", 12),
        ("Titolo", 35),
        ("Grado su 100", 11),
        ("Senza ciò che manca", 12),
        ("Semaforo", 14),
        ("Copertura", 11),
        (trend(run), 23),
        ("● Verdi", 7),
        ("▲ Gialli", 7),
        ("■ Rossi", 7),
        ("○ Grigi", 7),
    ]
}

fn trend(run: &Run<'_>) -> &'static str {
    const TREND: [&str; 12] = [
        "Andamento a gennaio",
        "Andamento gen–feb",
        "Andamento gen–mar",
        "Andamento gen–apr",
        "Andamento gen–mag",
        "Andamento gen–giu",
        "Andamento gen–lug",
        "Andamento gen–ago",
        "Andamento gen–set",
        "Andamento gen–ott",
        "Andamento gen–nov",
        "Andamento gen–dic",
    ];
    let month = usize::try_from(run.consolidation.month.month.number()).unwrap_or(1);
    TREND.get(month.saturating_sub(1)).copied().unwrap_or("Andamento")
}

/// The printed cells of a row.
pub(super) fn cells(run: &Run<'_>, node: &Node<'_>) -> Vec<Cell> {
    let mine = indicators(run, node);
    let mut cells = vec![
        level(node),
        Cell::text(&node.title),
        Cell::degree(node.degrees.official.as_ref()),
        Cell::degree(node.degrees.without_missing.as_ref()),
        node.light.map_or_else(Cell::blank, |light| Cell::status(light, light.label())),
        coverage(&mine),
        Cell::blank(),
    ];
    let of = |light: Light| mine.iter().filter(|result| result.status.light() == light).count();
    cells.extend(LIGHTS.map(|light| Cell::count(of(light))));
    let strong = |(column, cell): (usize, Cell)| match (node.level, column) {
        (Level::Scheda, _) => cell,
        // The long names of the objectives stand in plain letters.
        (Level::Objective, column::TITLE) => cell,
        _ => cell.strong(),
    };
    cells.into_iter().enumerate().map(strong).collect()
}

/// The level, set in by no-break spaces; a scheda leads to its sheet.
fn level(node: &Node<'_>) -> Cell {
    match (node.level, node.schede.first()) {
        (Level::Ente, _) => Cell::text("Ente"),
        (Level::Perspective, _) => Cell::text("Prospettiva"),
        (Level::Objective, _) => Cell::text("\u{a0}Obiettivo"),
        (Level::Scheda, None) => Cell::text("\u{a0}\u{a0}\u{a0}Scheda"),
        (Level::Scheda, Some(scheda)) => Cell::link(
            format!("\u{a0}\u{a0}\u{a0}Scheda {}", scheda.number),
            Some(top(names::scheda(scheda.number))),
        ),
    }
}

/// The results of the indicators under a node, in the plan's order.
fn indicators<'a>(run: &Run<'a>, node: &Node<'_>) -> Vec<&'a IndicatorResult> {
    let within = |found: &&IndicatorResult| node.schede.iter().any(|scheda| scheda.number == found.scheda);
    run.consolidation.indicators.iter().filter(within).collect()
}

/// Entries reported over entries due; blank when none is due.
fn coverage(results: &[&IndicatorResult]) -> Cell {
    let sum =
        |of: fn(&IndicatorResult) -> u32| Number::from(results.iter().map(|result| of(result)).sum::<u32>());
    let share = sum(|result| result.coverage.present).divided_by(&sum(|result| result.coverage.expected));
    share.map_or_else(Cell::blank, |share| Cell::number(share, Format::Percent))
}

/// The small bars of the schede whose months have a place.
pub(super) fn sparklines(nodes: &[Node<'_>], places: &Places) -> Vec<Sparkline> {
    let line = |node: &Node<'_>| {
        let scheda = node.schede.first().filter(|_| node.level == Level::Scheda)?;
        let values = places.schede.get(&scheda.number)?.degrees?;
        let at = CellRef { row: node.row, col: u16::try_from(column::TREND).ok()? };
        Some(Sparkline { at, sheet: names::scheda(scheda.number), values, maximum: 100 })
    };
    nodes.iter().filter_map(line).collect()
}
