//! One pass of our own over the XML of every part: well-formed to the end, bounded, and without the few legal
//! spellings that calamine reads as something else. What it reads in the cells is what calamine is held
//! against.

use std::borrow::Cow;

use super::area::Area;
use super::drawing;
use super::gather::{Gathered, Notes};
use super::limits::{self, Reach};
use super::own::{Kind, Own, Strings};
use super::refusal::Refusal;
use super::runs::Texts;
use super::traits::{BookTraits, SheetTraits};
use crate::model::{CellRef, quoted};
use crate::package::{Event, Flaw, Index, Role, Standing, Tag, character, scan, spelled};

/// Counts over all the parts of a package.
#[derive(Debug)]
pub(super) struct Scan {
    reach: Reach,
    cells: u64,
    strings: u64,
    sheets: u64,
    unaddressed: bool,
    gathered: Gathered,
    /// The texts of several pieces.
    texts: Texts,
}

/// The part in hand.
pub(super) struct Part<'a> {
    name: &'a str,
    size: u64,
    /// What it is to the workbook.
    role: Role,
    /// Whether it must be well-formed; drawings, pictures and properties are not read.
    strict: bool,
    /// Whether it says who saved the file and when.
    properties: bool,
    depth: usize,
    elements: u64,
    styles: u64,
    in_data: bool,
    data_seen: bool,
    cell: Option<Cell>,
    in_value: bool,
    /// Where the cell to come stands when it does not say so: row and column.
    next: (u32, u32),
    notes: Notes,
}

/// The cell in hand.
#[derive(Default)]
struct Cell {
    address: Option<CellRef>,
    /// Where it stands, said or not.
    at: Option<CellRef>,
    style: u32,
    kind: Kind,
    formula: bool,
    /// Whether a text is written in it.
    inline: bool,
    /// Whether there is something in it, a formula included.
    holds: bool,
    values: u32,
    pieces: u32,
    /// The place of its text in the list that cells share.
    shared: Option<u32>,
}

/// What rows, cells and texts are made of.
const SAID: [&str; 9] = ["row", "c", "v", "f", "is", "si", "t", "r", "rPr"];

/// Folders of a package whose content is never read.
const UNREAD: [&str; 7] =
    ["docprops/", "customxml/", "/drawings/", "/media/", "/embeddings/", "/charts/", "/printersettings/"];

impl Scan {
    /// A scan within these bounds.
    pub(super) fn within(reach: Reach) -> Self {
        Self {
            reach,
            cells: 0,
            strings: 0,
            sheets: 0,
            unaddressed: false,
            gathered: Gathered::default(),
            texts: Texts::default(),
        }
    }

    /// The texts that cells share, once their part is read.
    pub(super) fn take_strings(&mut self) -> Strings {
        self.texts.take_strings()
    }

    /// The folded names of the parts of the sheets, in the workbook's order, once its list is read.
    pub(super) fn sheets(&self, index: &Index) -> Vec<Option<String>> {
        self.gathered.parts_of_sheets(index)
    }

    /// What the parts say of the workbook.
    pub(super) fn of_book(self) -> BookTraits {
        self.gathered.of_book()
    }

    /// Whether every cell says its own address.
    pub(super) fn addressed(&self) -> bool {
        !self.unaddressed
    }

    /// What the parts say of the workbook and, in its order, of every sheet; the texts that cells share.
    pub(super) fn finish(mut self, index: &Index) -> (BookTraits, Vec<SheetTraits>, Strings) {
        let strings = self.texts.take_strings();
        let (book, sheets) = self.gathered.finish(index, &self.texts);
        (book, sheets, strings)
    }

