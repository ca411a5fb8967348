//! The second reading: what our own pass makes of the cells of a sheet, held against what calamine gives.
//!
//! Two readers that know nothing of each other, the same bytes: where they do not agree nobody can say what
//! the office has written, and the file is refused with the cell named.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::own::{Kind, Own, OwnCell, Strings, meant};
use super::raw::{RawCell, RawContent};
use crate::model::{CellRef, quoted};

impl Own {
    /// The first cell that is not what the library has made of it: where, ours, theirs. `whole`: whether the
    /// library has read the sheet to its end. What it could not read is told elsewhere.
    pub(super) fn against(
        mut self,
        strings: &Strings,
        theirs: &BTreeMap<CellRef, RawCell>,
        whole: bool,
    ) -> Option<(CellRef, String, String)> {
        self.cells.sort_by_key(|cell| cell.at);
        let mut theirs = theirs.iter().peekable();
        for own in &self.cells {
            let told = |theirs: Option<&RawCell>| Some((own.at, self.words(own, strings), words(theirs)));
            while let Some((at, extra)) = theirs.next_if(|(at, _)| **at < own.at) {
                if !self.has(*at) && !is_unread(&extra.content) {
                    return Some((*at, words(None), words(Some(extra))));
                }
            }
            match theirs.peek() {
                Some((at, cell)) if **at == own.at && self.agrees(own, strings, cell) => {}
                Some((at, cell)) if **at == own.at => return told(Some(cell)),
                _ if whole && !self.is_nothing(own, strings) => return told(None),
                _ => {}
            }
        }
        let extra = theirs.find(|(at, cell)| !self.has(**at) && !is_unread(&cell.content));
        extra.map(|(at, cell)| (*at, words(None), words(Some(cell))))
    }

    fn has(&self, at: CellRef) -> bool {
        self.cells.binary_search_by_key(&at, |cell| cell.at).is_ok()
    }

    fn spelled(&self, cell: &OwnCell) -> &str {
        self.spelled.get(cell.begin..cell.end).unwrap_or_default()
    }

    /// The text of a cell that holds one.
    fn text<'t>(&'t self, cell: &OwnCell, strings: &'t Strings) -> Option<Cow<'t, str>> {
        let spelled = self.spelled(cell);
        match cell.kind {
            Kind::Shared => strings.get(spelled.parse().ok()?).map(Cow::Borrowed),
            Kind::Inline => Some(Cow::Borrowed(spelled)),
            _ => Some(meant(spelled)),
        }
    }

    /// Whether a cell holds nothing: no formula, and an empty text.
    pub(super) fn is_nothing(&self, cell: &OwnCell, strings: &Strings) -> bool {
        let is_text = matches!(cell.kind, Kind::Shared | Kind::Text | Kind::Inline);
        !cell.formula
            && (cell.begin == cell.end
                || (is_text && self.text(cell, strings).is_some_and(|text| text.is_empty()))
                || (cell.kind == Kind::Bool && self.spelled(cell).trim().is_empty()))
    }

    /// Whether the library has made the same of a cell.
    pub(super) fn agrees(&self, own: &OwnCell, strings: &Strings, theirs: &RawCell) -> bool {
        if is_unread(&theirs.content) {
            return true;
        }
        let spelled = self.spelled(own);
        let is_text = |found: &str| self.text(own, strings).is_some_and(|text| text == found);
        let is_number = |found: f64| spelled.parse::<f64>().is_ok_and(|own| own.to_bits() == found.to_bits());
        let same = match (&theirs.content, own.kind) {
            (RawContent::Empty, Kind::Bool) => spelled.trim().is_empty(),
            (RawContent::Empty, _) => spelled.is_empty(),
            (RawContent::Number(found) | RawContent::Serial(found) | RawContent::Duration(found), kind) => {
                matches!(kind, Kind::Number(_)) && is_number(*found)
            }
            (
                RawContent::Text(found) | RawContent::IsoDate(found),
                Kind::Shared | Kind::Text | Kind::Inline,
            ) => is_text(found),
            // A number of no number: the word as it stands.
            (RawContent::Text(found), Kind::Number(false)) => {
                spelled == found && spelled.parse::<f64>().is_err()
            }
            (RawContent::Bool(found), Kind::Bool) => is_said(spelled) == Some(*found),
            (RawContent::Error(found), Kind::Error) => found == spelled,
            _ => false,
        };
        same && own.formula == theirs.formula.is_some()
    }

    /// What a cell is, and what the library has made of it, in words.
    pub(super) fn two_ways(
        &self,
        own: &OwnCell,
        strings: &Strings,
        theirs: Option<&RawCell>,
    ) -> (String, String) {
        (self.words(own, strings), words(theirs))
    }

    fn words(&self, cell: &OwnCell, strings: &Strings) -> String {
        let value = match self.text(cell, strings) {
            Some(text) if !text.is_empty() => quoted(&text),
            Some(_) => "vuota".to_owned(),
            None => format!("il testo {} dell'elenco, che non c'è", self.spelled(cell)),
        };
        if cell.formula { format!("{value} con una formula") } else { value }
    }
}

