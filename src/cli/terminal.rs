//! The one door to the terminal: what others wrote (names of files, texts of offices and plans) cannot move
//! its cursor, change its colours, turn its writing round or make up a line of its own.

use std::path::Path;

/// A text of others on one line: line breaks and tabs become a blank, what steers the terminal «�».
pub(super) fn clean(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        other if steers(other) => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    text.chars().map(shown).collect()
}

/// The name of a file or folder, on one line.
pub(super) fn path(path: &Path) -> String {
    clean(&path.to_string_lossy())
}

/// What the program says, on the lines that it made itself.
pub(super) fn lines(text: &str) -> String {
    if !text.chars().any(steers) {
        return text.to_owned();
    }
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// JSON with the characters that steer a terminal written as `\u….`: the same value, whoever reads it. They
/// can only stand inside texts, where JSON itself asks this of those below the blank.
pub(super) fn json(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && steers(c) {
            safe.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Control characters (C0, DEL, C1), marks of direction, separators of lines.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::{clean, json, lines};

    #[test]
    fn nothing_of_others_steers_the_terminal() {
        let hostile: String = (0..0x20_u8)
            .chain(0x7f..=0x9f)
            .map(char::from)
            .chain("\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{2028}".chars())
            .collect();
        for c in hostile.chars() {
            let said = clean(&format!("a{c}b"));
            assert!(said == "a b" || said == "a\u{fffd}b", "{c:?}: {said:?}");
        }
        assert_eq!(clean("riga\nfinta"), "riga finta");
        assert_eq!(clean("Qualità · ▲ «8,4» – ≥"), "Qualità · ▲ «8,4» – ≥");
        assert_eq!(lines("una\ndue\u{1b}[2J"), "una\ndue\u{fffd}[2J");
    }

    #[test]
    fn json_means_the_same() {
        let value = serde_json::json!({ "nome": "a\u{202e}b\u{9b}c\u{7f}\n\u{1}" });
        let safe = json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(!safe.contains(['\u{202e}', '\u{9b}', '\u{7f}']), "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }
}
