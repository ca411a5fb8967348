//! A part of XML in one pass, piece by piece: fast, and with nothing kept but the names of what is open.
//!
//! This reader is our own, so that what calamine makes of a sheet (over quick-xml) can be held against what
//! somebody else reads in it. It is strict where programs differ: names that close, references, attributes,
//! one root and nothing after it, characters that XML has not.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};
use quick_xml::escape;

use super::spaces::{Kept, Spaces};

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

/// The whole name of an attribute, and what it holds as spelled.
type Attribute<'e> = (&'e str, &'e str);

/// An element that opens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'e> {
    name: &'e str,
    /// Its attributes, each with what it holds as spelled, up to one that is malformed.
    found: &'e [Attribute<'e>],
    /// Whether one is malformed.
    torn: bool,
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
        let (_, value) = self.found.iter().find(|(own, _)| *own == name)?;
        let value = if memchr3(b'\t', b'\n', b'\r', value.as_bytes()).is_some() {
            Cow::Owned(value.replace("\r\n", " ").replace(['\t', '\n', '\r'], " "))
        } else {
            Cow::Borrowed(*value)
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
        self.found.iter().copied().map(Some).chain(self.torn.then_some(None))
    }
}

/// Puts the attributes in the spelling of a tag into `found`; whether all of them are well-formed.
fn gather<'p>(spelled: &'p str, found: &mut Vec<Attribute<'p>>) -> bool {
    found.clear();
    let mut rest = skipped(spelled);
    while !rest.is_empty() {
        let Some((own, after)) = attribute(rest) else { return false };
        found.push(own);
        rest = skipped(after);
    }
    true
}

/// The first attribute of a spelling, and what comes after it: a blank or nothing.
fn attribute(spelled: &str) -> Option<(Attribute<'_>, &str)> {
    let equals = spelled.bytes().position(|byte| byte == b'=')?;
    let (name, rest) = (trimmed(spelled.get(..equals)?), skipped(spelled.get(equals + 1..)?));
    let quote = *rest.as_bytes().first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let rest = rest.get(1..)?;
    let end = memchr(quote, rest.as_bytes())?;
    let (value, after) = (rest.get(..end)?, rest.get(end + 1..)?);
    let parted = after.bytes().next().is_none_or(is_blank);
    (is_name(name) && parted && memchr(b'<', value.as_bytes()).is_none()).then_some(((name, value), after))
}

/// What separates attributes.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// A text without the blanks at its beginning.
fn skipped(text: &str) -> &str {
    let begin = text.bytes().position(|byte| !is_blank(byte)).unwrap_or(text.len());
    text.get(begin..).unwrap_or_default()
}

/// A text without the blanks at its end.
fn trimmed(text: &str) -> &str {
    if text.bytes().next_back().is_some_and(is_blank) { text.trim_end_matches(BLANKS) } else { text }
}

/// A name without its prefix, which ends at the first colon.
fn local(name: &str) -> &str {
    let colon = name.bytes().position(|byte| byte == b':');
    colon.and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// Whether a name could be one: no blank and no mark in it.
fn is_name(name: &str) -> bool {
    let wrong = |byte: u8| {
        byte <= b' ' || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'&' | b'=' | b'/' | b'!' | b'?')
    };
    let first = name.as_bytes().first();
    let begins = |first: &u8| !first.is_ascii_digit() && !matches!(first, b'-' | b'.' | b':');
    first.is_some_and(begins) && !name.bytes().any(wrong)
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
    let reader = Reader {
        rest: part,
        open: Vec::new(),
        found: Vec::new(),
        spaces: Spaces::default(),
        paired,
        rooted: false,
    };
    Ok(reader.run(&mut take)?.is_some())
}

/// Where the pass stands between two pieces of a part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    open: Vec<String>,
    spaces: Kept,
    rooted: bool,
}

impl Standing {
    /// Takes the next piece of a part, every element to be closed by its own name, as `scan` does; a mark or
    /// a text that a piece parts is no XML. Whether it is well-formed so far.
    ///
    /// # Errors
    /// What `take` answers.
    pub(crate) fn scan<E>(
        &mut self,
        piece: &str,
        mut take: impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<bool, E> {
        let next = {
            let reader = Reader {
                rest: piece,
                open: self.open.iter().map(String::as_str).collect(),
                found: Vec::new(),
                spaces: Spaces::again(&self.spaces),
                paired: true,
                rooted: self.rooted,
            };
            reader.run(&mut take)?.map(|reader| Self {
                open: reader.open.iter().map(|name| (*name).to_owned()).collect(),
                spaces: reader.spaces.kept(),
                rooted: reader.rooted,
            })
        };
        let well_formed = next.is_some();
        *self = next.unwrap_or_default();
        Ok(well_formed)
    }
}

/// Where the pass stands.
struct Reader<'p> {
    rest: &'p str,
    /// The whole names of the elements that are open.
    open: Vec<&'p str>,
    /// The attributes of the element in hand.
    found: Vec<Attribute<'p>>,
    spaces: Spaces<'p>,
    paired: bool,
    /// Whether the root has been met.
    rooted: bool,
}

