//! What Excel cannot take as a formula: too long, too deep, with too many arguments or too long a text. Such a cell goes
//! without, and so does each one that computes on it.

use std::collections::BTreeSet;

use crate::model::{CellRef, Number};
use crate::report::sheet::{Cell, Content, Format, Live, Named, Report};
use crate::report::spot::{Area, Target};

use super::{Formula, spelt};

/// What stands in place of a formula that Excel has no plain way to write.
pub(in crate::report) const UNSAID: &str = "senza formula: vedi «Metodo»";

/// Characters of a formula, in UTF-16 units, the equals sign too.
const CHARACTERS: usize = 8_192;

/// Brackets within brackets.
const LEVELS: usize = 64;

/// Arguments of a function.
const ARGUMENTS: usize = 255;

/// Characters of a text within a formula, in UTF-16 units.
const LITERAL: usize = 255;

/// Takes the formula away from the cells that cannot have it, and from those that compute on them.
pub(in crate::report) fn limit(report: &mut Report) {
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

/// Whether Excel takes a formula of a cell of `sheet`.
fn fits(formula: &Formula, sheet: &str) -> bool {
    let text = spelt(formula, sheet);
    text.encode_utf16().count() < CHARACTERS && levels(&text) <= LEVELS && parts_fit(formula)
}

/// Brackets within brackets, those of names and texts left out.
fn levels(text: &str) -> usize {
    let (mut open, mut most, mut quote) = (0_usize, 0, None);
    for letter in text.chars() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(mark), _) if mark == letter => quote = None,
            (None, '(') => {
                open += 1;
                most = most.max(open);
            }
            (None, ')') => open = open.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// Whether no function has too many arguments and no text is too long.
fn parts_fit(formula: &Formula) -> bool {
    match formula {
        Formula::Text(text) => text.encode_utf16().count() <= LITERAL,
        Formula::Minus(inner) => parts_fit(inner),
        Formula::Signed(left, _, right) => parts_fit(left) && parts_fit(right),
        Formula::Call(_, arguments) => arguments.len() <= ARGUMENTS && arguments.iter().all(parts_fit),
        Formula::Number(_) | Formula::Cell(_) | Formula::Range(..) | Formula::Name(_) => true,
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
        Formula::Minus(inner) => computes_on(inner, without, names),
        Formula::Signed(left, _, right) => {
            computes_on(left, without, names) || computes_on(right, without, names)
        }
        Formula::Call(_, arguments) => arguments.iter().any(|one| computes_on(one, without, names)),
        Formula::Number(_) | Formula::Text(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{CHARACTERS, LEVELS, UNSAID, fits, levels, limit};
    use crate::model::{CellRef, Number};
    use crate::report::live::{Call, Sign, difference};
    use crate::report::sample::sample;
    use crate::report::sheet::{Cell, Content, Format, Row, RowKind};
    use crate::report::spot::Target;
    use crate::report::{Formula, report, spelt};

    fn sum(of: usize) -> Formula {
        Formula::Call(Call::Sum, vec![Formula::whole(1); of])
    }

    #[test]
    fn each_bound_of_excel_holds_to_the_last_one() {
        assert!(fits(&sum(255), "S01") && !fits(&sum(256), "S01"));
        let text = |length: usize| Formula::text("è".repeat(length));
        assert!(fits(&text(255), "S01") && !fits(&text(256), "S01"));
        let deep =
            |times: usize| (0..times).fold(Formula::whole(1), |inner, _| Formula::call(Call::Sum, [inner]));
        assert!(fits(&deep(LEVELS), "S01") && !fits(&deep(LEVELS + 1), "S01"));
        // 32 texts of 250 letters, each in quotes, with a sign between them: 8 095 characters. With a sign, quotes
        // and 93 letters more they are 8 191, and 8 192 with the equals sign.
        let long = |last: usize| {
            let letters = |number: usize| Formula::text("x".repeat(number));
            (1..32)
                .fold(letters(250), |all, _| all.signed(Sign::And, letters(250)))
                .signed(Sign::And, letters(last))
        };
        assert_eq!(spelt(&long(93), "S01").len() + 1, CHARACTERS);
        assert!(fits(&long(93), "S01") && !fits(&long(94), "S01"));
    }

    #[test]
    fn brackets_in_texts_and_names_are_not_levels() {
        assert_eq!(levels("SUM((1+2)*3)"), 2);
        assert_eq!(levels("IF(A1=\"((((\"\"((\",1,2)"), 1);
        assert_eq!(levels("'Foglio (((1)'!$A$1"), 0);
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
