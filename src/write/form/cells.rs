//! What the formulas of an office's workbook are made of, wherever they stand.

use crate::excel::{Call, Formula, Own, Sign};
use crate::plan::{MONTHS, PLACEHOLDER_WORDS, silent_words};

/// What an error in a cell is looked up as: no hand types it.
const ERROR: &str = "#errore";

/// What is typed in a cell of the row, looked up among columns up to one in which nothing is typed.
pub(super) fn looked_up(row: u32, col: u16, end: u16) -> Formula {
    looked_up_or(row, col, end, Formula::none())
}

/// The same, with what a blank stands for.
pub(super) fn looked_up_or(row: u32, col: u16, end: u16, blank: Formula) -> Formula {
    let cells = Formula::OwnRange(Own::at(row, 0), Own::at(row, end));
    let cell = Formula::call(Call::Index, [cells, Formula::whole(1), Formula::whole(i64::from(col) + 1)]);
    // A text gets a blank at its end, which whoever compares takes off: `12` typed as a text must not come
    // out as a number in the file.
    let text = cell.clone().signed(Sign::And, Formula::text(" "));
    let typed = Formula::choose(cell.clone().is_number(), cell.clone(), text);
    let told = Formula::choose(cell.clone().is(Formula::none()), blank, typed);
    // An error is told of its own cell, and of no other.
    Formula::choose(Formula::call(Call::IsError, [cell]), Formula::text(format!("{ERROR} ")), told)
}

/// Whether the cell of a declaration holds a whole number from 1 to 12.
pub(super) fn is_declared(cell: &Formula) -> Formula {
    let bound = |sign, limit: &u8| cell.clone().signed(sign, Formula::whole(i64::from(*limit)));
    let whole = cell.clone().is(Formula::call(Call::Int, [cell.clone()]));
    let month = Formula::call(
        Call::And,
        [bound(Sign::AtLeast, MONTHS.start()), bound(Sign::AtMost, MONTHS.end()), whole],
    );
    Formula::choose(cell.clone().is_number(), month, Formula::Flag(false))
}

/// A cell of the own sheet.
pub(super) fn own(row: u32, col: u16) -> Formula {
    Formula::Own(Own::at(row, col))
}

/// 1 when something is true, else 0.
pub(super) fn one_if(condition: Formula) -> Formula {
    Formula::choose(condition, Formula::whole(1), Formula::whole(0))
}

/// Whether one of some conditions holds, each asked once; `None` of none.
pub(super) fn any(conditions: Vec<Formula>) -> Option<Formula> {
    let mut once: Vec<Formula> = Vec::new();
    for condition in conditions {
        if !once.contains(&condition) {
            once.push(condition);
        }
    }
    match <[Formula; 1]>::try_from(once) {
        Ok([only]) => Some(only),
        Err(many) => (!many.is_empty()).then_some(Formula::Call(Call::Or, many)),
    }
}

/// Whether a cell that is looked up holds an error.
pub(super) fn is_error(typed: &Formula) -> Formula {
    is_one_of(typed, [&ERROR])
}

/// Whether a cell that is looked up says nothing: blank, or a sign that stands for what is not there.
pub(super) fn says_nothing(typed: &Formula) -> Formula {
    is_one_of(typed, PLACEHOLDER_WORDS.iter().chain(&[""]))
}

/// Whether a note, or the reason of an n.a., explains nothing: who reads takes it for no text.
pub(super) fn explains_nothing(typed: &Formula) -> Formula {
    let words: Vec<&str> = silent_words().chain([""]).collect();
    is_one_of(typed, &words)
}

/// Whether a text is one of some words: Excel does not tell upper from lower case.
pub(super) fn is_one_of<'w>(typed: &Formula, words: impl IntoIterator<Item = &'w &'w str>) -> Formula {
    let trimmed = Formula::call(Call::Trim, [typed.clone()]);
    let is = |word: &&str| trimmed.clone().is(Formula::text(*word));
    Formula::Call(Call::Or, words.into_iter().map(is).collect())
}