impl<'p> Reader<'p> {
    /// Takes all that is there; itself at the end, when it is well-formed.
    fn run<E>(mut self, take: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<Option<Self>, E> {
        while !self.rest.is_empty() {
            let went_on = match self.rest.as_bytes().first() {
                Some(b'<') => self.mark(take)?,
                Some(b'&') => self.reference(take)?,
                _ => self.text(take)?,
            };
            if !went_on {
                return Ok(None);
            }
        }
        Ok(Some(self))
    }

    /// What comes before `mark`, which is left behind too.
    fn until(&mut self, mark: &str) -> Option<&'p str> {
        let at = match mark.as_bytes() {
            [byte] => memchr(*byte, self.rest.as_bytes())?,
            mark => memmem::find(self.rest.as_bytes(), mark)?,
        };
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
        if !matches!(rest.as_bytes().get(1), Some(b'/' | b'!' | b'?')) {
            return self.open(take);
        }
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
        let name = trimmed(name);
        let open = self.open.pop();
        if self.paired && open != Some(name) {
            return Ok(false);
        }
        self.spaces.leave(self.open.len());
        take(Event::Close(local(name)))?;
        Ok(true)
    }

    fn open<E>(&mut self, take: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<bool, E> {
        let (name, empty, torn) = match quick(self.rest, &mut self.found) {
            Some(Quick { name, empty, rest }) => {
                self.rest = rest;
                (name, empty, false)
            }
            None => {
                let Some((name, spelled, empty)) = self.tag() else { return Ok(false) };
                (name, empty, !gather(spelled, &mut self.found))
            }
        };
        if self.paired {
            let second_root = self.open.is_empty() && self.rooted;
            if second_root || !is_name(name) || torn {
                return Ok(false);
            }
        }
        self.spaces.enter(self.open.len(), name, &self.found);
        self.rooted = true;
        take(Event::Open(Tag { name, found: &self.found, torn, spaces: &self.spaces }))?;
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
        let name_end = inside.bytes().position(is_blank).unwrap_or(inside.len());
        let (name, spelled) = inside.split_at_checked(name_end)?;
        Some((name, spelled, empty))
    }
}

/// A tag as nearly all are spelled.
struct Quick<'p> {
    name: &'p str,
    /// Whether it closes at once.
    empty: bool,
    rest: &'p str,
}

/// Reads the tag that begins a text, and its attributes, in one go over its bytes; `None` where anything in
/// it is not as nearly always, to be read with care.
fn quick<'p>(text: &'p str, found: &mut Vec<Attribute<'p>>) -> Option<Quick<'p>> {
    found.clear();
    let bytes = text.as_bytes();
    let name_from = |from: usize| {
        let length = bytes.get(from..)?.iter().position(|byte| !is_usual(*byte))?;
        // A mark or a digit begins no name.
        let begins = bytes.get(from).is_some_and(u8::is_ascii_alphabetic);
        begins.then_some(from + length)
    };
    let mut at = name_from(1)?;
    let name = text.get(1..at)?;
    loop {
        let (empty, after) = match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'>', _) => (false, at + 1),
            (b'/', Some(b'>')) => (true, at + 2),
            (b' ', Some(next)) if next.is_ascii_alphabetic() => {
                let end = name_from(at + 1)?;
                let quoted = bytes.get(end..)?.strip_prefix(b"=\"")?;
                let length = quoted.iter().position(|byte| matches!(byte, b'"' | b'<'))?;
                let begin = end + 2;
                if bytes.get(begin + length) != Some(&b'"') {
                    return None;
                }
                found.push((text.get(at + 1..end)?, text.get(begin..begin + length)?));
                at = begin + length + 1;
                continue;
            }
            _ => return None,
        };
        return Some(Quick { name, empty, rest: text.get(after..)? });
    }
}

/// Whether a byte is one of those that names are nearly always made of.
fn is_usual(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.')
}

/// Whether a text has only characters that XML knows.
fn is_speakable(text: &str) -> bool {
    let silent = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // Many at once, as the machine can look at them.
    !text.as_bytes().chunks(64).any(|some| some.iter().fold(false, |any, byte| any | silent(*byte)))
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
    use super::{Quick, Reader, gather, quick};

    /// What is read in one go is what is read with care.
    #[test]
    fn a_tag_read_in_one_go_is_the_one_read_with_care() {
        let pieces = [
            "a",
            "x:b",
            "c-1",
            "1",
            " ",
            "  ",
            "\t",
            "=",
            "\"",
            "'",
            "\"v\"",
            "'v'",
            "\"<\"",
            "\">\"",
            "\"\"",
            "\"&amp;\"",
            "\"è\"",
            "è",
            "/",
            ">",
            "<",
            " r=\"A1\"",
            " xmlns:q=\"u\"",
            "&",
        ];
        let mut read = 0;
        for seed in 0_usize..60_000 {
            let mut rest = seed.wrapping_mul(2_654_435_761) >> 3;
            let mut tag = String::from("<a");
            for _ in 0..1 + seed % 6 {
                tag.push_str(pieces[rest % pieces.len()]);
                rest /= pieces.len();
            }
            tag.push_str(["/>t", ">t", ""][seed % 3]);
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            let Some(Quick { name, empty, rest }) = quick(&tag, &mut ours) else { continue };
            read += 1;
            let mut careful = Reader {
                rest: &tag,
                open: Vec::new(),
                found: Vec::new(),
                spaces: super::Spaces::default(),
                paired: true,
                rooted: false,
            };
            let (own, spelled, closed) = careful.tag().unwrap();
            assert!(gather(spelled, &mut theirs) && super::is_name(own), "{tag}");
            assert_eq!((name, empty, rest, &ours), (own, closed, careful.rest, &theirs), "{tag}");
        }
        assert!(read > 2_000, "{read}");
    }
}
