//! A cell whose formula Excel cannot take goes without it, and so does each one that computes on it.

use std::collections::BTreeSet;

use super::sheet::{Cell, Content, Format, Live, Named, Report};
use crate::excel::{Area, Formula, Target, fits};
use crate::model::{CellRef, Number};

/// What stands in place of a formula that Excel has no plain way to write.
pub const UNSAID: &str = "senza formula: vedi «Metodo»";

/// Takes the formula away from the cells that cannot have it, and from those that compute on them.
pub fn limit(report: &mut Report) {
    let mut without: BTreeSet<Target> =
        cells(report).filter(|(at, live)| !fits(&live.formula, at.sheet)).map(|(at, _)| at).collect();
    if without.is_empty() {
        return;
    }
    loop {
        let touched: Vec<Target> = cells(report)
            .filter(|(at, live)| !without.contains(at) && computes_on(&live.formula, &without, &report.names))
            .map(|(at, _)| at)
            .collect();
        if touched.is_empty() {
            break;
        }
        without.extend(touched);
    }
    for at in without {
        let sheet = report.sheets.iter_mut().find(|sheet| sheet.name == at.sheet);
        let row = sheet.and_then(|sheet| sheet.rows.get_mut(usize::try_from(at.cell.row).ok()?));
        if let Some(cell) = row.and_then(|row| row.cells.get_mut(usize::from(at.cell.col))) {
            cell.content = instead(&cell.content);
        }
    }
}

/// The live cells, with their places.
fn cells(report: &Report) -> impl Iterator<Item = (Target, &Live)> {
    report.sheets.iter().flat_map(|sheet| {
        sheet.rows.iter().zip(0_u32..).flat_map(move |(row, at)| {
            row.cells.iter().zip(0_u16..).filter_map(move |(cell, col)| match &cell.content {
                Content::Live(live) => {
                    Some((Target { sheet: sheet.name, cell: CellRef { row: at, col } }, live.as_ref()))
                }
                _ => None,
            })
        })
    })
}

/// What a cell shows without its formula: a difference, nothing.
fn instead(content: &Content) -> Content {
    let difference = Content::Number(Number::zero(), Format::General);
    match content {
        Content::Live(live) if live.engine && live.value == difference => Content::Blank,
        _ => Cell::text(UNSAID).content,
    }
}

/// Whether a formula reads one of the cells `without` a formula of their own.
fn computes_on(formula: &Formula, without: &BTreeSet<Target>, names: &[Named]) -> bool {
    let within = |sheet: &'static str, area: &Area| {
        let (first, last) = (Target { sheet, cell: area.first }, Target { sheet, cell: area.last });
        let mut rows = without.range(first..=last.max(first));
        rows.any(|at| (area.first.col..=area.last.col).contains(&at.cell.col))
    };
    match formula {
        Formula::Cell(target) => without.contains(target),
        Formula::Range(sheet, area) => within(sheet, area),
        Formula::Name(name) => {
            names.iter().any(|named| named.name == *name && within(named.sheet, &named.area))
        }
        other => other.parts().into_iter().any(|part| computes_on(part, without, names)),
    }
}

#[cfg(test)]
mod tests {
    use super::{UNSAID, limit};
    use crate::book::{Cell, Content, Format, Row, RowKind};
    use crate::excel::{Call, Formula, Sign, Target, difference};
    use crate::model::{CellRef, Number};
    use crate::report::report;
    use crate::report::sample::sample;

    fn sum(of: usize) -> Formula {
        Formula::Call(Call::Sum, vec![Formula::whole(1); of])
    }

    #[test]
    fn a_cell_that_cannot_have_its_formula_and_those_that_compute_on_it_go_without() {
        let june = sample(6);
        let mut report = report(&june.run());
        let sheet = report.sheets.iter().position(|sheet| sheet.name == "S01").unwrap();
        let row = u32::try_from(report.sheets[sheet].rows.len()).unwrap();
        let at = |col| Target { sheet: "S01", cell: CellRef { row, col } };
        let value = || Cell::count(7);
        let gap = Cell::number(Number::zero(), Format::General);
        let cells = vec![
            value(),
            value().live(sum(256)),
            gap.clone().live(difference(at(0), at(1))),
            value().live(Formula::Cell(at(1))),
            value().step(Formula::Cell(at(3)).signed(Sign::Plus, Formula::whole(0))),
            value().live(Formula::Cell(at(0))),
            gap.live(difference(at(0), at(5))),
        ];
        report.sheets[sheet].rows.push(Row::of(RowKind::Body, cells.clone()));
        let before = report.clone();
        limit(&mut report);
        let unsaid = Content::Text(UNSAID.to_owned());
        let after: Vec<&Content> =
            report.sheets[sheet].rows.last().unwrap().cells.iter().map(|cell| &cell.content).collect();
        let kept = |place: usize| &cells[place].content;
        assert_eq!(after, [kept(0), &unsaid, &Content::Blank, &unsaid, &unsaid, kept(5), kept(6)]);
        // Nothing else is touched.
        report.sheets[sheet].rows.pop();
        let mut before = before;
        before.sheets[sheet].rows.pop();
        assert_eq!(report, before);
    }
}
