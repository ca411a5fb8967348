//! One pass over the XML of every part, with the same parser as calamine: well-formed to the end, bounded,
//! and without the few legal spellings that calamine reads as something else.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::limits::{self, passed};
use super::raw::Refusal;
use crate::model::{CellRef, quoted};

/// Counts over all the parts of a package.
#[derive(Debug, Default)]
pub(super) struct Scan {
    cells: u64,
    strings: u64,
    sheets: u64,
    unaddressed: bool,
}

/// The part in hand.
struct Part<'a> {
    name: &'a str,
    size: u64,
    /// Whether it must be well-formed; drawings, pictures and properties are not read.
    strict: bool,
    depth: usize,
    elements: u64,
    styles: u64,
    in_data: bool,
    data_seen: bool,
    cell: Option<Cell>,
    in_value: bool,
}

/// The cell in hand.
struct Cell {
    address: String,
    kind: CellKind,
    values: u32,
    pieces: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CellKind {
    /// The index of a shared string: digits only.
    Shared,
    /// A number, a yes/no, an error: one plain text.
    Plain,
    /// Text written in the cell: may hold entities.
    Text,
}

/// Folders of a package whose content is never read.
const UNREAD: [&str; 7] =
    ["docProps/", "customXml/", "/drawings/", "/media/", "/embeddings/", "/charts/", "/printerSettings/"];

impl Scan {
    /// Whether every cell says its own address.
    pub(super) fn addressed(&self) -> bool {
        !self.unaddressed
    }

    /// Looks at a part; one that is not XML ends at once.
    pub(super) fn part(&mut self, name: &str, content: &[u8]) -> Result<(), Refusal> {
        let xml_name = name.ends_with(".xml") || name.ends_with(".rels");
        let strict = xml_name && !UNREAD.iter().any(|folder| name.contains(folder));
        let mut part = Part {
            name,
            size: u64::try_from(content.len()).unwrap_or(u64::MAX),
            strict,
            depth: 0,
            elements: 0,
            styles: 0,
            in_data: false,
            data_seen: false,
            cell: None,
            in_value: false,
        };
        let mut reader = Reader::from_reader(content);
        let config = reader.config_mut();
        config.check_end_names = strict;
        config.expand_empty_elements = true;
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => return part.end(),
                Ok(event) => self.event(&mut part, &event)?,
                Err(_) if strict => return Err(part.damaged("non è XML ben formato")),
                Err(_) => return Ok(()),
            }
        }
    }

    fn event(&mut self, part: &mut Part<'_>, event: &Event<'_>) -> Result<(), Refusal> {
        match event {
            Event::Start(start) => self.start(part, start),
            Event::End(end) => {
                part.close(end.local_name().as_ref());
                Ok(())
            }
            Event::Text(text) => part.text(text),
            Event::GeneralRef(_) => part.reference(),
            Event::CData(_) | Event::Comment(_) | Event::PI(_) if part.in_value => {
                Err(part.cell_damaged("contiene qualcosa che non è un valore"))
            }
            Event::DocType(_) if part.strict => {
                Err(part.damaged("contiene una dichiarazione DOCTYPE, non ammessa"))
            }
            _ => Ok(()),
        }
    }

    fn start(&mut self, part: &mut Part<'_>, start: &BytesStart<'_>) -> Result<(), Refusal> {
        part.open()?;
        match start.local_name().as_ref() {
            "sheetData" => part.open_data(),
            "row" if part.in_data => part.row(start),
            "c" if part.in_data => {
                self.cells += 1;
                bounded("numero di celle", self.cells, limits::CELLS)?;
                self.unaddressed |= part.open_cell(start)?;
                Ok(())
            }
            "v" => part.open_value(),
            "f" | "dimension" | "mergeCell" => part.range(start),
            "sst" => part.string_count(start),
            "si" => {
                self.strings += 1;
                bounded("numero di testi", self.strings, limits::STRINGS)
            }
            "sheet" => {
                self.sheets += 1;
                bounded("numero di fogli", self.sheets, limits::SHEETS)
            }
            "xf" | "font" | "fill" | "border" | "numFmt" | "definedName" | "Relationship" => {
                part.styles += 1;
                bounded("numero di formati e nomi", part.styles, limits::STYLES)
            }
            _ => Ok(()),
        }
    }
}

