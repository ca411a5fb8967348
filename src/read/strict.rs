//! A package looked at by the letter, as the strictest of its readers would: for whoever writes one.

use crate::excel::bounds;
use std::collections::{BTreeMap, BTreeSet};

use super::raw::{RawCell, RawContent, RawWorkbook};
use crate::model::CellRef;
use crate::package::{Archive, Element, Flaw, Parts, bonds_of, content_types, folded, owner};

/// What some reader could stumble on in a workbook: parts that are not well-formed or hold characters that
/// XML does not admit, relationships that lead nowhere, parts of no type, sheets and cells beyond what
/// programs take. `book` is what was read in the same bytes.
pub fn faults(bytes: &[u8], book: &RawWorkbook) -> Vec<String> {
    match looked_at(bytes) {
        Err(flaw) => vec![format!("il pacchetto non si apre: {}", flaw.words())],
        Ok(parts) => [parts, sheets(book)].concat(),
    }
}

/// The parts of a package, and those that are not XML by the letter. One at a time is unpacked, and of what
/// only its name is asked for nothing is kept: the sheets of a thousand offices are great.
fn looked_at(bytes: &[u8]) -> Result<Vec<String>, Flaw> {
    let mut letters = Letters::default();
    Archive::open(bytes)?.each(|name, part| {
        letters.look(name, part);
        Ok::<(), Flaw>(())
    })?;
    Ok(letters.finish())
}

/// The parts of a package looked at one after the other.
#[derive(Debug, Default)]
pub(super) struct Letters {
    /// Those that are read for their own sake; of the others only the name.
    parts: Parts,
    wrong: Vec<String>,
}

impl Letters {
    /// Looks at a part.
    pub(super) fn look(&mut self, name: &str, part: Vec<u8>) {
        self.wrong.extend(letters(name, &part));
        let is_read = name == TYPES || name.ends_with(".rels");
        self.parts.insert(name.to_owned(), if is_read { part } else { Vec::new() });
    }

    /// There is a part of this name, which is looked at piece by piece.
    pub(super) fn name(&mut self, name: &str) {
        self.parts.insert(name.to_owned(), Vec::new());
    }

    /// What is wrong in a piece of it, when anything is.
    pub(super) fn hear(&mut self, name: &str, wrong: Option<String>) {
        self.wrong.extend(wrong.map(|why| told(name, &why)));
    }

    /// What is wrong with all of them.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.wrong.sort();
        [self.wrong, links(&self.parts), types(&self.parts)].concat()
    }
}

/// What says which type each part is of.
const TYPES: &str = "[Content_Types].xml";

/// What is not XML by the letter in a part.
fn letters(name: &str, part: &[u8]) -> Option<String> {
    let is_xml = [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end));
    is_xml.then(|| letter(name, part)).flatten().map(|why| told(name, &why))
}

fn told(name: &str, why: &str) -> String {
    format!("la parte {name} {why}")
}

fn letter(name: &str, part: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(part) else { return Some("non è in UTF-8".to_owned()) };
    if let Some(wrong) = in_piece(text) {
        return Some(wrong);
    }
    // Cells are already read to the end by who gave the workbook.
    let read = name.contains("/worksheets/sheet") || name.ends_with("sharedStrings.xml");
    (!read && Element::parse(part).is_none()).then(|| "non è XML ben formato".to_owned())
}

/// A character that XML does not admit in a piece of a part that parts no reference.
pub(super) fn in_piece(text: &str) -> Option<String> {
    if let Some(illegal) = illegal(text) {
        return Some(format!("contiene il carattere U+{illegal:04X}"));
    }
    let illegal = text.split("&#").skip(1).find(|reference| !is_legal_reference(reference))?;
    let named: String = illegal.chars().take_while(|c| *c != ';').take(12).collect();
    Some(format!("contiene il carattere &#{named};"))
}

/// A character that XML does not admit, written as it is: bytes are enough to see one, and a great sheet is
/// seen at once.
fn illegal(text: &str) -> Option<u32> {
    let control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    let found = text.as_bytes().iter().find(|byte| control(byte)).map(|byte| u32::from(*byte));
    found.or_else(|| ['\u{fffe}', '\u{ffff}'].into_iter().find(|c| text.contains(*c)).map(u32::from))
}

/// The characters of XML 1.0 (2.2).
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn is_legal_reference(reference: &str) -> bool {
    let number = reference.split(';').next().unwrap_or_default();
    let number = match number.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    number.ok().and_then(char::from_u32).is_some_and(is_legal)
}

/// Relationships of one id, or that lead to no part.
fn links(parts: &Parts) -> Vec<String> {
    let named: BTreeMap<String, &Vec<u8>> = parts.iter().map(|(name, part)| (folded(name), part)).collect();
    let mut wrong = Vec::new();
    for own in named.keys().filter_map(|name| owner(name)) {
        let mut source = |wanted: &str| Ok(named.get(wanted).map(|part| (*part).clone()));
        match bonds_of(&own, &mut source) {
            Err(flaw) => wrong.push(flaw.words()),
            Ok(bonds) => {
                let bonds = bonds.unwrap_or_default().into_iter();
                let lost = bonds.filter(|bond| !bond.outside && !named.contains_key(&bond.target));
                wrong.extend(lost.map(|bond| format!("{own} rimanda a {}, che non c'è", bond.target)));
            }
        }
    }
    wrong
}

