//! The changes that touch more than the cells of a sheet: the list of sheets, comments, properties, links.

use std::collections::BTreeMap;

use super::find::Spot;
use super::scene::{Scene, cell};
use super::sheet;
use super::trouble::Trouble;
use super::value;
use crate::model::{CellRef, Month};
use crate::package::{Element, Package, list_of};
use crate::read::Area;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/// What may stand in a workbook after its sheets and links.
const AFTER_LINKS: [&str; 11] = [
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
];
/// How far below the last row blank rows are added.
const FAR: u32 = 1_000;

/// The package is not as it must be.
pub(super) fn broken() -> Trouble {
    Trouble::wrong("la struttura interna del file non è quella prevista")
}

/// The entry of a sheet in the list of the workbook.
fn listed<'a>(package: &'a mut Package, name: &str) -> Result<&'a mut Element, Trouble> {
    package.sheet_part(name)?;
    let list = package.book()?.child_mut("sheets").ok_or_else(broken)?;
    list.children.iter_mut().find(|own| own.get("name") == Some(name)).ok_or_else(broken)
}

/// Renames a sheet, also where names of the workbook speak of it.
pub(super) fn rename(package: &mut Package, from: &str, to: &str) -> Result<(), Trouble> {
    listed(package, from)?.set("name", to);
    let names = package.book()?.child_mut("definedNames");
    let new = format!("'{}'!", to.replace('\'', "''"));
    for name in names.into_iter().flat_map(|own| &mut own.children) {
        let text = name.text().replace(&format!("'{from}'!"), &new);
        name.set_text(&text.replace(&format!("{from}!"), &new));
    }
    Ok(())
}

/// Hides a sheet.
pub(super) fn hide(package: &mut Package, name: &str) -> Result<(), Trouble> {
    listed(package, name)?.set("state", "hidden");
    Ok(())
}

/// Takes a sheet away, with the names of its own.
pub(super) fn remove_sheet(package: &mut Package, name: &str) -> Result<(), Trouble> {
    let index = package.sheets()?.iter().position(|sheet| sheet.name == name).unwrap_or(0);
    let part = package.sheet_part(name)?;
    let workbook = package.workbook()?;
    let related = package.related(&workbook)?;
    if let Some(bond) = related.iter().find(|bond| bond.target == part) {
        package.unrelate(&workbook, &bond.id)?;
    }
    package.undeclare(&part)?;
    package.remove(&part);
    let root = package.tree(&workbook)?;
    if let Some(list) = root.child_mut("sheets") {
        list.children.retain(|own| own.get("name") != Some(name));
    }
    if let Some(names) = root.child_mut("definedNames") {
        let local = |own: &Element| own.get("localSheetId").and_then(|id| id.parse::<usize>().ok());
        names.children.retain(|own| local(own) != Some(index));
        for own in names.children.iter_mut() {
            if let Some(id) = local(own).filter(|id| *id > index) {
                own.set("localSheetId", &(id - 1).to_string());
            }
        }
    }
    for view in root.child_mut("bookViews").into_iter().flat_map(|own| &mut own.children) {
        view.unset("activeTab");
        view.unset("firstSheet");
    }
    Ok(())
}

/// Adds a sheet with a text in its first cell.
pub(super) fn add_sheet(package: &mut Package, name: &str, text: &str) -> Result<(), Trouble> {
    let piece = Element::new("t", &[]).with_text(text);
    let cell =
        Element::new("c", &[("r", "A1"), ("t", "inlineStr")]).with([Element::new("is", &[]).with([piece])]);
    let data = Element::new("sheetData", &[]).with([Element::new("row", &[("r", "1")]).with([cell])]);
    put_sheet(package, name, &Element::new("worksheet", &[("xmlns", MAIN)]).with([data]))
}

/// Copies a sheet under another name; what hangs on other parts stays with the first one.
pub(super) fn copy_sheet(package: &mut Package, from: &str, to: &str) -> Result<(), Trouble> {
    let mut copy = package.sheet(from)?.clone();
    copy.children.retain(|own| {
        own.get("r:id").is_none() && !own.children.iter().any(|inner| inner.get("r:id").is_some())
    });
    put_sheet(package, to, &copy)
}

