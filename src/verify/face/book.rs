//! The whole file: where its parts are, what it says of itself, names that belong to a sheet's paper.

use super::style::Styles;
use super::{Face, Facts, add, is_off, is_on, sheet, spelled};
use crate::read::{Node, Parts};
use crate::verify::cells::unquoted;

/// A part that another one names.
pub(super) struct Related {
    pub id: String,
    /// The last word of its type: `drawing`, `table`, `hyperlink`.
    pub kind: String,
    /// Its name in the package; the address, when it is outside.
    pub target: String,
}

/// The parts that a part names, in the order written; those of the package itself for no name.
pub(super) fn related(parts: &Parts, part: &str) -> Vec<Related> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let Some(root) = parts.get(&format!("{folder}/_rels/{name}.rels")).and_then(|part| Node::parse(part))
    else {
        return Vec::new();
    };
    let one = |node: &Node| {
        let outside = node.get("TargetMode") == Some("External");
        let target = node.get("Target")?;
        Some(Related {
            id: node.get("Id")?.to_owned(),
            kind: node.get("Type")?.rsplit('/').next()?.to_owned(),
            target: if outside { target.to_owned() } else { resolved(folder, target) },
        })
    };
    root.all("Relationship").filter_map(one).collect()
}

/// The name in the package of what a part in `folder` calls `target`.
fn resolved(folder: &str, target: &str) -> String {
    let mut way: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/').filter(|step| !step.is_empty()) {
        if step == ".." {
            way.pop();
        } else {
            way.push(step);
        }
    }
    way.join("/")
}

/// The root of a part, when there is one that can be read.
pub(super) fn root(parts: &Parts, name: &str) -> Option<Node> {
    Node::parse(parts.get(name)?)
}

/// The parts that every reader must take from the same place: relationship, where it leads.
const MAIN: [(&str, &str); 3] =
    [("officeDocument", WORKBOOK), ("styles", "xl/styles.xml"), ("sharedStrings", STRINGS)];
const WORKBOOK: &str = "xl/workbook.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

pub(super) fn face(parts: &Parts) -> Option<Face> {
    let workbook = root(parts, WORKBOOK)?;
    let styles = Styles::of(&root(parts, "xl/styles.xml")?);
    let named = related(parts, WORKBOOK);
    let mut face = Face::default();
    places(parts, &named, &mut face.book);
    about(parts, &workbook, &mut face.book);
    let sheets: Vec<&Node> = workbook.child("sheets")?.all("sheet").collect();
    for (place, listed) in sheets.iter().enumerate() {
        let id = listed.get("id")?;
        let part = &named.iter().find(|related| related.id == id)?.target;
        let mut own = sheet::face(parts, part, &styles)?;
        own_names(&workbook, place, &mut own.facts);
        face.sheets.insert(listed.get("name")?.to_owned(), own);
    }
    Some(face)
}

/// Main parts that relationships place elsewhere, or twice: another program would read other parts than these.
fn places(parts: &Parts, named: &[Related], facts: &mut Facts) {
    let outer = related(parts, "");
    for (kind, place) in MAIN {
        let mut targets = outer.iter().chain(named).filter(|one| one.kind == kind).map(|one| &one.target);
        if targets.next().map(String::as_str) != Some(place) || targets.next().is_some() {
            add(facts, None, "parte principale in un altro posto", kind);
        }
    }
    let mut sheets: Vec<&String> =
        named.iter().filter(|one| one.kind == "worksheet").map(|one| &one.target).collect();
    sheets.sort();
    sheets.dedup();
    let written = parts.keys().filter(|name| name.starts_with("xl/worksheets/") && !name.ends_with(".rels"));
    if written.count() != sheets.len() {
        add(facts, None, "parte principale in un altro posto", "fogli");
    }
}

