//! The facts of a face, and how they are spelled.

use std::collections::BTreeMap;

use crate::model::CellRef;
use crate::package::Element;

/// The topic of a chart's alternative text.
pub(super) const ALTERNATIVE: &str = "testo alternativo del grafico";

/// What a link says of itself under the pointer.
pub(super) const HINT: &str = "suggerimento del collegamento";

/// The topic of the theme, where it is not that of the program.
pub(super) const COLOURS: &str = "colori e caratteri del tema";

/// Where a fact stands, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) cell: Option<CellRef>,
    pub(super) about: String,
}

/// Facts with what they say.
pub(super) type Facts = BTreeMap<Spot, String>;

/// The letters of a column counted from 1.
pub(super) fn letters(column: u32) -> String {
    let place = column.checked_sub(1).and_then(|place| u16::try_from(place).ok());
    place.map_or_else(|| column.to_string(), CellRef::column_name)
}

/// Adds a fact; one more of the same place and topic is written after it.
pub(super) fn add(facts: &mut Facts, cell: Option<CellRef>, about: &str, said: &str) {
    let spot = Spot { cell, about: about.to_owned() };
    let had = facts.entry(spot).or_default();
    if !had.is_empty() {
        had.push_str(" · ");
    }
    had.push_str(said);
}

/// Whether an attribute of yes or no is yes.
pub(super) fn is_on(node: &Element, name: &str) -> bool {
    let no = |said: &str| matches!(said.trim().trim_start_matches('0'), "" | "false" | "off");
    node.get(name).is_some_and(|said| !no(said))
}

/// An element in one line: for what no workbook of ours holds, and is shown only to say that it is there.
pub(super) fn spelled(node: &Element) -> String {
    let mut line = node.name().to_owned();
    for part in node.within() {
        for (name, value) in part.attributes() {
            line.push_str(&format!(" {name}={value}"));
        }
        if !part.text().trim().is_empty() {
            line.push_str(&format!(" {}", part.text().trim()));
        }
    }
    line.chars().take(200).collect()
}
