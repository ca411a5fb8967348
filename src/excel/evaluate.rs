//! Formulas computed as a spreadsheet does, over whatever cells there are.
#![expect(clippy::float_arithmetic, reason = "computes as Excel does, in binary; decides nothing")]

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{Days, Months, NaiveDate};

use super::formula::{Call, Formula, Sign};
use super::serial::cell_of_day;
use super::spot::{Own, Target};
use crate::model::{CellRef, Number};

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

/// The places of a column's cells by the folded text of each.
pub type Places = Rc<BTreeMap<String, Vec<usize>>>;

/// What formulas are computed over. A workbook that has none of these gives an error there.
pub trait Cells {
    /// What a cell of a sheet shows.
    fn cell(&self, _target: Target) -> Computed {
        Computed::Error
    }

    /// What a cell of the formula's own sheet shows.
    fn own(&self, _cell: CellRef) -> Computed {
        Computed::Error
    }

    /// What a cell shows of a sheet whose name the plan gives.
    fn there(&self, _sheet: &str, _cell: CellRef) -> Computed {
        Computed::Error
    }

    /// What a cell shows that has a name given by the plan.
    fn known(&self, _name: &str) -> Computed {
        Computed::Error
    }

    /// What the cells of a name given by the plan show.
    fn many(&self, _name: &str) -> Rc<Vec<Computed>> {
        Rc::default()
    }

    /// What the cells of a name show.
    fn named(&self, _name: &'static str) -> Rc<Vec<Computed>> {
        Rc::default()
    }

    /// Where each text stands in the cells of a name.
    fn places(&self, name: &'static str) -> Places {
        Rc::new(places_of(&self.named(name)))
    }
}

/// Where each text stands, letters of whatever case.
pub fn places_of(cells: &[Computed]) -> BTreeMap<String, Vec<usize>> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, value) in cells.iter().enumerate() {
        if let Computed::Text(text) = value {
            places.entry(text.to_lowercase()).or_default().push(place);
        }
    }
    places
}

/// What a formula gives over some cells.
pub fn computed(formula: &Formula, cells: &dyn Cells) -> Computed {
    looked_up(Calculation { cells }.value(formula))
}

struct Calculation<'a> {
    cells: &'a dyn Cells,
}

