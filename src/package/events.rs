//! A part of XML in one pass, piece by piece: fast, and with nothing kept.

use std::borrow::Cow;

use quick_xml::events::BytesStart;
use quick_xml::{Reader, XmlVersion, escape, events};

/// A piece of a part, as it comes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event<'e> {
    /// An element opens; one without content closes at once.
    Open(Tag<'e>),
    /// An element closes: its name without prefix.
    Close(&'e str),
    /// A text, without references.
    Text(&'e str),
    /// A reference to a character by its name or number: see `character`.
    Reference(&'e str),
    /// A text in which nothing is a mark (CDATA).
    Verbatim(&'e str),
    /// What says nothing: a comment, an instruction.
    Aside,
    /// The declaration of a type of document.
    DocType,
}

/// An element that opens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'e>(&'e BytesStart<'e>);

impl<'e> Tag<'e> {
    /// Its whole name.
    pub(crate) fn name(self) -> &'e str {
        self.0.name().0
    }

    /// Its name without prefix.
    pub(crate) fn local(self) -> &'e str {
        let name = self.0.name().0;
        name.rsplit(':').next().unwrap_or(name)
    }

    /// An attribute by its whole name, references resolved.
    pub(crate) fn get(self, name: &str) -> Option<String> {
        let found = self.0.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// What an attribute of yes or no says; `None` when it is not there.
    pub(crate) fn says(self, name: &str) -> Option<bool> {
        self.get(name).map(|value| matches!(value.as_str(), "1" | "true" | "on"))
    }

    /// The whole names of the attributes and what they hold, as spelled; `None` for one that is malformed.
    pub(crate) fn attributes(self) -> impl Iterator<Item = Option<(&'e str, Cow<'e, str>)>> {
        let mut all = self.0.attributes();
        all.with_checks(false);
        all.map(|attribute| attribute.ok().map(|attribute| (attribute.key.0, attribute.value)))
    }
}

/// Takes the pieces of a part one after the other, until `take` refuses one; whether the part is well-formed
/// to its end but for elements left open. `paired`: every element must be closed by its own name.
///
/// # Errors
/// What `take` answers.
pub(crate) fn scan<E>(
    part: &[u8],
    paired: bool,
    mut take: impl FnMut(Event<'_>) -> Result<(), E>,
) -> Result<bool, E> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.check_end_names = paired;
    config.expand_empty_elements = true;
    loop {
        let Ok(event) = reader.read_event() else { return Ok(false) };
        match &event {
            events::Event::Eof => return Ok(true),
            // Empty elements come as one that opens and one that closes.
            events::Event::Start(start) | events::Event::Empty(start) => take(Event::Open(Tag(start)))?,
            events::Event::End(end) => take(Event::Close(end.local_name().as_ref()))?,
            events::Event::Text(text) => take(Event::Text(text))?,
            events::Event::CData(text) => take(Event::Verbatim(text))?,
            events::Event::GeneralRef(name) => take(Event::Reference(name))?,
            events::Event::Comment(_) | events::Event::PI(_) | events::Event::Decl(_) => take(Event::Aside)?,
            events::Event::DocType(_) => take(Event::DocType)?,
        }
    }
}

/// A well-formed part without what says nothing in it: comments, instructions, the elements that `is_aside`
/// names, blanks between elements. Only in an element that `is_text` names, and in those within, blanks are
/// letters. What stays is spelled as it was. `None` when the part is not well-formed.
pub(crate) fn bare(
    part: &[u8],
    is_aside: impl Fn(&str) -> bool,
    is_text: impl Fn(&str) -> bool,
) -> Option<Vec<u8>> {
    let mut reader = Reader::from_reader(part);
    let mut kept = Vec::with_capacity(part.len());
    // How deep the reader is, and where the element left out, or the text, began.
    let (mut depth, mut aside, mut text) = (0_usize, None, None);
    let mut from = 0;
    loop {
        let event = reader.read_event().ok()?;
        let to = usize::try_from(reader.buffer_position()).ok()?;
        let mut keeps = aside.is_none();
        match &event {
            events::Event::Eof => return Some(kept),
            events::Event::Start(start) => {
                depth += 1;
                if aside.is_none() && is_aside(start.name().0) {
                    (aside, keeps) = (Some(depth), false);
                } else if text.is_none() && is_text(start.name().0) {
                    text = Some(depth);
                }
            }
            events::Event::Empty(start) => keeps &= !is_aside(start.name().0),
            events::Event::End(_) => {
                if aside == Some(depth) {
                    aside = None;
                }
                if text == Some(depth) {
                    text = None;
                }
                depth = depth.checked_sub(1)?;
            }
            events::Event::Text(blank) => keeps &= text.is_some() || !blank.trim().is_empty(),
            events::Event::Comment(_) | events::Event::PI(_) => keeps = false,
            _ => {}
        }
        if keeps {
            kept.extend_from_slice(part.get(from..to)?);
        }
        from = to;
    }
}

/// What a reference to a character stands for: `amp`, `#233`, `#xE9`; nothing when it is no character.
pub(crate) fn character(name: &str) -> String {
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    let spelt = || {
        let number = name.strip_prefix('#')?;
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)
    };
    let found = known.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter);
    found.or_else(spelt).map(String::from).unwrap_or_default()
}

/// A text with its references resolved; as it is, when one of them stands for nothing.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    escape::unescape(text).unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::bare;

    fn told(part: &str) -> Option<String> {
        let is_aside = |name: &str| name == "n" || name.starts_with("d:");
        bare(part.as_bytes(), is_aside, |name| name == "p").map(|kept| String::from_utf8(kept).unwrap())
    }

    #[test]
    fn what_says_nothing_is_left_out_and_the_rest_is_as_it_was() {
        let part = "<?xml version=\"1.0\"?>\n<a>\n <!-- no --><b c='1 &gt; 2'/>\n <n> no<b>no</b></n><d:x/>\n <p> è <s/> <i>
</i>&amp;<n>no</n><?no no?></p> sì </a>";
        let bare = "<?xml version=\"1.0\"?><a><b c='1 &gt; 2'/><p> è <s/> <i>\n</i>&amp;</p> sì </a>";
        assert_eq!(told(part).as_deref(), Some(bare));
        assert_eq!(told(bare).as_deref(), Some(bare));
        for broken in ["<a><b></a>", "<a", "</a>"] {
            assert_eq!(told(broken), None, "{broken}");
        }
    }
}
