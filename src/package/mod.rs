//! Packages (zip) and their XML: bounded, written again, found by relationships. The only room that names zip
//! and quick-xml.
//!
//! What it opens may come from anybody: nothing in it is believed. Four rooms stand on it: `read` inspects
//! the files that arrive, `verify` compares two packages, `trial` changes one, `write` finishes one.
//!
//! | file | what |
//! |---|---|
//! | `archive` | a package opened within bounds, part by part |
//! | `name`, `bonds`, `index` | names of parts, who names which, where the parts of a workbook are |
//! | `tree` | a part as a tree that comes back as it was |
//! | `spelled` | the letters of a part, whatever their encoding |
//! | `events`, `spaces` | a part in one pass of our own, nothing kept; which vocabulary a name belongs to |
//! | `bare` | a part without what says nothing |
//! | `pack`, `repack` | packages written; the parts of a workbook in their usual places |
//! | `workbook` | a workbook in pieces, to be changed |

mod archive;
mod bare;
mod bonds;
mod events;
mod flaw;
mod index;
mod limits;
mod name;
mod pack;
mod repack;
mod spaces;
mod spelled;
mod tree;
mod workbook;

pub use archive::{Archive, Parts, parts};
pub(crate) use bare::bare;
pub(crate) use bonds::{Bond, bonds, content_types};
pub(crate) use events::{Event, Standing, Tag, character, scan, unescaped};
pub use flaw::Flaw;
pub(crate) use index::{Index, Role, bonds_of};
pub(crate) use name::{folded, list_of, owner};
pub use pack::Writer;
pub(crate) use pack::{as_everywhere, rewritten};
pub(crate) use repack::Repack;
pub(crate) use spelled::{Unspelled, spelled};
pub(crate) use tree::{Element, escaped};
pub(crate) use workbook::Package;
