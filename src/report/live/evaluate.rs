//! The live formulas computed as a program of tables does, on the report itself: to fill the steps of which the engine
//! keeps nothing, and to prove (O02) that each of the others gives what the engine says.
#![expect(clippy::float_arithmetic, reason = "recomputes as Excel does, in binary; decides nothing")]

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{Days, NaiveDate};

use crate::model::{CellRef, Number};
use crate::report::sheet::{Content, Named, Report, Sheet};
use crate::report::spot::{Area, Target};

use super::{Call, Formula, Sign, status_text};

/// What a formula gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Computed {
    /// Nothing in the cell.
    Blank,
    /// A number, or a date as its serial number.
    Number(f64),
    /// A text.
    Text(String),
    /// True or false.
    Flag(bool),
    /// An error.
    Error,
}

/// A formula that does not give the engine's value.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The sheet.
    pub sheet: &'static str,
    /// The cell.
    pub cell: CellRef,
    /// What the engine says.
    pub engine: Computed,
    /// What the formula gives.
    pub live: Computed,
}

/// How far apart two numbers may be and still be the same: a share of the greater, when it is more than 1.
const SAME: f64 = 1e-9;

/// Fills the steps with what their formulas give.
pub(in crate::report) fn settle(report: &mut Report) {
    let steps: Vec<(usize, CellRef, Computed)> = {
        let book = Book::of(report);
        let live = live_cells(report).filter(|(_, _, live)| !live.engine);
        live.map(|(sheet, cell, live)| (sheet, cell, book.cell_at(sheet, cell, &live.formula))).collect()
    };
    for (sheet, at, computed) in steps {
        let row = usize::try_from(at.row).unwrap_or(usize::MAX);
        let cells = report.sheets.get_mut(sheet).and_then(|sheet| sheet.rows.get_mut(row));
        let cell = cells.and_then(|row| row.cells.get_mut(usize::from(at.col)));
        if let Some(Content::Live(live)) = cell.map(|cell| &mut cell.content) {
            live.value = shaped(&live.value, computed);
        }
    }
}

/// The engine's cells whose formula gives something else.
pub fn disagreements(report: &Report) -> Vec<Disagreement> {
    let book = Book::of(report);
    let known = live_cells(report).filter(|(_, _, live)| live.engine);
    known
        .filter_map(|(sheet, cell, live)| {
            let engine = constant(&live.value);
            let computed = book.cell_at(sheet, cell, &live.formula);
            let name = report.sheets.get(sheet)?.name;
            let scale = book.scale(&live.formula);
            (!same(&engine, &computed, scale)).then_some(Disagreement {
                sheet: name,
                cell,
                engine,
                live: computed,
            })
        })
        .collect()
}

fn live_cells(report: &Report) -> impl Iterator<Item = (usize, CellRef, &crate::report::sheet::Live)> {
    report.sheets.iter().enumerate().flat_map(|(place, sheet)| {
        sheet.rows.iter().zip(0_u32..).flat_map(move |(row, at)| {
            row.cells.iter().zip(0_u16..).filter_map(move |(cell, col)| match &cell.content {
                Content::Live(live) => Some((place, CellRef { row: at, col }, live.as_ref())),
                _ => None,
            })
        })
    })
}

/// A computed value as a cell of the same shape shows it.
fn shaped(shape: &Content, computed: Computed) -> Content {
    match (shape, computed) {
        (_, Computed::Text(text)) if !text.is_empty() => Content::Text(text),
        (Content::Date(_), Computed::Number(serial)) => date_of(serial).map_or(Content::Blank, Content::Date),
        (Content::Number(_, format), Computed::Number(number)) => {
            Number::from_f64(number).map_or(Content::Blank, |number| Content::Number(number, *format))
        }
        _ => Content::Blank,
    }
}

