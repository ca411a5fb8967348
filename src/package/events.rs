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
