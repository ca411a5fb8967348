//! A sheet: looks of its cells, what is hidden, links, tables, paper, and whatever else lies on it.

use std::collections::BTreeSet;

use super::facts::{Facts, HINT, add, is_on, spelled};
use super::leaves::{add_leaves, leaves};
use super::package::{Package, Unreadable, named};
use super::seen::SheetFace;
use super::style::Styles;
use super::{drawing, quiet};
use crate::model::{CellRef, Number};
use crate::package::{Bond, Element};
use crate::read::Area;
use crate::verify::words::unquoted;

/// Columns with a width kept, of a sheet: a width may be said of all the 16 384 at once.
const COLUMNS: u32 = 1_000;

pub(super) fn face(package: &Package<'_>, part: &str, styles: &Styles) -> Result<SheetFace, Unreadable> {
    let sheet = package.need(part)?;
    let related = package.related(part);
    let mut face = SheetFace::default();
    for node in &sheet.children {
        match node.name() {
            "sheetData" => rows(node, styles, &mut face),
            "cols" => columns(node, &mut face),
            "sheetFormatPr" => defaults(node, &mut face),
            "extLst" => extensions(node, &mut face.facts),
            "drawing" => {
                let drawn = named(&related, node.get("id"), "drawing");
                let drawn = drawn.ok_or_else(|| Unreadable::of(part, "drawing"))?;
                drawing::objects(package, drawn, &mut face.facts)?;
            }
            "tableParts" => {
                for listed in &node.children {
                    let one = named(&related, listed.get("id"), "table");
                    let one = one.ok_or_else(|| Unreadable::of(part, "table"))?;
                    table(package.need(one)?, &mut face.facts);
                }
            }
            _ => element(node, &related, &mut face.facts),
        }
    }
    add_leaves(&mut face.facts, None, "foglio", sheet, &quiet::SHEET);
    Ok(face)
}

fn rows(data: &Element, styles: &Styles, face: &mut SheetFace) {
    let mut hidden = Vec::new();
    let mut shared = BTreeSet::new();
    odd_children(data, &["row"], &mut face.facts);
    for row in data.all("row") {
        odd_children(row, &["c"], &mut face.facts);
        let number: Option<u32> = row.get("r").and_then(|number| number.parse().ok());
        if is_on(row, "hidden") {
            hidden.push(row.get("r").unwrap_or("?").to_owned());
        }
        if let (Some(number), Some(height)) = (number, row.get("ht").and_then(Number::parse)) {
            face.heights.insert(number, height);
        }
        for cell in row.all("c") {
            odd_children(cell, &["v", "f", "is"], &mut face.facts);
            let at = cell.get("r").and_then(CellRef::parse);
            kind(cell, at, &mut shared, &mut face.facts);
            let style = cell.get("s").unwrap_or("0").parse().ok();
            if let (Some(at), Some(look)) = (at, style.and_then(|style| styles.get(style))) {
                face.looks.insert(at, look);
            }
            let is_plain = |text: &Element| text.children.iter().all(|child| child.name() == "t");
            if !cell.child("is").is_none_or(is_plain) {
                add(&mut face.facts, at, "testo con più di un carattere o colore", "c'è");
            }
        }
    }
    if !hidden.is_empty() {
        add(&mut face.facts, None, "righe nascoste", &hidden.join(", "));
    }
}

/// What of a cell could make it show another thing than its formula gives: formulas over many cells, tables
/// of data. Formulas that programs share among cells are read; `shared` are those met.
fn kind(cell: &Element, at: Option<CellRef>, shared: &mut BTreeSet<String>, facts: &mut Facts) {
    let odd = |node: &Element, known: &[&str]| -> Vec<String> {
        let odd = node.attributes().filter(|(name, _)| !known.contains(name));
        odd.map(|(name, said)| format!("{name} {said}")).collect()
    };
    let mut told = odd(cell, &["r", "s", "t"]);
    for formula in cell.all("f") {
        match formula.get("t") {
            Some("shared") => {
                let first = formula.get("ref").is_some();
                let twice = first && !shared.insert(formula.get("si").unwrap_or_default().to_owned());
                if twice || (!first && !formula.text().trim().is_empty()) {
                    told.push("condivisa, e insieme sua".to_owned());
                }
                told.extend(odd(formula, &["t", "si", "ref", "aca", "ca", "space"]));
            }
            _ => told.extend(odd(formula, &["aca", "ca", "space"])),
        }
    }
    if !told.is_empty() {
        add(facts, at, "genere della formula o della cella", &told.join(", "));
    }
}

