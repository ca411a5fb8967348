//! Texts of several pieces, each with a font of its own: what of them the eye reads as the value.
//!
//! The library gives the pieces one after the other as one text: «12» struck out and «3» would be 123.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::font::{Font, Look, Paint};
use super::limits;
use super::own::{Strings, lines, meant};
use crate::model::CellRef;
use crate::package::Tag;

/// A piece of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    text: String,
    /// Its own font; the cell's when it has none.
    font: Option<Font>,
}

/// What of a text of several pieces is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// The pieces in order, each with its look.
    pub all: Vec<(String, Look)>,
}

impl Run {
    /// A piece with a font of its own, or with the cell's.
    pub(super) fn new(text: String, font: Option<Font>) -> Self {
        Self { text, font }
    }
}

impl Pieces {
    /// The pieces with something in them that look like this.
    pub fn of(&self, look: impl Fn(&Look) -> bool) -> impl Iterator<Item = &str> {
        let full = self.all.iter().filter(|(text, _)| !text.trim().is_empty());
        full.filter(move |(_, own)| look(own)).map(|(text, _)| text.as_str())
    }

    /// Whether every piece with something in it looks like this.
    pub fn all_are(&self, look: impl Fn(&Look) -> bool) -> bool {
        self.of(|own| !look(own)).next().is_none()
    }

    /// The text of the pieces that look like this.
    fn text(&self, look: impl Fn(&Look) -> bool) -> String {
        self.all.iter().filter(|(_, own)| look(own)).map(|(text, _)| text.as_str()).collect()
    }

    /// The text that is read: without what is struck out or cannot be seen; the whole when nothing else is
    /// there.
    pub fn read(&self) -> String {
        let read = self.text(|look| !look.struck && !look.unseen);
        if read.trim().is_empty() { self.text(|_| true) } else { read }
    }

    /// The same without what is raised or lowered, a mark for the eye; with it when nothing else is there.
    pub fn on_the_line(&self) -> String {
        let line = self.text(|look| !look.struck && !look.unseen && !look.raised);
        if line.trim().is_empty() { self.read() } else { line }
    }
}

/// The texts of several pieces of a workbook.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Those that cells share, by their place in the list.
    shared: BTreeMap<u32, Arc<[Run]>>,
    /// Shared texts met so far.
    met: u32,
    /// All of them, pieces together.
    strings: Strings,
    /// The same of the text in hand.
    plain: String,
    /// The text in hand.
    open: Option<Vec<Run>>,
    /// Whether it has pieces at all.
    pieces: bool,
    phonetic: bool,
    in_font: bool,
    /// The piece of text in hand, and whether its blanks count.
    capture: Option<(String, bool)>,
    bytes: u64,
}

impl Texts {
    /// Whether a text is in hand.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether there are more of them than any workbook has.
    pub(super) fn is_too_long(&self) -> bool {
        self.bytes > limits::RUNS
    }

    /// A text opens.
    pub(super) fn begin(&mut self) {
        self.open = Some(Vec::new());
        self.plain.clear();
        (self.pieces, self.phonetic, self.in_font) = (false, false, false);
        self.capture = None;
    }

    /// An element inside a text opens.
    pub(super) fn start(&mut self, name: &str, start: Tag<'_>) {
        let Some(runs) = &mut self.open else { return };
        match name {
            "rPh" => self.phonetic = true,
            "r" => {
                self.pieces = true;
                runs.push(Run::default());
            }
            "rPr" if self.pieces => {
                self.in_font = true;
                runs.last_mut().into_iter().for_each(|run| run.font = Some(Font::default()));
            }
            "t" if !self.phonetic => {
                let kept = start.get("xml:space").as_deref() == Some("preserve");
                self.capture = Some((String::new(), kept));
            }
            name if self.in_font => {
                let font = runs.last_mut().and_then(|run| run.font.as_mut());
                font.into_iter().for_each(|font| font.open(name, start));
            }
            _ => {}
        }
    }

    /// A piece of text comes.
    pub(super) fn hear(&mut self, text: &str) {
        self.hear_read(&lines(text));
    }

    /// A character of it comes.
    pub(super) fn hear_read(&mut self, text: &str) {
        if let Some((heard, _)) = &mut self.capture {
            heard.push_str(text);
        }
    }

    /// The text that has closed last, pieces together.
    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// The texts that cells share, pieces together, in their order.
    pub(super) fn take_strings(&mut self) -> Strings {
        std::mem::take(&mut self.strings)
    }

    /// An element inside a text closes; the text itself when it is `si` or `is`: its pieces, if it has some.
    pub(super) fn end(&mut self, name: &str) -> Option<Arc<[Run]>> {
        match name {
            "rPh" => self.phonetic = false,
            "rPr" => self.in_font = false,
            "t" => {
                let (text, kept) = self.capture.take()?;
                let text = if kept { &text } else { text.trim_matches([' ', '\t', '\r', '\n']) };
                let text = meant(text).into_owned();
                self.plain.push_str(&text);
                let runs = self.open.as_mut()?;
                match runs.last_mut().filter(|run| run.text.is_empty()) {
                    Some(run) => run.text = text,
                    None => runs.push(Run { text, font: None }),
                }
            }
            "si" | "is" => {
                let runs = self.open.take()?;
                let index = self.met;
                self.met += u32::from(name == "si");
                if name == "si" {
                    self.strings.push(&self.plain);
                }
                if !self.pieces {
                    return None;
                }
                self.bytes += runs.iter().map(|run| limits::size(&run.text)).sum::<u64>();
                let runs: Arc<[Run]> = runs.into();
                if name == "si" {
                    self.shared.insert(index, Arc::clone(&runs));
                }
                return Some(runs);
            }
            _ => {}
        }
        None
    }

    /// The pieces of a shared text.
    pub(super) fn shared(&self, index: u32) -> Option<Arc<[Run]>> {
        self.shared.get(&index).cloned()
    }
}

/// The pieces of a text with their looks, in a cell of this style.
pub(super) fn pieces(runs: &[Run], paint: &Paint, style: u32) -> Pieces {
    let piece = |run: &Run| (run.text.clone(), paint.look(style, run.font.as_ref()));
    Pieces { all: runs.iter().map(piece).collect() }
}

/// The texts of several pieces of a sheet, by their cell.
pub type Written = BTreeMap<CellRef, Arc<[Run]>>;
