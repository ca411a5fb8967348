//! *Risultati* and *Sintesi*: what the indicators gave, the schede, the ente.

use std::collections::BTreeMap;

use super::refused::Refused;
use super::table::{Table, said, text};
use crate::memory::{KeptResult, Memory, Said, Standing};
use crate::model::{CellRef, IndicatorCode, Light, Number, Status, Value, quoted};
use crate::plan::Plan;
use crate::read::{RawCell, RawSheet, RawWorkbook};
use crate::report::Results;
use crate::report::labels::{GROUP_COLUMNS, LEVEL, SUMMARY};

/// The results of the indicators that the plan still has.
pub(super) fn indicators(plan: &Plan, book: &RawWorkbook, memory: &mut Memory) -> Result<(), Refused> {
    let table = Table::<Results>::read(book)?;
    for row in table.rows() {
        let code = IndicatorCode::new(table.text(row, Results::Code));
        if plan.indicator(&code).is_none() {
            continue;
        }
        let label = after_symbol(&table.text(row, Results::Status));
        let Some(status) = Status::parse(&label) else {
            return Err(Refused::Forged(format!("l'esito {} di {code} non esiste", quoted(&label))));
        };
        let kept = KeptResult {
            value: table.said(row, Results::Value),
            status,
            degree: table.number(row, Results::Degree),
            paced: table.number(row, Results::Paced),
            target: table.text(row, Results::Target),
        };
        if memory.results.insert(code.clone(), kept).is_some() {
            return Err(Refused::Forged(format!("l'indicatore {code} ha due righe in «Risultati»")));
        }
    }
    Ok(())
}

/// What follows the symbol of a light: `● in linea`.
fn after_symbol(text: &str) -> String {
    text.split_once(' ').map_or("", |(_, label)| label).trim().to_owned()
}

/// The ente and the schede, from the tree of *Sintesi*.
pub(super) fn tree(book: &RawWorkbook, memory: &mut Memory) -> Result<(), Refused> {
    let lost = || Refused::Forged(format!("nel foglio {} manca la tabella dei gradi", quoted(SUMMARY)));
    let sheet = book.sheet(SUMMARY).ok_or_else(lost)?;
    let head = *sheet.cells.iter().find(|(at, cell)| at.col == 0 && text(cell) == LEVEL).ok_or_else(lost)?.0;
    let columns: BTreeMap<String, u16> =
        row(sheet, head.row).map(|(at, cell)| (text(cell), at.col)).collect();
    let [degree, _, light, _, paced] = GROUP_COLUMNS.map(|label| columns.get(label).copied());
    let (degree, light) = degree.zip(light).ok_or_else(lost)?;
    for at in (head.row + 1..).take_while(|at| sheet.cell(CellRef { row: *at, col: 0 }).is_some()) {
        let cell = |col| sheet.cell(CellRef { row: at, col });
        let level = cell(0).map(text).unwrap_or_default();
        let own = Standing {
            degree: cell(degree).and_then(number),
            // While the year runs the two stand side by side; in the closed one they are one.
            paced: cell(paced.unwrap_or(degree)).and_then(number),
            light: cell(light)
                .and_then(|cell| Light::parse(&after_symbol(&text(cell))))
                .unwrap_or(Light::Grigio),
        };
        if level == "Ente" {
            memory.ente = own;
        } else if let Some(number) = level.strip_prefix("Scheda ").and_then(|number| number.parse().ok()) {
            memory.schede.insert(number, own);
        }
    }
    Ok(())
}

fn row(sheet: &RawSheet, row: u32) -> impl Iterator<Item = (&CellRef, &RawCell)> {
    sheet.cells.range(CellRef { row, col: 0 }..=CellRef { row, col: u16::MAX })
}

fn number(cell: &RawCell) -> Option<Number> {
    match said(cell) {
        Said::Value(Value::Number(number)) => Some(number),
        _ => None,
    }
}
