//! Charts, and whatever else is drawn over the cells.

use super::facts::{ALTERNATIVE, Facts, add, spelled};
use super::leaves::add_leaves;
use super::package::{Package, Unreadable, named};
use super::quiet;
use crate::model::CellRef;
use crate::package::Element;
use crate::verify::words::unquoted;

/// Adds what is drawn on a sheet.
pub(super) fn objects(package: &Package<'_>, part: &str, facts: &mut Facts) -> Result<(), Unreadable> {
    let related = package.related(part);
    for anchor in &package.need(part)?.children {
        let at = anchor.child("from").and_then(corner);
        let frame = anchor.child("graphicFrame");
        let chart = frame.and_then(|frame| frame.within().find(|node| node.is("chart")));
        let Some(target) = named(&related, chart.and_then(|chart| chart.get("id")), "chart") else {
            add(facts, at, "oggetto disegnato", &spelled(anchor));
            continue;
        };
        let until = anchor.child("to").and_then(corner).map_or_else(String::new, |cell| cell.to_string());
        add(facts, at, "grafico", &format!("fino a {until}"));
        let told = frame.and_then(|frame| frame.at(&["nvGraphicFramePr", "cNvPr"]));
        add(facts, at, ALTERNATIVE, told.and_then(|node| node.get("descr")).unwrap_or_default());
        add_leaves(facts, at, "oggetto disegnato", anchor, &quiet::FRAME);
        chart_facts(package.need(target)?, at, facts);
    }
    Ok(())
}

/// The cell where a corner of an object lies.
fn corner(node: &Element) -> Option<CellRef> {
    let number = |name: &str| Some(node.child(name)?.text().trim().to_owned());
    Some(CellRef { row: number("row")?.parse().ok()?, col: number("col")?.parse().ok()? })
}

/// What a chart says, the most seen in words of its own.
fn chart_facts(space: &Element, at: Option<CellRef>, facts: &mut Facts) {
    add_leaves(facts, at, "grafico", space, &quiet::CHART);
    let Some(chart) = space.child("chart") else { return };
    add(facts, at, "titolo del grafico", &chart.child("title").map(words).unwrap_or_default());
    let blanks = chart.child("dispBlanksAs").and_then(|node| node.get("val")).unwrap_or("zero");
    add(facts, at, "mesi senza valore nel grafico", blanks);
    let plot = chart.child("plotArea");
    for part in plot.iter().flat_map(|plot| &plot.children) {
        if part.name().ends_with("Chart") {
            for (place, series) in (1..).zip(part.all("ser")) {
                series_facts(series, place, at, facts);
            }
        } else if part.name().ends_with("Ax") {
            axis(part, at, facts);
        }
    }
}

/// A title as it is read.
fn words(node: &Element) -> String {
    node.within().filter(|node| node.is("t") || node.is("v")).map(Element::text).collect()
}

fn series_facts(series: &Element, place: usize, at: Option<CellRef>, facts: &mut Facts) {
    for (name, about) in [("tx", "nome"), ("cat", "mesi"), ("val", "valori")] {
        let Some(node) = series.child(name) else { continue };
        let said = |name: &str| -> Vec<String> {
            node.within().filter(|node| node.is(name)).map(|node| node.text().into_owned()).collect()
        };
        let (from, values) = (said("f").iter().map(|from| unquoted(from)).collect::<Vec<_>>(), said("v"));
        // A name typed in the chart is given by some programs as a formula that is only that text.
        let typed = values.iter().map(|text| format!("\"{}\"", text.replace('"', "\"\"")));
        let from = if typed.eq(from.iter().cloned()) { Vec::new() } else { from };
        let about = format!("{about} della serie {place} del grafico");
        add(facts, at, &about, &format!("{}: {}", from.join("; "), values.join("; ")));
    }
}

fn axis(axis: &Element, at: Option<CellRef>, facts: &mut Facts) {
    let about =
        if axis.name() == "valAx" { "asse dei valori del grafico" } else { "asse dei mesi del grafico" };
    let bound = |name: &str| axis.at(&["scaling", name]).and_then(|node| node.get("val")).unwrap_or("libero");
    let title = axis.child("title").map(words).unwrap_or_default();
    let format =
        axis.child("numFmt").filter(|_| axis.name() == "valAx").and_then(|node| node.get("formatCode"));
    let said = format!("{title} da {} a {} {}", bound("min"), bound("max"), format.unwrap_or_default());
    add(facts, at, about, &said);
}
