//! A part of XML in one pass, piece by piece: fast, and with nothing kept but the names of what is open.
//!
//! This reader is our own, so that what calamine makes of a sheet (over quick-xml) can be held against what
//! somebody else reads in it. It is strict where programs differ: names that close, references, attributes,
//! one root and nothing after it, characters that XML has not.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};
use quick_xml::escape;

use super::spaces::Spaces;

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
pub(crate) struct Tag<'e> {
    name: &'e str,
    /// Its attributes as spelled.
    rest: &'e str,
    spaces: &'e Spaces<'e>,
}

impl<'e> Tag<'e> {
    /// Its whole name.
    pub(crate) fn name(self) -> &'e str {
        self.name
    }

    /// Its name without prefix.
    pub(crate) fn local(self) -> &'e str {
        local(self.name)
    }

    /// Whether it belongs to the same vocabulary as the root of the part.
    pub(crate) fn is_own(self) -> bool {
        self.spaces.is_of_root(self.name)
    }

    /// An attribute by its whole name, references resolved.
    pub(crate) fn get(self, name: &str) -> Option<String> {
        let (_, value) = self.attributes().flatten().find(|(own, _)| *own == name)?;
        let value = if value.contains(['\t', '\n', '\r']) {
            Cow::Owned(value.replace("\r\n", " ").replace(['\t', '\n', '\r'], " "))
        } else {
            Cow::Borrowed(value)
        };
        escape::unescape(&value).ok().map(Cow::into_owned)
    }

    /// What an attribute of yes or no says; `None` when it is not there.
    pub(crate) fn says(self, name: &str) -> Option<bool> {
        self.get(name).map(|value| matches!(value.as_str(), "1" | "true" | "on"))
    }

    /// The whole names of the attributes and what they hold, as spelled; `None` for one that is malformed,
    /// and nothing after it.
    pub(crate) fn attributes(self) -> impl Iterator<Item = Option<(&'e str, &'e str)>> {
        attributes(self.rest)
    }
}

/// The attributes in the spelling of a tag.
fn attributes(spelled: &str) -> impl Iterator<Item = Option<(&str, &str)>> {
    let mut rest = spelled;
    std::iter::from_fn(move || {
        let own = rest.trim_start_matches(BLANKS);
        if own.is_empty() {
            return None;
        }
        match attribute(own) {
            Some((found, after)) => {
                rest = after;
                Some(Some(found))
            }
            None => {
                rest = "";
                Some(None)
            }
        }
    })
}

/// The first attribute of a spelling, and what comes after it: a blank or nothing.
fn attribute(spelled: &str) -> Option<((&str, &str), &str)> {
    let (name, rest) = spelled.split_once('=')?;
    let name = name.trim_end_matches(BLANKS);
    let rest = rest.trim_start_matches(BLANKS);
    let quote = rest.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    let (value, after) = rest.get(1..)?.split_once(quote)?;
    let parted = after.is_empty() || after.starts_with(BLANKS);
    (is_name(name) && parted && !value.contains('<')).then_some(((name, value), after))
}

/// What separates attributes.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

