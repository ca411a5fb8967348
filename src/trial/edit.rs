//! The instructions of a page, each as a change to the bytes of a workbook.

use super::drawing;
use super::extra;
use super::find::{Slot, Spot};
use super::formula::Shift;
use super::page::Line;
use super::scene::{Scene, cell};
use super::sheet;
use super::style;
use super::trouble::Trouble;
use super::value::{self, Typed, typed};
use crate::interpret::MANIFEST;
use crate::model::{CellRef, Number};
use crate::package::Package;
use crate::read::RawContent;

/// Types in the entry that a line names.
pub(super) fn enter(package: &mut Package, line: &Line, scene: Scene) -> Result<Vec<Spot>, Trouble> {
    let spot = slot_place(package, line, line.get("chiave"), scene)?;
    let typed = wanted(package, &spot, line.get("valore"), scene)?;
    write(package, &spot, &typed)?;
    // Whoever types in a cell has the totals calculated again.
    extra::recalculate(package)?;
    Ok(vec![spot])
}

fn slot_place(package: &mut Package, line: &Line, key: &str, scene: Scene) -> Result<Spot, Trouble> {
    let month = scene.month(line.get("mese"))?;
    package.place(Slot { key, month, row: line.get("riga"), column: line.get("colonna") })
}

/// What to type: the value itself, or what it makes of the one that is there.
fn wanted(package: &mut Package, spot: &Spot, text: &str, scene: Scene) -> Result<Typed, Trouble> {
    if scene.relative && (text.starts_with(['+', '-', '*', '{'])) {
        let own = held(package, spot);
        let package = std::cell::RefCell::new(package);
        let other = |name: &str| entry(&mut package.borrow_mut(), spot, name, scene);
        if let Some(number) = value::relative(text, || own, other) {
            return Ok(Typed { formula: None, content: RawContent::Number(number?.to_f64()) });
        }
    }
    Ok(typed(text))
}

/// The number that a cell holds; nothing is zero.
fn held(package: &mut Package, spot: &Spot) -> Result<Number, Trouble> {
    let texts = package.texts(&spot.sheet)?;
    match texts.get(&spot.cell) {
        None => Ok(Number::zero()),
        Some(text) => Number::parse(text.trim())
            .ok_or_else(|| Trouble::absent(format!("nella cella {} non c'è un numero", spot.cell))),
    }
}

/// The number of another entry: `S04.prove`, in the same month, or `S04.prove 5`.
fn entry(package: &mut Package, own: &Spot, name: &str, scene: Scene) -> Result<Number, Trouble> {
    let (key, month) = name.split_once(' ').unwrap_or((name, ""));
    let spot = match scene.month(month.trim())? {
        Some(month) => package.place(Slot { key, month: Some(month), row: "", column: "" })?,
        None => match package.place(Slot { key, month: None, row: "", column: "" }) {
            Ok(spot) => spot,
            // Of the month in whose column the cell stands.
            Err(Trouble::Absent(_)) => {
                let (sheet, row) = package.row_of(key)?;
                Spot { sheet, cell: CellRef { row, ..own.cell } }
            }
            Err(trouble) => return Err(trouble),
        },
    };
    held(package, &spot)
}

/// Writes in a cell, which keeps its format; a date in a cell of numbers brings its own, and so does a
/// duration.
pub(super) fn write(package: &mut Package, spot: &Spot, typed: &Typed) -> Result<(), Trouble> {
    let own = cell(package, spot)?.clone();
    let mut format = None;
    if matches!(typed.content, RawContent::Serial(_) | RawContent::Duration(_)) {
        let part = package.styles()?;
        let styles = package.tree(&part)?;
        if matches!(typed.content, RawContent::Duration(_)) {
            format = style::with_duration(styles, &own);
        } else if !style::is_date(styles, sheet::style(&own)) {
            format = style::with_date(styles, &own);
        }
    }
    let cell = cell(package, spot)?;
    if let Some(format) = format {
        cell.set("s", &format.to_string());
    }
    sheet::set(cell, typed.formula.as_deref(), &typed.content);
    Ok(())
}