/// What belongs to no sheet.
fn about(parts: &Parts, workbook: &Node, facts: &mut Facts) {
    if let Some(core) = root(parts, "docProps/core.xml") {
        for (name, words) in PROPERTIES {
            if let Some(node) = core.child(name).filter(|node| !node.text.trim().is_empty()) {
                add(facts, None, words, node.text.trim());
            }
        }
    }
    let own = root(parts, "docProps/custom.xml");
    for property in own.iter().flat_map(|root| &root.children) {
        add(facts, None, "proprietà del file", &spelled(property));
    }
    if let Some(way) = workbook.child("calcPr") {
        for (name, on) in
            [("fullPrecision", !is_off(way, "fullPrecision")), ("iterate", is_on(way, "iterate"))]
        {
            if on != (name == "fullPrecision") {
                add(facts, None, "modo di calcolo", name);
            }
        }
    }
    if workbook.child("workbookPr").is_some_and(|node| is_on(node, "date1904")) {
        add(facts, None, "modo di calcolo", "date dal 1904");
    }
    for (theme, colour) in theme(parts) {
        add(facts, None, "nero e bianco del tema", &format!("{theme} {colour}"));
    }
    for name in parts.keys().filter(|name| !is_known(name)) {
        add(facts, None, "parte del file in più", name);
    }
    let rich = root(parts, STRINGS)
        .map_or(0, |strings| strings.all("si").filter(|text| text.child("r").is_some()).count());
    if rich > 0 {
        add(facts, None, "testi con più di un carattere o colore", &rich.to_string());
    }
}

/// The theme's black and white where they are other colours.
fn theme(parts: &Parts) -> Vec<(&'static str, String)> {
    let Some(theme) = root(parts, "xl/theme/theme1.xml") else { return Vec::new() };
    let colours = theme.at(&["themeElements", "clrScheme"]);
    let colour = |name: &str| {
        let said = colours?.child(name)?.children.first()?;
        said.get("lastClr").or(said.get("val")).map(str::to_uppercase)
    };
    let plain = [("dk1", "000000"), ("lt1", "FFFFFF")];
    let odd = |(name, plain): (&'static str, &str)| {
        colour(name).filter(|colour| colour != plain).map(|colour| (name, colour))
    };
    plain.into_iter().filter_map(odd).collect()
}

/// Properties that say what the file is; who saved it last and when is another program's to say.
const PROPERTIES: [(&str, &str); 9] = [
    ("title", "titolo del file"),
    ("subject", "oggetto del file"),
    ("creator", "autore del file"),
    ("description", "descrizione del file"),
    ("keywords", "parole chiave del file"),
    ("category", "categoria del file"),
    ("contentStatus", "stato del file"),
    ("language", "lingua del file"),
    ("created", "data di creazione del file"),
];

/// Kinds of parts that a consolidated workbook has, or that programs add without anything to see in them.
const KNOWN: [&str; 13] = [
    "[Content_Types].xml",
    "docProps/",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/calcChain.xml",
    "xl/metadata.xml",
    "xl/theme/",
    "xl/worksheets/sheet",
    "xl/charts/",
    "xl/drawings/drawing",
    "xl/tables/",
    "xl/printerSettings/",
];

fn is_known(name: &str) -> bool {
    name.ends_with(".rels") || KNOWN.iter().any(|known| name.starts_with(known))
}

/// Names that belong to the sheet in this place: print area, repeated rows, and those that no workbook of ours has.
fn own_names(workbook: &Node, place: usize, facts: &mut Facts) {
    let names = workbook.child("definedNames");
    for name in names.iter().flat_map(|names| names.all("definedName")) {
        if name.get("localSheetId").and_then(|id| id.trim().parse().ok()) != Some(place) {
            continue;
        }
        let range = unquoted(&name.text);
        match name.get("name").unwrap_or_default() {
            "_xlnm.Print_Area" => add(facts, None, "area di stampa", &range),
            "_xlnm.Print_Titles" => add(facts, None, "righe ripetute in stampa", &range),
            // Programs keep where a table filters.
            "_xlnm._FilterDatabase" => {}
            // On its sheet it would stand for the name of the whole file, in every formula.
            other => add(facts, None, "nome che vale solo nel foglio", &format!("{other} = {range}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn a_part_is_found_from_the_one_that_names_it() {
        assert_eq!(resolved("xl/worksheets", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml");
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
    }
}
