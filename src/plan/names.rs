//! What the names in a plan must be.

use std::collections::BTreeMap;

use super::fields::At;
use super::problem::Problems;

/// Tells a name that has been used already, whatever its capitals.
pub(super) fn twice(seen: &mut BTreeMap<String, usize>, name: &At<String>, what: &str, problems: &Problems) {
    if let Some(first) = seen.get(&name.value.to_lowercase()) {
        let message = format!("{what} «{}» c'è due volte (la prima alla riga {first})", name.value);
        problems.add(name.line, "P01", message, "cambia uno dei due nomi, o togli il doppione");
    } else {
        seen.insert(name.value.to_lowercase(), name.line);
    }
}

/// Lower-case letters, digits and `_`, a letter first; short enough for a file name.
pub(super) fn is_identifier(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
