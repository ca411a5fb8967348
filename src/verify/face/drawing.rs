//! Charts, and whatever else is drawn over the cells.

use super::book::{related, root};
use super::{ALTERNATIVE, Facts, add, spelled};
use crate::model::CellRef;
use crate::read::{Node, Parts};
use crate::verify::cells::unquoted;

/// Adds what is drawn on a sheet; `None` when it cannot be read.
pub(super) fn objects(parts: &Parts, part: &str, facts: &mut Facts) -> Option<()> {
    let related = related(parts, part);
    for anchor in root(parts, part)?.children {
        let at = anchor.child("from").and_then(corner);
        let frame = anchor.child("graphicFrame");
        let chart = frame.and_then(|frame| frame.within().into_iter().find(|node| node.name == "chart"));
        let target = chart
            .and_then(|chart| chart.get("id"))
            .and_then(|id| related.iter().find(|one| one.id == id && one.kind == "chart"));
        let Some(target) = target else {
            add(facts, at, "oggetto disegnato", &spelled(&anchor));
            continue;
        };
        let until = anchor.child("to").and_then(corner).map_or_else(String::new, |cell| cell.to_string());
        add(facts, at, "grafico", &format!("fino a {until}"));
        let told = frame.and_then(|frame| frame.at(&["nvGraphicFramePr", "cNvPr"]));
        add(facts, at, ALTERNATIVE, told.and_then(|node| node.get("descr")).unwrap_or_default());
        chart_facts(&root(parts, &target.target)?, at, facts);
    }
    Some(())
}

/// The cell where a corner of an object lies.
fn corner(node: &Node) -> Option<CellRef> {
    let number = |name: &str| Some(node.child(name)?.text.trim().to_owned());
    Some(CellRef { row: number("row")?.parse().ok()?, col: number("col")?.parse().ok()? })
}

fn chart_facts(space: &Node, at: Option<CellRef>, facts: &mut Facts) {
    let Some(chart) = space.child("chart") else { return };
    add(facts, at, "titolo del grafico", &chart.child("title").map(words).unwrap_or_default());
    let blanks = chart.child("dispBlanksAs").and_then(|node| node.get("val")).unwrap_or("zero");
    add(facts, at, "mesi senza valore nel grafico", blanks);
    let plot = chart.child("plotArea");
    for part in plot.iter().flat_map(|plot| &plot.children) {
        if part.name.ends_with("Chart") {
            add(facts, at, "tipo di grafico", &part.name);
            for (place, series) in (1..).zip(part.all("ser")) {
                series_facts(series, place, at, facts);
            }
        } else if part.name.ends_with("Ax") {
            axis(part, at, facts);
        }
    }
    let known = ["chart", "lang", "roundedCorners", "date1904", "style", "AlternateContent"];
    let quiet = ["spPr", "txPr", "printSettings", "clrMapOvr", "extLst"];
    let more = |node: &&Node| !known.contains(&node.name.as_str()) && !quiet.contains(&node.name.as_str());
    for node in space.children.iter().filter(more) {
        add(facts, at, "altro nel grafico", &spelled(node));
    }
}

/// A title as it is read.
fn words(node: &Node) -> String {
    let within = node.within();
    let said = within.iter().filter(|node| node.name == "t" || node.name == "v");
    said.map(|node| node.text.as_str()).collect()
}

fn series_facts(series: &Node, place: usize, at: Option<CellRef>, facts: &mut Facts) {
    for (name, about) in [("tx", "nome"), ("cat", "mesi"), ("val", "valori")] {
        let Some(node) = series.child(name) else { continue };
        let from = node.within().into_iter().find(|node| node.name == "f");
        // A name typed in the chart is given by some programs as a formula that is only that text.
        let from = from.map(|node| unquoted(&node.text)).filter(|text| !text.starts_with('"'));
        let values: Vec<String> =
            node.within().iter().filter(|node| node.name == "v").map(|node| node.text.clone()).collect();
        let about = format!("{about} della serie {place} del grafico");
        add(facts, at, &about, &format!("{}: {}", from.unwrap_or_default(), values.join("; ")));
    }
    if series.child("trendline").is_some() || series.child("errBars").is_some() {
        add(facts, at, "linee in più nel grafico", &place.to_string());
    }
}

fn axis(axis: &Node, at: Option<CellRef>, facts: &mut Facts) {
    let about =
        if axis.name == "valAx" { "asse dei valori del grafico" } else { "asse dei mesi del grafico" };
    let bound = |name: &str| axis.at(&["scaling", name]).and_then(|node| node.get("val")).unwrap_or("libero");
    let turned = axis.at(&["scaling", "orientation"]).and_then(|node| node.get("val")).unwrap_or("minMax");
    let gone =
        axis.child("delete").and_then(|node| node.get("val")).is_some_and(|on| on == "1" || on == "true");
    let logarithmic = axis.at(&["scaling", "logBase"]).is_some();
    let title = axis.child("title").map(words).unwrap_or_default();
    let odd = match (turned, gone, logarithmic) {
        ("minMax", false, false) => "",
        _ => " (rovesciato, nascosto o logaritmico)",
    };
    let format =
        axis.child("numFmt").filter(|_| axis.name == "valAx").and_then(|node| node.get("formatCode"));
    let said = format!("{title} da {} a {} {}{odd}", bound("min"), bound("max"), format.unwrap_or_default());
    add(facts, at, about, &said);
}
