//! What a workbook cannot hold: spelt out or shortened here, counted, and declared on the cover.

use std::borrow::Cow;

use super::sheet::{Cell, Content, Sheet};
use crate::excel::bounds;
use crate::model::visible;

/// Characters of a cell, in UTF-16 units: a little fewer than Excel takes.
pub const CHARACTERS: usize = bounds::CELL_TEXT - 67;

/// Links of a sheet: a little fewer than Excel takes.
pub const LINKS: usize = bounds::LINKS - 530;

/// How a text that goes on ends.
pub const TRUNCATED: &str = "… (il testo continua)";

/// How much was shortened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// Texts cut.
    pub texts: usize,
    /// Links that became texts.
    pub links: usize,
}

/// Shortens what does not fit.
pub fn shorten(sheets: &mut [Sheet]) -> Caps {
    let mut caps = Caps::default();
    for sheet in sheets {
        let mut links = 0;
        for cell in sheet.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Content::Link(text, _) = &cell.content {
                links += 1;
                if links > LINKS {
                    caps.links += 1;
                    cell.content = Cell::text(text.as_str()).content;
                }
            }
            spell_out(&mut cell.content);
            if let Content::Text(text) | Content::Code(text) | Content::Link(text, _) = &mut cell.content
                && text.len() > CHARACTERS
                && text.encode_utf16().count() > CHARACTERS
            {
                caps.texts += 1;
                *text = cut(text);
            }
        }
    }
    caps
}

/// Characters that no part of a workbook may hold, or that nobody sees, stand as their code.
fn spell_out(content: &mut Content) {
    match content {
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) | Content::Status(_, text) => {
            if let Cow::Owned(spelt) = visible(text) {
                *text = spelt;
            }
        }
        Content::Live(live) => spell_out(&mut live.value),
        Content::Blank | Content::Number(..) | Content::Date(_) | Content::Severity(_) => {}
    }
}

/// The beginning of a text, and that it goes on.
fn cut(text: &str) -> String {
    let mut room = CHARACTERS - TRUNCATED.encode_utf16().count();
    let head: String = text
        .chars()
        .take_while(|letter| {
            let fits = room >= letter.len_utf16();
            room = room.saturating_sub(letter.len_utf16());
            fits
        })
        .collect();
    format!("{head}{TRUNCATED}")
}

#[cfg(test)]
mod tests {
    use super::{CHARACTERS, cut, shorten};
    use crate::book::{Cell, Content};
    use crate::report::report;
    use crate::report::sample::sample;

    #[test]
    fn a_long_text_is_cut_between_letters() {
        let long = cut(&"😀".repeat(20_000));
        assert!(long.ends_with("… (il testo continua)"));
        assert!((CHARACTERS - 1..=CHARACTERS).contains(&long.encode_utf16().count()));
    }

    #[test]
    fn a_text_is_cut_only_when_a_cell_does_not_hold_it() {
        let mut sheets = report(&sample(6).run()).sheets;
        for (place, length) in [(0, CHARACTERS), (1, CHARACTERS + 1)] {
            sheets[0].rows[place].cells[0] = Cell::text("x".repeat(length));
        }
        assert_eq!(shorten(&mut sheets).texts, 1);
        let Content::Text(whole) = &sheets[0].rows[0].cells[0].content else { panic!("no text") };
        let Content::Text(shortened) = &sheets[0].rows[1].cells[0].content else { panic!("no text") };
        assert_eq!(whole.len(), CHARACTERS);
        assert!(shortened.ends_with("… (il testo continua)"));
        assert_eq!(shortened.encode_utf16().count(), CHARACTERS);
    }
}
