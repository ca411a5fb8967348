//! The common shape of the sheets: title, subtitle, the way back, then a table with its header.

use crate::model::{CellRef, count};

use super::column::{Column, Head, in_sight, paper};
use super::sheet::{Cell, Frozen, Paper, Row, RowKind, Sheet, TabKind};
use crate::excel::{Area, Target};
use crate::model::capital;

/// Names of the sheets, in the order in which they are read.
pub(crate) mod names {
    pub(crate) const COVER: &str = "Copertina";
    pub(crate) const SUMMARY: &str = "Sintesi";
    pub(crate) const PREVIOUS: &str = "Dal mese scorso";
    pub(crate) const RESULTS: &str = "Risultati";
    pub(crate) const RESOURCES: &str = "Risorse";
    pub(crate) const OIV: &str = "Carta OIV";
    pub(crate) const ATTESTATION: &str = "Attestazione OIV";
    pub(crate) const RELATION: &str = "Relazione";
    pub(crate) const OFFICES: &str = "Uffici";
    pub(crate) const FINDINGS: &str = "Rilievi";
    pub(crate) const DATA: &str = "Dati";
    pub(crate) const REGISTERS: &str = "Registri";
    pub(crate) const CHECKS: &str = "Controlli";
    pub(crate) const FILES: &str = "File ricevuti";
    pub(crate) const METHOD: &str = "Metodo";

    /// The sheets of the schede, by number.
    const SCHEDE: [&str; 99] = [
        "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S10", "S11", "S12", "S13", "S14",
        "S15", "S16", "S17", "S18", "S19", "S20", "S21", "S22", "S23", "S24", "S25", "S26", "S27", "S28",
        "S29", "S30", "S31", "S32", "S33", "S34", "S35", "S36", "S37", "S38", "S39", "S40", "S41", "S42",
        "S43", "S44", "S45", "S46", "S47", "S48", "S49", "S50", "S51", "S52", "S53", "S54", "S55", "S56",
        "S57", "S58", "S59", "S60", "S61", "S62", "S63", "S64", "S65", "S66", "S67", "S68", "S69", "S70",
        "S71", "S72", "S73", "S74", "S75", "S76", "S77", "S78", "S79", "S80", "S81", "S82", "S83", "S84",
        "S85", "S86", "S87", "S88", "S89", "S90", "S91", "S92", "S93", "S94", "S95", "S96", "S97", "S98",
        "S99",
    ];

    /// Whether a sheet has this name of a scheda's.
    pub(crate) fn is_scheda(name: &str) -> bool {
        SCHEDE.contains(&name)
    }

    /// The name of the sheet of a scheda; a plan numbers them from 1 to 99.
    pub(crate) fn scheda(number: u8) -> &'static str {
        SCHEDE.get(usize::from(number).saturating_sub(1)).copied().unwrap_or("S00")
    }
}

/// The row of a table's header, from 0.
pub(crate) const HEADER: u32 = 3;

/// The row where the body of a table begins, from 0.
pub(crate) const BODY: u32 = HEADER + 1;

/// The cell in column A of the `index`-th row of the table of `sheet`.
pub(crate) fn body_row(sheet: &'static str, index: usize) -> Option<Target> {
    let row = u32::try_from(index).ok()?.checked_add(BODY)?;
    Some(Target { sheet, cell: CellRef::new(row, 0)? })
}

/// The cell of a sheet's title: the first.
pub(crate) fn top(sheet: &'static str) -> Target {
    Target { sheet, cell: CellRef { row: 0, col: 0 } }
}

/// A sheet that is one table.
pub(crate) struct Table<'a> {
    pub(crate) name: &'static str,
    pub(crate) tab: TabKind,
    pub(crate) title: &'a str,
    pub(crate) subtitle: String,
    /// Its columns.
    pub(crate) columns: Vec<Head>,
    /// What the sheet says when there is no row.
    pub(crate) empty: &'a str,
}

/// The words over the columns of a table.
pub(crate) fn titles<C: Column>() -> impl Iterator<Item = &'static str> {
    C::ALL.iter().map(|column| column.title())
}

/// The cells of a row, each as its column asks.
pub(crate) fn cells<C: Column>(cell: impl FnMut(C) -> Cell) -> Vec<Cell> {
    C::ALL.iter().copied().map(cell).collect()
}

