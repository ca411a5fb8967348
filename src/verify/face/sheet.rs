//! A sheet: looks of its cells, what is hidden, links, tables, paper, and whatever else lies on it.

use super::book::{Related, related, root};
use super::style::Styles;
use super::{Facts, SheetFace, add, drawing, is_off, is_on, spelled};
use crate::model::{CellRef, Number};
use crate::read::{Area, Node, Parts};
use crate::verify::cells::unquoted;

/// Columns with a width kept, of a sheet: a width may be said of all the 16 384 at once.
const COLUMNS: u32 = 1_000;

pub(super) fn face(parts: &Parts, part: &str, styles: &Styles) -> Option<SheetFace> {
    let sheet = root(parts, part)?;
    let related = related(parts, part);
    let mut face = SheetFace::default();
    for node in &sheet.children {
        match node.name.as_str() {
            "sheetData" => rows(node, styles, &mut face),
            "cols" => columns(node, &mut face),
            "sheetFormatPr" => defaults(node, &mut face),
            "extLst" => extensions(node, &mut face.facts),
            _ => element(node, &related, &mut face.facts),
        }
    }
    for one in &related {
        match one.kind.as_str() {
            "drawing" => drawing::objects(parts, &one.target, &mut face.facts)?,
            "table" => table(&root(parts, &one.target)?, &mut face.facts),
            "hyperlink" | "printerSettings" => {}
            other => add(&mut face.facts, None, "oggetto del foglio in più", other),
        }
    }
    Some(face)
}

fn rows(data: &Node, styles: &Styles, face: &mut SheetFace) {
    let mut hidden = Vec::new();
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
            let style = cell.get("s").unwrap_or("0").parse().ok();
            if let (Some(at), Some(look)) = (at, style.and_then(|style| styles.get(style))) {
                face.looks.insert(at, look);
            }
            if cell.child("is").is_some_and(|text| text.child("r").is_some()) {
                add(&mut face.facts, at, "testo con più di un carattere o colore", "c'è");
            }
        }
    }
    if !hidden.is_empty() {
        add(&mut face.facts, None, "righe nascoste", &hidden.join(", "));
    }
}

/// Elements that a cell, a row or the data of a sheet do not hold: readers may take them or not.
fn odd_children(node: &Node, known: &[&str], facts: &mut Facts) {
    for child in node.children.iter().filter(|child| !known.contains(&child.name.as_str())) {
        add(facts, None, "elemento del foglio in più", &spelled(child));
    }
}

