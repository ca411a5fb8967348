//! *Sintesi*: how is the year going, what is at risk and why? One page, to be looked at.
//!
//! The performance tree comes first (ente, perspectives, strategic objectives, schede), then what is at risk.
//! Beyond what is printed every figure stands again as a live formula, with its difference from the engine's.

mod brief;
mod node;
mod note;
mod risk;
mod room;
mod shortfall;
#[cfg(test)]
mod tests;
mod tree;
mod twins;

use std::collections::BTreeMap;

use crate::model::{CellRef, Light, Number, count};

use super::index::Index;
use super::previous::since_last_month;
use super::scheda::places::Places;
use super::words::{at_month, month_title};
use crate::book::table::{area, header, heading, names};
use crate::book::{Cell, Column, Content, Frozen, Head, Paper, Row, RowKind, Sheet, Sparkline, TabKind};
use crate::certify::Run;
use crate::excel::{Area, Target};
use brief::{BREVITIES, Brevity};
use node::Node;
use tree::{FIRST, HEAD, PRINTED, Tree};

/// The sheet of the whole year.
pub(super) fn sheet(run: &Run<'_>, _: &Index<'_>, places: &Places) -> Sheet {
    let page = page(run, places);
    Sheet {
        name: names::SUMMARY,
        tab: TabKind::Reading,
        widths: page.widths,
        rows: page.rows,
        frozen: Some(Frozen { rows: FIRST, columns: 2 }),
        repeat: None,
        paper: if page.fits { Paper::Upright(PRINTED) } else { Paper::UpTo(PRINTED) },
        leaf: None,
        tables: page.tables,
        charts: Vec::new(),
        sparklines: page.sparklines,
    }
}

/// The sheet laid with its long texts more or less short.
struct Page {
    rows: Vec<Row>,
    widths: Vec<u16>,
    tables: Vec<Area>,
    sparklines: Vec<Sparkline>,
    /// Whether it is one upright page.
    fits: bool,
    /// How many rows of what is at risk it has no place for.
    rest: usize,
}

/// The longest texts with which everything has its place on one page; the shortest when it never has.
fn page(run: &Run<'_>, places: &Places) -> Page {
    let mut last = lay(run, places, Brevity::default());
    for brevity in BREVITIES {
        if last.fits && last.rest == 0 {
            break;
        }
        last = lay(run, places, brevity);
    }
    last
}

fn lay(run: &Run<'_>, places: &Places, brevity: Brevity) -> Page {
    let nodes = tree::nodes(run, brevity);
    let twins = twins::Twins::of(run, places, &nodes);
    let columns = columns(run, &twins);
    let names = columns.iter().map(|head| head.name.as_ref());
    let widths: Vec<u16> = columns.iter().map(|head| head.width).collect();
    let mut rows = heading("Sintesi", &message(run), PRINTED);
    rows.push(Row::line(RowKind::Heading, 0, TREE, PRINTED));
    let body: Vec<Row> = nodes.iter().map(|node| row(run, node, &twins)).collect();
    rows.push(header(names, body.iter().map(|row| row.cells.as_slice())));
    rows.extend(body);
    rows.push(Row::line(RowKind::Subtitle, 0, legend(run), PRINTED));
    let last = FIRST + u32::try_from(nodes.len()).unwrap_or(0) - 1;
    let mut tables = vec![area(HEAD, 0, last, u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1))];
    let fits = room::left(&rows, &widths).is_some();
    let risks = risk::block(run, places, &widths, &rows, fits, brevity);
    let second = risks.table.map(|_| u32::try_from(rows.len()).unwrap_or(u32::MAX));
    rows.iter_mut().skip(2).take(1).for_each(|row| *row = ways(run, second));
    tables.extend(risks.table);
    rows.extend(risks.rows);
    let mut sparklines = tree::sparklines(&nodes);
    sparklines.extend(risks.sparklines);
    Page { rows, widths, tables, sparklines, fits, rest: risks.rest }
}

/// The title of the first table.
const TREE: &str = "Grado e semaforo: ente, prospettive, obiettivi e schede";

/// The way back, then which tables the sheet holds, with the way to each; `second` is the row of the title of
/// what is at risk, when there is any.
fn ways(run: &Run<'_>, second: Option<u32>) -> Row {
    let to = |row: u32| Some(Target { sheet: names::SUMMARY, cell: CellRef { row, col: 0 } });
    let back = Cell::link("← Copertina", Some(crate::book::table::top(names::COVER))).over(2);
    let says = match second {
        Some(_) => "Questo foglio contiene 2 tabelle:",
        None => "Questo foglio contiene una tabella:",
    };
    let mut cells = vec![back, Cell::blank(), Cell::text(says).over(3), Cell::blank(), Cell::blank()];
    cells.extend([Cell::link("Grado e semaforo ↓", to(HEAD - 1)).over(2), Cell::blank()]);
    cells.extend(second.map(|row| Cell::link(format!("{} ↓", risk::title(run)), to(row))));
    Row::of(RowKind::Space, cells)
}

/// Where the degrees of each scheda stand as formulas, the official one and the one without what is missing,
/// by the number of the scheda.
pub(super) fn live_degrees(run: &Run<'_>, places: &Places) -> BTreeMap<u8, [Target; 2]> {
    let nodes = tree::nodes(run, Brevity::default());
    let twins = twins::Twins::of(run, places, &nodes);
    nodes.iter().filter_map(|node| twins.place(node)).collect()
}