    /// Looks at the part `name`, in the index as `own`; one that is not XML ends at once. Answers its text.
    pub(super) fn part<'c>(
        &mut self,
        name: &str,
        own: &str,
        role: Role,
        content: &'c [u8],
    ) -> Result<Cow<'c, str>, Refusal> {
        if role == Role::Drawing {
            self.gathered.draw(own, drawing::of_part(own, content));
        }
        let mut part = Part::new(name, own, role, limits::bytes(content.len()));
        let strict = part.strict;
        let text = match spelled(content) {
            Ok(text) => text,
            Err(why) if strict => return Err(Refusal::unspelled(name, why)),
            Err(_) => return Ok(Cow::default()),
        };
        if scan(&text, strict, |event| self.event(&mut part, event))? {
            part.end()?;
            self.gathered.keep(own, role, part.notes);
        } else if strict {
            return Err(part.damaged("non è XML ben formato"));
        }
        Ok(text)
    }

    /// Looks at a piece of a sheet that is read piece by piece; `standing` is where the pieces before have
    /// come to, and `kept` hears of each cell that holds something.
    pub(super) fn piece(
        &mut self,
        part: &mut Part<'_>,
        standing: &mut Standing,
        text: &str,
        kept: &mut dyn FnMut(&Own) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let well_formed = standing.scan(text, |event| {
            self.event(part, event)?;
            let sheet = &mut part.notes.sheet;
            if !sheet.own.cells.is_empty() {
                kept(&sheet.own)?;
                sheet.own.forget();
                sheet.shared.clear();
            }
            Ok::<(), Refusal>(())
        })?;
        if well_formed { Ok(()) } else { Err(part.damaged("non è XML ben formato")) }
    }

    fn event(&mut self, part: &mut Part<'_>, event: Event<'_>) -> Result<(), Refusal> {
        match event {
            Event::Open(start) => self.start(part, start),
            Event::Close(name) => {
                self.end_text(part, name)?;
                part.close(name);
                Ok(())
            }
            Event::Text(text) => {
                if self.texts.is_open() {
                    self.texts.hear(text);
                }
                part.text(text)
            }
            Event::Reference(name) => {
                if self.texts.is_open() {
                    self.texts.hear_read(&character(name));
                }
                part.reference(name)
            }
            Event::Verbatim(text) if self.texts.is_open() && !part.in_value => {
                self.texts.hear(text);
                Ok(())
            }
            Event::Verbatim(_) | Event::Aside if part.in_value => {
                Err(part.cell_damaged("contiene qualcosa che non è un valore"))
            }
            Event::DocType if part.strict => {
                Err(part.damaged("contiene una dichiarazione DOCTYPE, non ammessa"))
            }
            _ => Ok(()),
        }
    }

    /// An element closes: when it is a text of several pieces, the cell that it stands in keeps them.
    fn end_text(&mut self, part: &mut Part<'_>, name: &str) -> Result<(), Refusal> {
        if !self.texts.is_open() {
            return Ok(());
        }
        let runs = self.texts.end(name);
        if let Some(cell) = part.cell.as_mut().filter(|_| name == "is") {
            cell.inline = true;
            part.notes.sheet.own.hear_read(self.texts.plain());
        }
        if self.texts.is_too_long() {
            return Err(Flaw::passed_bytes("dimensione dei testi", limits::RUNS, None).into());
        }
        if let Some((cell, runs)) = part.cell.as_ref().and_then(|cell| cell.address).zip(runs) {
            part.notes.sheet.written.insert(cell, runs);
        }
        Ok(())
    }

    fn start(&mut self, part: &mut Part<'_>, start: Tag<'_>) -> Result<(), Refusal> {
        part.open(self.reach.elements)?;
        if self.texts.is_open() {
            self.texts.start(start.local(), start);
        }
        if part.properties {
            part.notes.open_property(start.local());
            return Ok(());
        }
        part.one_vocabulary(start)?;
        if part.role == Role::Sheet {
            // Bytes, for what comes by the thousand.
            match start.local().as_bytes() {
                b"row" if part.in_data => return part.row(start),
                b"c" if part.in_data => {
                    self.cells += 1;
                    bounded("numero di celle", self.cells, self.reach.cells)?;
                    self.unaddressed |= part.open_cell(start)?;
                    return Ok(());
                }
                b"row" | b"c" if start.is_own() => return part.outside_data(start),
                b"v" => return part.open_value(),
                b"f" if part.cell.is_some() => return part.open_formula(start),
                b"is" if part.cell.is_some() => {
                    self.texts.begin();
                    return part.open_inline();
                }
                _ => {}
            }
        }
        self.start_other(part, start)
    }

    /// The same of what is no row and no cell.
    fn start_other(&mut self, part: &mut Part<'_>, start: Tag<'_>) -> Result<(), Refusal> {
        match (part.role, start.local()) {
            (Role::Sheet, "sheetData") => part.open_data(),
            (Role::Sheet, "mergeCell") => {
                part.notes.merge(start);
                part.range(start)
            }
            (Role::Sheet, "f" | "dimension") => part.range(start),
            (Role::Strings, "sst") => part.string_count(start),
            (Role::Strings, "si") => {
                self.strings += 1;
                self.texts.begin();
                bounded("numero di testi", self.strings, limits::STRINGS)
            }
            (Role::Book, "sheet") => {
                self.sheets += 1;
                part.one_bond(start)?;
                part.notes.open("sheet", start);
                bounded("numero di fogli", self.sheets, limits::SHEETS)
            }
            (_, name @ ("xf" | "font" | "fill" | "border" | "numFmt" | "definedName" | "Relationship")) => {
                part.styles += 1;
                part.notes.open(name, start);
                part.notes.painter.open(name, start);
                bounded("numero di formati e nomi", part.styles, limits::STYLES)
            }
            (_, name) => {
                part.notice(name, start);
                Ok(())
            }
        }
    }
}