/// Elements that a cell, a row or the data of a sheet do not hold: readers may take them or not.
fn odd_children(node: &Element, known: &[&str], facts: &mut Facts) {
    for child in node.children.iter().filter(|child| !known.contains(&child.name())) {
        add(facts, None, "elemento del foglio in più", &spelled(child));
    }
}

fn columns(columns: &Element, face: &mut SheetFace) {
    let mut hidden = Vec::new();
    for column in columns.all("col") {
        let edge = |name: &str| column.get(name).and_then(|number| number.parse::<u32>().ok());
        let (Some(first), Some(last)) = (edge("min"), edge("max")) else { continue };
        if is_on(column, "hidden") {
            hidden.push(format!("{}:{}", super::facts::letters(first), super::facts::letters(last)));
        }
        if let Some(width) = column.get("width").and_then(Number::parse) {
            face.widths.extend((first..=last.min(COLUMNS)).map(|column| (column, width.clone())));
        }
    }
    if !hidden.is_empty() {
        add(&mut face.facts, None, "colonne nascoste", &hidden.join(", "));
    }
}

/// The sizes of rows and columns that say none.
fn defaults(node: &Element, face: &mut SheetFace) {
    if is_on(node, "zeroHeight") {
        add(&mut face.facts, None, "righe nascoste", "quelle senza altezza");
    }
    face.height = node.get("defaultRowHeight").and_then(Number::parse);
    face.width =
        Some(node.get("defaultColWidth").and_then(Number::parse).unwrap_or_else(|| Number::from(8_i64)));
}

/// What a sheet says in words of its own; the rest is told leaf by leaf.
fn element(node: &Element, related: &[Bond], facts: &mut Facts) {
    match node.name() {
        "sheetViews" => node.all("sheetView").for_each(|view| {
            add_leaves(facts, None, "vista del foglio", view, &quiet::VIEW);
        }),
        "mergeCells" => node.all("mergeCell").for_each(|merge| {
            let area = merge.get("ref").and_then(Area::parse);
            add(facts, area.map(|area| area.first), "celle unite", merge.get("ref").unwrap_or("?"));
        }),
        "hyperlinks" => node.all("hyperlink").for_each(|one| link(one, related, facts)),
        "dataValidations" => node.all("dataValidation").for_each(|one| choices(one, facts)),
        "pageMargins" => {
            let sides = ["left", "right", "top", "bottom", "header", "footer"];
            let sides: Vec<&str> = sides.iter().map(|side| node.get(side).unwrap_or("?")).collect();
            add(facts, None, "margini di stampa", &sides.join(" "));
        }
        "pageSetup" => page(node, facts),
        "headerFooter" => heads(node, facts),
        "rowBreaks" | "colBreaks" => {
            let about = if node.name() == "rowBreaks" { "salti di pagina" } else { "salti di colonna" };
            let breaks: Vec<&str> = node.all("brk").filter_map(|one| one.get("id")).collect();
            if !breaks.is_empty() {
                add(facts, None, about, &breaks.join(", "));
            }
        }
        _ => {}
    }
}

/// Head and foot of the pages.
fn heads(node: &Element, facts: &mut Facts) {
    for (name, about) in [("oddHeader", "intestazione di stampa"), ("oddFooter", "piè di pagina")] {
        if let Some(part) = node.child(name).filter(|part| !part.text().is_empty()) {
            add(facts, None, about, &words_of_paper(&part.text()));
        }
    }
}

