//! The cells of a sheet and the texts that they share, as our own pass reads them.

use std::borrow::Cow;

use crate::model::CellRef;

/// How a cell says that its value is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// The place of a shared text: digits only.
    Shared,
    /// A number; whether it says so.
    Number(bool),
    /// Yes or no.
    Bool,
    /// An error of Excel.
    Error,
    /// The text that a formula gives, or a date in letters.
    Text,
    /// A text written in the cell itself.
    Inline,
    /// A kind that is none of the format.
    #[default]
    Unknown,
}

impl Kind {
    /// The kind by its name in the file.
    pub(super) fn of(name: Option<&str>) -> Self {
        match name {
            Some("s") => Self::Shared,
            None => Self::Number(false),
            Some("n") => Self::Number(true),
            Some("b") => Self::Bool,
            Some("e") => Self::Error,
            Some("str" | "d") => Self::Text,
            Some("inlineStr") => Self::Inline,
            Some(_) => Self::Unknown,
        }
    }

    /// Whether its value is one plain word, in which nothing is spelt by reference.
    pub(super) fn is_plain(self) -> bool {
        matches!(self, Self::Shared | Self::Number(_) | Self::Bool | Self::Error)
    }
}

/// The cells of a sheet as our own pass has read them, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) cells: Vec<OwnCell>,
    /// Their values as spelled, one after the other.
    pub(super) spelled: String,
    /// Where the values of the cell in hand begin.
    begin: usize,
}

/// A cell that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OwnCell {
    pub(super) at: CellRef,
    pub(super) kind: Kind,
    pub(super) formula: bool,
    /// Where its value begins among the values of the sheet, and where it ends.
    pub(super) begin: usize,
    pub(super) end: usize,
}

impl Own {
    /// A piece of the value of the cell in hand.
    pub(super) fn hear(&mut self, text: &str) {
        self.spelled.push_str(&lines(text));
    }

    /// A character of it, or a text already read.
    pub(super) fn hear_read(&mut self, text: &str) {
        self.spelled.push_str(text);
    }

    /// The cells so far are of no more use.
    pub(super) fn forget(&mut self) {
        self.cells.clear();
        self.spelled.clear();
        self.begin = 0;
    }

    /// The cell in hand is read.
    pub(super) fn keep(&mut self, at: CellRef, kind: Kind, formula: bool) {
        let (begin, end) = (self.begin, self.spelled.len());
        if formula || end > begin {
            self.cells.push(OwnCell { at, kind, formula, begin, end });
        }
        self.begin = end;
    }
}

/// The texts that cells share, as our own pass has read them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// One more text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// The text at a place of the list.
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let begin = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(begin..end)
    }
}

/// A text with the line ends that XML makes of all (XML 1.0, 2.11).
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A text as Excel means it: `_x000D_` is the character that XML has no way to say.
pub(super) fn meant(spelled: &str) -> Cow<'_, str> {
    if !spelled.contains("_x") {
        return Cow::Borrowed(spelled);
    }
    let mut meant = Vec::with_capacity(spelled.len());
    let mut rest = spelled;
    while let Some(next) = rest.chars().next() {
        let unit = escape(rest);
        match unit {
            Some(unit) => meant.push(unit),
            None => meant.extend(next.encode_utf16(&mut [0; 2]).iter()),
        }
        rest = rest.get(unit.map_or(next.len_utf8(), |_| ESCAPE)..).unwrap_or_default();
    }
    Cow::Owned(String::from_utf16_lossy(&meant))
}

/// The length of `_x000D_`.
const ESCAPE: usize = 7;

/// The unit of UTF-16 that a text begins with, spelt as `_x000D_`.
fn escape(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}