/// Day 1 of the count is 1 January 1900, and 29 February 1900 is counted too.
fn date_of(serial: f64) -> Option<NaiveDate> {
    let days = Number::from_f64(serial)?.to_i64().and_then(|days| u64::try_from(days).ok())?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

fn serial_of(date: NaiveDate) -> f64 {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or(date);
    Number::from((date - first).num_days()).to_f64()
}

/// What a cell without a formula holds.
fn constant(content: &Content) -> Computed {
    match content.shown() {
        Content::Blank | Content::Live(_) => Computed::Blank,
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) => Computed::Text(text.clone()),
        Content::Number(number, _) => Computed::Number(number.to_f64()),
        Content::Date(date) => Computed::Number(serial_of(*date)),
        Content::Status(light, word) => Computed::Text(status_text(*light, word)),
        Content::Severity(severity) => Computed::Text(severity.label().to_owned()),
    }
}

/// Whether two numbers are the same result of a formula, computed by whatever program: as near as floats bring them, also
/// after taking one from another that is almost as great.
pub fn same_result(one: f64, other: f64) -> bool {
    near(one, other, 1.0)
}

/// Whether two results of a formula over numbers as great as `scale` are the same.
fn near(one: f64, other: f64, scale: f64) -> bool {
    (one - other).abs() <= SAME * one.abs().max(other.abs()).max(scale)
}

fn same(engine: &Computed, live: &Computed, scale: f64) -> bool {
    match (engine, live) {
        (Computed::Number(one), Computed::Number(other)) => near(*one, *other, scale),
        (Computed::Blank, Computed::Text(text)) => text.is_empty(),
        _ => engine == live,
    }
}

/// A column of cells by the folded text of each.
type Places = Rc<BTreeMap<String, Vec<usize>>>;

/// The report as a program of tables sees it.
struct Book<'a> {
    sheets: BTreeMap<&'static str, (usize, &'a Sheet)>,
    by_place: Vec<&'a Sheet>,
    names: BTreeMap<&'static str, Named>,
    cells: RefCell<BTreeMap<(usize, CellRef), Computed>>,
    columns: RefCell<BTreeMap<&'static str, Rc<Vec<Computed>>>>,
    places: RefCell<BTreeMap<&'static str, Places>>,
}

impl<'a> Book<'a> {
    fn of(report: &'a Report) -> Self {
        Self {
            sheets: report
                .sheets
                .iter()
                .enumerate()
                .map(|(place, sheet)| (sheet.name, (place, sheet)))
                .collect(),
            by_place: report.sheets.iter().collect(),
            names: report.names.iter().map(|named| (named.name, *named)).collect(),
            cells: RefCell::default(),
            columns: RefCell::default(),
            places: RefCell::default(),
        }
    }

    fn cell_at(&self, sheet: usize, cell: CellRef, formula: &Formula) -> Computed {
        if let Some(known) = self.cells.borrow().get(&(sheet, cell)) {
            return known.clone();
        }
        let computed = self.value(formula);
        self.cells.borrow_mut().insert((sheet, cell), computed.clone());
        computed
    }

    /// The greatest number that a formula takes from another, at least 1: what is left has no more digits than that.
    fn scale(&self, formula: &Formula) -> f64 {
        match formula {
            Formula::Cell(Target { sheet, cell }) => {
                self.formula_of(sheet, *cell).map_or(1.0, |formula| self.scale(formula))
            }
            Formula::Signed(left, Sign::Less, right) => [left, right]
                .into_iter()
                .filter_map(|side| number(&self.value(side)))
                .fold(1.0, |greatest, number| greatest.max(number.abs())),
            Formula::Call(Call::If | Call::IfError, arguments) => {
                arguments.iter().map(|argument| self.scale(argument)).fold(1.0, f64::max)
            }
            _ => 1.0,
        }
    }

