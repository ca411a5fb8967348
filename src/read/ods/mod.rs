//! OpenDocument workbooks (`.ods`), as LibreOffice and Excel save them: bounded before anything is believed,
//! read here, and read a second time by calamine; a cell that the two read otherwise refuses the file.
//!
//! What comes out is what an `.xlsx` of the same cells gives: formulas are spelt as Excel spells them, dates
//! are the numbers that Excel counts, looks and number formats those of the styles.

mod book;
mod content;
mod format;
mod formula;
mod node;
mod parts;
mod second;
mod styles;
mod value;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use content::Content;
pub(super) use parts::MIMETYPE;
use parts::{CONTENT, MANIFEST, META, SETTINGS, STYLES};

use super::book::{bounded_name, read_pieces};
use super::limits;
use super::raw::{RawSheet, RawWorkbook};
use super::refusal::Refusal;
use super::traits::BookTraits;
use crate::model::quoted;
use crate::package::{Archive, Element, Event, Parts, folded, scan, spelled};

/// Reads a package that says to be an OpenDocument workbook.
pub(super) fn read(archive: Archive<'_>) -> Result<RawWorkbook, Refusal> {
    let names: Vec<String> = archive.names().iter().map(|name| folded(name)).collect();
    if names.iter().any(|name| name.starts_with("xl/") || name == "[content_types].xml") {
        return Err(Refusal::Ambiguous("il file è insieme una cartella .xlsx e un foglio .ods".to_owned()));
    }
    let mut parts = Parts::new();
    archive.each(|name, part| {
        if [MANIFEST, META, SETTINGS, CONTENT, STYLES].contains(&name) {
            parts.insert(name.to_owned(), part);
        }
        Ok::<(), Refusal>(())
    })?;
    open(&parts)?;
    let missing = || Refusal::Damaged(format!("manca la parte {CONTENT}"));
    let cells = parts.get(CONTENT).ok_or_else(missing)?;
    let mut content = Content::default();
    if let Some(styles) = parts.get(STYLES) {
        content.part(STYLES, &text(STYLES, styles)?)?;
    }
    let cells = text(CONTENT, cells)?;
    content.part(CONTENT, &cells)?;
    second::agree(cells.as_bytes(), &content.sheets)?;
    let mut book = workbook(content, &parts)?;
    book.macros = names.iter().any(|name| is_macro(name));
    read_pieces(&mut book);
    Ok(book)
}

/// The letters of a part.
fn text<'p>(name: &str, part: &'p [u8]) -> Result<Cow<'p, str>, Refusal> {
    spelled(part).map_err(|why| Refusal::unspelled(name, why))
}

/// The list of the parts: it is there, says what the package says, and nothing is encrypted.
fn open(parts: &Parts) -> Result<(), Refusal> {
    let list = parts.get(MANIFEST).ok_or_else(|| Refusal::Damaged(format!("manca la parte {MANIFEST}")))?;
    let (mut encrypted, mut kind) = (false, None);
    let whole = scan(&text(MANIFEST, list)?, true, |event| {
        if let Event::Open(start) = event {
            encrypted |= start.local() == "encryption-data";
            if start.local() == "file-entry" && start.get("manifest:full-path").as_deref() == Some("/") {
                kind = start.get("manifest:media-type");
            }
        }
        Ok::<(), Refusal>(())
    })?;
    if encrypted {
        return Err(Refusal::Encrypted);
    }
    if !whole {
        return Err(Refusal::Damaged(format!("la parte {MANIFEST} non è XML ben formato")));
    }
    match kind {
        Some(kind) if !kind.starts_with(MIMETYPE) => Err(Refusal::Ambiguous(format!(
            "il pacchetto è un foglio di calcolo, per {MANIFEST} è di tipo {}",
            quoted(&kind)
        ))),
        _ => Ok(()),
    }
}

/// Whether a part holds a program; lists of them, which may be empty, do not.
fn is_macro(name: &str) -> bool {
    let listed = name.ends_with("script-lb.xml") || name.ends_with("script-lc.xml");
    let basic = name.starts_with("basic/") && name.ends_with(".xml") && !listed;
    basic || (name.starts_with("scripts/") && !name.ends_with('/'))
}

fn workbook(content: Content, parts: &Parts) -> Result<RawWorkbook, Refusal> {
    let mut book = RawWorkbook { traits: traits(&content, parts), ..RawWorkbook::default() };
    for found in content.sheets {
        if let Some(file) = &found.copied_from {
            book.traits.links.push(file.rsplit(['/', '\\']).next().unwrap_or_default().replace("%20", " "));
        }
        if found.is_cache() {
            continue;
        }
        let taken = |other: &RawSheet| other.name.to_lowercase() == found.name.to_lowercase();
        if book.sheets.iter().any(taken) {
            return Err(Refusal::Damaged("due fogli hanno lo stesso nome".to_owned()));
        }
        let name = bounded_name(&found.name, &book.sheets);
        if name != found.name {
            book.traits.long_names.push((name.clone(), found.name.encode_utf16().count()));
        }
        let (hidden, cells, traits) = (found.hidden, found.cells, found.traits);
        book.sheets.push(RawSheet { name, hidden, cells, damage: None, traits });
    }
    book.traits.links.sort();
    book.traits.links.dedup();
    book.traits.links.truncate(limits::LINKS);
    Ok(book)
}

/// What is said of the workbook beside its cells.
fn traits(content: &Content, parts: &Parts) -> BookTraits {
    let (paint, formats) = content.styles.finish();
    let tree = |name: &str| parts.get(name).and_then(|part| Element::parse(part));
    let (meta, settings) = (tree(META), tree(SETTINGS));
    let said = |name: &str| {
        let own = meta.as_ref()?.within().find(|own| own.local() == name)?;
        let text: String = own.text().trim().chars().take(limits::PROPERTY).collect();
        Some(text).filter(|text| !text.is_empty())
    };
    let is_manual =
        |own: &Element| own.get("config:name") == Some("AutoCalculate") && own.text().trim() == "false";
    BookTraits {
        open_document: true,
        manual: settings.is_some_and(|settings| settings.within().any(is_manual)),
        iterative: content.iterative,
        links: if content.linked { vec![String::new()] } else { Vec::new() },
        application: said("generator"),
        created: said("creation-date"),
        modified: said("date"),
        formats,
        paint,
        ..BookTraits::default()
    }
}
