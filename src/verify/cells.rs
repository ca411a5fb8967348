//! Values, formulas, sheets and names of two workbooks, cell by cell.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::difference::{Comparison, Difference, Kind, Sameness, either};
use super::meaning;
use super::rows::Rows;
use super::words::{first_unlike, unquoted, words};
use crate::book::same_result;
use crate::model::{CellRef, Number};
use crate::read::{RawCell, RawContent, RawSheet, RawWorkbook};
use crate::report::labels;

/// Where the rows of each sheet stand in the workbook made again.
type Moves = BTreeMap<String, Rows>;

/// Compares every sheet and cell, values and formulas; of a file saved again, numbers as far as programs that
/// save again keep them. A row is compared with the row that is the same thing, wherever it stands.
pub(super) fn compare(issued: &RawWorkbook, fresh: &RawWorkbook, sameness: Sameness) -> Comparison {
    let mut comparison = Comparison { sameness, ..Comparison::default() };
    let names = |book: &RawWorkbook| book.sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    let (had, wanted) = (names(issued), names(fresh));
    let both = fresh.sheets.iter().filter_map(|sheet| Some((issued.sheet(&sheet.name)?, sheet)));
    let moves: Moves = both.map(|(own, sheet)| (sheet.name.clone(), Rows::of(own, sheet))).collect();
    comparison.moved =
        moves.iter().filter(|(_, rows)| !rows.is_still()).map(|(name, _)| name.clone()).collect();
    for sheet in &fresh.sheets {
        match issued.sheet(&sheet.name) {
            Some(found) => comparison.sheet(found, sheet, &moves),
            None => comparison.whole_sheet(&sheet.name, "manca", "c'è"),
        }
    }
    comparison.names(issued, fresh);
    for name in had.iter().filter(|name| !wanted.contains(name)) {
        comparison.whole_sheet(name, "c'è", "non deve esserci");
    }
    let common = |names: &[String], other: &[String]| {
        names.iter().filter(|name| other.contains(name)).cloned().collect::<Vec<_>>()
    };
    if let (Some(first), true) = (had.first(), common(&had, &wanted) != common(&wanted, &had)) {
        comparison.whole_sheet(first, "i fogli sono in un altro ordine", "l'ordine del consolidato");
    }
    comparison
}

/// What is said of a row that the other workbook has not, when it is no entry of an office.
pub(crate) const A_ROW: &str = "la riga";
/// What is said of a row that only the other workbook has.
pub(crate) const NO_ROW: &str = "nessuna riga";

impl Comparison {
    fn sheet(&mut self, issued: &RawSheet, fresh: &RawSheet, moves: &Moves) {
        self.sheets += 1;
        if issued.hidden != fresh.hidden {
            let words = |hidden: bool| if hidden { "nascosto" } else { "visibile" };
            self.whole_sheet(&fresh.name, words(issued.hidden), words(fresh.hidden));
        }
        if let Some(damage) = &issued.damage {
            self.whole_sheet(&fresh.name, damage, "un foglio leggibile");
        }
        let Some(rows) = moves.get(&fresh.name) else { return };
        let before = self.differences.len();
        for pair in &rows.pairs {
            match *pair {
                (Some(own), Some(other)) => self.row((issued, own), (fresh, other), moves),
                (Some(own), None) => self.lone_row(issued, own, true),
                (None, Some(other)) => self.lone_row(fresh, other, false),
                (None, None) => {}
            }
        }
        self.moved_rows(&fresh.name, rows);
        if let Some(own) = self.differences.get_mut(before..) {
            own.sort_by_key(|one| (one.kind, one.cell));
        }
    }