fn local(name: &str) -> &str {
    memchr(b':', name.as_bytes()).and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// Whether a name could be one: no blank and no mark in it.
fn is_name(name: &str) -> bool {
    let wrong = |byte: u8| byte <= b' ' || b"\"'<>&=/!?".contains(&byte);
    let first = name.as_bytes().first();
    first.is_some_and(|first| !first.is_ascii_digit() && !b"-.:".contains(first)) && !name.bytes().any(wrong)
}

/// Takes the pieces of a part one after the other, until `take` refuses one; whether the part is well-formed
/// to its end but for elements left open. `paired`: every element must be closed by its own name, and what
/// XML does not allow is no XML; otherwise the pieces are taken as they come.
///
/// # Errors
/// What `take` answers.
pub(crate) fn scan<E>(
    part: &str,
    paired: bool,
    mut take: impl FnMut(Event<'_>) -> Result<(), E>,
) -> Result<bool, E> {
    let mut reader =
        Reader { rest: part, open: Vec::new(), spaces: Spaces::default(), paired, rooted: false };
    while !reader.rest.is_empty() {
        let went_on = match reader.rest.as_bytes().first() {
            Some(b'<') => reader.mark(&mut take)?,
            Some(b'&') => reader.reference(&mut take)?,
            _ => reader.text(&mut take)?,
        };
        if !went_on {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where the pass stands.
struct Reader<'p> {
    rest: &'p str,
    /// The whole names of the elements that are open.
    open: Vec<&'p str>,
    spaces: Spaces<'p>,
    paired: bool,
    /// Whether the root has been met.
    rooted: bool,
}

impl<'p> Reader<'p> {
    /// What comes before `mark`, which is left behind too.
    fn until(&mut self, mark: &str) -> Option<&'p str> {
        let at = memmem::find(self.rest.as_bytes(), mark.as_bytes())?;
        let (found, rest) = self.rest.split_at_checked(at)?;
        self.rest = rest.get(mark.len()..)?;
        Some(found)
    }

    /// Whether nothing can be said here: outside the root.
    fn is_outside(&self) -> bool {
        self.paired && self.open.is_empty()
    }

    fn text<E>(&mut self, take: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<bool, E> {
        let bytes = self.rest.as_bytes();
        let end = memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
        let Some((text, rest)) = self.rest.split_at_checked(end) else { return Ok(false) };
        self.rest = rest;
        if self.is_outside() {
            return Ok(text.trim_matches(BLANKS).is_empty());
        }
        if self.paired && !is_speakable(text) {
            return Ok(false);
        }
        take(Event::Text(text))?;
        Ok(true)
    }

    fn reference<E>(&mut self, take: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<bool, E> {
        let Some(name) = self.until(";").and_then(|name| name.strip_prefix('&')) else { return Ok(false) };
        if self.is_outside() || (self.paired && character(name).is_empty()) {
            return Ok(false);
        }
        take(Event::Reference(name))?;
        Ok(true)
    }

    /// What begins with `<`.
    fn mark<E>(&mut self, take: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<bool, E> {
        let rest = self.rest;
        let after = |mark: &str| rest.strip_prefix(mark);
        if let Some(rest) = after("</") {
            self.rest = rest;
            return self.close(take);
        }
        if let Some(rest) = after("<!--") {
            self.rest = rest;
            return self.aside("-->", take);
        }
        if let Some(rest) = after("<?") {
            self.rest = rest;
            return self.aside("?>", take);
        }
        if let Some(rest) = after("<![CDATA[") {
            self.rest = rest;
            let Some(text) = self.until("]]>") else { return Ok(false) };
            if self.is_outside() || (self.paired && !is_speakable(text)) {
                return Ok(false);
            }
            take(Event::Verbatim(text))?;
            return Ok(true);
        }
        if after("<!").is_some() {
            take(Event::DocType)?;
            return Ok(!self.paired && self.until(">").is_some());
        }
        self.open(take)
    }

    fn aside<E>(&mut self, end: &str, take: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<bool, E> {
        if self.until(end).is_none() {
            return Ok(false);
        }
        take(Event::Aside)?;
        Ok(true)
    }

    fn close<E>(&mut self, take: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<bool, E> {
        let Some(name) = self.until(">") else { return Ok(false) };
        let name = name.trim_end_matches(BLANKS);
        let open = self.open.pop();
        if self.paired && open != Some(name) {
            return Ok(false);
        }
        self.spaces.leave(self.open.len());
        take(Event::Close(local(name)))?;
        Ok(true)
    }

    fn open<E>(&mut self, take: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<bool, E> {
        let Some((name, spelled, empty)) = self.tag() else { return Ok(false) };
        if self.paired {
            let second_root = self.open.is_empty() && self.rooted;
            if second_root || !is_name(name) || attributes(spelled).any(|found| found.is_none()) {
                return Ok(false);
            }
        }
        self.spaces.enter(self.open.len(), name, spelled, attributes);
        self.rooted = true;
        take(Event::Open(Tag { name, rest: spelled, spaces: &self.spaces }))?;
        if empty {
            self.spaces.leave(self.open.len());
            take(Event::Close(local(name)))?;
        } else {
            self.open.push(name);
        }
        Ok(true)
    }

    /// The name of a tag, what follows it, and whether it closes at once.
    fn tag(&mut self) -> Option<(&'p str, &'p str, bool)> {
        let whole = self.rest.get(1..)?;
        let mut end = 0;
        loop {
            let at = end + memchr3(b'>', b'"', b'\'', whole.as_bytes().get(end..)?)?;
            match whole.as_bytes().get(at)? {
                b'>' => {
                    end = at;
                    break;
                }
                quote => end = at + 2 + memchr(*quote, whole.as_bytes().get(at + 1..)?)?,
            }
        }
        let (inside, rest) = whole.split_at_checked(end)?;
        self.rest = rest.get(1..)?;
        let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name_end = inside.find(BLANKS).unwrap_or(inside.len());
        let (name, spelled) = inside.split_at_checked(name_end)?;
        Some((name, spelled, empty))
    }
}

/// Whether a text has only characters that XML knows.
fn is_speakable(text: &str) -> bool {
    let silent = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    !text.bytes().any(silent)
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
