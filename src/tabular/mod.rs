//! The month as a Tabular Data Package: tables in CSV and the description of every column, for programs that
//! compare many bodies and many months.
//!
//! Every row says of which ente, year and month it is, so that packages lie one under the other as they are.
//! A column is declared once, with what it holds and how it is told: the table and its description cannot
//! differ. Values stand as they were typed or computed: nothing is quoted for a spreadsheet, nothing rounded
//! that can be written whole, and what cannot has its fraction beside it.

mod column;
mod corrections;
mod descriptor;
mod entries;
mod findings;
mod plan;
mod results;
mod table;

use std::collections::BTreeMap;
use std::io;

use crate::certify::Run;
use table::Resource;

/// The name of the description of a package.
pub const DESCRIPTOR: &str = "datapackage.json";

/// The files of the package of a run, by name.
///
/// # Errors
/// When a table cannot be written in memory.
pub fn package(run: &Run<'_>) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let tables = tables(run)?;
    let descriptor = descriptor::text(run, &tables).into_bytes();
    let mut files: BTreeMap<String, Vec<u8>> =
        tables.into_iter().map(|table| (table.path(), table.bytes)).collect();
    files.insert(DESCRIPTOR.to_owned(), descriptor);
    Ok(files)
}

/// The tables, in the order in which they are described: what was found, what came in, what was asked.
fn tables(run: &Run<'_>) -> io::Result<Vec<Resource>> {
    Ok(vec![
        entries::entries(run)?,
        results::indicators(run)?,
        results::by_month(run)?,
        results::voci(run)?,
        results::offices(run)?,
        results::degrees(run)?,
        findings::findings(run)?,
        findings::cells(run)?,
        corrections::corrections(run)?,
        entries::files(run)?,
        plan::offices(run)?,
        plan::schede(run)?,
        plan::indicators(run)?,
        plan::voci(run)?,
        plan::register_columns(run)?,
        plan::assignments(run)?,
    ])
}