    /// Two rows that are the same thing, cell by cell.
    fn row(&mut self, (issued, own): (&RawSheet, u32), (fresh, other): (&RawSheet, u32), moves: &Moves) {
        let columns: BTreeSet<u16> =
            row_cells(issued, own).chain(row_cells(fresh, other)).map(|(at, _)| at.col).collect();
        for col in columns {
            self.cells += 1;
            let at = CellRef { row: own, col };
            let (had, wanted) = (issued.cell(at), fresh.cell(CellRef { row: other, col }));
            let there = had.map(|had| where_it_stands(had, &fresh.name, moves, &self.moved));
            let had = there.as_deref();
            if had == wanted || had.zip(wanted).is_some_and(|(had, wanted)| is_same(had, wanted)) {
                continue;
            }
            let rewriting = had.zip(wanted).filter(|_| self.sameness == Sameness::SavedAgain);
            match rewriting.and_then(|(had, wanted)| rewriting_of(had, wanted)) {
                Some(Rewriting::Rounded) => self.rounded += 1,
                Some(Rewriting::Recalculated) => self.recalculated += 1,
                Some(Rewriting::Emptied) => self.emptied += 1,
                None => {
                    let (kind, label) = meaning::of_cell(fresh, other, col);
                    let subject = meaning::subject_of_both((issued, own), (fresh, other));
                    self.other_cell(Place { sheet: &fresh.name, at, kind, subject, label }, had, wanted);
                }
            }
        }
    }

    /// A row that only one of the two has: told once, at its first cell.
    fn lone_row(&mut self, sheet: &RawSheet, row: u32, is_issued: bool) {
        let cells: Vec<(&CellRef, &RawCell)> = row_cells(sheet, row).collect();
        self.cells += cells.len();
        let Some((at, cell)) = cells.first() else { return };
        let (kind, subject) = (meaning::of_row(sheet), meaning::subject(sheet, row));
        let place = Place { sheet: &sheet.name, at: **at, kind, subject, label: String::new() };
        let (had, wanted) = if is_issued { (Some(*cell), None) } else { (None, Some(*cell)) };
        if cells.len() == 1 {
            return self.other_cell(place, had, wanted);
        }
        let said = meaning::entered(sheet, row).unwrap_or_else(|| A_ROW.to_owned());
        let (issued, recomputed) =
            if is_issued { (said, NO_ROW.to_owned()) } else { (NO_ROW.to_owned(), said) };
        self.differences.push(place.difference(issued, recomputed));
    }

    /// The rows that stand elsewhere, those that stand together told together.
    fn moved_rows(&mut self, sheet: &str, rows: &Rows) {
        let mut blocks: Vec<(u32, u32, u32)> = Vec::new();
        for (own, other) in rows.to.iter().filter(|(own, _)| !rows.stays(**own)) {
            match blocks.last_mut() {
                Some((from, to, length)) if *from + *length == *own && *to + *length == *other => {
                    *length += 1
                }
                _ => blocks.push((*own, *other, 1)),
            }
        }
        let words = |from: u32, length: u32| match length {
            1 => format!("alla riga {}", from + 1),
            _ => format!("alle righe {}–{}", from + 1, from + length),
        };
        self.differences.extend(blocks.into_iter().map(|(own, other, length)| {
            let whole = Difference::whole(sheet, "posizione", &words(own, length), &words(other, length));
            Difference { kind: Kind::Place, cell: Some(CellRef { row: own, col: 0 }), ..whole }
        }));
    }

    fn other_cell(&mut self, place: Place<'_>, had: Option<&RawCell>, wanted: Option<&RawCell>) {
        let from = first_unlike(had, wanted);
        self.differences.push(place.difference(words(had, from), words(wanted, from)));
    }

    /// The names on which the formulas rest.
    fn names(&mut self, issued: &RawWorkbook, fresh: &RawWorkbook) {
        let plain = |book: &RawWorkbook| -> BTreeMap<String, String> {
            book.names.iter().map(|(name, range)| (name.clone(), unquoted(range))).collect()
        };
        let (had, wanted) = (plain(issued), plain(fresh));
        for name in either(&had, &wanted).into_iter().filter(|name| had.get(*name) != wanted.get(*name)) {
            let words = |names: &BTreeMap<String, String>| match names.get(name) {
                Some(range) => format!("il nome {name} vale {range}"),
                None => format!("il nome {name} manca"),
            };
            self.whole_sheet(labels::DATA, &words(&had), &words(&wanted));
            // With a row more or less the names end a row later or earlier.
            let placed = self.moved.contains(labels::DATA);
            if let Some(last) = self.differences.last_mut().filter(|_| placed) {
                last.kind = Kind::Place;
            }
        }
    }

