//! Lines that fit a terminal: wrapped under their label, or cut with «…».

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm, wrap as lines_of};
use unicode_width::UnicodeWidthChar;

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
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |letter: &char| {
        used += letter.width().unwrap_or(0);
        used <= width
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// `text` after `label`, on at most `most` lines of `width` characters, broken at blanks; lines after the
/// first stand under the text.
pub(super) fn wrap(label: &str, text: &str, width: usize, most: usize) -> Vec<String> {
    if text.trim().is_empty() {
        return vec![label.to_owned()];
    }
    let blank = " ".repeat(display_width(label));
    let plain = Options::new(width)
        .initial_indent(label)
        .subsequent_indent(&blank)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let lines = lines_of(text, plain);
    let (shown, rest) = lines.split_at(lines.len().min(most));
    let rest: String = rest.iter().map(|line| format!(" {}", line.trim_start())).collect();
    let last = shown.len().saturating_sub(1);
    let whole = |(place, line): (usize, &std::borrow::Cow<'_, str>)| {
        let rest = if place == last { rest.as_str() } else { "" };
        cut(&format!("{line}{rest}"), width)
    };
    shown.iter().enumerate().map(whole).collect()
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
        assert_eq!(wrap("Mancano    ", "", 30, 2), ["Mancano    "]);
        // A wide letter takes two columns of a terminal.
        assert_eq!(cut("\u{5e02}\u{5834}\u{5e02}\u{5834}", 6), "\u{5e02}\u{5834}…");
    }
}
