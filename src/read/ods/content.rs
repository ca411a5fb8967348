//! One pass over the parts of an OpenDocument workbook: well-formed to the end, bounded, in the names that
//! its programs give to things.

use std::collections::BTreeSet;

use super::book::{Cell, Counts, Fields, Found, Row};
use super::node::{Node, node};
use super::parts::CONTENT;
use super::styles::Styles;
use super::words::Words;
use crate::excel::bounds;
use crate::model::quoted;
use crate::package::{Event, Flaw, Tag, character, scan, unescaped};
use crate::read::area::Area;
use crate::read::drawing::{Drawing, DrawingKind, clean};
use crate::read::limits;
use crate::read::refusal::Refusal;

/// What was found in the parts.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) sheets: Vec<Found>,
    pub(super) styles: Styles,
    /// Whether circular formulas are calculated by iteration.
    pub(super) iterative: bool,
    /// Whether something asks another program for its data.
    pub(super) linked: bool,
    counts: Counts,
    /// The checks on what is typed that refuse something.
    checks: BTreeSet<String>,
}

/// The part in hand.
struct Pass<'c> {
    name: &'static str,
    content: &'c mut Content,
    nodes: Vec<Node>,
    elements: u64,
    sheet: Option<Found>,
    row: Option<Row>,
    cell: Option<Cell>,
    /// Where the formats in hand are laid.
    areas: Vec<Area>,
    author: String,
    remark: String,
    drawing: Option<Drawing>,
}

