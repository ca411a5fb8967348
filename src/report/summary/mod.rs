//! *Sintesi*: how is the year going, what is at risk and why? One page, to be looked at.
//!
//! The performance tree comes first (ente, perspectives, strategic objectives, schede), then what is at risk. Beyond
//! what is printed every figure stands again as a live formula, with its difference from the engine's.

mod risk;
mod room;
#[cfg(test)]
mod tests;
mod tree;
mod twins;
mod why;

use crate::model::{Light, count};

use super::Run;
use super::index::Index;
use super::scheda::Places;
use super::sheet::{Frozen, Paper, Row, RowKind, Sheet, TabKind};
use super::table::{BODY, HEADER, area, header, heading, names};
use super::words::month_title;
use tree::{Node, PRINTED};

/// The sheet of the whole year.
pub(super) fn sheet(run: &Run<'_>, _: &Index<'_>, places: &Places) -> Sheet {
    let nodes = tree::nodes(run);
    let twins = twins::Twins::of(run, places, &nodes);
    let columns = columns(run, &twins);
    let span = u16::try_from(PRINTED).unwrap_or(1);
    let mut rows = heading("Sintesi", &message(run), span);
    let body: Vec<Row> = nodes.iter().map(|node| row(run, node, &twins)).collect();
    rows.push(header(&columns, body.iter().map(|row| row.cells.as_slice())));
    rows.extend(body);
    rows.push(Row::line(RowKind::Subtitle, 0, legend(run), span));
    let last = BODY + u32::try_from(nodes.len()).unwrap_or(0) - 1;
    let mut tables = vec![area(HEADER, 0, last, u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1))];
    let widths: Vec<u16> = columns.iter().map(|(_, width)| *width).collect();
    let fits = room::left(&rows, &widths).is_some();
    let risks = risk::block(run, places, &widths, &rows, fits);
    tables.extend(risks.table);
    rows.extend(risks.rows);
    Sheet {
        name: names::SUMMARY,
        tab: TabKind::Reading,
        widths,
        rows,
        frozen: Some(Frozen { rows: BODY, columns: 2 }),
        repeat: None,
        paper: if fits { Paper::Upright(span) } else { Paper::UpTo(span) },
        tables,
        charts: Vec::new(),
        sparklines: tree::sparklines(&nodes, places),
    }
}

/// The rows of the performance tree.
pub(super) fn rows(run: &Run<'_>) -> usize {
    tree::nodes(run).len()
}

/// Header and width of every column, the live ones too where there are any.
fn columns(run: &Run<'_>, twins: &twins::Twins<'_>) -> Vec<(&'static str, u16)> {
    let mut columns = tree::columns(run).to_vec();
    if twins.exist() {
        columns.extend(twins::COLUMNS);
    }
    columns
}

fn row(run: &Run<'_>, node: &Node<'_>, twins: &twins::Twins<'_>) -> Row {
    let mut cells = tree::cells(run, node);
    if twins.exist() {
        let live = twins.cells(node, &cells);
        cells.extend(live);
    }
    Row::of(RowKind::Body, cells)
}

/// The conclusion in one sentence: the ente's degree, how many schede of each colour, how many indicators at risk.
fn message(run: &Run<'_>) -> String {
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
    let degree = run.consolidation.ente.official.as_ref().map_or_else(
        || "ente ancora senza grado".to_owned(),
        |grade| format!("ente a {} su 100", grade.to_italian(2)),
    );
    let schede = if run.consolidation.schede.len() == 1 { "scheda" } else { "schede" };
    format!(
        "{}: {degree}; {schede} {}; {}.",
        month_title(run.consolidation.month),
        colours.join(", "),
        risk::message(run)
    )
}

/// What the symbols mean, and how coverage is counted.
fn legend(run: &Run<'_>) -> String {
    let scoring = &run.plan.scoring;
    let (green, yellow) = (scoring.green.to_italian(2), scoring.yellow.to_italian(2));
    let colours = if run.consolidation.closed {
        format!(
            "Scheda: ● verde da {green}, ▲ giallo da {yellow}, ■ rosso sotto {yellow}, ○ grigio senza grado. \
             Indicatori: ● raggiunti, ▲ in parte, ■ non raggiunti, ○ senza giudizio."
        )
    } else {
        "● già raggiunto o in linea, ▲ in ritardo, ■ non più raggiungibile, ○ senza giudizio; la scheda ha il colore \
         peggiore dei suoi indicatori."
            .to_owned()
    };
    format!("{colours} Copertura: rilevazioni presenti su quelle attese.")
}
