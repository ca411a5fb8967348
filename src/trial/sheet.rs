//! The cells of a sheet's part, to read and to change; the style of a cell stays with it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::formula::Shift;
use crate::model::{CellRef, Number};
use crate::package::Element;
use crate::read::RawContent;

/// What may stand after the cells of a sheet, in the order that the format fixes.
const AFTER_CELLS: [&str; 30] = [
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "tableParts",
    "extLst",
];

/// The elements that come after `name` in a sheet.
fn after(name: &str) -> &'static [&'static str] {
    let at = AFTER_CELLS.iter().position(|own| *own == name).map_or(0, |at| at + 1);
    AFTER_CELLS.get(at..).unwrap_or_default()
}

/// A child of the sheet, made in its place when there is none.
pub(super) fn section<'a>(sheet: &'a mut Element, name: &str) -> Option<&'a mut Element> {
    sheet.child_or_new(name, after(name))
}

fn position(cell: &Element) -> Option<CellRef> {
    CellRef::parse(cell.get("r")?)
}

fn row_number(row: &Element) -> Option<u32> {
    row.get("r")?.parse::<u32>().ok()?.checked_sub(1)
}

/// The text of every cell that holds something: a shared text resolved, a number as it is stored.
pub(super) fn texts(sheet: &Element, strings: &[String]) -> BTreeMap<CellRef, String> {
    let rows = sheet.child("sheetData").into_iter().flat_map(|own| &own.children);
    let cells = rows.flat_map(|own| &own.children).filter(|cell| cell.is("c"));
    cells
        .filter_map(|cell| Some((position(cell)?, text(cell, strings))))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

fn text(cell: &Element, strings: &[String]) -> String {
    let value = || cell.child("v").map(Element::words).unwrap_or_default();
    match cell.get("t") {
        Some("s") => {
            value().trim().parse().ok().and_then(|at: usize| strings.get(at).cloned()).unwrap_or_default()
        }
        Some("inlineStr") => cell.child("is").map(Element::words).unwrap_or_default(),
        _ => value(),
    }
}

/// A child found by its place, made there when there is none: in front of the first that stands at it or
/// after.
fn placed(
    parent: &mut Element,
    stands: impl Fn(&Element) -> Option<Ordering>,
    new: impl FnOnce(&Element) -> Element,
) -> Option<&mut Element> {
    let after = |child: &Element| stands(child).is_some_and(Ordering::is_ge);
    let at = parent.children.iter().position(after).unwrap_or(parent.children.len());
    if !parent.children.get(at).and_then(stands).is_some_and(Ordering::is_eq) {
        let new = new(parent);
        parent.children.insert(at, new);
    }
    parent.children.get_mut(at)
}

/// A row, made in its place when there is none.
pub(super) fn row_mut(sheet: &mut Element, number: u32) -> Option<&mut Element> {
    let stands = |row: &Element| Some(row_number(row)?.cmp(&number));
    let new = |data: &Element| Element::new(&data.kin("row"), &[("r", &(number + 1).to_string())]);
    placed(sheet.child_mut("sheetData")?, stands, new)
}

/// A cell, made in its place when there is none.
pub(super) fn cell_mut(sheet: &mut Element, at: CellRef) -> Option<&mut Element> {
    let stands = |cell: &Element| Some(position(cell)?.col.cmp(&at.col));
    let new = |row: &Element| Element::new(&row.kin("c"), &[("r", &at.to_string())]);
    placed(row_mut(sheet, at.row)?, stands, new)
}

/// Puts a content in a cell, and a formula when there is one.
pub(super) fn set(cell: &mut Element, formula: Option<&str>, content: &RawContent) {
    cell.set_text("");
    cell.unset("t");
    for name in ["cm", "vm"] {
        cell.unset(name);
    }
    if let Some(formula) = formula {
        cell.children.push(Element::new(&cell.kin("f"), &[]).with_text(formula));
    }
    let value = |text: &str| Element::new(&cell.kin("v"), &[]).with_text(text);
    let (kind, element) = match content {
        RawContent::Empty | RawContent::Unreadable(_) | RawContent::Oversize(_) => return,
        RawContent::Number(number) | RawContent::Serial(number) | RawContent::Duration(number) => {
            (None, value(&plain(*number)))
        }
        RawContent::Bool(flag) => (Some("b"), value(if *flag { "1" } else { "0" })),
        RawContent::Error(error) => (Some("e"), value(error)),
        RawContent::IsoDate(text) => (Some("d"), value(text)),
        RawContent::Text(text) if formula.is_some() => (Some("str"), value(text)),
        RawContent::Text(text) => {
            let piece = Element::new(&cell.kin("t"), &[("xml:space", "preserve")]).with_text(text);
            (Some("inlineStr"), Element::new(&cell.kin("is"), &[]).with([piece]))
        }
    };
    if let Some(kind) = kind {
        cell.set("t", kind);
    }
    cell.children.push(element);
}

/// Puts a text of several pieces in a cell, each with the property of its font: `strike`, or a raised one.
pub(super) fn set_pieces(cell: &mut Element, pieces: &[(Option<&str>, &str)]) {
    set(cell, None, &RawContent::Empty);
    cell.set("t", "inlineStr");
    let named = |name: &str, attributes: &[(&str, &str)]| Element::new(&cell.kin(name), attributes);
    let runs: Vec<Element> = pieces
        .iter()
        .map(|(property, text)| {
            let raised: &[(&str, &str)] = &[("val", "superscript")];
            let of = |name: &str| named(name, if name == "vertAlign" { raised } else { &[] });
            let font = named("rPr", &[]).with(property.map(of));
            named("r", &[]).with([font, named("t", &[("xml:space", "preserve")]).with_text(text)])
        })
        .collect();
    let whole = named("is", &[]).with(runs);
    cell.children.push(whole);
}

fn plain(number: f64) -> String {
    Number::from_f64(number).map_or_else(|| number.to_string(), |number| number.to_plain())
}

/// Moves everything in the sheet that has a place.
pub(super) fn shift(sheet: &mut Element, shift: Shift) {
    if let Some(data) = sheet.child_mut("sheetData") {
        shift_cells(data, shift);
    }
    for (list, attribute) in [
        ("mergeCells", "ref"),
        ("dataValidations", "sqref"),
        ("hyperlinks", "ref"),
        ("ignoredErrors", "sqref"),
        ("protectedRanges", "sqref"),
    ] {
        let Some(list) = sheet.child_mut(list) else { continue };
        for own in list.children.iter_mut() {
            shift_attribute(own, attribute, shift);
            own.children
                .iter_mut()
                .filter(|inner| is_formula(inner))
                .for_each(|inner| shift_text(inner, shift));
        }
        list.children
            .retain(|own| own.get(attribute).is_none_or(|range| !range.is_empty() && !is_lone(own, range)));
        recount(list);
    }
    for own in sheet.children.iter_mut() {
        if own.is("conditionalFormatting") {
            shift_attribute(own, "sqref", shift);
            own.children
                .iter_mut()
                .flat_map(|own| &mut own.children)
                .for_each(|inner| shift_text(inner, shift));
        } else if own.is("dimension") || own.is("autoFilter") {
            shift_attribute(own, "ref", shift);
        }
    }
    let empty = |own: &Element, attribute| own.get(attribute).is_some_and(|range| range.is_empty());
    sheet.children.retain(|own| {
        !(own.is("conditionalFormatting") && empty(own, "sqref")
            || own.is("mergeCells") && own.children.is_empty())
    });
    if let (Shift::DeleteColumn(at), Some(cols)) = (shift, sheet.child_mut("cols")) {
        delete_width(cols, u32::from(at) + 1);
    }
}

fn shift_cells(data: &mut Element, shift: Shift) {
    for row in data.children.iter_mut().filter(|row| row.is("row")) {
        let moved = row_number(row).and_then(|row| match shift {
            Shift::DeleteColumn(_) => Some(row),
            _ => shift.cell(CellRef { row, col: 0 }).map(|cell| cell.row),
        });
        row.set("r", &moved.map_or_else(String::new, |row| (row + 1).to_string()));
        for cell in row.children.iter_mut() {
            let moved = position(cell).and_then(|at| shift.cell(at));
            cell.set("r", &moved.map_or_else(String::new, |at| at.to_string()));
            if let Some(formula) = cell.child_mut("f") {
                shift_text(formula, shift);
                shift_attribute(formula, "ref", shift);
            }
        }
        row.children.retain(|cell| cell.get("r").is_none_or(|at| !at.is_empty()));
    }
    data.children.retain(|row| row.get("r").is_none_or(|at| !at.is_empty()));
}

fn is_formula(element: &Element) -> bool {
    element.is("formula1") || element.is("formula2")
}

/// A merge of one cell is none.
fn is_lone(element: &Element, range: &str) -> bool {
    element.is("mergeCell") && range.split_once(':').is_none_or(|(first, last)| first == last)
}

fn shift_text(element: &mut Element, shift: Shift) {
    let text = element.text();
    let moved = shift.formula(&text);
    if moved != text {
        element.set_text(&moved);
    }
}

fn shift_attribute(element: &mut Element, name: &str, shift: Shift) {
    if let Some(value) = element.get(name) {
        element.set(name, &shift.ranges(value));
    }
}

/// Says again how many a list holds.
pub(super) fn recount(list: &mut Element) {
    if list.get("count").is_some() {
        list.set("count", &list.children.len().to_string());
    }
}

/// The columns of a width, from 1.
fn width_span(col: &Element) -> Option<(u32, u32)> {
    Some((col.get("min")?.parse().ok()?, col.get("max")?.parse().ok()?))
}

fn delete_width(cols: &mut Element, at: u32) {
    for col in cols.children.iter_mut() {
        let Some((min, max)) = width_span(col) else { continue };
        col.set("min", &(if min > at { min - 1 } else { min }).to_string());
        col.set("max", &(if max >= at { max - 1 } else { max }).to_string());
    }
    cols.children.retain(|col| width_span(col).is_none_or(|(min, max)| min <= max && max > 0));
}

/// Hides a column, from 0.
pub(super) fn hide_column(sheet: &mut Element, col: u16) -> Option<()> {
    let at = u32::from(col) + 1;
    let cols = sheet.child_or_new("cols", &["sheetData"])?;
    let mut pieces = Vec::new();
    for old in cols.children.iter() {
        let Some((min, max)) = width_span(old) else { continue };
        let piece = |from: u32, to: u32, hidden: bool| {
            let mut piece = old.clone();
            piece.set("min", &from.to_string());
            piece.set("max", &to.to_string());
            if hidden {
                piece.set("hidden", "1");
            }
            (from <= to).then_some(piece)
        };
        if (min..=max).contains(&at) {
            let split = [piece(min, at - 1, false), piece(at, at, true), piece(at + 1, max, false)];
            pieces.extend(split.into_iter().flatten());
        } else {
            pieces.push(old.clone());
        }
    }
    if !pieces.iter().any(|piece| width_span(piece).is_some_and(|(min, max)| (min..=max).contains(&at))) {
        let at_text = at.to_string();
        let name = cols.kin("col");
        pieces.push(Element::new(
            &name,
            &[("min", &at_text), ("max", &at_text), ("width", "9"), ("hidden", "1")],
        ));
        pieces.sort_by_key(|piece| width_span(piece).map_or(0, |(min, _)| min));
    }
    cols.children = pieces;
    Some(())
}

/// Lays a format over a cell when its value is above zero.
pub(super) fn lay_over(sheet: &mut Element, cell: CellRef, format: usize) {
    let kin = |name: &str| sheet.kin(name);
    let term = Element::new(&kin("formula"), &[]).with_text("0");
    let (format, kind) =
        (format.to_string(), [("type", "cellIs"), ("operator", "greaterThan"), ("priority", "1")]);
    let attributes: Vec<(&str, &str)> = kind.into_iter().chain([("dxfId", format.as_str())]).collect();
    let rule = Element::new(&kin("cfRule"), &attributes).with([term]);
    if let Some(section) = section(sheet, "conditionalFormatting") {
        section.set("sqref", &cell.to_string());
        section.children.push(rule);
    }
}

/// The style of a cell.
pub(super) fn style(cell: &Element) -> usize {
    cell.get("s").and_then(|s| s.parse().ok()).unwrap_or(0)
}

/// The cells of a column, by row, taken out of the sheet.
fn take_column(data: &mut Element, col: u16) -> BTreeMap<u32, Element> {
    let mut taken = BTreeMap::new();
    for row in data.children.iter_mut() {
        let Some(number) = row_number(row) else { continue };
        let own = |cell: &Element| position(cell).is_some_and(|at| at.col == col);
        if let Some(cell) = row.children.iter().find(|cell| own(cell)) {
            taken.insert(number, cell.clone());
        }
        row.children.retain(|cell| !own(cell));
    }
    taken
}

/// Puts cells in a column.
pub(super) fn put_column(sheet: &mut Element, col: u16, cells: BTreeMap<u32, Element>) {
    for (row, mut new) in cells {
        let at = CellRef { row, col };
        new.set("r", &at.to_string());
        if let Some(cell) = cell_mut(sheet, at) {
            *cell = new;
        }
    }
}

/// Two columns change places, below the rows that only hold texts over several columns.
pub(super) fn swap_columns(sheet: &mut Element, rows: impl Fn(u32) -> bool, one: u16, other: u16) {
    let Some(data) = sheet.child_mut("sheetData") else { return };
    let (first, second) = (take_column(data, one), take_column(data, other));
    let (there, stay): (BTreeMap<_, _>, BTreeMap<_, _>) = first.into_iter().partition(|(row, _)| rows(*row));
    let (here, stay_too): (BTreeMap<_, _>, BTreeMap<_, _>) =
        second.into_iter().partition(|(row, _)| rows(*row));
    put_column(sheet, one, stay);
    put_column(sheet, other, stay_too);
    put_column(sheet, other, there);
    put_column(sheet, one, here);
}

/// The cells of a column, by row.
pub(super) fn column(sheet: &Element, col: u16) -> BTreeMap<u32, Element> {
    let rows = sheet.child("sheetData").into_iter().flat_map(|own| &own.children);
    rows.flat_map(|own| &own.children)
        .filter_map(|cell| Some((position(cell)?, cell)))
        .filter(|(at, _)| at.col == col)
        .map(|(at, cell)| (at.row, cell.clone()))
        .collect()
}

/// Copies a row under another number.
pub(super) fn copy_row(sheet: &mut Element, from: u32, to: u32) -> Option<()> {
    let mut copy = row_mut(sheet, from)?.clone();
    copy.set("r", &(to + 1).to_string());
    for cell in copy.children.iter_mut() {
        let at = position(cell)?;
        cell.set("r", &CellRef { row: to, col: at.col }.to_string());
    }
    *row_mut(sheet, to)? = copy;
    Some(())
}