    pub(super) fn whole_sheet(&mut self, sheet: &str, issued: &str, recomputed: &str) {
        self.differences.push(Difference::whole(sheet, "", issued, recomputed));
    }
}

/// Where a difference stands, and what it is about.
struct Place<'a> {
    sheet: &'a str,
    at: CellRef,
    kind: Kind,
    subject: String,
    label: String,
}

impl Place<'_> {
    fn difference(self, issued: String, recomputed: String) -> Difference {
        Difference {
            kind: self.kind,
            subject: self.subject,
            label: self.label,
            sheet: self.sheet.to_owned(),
            cell: Some(self.at),
            about: String::new(),
            issued,
            recomputed,
        }
    }
}

/// The cells of a row, in order of column.
fn row_cells(sheet: &RawSheet, row: u32) -> impl Iterator<Item = (&CellRef, &RawCell)> {
    sheet.cells.range(CellRef { row, col: 0 }..=CellRef { row, col: u16::MAX })
}

/// A cell of the issued workbook as it would be written where its row, and those that its formula names,
/// stand in the other.
fn where_it_stands<'a>(
    cell: &'a RawCell,
    sheet: &str,
    moves: &Moves,
    moved: &BTreeSet<String>,
) -> Cow<'a, RawCell> {
    match &cell.formula {
        Some(formula) if !moved.is_empty() => {
            Cow::Owned(RawCell { formula: Some(translated(formula, sheet, moves)), ..cell.clone() })
        }
        _ => Cow::Borrowed(cell),
    }
}

/// A text in a formula, which stays as it is; or a reference: its sheet, its first cell, its last one.
static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let text = r#""[^"]*""#;
    let sheet = r"((?:'[^']*'|[A-Za-z_][A-Za-z0-9_.]*)!)?";
    let cells = r"(\$?[A-Z]{1,3}\$?)([0-9]{1,7})(?:(:\$?[A-Z]{1,3}\$?)([0-9]{1,7}))?";
    Regex::new(&format!("{text}|{sheet}{cells}")).ok()
});

/// A formula of `sheet` with the rows that it names where they stand in the other workbook.
fn translated(formula: &str, sheet: &str, moves: &Moves) -> String {
    let Some(reference) = REFERENCE.as_ref() else { return formula.to_owned() };
    let found = reference.replace_all(formula, |parts: &Captures<'_>| {
        let part = |at: usize| parts.get(at).map_or("", |part| part.as_str());
        if part(3).is_empty() {
            return part(0).to_owned();
        }
        let named = part(1).trim_end_matches('!').trim_matches('\'');
        let rows = moves.get(if named.is_empty() { sheet } else { named });
        let moved = |digits: &str| -> Option<String> {
            let row = digits.parse::<u32>().ok()?.checked_sub(1)?;
            let other = rows?.to.get(&row).filter(|other| **other != row)?;
            Some((other + 1).to_string())
        };
        let row = |at: usize| moved(part(at)).unwrap_or_else(|| part(at).to_owned());
        format!("{}{}{}{}{}", part(1), part(2), row(3), part(4), row(5))
    });
    found.into_owned()
}

/// Whether two cells hold the same value and the same formula.
fn is_same(issued: &RawCell, fresh: &RawCell) -> bool {
    issued.content == fresh.content && same_formula(issued, fresh)
}

/// Whether two cells have the same formula, or none; programs that save again leave out the quotes that a
/// sheet's name can do without.
fn same_formula(issued: &RawCell, fresh: &RawCell) -> bool {
    let plain = |cell: &RawCell| cell.formula.as_deref().map(unquoted);
    issued.formula == fresh.formula || plain(issued) == plain(fresh)
}