impl Part<'_> {
    fn open(&mut self) -> Result<(), Refusal> {
        self.depth += 1;
        self.elements += 1;
        bounded("numero di elementi di una parte", self.elements, limits::ELEMENTS)?;
        if self.strict && self.depth > limits::DEPTH {
            return Err(self.damaged("ha troppi elementi uno dentro l'altro"));
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        match name {
            "sheetData" => self.in_data = false,
            "c" => self.cell = None,
            "v" => self.in_value = false,
            _ => {}
        }
    }

    fn end(&self) -> Result<(), Refusal> {
        if self.strict && self.depth > 0 { Err(self.damaged("si interrompe a metà")) } else { Ok(()) }
    }

    fn open_data(&mut self) -> Result<(), Refusal> {
        if self.data_seen {
            return Err(self.damaged("contiene due volte le celle"));
        }
        self.data_seen = true;
        self.in_data = true;
        Ok(())
    }

    fn row(&self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        match self.attribute(start, "r")? {
            Some(row) if !row.parse::<u32>().is_ok_and(|row| (1..=CellRef::ROWS).contains(&row)) => {
                Err(self.damaged(&format!("la riga {} è fuori dal foglio", quoted(&row))))
            }
            _ => Ok(()),
        }
    }

    /// Answers whether the cell leaves its address out.
    fn open_cell(&mut self, start: &BytesStart<'_>) -> Result<bool, Refusal> {
        let address = self.attribute(start, "r")?;
        if let Some(address) = &address
            && CellRef::parse(address).is_none()
        {
            return Err(self.damaged(&format!("la cella {} è fuori dal foglio", quoted(address))));
        }
        let kind = match self.attribute(start, "t")?.as_deref() {
            Some("s") => CellKind::Shared,
            None | Some("n" | "b" | "e") => CellKind::Plain,
            Some(_) => CellKind::Text,
        };
        let missing = address.is_none();
        self.cell = Some(Cell { address: address.unwrap_or_default(), kind, values: 0, pieces: 0 });
        Ok(missing)
    }

    fn open_value(&mut self) -> Result<(), Refusal> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.values += 1;
        let repeated = cell.values > 1;
        self.in_value = true;
        if repeated { Err(self.cell_damaged("ha due valori")) } else { Ok(()) }
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        if self.strict && text.len() > limits::TEXT {
            let found = u64::try_from(text.len()).ok();
            return Err(limits::passed_bytes("dimensione di un testo", 1_048_576, found));
        }
        if !self.in_value {
            return Ok(());
        }
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.pieces += 1;
        let (kind, pieces) = (cell.kind, cell.pieces);
        if kind == CellKind::Shared && !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(self.cell_damaged("rimanda a un testo che non c'è"));
        }
        if kind != CellKind::Text && pieces > 1 {
            Err(self.cell_damaged("ha un valore spezzato"))
        } else {
            Ok(())
        }
    }

    fn reference(&self) -> Result<(), Refusal> {
        match &self.cell {
            Some(cell) if self.in_value && cell.kind != CellKind::Text => {
                Err(self.cell_damaged("ha un valore spezzato"))
            }
            _ => Ok(()),
        }
    }

    /// The range of a formula, of a merge or of the whole sheet: in the grid, and not upside down.
    fn range(&self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        let Some(range) = self.attribute(start, "ref")? else { return Ok(()) };
        let (first, last) = range.split_once(':').unwrap_or((&range, &range));
        match (CellRef::parse(first), CellRef::parse(last)) {
            (Some(first), Some(last)) if first.row <= last.row && first.col <= last.col => Ok(()),
            _ if !self.strict => Ok(()),
            _ => Err(self.damaged(&format!("l'intervallo {} è fuori dal foglio", quoted(&range)))),
        }
    }

    /// The shortest string takes five bytes, `<si/>`: a part cannot hold more than its size allows.
    fn string_count(&self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        match self.attribute(start, "uniqueCount")? {
            Some(count) if !count.parse::<u64>().is_ok_and(|count| count <= self.size / 5) => {
                Err(self
                    .damaged(&format!("dichiara {} testi, più di quanti ne può contenere", quoted(&count))))
            }
            _ => Ok(()),
        }
    }

    /// The attribute called exactly `name`, refused when it stands twice.
    fn attribute(&self, start: &BytesStart<'_>, name: &str) -> Result<Option<String>, Refusal> {
        let mut found = None;
        for attribute in start.attributes().with_checks(false) {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(_) if self.strict => return Err(self.damaged("ha un attributo malformato")),
                Err(_) => return Ok(found),
            };
            if attribute.key.as_ref() == name {
                if found.is_some() {
                    return Err(self.damaged("ha un attributo ripetuto"));
                }
                found = Some(attribute.value.into_owned());
            }
        }
        Ok(found)
    }

    fn damaged(&self, what: &str) -> Refusal {
        Refusal::Damaged(format!("la parte {} {what}", self.name))
    }

    fn cell_damaged(&self, what: &str) -> Refusal {
        let address = self.cell.as_ref().map_or("", |cell| cell.address.as_str());
        self.damaged(&format!("è rovinata: la cella {address} {what}"))
    }
}

fn bounded(what: &'static str, found: u64, limit: u64) -> Result<(), Refusal> {
    if found > limit { Err(passed(what, limit, found)) } else { Ok(()) }
}
