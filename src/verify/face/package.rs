//! The parts of a file: which there are, of which kind, who names which, and whether every reader would read the same in them.

use std::collections::BTreeMap;

use super::facts::{Facts, add};
use crate::read::{Node, Parts};

/// The parts that are XML, read.
pub(super) struct Package<'a> {
    names: Vec<&'a str>,
    roots: BTreeMap<&'a str, Node>,
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

/// A part that another one names.
pub(super) struct Related {
    pub id: String,
    /// The last word of its type: `drawing`, `table`, `hyperlink`; the whole type, when it is not one of the format's.
    pub kind: String,
    /// Its name in the package; the address, when it is outside.
    pub target: String,
    /// Whether it is outside the package.
    pub outside: bool,
}

pub(super) const WORKBOOK: &str = "xl/workbook.xml";
pub(super) const STYLES: &str = "xl/styles.xml";
pub(super) const STRINGS: &str = "xl/sharedStrings.xml";
pub(super) const THEME: &str = "xl/theme/theme1.xml";

/// Parts that a consolidated workbook has, or that programs add without anything to see in them: the kind by which others name
/// them, how their names begin, how their type ends.
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
            Some((name.as_str(), Node::parse(part).filter(|_| is_xml(name))?))
        };
        Self {
            names: parts.keys().map(String::as_str).collect(),
            roots: parts.iter().filter_map(read).collect(),
        }
    }

    /// The root of a part, when there is one that can be read.
    pub(super) fn root(&self, name: &str) -> Option<&Node> {
        self.roots.get(name)
    }

    /// The root of a part that must be there.
    pub(super) fn need(&self, name: &str) -> Result<&Node, Unreadable> {
        self.root(name).ok_or_else(|| Unreadable(name.to_owned()))
    }

    /// The parts that a part names, in the order written; those of the package itself for no name.
    pub(super) fn related(&self, part: &str) -> Vec<Related> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let folder_and = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(root) = self.root(&format!("{folder_and}_rels/{name}.rels")) else { return Vec::new() };
        root.all("Relationship").filter_map(|node| one(node, folder)).collect()
    }

    /// Parts and bonds that no workbook of ours has, or of another kind than they should be.
    pub(super) fn facts(&self, facts: &mut Facts) {
        for name in self.names.iter().filter(|name| is_xml(name) && !self.roots.contains_key(**name)) {
            add(facts, None, "parte del file che non si legge", name);
        }
        self.types(facts);
        let owners = self.names.iter().filter_map(|name| owner(name));
        let bonds: Vec<Related> = owners.flat_map(|owner| self.related(&owner)).collect();
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
    fn is_known(&self, bond: &Related) -> bool {
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
        let of = |name: &'static str, attribute: &str, wanted: &str| -> Vec<&str> {
            let listed = types.into_iter().flat_map(move |types| types.all(name));
            let own =
                listed.filter(|node| node.get(attribute).is_some_and(|own| own.eq_ignore_ascii_case(wanted)));
            own.filter_map(|node| node.get("ContentType")).collect()
        };
        for name in self.names.iter().filter(|name| **name != TYPES && owner(name).is_none()) {
            let mut said = of("Override", "PartName", &format!("/{name}"));
            if said.is_empty() {
                said = of("Default", "Extension", name.rsplit('.').next().unwrap_or_default());
            }
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
pub(super) fn named<'r>(related: &'r [Related], id: Option<&str>, kind: &str) -> Option<&'r str> {
    let found = related.iter().find(|one| Some(one.id.as_str()) == id && one.kind == kind);
    found.map(|one| one.target.as_str())
}

fn is_xml(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}

/// The part whose bonds a part lists; no name for the package itself, `None` when it lists none.
fn owner(name: &str) -> Option<String> {
    let (folder, own) = name.strip_suffix(".rels")?.rsplit_once("_rels/")?;
    Some(format!("{folder}{own}"))
}

fn one(node: &Node, folder: &str) -> Option<Related> {
    let outside = node.get("TargetMode") == Some("External");
    let (target, kind) = (node.get("Target")?, node.get("Type")?);
    let known = FORMATS.iter().any(|format| kind.starts_with(format));
    Some(Related {
        id: node.get("Id")?.to_owned(),
        kind: if known { kind.rsplit('/').next()?.to_owned() } else { kind.to_owned() },
        target: if outside { target.to_owned() } else { resolved(folder, target) },
        outside,
    })
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

#[cfg(test)]
mod tests {
    use super::{owner, resolved};

    #[test]
    fn a_part_is_found_from_the_one_that_names_it() {
        assert_eq!(resolved("xl/worksheets", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml");
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
    }

    #[test]
    fn bonds_belong_to_the_part_that_they_are_called_after() {
        assert_eq!(owner("xl/worksheets/_rels/sheet1.xml.rels").unwrap(), "xl/worksheets/sheet1.xml");
        assert_eq!(owner("_rels/.rels").unwrap(), "");
        assert_eq!(owner("xl/worksheets/sheet1.xml"), None);
    }
}
