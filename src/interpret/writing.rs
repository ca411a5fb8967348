//! How the value of a cell is written: struck out, raised, in the colour of what lies behind it, hidden by its
//! format. What the eye does not read as the value is told, and never joined to it.

use super::displayed::{Display, hides_text};
use crate::model::{CellRef, Number};
use crate::read::{Look, Pieces, RawContent, RawSheet, RawWorkbook};

/// How a value, or a piece of one, is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Struck out.
    Struck,
    /// Raised or lowered: superscript, subscript.
    Raised,
    /// In the colour of what lies behind it.
    Unseen,
    /// Its number format shows nothing.
    Format,
}

/// A value that is not simply written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// How the whole value is written, when that puts it in doubt.
    pub whole: Option<Mark>,
    /// The pieces that are not read as part of the value.
    pub left_out: Vec<(Mark, String)>,
}

/// How the cell at `cell` is written; nothing when simply so, or when it is empty. In a text raised letters are
/// letters like the others.
pub(super) fn of(raw: &RawWorkbook, sheet: &RawSheet, cell: CellRef, is_text: bool) -> Option<Writing> {
    let content = &sheet.cell(cell)?.content;
    let writing = match raw.pieces(sheet, cell) {
        Some(pieces) => of_pieces(&pieces, is_text),
        None => Writing { whole: whole(raw.look(sheet, cell)), left_out: Vec::new() },
    };
    let hidden = || is_hidden(raw.number_format(sheet, cell)?, content).then_some(Mark::Format);
    let writing = Writing { whole: writing.whole.or_else(hidden), ..writing };
    (writing != Writing::default()).then_some(writing)
}

fn whole(look: Look) -> Option<Mark> {
    if look.struck {
        Some(Mark::Struck)
    } else if look.unseen {
        Some(Mark::Unseen)
    } else {
        None
    }
}

fn of_pieces(pieces: &Pieces, is_text: bool) -> Writing {
    if pieces.all_are(|look| whole(*look).is_some()) {
        let struck = pieces.of(|look| look.struck).next().is_some();
        return Writing {
            whole: Some(if struck { Mark::Struck } else { Mark::Unseen }),
            left_out: Vec::new(),
        };
    }
    let left_out =
        pieces.all.iter().filter(|(text, _)| !text.trim().is_empty()).filter_map(|(text, look)| {
            Some((mark(look, drops_raised(pieces, is_text))?, text.trim().to_owned()))
        });
    Writing { whole: None, left_out: left_out.collect() }
}

/// Whether what is raised is a mark beside the value: not in a text, nor when all that is read is raised.
fn drops_raised(pieces: &Pieces, is_text: bool) -> bool {
    !is_text && pieces.of(|look| whole(*look).is_none() && !look.raised).next().is_some()
}

fn mark(look: &Look, drops_raised: bool) -> Option<Mark> {
    whole(*look).or((look.raised && drops_raised).then_some(Mark::Raised))
}

/// The text that is read, and the same with the pieces left out between brackets: `[barrato: 1]2`.
pub(super) fn read(pieces: &Pieces, is_text: bool) -> (String, String) {
    let read = if is_text { pieces.read() } else { pieces.on_the_line() };
    if pieces.all_are(|look| whole(*look).is_some()) {
        return (read.clone(), read);
    }
    let told = pieces.all.iter().map(|(text, look)| match mark(look, drops_raised(pieces, is_text)) {
        Some(mark) if !text.trim().is_empty() => format!("[{}: {}]", mark.label(), text.trim()),
        _ => text.clone(),
    });
    (read, told.collect())
}

impl Mark {
    /// In a word or two: `barrato`.
    pub fn label(self) -> &'static str {
        match self {
            Mark::Struck => "barrato",
            Mark::Raised => "in apice o in pedice",
            Mark::Unseen | Mark::Format => "non visibile",
        }
    }
}

/// Whether a number format shows nothing of a content.
fn is_hidden(format: &str, content: &RawContent) -> bool {
    match content {
        RawContent::Number(float) => {
            Number::from_f64(*float).is_some_and(|number| Display::of(format, &number) == Display::Nothing)
        }
        RawContent::Text(_) => hides_text(format),
        _ => false,
    }
}