impl<'a> Part<'a> {
    /// The part `name`, in the index as `own`, of so many bytes.
    pub(super) fn new(name: &'a str, own: &str, role: Role, size: u64) -> Self {
        let xml_name = own.ends_with(".xml") || own.ends_with(".rels");
        let unread = || UNREAD.iter().any(|folder| own.contains(folder));
        let strict = match role {
            Role::Properties | Role::Drawing => false,
            Role::Other => xml_name && !unread(),
            _ => true,
        };
        Part {
            name,
            role,
            size,
            strict,
            properties: role == Role::Properties || (role == Role::Other && own.starts_with("docprops/")),
            depth: 0,
            elements: 0,
            styles: 0,
            in_data: false,
            data_seen: false,
            cell: None,
            in_value: false,
            next: (0, 0),
            notes: Notes::default(),
        }
    }
}

impl Part<'_> {
    fn open(&mut self, most: u64) -> Result<(), Refusal> {
        self.depth += 1;
        self.elements += 1;
        bounded("numero di elementi di una parte", self.elements, most)?;
        if self.strict && self.depth > limits::DEPTH {
            return Err(self.damaged("ha troppi elementi uno dentro l'altro"));
        }
        Ok(())
    }

    /// What says something of the workbook or of a sheet, beside the cells.
    fn notice(&mut self, name: &str, start: Tag<'_>) {
        match (self.role, name) {
            (Role::Sheet, "sheetProtection") => self.notes.protection(start),
            (Role::Sheet, "dataValidation") => self.notes.validation(start),
            (Role::Sheet, "conditionalFormatting" | "cfRule" | "dataBar" | "iconSet" | "formula") => {
                self.notes.veiler.open(name, start);
            }
            (Role::Sheet, "col") if !self.data_seen => self.notes.columns(start),
            (Role::Styles, "numFmts" | "cellXfs") => {
                self.notes.open(name, start);
                self.notes.painter.open(name, start);
            }
            (Role::Styles | Role::Theme, _) => self.notes.painter.open(name, start),
            (Role::Book, "calcPr")
            | (Role::Remarks, "comment" | "threadedComment" | "t" | "text" | "author")
            | (Role::Link, "ddeLink")
            | (Role::Connections, "connection") => self.notes.open(name, start),
            _ => {}
        }
    }

    /// A sheet names its part once: of two such attributes programs take the one or the other.
    fn one_bond(&self, start: Tag<'_>) -> Result<(), Refusal> {
        let bonds = start.attributes().flatten();
        if bonds.filter(|(name, _)| name.rsplit(':').next() == Some("id")).count() > 1 {
            return Err(Refusal::Ambiguous(format!("in {} un foglio nomina due parti", self.name)));
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        match name.as_bytes() {
            b"c" => self.close_cell(),
            b"v" => self.in_value = false,
            b"row" if self.in_data => self.next = (self.next.0 + 1, 0),
            b"sheetData" => self.in_data = false,
            _ if self.in_data => {}
            _ => {
                self.notes.close(name);
                self.notes.painter.close(name);
                self.notes.veiler.close(name);
            }
        }
    }

    fn close_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let sheet = &mut self.notes.sheet;
        let kind = if cell.inline { Kind::Inline } else { cell.kind };
        if let Some(at) = cell.at {
            sheet.own.keep(at, kind, cell.formula);
        }
        let Some(at) = cell.address else { return };
        sheet.shared.extend(cell.shared.map(|index| (at, index)));
        if !cell.holds {
            sheet.see_blank(at);
        } else if sheet.styles.len() < limits::STYLED {
            sheet.styles.push((at, cell.style));
        }
    }

    /// Nothing more comes: whether all is closed.
    pub(super) fn end(&self) -> Result<(), Refusal> {
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

    fn row(&mut self, start: Tag<'_>) -> Result<(), Refusal> {
        let [row, hidden, height] = self.attributes(start, ["r", "hidden", "ht"])?;
        let Some(row) = row else { return Ok(()) };
        match row.parse::<u32>() {
            Ok(number) if (1..=CellRef::ROWS).contains(&number) => {
                self.next = (number - 1, self.next.1);
                if matches!(hidden, Some("1" | "true")) || height == Some("0") {
                    self.notes.sheet.hide_row(number - 1);
                }
                Ok(())
            }
            _ => Err(self.damaged(&format!("la riga {} è fuori dal foglio", quoted(row)))),
        }
    }

    /// Answers whether the cell leaves its address out.
    fn open_cell(&mut self, start: Tag<'_>) -> Result<bool, Refusal> {
        let [address, kind, style] = self.attributes(start, ["r", "t", "s"])?;
        let parsed = address.map(CellRef::parse);
        if let (Some(address), Some(None)) = (&address, parsed) {
            return Err(self.damaged(&format!("la cella {} è fuori dal foglio", quoted(address))));
        }
        let kind = Kind::of(kind);
        let style = style.and_then(|style| style.parse().ok()).unwrap_or(0);
        let address = parsed.flatten();
        let at = address.or_else(|| CellRef::new(self.next.0, self.next.1));
        self.next.1 = address.map_or(self.next.1, |cell| u32::from(cell.col)) + 1;
        self.cell = Some(Cell { address, at, style, kind, ..Cell::default() });
        Ok(address.is_none())
    }

    fn open_formula(&mut self, start: Tag<'_>) -> Result<(), Refusal> {
        if let Some(cell) = &mut self.cell {
            (cell.holds, cell.formula) = (true, true);
        }
        self.range(start)
    }

    fn open_inline(&mut self) -> Result<(), Refusal> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.holds = true;
        let second = cell.inline || cell.values > 0;
        cell.inline = true;
        if second { Err(self.cell_damaged("ha due valori")) } else { Ok(()) }
    }

    /// Rows and cells are of the vocabulary of their sheet: another one's are cells to some programs only.
    fn one_vocabulary(&self, start: Tag<'_>) -> Result<(), Refusal> {
        let held = match self.role {
            Role::Sheet => self.in_data,
            Role::Strings => true,
            _ => false,
        };
        if !held || start.is_own() || !SAID.contains(&start.local()) {
            return Ok(());
        }
        match (&self.cell, start.local()) {
            (None, "c") => {
                let cell = self.attribute(start, "r")?.unwrap_or_default();
                Err(self.damaged(&format!("ha la cella {cell} in un altro vocabolario")))
            }
            (None, _) => Err(self.damaged("ha righe o testi in un altro vocabolario")),
            (Some(_), _) => Err(self.cell_damaged("è scritta in un altro vocabolario")),
        }
    }

    /// A row or a cell where there should be none.
    fn outside_data(&self, start: Tag<'_>) -> Result<(), Refusal> {
        let place = self.attribute(start, "r")?.unwrap_or_default();
        let what = if start.local() == "c" { "la cella" } else { "la riga" };
        Err(self.damaged(&format!("ha {what} {place} fuori dalle righe del foglio")))
    }

    fn open_value(&mut self) -> Result<(), Refusal> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.values += 1;
        cell.holds = true;
        let repeated = cell.values > 1 || cell.inline;
        self.in_value = true;
        if repeated { Err(self.cell_damaged("ha due valori")) } else { Ok(()) }
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        let size = limits::size(text);
        if self.strict && size > limits::TEXT {
            return Err(Flaw::passed_bytes("dimensione di un testo", limits::TEXT, Some(size)).into());
        }
        if !self.in_value {
            self.notes.veiler.hear(text);
            if self.notes.listens() {
                self.notes.hear(text);
            }
            return Ok(());
        }
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.pieces += 1;
        let (kind, pieces) = (cell.kind, cell.pieces);
        cell.shared = if kind == Kind::Shared { text.parse().ok() } else { None };
        self.notes.sheet.own.hear(text);
        if kind == Kind::Shared && !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(self.cell_damaged("rimanda a un testo che non c'è"));
        }
        if kind == Kind::Inline {
            return Err(self.cell_damaged("dice di avere un testo, e ha un valore"));
        }
        if kind.is_plain() && pieces > 1 { Err(self.cell_damaged("ha un valore spezzato")) } else { Ok(()) }
    }

    fn reference(&mut self, name: &str) -> Result<(), Refusal> {
        if self.notes.listens() {
            self.notes.hear_reference(name);
        }
        match &self.cell {
            Some(cell) if self.in_value && cell.kind.is_plain() => {
                Err(self.cell_damaged("ha un valore spezzato"))
            }
            Some(_) if self.in_value => {
                self.notes.sheet.own.hear_read(&character(name));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The range of a formula, of a merge or of the whole sheet: in the grid, and not upside down.
    fn range(&self, start: Tag<'_>) -> Result<(), Refusal> {
        let Some(range) = self.attribute(start, "ref")? else { return Ok(()) };
        if self.strict && Area::parse(range).is_none() {
            return Err(self.damaged(&format!("l'intervallo {} è fuori dal foglio", quoted(range))));
        }
        Ok(())
    }

    /// The shortest string takes five bytes, `<si/>`: a part cannot hold more than its size allows.
    fn string_count(&self, start: Tag<'_>) -> Result<(), Refusal> {
        match self.attribute(start, "uniqueCount")? {
            Some(count) if !count.parse::<u64>().is_ok_and(|count| count <= self.size / 5) => {
                Err(self
                    .damaged(&format!("dichiara {} testi, più di quanti ne può contenere", quoted(count))))
            }
            _ => Ok(()),
        }
    }

    /// The attribute called exactly `name`, refused when it stands twice.
    fn attribute<'s>(&self, start: Tag<'s>, name: &str) -> Result<Option<&'s str>, Refusal> {
        let [found] = self.attributes(start, [name])?;
        Ok(found)
    }

    /// The attributes with exactly these names, in one pass; refused when one stands twice.
    fn attributes<'s, const N: usize>(
        &self,
        start: Tag<'s>,
        names: [&str; N],
    ) -> Result<[Option<&'s str>; N], Refusal> {
        let mut found = [const { None }; N];
        for attribute in start.attributes() {
            let (own, value) = match attribute {
                Some(attribute) => attribute,
                None if self.strict => return Err(self.damaged("ha un attributo malformato")),
                None => return Ok(found),
            };
            let place = names.iter().zip(&mut found).find(|(name, _)| is_same(name, own));
            if let Some((_, place)) = place {
                if place.is_some() {
                    return Err(self.damaged("ha un attributo ripetuto"));
                }
                *place = Some(value);
            }
        }
        Ok(found)
    }

    fn damaged(&self, what: &str) -> Refusal {
        Refusal::Damaged(format!("la parte {} {what}", self.name))
    }

    fn cell_damaged(&self, what: &str) -> Refusal {
        let address = self.cell.as_ref().and_then(|cell| cell.address);
        let address = address.map(|cell| cell.to_string()).unwrap_or_default();
        self.damaged(&format!("è rovinata: la cella {address} {what}"))
    }
}

/// Whether two names are one: those of a letter are nearly all.
fn is_same(one: &str, other: &str) -> bool {
    match (one.as_bytes(), other.as_bytes()) {
        ([one], [other]) => one == other,
        (one, other) => one.len() == other.len() && one == other,
    }
}

fn bounded(what: &'static str, found: u64, limit: u64) -> Result<(), Refusal> {
    if found > limit { Err(Flaw::passed(what, limit, found).into()) } else { Ok(()) }
}
