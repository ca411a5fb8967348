//! The performance tree: the ente, its perspectives, their strategic objectives, their schede.

use crate::aggregate::{Consolidation, Degrees, IndicatorResult, ObjectiveResult};
use crate::book::table::{HEADER, names};
use crate::book::{Cell, Format, Sparkline};
use crate::certify::Run;
use crate::excel::Area;
use crate::model::{CellRef, Light, Number};
use crate::plan::Scheda;
use crate::report::words::at_month;

use super::brief::{Brevity, short};
use super::node::{LIGHTS, Level, Node};
use super::note;

/// The row of the header, from 0: the table has its own title above it.
pub(super) const HEAD: u32 = HEADER + 1;

/// The first row of the tree, from 0.
pub(super) const FIRST: u32 = HEAD + 1;

/// Columns that are printed; those that follow are for the screen.
pub(super) const PRINTED: usize = 8;

/// Places of the columns.
pub(super) mod column {
    pub(in crate::report::summary) const TITLE: usize = 1;
    pub(in crate::report::summary) const NOTE: usize = 7;
    pub(in crate::report::summary) const DEGREE: usize = 2;
    pub(in crate::report::summary) const WITHOUT: usize = 3;
    pub(in crate::report::summary) const LIGHT: usize = 4;
    pub(in crate::report::summary) const COVERAGE: usize = 5;
    pub(in crate::report::summary) const TREND: usize = 6;
    /// Where the row leads; from here on nothing is printed.
    pub(in crate::report::summary) const LEAD: usize = 8;
    /// The first of the four counts.
    pub(in crate::report::summary) const COUNTS: usize = 9;
    /// The first of the months.
    pub(in crate::report::summary) const MONTHS: usize = 13;
}

/// The rows of the tree, each above those that it holds.
pub(super) fn nodes<'a>(run: &Run<'a>, brevity: Brevity) -> Vec<Node<'a>> {
    let results = run.consolidation;
    let all: Vec<&Scheda> = run.plan.schede.iter().collect();
    let months = |degrees: &dyn Fn(&'a Consolidation) -> Option<&'a Degrees>| -> Vec<Option<Number>> {
        run.months.iter().map(|then| degrees(then)?.without_missing.clone()).collect()
    };
    let ente = node(Level::Ente, "Tutto l'ente", (&results.ente, results.ente_light), all.clone());
    let mut nodes = vec![Node { months: months(&|then| Some(&then.ente)), ..ente }];
    for perspective in &results.perspectives {
        let within = |scheda: &&Scheda| scheda.perspective == perspective.name;
        let members: Vec<&Scheda> = all.iter().copied().filter(within).collect();
        let judged = (&perspective.degrees, perspective.light);
        let own = node(Level::Perspective, &perspective.name, judged, members.clone());
        let then = |then: &'a Consolidation| {
            let mut found = then.perspectives.iter();
            Some(&found.find(|own| own.name == perspective.name)?.degrees)
        };
        nodes.push(Node { months: months(&then), ..own });
        for objective in results.objectives.iter().filter(|one| one.perspective == perspective.name) {
            let members: Vec<&Scheda> =
                members.iter().copied().filter(|scheda| scheda.strategic == objective.name).collect();
            if !objective.name.is_empty() {
                let title = short(&without_aside(&objective.name), brevity.objective);
                let judged = (&objective.degrees, objective.light);
                let own = node(Level::Objective, &title, judged, members.clone());
                let same = |own: &&ObjectiveResult| {
                    (&own.perspective, &own.name) == (&objective.perspective, &objective.name)
                };
                let then = |then: &'a Consolidation| Some(&then.objectives.iter().find(same)?.degrees);
                nodes.push(Node { months: months(&then), ..own });
            }
            nodes.extend(members.into_iter().filter_map(|scheda| {
                let then = |then: &'a Consolidation| {
                    let mut found = then.schede.iter();
                    Some(&found.find(|own| own.number == scheda.number)?.degrees)
                };
                Some(Node { months: months(&then), ..leaf(run, scheda)? })
            }));
        }
    }
    for (node, row) in nodes.iter_mut().zip(FIRST..) {
        node.row = row;
    }
    nodes
}

fn node<'a>(
    level: Level,
    title: &str,
    (degrees, light): (&Degrees, Light),
    schede: Vec<&'a Scheda>,
) -> Node<'a> {
    let degrees = degrees.clone();
    Node { level, title: title.to_owned(), degrees, light, months: Vec::new(), schede, row: 0 }
}