impl Table<'_> {
    /// The sheet with these rows.
    pub(crate) fn sheet(&self, body: Vec<Vec<Cell>>) -> Sheet {
        let span = u16::try_from(self.columns.len()).unwrap_or(1);
        let paper = paper(&self.columns);
        let mut rows = match paper {
            Paper::Double { from, again, .. } => self.heading_twice(from, again),
            Paper::UpTo(columns) => heading(self.title, &self.subtitle, columns.min(span)),
            _ => heading(self.title, &self.subtitle, span),
        };
        let names = self.columns.iter().map(|head| head.name.as_ref());
        rows.push(header(names, body.iter().map(Vec::as_slice)));
        let last = u32::try_from(body.len()).unwrap_or(u32::MAX).saturating_add(HEADER);
        let filter = (!body.is_empty()).then(|| area(HEADER, 0, last, span.saturating_sub(1)));
        if body.is_empty() {
            rows.push(Row::line(RowKind::Prose, 0, self.empty, span));
        }
        rows.extend(body.into_iter().map(|cells| Row::of(RowKind::Body, cells)));
        Sheet {
            name: self.name,
            tab: self.tab,
            widths: self.columns.iter().map(|head| head.width).collect(),
            rows,
            frozen: Some(Frozen { rows: BODY, columns: in_sight(&self.columns) }),
            repeat: Some(HEADER),
            paper,
            leaf: None,
            tables: filter.into_iter().collect(),
            charts: Vec::new(),
            sparklines: Vec::new(),
        }
    }
}

impl Table<'_> {
    /// The rows above a table on two pages side by side: the columns that head both hold the title, under it
    /// how much there is, which is what the subtitle says before its colon, and the way back. The rest of the
    /// subtitle stands beside them, on the first page only: over the columns that stay in sight and those
    /// that scroll away, or over those that head the second page and those that do not, it would be cut.
    pub(crate) fn heading_twice(&self, from: u16, again: u16) -> Vec<Row> {
        let (much, rest) = self.subtitle.split_once(": ").unwrap_or((&self.subtitle, ""));
        let mut cells = vec![Cell::blank(); usize::from(again)];
        cells.iter_mut().take(1).for_each(|cell| *cell = Cell::text(much).over(again));
        cells.push(Cell::text(capital(rest)).over(from.saturating_sub(again)));
        let back = Cell::link("← Copertina", Some(top(names::COVER))).over(again);
        vec![
            Row::line(RowKind::Title, 0, self.title, again),
            Row::of(RowKind::Subtitle, cells),
            Row::of(RowKind::Space, vec![back]),
        ]
    }
}

/// Title, subtitle and the way back: the three rows above every table.
pub(crate) fn heading(title: &str, subtitle: &str, span: u16) -> Vec<Row> {
    vec![
        Row::line(RowKind::Title, 0, title, span),
        Row::line(RowKind::Subtitle, 0, subtitle, span),
        Row::of(RowKind::Space, vec![Cell::link("← Copertina", Some(top(names::COVER))).over(span.min(3))]),
    ]
}

/// What a sheet of several tables says under its title: how many they are, with a link to the title of each.
/// The links stand in these columns, each over so many of them, on as many rows as it takes.
pub(crate) fn tables_line(tables: &[(String, Target)], slots: &[(u16, u16)], span: u16) -> Vec<Row> {
    let number = count(tables.len(), "tabella", "tabelle");
    let mut rows = vec![Row::line(RowKind::Prose, 0, format!("Questo foglio contiene {number}:"), span)];
    for links in tables.chunks(slots.len().max(1)) {
        let mut cells = Vec::new();
        for ((title, target), (column, over)) in links.iter().zip(slots) {
            cells.resize(usize::from(*column), Cell::blank());
            cells.push(Cell::link(format!("{title} ↓"), Some(*target)).over(*over));
        }
        rows.push(Row::of(RowKind::Prose, cells));
    }
    rows
}

/// How many rows the same takes.
pub(crate) fn tables_lines(tables: usize, slots: &[(u16, u16)]) -> usize {
    1 + tables.div_ceil(slots.len().max(1))
}

/// The header of a table; over numbers it stands at the right, as they do.
pub(crate) fn header<'a, 'b>(
    names: impl IntoIterator<Item = &'b str>,
    body: impl Iterator<Item = &'a [Cell]> + Clone,
) -> Row {
    let heads_numbers = |column: usize| {
        let mut filled = body.clone().filter_map(|cells| cells.get(column)).filter(|cell| !cell.is_blank());
        filled.next().is_some_and(Cell::is_numeric)
    };
    let cell = |(column, name)| Cell { right: heads_numbers(column), ..Cell::text(name) };
    Row::of(RowKind::Header, names.into_iter().enumerate().map(cell).collect())
}

/// The rectangle between two corners, ends included.
pub(crate) fn area(top: u32, left: u16, bottom: u32, right: u16) -> Area {
    Area { first: CellRef { row: top, col: left }, last: CellRef { row: bottom, col: right } }
}
