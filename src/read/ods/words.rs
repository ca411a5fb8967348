//! The text of a cell: its paragraphs, with what each piece of them looks like.

use crate::package::Tag;

/// A text while it comes.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The pieces, each with the style of its letters.
    pub(super) pieces: Vec<(String, Option<String>)>,
    paragraphs: usize,
    /// The styles of the letters, one inside the other; `None` for what says none.
    styles: Vec<Option<String>>,
    /// Whether the last letter was a blank that the next one would only repeat.
    blank: bool,
}

impl Words {
    /// A paragraph begins.
    pub(super) fn paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.put("\n");
        }
        self.paragraphs += 1;
        self.styles.clear();
        self.blank = true;
    }

    /// A piece with letters of its own begins.
    pub(super) fn open(&mut self, start: Tag<'_>) {
        self.styles.push(start.get("text:style-name").filter(|_| start.name() == "text:span"));
    }

    /// It ends.
    pub(super) fn close(&mut self) {
        self.styles.pop();
    }

    /// Letters: blanks one after the other are one, and none at the beginning of a paragraph (ODF 1.3,
    /// 6.1.2).
    pub(super) fn hear(&mut self, text: &str) {
        let mut own = String::with_capacity(text.len());
        for letter in text.chars() {
            let blank = matches!(letter, ' ' | '\t' | '\r' | '\n');
            if !blank {
                own.push(letter);
            } else if !self.blank {
                own.push(' ');
            }
            self.blank = blank;
        }
        self.add(&own);
    }

    /// Letters that stay as they are: blanks said by number, a tabulator, the end of a line.
    pub(super) fn put(&mut self, text: &str) {
        self.blank = false;
        self.add(text);
    }

    fn add(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let style = self.styles.iter().rev().flatten().next();
        match self.pieces.last_mut() {
            Some((last, own)) if own.as_ref() == style => last.push_str(text),
            _ => self.pieces.push((text.to_owned(), style.cloned())),
        }
    }

    /// Whether there is a paragraph, an empty one included.
    pub(super) fn is_written(&self) -> bool {
        self.paragraphs > 0
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|(text, _)| text.as_str()).collect()
    }
}