fn link(node: &Element, related: &[Bond], facts: &mut Facts) {
    let Some(area) = node.get("ref").and_then(Area::parse) else {
        return add(facts, None, "collegamento", &spelled(node));
    };
    let outside = node.get("id").and_then(|id| related.iter().find(|one| one.id == id));
    let mut said = outside.map(|one| one.target.clone()).unwrap_or_default();
    said.push_str(&unquoted(node.get("location").unwrap_or_default()));
    if area.first != area.last {
        said.push_str(&format!(" (da {area})"));
    }
    add(facts, Some(area.first), "collegamento", &said);
    if let Some(hint) = node.get("tooltip") {
        add(facts, Some(area.first), HINT, hint);
    }
}

/// The words that a cell offers to choose from.
fn choices(node: &Element, facts: &mut Facts) {
    let offered = node.child("formula1").map(Element::text).unwrap_or_default();
    let more = leaves(node, &quiet::CHOICES).into_iter().map(|(way, said)| format!(", {way} {said}"));
    let more: String = more.collect();
    let said = format!("{} {}{more}", node.get("type").unwrap_or("none"), offered.trim());
    for area in node.get("sqref").unwrap_or_default().split_whitespace() {
        match Area::parse(area) {
            Some(area) if area.first == area.last => add(facts, Some(area.first), "scelte offerte", &said),
            _ => add(facts, None, "scelte offerte", &format!("{area}: {said}")),
        }
    }
}

fn page(node: &Element, facts: &mut Facts) {
    let paper = node.get("paperSize").unwrap_or("?");
    let orientation = node.get("orientation").unwrap_or("portrait");
    add(facts, None, "foglio di carta", &format!("{paper} {orientation}"));
    if node.get("scale").is_some_and(|scale| scale.parse::<u32>().is_ok_and(|scale| scale < 30)) {
        add(facts, None, "scala di stampa", node.get("scale").unwrap_or_default());
    }
}

/// Head or foot of the pages in one spelling: programs leave out the size and the letters that are their own.
fn words_of_paper(text: &str) -> String {
    let plain = ["&\"Calibri,Regular\"", "&\"Calibri,Bold\"", "&11"];
    let bare = plain.iter().fold(text.to_owned(), |text, code| text.replace(code, ""));
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn table(table: &Element, facts: &mut Facts) {
    let area = table.get("ref").unwrap_or("?");
    let columns = table.child("tableColumns");
    let names: Vec<&str> = columns
        .iter()
        .flat_map(|list| list.all("tableColumn"))
        .filter_map(|column| column.get("name"))
        .collect();
    let first = Area::parse(area).map(|area| area.first);
    add(facts, first, "tabella", &format!("{area}: {}", names.join(", ")));
    let style = table.child("tableStyleInfo").and_then(|info| info.get("name"));
    style.into_iter().for_each(|style| add(facts, first, "aspetto della tabella", style));
    add_leaves(facts, first, "tabella", table, &quiet::TABLE);
}

/// Small bars, and whatever else a program puts behind.
fn extensions(list: &Element, facts: &mut Facts) {
    for node in list.all("ext").flat_map(|extension| &extension.children) {
        if node.name() != "sparklineGroups" {
            add(facts, None, "elemento del foglio in più", &spelled(node));
            continue;
        }
        for group in node.all("sparklineGroup") {
            let look: Vec<String> = leaves(group, &quiet::BARS)
                .iter()
                .map(|(way, said)| format!("{} {said}", way.trim_start_matches("sparklineGroup")))
                .collect();
            let small = group.child("sparklines");
            for one in small.iter().flat_map(|list| list.all("sparkline")) {
                let from = one.child("f").map(Element::text).unwrap_or_default();
                let said = format!("{} ({})", unquoted(from.trim()), look.join(", "));
                let at = one.child("sqref").and_then(|node| CellRef::parse(node.text().trim()));
                add(facts, at, "piccolo grafico", &said);
            }
        }
    }
}
