//! What the pass over the XML picks up besides the cells, part by part, and how the parts belong together.

use std::collections::{BTreeMap, BTreeSet};

use super::area::Area;
use super::conditional::Veiler;
use super::drawing::{Drawing, DrawingKind};
use super::font::Painter;
use super::limits;
use super::runs::Texts;
use super::traits::{BookTraits, SheetTraits, built_in_format};
use crate::model::CellRef;
use crate::package::{Bond, Index, Role, Tag, character};

/// What was picked up from all the parts.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    book: BookTraits,
    /// The relationship of each sheet, in the workbook's order.
    sheets: Vec<String>,
    parts: BTreeMap<String, SheetTraits>,
    remarks: BTreeMap<String, Remarks>,
    /// The links to other files and the connections, with what each is called.
    linked: BTreeMap<String, Option<String>>,
    drawings: BTreeMap<String, Vec<Drawing>>,
}

/// What is being picked up from one part.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Of a sheet; kept only when the part holds cells.
    pub(super) sheet: SheetTraits,
    pub(super) painter: Painter,
    pub(super) veiler: Veiler,
    sheets: Vec<String>,
    /// What a link to another program, or a connection, is called.
    linked: Option<String>,
    manual: bool,
    iterative: bool,
    recalculates: bool,
    in_formats: bool,
    in_styles: bool,
    formats: BTreeMap<u32, String>,
    styles: Vec<u32>,
    remarks: Remarks,
    authors: Vec<String>,
    /// The cell of the comment in hand, with the index of its author.
    remarked: Option<(CellRef, Option<usize>)>,
    capture: Option<Capture>,
    text: String,
    properties: BTreeMap<&'static str, String>,
}

#[derive(Debug, Default)]
struct Remarks {
    threaded: bool,
    cells: Vec<(CellRef, String)>,
}

/// What the next text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Capture {
    /// A piece of a comment.
    Remark,
    /// The name of an author of comments: only to be taken away from their text.
    Author,
    /// A property of the document.
    Property(&'static str),
}

/// The properties kept; who wrote the file, and where, is nobody's business here.
const PROPERTIES: [&str; 4] = ["Application", "AppVersion", "created", "modified"];

impl Notes {
    /// Whether the text to come is wanted.
    pub(super) fn listens(&self) -> bool {
        self.capture.is_some()
    }

    pub(super) fn hear(&mut self, text: &str) {
        if self.text.len() < 4 * limits::COMMENT_TEXT {
            self.text.push_str(text);
        }
    }

    pub(super) fn hear_reference(&mut self, name: &str) {
        self.hear(&character(name));
    }

    /// An element of the workbook, of its styles, its comments or its properties opens.
    pub(super) fn open(&mut self, name: &str, start: Tag<'_>) {
        match name {
            "sheet" => {
                let id = start.attributes().flatten().find(|(name, _)| name.ends_with(":id"));
                self.sheets.push(id.map(|(_, id)| id.to_owned()).unwrap_or_default());
            }
            "calcPr" => {
                self.manual = start.get("calcMode").as_deref() == Some("manual");
                self.iterative = start.says("iterate") == Some(true);
                self.recalculates = start.says("fullCalcOnLoad") == Some(true);
            }
            "ddeLink" => {
                let said = ["ddeService", "ddeTopic"].map(|name| start.get(name).unwrap_or_default());
                self.linked = Some(said.join(" "));
            }
            "connection" => self.linked = start.get("name"),
            "numFmts" => self.in_formats = true,
            "cellXfs" => self.in_styles = true,
            "numFmt" if self.in_formats => {
                let id = start.get("numFmtId").and_then(|id| id.parse().ok());
                self.formats.extend(id.zip(start.get("formatCode")));
            }
            "xf" if self.in_styles => {
                let id = start.get("numFmtId").and_then(|id| id.parse().ok());
                self.styles.push(id.unwrap_or(0));
            }
            "comment" | "threadedComment" => {
                self.remarks.threaded = name == "threadedComment";
                let author = start.get("authorId").and_then(|index| index.parse().ok());
                self.remarked =
                    start.get("ref").and_then(|cell| CellRef::parse(&cell)).map(|cell| (cell, author));
                self.text.clear();
            }
            "t" | "text" if self.remarked.is_some() => self.capture = Some(Capture::Remark),
            "author" => {
                self.capture = Some(Capture::Author);
                self.text.clear();
            }
            _ => {}
        }
    }

