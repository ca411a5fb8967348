//! The performance tree: the ente, its perspectives, their strategic objectives, their schede.

use crate::aggregate::{Consolidation, Degrees, IndicatorResult, ObjectiveResult};
use crate::book::table::{HEADER, names};
use crate::book::{Cell, Column, Format, Head, On, Sparkline, columns};
use crate::certify::Run;
use crate::excel::Area;
use crate::model::{CellRef, Light, Number};
use crate::plan::Scheda;
use crate::report::words::{PACED, at_month};

use super::brief::Brevity;
use super::node::{Level, Node};
use super::note;
use crate::report::words::short;

/// The row of the header, from 0: the table has its own title above it.
pub(super) const HEAD: u32 = HEADER + 1;

/// The first row of the tree, from 0.
pub(super) const FIRST: u32 = HEAD + 1;

columns! {
    /// The columns of the tree before the months: both tables of the sheet stand on them.
    pub(super) Tree {
        Level: "Livello", 12, Always;
        Title: "Titolo", 36, Always;
        Degree: "Grado su 100", 12, First;
        Without: "Senza ciò che manca", 12, First;
        Light: "Semaforo", 14, First;
        Coverage: "Copertura", 11, First;
        Trend: "Andamento", 12, First;
        Note: "Da che cosa dipende", 39, First;
        Lead: LEAD, 14, Screen;
        Green: "● Verdi", 12, Screen;
        Yellow: "▲ Gialli", 24, Screen;
        Red: "■ Rossi", 12, Screen;
        Grey: "○ Grigi", 12, Screen;
    }
}

/// How many columns are printed; those that follow are for the screen.
pub(super) const PRINTED: u16 = Tree::Lead.col();

/// The column of the first month.
pub(super) const MONTHS: u16 = Tree::ALL.len() as u16;

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

/// The header of the links.
const LEAD: &str = "Vai a";

/// The highest value of the small bars: a little more than any degree, so that those of two rows never touch.
pub(super) const TOP: u32 = 115;

/// What stands over each column but the live ones: those before the months, then the months.
pub(super) fn columns(run: &Run<'_>) -> Vec<Head> {
    let closed = run.consolidation.closed;
    let trend = |column: Tree| match column {
        // While the year runs nothing that is missing counts: the two degrees are of two targets.
        Tree::Degree if !closed => Head { name: PACED.into(), ..column.head() },
        Tree::Without if !closed => Head { name: Tree::Degree.name().into(), ..column.head() },
        Tree::Trend => Head { name: own_trend(run).into(), ..column.head() },
        _ => column.head(),
    };
    let month = |then: &Consolidation| {
        let what = if closed { Tree::Without } else { Tree::Degree };
        Head::new(format!("{}, {}", what.name(), at_month(then.month.month)), 20, On::Screen)
    };
    Tree::ALL.iter().copied().map(trend).chain(run.months.iter().map(month)).collect()
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
    let of = |light: Light| Cell::count(mine.iter().filter(|result| result.status.light() == light).count());
    let cell = |column: Tree| match column {
        Tree::Level => level(node),
        Tree::Title => Cell::text(&node.title),
        Tree::Degree => Cell::degree(node.degrees.paced.as_ref()),
        Tree::Without => Cell::degree(node.degrees.without_missing.as_ref()),
        Tree::Light => Cell::status(node.light, node.light.label()),
        Tree::Coverage => coverage(&mine),
        Tree::Trend | Tree::Lead => Cell::blank(),
        Tree::Note => Cell::text(note::words(run, node)),
        Tree::Green => of(Light::Verde),
        Tree::Yellow => of(Light::Giallo),
        Tree::Red => of(Light::Rosso),
        Tree::Grey => of(Light::Grigio),
    };
    let strong = |column: Option<Tree>, cell: Cell| match (node.level, column) {
        (Level::Scheda, _) => cell,
        // The long names of the objectives stand in plain letters, and so does what explains.
        (Level::Objective, Some(Tree::Title)) | (_, Some(Tree::Note)) => cell,
        _ => cell.strong(),
    };
    let before = Tree::ALL.iter().map(|column| strong(Some(*column), cell(*column)));
    let months = node.months.iter().map(|degree| strong(None, Cell::degree(degree.as_ref())));
    before.chain(months).collect()
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
        let first = CellRef { row: node.row, col: MONTHS };
        let months = u16::try_from(node.months.len()).ok()?;
        let last = CellRef { row: node.row, col: first.col.checked_add(months)?.checked_sub(1)? };
        let at = Tree::Trend.in_row(node.row);
        Some(Sparkline { at, sheet: names::SUMMARY, values: Area { first, last }, maximum: TOP })
    };
    nodes.iter().filter_map(line).collect()
}