    /// The formula of a cell that has one.
    fn formula_of(&self, name: &str, at: CellRef) -> Option<&'a Formula> {
        let (_, sheet) = self.sheets.get(name)?;
        let row = sheet.rows.get(usize::try_from(at.row).ok()?)?;
        match &row.cells.get(usize::from(at.col))?.content {
            Content::Live(live) => Some(&live.formula),
            _ => None,
        }
    }

    /// What a cell holds.
    fn cell(&self, name: &str, at: CellRef) -> Computed {
        let Some((place, _)) = self.sheets.get(name) else { return Computed::Error };
        self.cell_of(*place, at)
    }

    fn cell_of(&self, place: usize, at: CellRef) -> Computed {
        let row = usize::try_from(at.row).unwrap_or(usize::MAX);
        let rows = self.by_place.get(place).and_then(|sheet| sheet.rows.get(row));
        match rows.and_then(|row| row.cells.get(usize::from(at.col))).map(|cell| &cell.content) {
            None => Computed::Blank,
            Some(Content::Live(live)) => self.cell_at(place, at, &live.formula),
            Some(other) => constant(other),
        }
    }

    fn range(&self, name: &str, area: Area) -> Vec<Computed> {
        let mut found = Vec::new();
        for row in area.first.row..=area.last.row {
            for col in area.first.col..=area.last.col {
                found.push(self.cell(name, CellRef { row, col }));
            }
        }
        found
    }

    /// The cells of a name.
    fn column(&self, name: &'static str) -> Rc<Vec<Computed>> {
        if let Some(known) = self.columns.borrow().get(name) {
            return Rc::clone(known);
        }
        let found = self.names.get(name).map_or_else(Vec::new, |named| self.range(named.sheet, named.area));
        let found = Rc::new(found);
        self.columns.borrow_mut().insert(name, Rc::clone(&found));
        found
    }

    /// Where each text stands in a name's cells.
    fn places(&self, name: &'static str) -> Places {
        if let Some(known) = self.places.borrow().get(name) {
            return Rc::clone(known);
        }
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, value) in self.column(name).iter().enumerate() {
            if let Computed::Text(text) = value {
                places.entry(text.to_lowercase()).or_default().push(place);
            }
        }
        let places = Rc::new(places);
        self.places.borrow_mut().insert(name, Rc::clone(&places));
        places
    }

    fn value(&self, formula: &Formula) -> Computed {
        match formula {
            Formula::Number(number) => Computed::Number(number.to_f64()),
            Formula::Text(text) => Computed::Text(text.clone()),
            Formula::Cell(Target { sheet, cell }) => self.cell(sheet, *cell),
            Formula::Range(..) | Formula::Name(_) => Computed::Error,
            Formula::Minus(inner) => match number(&self.value(inner)) {
                Some(number) => Computed::Number(-number),
                None => Computed::Error,
            },
            Formula::Signed(left, sign, right) => signed(&self.value(left), *sign, &self.value(right)),
            Formula::Call(call, arguments) => self.call(*call, arguments),
        }
    }

    fn call(&self, call: Call, arguments: &[Formula]) -> Computed {
        match (call, arguments) {
            (Call::If, [test, then, otherwise]) => match truth(&self.value(test)) {
                Some(true) => self.value(then),
                Some(false) => self.value(otherwise),
                None => Computed::Error,
            },
            (Call::IfError, [value, otherwise]) => match self.value(value) {
                Computed::Error => self.value(otherwise),
                sound => sound,
            },
            (Call::And | Call::Or, tests) => {
                let truths: Option<Vec<bool>> = tests.iter().map(|test| truth(&self.value(test))).collect();
                truths.map_or(Computed::Error, |truths| {
                    let mut truths = truths.into_iter();
                    Computed::Flag(if call == Call::And {
                        truths.all(|one| one)
                    } else {
                        truths.any(|one| one)
                    })
                })
            }
            (Call::IsNumber, [value]) => Computed::Flag(matches!(self.value(value), Computed::Number(_))),
            (Call::Abs, [value]) => {
                number(&self.value(value)).map_or(Computed::Error, |one| Computed::Number(one.abs()))
            }
            (Call::N, [value]) => match self.value(value) {
                Computed::Number(number) => Computed::Number(number),
                Computed::Error => Computed::Error,
                _ => Computed::Number(0.0),
            },
            (Call::Round, [value, places]) => match (number(&self.value(value)), number(&self.value(places)))
            {
                (Some(value), Some(places)) => Computed::Number(rounded(value, places)),
                _ => Computed::Error,
            },
            (Call::Date, [year, month, day]) => self.date([year, month, day]),
            (Call::CountIfs, conditions) => {
                self.matching(conditions).map_or(Computed::Error, |rows| whole(rows.len()))
            }
            (Call::SumIfs, [values, conditions @ ..]) => self.sum_ifs(values, conditions),
            (Call::Index, [Formula::Name(name), place]) => match self.value(place) {
                Computed::Number(place) => self.nth(name, place),
                _ => Computed::Error,
            },
            (Call::Match, [wanted, Formula::Name(name), _]) => match self.value(wanted) {
                Computed::Text(text) => {
                    let places = self.places(name);
                    let first = places.get(&text.to_lowercase()).and_then(|places| places.first());
                    first.map_or(Computed::Error, |place| whole(place + 1))
                }
                _ => Computed::Error,
            },
            (
                Call::Count | Call::Sum | Call::Max | Call::Min | Call::Average | Call::Large | Call::Small,
                _,
            ) => self.fold(call, arguments),
            _ => Computed::Error,
        }
    }

    fn date(&self, parts: [&Formula; 3]) -> Computed {
        let [year, month, day] =
            parts.map(|part| number(&self.value(part)).and_then(|part| Number::from_f64(part)?.to_i64()));
        let date = || {
            let (month, day) = (u32::try_from(month?).ok()?, u32::try_from(day?).ok()?);
            NaiveDate::from_ymd_opt(i32::try_from(year?).ok()?, month, day)
        };
        date().map_or(Computed::Error, |date| Computed::Number(serial_of(date)))
    }

    fn nth(&self, name: &'static str, place: f64) -> Computed {
        let place = Number::from_f64(place).and_then(|place| usize::try_from(place.to_i64()?).ok());
        let found = place.and_then(|place| self.column(name).get(place.checked_sub(1)?).cloned());
        // A blank cell that is looked up gives 0.
        match found {
            Some(Computed::Blank) => Computed::Number(0.0),
            Some(value) => value,
            None => Computed::Error,
        }
    }

    fn sum_ifs(&self, values: &Formula, conditions: &[Formula]) -> Computed {
        let Some(rows) = self.matching(conditions) else { return Computed::Error };
        let values = self.list(values);
        let numbers = rows.iter().filter_map(|row| match values.get(*row) {
            Some(Computed::Number(number)) => Some(*number),
            _ => None,
        });
        Computed::Number(numbers.sum())
    }

    fn list(&self, formula: &Formula) -> Rc<Vec<Computed>> {
        match formula {
            Formula::Name(name) => self.column(name),
            Formula::Range(sheet, area) => Rc::new(self.range(sheet, *area)),
            other => Rc::new(vec![self.value(other)]),
        }
    }

    /// The rows that meet every condition, a range and a criterion each: looked for among those of the rarest word.
    fn matching(&self, conditions: &[Formula]) -> Option<Vec<usize>> {
        let mut asked: Vec<(&Formula, Criterion)> = Vec::new();
        let mut rarest: Option<(usize, Places, String)> = None;
        for pair in conditions.chunks(2) {
            let [column, criterion] = pair else { return None };
            let criterion = Criterion::of(&self.value(criterion))?;
            if let (Formula::Name(name), Criterion::Word(word)) = (column, &criterion) {
                let places = self.places(name);
                let many = places.get(word).map_or(0, Vec::len);
                if rarest.as_ref().is_none_or(|(fewest, ..)| many < *fewest) {
                    rarest = Some((many, places, word.clone()));
                }
            }
            asked.push((column, criterion));
        }
        let mut rows: Option<Vec<usize>> =
            rarest.map(|(_, places, word)| places.get(&word).cloned().unwrap_or_default());
        for (column, criterion) in asked {
            let cells = self.list(column);
            let meets = |row: &usize| cells.get(*row).is_some_and(|cell| criterion.meets(cell));
            rows = Some(match rows {
                Some(rows) => rows.into_iter().filter(meets).collect(),
                None => (0..cells.len()).filter(meets).collect(),
            });
        }
        rows
    }

    fn fold(&self, call: Call, arguments: &[Formula]) -> Computed {
        let ranked = matches!(call, Call::Large | Call::Small);
        let mut numbers = Vec::new();
        for argument in arguments.iter().take(if ranked { 1 } else { usize::MAX }) {
            let reference = matches!(argument, Formula::Cell(_) | Formula::Range(..) | Formula::Name(_));
            for value in self.list(argument).iter() {
                match (value, reference) {
                    (Computed::Number(number), _) => numbers.push(*number),
                    (Computed::Error, _) if call != Call::Count => return Computed::Error,
                    (other, false) if call != Call::Count => match number(other) {
                        Some(number) => numbers.push(number),
                        None => return Computed::Error,
                    },
                    _ => {}
                }
            }
        }
        let greatest = || numbers.iter().copied().reduce(f64::max);
        let smallest = || numbers.iter().copied().reduce(f64::min);
        let sum = numbers.iter().sum::<f64>();
        match call {
            Call::Count => whole(numbers.len()),
            Call::Sum => Computed::Number(sum),
            Call::Max => Computed::Number(greatest().unwrap_or(0.0)),
            Call::Min => Computed::Number(smallest().unwrap_or(0.0)),
            Call::Large => greatest().map_or(Computed::Error, Computed::Number),
            Call::Small => smallest().map_or(Computed::Error, Computed::Number),
            _ => match number(&whole(numbers.len())) {
                Some(count) if count > 0.0 => Computed::Number(sum / count),
                _ => Computed::Error,
            },
        }
    }
}

