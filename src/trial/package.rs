//! An xlsx file in pieces: its parts, taken out of the zip, changed, and put back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use super::sheet;
use super::trouble::Trouble;
use super::xml::{Document, Element};
use crate::model::CellRef;

const TYPES: &str = "[Content_Types].xml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook in pieces.
#[derive(Clone, Debug)]
pub struct Package {
    parts: Vec<(String, Part)>,
    /// The texts that cells share, once asked for.
    strings: Option<Arc<[String]>>,
    /// The sheets whose cells all say their address.
    addressed: BTreeSet<String>,
    /// A remark in the zip itself: other bytes, same workbook.
    remark: String,
}

#[derive(Clone, Debug)]
enum Part {
    Bytes(Vec<u8>),
    Tree(Document),
}

/// A sheet as the workbook lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetEntry {
    pub name: String,
    pub part: String,
}

impl Package {
    /// Takes the parts out of the bytes of an xlsx.
    ///
    /// # Errors
    /// When the bytes are not a zip that can be read to its end.
    pub fn open(bytes: &[u8]) -> Result<Self, Trouble> {
        let broken = |_| Trouble::wrong("il file non si apre come pacchetto");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).map_err(broken)?;
            let name =
                part.name().map_err(|_| Trouble::wrong("una parte ha un nome non valido"))?.to_string();
            let mut content = Vec::new();
            part.read_to_end(&mut content)
                .map_err(|_| Trouble::wrong(format!("la parte {name} non si legge")))?;
            parts.push((name, Part::Bytes(content)));
        }
        Ok(Self { parts, strings: None, addressed: BTreeSet::new(), remark: String::new() })
    }

    /// Puts the parts together again: the same changes give the same bytes.
    ///
    /// # Errors
    /// When the zip cannot be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Trouble> {
        let broken = |error: String| Trouble::Wrong(format!("il pacchetto non si scrive: {error}"));
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        // Without a time of its own every part has the first day of zip's calendar.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.set_raw_comment(self.remark.as_bytes().into()).map_err(|error| broken(error.to_string()))?;
        for (name, part) in &self.parts {
            writer.start_file(name.as_str(), options).map_err(|error| broken(error.to_string()))?;
            let content = match part {
                Part::Bytes(bytes) => bytes,
                Part::Tree(document) => &document.to_bytes(),
            };
            writer.write_all(content).map_err(|error| broken(error.to_string()))?;
        }
        Ok(writer.finish().map_err(|error| broken(error.to_string()))?.into_inner())
    }

    /// Makes the bytes differ without changing the workbook.
    pub(super) fn set_remark(&mut self, remark: &str) {
        remark.clone_into(&mut self.remark);
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(own, _)| own == name)
    }

    /// A part as a tree.
    pub(super) fn tree(&mut self, name: &str) -> Result<&mut Element, Trouble> {
        let Some((_, part)) = self.parts.iter_mut().find(|(own, _)| own == name) else {
            return Err(Trouble::wrong(format!("manca la parte {name}")));
        };
        if let Part::Bytes(bytes) = part {
            let document = Document::parse(bytes)
                .ok_or_else(|| Trouble::wrong(format!("la parte {name} non è XML ben formato")))?;
            *part = Part::Tree(document);
        }
        match part {
            Part::Tree(document) => Ok(&mut document.root),
            Part::Bytes(_) => Err(Trouble::wrong(format!("la parte {name} non si legge"))),
        }
    }

    /// Adds a part, or replaces it.
    pub(super) fn put(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.parts.retain(|(own, _)| own != name);
        self.parts.push((name.to_owned(), Part::Bytes(content.into())));
    }

    /// Takes a part away.
    pub(super) fn remove(&mut self, name: &str) {
        self.parts.retain(|(own, _)| own != name);
    }

    /// A free name: `xl/worksheets/sheet` and `.xml` give `xl/worksheets/sheet9.xml`.
    pub(super) fn free_name(&self, stem: &str, end: &str) -> String {
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
    pub(super) fn declare(&mut self, part: &str, content_type: &str) -> Result<(), Trouble> {
        let root = self.tree(TYPES)?;
        let name = format!("/{part}");
        root.retain(|own| own.get("PartName").as_deref() != Some(&name));
        let new = Element::new(&root.kin("Override"), &[("PartName", &name), ("ContentType", content_type)]);
        root.push(new);
        Ok(())
    }

    /// Forgets the content type of a part.
    pub(super) fn undeclare(&mut self, part: &str) -> Result<(), Trouble> {
        let name = format!("/{part}");
        self.tree(TYPES)?.retain(|own| own.get("PartName").as_deref() != Some(&name));
        Ok(())
    }

    /// Says the content type of all the parts with an extension.
    pub(super) fn declare_extension(&mut self, extension: &str, content_type: &str) -> Result<(), Trouble> {
        let root = self.tree(TYPES)?;
        if root.elements().all(|own| own.get("Extension").as_deref() != Some(extension)) {
            let attributes = [("Extension", extension), ("ContentType", content_type)];
            let new = Element::new(&root.kin("Default"), &attributes);
            root.children.insert(0, super::xml::Node::Element(new));
        }
        Ok(())
    }

    /// The part that holds the relationships of another.
    fn relations_of(part: &str) -> String {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
    }

    /// Adds a relationship from a part; its id.
    pub(super) fn relate(
        &mut self,
        from: &str,
        kind: &str,
        target: &str,
        external: bool,
    ) -> Result<String, Trouble> {
        let name = Self::relations_of(from);
        if !self.has(&name) {
            self.put(
                &name,
                r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>"#,
            );
        }
        let root = self.tree(&name)?;
        let taken: Vec<String> = root.elements().filter_map(|own| own.get("Id")).collect();
        let mut number = taken.len() + 1;
        while taken.contains(&format!("rId{number}")) {
            number += 1;
        }
        let id = format!("rId{number}");
        let kind = if kind.starts_with("http") { kind.to_owned() } else { format!("{OFFICE}/{kind}") };
        let mut new =
            Element::new(&root.kin("Relationship"), &[("Id", &id), ("Type", &kind), ("Target", target)]);
        if external {
            new.set("TargetMode", "External");
        }
        root.push(new);
        Ok(id)
    }

    /// The parts to which a part is related, with the id and the last word of the kind of each.
    pub(super) fn related(&mut self, from: &str) -> Result<Vec<(String, String, String)>, Trouble> {
        let name = Self::relations_of(from);
        if !self.has(&name) {
            return Ok(Vec::new());
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let found = self.tree(&name)?.elements().filter_map(|own| {
            let (id, kind, target) = (own.get("Id")?, own.get("Type")?, own.get("Target")?);
            let kind = kind.rsplit('/').next()?.to_owned();
            Some((id, kind, resolve(&folder, &target)))
        });
        Ok(found.collect())
    }

    /// Takes a relationship away.
    pub(super) fn unrelate(&mut self, from: &str, id: &str) -> Result<(), Trouble> {
        self.tree(&Self::relations_of(from))?.retain(|own| own.get("Id").as_deref() != Some(id));
        Ok(())
    }

    /// The workbook's main part.
    pub(super) fn workbook(&mut self) -> Result<String, Trouble> {
        let found = self.related("")?.into_iter().find(|(_, kind, _)| kind == "officeDocument");
        Ok(found.map_or_else(|| "xl/workbook.xml".to_owned(), |(_, _, part)| part))
    }

    /// The sheets, in order.
    pub(super) fn sheets(&mut self) -> Result<Vec<SheetEntry>, Trouble> {
        let workbook = self.workbook()?;
        let related = self.related(&workbook)?;
        let Some(list) = self.tree(&workbook)?.child("sheets") else {
            return Err(Trouble::wrong("il file non elenca i suoi fogli"));
        };
        let part = |id: Option<String>| {
            related.iter().find(|(own, _, _)| Some(own) == id.as_ref()).map(|(_, _, part)| part.clone())
        };
        let found = list.elements().filter_map(|own| {
            Some(SheetEntry {
                name: own.get("name")?,
                part: part(own.get("r:id").or_else(|| own.get("id")))?,
            })
        });
        Ok(found.collect())
    }

    /// The part of a sheet.
    pub(super) fn sheet_part(&mut self, name: &str) -> Result<String, Trouble> {
        self.sheets()?
            .into_iter()
            .find(|sheet| sheet.name == name)
            .map(|sheet| sheet.part)
            .ok_or_else(|| Trouble::absent(format!("il foglio «{name}» non c'è")))
    }

    /// A sheet as a tree.
    pub(super) fn sheet(&mut self, name: &str) -> Result<&mut Element, Trouble> {
        let part = self.sheet_part(name)?;
        let fresh = self.addressed.insert(part.clone());
        let sheet = self.tree(&part)?;
        if fresh {
            sheet::address(sheet);
        }
        Ok(sheet)
    }

    /// The text of every cell of a sheet.
    pub(super) fn texts(&mut self, name: &str) -> Result<BTreeMap<CellRef, String>, Trouble> {
        let strings = self.strings()?;
        Ok(sheet::texts(self.sheet(name)?, &strings))
    }

    /// The texts that cells share.
    fn strings(&mut self) -> Result<Arc<[String]>, Trouble> {
        if let Some(strings) = &self.strings {
            return Ok(Arc::clone(strings));
        }
        let workbook = self.workbook()?;
        let part = self.related(&workbook)?.into_iter().find(|(_, kind, _)| kind == "sharedStrings");
        let strings: Arc<[String]> = match part {
            Some((_, _, part)) => self.tree(&part)?.elements().map(Element::text).collect(),
            None => Arc::default(),
        };
        self.strings = Some(Arc::clone(&strings));
        Ok(strings)
    }

    /// The part of the styles.
    pub(super) fn styles(&mut self) -> Result<String, Trouble> {
        let workbook = self.workbook()?;
        let part = self.related(&workbook)?.into_iter().find(|(_, kind, _)| kind == "styles");
        part.map(|(_, _, part)| part).ok_or_else(|| Trouble::wrong("il file non ha formati"))
    }
}

/// A relationship's target as the name of a part.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