/// Parts of which nothing says what they are.
fn types(parts: &Parts) -> Vec<String> {
    let Some(root) = parts.get(TYPES).and_then(|part| Element::parse(part)) else {
        return vec![format!("manca {TYPES}")];
    };
    let unknown = parts.keys().filter(|name| *name != TYPES && content_types(&root, name).is_empty());
    unknown.map(|name| format!("la parte {name} è senza tipo")).collect()
}

/// Sheets, texts and formulas that programs do not take.
fn sheets(book: &RawWorkbook) -> Vec<String> {
    let (mut wrong, mut names) = (Vec::new(), Names::default());
    for sheet in &book.sheets {
        let name = &sheet.name;
        wrong.extend(names.faults(name));
        wrong.extend(sheet.damage.iter().map(|damage| format!("il foglio «{name}» non si legge: {damage}")));
        wrong.extend(sheet.cells.iter().flat_map(|(at, cell)| cell_fault(name, *at, cell)));
    }
    wrong
}

/// The names of the sheets so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    seen: BTreeSet<String>,
}

impl Names {
    /// Why programs do not take a sheet of this name after the others.
    pub(super) fn faults(&mut self, name: &str) -> Vec<String> {
        let forbidden = name.contains(['[', ']', ':', '*', '?', '/', '\\']);
        let length = name.encode_utf16().count();
        let ends = name.starts_with('\'') || name.ends_with('\'');
        let mut wrong = Vec::new();
        if forbidden || ends || !(1..=bounds::SHEET_NAME).contains(&length) {
            wrong.push(format!("il foglio «{name}» ha un nome che Excel non ammette"));
        }
        if !self.seen.insert(name.to_lowercase()) {
            wrong.push(format!("due fogli si chiamano «{name}»"));
        }
        wrong
    }
}

/// Why programs do not take a cell.
pub(super) fn cell_fault(name: &str, at: CellRef, cell: &RawCell) -> Option<String> {
    if let RawContent::Unreadable(why) = &cell.content {
        return Some(format!("'{name}'!{at} non si legge: {why}"));
    }
    let formula = cell.formula.as_ref().filter(|formula| formula.len() > bounds::FORMULA)?;
    let long = formula.encode_utf16().count() > bounds::FORMULA;
    long.then(|| format!("'{name}'!{at} ha una formula troppo lunga"))
}

#[cfg(test)]
mod tests {
    use super::{Parts, letters, links, sheets, types};
    use crate::model::CellRef;
    use crate::read::{RawCell, RawContent, RawSheet, RawWorkbook};

    fn parts(own: &[(&str, &str)]) -> Parts {
        own.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn what_xml_does_not_admit_is_found() {
        let told = |text: &str| letters("xl/worksheets/sheet1.xml", text.as_bytes());
        assert_eq!(told("<a b=\"\t\">è &#233; &#x1F600; \u{1F600}</a>"), None);
        for (wrong, word) in [
            ("<a>\u{1}</a>", "U+0001"),
            ("<a>\u{ffff}</a>", "U+FFFF"),
            ("<a>&#1;</a>", "&#1;"),
            ("<a>&#xFFFE;</a>", "&#xFFFE;"),
        ] {
            assert!(told(wrong).unwrap().contains(word), "{wrong:?}");
        }
        assert!(letters("xl/drawings/drawing1.xml", b"<a><b></a>").unwrap().contains("ben formato"));
        assert!(letters("docProps/core.xml", &[b'<', 0xff]).unwrap().contains("UTF-8"));
        assert_eq!(letters("xl/media/image1.png", &[b'<', 0xff]), None);
    }

    #[test]
    fn a_relationship_to_nothing_and_a_part_of_no_type_are_found() {
        let rels = r#"<Relationships><Relationship Id="a" Type="x/chart" Target="../charts/chart1.xml"/><Relationship Id="b" Type="x/hyperlink" Target="http://x" TargetMode="External"/></Relationships>"#;
        let own = parts(&[("xl/drawings/_rels/drawing1.xml.rels", rels)]);
        assert!(links(&own).first().unwrap().contains("xl/charts/chart1.xml"));
        let typed = r#"<Types><Default Extension="rels" ContentType="r"/></Types>"#;
        let own = parts(&[("[Content_Types].xml", typed), ("_rels/.rels", ""), ("xl/workbook.xml", "")]);
        assert_eq!(types(&own), ["la parte xl/workbook.xml è senza tipo"]);
    }

    #[test]
    fn sheets_and_cells_that_programs_do_not_take_are_found() {
        let cell = |content, formula: &str| RawCell { content, formula: Some(formula.to_owned()) };
        let sheet = |name: &str, own: RawCell| RawSheet {
            name: name.to_owned(),
            cells: [(CellRef { row: 0, col: 0 }, own)].into(),
            ..RawSheet::default()
        };
        let good = || cell(RawContent::Number(1.0), "A2");
        let told = |own| sheets(&RawWorkbook { sheets: own, ..RawWorkbook::default() }).len();
        assert_eq!(told(vec![sheet("S01", good())]), 0);
        assert_eq!(told(vec![sheet("S01", good()), sheet("s01", good())]), 1);
        for name in ["", "a/b", "'a", "Un nome di foglio che non finisce"] {
            assert_eq!(told(vec![sheet(name, good())]), 1, "{name}");
        }
        assert_eq!(told(vec![sheet("S01", cell(RawContent::Unreadable("x".into()), "A2"))]), 1);
        assert_eq!(told(vec![sheet("S01", cell(RawContent::Number(1.0), &"A".repeat(9_000)))]), 1);
    }
}