/// What a condition of a count asks.
#[derive(Debug, PartialEq)]
enum Criterion {
    Word(String),
    Begins(String),
    Like(Vec<Wild>),
    Number(Sign, f64),
}

/// A piece of a text with stars and question marks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wild {
    /// `*`: any text, also none.
    Any,
    /// `?`: any letter.
    One,
    Letter(char),
}

impl Criterion {
    fn of(value: &Computed) -> Option<Self> {
        let text = match value {
            Computed::Number(number) => return Some(Criterion::Number(Sign::Equal, *number)),
            Computed::Text(text) => text,
            _ => return None,
        };
        for sign in [Sign::AtMost, Sign::AtLeast, Sign::Under, Sign::Above] {
            if let Some(rest) = text.strip_prefix(sign.symbol()) {
                return Some(Criterion::Number(sign, rest.parse().ok()?));
            }
        }
        let wanted = text.strip_prefix(Sign::Equal.symbol()).unwrap_or(text);
        let pieces = pieces(&wanted.to_lowercase());
        let letter = |piece: &Wild| match piece {
            Wild::Letter(letter) => Some(*letter),
            Wild::Any | Wild::One => None,
        };
        let word = |pieces: &[Wild]| pieces.iter().map(letter).collect::<Option<String>>();
        let head = pieces.strip_suffix(&[Wild::Any]).and_then(word).map(Criterion::Begins);
        Some(word(&pieces).map(Criterion::Word).or(head).unwrap_or(Criterion::Like(pieces)))
    }

