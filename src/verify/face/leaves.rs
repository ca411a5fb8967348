//! All that an element says, leaf by leaf, in a spelling that programs share: nothing is passed over but what
//! is known to say nothing.

use std::collections::BTreeMap;

use super::facts::{Facts, add};
use crate::model::CellRef;
use crate::package::Element;

/// What of a kind of element says nothing. Ways are the names of elements from the outermost, parted by `/`,
/// and `@` before an attribute; an attribute called `val` is what its element says. A way is meant wherever
/// one ends like it.
pub(super) struct Quiet {
    /// Where programs differ and nobody sees anything, or what is told in words of its own: with all that is
    /// in it.
    pub unseen: &'static [&'static str],
    /// What says the same as saying nothing: way, value.
    pub usual: &'static [(&'static str, &'static str)],
}

/// What an element says by being there.
pub(super) const HERE: &str = "l'elemento";

/// The leaves of an element: way from it → what is said there. Of elements of the same name the second is
/// `name 2`, and says that it is there even when all that it holds says nothing.
pub(super) fn leaves(root: &Element, quiet: &Quiet) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk(root, root.name(), "", quiet, &mut found);
    found
}

/// Adds every leaf as a fact of its own.
pub(super) fn add_leaves(
    facts: &mut Facts,
    cell: Option<CellRef>,
    about: &str,
    root: &Element,
    quiet: &Quiet,
) {
    for (way, said) in leaves(root, quiet) {
        add(facts, cell, &format!("{about} ({way})"), &said);
    }
}

fn walk(node: &Element, way: &str, place: &str, quiet: &Quiet, found: &mut BTreeMap<String, String>) {
    if quiet.is_unseen(way) {
        return;
    }
    let mut tell = |way: &str, place: &str, said: &str| {
        let said = spelled(way, said);
        let is = |(usual, value): &(&str, &str)| ends(way, usual) && said == *value;
        if !quiet.is_unseen(way) && !quiet.usual.iter().any(is) {
            found.insert(place.to_owned(), said);
        }
    };
    let own = node.attributes().filter(|(name, _)| *name != "xmlns" && !name.starts_with("xmlns:"));
    let text = node.text();
    let (mut empty, text) = (node.children.is_empty(), text.trim());
    for (name, value) in own {
        empty = false;
        match name {
            "val" => tell(way, place, value),
            _ => tell(&format!("{way}@{name}"), &format!("{place}@{name}"), value),
        }
    }
    if !text.is_empty() || empty {
        tell(way, place, if text.is_empty() { HERE } else { text });
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for child in &node.children {
        let number = seen.entry(child.name()).or_default();
        *number += 1;
        let way = format!("{way}/{}", child.name());
        let name = if *number == 1 { child.name().to_owned() } else { format!("{} {number}", child.name()) };
        let place = if place.is_empty() { name } else { format!("{place}/{name}") };
        let before = found.len();
        walk(child, &way, &place, quiet, found);
        if *number > 1 && found.len() == before && !quiet.is_unseen(&way) {
            found.insert(place, HERE.to_owned());
        }
    }
}

impl Quiet {
    fn is_unseen(&self, way: &str) -> bool {
        self.unseen.iter().any(|unseen| ends(way, unseen))
    }
}

/// Whether a way ends with another, at whole names.
fn ends(way: &str, end: &str) -> bool {
    let before = way.strip_suffix(end);
    before.is_some_and(|before| before.is_empty() || before.ends_with('/') || end.starts_with('@'))
}

/// EMUs of a quarter of a point: programs round the width of a line.
const QUARTER: u64 = 3_175;

/// A value in the spelling that programs share: yes and no, colours, widths of lines.
fn spelled(way: &str, said: &str) -> String {
    let digits = |length: usize| said.len() == length && said.bytes().all(|byte| byte.is_ascii_hexdigit());
    match (said, said.parse::<u64>()) {
        ("true", _) => "1".to_owned(),
        ("false", _) => "0".to_owned(),
        (_, Ok(width)) if ends(way, "ln@w") => ((width + QUARTER / 2) / QUARTER).to_string(),
        _ if digits(6) || digits(8) => said.to_lowercase(),
        _ => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{HERE, Quiet, leaves};
    use crate::package::Element;

    const QUIET: Quiet = Quiet { unseen: &["id", "b@spc"], usual: &[("b/on", "0"), ("b", HERE)] };

    fn told(part: &str) -> Vec<(String, String)> {
        leaves(&Element::parse(part.as_bytes()).unwrap(), &QUIET).into_iter().collect()
    }

    fn pairs(told: &[(&str, &str)]) -> Vec<(String, String)> {
        told.iter().map(|(way, said)| ((*way).to_owned(), (*said).to_owned())).collect()
    }

    #[test]
    fn whatever_is_not_known_to_say_nothing_is_told() {
        assert_eq!(told("<a><id val='3'><deep>x</deep></id><b spc='1'><on val='false'/></b><id/></a>"), []);
        let odd = "<a xmlns='u' k='1'><b><on val='true'/><new/></b><b>two</b><grid val='x'/></a>";
        let wanted = [("@k", "1"), ("b 2", "two"), ("b/new", HERE), ("b/on", "1"), ("grid", "x")];
        assert_eq!(told(odd), pairs(&wanted));
        // What is known of `b/on` is not known of `c/on`, nor of what only ends with the same letters.
        let wanted = [("ab/on", "0"), ("c/on", "0")];
        assert_eq!(told("<a><c><on val='0'/></c><ab><on val='0'/></ab></a>"), pairs(&wanted));
        // What says nothing once says something twice.
        assert_eq!(told("<a><b/><b/></a>"), pairs(&[("b 2", HERE)]));
    }

    #[test]
    fn programs_spell_the_same_thing_in_other_ways() {
        let one = told("<a><c val='004D99'/><ln w='28575'/><ln w='9525'/></a>");
        assert_eq!(one, told("<a><c val='004d99'/><ln w='28440'/><ln w='9360'/></a>"));
        assert_ne!(one, told("<a><c val='004d98'/><ln w='28440'/><ln w='9360'/></a>"));
        assert_ne!(one, told("<a><c val='004d99'/><ln w='0'/><ln w='9360'/></a>"));
    }
}