fn is_said(spelled: &str) -> Option<bool> {
    match spelled.trim().to_ascii_lowercase().as_str() {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

/// What the library could not read, or was not kept whole, is told cell by cell.
fn is_unread(content: &RawContent) -> bool {
    matches!(content, RawContent::Unreadable(_) | RawContent::Oversize(_))
        || matches!(content, RawContent::Error(error) if error == "#GETTING_DATA")
}

fn words(cell: Option<&RawCell>) -> String {
    let Some(cell) = cell else { return "vuota".to_owned() };
    let plain = cell.content.plain();
    let value = if plain.is_empty() { "vuota".to_owned() } else { quoted(&plain) };
    if cell.formula.is_some() { format!("{value} con una formula") } else { value }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Kind, Own, Strings, meant};
    use crate::model::CellRef;
    use crate::read::{RawCell, RawContent};

    fn at(cell: &str) -> CellRef {
        CellRef::parse(cell).unwrap()
    }

    /// Our own reading of one cell.
    fn own(kind: Kind, spelled: &str, formula: bool) -> Own {
        let mut own = Own::default();
        own.hear(spelled);
        own.keep(at("B2"), kind, formula);
        own
    }

    fn theirs(content: RawContent, formula: bool) -> BTreeMap<CellRef, RawCell> {
        let formula = formula.then(|| "A1".to_owned());
        BTreeMap::from([(at("B2"), RawCell { content, formula })])
    }

    fn strings() -> Strings {
        let mut strings = Strings::default();
        ["uno", "", "due"].iter().for_each(|text| strings.push(text));
        strings
    }

    #[test]
    fn every_difference_of_a_cell_is_seen() {
        let text = |text: &str| RawContent::Text(text.to_owned());
        let same = [
            (Kind::Shared, "2", text("due")),
            (Kind::Number(false), "0.1", RawContent::Number(0.1)),
            (Kind::Number(true), "43558", RawContent::Serial(43558.0)),
            (Kind::Number(false), "12,5", text("12,5")),
            (Kind::Bool, "1", RawContent::Bool(true)),
            (Kind::Error, "#N/A", RawContent::Error("#N/A".to_owned())),
            (Kind::Inline, "sì", text("sì")),
            (Kind::Text, "2019-05-03", RawContent::IsoDate("2019-05-03".to_owned())),
            (Kind::Number(false), "1e999", RawContent::Unreadable("il numero non è finito".to_owned())),
        ];
        for (kind, spelled, content) in same {
            let against = |formula: bool, content: RawContent| {
                own(kind, spelled, false).against(&strings(), &theirs(content, formula), true)
            };
            assert_eq!(against(false, content.clone()), None, "{kind:?} {spelled}");
            if !matches!(content, RawContent::Unreadable(_)) {
                let (cell, ..) = against(true, content).expect("a formula of one alone");
                assert_eq!(cell, at("B2"));
                assert!(against(false, RawContent::Number(7.0)).is_some(), "{kind:?} {spelled}");
                assert!(against(false, text("altro")).is_some(), "{kind:?} {spelled}");
                assert!(against(false, RawContent::Empty).is_some(), "{kind:?} {spelled}");
            }
        }
        let nearly = RawContent::Number(0.1 + 0.2);
        assert!(
            own(Kind::Number(false), "0.3", false)
                .against(&strings(), &theirs(nearly, false), true)
                .is_some()
        );
        assert!(
            own(Kind::Text, "12", false)
                .against(&strings(), &theirs(RawContent::Number(12.0), false), true)
                .is_some()
        );
    }

    #[test]
    fn a_cell_that_one_alone_has_is_seen() {
        let none = BTreeMap::new();
        let words = own(Kind::Number(false), "12", false).against(&strings(), &none, true);
        assert_eq!(words, Some((at("B2"), "«12»".to_owned(), "vuota".to_owned())));
        // A sheet that the library gave up says so by itself.
        assert_eq!(own(Kind::Number(false), "12", false).against(&strings(), &none, false), None);
        // Nothing is nothing for both.
        for (kind, spelled) in [(Kind::Shared, "1"), (Kind::Text, ""), (Kind::Bool, " ")] {
            assert_eq!(own(kind, spelled, false).against(&strings(), &none, true), None);
        }
        let extra = Own::default().against(&strings(), &theirs(RawContent::Number(3.0), false), true);
        assert_eq!(extra, Some((at("B2"), "vuota".to_owned(), "«3»".to_owned())));
        let mut before = Own::default();
        before.hear("1");
        before.keep(at("C9"), Kind::Number(false), false);
        let both = BTreeMap::from([
            (at("A1"), RawCell { content: RawContent::Bool(true), formula: None }),
            (at("C9"), RawCell { content: RawContent::Number(1.0), formula: None }),
        ]);
        assert_eq!(before.against(&strings(), &both, true).map(|found| found.0), Some(at("A1")));
    }

    #[test]
    fn characters_that_xml_cannot_say_are_meant() {
        for (spelled, text) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_x00_", "_x00_"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("è_x0041_", "èA"),
        ] {
            assert_eq!(meant(spelled), text);
        }
        assert_eq!(meant("_xD83D_!"), "\u{fffd}!");
    }
}