    fn meets(&self, cell: &Computed) -> bool {
        match (self, cell) {
            (Criterion::Word(word), Computed::Text(text)) => is_folded(text, word),
            (Criterion::Begins(head), Computed::Text(text)) => {
                let own = text.get(..head.len()).filter(|_| text.is_ascii());
                own.map_or_else(|| text.to_lowercase().starts_with(head), |own| is_folded(own, head))
            }
            (Criterion::Like(pieces), Computed::Text(text)) => {
                is_like(pieces, &text.to_lowercase().chars().collect::<Vec<char>>())
            }
            (Criterion::Number(sign, limit), Computed::Number(number)) => {
                compares(number.partial_cmp(limit), *sign)
            }
            _ => false,
        }
    }
}

/// Whether a text in lower case is `folded`.
fn is_folded(text: &str, folded: &str) -> bool {
    if text.is_ascii() { text.eq_ignore_ascii_case(folded) } else { text.to_lowercase() == folded }
}

/// A text in pieces; after a tilde a star, a question mark and another tilde mean themselves.
fn pieces(text: &str) -> Vec<Wild> {
    let mut letters = text.chars().peekable();
    let mut pieces = Vec::new();
    while let Some(letter) = letters.next() {
        pieces.push(match letter {
            '~' => Wild::Letter(letters.next_if(|next| matches!(next, '*' | '?' | '~')).unwrap_or('~')),
            '*' => Wild::Any,
            '?' => Wild::One,
            other => Wild::Letter(other),
        });
    }
    pieces
}