fn leaf<'a>(run: &Run<'a>, scheda: &'a Scheda) -> Option<Node<'a>> {
    let result = run.consolidation.schede.iter().find(|result| result.number == scheda.number)?;
    Some(node(Level::Scheda, &scheda.title, (&result.degrees, result.light), vec![scheda]))
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

/// Width of each printed column: both tables of the sheet stand on them.
const WIDTHS: [u16; PRINTED] = [12, 36, 12, 12, 14, 11, 12, 39];

/// The header of the links.
pub(super) const LEAD: &str = "Vai a";

/// The highest value of the small bars: a little more than any degree, so that those of two rows never touch.
pub(super) const TOP: u32 = 115;

/// Header and width of each column but the live ones: those that are printed, the counts, the months.
pub(super) fn columns(run: &Run<'_>) -> Vec<(String, u16)> {
    let names = [
        "Livello",
        "Titolo",
        "Grado su 100",
        "Senza ciò che manca",
        "Semaforo",
        "Copertura",
        own_trend(run),
        "Da che cosa dipende",
    ];
    let printed = names.into_iter().zip(WIDTHS);
    let others = [(LEAD, 14), ("● Verdi", 12), ("▲ Gialli", 24), ("■ Rossi", 12), ("○ Grigi", 12)];
    let mut columns: Vec<(String, u16)> =
        printed.chain(others).map(|(name, width)| (name.to_owned(), width)).collect();
    columns.extend(
        run.months.iter().map(|then| (format!("Senza ciò che manca, {}", at_month(then.month.month)), 20)),
    );
    columns
}

/// The header of the small bars of the tree; while the year runs the two degrees are one.
fn own_trend(run: &Run<'_>) -> &'static str {
    if run.consolidation.closed { "Andamento senza ciò che manca" } else { trend(run) }
}

/// The header of the small bars.
pub(super) fn trend(run: &Run<'_>) -> &'static str {
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

/// The cells of a row, but the live ones.
pub(super) fn cells(run: &Run<'_>, node: &Node<'_>) -> Vec<Cell> {
    let mine = indicators(run, node);
    let mut cells = vec![
        level(node),
        Cell::text(&node.title),
        Cell::degree(node.degrees.official.as_ref()),
        Cell::degree(node.degrees.without_missing.as_ref()),
        Cell::status(node.light, node.light.label()),
        coverage(&mine),
        Cell::blank(),
        Cell::text(note::words(run, node)),
        Cell::blank(),
    ];
    let of = |light: Light| mine.iter().filter(|result| result.status.light() == light).count();
    cells.extend(LIGHTS.map(|light| Cell::count(of(light))));
    cells.extend(node.months.iter().map(|degree| Cell::degree(degree.as_ref())));
    let strong = |(column, cell): (usize, Cell)| match (node.level, column) {
        (Level::Scheda, _) => cell,
        // The long names of the objectives stand in plain letters, and so does what explains.
        (Level::Objective, column::TITLE) | (_, column::NOTE) => cell,
        _ => cell.strong(),
    };
    cells.into_iter().enumerate().map(strong).collect()
}

/// The level, set in by no-break spaces.
fn level(node: &Node<'_>) -> Cell {
    match (node.level, node.schede.first()) {
        (Level::Ente, _) => Cell::text("Ente"),
        (Level::Perspective, _) => Cell::text("Prospettiva"),
        (Level::Objective, _) => Cell::text("\u{a0}Obiettivo"),
        (Level::Scheda, None) => Cell::text("\u{a0}\u{a0}\u{a0}Scheda"),
        (Level::Scheda, Some(scheda)) => Cell::text(format!("\u{a0}\u{a0}\u{a0}Scheda {}", scheda.number)),
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

/// The small bars of every row that has had a degree, over its own months.
pub(super) fn sparklines(nodes: &[Node<'_>]) -> Vec<Sparkline> {
    let line = |node: &Node<'_>| {
        node.months.iter().flatten().next()?;
        let first = CellRef { row: node.row, col: u16::try_from(column::MONTHS).ok()? };
        let months = u16::try_from(node.months.len()).ok()?;
        let last = CellRef { row: node.row, col: first.col.checked_add(months)?.checked_sub(1)? };
        let at = CellRef { row: node.row, col: u16::try_from(column::TREND).ok()? };
        Some(Sparkline { at, sheet: names::SUMMARY, values: Area { first, last }, maximum: TOP })
    };
    nodes.iter().filter_map(line).collect()
}