/// The namespaces of what is read, each with the prefix that all programs give it: the library knows things
/// by prefix.
const NAMESPACES: [(&str, &str); 9] = [
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("calcext", "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
];

/// What parts words from each other.
const BLANKS: [&str; 4] = ["text:p", "text:line-break", "text:s", "text:tab"];

impl Content {
    /// Reads `styles.xml` or `content.xml`, the latter last.
    pub(super) fn part(&mut self, name: &'static str, text: &str) -> Result<(), Refusal> {
        let mut pass = Pass {
            name,
            content: self,
            nodes: vec![Node::Part],
            elements: 0,
            sheet: None,
            row: None,
            cell: None,
            areas: Vec::new(),
            author: String::new(),
            remark: String::new(),
            drawing: None,
        };
        let whole = scan(text, true, |event| pass.event(event))?;
        if !whole {
            return Err(pass.damaged("non è XML ben formato"));
        }
        if pass.nodes.len() > 1 || pass.elements == 0 {
            return Err(pass.damaged("si interrompe a metà"));
        }
        Ok(())
    }
}

impl Pass<'_> {
    fn event(&mut self, event: Event<'_>) -> Result<(), Refusal> {
        match event {
            Event::Open(start) => self.open(start),
            Event::Close(_) => self.close(),
            Event::Text(text) | Event::Verbatim(text) => self.hear(text),
            Event::Reference(name) => match character(name).as_str() {
                letter if self.inner() == Node::Paragraph || self.inner() == Node::Piece => {
                    self.words(|words| words.put(letter));
                    Ok(())
                }
                letter => self.hear(letter),
            },
            Event::Aside => Ok(()),
            Event::DocType => Err(self.damaged("contiene una dichiarazione DOCTYPE, non ammessa")),
        }
    }

    fn inner(&self) -> Node {
        self.nodes.last().copied().unwrap_or(Node::Other)
    }

    fn words(&mut self, put: impl FnOnce(&mut Words)) {
        if let Some(cell) = &mut self.cell {
            put(&mut cell.words);
        }
    }

    fn open(&mut self, start: Tag<'_>) -> Result<(), Refusal> {
        self.elements += 1;
        if self.elements > limits::ELEMENTS {
            let limit = limits::ELEMENTS;
            return Err(Flaw::passed("numero di elementi di una parte", limit, self.elements).into());
        }
        if self.nodes.len() > limits::DEPTH {
            return Err(self.damaged("ha troppi elementi uno dentro l'altro"));
        }
        self.namespaces(start)?;
        let Some(own) = node(self.inner(), start.name()) else {
            let what = format!("ha {} dove sta una cella", quoted(start.name()));
            return Err(self.damaged(&what));
        };
        let parent = self.inner();
        self.nodes.push(own);
        self.begin(parent, own, start)
    }

    /// Every prefix is that of its namespace, and the other way round.
    fn namespaces(&self, start: Tag<'_>) -> Result<(), Refusal> {
        for attribute in start.attributes() {
            let Some((name, value)) = attribute else {
                return Err(self.damaged("ha un attributo malformato"));
            };
            let Some(prefix) = name.strip_prefix("xmlns") else { continue };
            let prefix = prefix.trim_start_matches(':');
            let usual = |(own, space): &(&str, &str)| (*own == prefix) == (*space == value);
            if !NAMESPACES.iter().all(usual) {
                return Err(Refusal::Ambiguous(format!(
                    "in {} il prefisso {} non sta per quello che di solito",
                    self.name,
                    quoted(prefix)
                )));
            }
        }
        if self.nodes.len() == 1 {
            let bound = |prefix: &str| start.get(&format!("xmlns:{prefix}")).is_some();
            if !NAMESPACES.iter().take(3).all(|(prefix, _)| bound(prefix)) && self.name == CONTENT {
                return Err(self.damaged("non è il contenuto di un foglio di calcolo"));
            }
        }
        Ok(())
    }

    /// The attributes of an element, refused when one stands twice.
    fn fields(&self, start: Tag<'_>) -> Result<Fields, Refusal> {
        let mut fields = Fields::new();
        for (name, value) in start.attributes().flatten() {
            if fields.insert(name.to_owned(), unescaped(value).into_owned()).is_some() {
                return Err(self.damaged("ha un attributo ripetuto"));
            }
        }
        Ok(fields)
    }

    fn begin(&mut self, parent: Node, own: Node, start: Tag<'_>) -> Result<(), Refusal> {
        match own {
            Node::Style | Node::Format => {
                let styles = &mut self.content.styles;
                let few = if own == Node::Style { styles.open(start) } else { styles.formats.open(start) };
                if !few {
                    let (limit, what) = (limits::STYLES, "numero di formati e nomi");
                    return Err(Flaw::passed(what, limit, limit + 1).into());
                }
            }
            Node::Other if parent == Node::Style => self.content.styles.inside(start),
            Node::Other if parent == Node::Format => self.content.styles.formats.inside(start),
            Node::Other if parent == Node::Validations => self.check(start),
            Node::Other if parent == Node::Book => {
                self.content.linked |= start.name() == "table:dde-links";
            }
            Node::Iteration => {
                self.content.iterative = start.get("table:status").as_deref() == Some("enable");
            }
            Node::Sheet => self.open_sheet(start)?,
            Node::Column => {
                let fields = self.fields(start)?;
                self.sheet.as_mut().map_or(Ok(()), |sheet| sheet.columns(&fields))?;
            }
            Node::Row => {
                let fields = self.fields(start)?;
                self.row = self.sheet.as_mut().map(|sheet| sheet.row(&fields)).transpose()?;
            }
            Node::Cell => {
                let fields = self.fields(start)?;
                let checks = &self.content.checks;
                self.cell = self.row.as_mut().map(|row| row.cell(fields, checks)).transpose()?;
            }
            Node::Source => {
                let file = start.get("xlink:href").unwrap_or_default();
                self.sheet.iter_mut().for_each(|sheet| sheet.copied_from = Some(file.clone()));
            }
            own => self.begin_words(own, start)?,
        }
        Ok(())
    }

    /// What is not a cell's frame opens: its text, its comment, what is drawn, what is laid over it.
    fn begin_words(&mut self, own: Node, start: Tag<'_>) -> Result<(), Refusal> {
        match own {
            Node::Paragraph => self.words(Words::paragraph),
            Node::Piece => self.words(|words| words.open(start)),
            Node::Blank => self.blank(start)?,
            Node::Remark => {
                self.remark.clear();
                self.author.clear();
            }
            Node::RemarkText if BLANKS.contains(&start.name()) => self.remark.push(' '),
            Node::Drawing => self.open_drawing(start),
            Node::Drawn => self.drawn(start),
            Node::Veil => {
                let list = start.get("calcext:target-range-address").unwrap_or_default();
                self.areas = self.sheet.as_ref().map_or_else(Vec::new, |sheet| sheet.ranges(&list));
            }
            Node::Rule => self.rule(start),
            _ => {}
        }
        Ok(())
    }

    fn open_sheet(&mut self, start: Tag<'_>) -> Result<(), Refusal> {
        let fields = self.fields(start)?;
        let count = u64::try_from(self.content.sheets.len()).unwrap_or(u64::MAX).saturating_add(1);
        if count > limits::SHEETS {
            return Err(Flaw::passed("numero di fogli", limits::SHEETS, count).into());
        }
        if !fields.contains_key("table:name") {
            return Err(self.damaged("ha un foglio senza nome"));
        }
        self.sheet = Some(Found::new(&fields, &self.content.styles));
        Ok(())
    }

    /// A check on what is typed; one that refuses nothing only shows a help.
    fn check(&mut self, start: Tag<'_>) {
        let refuses = start.get("table:condition").is_some_and(|condition| !condition.trim().is_empty());
        if let Some(name) = start.get("table:name").filter(|_| refuses) {
            self.content.checks.insert(name);
        }
    }

    fn blank(&mut self, start: Tag<'_>) -> Result<(), Refusal> {
        let text = match start.local() {
            "tab" => "\t".to_owned(),
            "s" => {
                let count = start.get("text:c").map_or(Some(1), |count| count.parse::<usize>().ok());
                let count = count.filter(|count| *count <= bounds::CELL_TEXT);
                let Some(count) = count else {
                    return Err(self.damaged("ha più spazi di fila di quanti ne tiene una cella"));
                };
                " ".repeat(count)
            }
            _ => "\n".to_owned(),
        };
        self.content.counts.copy(limits::size(&text))?;
        self.words(|words| words.put(&text));
        Ok(())
    }

    fn open_drawing(&mut self, start: Tag<'_>) {
        let kind = match start.local() {
            "control" => DrawingKind::Control,
            _ => DrawingKind::Shape,
        };
        let at = self.row.as_ref().zip(self.cell.as_ref()).map(|(row, cell)| Found::area(row, cell).first);
        self.drawing = Some(Drawing { at, kind, text: String::new() });
    }

    fn drawn(&mut self, start: Tag<'_>) {
        let Some(drawing) = &mut self.drawing else { return };
        match start.name() {
            // A picture in front of an object only shows it.
            "draw:image" if drawing.kind == DrawingKind::Shape => drawing.kind = DrawingKind::Picture,
            "draw:object" => {
                let chart = start.get("draw:notify-on-update-of-ranges").is_some();
                drawing.kind = if chart { DrawingKind::Chart } else { DrawingKind::Embedded };
            }
            "draw:object-ole" | "draw:applet" | "draw:plugin" => drawing.kind = DrawingKind::Embedded,
            name if BLANKS.contains(&name) => drawing.text.push(' '),
            _ => {}
        }
    }

    fn end_drawing(&mut self) {
        let Some((drawing, sheet)) = self.drawing.take().zip(self.sheet.as_mut()) else { return };
        let words = drawing.kind == DrawingKind::Shape;
        let text = if words { clean(&drawing.text) } else { String::new() };
        if sheet.traits.drawings.len() < limits::DRAWINGS {
            sheet.traits.drawings.push(Drawing { text, ..drawing });
        }
    }

    /// A rule of a conditional format.
    fn rule(&mut self, start: Tag<'_>) {
        let Some(sheet) = &mut self.sheet else { return };
        match start.local() {
            "condition" => {
                let field = |name| start.get(name).unwrap_or_default();
                let style = field("calcext:apply-style-name");
                sheet.rule(&self.areas, Some(&style), &field("calcext:value"));
            }
            "date-is" => sheet.rule(&self.areas, Some(&start.get("calcext:style").unwrap_or_default()), ""),
            // Bars and icons may stand in the place of the value.
            _ if start.says("calcext:show-value") == Some(false) => sheet.rule(&self.areas, None, ""),
            _ => {}
        }
    }

    fn hear(&mut self, text: &str) -> Result<(), Refusal> {
        let size = limits::size(text);
        if size > limits::TEXT {
            return Err(Flaw::passed_bytes("dimensione di un testo", limits::TEXT, Some(size)).into());
        }
        let kept = |own: &String| own.len() < 4 * limits::COMMENT_TEXT;
        match self.inner() {
            Node::Paragraph | Node::Piece => self.words(|words| words.hear(text)),
            Node::RemarkText if kept(&self.remark) => self.remark.push_str(text),
            Node::Author if kept(&self.author) => self.author.push_str(text),
            Node::Drawn => {
                let drawing = self.drawing.iter_mut().filter(|drawing| kept(&drawing.text));
                drawing.for_each(|drawing| drawing.text.push_str(text));
            }
            Node::Other => self.content.styles.formats.hear(text),
            Node::Row | Node::Group | Node::Sheet | Node::Book if !text.trim().is_empty() => {
                return Err(self.damaged("ha un testo fuori dalle celle"));
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let Some(own) = self.nodes.pop() else { return Ok(()) };
        match own {
            Node::Style => self.content.styles.close(),
            Node::Format => self.content.styles.formats.close(),
            Node::Other if self.inner() == Node::Format => self.content.styles.formats.end_inside(),
            Node::Piece => self.words(Words::close),
            Node::Remark => {
                if let (Some(sheet), Some(row), Some(cell)) = (&mut self.sheet, &self.row, &self.cell) {
                    sheet.remark(row, cell, &self.author, &self.remark);
                }
            }
            Node::Drawing => self.end_drawing(),
            Node::Cell => {
                if let (Some(sheet), Some(row), Some(cell)) =
                    (&mut self.sheet, &mut self.row, self.cell.take())
                {
                    sheet.end_cell(cell, row, &self.content.styles, &mut self.content.counts)?;
                }
            }
            Node::Row => {
                if let (Some(sheet), Some(row)) = (&mut self.sheet, self.row.take()) {
                    sheet.end_row(row, &mut self.content.styles);
                }
            }
            Node::Sheet => {
                if let Some(mut sheet) = self.sheet.take() {
                    sheet.finish(&mut self.content.styles);
                    sheet.traits.drawings.sort();
                    self.content.sheets.push(sheet);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn damaged(&self, what: &str) -> Refusal {
        let place = match (&self.sheet, &self.row, &self.cell) {
            (Some(sheet), Some(row), Some(cell)) => {
                format!(", presso '{}'!{}", sheet.name, Found::area(row, cell).first)
            }
            _ => String::new(),
        };
        Refusal::Damaged(format!("la parte {}{place} {what}", self.name))
    }
}