fn put_sheet(package: &mut Package, name: &str, root: &Element) -> Result<(), Trouble> {
    let part = package.free_name("xl/worksheets/sheet", ".xml");
    package.put(&part, root.to_part());
    package.declare(&part, &format!("{SPREADSHEET}.worksheet+xml"))?;
    let workbook = package.workbook()?;
    let id = package.relate(&workbook, "worksheet", &format!("/{part}"), false)?;
    let root = package.tree(&workbook)?;
    root.set("xmlns:r", RELATIONS);
    let list = root.child_mut("sheets").ok_or_else(broken)?;
    let number =
        list.children.iter().filter_map(|own| own.get("sheetId")?.parse::<u32>().ok()).max().unwrap_or(0);
    let attributes = [("name", name), ("sheetId", &(number + 1).to_string()), ("r:id", &id)];
    let new = Element::new(&list.kin("sheet"), &attributes);
    list.children.push(new);
    Ok(())
}

/// The rows of a sheet whose columns are months, and no text over several columns.
fn by_month(sheet: &Element, columns: [u16; 2]) -> impl Fn(u32) -> bool + use<> {
    let merges = sheet.child("mergeCells").into_iter().flat_map(|own| &own.children);
    let taken: Vec<(u32, u32)> = merges
        .filter_map(|own| {
            let Area { first, last } = Area::parse(own.get("ref")?)?;
            let crossed = columns.iter().any(|col| (first.col..=last.col).contains(col));
            crossed.then_some((first.row, last.row))
        })
        .collect();
    move |row| !taken.iter().any(|(first, last)| (*first..=*last).contains(&row))
}

/// Two months change places: `marzo aprile`.
pub(super) fn swap_months(
    package: &mut Package,
    name: &str,
    months: &str,
    scene: Scene,
) -> Result<(), Trouble> {
    let wrong = || Trouble::wrong(format!("mesi «{months}»"));
    let (one, other) = months.split_once(' ').ok_or_else(wrong)?;
    let (one, other) = (scene.month(one)?.ok_or_else(wrong)?, scene.month(other)?.ok_or_else(wrong)?);
    let (one, other) = (package.month_column(name, one)?, package.month_column(name, other)?);
    let sheet = package.sheet(name)?;
    let rows = by_month(sheet, [one, other]);
    sheet::swap_columns(sheet, rows, one, other);
    Ok(())
}

/// A second column of a month, after the last one.
pub(super) fn copy_month(package: &mut Package, name: &str, month: Month) -> Result<(), Trouble> {
    let column = package.month_column(name, month)?;
    let (header, _) = package.header(name, None)?;
    let last = package.texts(name)?.keys().map(|cell| cell.col).max().unwrap_or(column);
    let sheet = package.sheet(name)?;
    let rows = by_month(sheet, [column, column]);
    let cells: BTreeMap<u32, Element> =
        sheet::column(sheet, column).into_iter().filter(|(row, _)| *row >= header && rows(*row)).collect();
    sheet::put_column(sheet, last + 1, cells);
    Ok(())
}

/// Blank rows with a format, far below.
pub(super) fn blank_rows(package: &mut Package, name: &str, many: &str) -> Result<(), Trouble> {
    let many: u32 = many.parse().map_err(|_| Trouble::wrong(format!("quante righe: «{many}»")))?;
    let last = package.texts(name)?.keys().map(|cell| cell.row).max().unwrap_or(0);
    let sheet = package.sheet(name)?;
    let data = sheet.child_mut("sheetData").ok_or_else(broken)?;
    let (row_name, cell_name) = (data.kin("row"), data.kin("c"));
    for row in (last + FAR..).take(usize::try_from(many).unwrap_or(usize::MAX)) {
        let at = CellRef { row, col: 1 }.to_string();
        let cell = Element::new(&cell_name, &[("r", &at), ("s", "1")]);
        data.children.push(Element::new(&row_name, &[("r", &(row + 1).to_string())]).with([cell]));
    }
    Ok(())
}

