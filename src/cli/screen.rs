//! Lines that fit a terminal: wrapped under their label, or cut with «…».

/// Columns when nobody knows how wide the screen is.
const COLUMNS: usize = 80;
/// A narrower window is written as if it were this wide.
const NARROWEST: usize = 40;

/// The width of the terminal on which results are said.
pub(super) fn width() -> usize {
    let known = terminal_size::terminal_size_of(std::io::stdout());
    known.map_or(COLUMNS, |(terminal_size::Width(columns), _)| usize::from(columns)).max(NARROWEST)
}

/// `text` in at most `width` characters, with «…» when something is left out.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `text` after `label`, on at most `most` lines of `width` characters, broken at blanks; lines after the
/// first stand under the text.
pub(super) fn wrap(label: &str, text: &str, width: usize, most: usize) -> Vec<String> {
    let indent = label.chars().count();
    let room = width.saturating_sub(indent);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() >= most;
        let Some(line) = lines.last_mut() else { break };
        let fits = line.is_empty() || line.chars().count() + 1 + word.chars().count() <= room;
        if fits || last {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    let blank = " ".repeat(indent);
    let margins = std::iter::once(label).chain(std::iter::repeat(blank.as_str()));
    margins.zip(&lines).map(|(margin, line)| format!("{margin}{}", cut(line, room))).collect()
}

#[cfg(test)]
mod tests {
    use super::{cut, wrap};

    #[test]
    fn a_line_too_long_is_cut_at_the_width() {
        assert_eq!(cut("verbali pendenti", 16), "verbali pendenti");
        assert_eq!(cut("verbali pendenti", 10), "verbali p…");
        assert_eq!(cut("verbali pendenti", 9), "verbali…");
    }

    #[test]
    fn a_list_stands_under_its_label() {
        let list = "Archivio, Protesti, Metrico, Qualità";
        assert_eq!(
            wrap("Mancano    ", list, 30, 9),
            ["Mancano    Archivio, Protesti,", "           Metrico, Qualità"]
        );
        assert_eq!(wrap("Mancano    ", list, 30, 1), ["Mancano    Archivio, Protesti…"]);
        assert_eq!(wrap("Mancano    ", "nessuno", 30, 2), ["Mancano    nessuno"]);
    }
}
