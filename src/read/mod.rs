//! Files in, raw cells out.
//!
//! Office files come by e-mail: nothing in them is believed. A file is read once, hashed, told by its content
//! and not by its name, taken out of its signed envelope, bounded as a package and as XML, and only then
//! shown to calamine, whose streaming reader is the only one used, as a package of the parts that
//! relationships name; an OpenDocument workbook is read here, and by calamine a second time (`ods`). Whatever
//! is wrong with a file is a fact (`Refusal`), never an error that stops the others. Only this room names
//! calamine.

mod again;
mod area;
mod book;
mod cells;
mod colour;
mod conditional;
mod drawing;
mod envelope;
mod file;
mod font;
mod gather;
mod inspect;
mod kind;
mod limits;
mod ods;
mod own;
mod raw;
mod refusal;
mod runs;
mod second;
mod strict;
mod traits;
mod xml;

#[cfg(test)]
mod tests;

pub use again::{Piece, read_again};
pub use area::Area;
pub use conditional::{Veil, When};
pub use drawing::{Drawing, DrawingKind};
pub use file::{
    is_held_elsewhere, is_temporary, read_bytes, read_document, read_file, read_issue, read_issue_bytes,
    read_issue_document,
};
pub use font::{Font, Look, Paint};
pub use raw::{Incoming, RawCell, RawContent, RawSheet, RawWorkbook};
pub use refusal::{Refusal, Seal};
pub use runs::{Pieces, Run, Written};
pub use strict::faults;
pub use traits::{BookTraits, Envelope, SheetTraits, built_in_format};
