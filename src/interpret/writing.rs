//! How the value of a cell is written: struck out, raised, in the colour of what lies behind it, hidden by
//! its format. What the eye does not read as the value is told, and never joined to it.

use super::displayed::{Display, hides_text};
use crate::model::{CellRef, Number};
use crate::read::{Look, Pieces, RawContent, RawSheet, RawWorkbook, When};

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
    /// In letters too small to be read.
    Tiny,
    /// A format laid over it on a condition may hide it, or strike it out.
    Conditional,
}

/// A value that is not simply written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// How the whole value is written, when that puts it in doubt.
    pub whole: Option<Mark>,
    /// The pieces that are not read as part of the value.
    pub left_out: Vec<(Mark, String)>,
}

/// How the cell at `cell` is written; nothing when simply so, or when it is empty. In a text raised letters
/// are letters like the others.
pub(super) fn of(raw: &RawWorkbook, sheet: &RawSheet, cell: CellRef, is_text: bool) -> Option<Writing> {
    let content = &sheet.cell(cell)?.content;
    let writing = match raw.pieces(sheet, cell) {
        Some(pieces) => of_pieces(&pieces, is_text),
        None => Writing { whole: whole(raw.look(sheet, cell)), left_out: Vec::new() },
    };
    let hidden = || is_hidden(raw.number_format(sheet, cell)?, content).then_some(Mark::Format);
    let veiled = || is_veiled(raw, sheet, cell, content).then_some(Mark::Conditional);
    let writing = Writing { whole: writing.whole.or_else(hidden).or_else(veiled), ..writing };
    (writing != Writing::default()).then_some(writing)
}

fn whole(look: Look) -> Option<Mark> {
    if look.struck {
        Some(Mark::Struck)
    } else if look.unseen {
        Some(Mark::Unseen)
    } else if look.tiny {
        Some(Mark::Tiny)
    } else {
        None
    }
}

fn of_pieces(pieces: &Pieces, is_text: bool) -> Writing {
    if pieces.all_are(|look| whole(*look).is_some()) {
        return Writing {
            whole: pieces.all.iter().filter_map(|(_, look)| whole(*look)).min(),
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
            Mark::Unseen | Mark::Format | Mark::Conditional => "non visibile",
            Mark::Tiny => "troppo piccolo",
        }
    }
}

/// Whether a number format shows nothing of a content.
fn is_hidden(format: &str, content: &RawContent) -> bool {
    match content {
        RawContent::Number(float) => {
            Number::from_f64(*float).is_some_and(|number| Display::of(format, &number).is_nothing())
        }
        RawContent::Text(_) => hides_text(format),
        _ => false,
    }
}

/// Whether a format that a condition lays over a cell hides its content or strikes it out, unless the
/// condition is known not to hold.
fn is_veiled(raw: &RawWorkbook, sheet: &RawSheet, cell: CellRef, content: &RawContent) -> bool {
    raw.veils(sheet, cell).any(|(when, look, format)| {
        let hides = look.struck || look.unseen || format.is_some_and(|format| is_hidden(format, content));
        hides && holds(when, content) != Some(false)
    })
}

/// Whether a condition holds for a number; nothing when only a program that calculates can tell.
fn holds(when: &When, content: &RawContent) -> Option<bool> {
    let (When::Compares(operator, terms), RawContent::Number(value)) = (when, content) else { return None };
    let terms: Vec<f64> = terms.iter().map(|term| term.trim().parse().ok()).collect::<Option<_>>()?;
    let (first, second) = (terms.first()?, terms.last()?);
    let between = || (first.min(*second)..=first.max(*second)).contains(value);
    Some(match operator.as_str() {
        "equal" => value == first,
        "notEqual" => value != first,
        "greaterThan" => value > first,
        "greaterThanOrEqual" => value >= first,
        "lessThan" => value < first,
        "lessThanOrEqual" => value <= first,
        "between" => between(),
        "notBetween" => !between(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::holds;
    use crate::read::{RawContent, When};

    #[test]
    fn a_condition_on_the_value_is_weighed() {
        let five = |operator: &str, terms: &[&str]| {
            let when = When::Compares(operator.to_owned(), terms.iter().map(ToString::to_string).collect());
            holds(&when, &RawContent::Number(5.0))
        };
        for operator in ["equal", "greaterThanOrEqual", "lessThanOrEqual"] {
            assert_eq!(five(operator, &["5"]), Some(true), "{operator}");
        }
        for operator in ["notEqual", "greaterThan", "lessThan"] {
            assert_eq!(five(operator, &["5"]), Some(false), "{operator}");
        }
        assert_eq!((five("between", &["9", "1"]), five("between", &["6", "9"])), (Some(true), Some(false)));
        assert_eq!(
            (five("notBetween", &["1", "9"]), five("notBetween", &["6", "9"])),
            (Some(false), Some(true))
        );
        // A cell, a text, nothing; another kind of condition; a text in the cell.
        assert_eq!([five("equal", &["$B$1"]), five("equal", &[]), five("containsText", &["5"])], [None; 3]);
        assert_eq!(holds(&When::Other, &RawContent::Number(5.0)), None);
        let when = When::Compares("equal".to_owned(), vec!["5".to_owned()]);
        assert_eq!(holds(&when, &RawContent::Text("5".to_owned())), None);
    }
}