/// Follows an instruction; the cells it touches, when it is about cells.
pub(super) fn follow(
    package: &mut Package,
    verb: &str,
    what: &str,
    line: &Line,
    scene: Scene,
) -> Result<Vec<Spot>, Trouble> {
    let value = line.get("valore");
    match verb {
        "rinomina" => extra::rename(package, what, value)?,
        "togli-foglio" => extra::remove_sheet(package, what)?,
        "aggiungi-foglio" => extra::add_sheet(package, what, value)?,
        "copia-foglio" => extra::copy_sheet(package, what, value)?,
        "nascondi" => extra::hide(package, what)?,
        "duplica" => double_row(package, what)?,
        "sblocca" => drop_section(package, what, "sheetProtection", "il foglio non è protetto")?,
        "togli-convalide" => drop_section(package, what, "dataValidations", "il foglio non ha convalide")?,
        "righe-vuote" => extra::blank_rows(package, what, value)?,
        "manifesto" => manifest_pair(package, what, value)?,
        "manifesto-riga" => {
            let slot = Slot {
                key: what,
                month: scene.month(line.get("mese"))?,
                row: line.get("riga"),
                column: line.get("colonna"),
            };
            let (row, _) = package.manifest_row(slot)?;
            sheet::shift(package.sheet(MANIFEST)?, Shift::DeleteRow(row));
        }
        "macro" => extra::macros(package)?,
        "collegamento-esterno" => extra::external_link(package)?,
        "rimando-doppio" => extra::double_bond(package)?,
        "calcolo-manuale" => extra::manual(package)?,
        "date-1904" => extra::from_1904(package)?,
        "programma" => extra::property(package, "extended-properties", "Application", value)?,
        "modificato" => extra::modified(package, value)?,
        "togli-riga" | "inserisci-sopra" | "inserisci-sotto" | "nascondi-riga" => {
            on_a_row(package, verb, what)?
        }
        "togli-mese" | "scambia-mesi" | "copia-mese" | "nascondi-mese" => {
            on_a_month(package, verb, what, value, scene)?
        }
        _ => return on_a_cell(package, verb, what, line, scene),
    }
    Ok(Vec::new())
}

/// The instructions about the row with a key.
fn on_a_row(package: &mut Package, verb: &str, key: &str) -> Result<(), Trouble> {
    let (sheet, row) = package.row_of(key)?;
    let page = package.sheet(&sheet)?;
    match verb {
        "togli-riga" => sheet::shift(page, Shift::DeleteRow(row)),
        "inserisci-sopra" => sheet::shift(page, Shift::InsertRows { at: row, many: 1 }),
        "inserisci-sotto" => sheet::shift(page, Shift::InsertRows { at: row + 1, many: 1 }),
        _ => {
            if let Some(row) = sheet::row_mut(page, row) {
                row.set("hidden", "1");
            }
        }
    }
    Ok(())
}

/// The instructions about the column of a month, in a sheet.
fn on_a_month(
    package: &mut Package,
    verb: &str,
    name: &str,
    value: &str,
    scene: Scene,
) -> Result<(), Trouble> {
    let month = || scene.month(value)?.ok_or_else(|| Trouble::wrong("manca il mese"));
    match verb {
        "scambia-mesi" => return extra::swap_months(package, name, value, scene),
        "copia-mese" => return extra::copy_month(package, name, month()?),
        _ => {}
    }
    let column = package.month_column(name, month()?)?;
    let page = package.sheet(name)?;
    if verb == "togli-mese" {
        sheet::shift(page, Shift::DeleteColumn(column));
    } else {
        sheet::hide_column(page, column);
    }
    Ok(())
}