/// The rows of the performance tree.
pub(super) fn rows(run: &Run<'_>) -> usize {
    tree::nodes(run, Brevity::default()).len()
}

/// The row of the ente.
pub(super) fn ente() -> Target {
    Target { sheet: names::SUMMARY, cell: CellRef { row: FIRST, col: 0 } }
}

/// What stands over every column, the live ones too where there are any.
fn columns(run: &Run<'_>, twins: &twins::Twins<'_>) -> Vec<Head> {
    let mut columns = tree::columns(run);
    if twins.exist() {
        let live = columns.clone();
        columns.extend(twins::columns(&live));
    }
    columns
}

fn row(run: &Run<'_>, node: &Node<'_>, twins: &twins::Twins<'_>) -> Row {
    let mut cells = tree::cells(run, node);
    if let Some(to) = twins.lead(node) {
        let linked = |(column, cell): (&Tree, &mut Cell)| match (column, &cell.content) {
            (Tree::Level, Content::Text(level)) => cell.content = Content::Link(level.clone(), to),
            (Tree::Lead, _) => {
                if let Some((words, to)) = twins.further(node) {
                    *cell = Cell::link(words, Some(to));
                }
            }
            _ => {}
        };
        Tree::ALL.iter().zip(&mut cells).for_each(linked);
    }
    if twins.exist() {
        let live = twins.cells(node, &cells);
        cells.extend(live);
    }
    Row::of(RowKind::Body, cells)
}

/// Digits of a hash that tell it from another at a glance; the whole stands on the cover.
const SHORT: usize = 12;

/// The conclusion in one sentence: the ente's degree, how many schede of each colour, how many indicators at
/// risk.
fn message(run: &Run<'_>) -> String {
    let since = since_last_month(run).map_or_else(String::new, |words| format!(" {words}"));
    let year = run.plan.archive.as_ref().map_or_else(String::new, |archive| {
        let short: String = archive.sha256.chars().take(SHORT).collect();
        format!(" Anno prima: l'emissione definitiva del {} (SHA-256 {short}…).", archive.year)
    });
    format!("{}{since}{year}", conclusion(run))
}

/// `91,7 su 100`; while the year runs the degree against the pace leads.
fn degree_words(run: &Run<'_>, official: &Number) -> String {
    let official = official.to_italian(2);
    match run.consolidation.ente.paced.as_ref().filter(|_| !run.consolidation.closed) {
        Some(paced) => format!("{} su 100 sul passo ({official} sul target dell'anno)", paced.to_italian(2)),
        None => format!("{official} su 100"),
    }
}

fn conclusion(run: &Run<'_>) -> String {
    let of = |light: Light| run.consolidation.schede.iter().filter(|scheda| scheda.light == light).count();
    let colours: Vec<String> = [
        (Light::Verde, "verde", "verdi"),
        (Light::Giallo, "gialla", "gialle"),
        (Light::Rosso, "rossa", "rosse"),
        (Light::Grigio, "grigia", "grigie"),
    ]
    .into_iter()
    .map(|(light, one, many)| (light, of(light), one, many))
    .filter(|(_, number, _, _)| *number > 0)
    .map(|(light, number, one, many)| format!("{} {}", light.symbol(), count(number, one, many)))
    .collect();
    let light = run.consolidation.ente_light;
    let degree = run.consolidation.ente.official.as_ref().map_or_else(
        || "ente senza grado".to_owned(),
        |grade| format!("ente a {}, {} {}", degree_words(run, grade), light.symbol(), light.label()),
    );
    let schede = if run.consolidation.schede.len() == 1 { "scheda" } else { "schede" };
    format!(
        "{}: {degree}; {schede} {}; {}.",
        month_title(run.consolidation.month),
        colours.join(", "),
        risk::message(run)
    )
}

/// What the symbols mean, how coverage is counted, where the first column leads.
fn legend(run: &Run<'_>) -> String {
    let scoring = &run.plan.scoring;
    let (green, yellow) = (scoring.green.to_italian(2), scoring.yellow.to_italian(2));
    let colours = if run.consolidation.closed {
        format!(
            "Schede e gruppi, dal grado: ● verde da {green}, ▲ giallo da {yellow}, ■ rosso sotto {yellow}, ○ senza \
             grado. Indicatori: ● raggiunto, ▲ in parte, ■ non raggiunto, ○ senza giudizio: nel grado conta 0 \
             (se non è escluso per decisione), nella colonna accanto e nell'andamento è lasciato fuori."
        )
    } else {
        format!(
            "Grado sul passo: contro ciò che serve {}; grado su 100: contro il target dell'anno. Indicatori, dal grado sul passo: ● 100 \
             (o scadenza ancora aperta), ▲ meno di 100, ■ meno di 100 e non più raggiungibile, ○ senza giudizio: fuori da tutti e due i \
             gradi. Schede e gruppi hanno il colore peggiore dei loro indicatori; ○ non lo cambia.",
            at_month(run.consolidation.month.month)
        )
    };
    let trend = if run.consolidation.closed {
        "il grado senza ciò che manca, da gennaio a dicembre,"
    } else {
        "il grado su 100"
    };
    format!(
        "{colours} Copertura: rilevazioni presenti su quelle attese. Andamento: {trend} alla fine di ogni mese. La prima \
         colonna porta agli indicatori di una scheda, o alla formula che fa il grado di un gruppo dai gradi delle schede; \
         «{}» porta al ricalcolo della scheda, o alla scheda peggiore del gruppo.",
        Tree::Lead.name()
    )
}