fn is_like(pieces: &[Wild], letters: &[char]) -> bool {
    let Some((piece, pieces)) = pieces.split_first() else { return letters.is_empty() };
    match (piece, letters.split_first()) {
        (Wild::Any, _) => {
            let ends = (0..=letters.len()).filter_map(|from| letters.get(from..));
            ends.into_iter().any(|end| is_like(pieces, end))
        }
        (Wild::One, Some((_, rest))) => is_like(pieces, rest),
        (Wild::Letter(letter), Some((first, rest))) => letter == first && is_like(pieces, rest),
        (Wild::One | Wild::Letter(_), None) => false,
    }
}

fn signed(left: &Computed, sign: Sign, right: &Computed) -> Computed {
    if matches!(left, Computed::Error) || matches!(right, Computed::Error) {
        return Computed::Error;
    }
    match sign {
        Sign::And => match (as_text(left), as_text(right)) {
            (Some(left), Some(right)) => Computed::Text(left + &right),
            _ => Computed::Error,
        },
        Sign::Plus | Sign::Less | Sign::Times | Sign::Over => match (number(left), number(right)) {
            (Some(left), Some(right)) => arithmetic(left, sign, right),
            _ => Computed::Error,
        },
        _ => Computed::Flag(compares(order(left, right), sign)),
    }
}

fn arithmetic(left: f64, sign: Sign, right: f64) -> Computed {
    Computed::Number(match sign {
        Sign::Plus => left + right,
        Sign::Less => left - right,
        Sign::Times => left * right,
        _ if right == 0.0 => return Computed::Error,
        _ => left / right,
    })
}

/// Numbers come before texts, texts before true and false; nothing is 0 or the empty text.
fn order(left: &Computed, right: &Computed) -> Option<Ordering> {
    let rank = |value: &Computed| match value {
        Computed::Blank | Computed::Error => 0,
        Computed::Number(_) => 1,
        Computed::Text(_) => 2,
        Computed::Flag(_) => 3,
    };
    match (left, right) {
        (Computed::Number(one), Computed::Number(other)) => one.partial_cmp(other),
        (Computed::Text(one), Computed::Text(other)) => Some(one.to_lowercase().cmp(&other.to_lowercase())),
        (Computed::Flag(one), Computed::Flag(other)) => Some(one.cmp(other)),
        (Computed::Blank, Computed::Number(other)) => 0.0.partial_cmp(other),
        (Computed::Number(one), Computed::Blank) => one.partial_cmp(&0.0),
        (Computed::Blank, Computed::Text(other)) => Some("".cmp(other)),
        (Computed::Text(one), Computed::Blank) => Some(one.as_str().cmp("")),
        _ => Some(rank(left).cmp(&rank(right))),
    }
}

