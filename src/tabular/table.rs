//! A table: its rows as CSV, and what describes them.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::column::{Columns, Field};
use crate::certify::Run;

/// What a table is.
pub(super) struct Heading {
    /// Its name: `risultati`.
    pub(super) name: &'static str,
    /// Its title, in Italian.
    pub(super) title: &'static str,
    /// What a row is, in Italian.
    pub(super) description: &'static str,
    /// What tells one row from another, beside ente, year and month.
    pub(super) key: &'static [&'static str],
    /// Columns that name the rows of another table: own column, table, its column.
    pub(super) links: &'static [(&'static str, &'static str, &'static str)],
}

/// A written table.
pub(super) struct Resource {
    pub(super) heading: Heading,
    pub(super) fields: Vec<Field>,
    pub(super) bytes: Vec<u8>,
}

/// The columns with which every row begins.
pub(super) const COMMON: [&str; 3] = ["ente", "anno", "mese"];

impl Resource {
    /// The name of its file.
    pub(super) fn path(&self) -> String {
        format!("{}.csv", self.heading.name)
    }
}

/// The columns of every table, to which it adds its own.
pub(super) fn columns<'r, R: 'r>(run: &Run<'r>) -> Columns<'r, R> {
    let (plan, month) = (run.plan, run.consolidation.month);
    let mut columns = Columns(Vec::new());
    columns.made("ente", "L'ente del piano", |_| plan.ente.clone()).required();
    columns.whole("anno", "L'anno del piano", move |_| u64::try_from(plan.year).ok()).required();
    columns
        .whole("mese", "Il mese di riferimento", move |_| Some(u64::from(month.month.number())))
        .required()
        .between(1, 12);
    columns
}

/// Writes rows as RFC 4180 has it: commas, quotes where needed, CR LF; the headers are the names.
pub(super) fn written<R>(
    heading: Heading,
    columns: Columns<'_, R>,
    rows: impl IntoIterator<Item = R>,
) -> io::Result<Resource> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(columns.0.iter().map(|column| column.field.name.as_str()))?;
    for row in rows {
        for column in &columns.0 {
            writer.write_field((column.cell)(&row))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    let fields = columns.0.into_iter().map(|column| column.field).collect();
    Ok(Resource { heading, fields, bytes })
}
