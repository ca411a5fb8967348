//! Files in, raw cells out.
//!
//! Office files come by e-mail: nothing in them is believed. A file is read once, hashed, told by its
//! content and not by its name, bounded as a package and as XML, and only then shown to calamine, whose
//! streaming reader is the only one used. Whatever is wrong with a file is a fact (`Refusal`), never an
//! error that stops the others. Only this room names calamine, zip and quick-xml.

mod cells;
mod drawing;
mod file;
mod font;
mod gather;
mod kind;
mod limits;
mod package;
mod raw;
mod runs;
mod traits;
mod tree;
mod xml;

#[cfg(test)]
mod tests;

pub use drawing::{Drawing, DrawingKind};
pub use file::{read_bytes, read_file, read_whole};
pub use font::{Font, Look, Paint};
pub use limits::CELL_TEXT;
pub use raw::{Incoming, RawCell, RawContent, RawSheet, RawWorkbook, Refusal};
pub use runs::{Pieces, Run, Written};
pub use traits::{Area, BookTraits, SheetTraits, built_in_format};
pub use tree::{Node, Parts, parts};
