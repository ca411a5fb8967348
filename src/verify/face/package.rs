//! The parts of a file: which there are, of which kind, who names which, and whether every reader would read
//! the same in them.

use std::collections::BTreeMap;

use super::facts::{Facts, add};
use crate::package::{Bond, Element, Parts, bonds, content_types, list_of, owner};

/// The parts that are XML, read.
pub(super) struct Package<'a> {
    names: Vec<&'a str>,
    roots: BTreeMap<&'a str, Element>,
}

/// A part that shows something and cannot be read: its name, or what should name it.
#[derive(Debug)]
pub(in crate::verify) struct Unreadable(pub String);

impl Unreadable {
    /// The `kind` of part that this part names, and is none.
    pub(super) fn of(part: &str, kind: &str) -> Self {
        Self(format!("{part} → {kind}"))
    }
}

pub(super) const WORKBOOK: &str = "xl/workbook.xml";
pub(super) const STYLES: &str = "xl/styles.xml";
pub(super) const STRINGS: &str = "xl/sharedStrings.xml";
pub(super) const THEME: &str = "xl/theme/theme1.xml";

/// Parts that a consolidated workbook has, or that programs add without anything to see in them: the kind by
/// which others name them, how their names begin, how their type ends.
const KNOWN: [(&str, &str, &str); 16] = [
    ("officeDocument", WORKBOOK, "spreadsheetml.sheet.main+xml"),
    ("worksheet", "xl/worksheets/sheet", "spreadsheetml.worksheet+xml"),
    ("styles", STYLES, "spreadsheetml.styles+xml"),
    ("sharedStrings", STRINGS, "spreadsheetml.sharedStrings+xml"),
    ("theme", THEME, "officedocument.theme+xml"),
    ("drawing", "xl/drawings/drawing", "officedocument.drawing+xml"),
    ("chart", "xl/charts/chart", "drawingml.chart+xml"),
    ("chartStyle", "xl/charts/style", "ms-office.chartstyle+xml"),
    ("chartColorStyle", "xl/charts/colors", "ms-office.chartcolorstyle+xml"),
    ("table", "xl/tables/table", "spreadsheetml.table+xml"),
    ("printerSettings", "xl/printerSettings/printerSettings", "spreadsheetml.printerSettings"),
    ("calcChain", "xl/calcChain.xml", "spreadsheetml.calcChain+xml"),
    ("sheetMetadata", "xl/metadata.xml", "spreadsheetml.sheetMetadata+xml"),
    ("core-properties", "docProps/core.xml", "core-properties+xml"),
    ("extended-properties", "docProps/app.xml", "extended-properties+xml"),
    ("custom-properties", "docProps/custom.xml", "custom-properties+xml"),
];

/// Kinds of which there is one part.
const SINGLE: [&str; 3] = ["officeDocument", "styles", "sharedStrings"];

const TYPES: &str = "[Content_Types].xml";

/// How the types of relationships begin.
const FORMATS: [&str; 3] = [
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/office/",
    "http://purl.oclc.org/ooxml/",
];

impl<'a> Package<'a> {
    pub(super) fn of(parts: &'a Parts) -> Self {
        let read = |(name, part): (&'a String, &'a Vec<u8>)| {
            Some((name.as_str(), Element::parse(part).filter(|_| is_xml(name))?))
        };
        Self {
            names: parts.keys().map(String::as_str).collect(),
            roots: parts.iter().filter_map(read).collect(),
        }
    }

    /// The root of a part, when there is one that can be read.
    pub(super) fn root(&self, name: &str) -> Option<&Element> {
        self.roots.get(name)
    }

    /// The root of a part that must be there.
    pub(super) fn need(&self, name: &str) -> Result<&Element, Unreadable> {
        self.root(name).ok_or_else(|| Unreadable(name.to_owned()))
    }

    /// The parts that a part names, in the order written; those of the package itself for no name. Of a type
    /// that is none of the format's the kind is the whole type.
    pub(super) fn related(&self, part: &str) -> Vec<Bond> {
        let mut bonds = self.root(&list_of(part)).map(|list| bonds(list, part)).unwrap_or_default();
        let foreign = |bond: &&mut Bond| !FORMATS.iter().any(|format| bond.genus.starts_with(format));
        bonds.iter_mut().filter(foreign).for_each(|bond| bond.kind.clone_from(&bond.genus));
        bonds
    }

    /// Parts and bonds that no workbook of ours has, or of another kind than they should be.
    pub(super) fn facts(&self, facts: &mut Facts) {
        for name in self.names.iter().filter(|name| is_xml(name) && !self.roots.contains_key(**name)) {
            add(facts, None, "parte del file che non si legge", name);
        }
        self.types(facts);
        let owners = self.names.iter().filter_map(|name| owner(name));
        let bonds: Vec<Bond> = owners.flat_map(|owner| self.related(&owner)).collect();
        for bond in bonds.iter().filter(|bond| !self.is_known(bond)) {
            add(facts, None, "legame fra parti del file", &format!("{} → {}", bond.kind, bond.target));
        }
        let named = |kind: &str| bonds.iter().filter(|bond| bond.kind == kind).count();
        for kind in SINGLE.into_iter().filter(|kind| named(kind) != 1) {
            add(facts, None, "parte principale che manca o si ripete", kind);
        }
        let sheets = self.names.iter().filter(|name| name.starts_with("xl/worksheets/sheet"));
        if sheets.count() != named("worksheet") {
            add(facts, None, "parte principale che manca o si ripete", "fogli");
        }
    }

    /// Whether a bond is of a kind that leads there.
    fn is_known(&self, bond: &Bond) -> bool {
        let leads =
            |(kind, start, _): &(&str, &str, &str)| *kind == bond.kind && bond.target.starts_with(start);
        match bond.outside {
            true => bond.kind == "hyperlink",
            false => KNOWN.iter().any(leads) && self.names.contains(&bond.target.as_str()),
        }
    }

    /// Parts of another type than their names say, or that no workbook of ours has.
    fn types(&self, facts: &mut Facts) {
        let types = self.root(TYPES);
        for name in self.names.iter().filter(|name| **name != TYPES && owner(name).is_none()) {
            let said = types.map(|types| content_types(types, name)).unwrap_or_default();
            let [said] = said.as_slice() else {
                add(facts, None, "parte del file in più", &format!("{name} senza un suo genere"));
                continue;
            };
            let known = |(_, start, end): &(&str, &str, &str)| name.starts_with(start) && said.ends_with(end);
            if !KNOWN.iter().any(known) {
                add(facts, None, "parte del file in più", &format!("{name} ({said})"));
            }
        }
    }
}

/// The part of this kind that is named by this id; one of another kind is none.
pub(super) fn named<'r>(related: &'r [Bond], id: Option<&str>, kind: &str) -> Option<&'r str> {
    let found = related.iter().find(|one| Some(one.id.as_str()) == id && one.kind == kind);
    found.map(|one| one.target.as_str())
}

fn is_xml(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}
