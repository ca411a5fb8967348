//! What every sheet of a workbook is made of, before any brick is laid: sheets, rows, typed cells, columns,
//! paper.
//!
//! This room knows no result and no finding: who writes a sheet fills it, who writes the file obeys it.

mod bounds;
mod caps;
mod column;
mod evaluate;
pub mod height;
mod sheet;
pub mod table;

pub use bounds::{UNSAID, limit};
pub use caps::{CHARACTERS, Caps, LINKS, TRUNCATED, shorten};
pub(crate) use column::columns;
pub use column::{Column, Head, On, OneTable, heads};
pub use evaluate::{Disagreement, disagreements, same_result, settle};
pub use sheet::{
    Cell, Chart, ChartKind, Content, Format, Frozen, Input, Leaf, Line, Live, Named, Paper, Report, Row,
    RowKind, Sheet, Sparkline, TabKind, status_text,
};
