//! A workbook in pieces: its parts, taken out of the package, changed, and put back.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::archive::Archive;
use super::bonds::{Bond, OFFICE, RELATIONSHIPS, TYPES, bonds};
use super::flaw::Flaw;
use super::name::list_of;
use super::pack::Writer;
use super::tree::{Document, Element};
use crate::model::CellRef;

/// A workbook in pieces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    parts: Vec<(String, Part)>,
    /// The texts that cells share, once asked for.
    strings: Option<Arc<[String]>>,
    /// The sheets whose cells all say their address.
    addressed: BTreeSet<String>,
    /// A remark in the package itself: other bytes, same workbook.
    remark: String,
}

#[derive(Clone, Debug)]
enum Part {
    Bytes(Vec<u8>),
    Tree(Document),
}

/// A sheet as the workbook lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetEntry {
    /// Its name.
    pub(crate) name: String,
    /// Its part.
    pub(crate) part: String,
}

impl Package {
    /// Takes the parts out of the bytes of a package.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, Flaw> {
        let mut parts = Vec::new();
        Archive::open(bytes)?.each(|name, part| {
            parts.push((name.to_owned(), Part::Bytes(part)));
            Ok::<(), Flaw>(())
        })?;
        Ok(Self { parts, ..Self::default() })
    }

    /// Puts the parts together again: the same changes give the same bytes.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, Flaw> {
        let mut writer = Writer::new();
        writer.remark(&self.remark)?;
        for (name, part) in &self.parts {
            match part {
                Part::Bytes(bytes) => writer.put(name, bytes)?,
                Part::Tree(document) => writer.put(name, &document.to_bytes())?,
            }
        }
        writer.finish()
    }

    /// Makes the bytes differ without changing the workbook.
    pub(crate) fn set_remark(&mut self, remark: &str) {
        remark.clone_into(&mut self.remark);
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(own, _)| own == name)
    }

    /// A part as a tree.
    pub(crate) fn tree(&mut self, name: &str) -> Result<&mut Element, Flaw> {
        let Some((_, part)) = self.parts.iter_mut().find(|(own, _)| own == name) else {
            return Err(Flaw::damaged(format!("manca la parte {name}")));
        };
        if let Part::Bytes(bytes) = part {
            let document = Document::parse(bytes)
                .ok_or_else(|| Flaw::damaged(format!("la parte {name} non è XML ben formato")))?;
            *part = Part::Tree(document);
        }
        match part {
            Part::Tree(document) => Ok(&mut document.root),
            Part::Bytes(_) => Err(Flaw::damaged(format!("la parte {name} non si legge"))),
        }
    }

    /// Adds a part, or replaces it.
    pub(crate) fn put(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.parts.retain(|(own, _)| own != name);
        self.parts.push((name.to_owned(), Part::Bytes(content.into())));
    }

    /// Takes a part away.
    pub(crate) fn remove(&mut self, name: &str) {
        self.parts.retain(|(own, _)| own != name);
    }

    /// A free name: `xl/worksheets/sheet` and `.xml` give `xl/worksheets/sheet9.xml`.
    pub(crate) fn free_name(&self, stem: &str, end: &str) -> String {
        let mut number = 1_usize;
        loop {
            let name = format!("{stem}{number}{end}");
            if !self.has(&name) {
                return name;
            }
            number += 1;
        }
    }

    /// Says the content type of a part.
    pub(crate) fn declare(&mut self, part: &str, content_type: &str) -> Result<(), Flaw> {
        self.undeclare(part)?;
        let root = self.tree(TYPES)?;
        let attributes = [("PartName", &*format!("/{part}")), ("ContentType", content_type)];
        let new = Element::new(&root.kin("Override"), &attributes);
        root.children.push(new);
        Ok(())
    }

    /// Forgets the content type of a part.
    pub(crate) fn undeclare(&mut self, part: &str) -> Result<(), Flaw> {
        let name = format!("/{part}");
        self.tree(TYPES)?.children.retain(|own| own.get("PartName") != Some(&name));
        Ok(())
    }

    /// Says the content type of all the parts with an extension.
    pub(crate) fn declare_extension(&mut self, extension: &str, content_type: &str) -> Result<(), Flaw> {
        let root = self.tree(TYPES)?;
        if root.children.iter().all(|own| own.get("Extension") != Some(extension)) {
            let attributes = [("Extension", extension), ("ContentType", content_type)];
            let new = Element::new(&root.kin("Default"), &attributes);
            root.children.insert(0, new);
        }
        Ok(())
    }

    /// Adds a relationship from a part; its id.
    pub(crate) fn relate(
        &mut self,
        from: &str,
        kind: &str,
        target: &str,
        external: bool,
    ) -> Result<String, Flaw> {
        let name = list_of(from);
        if !self.has(&name) {
            self.put(&name, Element::new("Relationships", &[("xmlns", RELATIONSHIPS)]).to_part());
        }
        let root = self.tree(&name)?;
        let taken: Vec<&str> = root.children.iter().filter_map(|own| own.get("Id")).collect();
        let mut number = taken.len() + 1;
        while taken.contains(&format!("rId{number}").as_str()) {
            number += 1;
        }
        let id = format!("rId{number}");
        let kind = if kind.starts_with("http") { kind.to_owned() } else { format!("{OFFICE}/{kind}") };
        let mut new =
            Element::new(&root.kin("Relationship"), &[("Id", &id), ("Type", &kind), ("Target", target)]);
        if external {
            new.set("TargetMode", "External");
        }
        root.children.push(new);
        Ok(id)
    }

    /// The relationships of a part; those of the package itself for no name.
    pub(crate) fn related(&mut self, from: &str) -> Result<Vec<Bond>, Flaw> {
        let list = list_of(from);
        if self.has(&list) { Ok(bonds(self.tree(&list)?, from)) } else { Ok(Vec::new()) }
    }

    /// The part to which a part is related by this kind.
    pub(crate) fn related_by(&mut self, from: &str, kind: &str) -> Result<Option<String>, Flaw> {
        Ok(self.related(from)?.into_iter().find(|bond| bond.kind == kind).map(|bond| bond.target))
    }

    /// Takes a relationship away.
    pub(crate) fn unrelate(&mut self, from: &str, id: &str) -> Result<(), Flaw> {
        self.tree(&list_of(from))?.children.retain(|own| own.get("Id") != Some(id));
        Ok(())
    }

    /// The workbook's main part.
    pub(crate) fn workbook(&mut self) -> Result<String, Flaw> {
        Ok(self.related_by("", "officeDocument")?.unwrap_or_else(|| "xl/workbook.xml".to_owned()))
    }

    /// The root of the workbook's main part.
    pub(crate) fn book(&mut self) -> Result<&mut Element, Flaw> {
        let workbook = self.workbook()?;
        self.tree(&workbook)
    }

    /// The sheets, in order.
    pub(crate) fn sheets(&mut self) -> Result<Vec<SheetEntry>, Flaw> {
        let workbook = self.workbook()?;
        let related = self.related(&workbook)?;
        let Some(list) = self.tree(&workbook)?.child("sheets") else {
            return Err(Flaw::damaged("il file non elenca i suoi fogli"));
        };
        let entry = |own: &Element| {
            let id = own.get("id")?;
            let part = related.iter().find(|bond| bond.id == id)?.target.clone();
            Some(SheetEntry { name: own.get("name")?.to_owned(), part })
        };
        Ok(list.children.iter().filter_map(entry).collect())
    }

    /// A part of cells as a tree; every row and cell says its address.
    pub(crate) fn cells(&mut self, part: &str) -> Result<&mut Element, Flaw> {
        let fresh = self.addressed.insert(part.to_owned());
        let sheet = self.tree(part)?;
        if fresh {
            address(sheet);
        }
        Ok(sheet)
    }

    /// The texts that cells share.
    pub(crate) fn strings(&mut self) -> Result<Arc<[String]>, Flaw> {
        if let Some(strings) = &self.strings {
            return Ok(Arc::clone(strings));
        }
        let workbook = self.workbook()?;
        let strings: Arc<[String]> = match self.related_by(&workbook, "sharedStrings")? {
            Some(part) => self.tree(&part)?.children.iter().map(Element::words).collect(),
            None => Arc::default(),
        };
        self.strings = Some(Arc::clone(&strings));
        Ok(strings)
    }

    /// The part of the styles.
    pub(crate) fn styles(&mut self) -> Result<String, Flaw> {
        let workbook = self.workbook()?;
        self.related_by(&workbook, "styles")?.ok_or_else(|| Flaw::damaged("il file non ha formati"))
    }
}

/// Gives every row and cell the address that the format lets them leave out.
fn address(sheet: &mut Element) {
    let Some(data) = sheet.child_mut("sheetData") else { return };
    let mut next_row = 0;
    for row in data.children.iter_mut().filter(|row| row.is("row")) {
        let number =
            row.get("r").and_then(|r| r.parse::<u32>().ok()).map_or(next_row, |r| r.saturating_sub(1));
        row.set("r", &(number + 1).to_string());
        row.unset("spans");
        next_row = number + 1;
        let mut next_col = 0;
        for cell in row.children.iter_mut().filter(|cell| cell.is("c")) {
            let col = cell.get("r").and_then(CellRef::parse).map_or(next_col, |at| at.col);
            cell.set("r", &CellRef { row: number, col }.to_string());
            next_col = col + 1;
        }
    }
}