fn compares(order: Option<Ordering>, sign: Sign) -> bool {
    let Some(order) = order else { return false };
    match sign {
        Sign::Equal => order == Ordering::Equal,
        Sign::Under => order == Ordering::Less,
        Sign::AtMost => order != Ordering::Greater,
        Sign::Above => order == Ordering::Greater,
        _ => order != Ordering::Less,
    }
}

/// What arithmetic makes of a value; text is no number, not even the empty one.
fn number(value: &Computed) -> Option<f64> {
    match value {
        Computed::Blank => Some(0.0),
        Computed::Number(number) => Some(*number),
        Computed::Flag(flag) => Some(f64::from(u8::from(*flag))),
        Computed::Text(_) | Computed::Error => None,
    }
}

fn truth(value: &Computed) -> Option<bool> {
    match value {
        Computed::Flag(flag) => Some(*flag),
        Computed::Number(number) => Some(*number != 0.0),
        Computed::Blank => Some(false),
        Computed::Text(_) | Computed::Error => None,
    }
}

fn as_text(value: &Computed) -> Option<String> {
    match value {
        Computed::Blank => Some(String::new()),
        Computed::Number(number) => Some(number.to_string()),
        Computed::Text(text) => Some(text.clone()),
        Computed::Flag(flag) => Some(if *flag { "TRUE" } else { "FALSE" }.to_owned()),
        Computed::Error => None,
    }
}

fn whole(count: usize) -> Computed {
    Computed::Number(Number::from(count).to_f64())
}

/// Half away from zero, on the decimal that is nearest to the number, as programs of tables do.
fn rounded(value: f64, places: f64) -> f64 {
    let places = Number::from_f64(places).and_then(|places| u32::try_from(places.to_i64()?).ok());
    match (Number::from_f64(value), places) {
        (Some(number), Some(places)) => number.rounded(places).to_f64(),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::{Computed, Criterion};
    use crate::report::Formula;
    use crate::report::live::criterion;

    fn meets(asked: &str, cell: &str) -> bool {
        let asked = Criterion::of(&Computed::Text(asked.to_owned())).unwrap();
        asked.meets(&Computed::Text(cell.to_owned()))
    }

    #[test]
    fn stars_and_question_marks_stand_for_others() {
        assert!(meets("no: tenuto fuori da*", "No: tenuto fuori da R03") && meets("a*", "a"));
        assert!(meets("*a*", "bab") && meets("a*b*c", "axbxbc") && !meets("a*b*c", "acb"));
        assert!(meets("a?c", "abc") && !meets("a?c", "ac") && !meets("a?c", "abbc"));
        assert!(!meets("ab", "abc") && meets("AB", "ab"));
        assert!(meets("~*a~?~~", "*a?~") && !meets("~*", "a") && meets("a~b", "a~b"));
        assert!(meets("=a", "a") && meets("==a", "=a") && !meets("=a", "=a"));
    }

    #[test]
    fn a_name_is_met_by_itself_alone() {
        let names = [
            "Ufficio",
            "Ufficio *",
            "Ufficio ?",
            "~Ufficio~",
            "=Ufficio",
            "<5",
            ">=Ufficio",
            "<>Ufficio",
            "*",
            "?",
        ];
        for name in names {
            let Formula::Text(asked) = criterion(name) else { panic!("{name}") };
            for other in names {
                assert_eq!(meets(&asked, other), name == other, "«{asked}» and «{other}»");
            }
        }
        assert_eq!(criterion("Ufficio"), Formula::text("Ufficio"));
        assert_eq!(criterion("<a*b?~"), Formula::text("=<a~*b~?~~"));
    }
}