/// What a program that saves again does to a number, or to the result of a formula.
enum Rewriting {
    /// It writes the 15 digits that it shows, or 16.
    Rounded,
    /// It computes a formula by its own: the last digits depend on the order of the operations.
    Recalculated,
    /// It computes nothing, and leaves a formula without its result.
    Emptied,
}

/// How another program may have made this number of the other; `None` when it is another number. What no
/// formula computes must be the same to the 15th digit.
fn rewriting_of(issued: &RawCell, fresh: &RawCell) -> Option<Rewriting> {
    if issued.content == RawContent::Empty && fresh.formula.is_some() && same_formula(issued, fresh) {
        return Some(Rewriting::Emptied);
    }
    let (had, wanted) = match (&issued.content, &fresh.content) {
        (RawContent::Number(had), RawContent::Number(wanted))
        | (RawContent::Serial(had), RawContent::Serial(wanted))
        | (RawContent::Duration(had), RawContent::Duration(wanted)) => (*had, *wanted),
        _ => return None,
    };
    if !same_formula(issued, fresh) {
        None
    } else if is_rounding(had, wanted).unwrap_or(false) {
        Some(Rewriting::Rounded)
    } else {
        (fresh.formula.is_some() && same_result(had, wanted)).then_some(Rewriting::Recalculated)
    }
}