impl Calculation<'_> {
    fn value(&self, formula: &Formula) -> Computed {
        match formula {
            Formula::Number(number) => Computed::Number(number.to_f64()),
            Formula::Text(text) => Computed::Text(text.clone()),
            Formula::Flag(flag) => Computed::Flag(*flag),
            Formula::Cell(target) => self.cells.cell(*target),
            Formula::Own(own) => self.cells.own(own.cell),
            // One value is asked, and these are many.
            Formula::Range(..) | Formula::OwnRange(..) | Formula::Name(_) | Formula::Many(_) => {
                Computed::Error
            }
            Formula::There(sheet, cell) => self.cells.there(sheet, *cell),
            Formula::Known(name) => self.cells.known(name),
            Formula::Bracketed(inner) => self.value(inner),
            Formula::Minus(inner) => match as_number(&self.value(inner)) {
                Some(number) => Computed::Number(-number),
                None => Computed::Error,
            },
            Formula::Signed(left, sign, right) => signed(&self.value(left), *sign, &self.value(right)),
            Formula::Call(call, arguments) => self.call(*call, arguments),
        }
    }

    fn call(&self, call: Call, arguments: &[Formula]) -> Computed {
        match call {
            Call::Choose => {
                let place = arguments.first().and_then(|place| as_number(&self.value(place)));
                let place =
                    place.and_then(Number::from_f64).and_then(|place| usize::try_from(place.to_i64()?).ok());
                let chosen = place.filter(|place| *place > 0).and_then(|place| arguments.get(place));
                chosen.map_or(Computed::Error, |chosen| self.value(chosen))
            }
            Call::If | Call::IfError | Call::And | Call::Or | Call::Not => self.choice(call, arguments),
            Call::CountIfs | Call::SumIfs | Call::Index | Call::Match => self.search(call, arguments),
            Call::Average | Call::Count | Call::Large | Call::Max | Call::Min | Call::Small | Call::Sum => {
                self.fold(call, arguments)
            }
            _ => {
                let values: Vec<Computed> = arguments.iter().map(|argument| self.value(argument)).collect();
                plain(call, &values)
            }
        }
    }

    /// What depends on whether something is true, or sound.
    fn choice(&self, call: Call, arguments: &[Formula]) -> Computed {
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
            (Call::Not, [test]) => {
                truth(&self.value(test)).map_or(Computed::Error, |truth| Computed::Flag(!truth))
            }
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
            _ => Computed::Error,
        }
    }

    /// What is found among many cells.
    fn search(&self, call: Call, arguments: &[Formula]) -> Computed {
        match (call, arguments) {
            (Call::CountIfs, conditions) => {
                self.matching(conditions).map_or(Computed::Error, |rows| whole(rows.len()))
            }
            (Call::SumIfs, [values, conditions @ ..]) => self.sum_ifs(values, conditions),
            (Call::Index, [Formula::Name(name), place]) => match self.value(place) {
                Computed::Number(place) => self.nth(name, place),
                _ => Computed::Error,
            },
            (Call::Index, [Formula::OwnRange(first, last), row, column]) => {
                self.nth_of([*first, *last], &self.value(row), &self.value(column))
            }
            (Call::Match, [wanted, cells @ Formula::OwnRange(..), _]) => {
                let wanted = self.value(wanted);
                let same = |cell: &Computed| match (cell, &wanted) {
                    (Computed::Number(_), Computed::Number(_)) | (Computed::Text(_), Computed::Text(_)) => {
                        compares(order(cell, &wanted), Sign::Equal)
                    }
                    _ => false,
                };
                self.list(cells).iter().position(same).map_or(Computed::Error, |place| whole(place + 1))
            }
            (Call::Match, [wanted, Formula::Name(name), _]) => match self.value(wanted) {
                Computed::Text(text) => {
                    let places = self.cells.places(name);
                    let first = places.get(&text.to_lowercase()).and_then(|places| places.first());
                    first.map_or(Computed::Error, |place| whole(place + 1))
                }
                _ => Computed::Error,
            },
            _ => Computed::Error,
        }
    }

    fn nth(&self, name: &'static str, place: f64) -> Computed {
        let place = Number::from_f64(place).and_then(|place| usize::try_from(place.to_i64()?).ok());
        let found = place.and_then(|place| self.cells.named(name).get(place.checked_sub(1)?).cloned());
        found.map_or(Computed::Error, looked_up)
    }

    /// The cell of a range at a row and a column of it, from 1.
    fn nth_of(&self, [first, last]: [Own; 2], row: &Computed, column: &Computed) -> Computed {
        let ordinal = |value: &Computed| Number::from_f64(as_number(value)?)?.to_i64()?.checked_sub(1);
        let at = || {
            let row = first.cell.row.checked_add(u32::try_from(ordinal(row)?).ok()?)?;
            let col = first.cell.col.checked_add(u16::try_from(ordinal(column)?).ok()?)?;
            (row <= last.cell.row && col <= last.cell.col).then_some(CellRef { row, col })
        };
        at().map_or(Computed::Error, |cell| self.cells.own(cell))
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
            Formula::Name(name) => self.cells.named(name),
            Formula::Many(name) => self.cells.many(name),
            Formula::Range(sheet, area) => {
                let cells =
                    cells_of(area.first, area.last).map(|cell| self.cells.cell(Target { sheet, cell }));
                Rc::new(cells.collect())
            }
            Formula::OwnRange(first, last) => {
                Rc::new(cells_of(first.cell, last.cell).map(|cell| self.cells.own(cell)).collect())
            }
            other => Rc::new(vec![self.value(other)]),
        }
    }

    /// The rows that meet every condition, a range and a criterion each: looked for among those of the rarest
    /// word.
    fn matching(&self, conditions: &[Formula]) -> Option<Vec<usize>> {
        let mut asked: Vec<(&Formula, Criterion)> = Vec::new();
        let mut rarest: Option<(usize, Places, String)> = None;
        for pair in conditions.chunks(2) {
            let [column, criterion] = pair else { return None };
            let criterion = Criterion::of(&self.value(criterion))?;
            if let (Formula::Name(name), Criterion::Word(word)) = (column, &criterion) {
                let places = self.cells.places(name);
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
            let reference = matches!(
                argument,
                Formula::Cell(_)
                    | Formula::Own(_)
                    | Formula::Range(..)
                    | Formula::OwnRange(..)
                    | Formula::There(..)
                    | Formula::Known(_)
                    | Formula::Many(_)
                    | Formula::Name(_)
            );
            for value in self.list(argument).iter() {
                match (value, reference) {
                    (Computed::Number(number), _) => numbers.push(*number),
                    (Computed::Error, _) if call != Call::Count => return Computed::Error,
                    (other, false) if call != Call::Count => match as_number(other) {
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
            _ => match as_number(&whole(numbers.len())) {
                Some(count) if count > 0.0 => Computed::Number(sum / count),
                _ => Computed::Error,
            },
        }
    }
}

/// A function of single values.
fn plain(call: Call, values: &[Computed]) -> Computed {
    let of_number = |value: &Computed, make: fn(f64) -> f64| {
        as_number(value).map_or(Computed::Error, |number| Computed::Number(make(number)))
    };
    match (call, values) {
        (Call::IsError, [value]) => Computed::Flag(matches!(value, Computed::Error)),
        (Call::IsNumber, [value]) => Computed::Flag(matches!(value, Computed::Number(_))),
        (Call::Abs, [value]) => of_number(value, f64::abs),
        (Call::Int, [value]) => of_number(value, f64::floor),
        (Call::N, [value]) => match value {
            Computed::Number(number) => Computed::Number(*number),
            Computed::Error => Computed::Error,
            _ => Computed::Number(0.0),
        },
        (Call::Trim, [value]) => as_text(value).map_or(Computed::Error, |text| {
            let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
            Computed::Text(words.join(" "))
        }),
        (Call::Hyperlink, [_, shown]) => shown.clone(),
        (Call::Round, [value, places]) => match (as_number(value), as_number(places)) {
            (Some(value), Some(places)) => Computed::Number(rounded(value, places)),
            _ => Computed::Error,
        },
        (Call::Date, [year, month, day]) => {
            date([year, month, day]).map_or(Computed::Error, |date| Computed::Number(cell_of_day(date)))
        }
        _ => Computed::Error,
    }
}

/// The day of a year, a month and a day: the month after December is January, and the day before the first is
/// the last of the month before.
fn date(parts: [&Computed; 3]) -> Option<NaiveDate> {
    let [year, month, day] = parts.map(|part| Number::from_f64(as_number(part)?)?.to_i64());
    let (month, day) = (u32::try_from(month?.checked_sub(1)?).ok()?, day?.checked_sub(1)?);
    let first = NaiveDate::from_ymd_opt(i32::try_from(year?).ok()?, 1, 1)?;
    let first = first.checked_add_months(Months::new(month))?;
    let days = Days::new(day.unsigned_abs());
    if day < 0 { first.checked_sub_days(days) } else { first.checked_add_days(days) }
}

/// A blank cell that is looked up gives 0.
fn looked_up(value: Computed) -> Computed {
    if value == Computed::Blank { Computed::Number(0.0) } else { value }
}

/// The cells of a rectangle, row by row.
pub fn cells_of(first: CellRef, last: CellRef) -> impl Iterator<Item = CellRef> {
    (first.row..=last.row).flat_map(move |row| (first.col..=last.col).map(move |col| CellRef { row, col }))
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
        Sign::Plus | Sign::Less | Sign::Times | Sign::Over => match (as_number(left), as_number(right)) {
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
        Sign::Unlike => order != Ordering::Equal,
        Sign::Under => order == Ordering::Less,
        Sign::AtMost => order != Ordering::Greater,
        Sign::Above => order == Ordering::Greater,
        _ => order != Ordering::Less,
    }
}

/// What arithmetic makes of a value; text is no number, not even the empty one.
pub fn as_number(value: &Computed) -> Option<f64> {
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

/// Half away from zero, on the decimal that is nearest to the number, as spreadsheets do.
fn rounded(value: f64, places: f64) -> f64 {
    let places = Number::from_f64(places).and_then(|places| u32::try_from(places.to_i64()?).ok());
    match (Number::from_f64(value), places) {
        (Some(number), Some(places)) => number.rounded(places).to_f64(),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::{Cells, Computed, Criterion, computed};
    use crate::excel::{Call, Formula, Own, Sign};
    use crate::model::CellRef;

    /// A row with 3, nothing, a text and 5.
    struct Line;

    impl Cells for Line {
        fn own(&self, cell: CellRef) -> Computed {
            match cell.col {
                0 => Computed::Number(3.0),
                2 => Computed::Text("  due  volte ".to_owned()),
                3 => Computed::Number(5.0),
                _ => Computed::Blank,
            }
        }
    }

    fn own(col: u16) -> Formula {
        Formula::Own(Own::at(0, col))
    }

    fn gives(call: Call, arguments: impl Into<Vec<Formula>>) -> Computed {
        computed(&Formula::call(call, arguments), &Line)
    }

    #[test]
    fn cells_of_the_own_sheet_are_computed_as_excel_does() {
        let row = || Formula::OwnRange(Own::at(0, 0), Own::at(0, 3));
        let number = Computed::Number;
        assert_eq!(gives(Call::Sum, [row()]), number(8.0));
        assert_eq!(gives(Call::Count, [row()]), number(2.0));
        assert_eq!(gives(Call::Trim, [own(2)]), Computed::Text("due volte".to_owned()));
        assert_eq!(gives(Call::Trim, [own(1)]), Computed::Text(String::new()));
        assert_eq!(gives(Call::Int, [own(0).signed(Sign::Over, Formula::whole(-2))]), number(-2.0));
        assert_eq!(gives(Call::Not, [own(1).signed(Sign::Unlike, Formula::none())]), Computed::Flag(true));
        let nth = |column| gives(Call::Index, [row(), Formula::whole(1), Formula::whole(column)]);
        assert_eq!(
            [nth(4), nth(2), nth(5), nth(0)],
            [number(5.0), number(0.0), Computed::Error, Computed::Error]
        );
        // Many cells where one is asked.
        assert_eq!(gives(Call::Trim, [row()]), Computed::Error);
    }

    #[test]
    fn the_day_before_the_first_is_the_last_of_the_month_before() {
        // 31 December 2019 is 43830 in Excel, 28 February 2019 is 43524, 1 March is the day after.
        let date = |parts: [i64; 3]| gives(Call::Date, parts.map(Formula::whole));
        assert_eq!(date([2019, 13, 0]), Computed::Number(43_830.0));
        assert_eq!(date([2019, 3, 0]), Computed::Number(43_524.0));
        assert_eq!(date([2019, 2, 29]), Computed::Number(43_525.0));
    }

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
            let Formula::Text(asked) = Formula::criterion(name) else { panic!("{name}") };
            for other in names {
                assert_eq!(meets(&asked, other), name == other, "«{asked}» and «{other}»");
            }
        }
        assert_eq!(Formula::criterion("Ufficio"), Formula::text("Ufficio"));
        assert_eq!(Formula::criterion("<a*b?~"), Formula::text("=<a~*b~?~~"));
    }
}
