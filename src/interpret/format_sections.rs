//! The sections of a number format, taken apart: marks, texts shown as they are, colour, condition.

use crate::model::Number;

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// A mark of the format, or a letter shown as it is.
    Mark(char),
    /// A text in quotation marks or after a backslash.
    Text(String),
}

/// One of the sections of a number format, without blanks to be left and fillers.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pieces: Vec<Piece>,
    /// Whether it colours the number white.
    pub(super) white: bool,
    /// Whether it colours the number red: for many, a way to write the minus.
    pub(super) red: bool,
    /// The numbers for which it holds, when it says so: the comparison and its bound.
    pub(super) condition: Option<(String, Number)>,
}

/// The sections of a format.
pub(super) fn sections(format: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut section = Section::default();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => section.text(letters.by_ref().take_while(|c| *c != '"').collect()),
            '\\' => section.text(letters.next().into_iter().collect()),
            '_' => {
                letters.next();
            }
            // A filler is repeated as long as there is room.
            '*' => match letters.next() {
                Some(digit) if digit.is_ascii_digit() => section.text(format!("{digit}{digit}…")),
                _ => {}
            },
            '[' => {
                let inside: String = letters.by_ref().take_while(|c| *c != ']').collect();
                section.bracket(&inside);
            }
            ';' => sections.push(std::mem::take(&mut section)),
            other => section.pieces.push(Piece::Mark(other)),
        }
    }
    sections.push(section);
    sections
}

impl Section {
    fn text(&mut self, text: String) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text));
        }
    }

    /// What stands in square brackets: a colour, a condition, elapsed hours; currencies say nothing.
    fn bracket(&mut self, inside: &str) {
        let lower = inside.trim().to_lowercase();
        match lower.replace(' ', "").as_str() {
            "h" | "hh" | "m" | "mm" | "s" | "ss" => self.pieces.push(Piece::Mark('h')),
            "white" | "bianco" | "color2" | "colore2" => self.white = true,
            "red" | "rosso" | "color3" | "colore3" => self.red = true,
            text => {
                let bound = text.trim_start_matches(['<', '>', '=']);
                let comparison = text.strip_suffix(bound).unwrap_or_default();
                let bound = Number::parse(bound).filter(|_| !comparison.is_empty());
                self.condition = bound.map(|bound| (comparison.to_owned(), bound)).or(self.condition.take());
            }
        }
    }

    /// Whether it applies to a number: what has no condition applies to all.
    pub(super) fn holds(&self, number: &Number) -> bool {
        let Some((comparison, bound)) = &self.condition else { return true };
        match comparison.as_str() {
            "<" => number < bound,
            "<=" => number <= bound,
            ">" => number > bound,
            ">=" => number >= bound,
            "=" => number == bound,
            _ => number != bound,
        }
    }

    /// The marks alone.
    pub(super) fn marks(&self) -> String {
        let marks = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Mark(mark) => Some(*mark),
            Piece::Text(_) => None,
        });
        marks.collect()
    }

    /// The texts alone.
    pub(super) fn texts(&self) -> impl Iterator<Item = &String> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            Piece::Mark(_) => None,
        })
    }

    /// Whether there is nothing but blanks.
    pub(super) fn is_blank(&self) -> bool {
        self.marks().trim().is_empty() && self.texts().next().is_none()
    }

    /// Marks and texts, as they stand.
    pub(super) fn shown(&self) -> String {
        words(&self.pieces)
    }

    /// What stands before the number.
    pub(super) fn before(&self) -> String {
        words(self.pieces.get(..self.first()).unwrap_or_default())
    }

    /// The number with what stands before and after it.
    pub(super) fn around(&self, number: &str) -> String {
        let after = words(self.pieces.get(self.end()..).unwrap_or_default());
        let after = after.trim_start_matches(',');
        format!("{}{number}{after}", self.before()).trim().to_owned()
    }

    /// Whether a text or a mark that is none of the format's stands between the digits and is read as theirs.
    pub(super) fn splits_digits(&self) -> bool {
        let inner = self.inner();
        inner.iter().enumerate().any(|(at, piece)| {
            let Piece::Text(text) = piece else { return false };
            let places = inner.iter().skip(at).take_while(|other| !is_point(other)).filter(is_place);
            // Thousands set apart by hand.
            let grouping =
                matches!(text.as_str(), " " | "." | "'" | "’" | "\u{a0}") && places.count() % 3 == 0;
            !grouping
        })
    }

    /// The digits of a number put in their places, from the last of the whole part, with what stands between
    /// them.
    pub(super) fn filled(&self, number: &str) -> String {
        let number = number.replace('.', "");
        let (whole, decimals) = number.split_once(',').unwrap_or((&number, ""));
        let inner = self.inner();
        let point = inner.iter().position(is_point).unwrap_or(inner.len());
        let (left, right) = inner.split_at(point);
        let mut digits: Vec<char> = whole.chars().collect();
        let mut places = left.iter().filter(is_place).count();
        let mut seen: Vec<String> = Vec::new();
        for piece in left.iter().rev() {
            match piece {
                Piece::Text(text) => seen.push(text.clone()),
                Piece::Mark('0' | '#' | '?') => {
                    places = places.saturating_sub(1);
                    let rest = if places == 0 { 0 } else { digits.len().saturating_sub(1) };
                    let own: String = digits.split_off(rest.min(digits.len())).into_iter().collect();
                    let empty = own.is_empty() && *piece == Piece::Mark('0');
                    seen.push(if empty { "0".to_owned() } else { own });
                }
                Piece::Mark(_) => {}
            }
        }
        let mut after = decimals.chars();
        let right = right.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Mark('.') => ",".to_owned(),
            Piece::Mark(_) => after.next().map(String::from).unwrap_or_default(),
        });
        let text: String = seen.into_iter().rev().chain(right).collect();
        self.around(&text)
    }

    /// The place of the first digit.
    fn first(&self) -> usize {
        self.pieces.iter().position(is_number).unwrap_or(self.pieces.len())
    }

    /// The place after the last digit.
    fn end(&self) -> usize {
        self.pieces.iter().rposition(is_number).map_or(self.pieces.len(), |last| last + 1)
    }

    /// From the first digit to the last.
    fn inner(&self) -> &[Piece] {
        self.pieces.get(self.first()..self.end()).unwrap_or_default()
    }
}