/// Whether `had` has 15 digits, or 16, and is the nearest such number to the digits of `wanted`; of two as
/// near, either.
fn is_rounding(had: f64, wanted: f64) -> Option<bool> {
    let digits = format!("{wanted:e}");
    let power: i32 = digits.split_once('e')?.1.parse().ok()?;
    let distance =
        (Number::parse(&format!("{had:e}"))? - &Number::parse(&digits)?).abs() * &Number::from(2_i64);
    let nearest = |short: String, last: i32| {
        let unit = Number::parse(&format!("1e{}", power - last))?;
        Some(short.parse() == Ok(had) && distance <= unit)
    };
    Some(nearest(format!("{had:.14e}"), 14)? || nearest(format!("{had:.15e}"), 15)?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::model::CellRef;
    use crate::read::{RawCell, RawContent, RawSheet, RawWorkbook};
    use crate::verify::{Comparison, Sameness};

    fn compare(issued: &RawWorkbook, fresh: &RawWorkbook) -> Comparison {
        super::compare(issued, fresh, Sameness::Changed)
    }

    fn book(cells: &[(&str, RawContent)]) -> RawWorkbook {
        let cells: BTreeMap<CellRef, RawCell> = cells
            .iter()
            .map(|(at, content)| {
                (CellRef::parse(at).unwrap(), RawCell { content: content.clone(), formula: None })
            })
            .collect();
        let sheet = RawSheet { name: "Copertina".to_owned(), cells, ..RawSheet::default() };
        RawWorkbook { sheets: vec![sheet], ..RawWorkbook::default() }
    }

    fn said(words: &str) -> RawContent {
        RawContent::Text(words.to_owned())
    }

    #[test]
    fn every_cell_changed_added_or_taken_away_is_told() {
        let fresh = book(&[("A1", RawContent::Number(1.0)), ("A2", said("x")), ("A3", said("z"))]);
        assert!(compare(&fresh, &fresh).differences.is_empty());
        let issued =
            book(&[("A1", RawContent::Number(1.000_000_000_1)), ("A2", said("y")), ("B9", said("w"))]);
        let told = compare(&issued, &fresh);
        let cells: Vec<String> =
            told.differences.iter().filter_map(|one| Some(one.cell?.to_string())).collect();
        assert_eq!(cells, ["A1", "A2", "A3", "B9"]);
        assert_eq!((told.differences[2].issued.as_str(), told.cells), ("niente", 4));
    }

    #[test]
    fn a_formula_saved_without_its_result_is_counted_and_another_formula_is_told() {
        let with = |content: RawContent, formula: &str| {
            let mut book = book(&[("A1", content)]);
            book.sheets[0].cells.values_mut().next().unwrap().formula = Some(formula.to_owned());
            book
        };
        let fresh = with(RawContent::Number(4.5), "B1*2");
        let told = |issued: &RawWorkbook, sameness: Sameness| {
            let found = super::compare(issued, &fresh, sameness);
            (found.differences.len(), found.emptied)
        };
        let emptied = with(RawContent::Empty, "B1*2");
        assert_eq!(told(&emptied, Sameness::SavedAgain), (0, 1));
        assert_eq!(told(&emptied, Sameness::Changed), (1, 0));
        assert_eq!(told(&with(RawContent::Empty, "B1*3"), Sameness::SavedAgain), (1, 0));
    }

    #[test]
    fn sixteen_digits_are_a_rounding_and_another_sixteenth_is_not() {
        let wanted = 39.279536441952686;
        assert_eq!(told(39.27953644195269, wanted, None, Sameness::SavedAgain), (0, 1, 0));
        assert_eq!(told(39.27953644195267, wanted, None, Sameness::SavedAgain), (1, 0, 0));
    }

    /// What is told of a number, alone or as a formula's result: (differences, rounded, recalculated).
    fn told(had: f64, wanted: f64, formula: Option<&str>, sameness: Sameness) -> (usize, usize, usize) {
        let with = |number: f64| {
            let mut book = book(&[("A1", RawContent::Number(number))]);
            let cell = book.sheets[0].cells.values_mut().next().unwrap();
            cell.formula = formula.map(str::to_owned);
            book
        };
        let told = super::compare(&with(had), &with(wanted), sameness);
        (told.differences.len(), told.rounded, told.recalculated)
    }

    #[test]
    fn fifteen_digits_are_another_program_s_hand_and_no_other_change_is() {
        let third = 2.0 / 3.0;
        let saved = |had, wanted| told(had, wanted, None, Sameness::SavedAgain);
        assert_eq!(saved(0.666_666_666_666_667, third), (0, 1, 0));
        // Half way between two: programs go either way.
        for either in [49.145_299_145_299_1, 49.145_299_145_299_2] {
            assert_eq!(saved(either, 49.145_299_145_299_15), (0, 1, 0));
        }
        let up = f64::from_bits(third.to_bits() + 1);
        for other in [up, 0.666_666_666_666_666, 0.666_666_666_666_67, 0.67] {
            assert_eq!(saved(other, third), (1, 0, 0), "{other}");
        }
        // In a file that nobody saved again, a digit less is a change.
        assert_eq!(told(0.666_666_666_666_667, third, None, Sameness::Changed), (1, 0, 0));
    }

    #[test]
    fn a_formula_computed_by_another_program_ends_in_other_digits() {
        let saved = |had, wanted| told(had, wanted, Some("A2-0.4"), Sameness::SavedAgain);
        assert_eq!(saved(0.009_374_999_999_999_97, 0.009_375), (0, 0, 1));
        assert_eq!(saved(95.802_100_329_155_9, 95.802_100_329_155_83), (0, 0, 1));
        assert_eq!(saved(0.009_376, 0.009_375), (1, 0, 0));
        assert_eq!(told(0.009_374_999_999_999_97, 0.009_375, None, Sameness::SavedAgain), (1, 0, 0));
        assert_eq!(told(0.009_374_999_999_999_97, 0.009_375, Some("A2-0.4"), Sameness::Changed), (1, 0, 0));
    }

    #[test]
    fn a_long_text_is_shown_where_it_differs() {
        let long = |end: &str| book(&[("A1", said(&format!("{}{end}", "x".repeat(100))))]);
        let told = compare(&long("uno"), &long("due"));
        assert_eq!(told.differences[0].issued, format!("«…{}uno»", "x".repeat(25)));
        assert_eq!(told.differences[0].recomputed, format!("«…{}due»", "x".repeat(25)));
    }

    #[test]
    fn a_formula_or_a_name_changed_is_told_and_needless_quotes_are_not() {
        let with = |formula: &str, range: &str| {
            let mut book = book(&[("A1", RawContent::Number(1.0))]);
            let cell = book.sheets[0].cells.values_mut().next().unwrap();
            cell.formula = Some(formula.to_owned());
            book.names = vec![("dati_valore".to_owned(), range.to_owned())];
            book
        };
        let fresh = with("'S01'!$E$9&\"l'anno\"", "'Dati'!$G$5:$G$9");
        assert!(compare(&with("S01!$E$9&\"l'anno\"", "Dati!$G$5:$G$9"), &fresh).differences.is_empty());
        assert_eq!(compare(&with("S01!$E$8&\"l'anno\"", "Dati!$G$5:$G$9"), &fresh).differences.len(), 1);
        assert_eq!(compare(&with("S01!$E$9&\"lanno\"", "Dati!$G$5:$G$9"), &fresh).differences.len(), 1);
        assert_eq!(compare(&with("S01!$E$9&\"l'anno\"", "Dati!$G$5:$G$8"), &fresh).differences.len(), 1);
    }

    #[test]
    fn a_formula_is_read_where_its_rows_stand() {
        let rows =
            |pairs: &[(u32, u32)]| super::Rows { to: pairs.iter().copied().collect(), ..Default::default() };
        let moves = BTreeMap::from([
            ("Dati".to_owned(), rows(&[(4, 5), (9, 11)])),
            ("S01".to_owned(), rows(&[(0, 0), (7, 8)])),
        ]);
        let said = |formula: &str| super::translated(formula, "S01", &moves);
        assert_eq!(said("SUM('Dati'!$G$5:$G$10)+$E$8*2"), "SUM('Dati'!$G$6:$G$12)+$E$9*2");
        assert_eq!(said("IF(Dati!A5=\"x\",E1,'Altro'!E8)"), "IF(Dati!A6=\"x\",E1,'Altro'!E8)");
        assert_eq!(
            said("COUNTIFS(dati_chiave,\"S01.voce_E8\")+S01!E8"),
            "COUNTIFS(dati_chiave,\"S01.voce_E8\")+S01!E9"
        );
    }

    #[test]
    fn a_row_less_is_told_once_and_the_others_only_as_moved() {
        let text = |words: &str| RawContent::Text(words.to_owned());
        let head = [("A4", text("Codice")), ("B4", text("Controllo"))];
        let table = |rows: &[(&str, &str, f64)]| {
            let mut cells: Vec<(String, RawContent)> =
                head.iter().map(|(at, content)| ((*at).to_owned(), content.clone())).collect();
            for (row, (code, name, number)) in (5..).zip(rows) {
                cells.push((format!("A{row}"), text(code)));
                cells.push((format!("B{row}"), text(name)));
                cells.push((format!("C{row}"), RawContent::Number(*number)));
            }
            let cells: Vec<(&str, RawContent)> =
                cells.iter().map(|(at, content)| (at.as_str(), content.clone())).collect();
            let mut book = book(&cells);
            book.sheets[0].name = "Controlli".to_owned();
            book
        };
        let issued = table(&[("R01", "x", 1.0), ("R02", "y", 2.0), ("R03", "z", 3.0), ("R04", "w", 4.0)]);
        let fresh = table(&[("R01", "x", 1.0), ("R03", "z", 3.0), ("R04", "w", 5.0)]);
        let told = compare(&issued, &fresh).differences;
        let seen: Vec<(String, &str, &str)> = told
            .iter()
            .map(|one| (one.cell.unwrap().to_string(), one.issued.as_str(), one.recomputed.as_str()))
            .collect();
        let wanted = [
            ("A6".to_owned(), "la riga", super::NO_ROW),
            ("C8".to_owned(), "4", "5"),
            ("A7".to_owned(), "alle righe 7–8", "alle righe 6–7"),
        ];
        assert_eq!(seen, wanted);
    }

    #[test]
    fn a_sheet_missing_added_hidden_or_renamed_is_told() {
        let fresh = book(&[("A1", RawContent::Number(1.0))]);
        let mut issued = fresh.clone();
        issued.sheets[0].name = "Altro".to_owned();
        assert_eq!(compare(&issued, &fresh).differences.len(), 2);
        let mut hidden = fresh.clone();
        hidden.sheets[0].hidden = true;
        assert_eq!(compare(&hidden, &fresh).differences.len(), 1);
    }
}
