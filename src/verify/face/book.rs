//! The whole file: what it says of itself, how it calculates, its theme, names that belong to a sheet's
//! paper.

use super::facts::{Facts, add};
use super::leaves::{add_leaves, leaves};
use super::package::{Package, STRINGS, STYLES, THEME, Unreadable, WORKBOOK, named};
use super::seen::Face;
use super::style::Styles;
use super::{quiet, sheet};
use crate::package::{Element, Parts};
use crate::verify::words::unquoted;

pub(super) fn face(parts: &Parts) -> Result<Face, Unreadable> {
    let package = Package::of(parts);
    let workbook = package.need(WORKBOOK)?;
    let styles = Styles::of(package.need(STYLES)?);
    let related = package.related(WORKBOOK);
    let mut face = Face::default();
    package.facts(&mut face.book);
    about(&package, workbook, &mut face.book);
    let sheets = workbook.child("sheets");
    for (place, listed) in sheets.iter().flat_map(|sheets| sheets.all("sheet")).enumerate() {
        let part = named(&related, listed.get("id"), "worksheet")
            .ok_or_else(|| Unreadable::of(WORKBOOK, "worksheet"))?;
        let mut own = sheet::face(&package, part, &styles)?;
        own_names(workbook, place, &mut own.facts);
        face.sheets.insert(listed.get("name").unwrap_or_default().to_owned(), own);
    }
    Ok(face)
}

/// What belongs to no sheet.
fn about(package: &Package<'_>, workbook: &Element, facts: &mut Facts) {
    properties(package, facts);
    add_leaves(facts, None, "modo di calcolo e di lettura", workbook, &quiet::WORKBOOK);
    let names = workbook.child("definedNames");
    for name in names.iter().flat_map(|names| names.all("definedName")) {
        // What it stands for is told among the cells.
        let text = name.text();
        for (way, said) in leaves(name, &quiet::NAME) {
            let told = way.is_empty() && said == text.trim();
            if !told && !way.ends_with("@name") && !way.ends_with("@localSheetId") {
                let own = name.get("name").unwrap_or_default();
                add(facts, None, &format!("nome {own} ({way})"), &said);
            }
        }
    }
    if let Some(theme) = package.root(THEME) {
        add_leaves(facts, None, super::facts::COLOURS, theme, &quiet::THEME);
    }
    let plain = |child: &Element| matches!(child.name(), "t" | "phoneticPr");
    let odd = |text: &&Element| !text.children.iter().all(plain);
    let rich = package.root(STRINGS).map_or(0, |strings| strings.all("si").filter(odd).count());
    if rich > 0 {
        add(facts, None, "testi con più di un carattere o colore", &rich.to_string());
    }
}

/// What the file says of itself.
fn properties(package: &Package<'_>, facts: &mut Facts) {
    for part in ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"] {
        let root = package.root(part);
        for (way, said) in root.map(|root| leaves(root, &quiet::PROPERTIES)).unwrap_or_default() {
            let own = way.rsplit('/').next().unwrap_or_default();
            let words = PROPERTIES.iter().find(|(name, _)| *name == own).map(|(_, words)| *words);
            add(facts, None, words.unwrap_or(&format!("proprietà del file ({way})")), &said);
        }
    }
}

/// Properties with words of their own.
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

/// Names that belong to the sheet in this place: print area, repeated rows, and those that no workbook of
/// ours has.
fn own_names(workbook: &Element, place: usize, facts: &mut Facts) {
    let names = workbook.child("definedNames");
    for name in names.iter().flat_map(|names| names.all("definedName")) {
        if name.get("localSheetId").and_then(|id| id.trim().parse().ok()) != Some(place) {
            continue;
        }
        let range = unquoted(&name.text());
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