    /// A property of the document opens.
    pub(super) fn open_property(&mut self, name: &str) {
        if let Some(known) = PROPERTIES.iter().find(|known| **known == name) {
            self.capture = Some(Capture::Property(known));
            self.text.clear();
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match (name, self.capture) {
            ("numFmts", _) => self.in_formats = false,
            ("cellXfs", _) => self.in_styles = false,
            ("comment" | "threadedComment", _) => self.close_remark(),
            ("t" | "text", Some(Capture::Remark)) => self.capture = None,
            ("author", Some(Capture::Author)) => {
                self.authors.push(std::mem::take(&mut self.text));
                self.capture = None;
            }
            (_, Some(Capture::Property(property))) if property == name => {
                let text: String = self.text.trim().chars().take(limits::PROPERTY).collect();
                self.properties.insert(property, text);
                self.capture = None;
            }
            _ => {}
        }
    }

    fn close_remark(&mut self) {
        let Some((cell, author)) = self.remarked.take() else { return };
        let text = std::mem::take(&mut self.text);
        // Excel writes the author's name on the first line of a note.
        let author = author.and_then(|index| self.authors.get(index)).filter(|name| !name.trim().is_empty());
        let said = author.and_then(|name| text.trim_start().strip_prefix(name.as_str())?.strip_prefix(':'));
        let said = said.unwrap_or(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        if self.remarks.cells.len() < limits::COMMENTS {
            self.remarks.cells.push((cell, said.chars().take(limits::COMMENT_TEXT).collect()));
        }
    }

    /// A validation of a sheet; one that refuses nothing is left out.
    pub(super) fn validation(&mut self, start: Tag<'_>) {
        let kind = start.get("type");
        if kind.is_none_or(|kind| kind == "none") {
            return;
        }
        let areas = start.get("sqref").unwrap_or_default();
        for area in areas.split_whitespace().filter_map(Area::parse) {
            if self.sheet.validated.len() < limits::AREAS {
                self.sheet.validated.push(area);
            }
        }
    }

    pub(super) fn merge(&mut self, start: Tag<'_>) {
        let area = start.get("ref").and_then(|area| Area::parse(&area));
        if self.sheet.merged.len() < limits::AREAS {
            self.sheet.merged.extend(area);
        }
    }

    pub(super) fn protection(&mut self, start: Tag<'_>) {
        self.sheet.protected = start.says("sheet") == Some(true);
    }

    pub(super) fn columns(&mut self, start: Tag<'_>) {
        let shut = start.get("width").and_then(|width| width.parse::<f64>().ok()) == Some(0.0);
        if !shut && start.says("hidden") != Some(true) {
            return;
        }
        let end = |name| start.get(name).and_then(|col| col.parse::<u32>().ok()?.checked_sub(1));
        let run = end("min").and_then(|col| u16::try_from(col).ok()).zip(
            // Excel stretches the last run to the end of the sheet.
            end("max").and_then(|col| u16::try_from(col.min(CellRef::COLS - 1)).ok()),
        );
        if self.sheet.hidden_columns.len() < limits::AREAS {
            self.sheet.hidden_columns.extend(run);
        }
    }
}

impl Gathered {
    /// Keeps what was picked up from the part with this folded name.
    pub(super) fn keep(&mut self, name: &str, role: Role, mut notes: Notes) {
        match role {
            Role::Sheet => {
                notes.sheet.styles.sort_unstable();
                notes.sheet.veils = std::mem::take(&mut notes.veiler).finish();
                self.parts.insert(name.to_owned(), notes.sheet);
            }
            Role::Remarks => {
                self.remarks.insert(name.to_owned(), notes.remarks);
            }
            Role::Book => {
                self.sheets = notes.sheets;
                (self.book.manual, self.book.iterative) = (notes.manual, notes.iterative);
                self.book.recalculates = notes.recalculates;
            }
            Role::Styles => {
                let unsaid = |id: u32| built_in_format(id).unwrap_or("General").to_owned();
                let format = |id: &u32| notes.formats.get(id).map_or_else(|| unsaid(*id), String::clone);
                self.book.formats = notes.styles.iter().map(format).collect();
                self.book.paint.complete(std::mem::take(&mut notes.painter).finish());
            }
            Role::Theme => self.book.paint.complete(std::mem::take(&mut notes.painter).finish()),
            Role::Link | Role::Connections => {
                self.linked.insert(name.to_owned(), notes.linked);
            }
            Role::Strings | Role::Drawing | Role::Properties | Role::Other => {}
        }
        for (property, text) in notes.properties {
            let text = Some(text).filter(|text| !text.is_empty());
            match property {
                "Application" => self.book.application = text,
                "AppVersion" => self.book.app_version = text,
                "created" => self.book.created = text,
                _ => self.book.modified = text,
            }
        }
    }

    /// Keeps what the part with this folded name draws.
    pub(super) fn draw(&mut self, name: &str, drawings: Vec<Drawing>) {
        self.drawings.insert(name.to_owned(), drawings);
    }

    /// What is drawn over a sheet with these relationships, in order of place. What is drawn in the new and
    /// in the old way, for old programs, counts once; an embedded object without a drawing has no place.
    fn drawn(&self, bonds: &[Bond]) -> Vec<Drawing> {
        let of = |kind: &'static str| bonds.iter().filter(move |bond| bond.kind == kind);
        let parts = |kind| of(kind).filter_map(|bond| self.drawings.get(&bond.target)).flatten();
        let mut drawn: Vec<Drawing> = parts("drawing").cloned().collect();
        let new: BTreeSet<Option<CellRef>> = drawn.iter().map(|drawing| drawing.at).collect();
        drawn.extend(parts("vmlDrawing").filter(|old| old.at.is_none() || !new.contains(&old.at)).cloned());
        let bare = |kind| Drawing { at: None, kind, text: String::new() };
        let embedded = of("oleObject").chain(of("package")).next().is_some();
        if embedded && !drawn.iter().any(|drawing| drawing.kind == DrawingKind::Embedded) {
            drawn.push(bare(DrawingKind::Embedded));
        }
        drawn.extend(of("image").map(|_| bare(DrawingKind::Picture)));
        drawn.sort();
        drawn
    }

    /// The files and data elsewhere that the workbook is linked to: by a link of the workbook, or from a
    /// sheet.
    fn links(&self, index: &Index) -> Vec<String> {
        let outside = |part: &str| -> Vec<String> {
            let bonds = index.of(part).iter().filter(|bond| bond.outside && !bond.target.starts_with('#'));
            bonds.filter(|bond| bond.kind != "hyperlink").map(|bond| file_name(&bond.target)).collect()
        };
        let mut links: Vec<String> = self.parts.keys().flat_map(|sheet| outside(sheet)).collect();
        for (part, called) in &self.linked {
            let files = outside(part);
            // A link that says no file and no name is a link all the same.
            let unnamed = || vec![called.clone().unwrap_or_default()];
            links.extend(if files.is_empty() { unnamed() } else { files });
        }
        links.sort();
        links.dedup();
        if links.iter().any(|link| !link.is_empty()) {
            links.retain(|link| !link.is_empty());
        }
        links.truncate(limits::LINKS);
        links
    }

    /// The folded names of the parts of the sheets, in the workbook's order; none where nothing names one.
    pub(super) fn parts_of_sheets(&self, index: &Index) -> Vec<Option<String>> {
        let part = |id: &String| index.of_book().iter().find(|bond| bond.id == *id);
        self.sheets.iter().map(|id| part(id).map(|bond| bond.target.clone())).collect()
    }

    /// The facts of the workbook alone.
    pub(super) fn of_book(self) -> BookTraits {
        self.book
    }

    /// The facts of the workbook and, in its order, of every sheet.
    pub(super) fn finish(mut self, index: &Index, texts: &Texts) -> (BookTraits, Vec<SheetTraits>) {
        self.book.links = self.links(index);
        let ids = std::mem::take(&mut self.sheets);
        let sheets = ids.iter().map(|id| self.sheet(index, id, texts).unwrap_or_default()).collect();
        (self.book, sheets)
    }

    fn sheet(&mut self, index: &Index, id: &str, texts: &Texts) -> Option<SheetTraits> {
        let name = &index.of_book().iter().find(|bond| bond.id == id)?.target;
        let mut sheet = self.parts.remove(name)?;
        sheet.drawings = self.drawn(index.of(name));
        let own = index.of(name).iter();
        let mut remarks: Vec<&Remarks> = own.filter_map(|bond| self.remarks.get(&bond.target)).collect();
        // A thread has a plain note as a stand-in for old programs: its own words come first.
        remarks.sort_by_key(|remarks| !remarks.threaded);
        let mut cells: BTreeMap<CellRef, String> = BTreeMap::new();
        for (index, (cell, text)) in remarks
            .iter()
            .enumerate()
            .flat_map(|(index, remarks)| remarks.cells.iter().map(move |c| (index, c)))
        {
            let first = index == 0;
            match cells.get_mut(cell) {
                Some(said) if first => {
                    said.push_str(" / ");
                    said.push_str(text);
                }
                Some(_) => {}
                None => {
                    cells.insert(*cell, text.clone());
                }
            }
        }
        sheet.comments = cells.into_iter().collect();
        let shared = std::mem::take(&mut sheet.shared);
        let written = shared.into_iter().filter_map(|(cell, index)| Some((cell, texts.shared(index)?)));
        sheet.written.extend(written);
        Some(sheet)
    }
}

/// The name of a file, without the folders of somebody's computer.
fn file_name(address: &str) -> String {
    address.rsplit(['/', '\\']).next().unwrap_or_default().replace("%20", " ")
}
