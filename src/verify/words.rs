//! What a cell says, for people.

use crate::excel::day_in_cell;
use crate::model::{date_it, quoted};
use crate::read::{RawCell, RawContent};

pub(super) fn text(cell: &RawCell) -> String {
    match &cell.content {
        RawContent::Text(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}

/// What a cell says, as a person reads it: a text as it is, a number with its comma.
pub(super) fn words_of(cell: &RawCell) -> String {
    match &cell.content {
        RawContent::Text(text) => text.trim().to_owned(),
        _ => words(Some(&RawCell { formula: None, ..cell.clone() }), 0),
    }
}

/// Letters shown before the first that differs.
const BEFORE: usize = 25;

/// Where two texts begin to differ, less a few letters to know the place; 0 when one is no text.
pub(super) fn first_unlike(had: Option<&RawCell>, wanted: Option<&RawCell>) -> usize {
    let letters = |cell: Option<&RawCell>| match cell.map(|cell| &cell.content) {
        Some(RawContent::Text(text)) => text.chars().collect::<Vec<char>>(),
        _ => Vec::new(),
    };
    let (had, wanted) = (letters(had), letters(wanted));
    let same = had.iter().zip(&wanted).take_while(|(had, wanted)| had == wanted).count();
    same.saturating_sub(BEFORE)
}

/// A text from its letter `from` on.
fn shown(text: &str, from: usize) -> String {
    match from {
        0 => quoted(text),
        _ => quoted(&format!("…{}", text.chars().skip(from).collect::<String>())),
    }
}

fn decimal(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// A cell for people; a text from its letter `from` on.
pub(super) fn words(cell: Option<&RawCell>, from: usize) -> String {
    let Some(cell) = cell else { return "niente".to_owned() };
    let value = match &cell.content {
        RawContent::Empty => "niente".to_owned(),
        RawContent::Serial(days) => day_in_cell(*days).map_or_else(|| decimal(*days), date_it),
        RawContent::Number(number) | RawContent::Duration(number) => decimal(*number),
        RawContent::Text(text) | RawContent::IsoDate(text) => shown(text, from),
        RawContent::Bool(flag) => if *flag { "VERO" } else { "FALSO" }.to_owned(),
        RawContent::Error(error) | RawContent::Unreadable(error) => error.clone(),
        RawContent::Oversize(length) => format!("un testo di {length} caratteri"),
    };
    match &cell.formula {
        Some(formula) => format!("{value} (formula ={formula})"),
        None => value,
    }
}

/// A formula without the quotes of sheets' names; texts keep theirs.
pub(super) fn unquoted(formula: &str) -> String {
    let mut in_text = false;
    formula
        .chars()
        .filter(|letter| {
            if *letter == '"' {
                in_text = !in_text;
            }
            in_text || *letter != '\''
        })
        .collect()
}