/// Merges a cell with the one at its right.
pub(super) fn merge(package: &mut Package, spot: &Spot) -> Result<(), Trouble> {
    let right = CellRef { col: spot.cell.col + 1, ..spot.cell };
    let list = sheet::section(package.sheet(&spot.sheet)?, "mergeCells").ok_or_else(broken)?;
    list.children.push(Element::new(&list.kin("mergeCell"), &[("ref", &format!("{}:{right}", spot.cell))]));
    list.set("count", &list.children.len().to_string());
    Ok(())
}

/// Another formula, with the result of the one before.
pub(super) fn live_formula(package: &mut Package, spot: &Spot, text: &str) -> Result<(), Trouble> {
    let cell = cell(package, spot)?;
    let formula = cell.child_mut("f").ok_or_else(|| Trouble::absent("nella cella non c'è una formula"))?;
    *formula = Element::new(&formula.kin("f"), &[]).with_text(text.trim_start_matches('='));
    Ok(())
}

/// Another result of the same formula; none when the value is empty.
pub(super) fn live_result(package: &mut Package, spot: &Spot, text: &str) -> Result<(), Trouble> {
    let cell = cell(package, spot)?;
    let formula = cell.child("f").ok_or_else(|| Trouble::absent("nella cella non c'è una formula"))?.words();
    sheet::set(cell, Some(&formula), &value::content(text));
    // As the program that calculated it would leave the file.
    if let Some(calc) = package.book()?.child_mut("calcPr") {
        calc.unset("fullCalcOnLoad");
    }
    Ok(())
}

/// A comment on a cell.
pub(super) fn comment(package: &mut Package, spot: &Spot, text: &str) -> Result<(), Trouble> {
    let part = package.sheet_part(&spot.sheet)?;
    let comments = match package.related_by(&part, "comments")? {
        Some(comments) => comments,
        None => new_comments(package, &part, spot)?,
    };
    let list = package.tree(&comments)?.child_or_new("commentList", &["extLst"]).ok_or_else(broken)?;
    let piece = Element::new(&list.kin("t"), &[("xml:space", "preserve")]).with_text(text);
    let body = Element::new(&list.kin("text"), &[]).with([piece]);
    let attributes = [("ref", spot.cell.to_string()), ("authorId", "0".to_owned())];
    let attributes: Vec<(&str, &str)> =
        attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    list.children.push(Element::new(&list.kin("comment"), &attributes).with([body]));
    Ok(())
}

/// The part of a sheet's comments, with the drawing of the first one.
fn new_comments(package: &mut Package, sheet: &str, spot: &Spot) -> Result<String, Trouble> {
    let comments = package.free_name("xl/comments", ".xml");
    let author = Element::new("author", &[]).with_text("Ufficio");
    let root = Element::new("comments", &[("xmlns", MAIN)])
        .with([Element::new("authors", &[]).with([author]), Element::new("commentList", &[])]);
    package.put(&comments, root.to_part());
    package.declare(&comments, &format!("{SPREADSHEET}.comments+xml"))?;
    package.relate(sheet, "comments", &format!("/{comments}"), false)?;
    if package.tree(sheet)?.child("legacyDrawing").is_none() {
        let drawing = package.free_name("xl/drawings/vmlDrawing", ".vml");
        let CellRef { row, col } = spot.cell;
        package.put(
            &drawing,
            format!(
                r##"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s1025" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><x:ClientData ObjectType="Note"><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape></xml>"##
            ),
        );
        package.declare_extension("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")?;
        let id = package.relate(sheet, "vmlDrawing", &format!("/{drawing}"), false)?;
        let root = package.tree(sheet)?;
        root.set("xmlns:r", RELATIONS);
        sheet::section(root, "legacyDrawing").ok_or_else(broken)?.set("r:id", &id);
    }
    Ok(comments)
}