fn words(pieces: &[Piece]) -> String {
    pieces.iter().fold(String::new(), |mut all, piece| {
        match piece {
            Piece::Mark(mark) => all.push(*mark),
            Piece::Text(text) => all.push_str(text),
        }
        all
    })
}

/// Whether a piece stands for a digit, or for the whole number.
fn is_number(piece: &Piece) -> bool {
    matches!(piece, Piece::Mark(mark) if matches!(mark, '0' | '#' | '?' | '@') || mark.is_alphabetic())
}

fn is_place(piece: &&Piece) -> bool {
    matches!(piece, Piece::Mark('0' | '#' | '?'))
}

fn is_point(piece: &Piece) -> bool {
    *piece == Piece::Mark('.')
}

#[cfg(test)]
mod tests {
    use super::sections;
    use crate::model::Number;

    #[test]
    fn a_section_is_taken_apart() {
        let all = sections("[Red][>=10]\"n. \"0_)\\x;[White]0* ;;@");
        assert_eq!(all.len(), 4);
        let first = &all[0];
        assert!(first.red && !first.white && all[1].white && all[2].is_blank());
        assert_eq!((first.shown().as_str(), first.marks().as_str()), ("n. 0x", "0"));
        assert_eq!((first.before().as_str(), first.around("7").as_str()), ("n. ", "n. 7x"));
        let holds = |number: i64| first.holds(&Number::from(number));
        assert_eq!([holds(9), holds(10)], [false, true]);
    }

    #[test]
    fn digits_go_to_their_places_from_the_last() {
        for (format, number, seen) in [
            ("0\".\"0", "12", "1.2"),
            ("0\".\"00", "7", "0.07"),
            ("#\"x\"0", "1.234", "123x4"),
            ("\"n. \"0\"-\"0.0\"5\"0\" h\"", "12,34", "n. 1-2,354 h"),
        ] {
            let section = &sections(format)[0];
            assert!(section.splits_digits(), "{format}");
            assert_eq!(section.filled(number), seen, "{format}");
        }
        for format in ["#\".\"000", "#\\ ###\\ ##0", "0\" h\"", "#,##0.00"] {
            assert!(!sections(format)[0].splits_digits(), "{format}");
        }
    }
}