/// The instructions about one cell.
fn on_a_cell(
    package: &mut Package,
    verb: &str,
    what: &str,
    line: &Line,
    scene: Scene,
) -> Result<Vec<Spot>, Trouble> {
    let value = line.get("valore");
    let spot = match verb {
        "costante" => package.under(what, "anno")?,
        "totale" | "totale-formula" | "totale-risultato" => package.under(what, "da inizio anno")?,
        "scrivi" | "commento" | "casella-di-testo" => addressed(package, what)?,
        "unisci" | "formato" | "barra" | "colore" | "carattere" | "condizione" | "pezzi" => {
            slot_place(package, line, what, scene)?
        }
        "etichetta" => {
            let (sheet, row) = package.row_of(what)?;
            let spot = Spot { sheet, cell: CellRef { row, col: 1 } };
            write(package, &spot, &Typed { formula: None, content: RawContent::Text(value.to_owned()) })?;
            return Ok(Vec::new());
        }
        _ => return Err(Trouble::wrong(format!("istruzione sconosciuta: @{verb}"))),
    };
    match verb {
        "commento" => extra::comment(package, &spot, value)?,
        "unisci" => extra::merge(package, &spot)?,
        "formato" => {
            let own = cell(package, &spot)?.clone();
            let part = package.styles()?;
            if let Some(index) = style::with_code(package.tree(&part)?, &own, value) {
                cell(package, &spot)?.set("s", &index.to_string());
            }
        }
        "barra" => fonted(package, &spot, "strike", None)?,
        "colore" => fonted(package, &spot, "color", Some(("rgb", value)))?,
        "carattere" => fonted(package, &spot, "sz", Some(("val", value)))?,
        "condizione" => veiled(package, &spot, value)?,
        "pezzi" => {
            sheet::set_pieces(cell(package, &spot)?, &value::pieces(value));
            extra::recalculate(package)?;
        }
        "casella-di-testo" => drawing::text_box(package, &spot, value)?,
        "totale-formula" => extra::live_formula(package, &spot, value)?,
        "totale-risultato" => extra::live_result(package, &spot, value)?,
        _ => {
            let typed = wanted(package, &spot, value, scene)?;
            write(package, &spot, &typed)?;
        }
    }
    Ok(vec![spot])
}

/// Gives a cell a font of its own, with one property more.
fn fonted(
    package: &mut Package,
    spot: &Spot,
    property: &str,
    attribute: Option<(&str, &str)>,
) -> Result<(), Trouble> {
    let own = cell(package, spot)?.clone();
    let part = package.styles()?;
    if let Some(index) = style::with_font(package.tree(&part)?, &own, property, attribute) {
        cell(package, spot)?.set("s", &index.to_string());
    }
    Ok(())
}

/// Lays a colour of the letters over a cell, on the condition that its value is above zero.
fn veiled(package: &mut Package, spot: &Spot, colour: &str) -> Result<(), Trouble> {
    let part = package.styles()?;
    let Some(index) = style::with_overlay(package.tree(&part)?, colour) else { return Ok(()) };
    let sheet = package.sheet(&spot.sheet)?;
    sheet::lay_over(sheet, spot.cell, index);
    Ok(())
}

/// `Scheda 3!Z5`.
fn addressed(package: &mut Package, what: &str) -> Result<Spot, Trouble> {
    let wrong = || Trouble::wrong(format!("non è una cella: «{what}»"));
    let (sheet, cell) = what.rsplit_once('!').ok_or_else(wrong)?;
    package.sheet_part(sheet)?;
    Ok(Spot { sheet: sheet.to_owned(), cell: CellRef::parse(cell).ok_or_else(wrong)? })
}

fn double_row(package: &mut Package, key: &str) -> Result<(), Trouble> {
    let (name, row) = package.row_of(key)?;
    let last = package.texts(&name)?.keys().map(|cell| cell.row).max().unwrap_or(row);
    sheet::copy_row(package.sheet(&name)?, row, last + 1)
        .ok_or_else(|| Trouble::wrong(format!("la riga di {key} non si copia")))
}

/// Sets, or with an empty value takes away, a pair of the manifest.
fn manifest_pair(package: &mut Package, name: &str, value: &str) -> Result<(), Trouble> {
    let texts = package.texts(MANIFEST)?;
    let found = texts.iter().find(|(cell, text)| cell.col == 0 && text.trim() == name);
    let row = found
        .map(|(cell, _)| cell.row)
        .ok_or_else(|| Trouble::wrong(format!("il manifesto non ha «{name}»")))?;
    let content = if value.is_empty() { RawContent::Empty } else { RawContent::Text(value.to_owned()) };
    let spot = Spot { sheet: MANIFEST.to_owned(), cell: CellRef { row, col: 1 } };
    write(package, &spot, &Typed { formula: None, content })
}

fn drop_section(package: &mut Package, sheet: &str, section: &str, none: &str) -> Result<(), Trouble> {
    let sheet = package.sheet(sheet)?;
    if sheet.child(section).is_none() {
        return Err(Trouble::absent(none));
    }
    sheet.children.retain(|own| !own.is(section));
    Ok(())
}