/// A project of macros, which nobody will read.
pub(super) fn macros(package: &mut Package) -> Result<(), Trouble> {
    let part = "xl/vbaProject.bin";
    package.put(part, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec());
    package.declare(part, "application/vnd.ms-office.vbaProject")?;
    let workbook = package.workbook()?;
    package.declare(&workbook, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")?;
    let kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";
    package.relate(&workbook, kind, &format!("/{part}"), false)?;
    Ok(())
}

/// A link to another workbook.
pub(super) fn external_link(package: &mut Package) -> Result<(), Trouble> {
    let part = package.free_name("xl/externalLinks/externalLink", ".xml");
    let book = Element::new("externalBook", &[("r:id", "rId1")]);
    let root = Element::new("externalLink", &[("xmlns", MAIN), ("xmlns:r", RELATIONS)]).with([book]);
    package.put(&part, root.to_part());
    package.declare(&part, &format!("{SPREADSHEET}.externalLink+xml"))?;
    package.relate(&part, "externalLinkPath", "dati-ufficio.xlsx", true)?;
    let workbook = package.workbook()?;
    let id = package.relate(&workbook, "externalLink", &format!("/{part}"), false)?;
    let root = package.tree(&workbook)?;
    root.set("xmlns:r", RELATIONS);
    let list = root.child_or_new("externalReferences", &AFTER_LINKS).ok_or_else(broken)?;
    list.children.push(Element::new(&list.kin("externalReference"), &[("r:id", &id)]));
    Ok(())
}

/// Two relationships of the workbook with one id: its first sheet, and its second one.
pub(super) fn double_bond(package: &mut Package) -> Result<(), Trouble> {
    let workbook = package.workbook()?;
    let related = package.related(&workbook)?;
    let mut sheets = related.iter().filter(|bond| bond.kind == "worksheet");
    let (Some(one), Some(other)) = (sheets.next(), sheets.next()) else { return Err(broken()) };
    let root = package.tree(&list_of(&workbook))?;
    let target = format!("/{}", other.target);
    let attributes = [("Id", one.id.as_str()), ("Type", one.genus.as_str()), ("Target", target.as_str())];
    root.children.push(Element::new(&root.kin("Relationship"), &attributes));
    Ok(())
}

/// How the workbook calculates.
fn calculation(package: &mut Package) -> Result<&mut Element, Trouble> {
    let after = AFTER_LINKS.get(2..).unwrap_or_default();
    package.book()?.child_or_new("calcPr", after).ok_or_else(broken)
}

/// Formulas are calculated only when asked.
pub(super) fn manual(package: &mut Package) -> Result<(), Trouble> {
    calculation(package)?.set("calcMode", "manual");
    Ok(())
}

/// Whoever opens the file will calculate it again.
pub(super) fn recalculate(package: &mut Package) -> Result<(), Trouble> {
    calculation(package)?.set("fullCalcOnLoad", "1");
    Ok(())
}

/// Dates count from 1904.
pub(super) fn from_1904(package: &mut Package) -> Result<(), Trouble> {
    let before = ["workbookProtection", "bookViews", "sheets"];
    let properties = package.book()?.child_or_new("workbookPr", &before).ok_or_else(broken)?;
    properties.set("date1904", "1");
    Ok(())
}

/// A property of the document.
pub(super) fn property(package: &mut Package, kind: &str, name: &str, text: &str) -> Result<(), Trouble> {
    let part = package.related_by("", kind)?;
    let part = part.ok_or_else(|| Trouble::absent("il file non ha le proprietà del documento"))?;
    let root = package.tree(&part)?;
    root.child_or_new(name, &[]).ok_or_else(broken)?.set_text(text);
    Ok(())
}

/// The day on which the file was last saved.
pub(super) fn modified(package: &mut Package, day: &str) -> Result<(), Trouble> {
    let date = value::date(day).ok_or_else(|| Trouble::wrong(format!("non è una data: «{day}»")))?;
    property(package, "core-properties", "modified", &format!("{}T08:00:00Z", date.format("%Y-%m-%d")))
}