fn columns(columns: &Node, face: &mut SheetFace) {
    let mut hidden = Vec::new();
    for column in columns.all("col") {
        let edge = |name: &str| column.get(name).and_then(|number| number.parse::<u32>().ok());
        let (Some(first), Some(last)) = (edge("min"), edge("max")) else { continue };
        if is_on(column, "hidden") {
            hidden.push(format!("{}:{}", super::letters(first), super::letters(last)));
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
fn defaults(node: &Node, face: &mut SheetFace) {
    if is_on(node, "zeroHeight") {
        add(&mut face.facts, None, "righe nascoste", "quelle senza altezza");
    }
    face.height = node.get("defaultRowHeight").and_then(Number::parse);
    face.width =
        Some(node.get("defaultColWidth").and_then(Number::parse).unwrap_or_else(|| Number::from(8_i64)));
}

/// Elements in which there is nothing to see, or that are looked at elsewhere.
const PLAIN: [&str; 7] =
    ["sheetPr", "dimension", "ignoredErrors", "phoneticPr", "sheetCalcPr", "drawing", "tableParts"];

fn element(node: &Node, related: &[Related], facts: &mut Facts) {
    match node.name.as_str() {
        "sheetViews" => node.all("sheetView").for_each(|view| seen(view, facts)),
        "mergeCells" => node.all("mergeCell").for_each(|merge| {
            let area = merge.get("ref").and_then(Area::parse);
            add(facts, area.map(|area| area.first), "celle unite", merge.get("ref").unwrap_or("?"));
        }),
        "hyperlinks" => node.all("hyperlink").for_each(|one| link(one, related, facts)),
        "dataValidations" => node.all("dataValidation").for_each(|one| choices(one, facts)),
        "printOptions" => {}
        "pageMargins" => {
            let sides = ["left", "right", "top", "bottom", "header", "footer"];
            let sides: Vec<&str> = sides.iter().map(|side| node.get(side).unwrap_or("?")).collect();
            add(facts, None, "margini di stampa", &sides.join(" "));
        }
        "pageSetup" => page(node, facts),
        "headerFooter" => heads(node, facts),
        "rowBreaks" | "colBreaks" => {
            let about = if node.name == "rowBreaks" { "salti di pagina" } else { "salti di colonna" };
            let breaks: Vec<&str> = node.all("brk").filter_map(|one| one.get("id")).collect();
            if !breaks.is_empty() {
                add(facts, None, about, &breaks.join(", "));
            }
        }
        name if PLAIN.contains(&name) => {}
        _ => add(facts, None, "elemento del foglio in più", &spelled(node)),
    }
}

/// Head and foot of the pages, and whether some pages have others.
fn heads(node: &Node, facts: &mut Facts) {
    for part in node.children.iter().filter(|part| !part.text.is_empty()) {
        let about = match part.name.as_str() {
            "oddHeader" => "intestazione di stampa",
            "oddFooter" => "piè di pagina",
            _ => "intestazione di altre pagine",
        };
        add(facts, None, about, &words_of_paper(&part.text));
    }
    for name in ["differentFirst", "differentOddEven"].into_iter().filter(|name| is_on(node, name)) {
        add(facts, None, "pagine con un'altra intestazione", name);
    }
}

/// What a view of the sheet hides or turns round.
fn seen(view: &Node, facts: &mut Facts) {
    let odd = [
        ("le formule al posto dei valori", is_on(view, "showFormulas")),
        ("gli zeri nascosti", is_off(view, "showZeros")),
        ("da destra a sinistra", is_on(view, "rightToLeft")),
    ];
    for (words, _) in odd.iter().filter(|(_, on)| *on) {
        add(facts, None, "vista del foglio", words);
    }
}

fn link(node: &Node, related: &[Related], facts: &mut Facts) {
    let Some(area) = node.get("ref").and_then(Area::parse) else {
        return add(facts, None, "collegamento", &spelled(node));
    };
    let outside = node.get("id").and_then(|id| related.iter().find(|one| one.id == id));
    let mut said = outside.map(|one| one.target.clone()).unwrap_or_default();
    said.push_str(&unquoted(node.get("location").unwrap_or_default()));
    if area.first != area.last {
        said.push_str(&format!(" (da {area})"));
    }
    if let Some(hint) = node.get("tooltip") {
        said.push_str(&format!(" «{hint}»"));
    }
    add(facts, Some(area.first), "collegamento", &said);
}

/// The words that a cell offers to choose from.
fn choices(node: &Node, facts: &mut Facts) {
    let offered = node.child("formula1").map_or("", |formula| formula.text.trim());
    let said = format!("{} {offered}", node.get("type").unwrap_or("none"));
    for area in node.get("sqref").unwrap_or_default().split_whitespace() {
        match Area::parse(area) {
            Some(area) if area.first == area.last => add(facts, Some(area.first), "scelte offerte", &said),
            _ => add(facts, None, "scelte offerte", &format!("{area}: {said}")),
        }
    }
}

fn page(node: &Node, facts: &mut Facts) {
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

fn table(table: &Node, facts: &mut Facts) {
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
    let dressed = table
        .within()
        .into_iter()
        .flat_map(|node| &node.attributes)
        .filter(|(name, _)| name.ends_with("DxfId") || name.ends_with("CellStyle"));
    for look in style.into_iter().chain(dressed.map(|(name, _)| name.as_str())) {
        add(facts, first, "aspetto della tabella", look);
    }
    let filter = table.child("autoFilter");
    if filter.is_some_and(|filter| !filter.children.is_empty()) {
        add(facts, first, "filtro della tabella", "attivo");
    }
}

/// Small bars, and whatever else a program puts behind.
fn extensions(list: &Node, facts: &mut Facts) {
    for node in list.all("ext").flat_map(|extension| &extension.children) {
        if node.name != "sparklineGroups" {
            add(facts, None, "elemento del foglio in più", &spelled(node));
            continue;
        }
        for group in node.all("sparklineGroup") {
            let bounds =
                ["type", "manualMin", "manualMax"].map(|name| group.get(name).unwrap_or("automatico"));
            let small = group.child("sparklines");
            for one in small.iter().flat_map(|list| list.all("sparkline")) {
                let said = |name: &str| one.child(name).map_or("", |node| node.text.trim());
                let said = format!("{} ({})", unquoted(said("f")), bounds.join(", "));
                let at = one.child("sqref").and_then(|node| CellRef::parse(node.text.trim()));
                add(facts, at, "piccolo grafico", &said);
            }
        }
    }
}
