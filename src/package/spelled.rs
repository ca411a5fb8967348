//! The letters of a part: which encoding its bytes are in, decided once for whoever reads it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Why the letters of a part are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unspelled {
    /// It says an encoding that a package may not have, and in which its bytes read otherwise than as they
    /// are.
    Encoding(String),
    /// The bytes are no text of the encoding that they are in.
    Bytes,
}

/// The text of a part after its declaration. Packages are in UTF-8 or UTF-16 (ECMA-376-2, 6.2.5); another
/// encoding is taken where it cannot matter, when all the letters are those of ASCII.
///
/// # Errors
/// When the bytes are no such text, or say that they are another one.
pub(crate) fn spelled(part: &[u8]) -> Result<Cow<'_, str>, Unspelled> {
    let wide = match part {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    };
    let text = match wide {
        Some(wide) => wide.decode_without_bom_handling_and_without_replacement(unmarked(
            part,
            &[0xFF, 0xFE],
            &[0xFE, 0xFF],
        )),
        None => std::str::from_utf8(unmarked(part, &[0xEF, 0xBB, 0xBF], &[])).ok().map(Cow::Borrowed),
    };
    let Some(text) = text else {
        return Err(declared(&String::from_utf8_lossy(part)).map_or(Unspelled::Bytes, |said| {
            if is(&said, UTF_8) { Unspelled::Bytes } else { Unspelled::Encoding(said) }
        }));
    };
    match declared(&text) {
        Some(said) if !agrees(&said, wide, &text) => Err(Unspelled::Encoding(said)),
        _ => Ok(after_declaration(text)),
    }
}

/// The bytes without either mark at their beginning.
fn unmarked<'p>(part: &'p [u8], mark: &[u8], other: &[u8]) -> &'p [u8] {
    let without = part.strip_prefix(mark).or_else(|| part.strip_prefix(other).filter(|_| !other.is_empty()));
    without.unwrap_or(part)
}

fn is(said: &str, encoding: &'static Encoding) -> bool {
    Encoding::for_label(said.as_bytes()) == Some(encoding)
}

/// Whether a text means the same in the encoding that it says it is in.
fn agrees(said: &str, wide: Option<&'static Encoding>, text: &str) -> bool {
    match (Encoding::for_label(said.as_bytes()), wide) {
        (Some(own), Some(_)) => [UTF_16LE, UTF_16BE].contains(&own),
        (Some(own), None) => own == UTF_8 || (own.is_ascii_compatible() && text.is_ascii()),
        (None, _) => false,
    }
}

/// The declaration of XML at the beginning of a text: where it ends.
fn declaration(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("<?xml").filter(|rest| rest.starts_with([' ', '\t', '\r', '\n']))?;
    Some(text.len() - rest.len() + rest.find("?>")? + 2)
}

/// The encoding that a text says it is in.
fn declared(text: &str) -> Option<String> {
    let own = text.get(..declaration(text)?)?;
    let (_, rest) = own.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    rest.get(1..)?.split_once(quote).map(|(said, _)| said.to_owned())
}

fn after_declaration(text: Cow<'_, str>) -> Cow<'_, str> {
    let end = declaration(&text).unwrap_or(0);
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(end..).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(end..).unwrap_or_default().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Unspelled, spelled};

    fn wide(text: &str, big: bool, marked: bool) -> Vec<u8> {
        let units = text.encode_utf16().collect::<Vec<_>>();
        let marked = marked.then_some(0xFEFF);
        let all = marked.into_iter().chain(units);
        all.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn the_encodings_of_a_package_are_read() {
        let said = |name: &str| format!("<?xml version='1.0' encoding='{name}' standalone='yes'?><a>è</a>");
        for part in [said("UTF-8").into_bytes(), format!("\u{feff}{}", said("utf-8")).into_bytes()] {
            assert_eq!(spelled(&part).unwrap(), "<a>è</a>");
        }
        for (big, marked) in [(false, false), (false, true), (true, false), (true, true)] {
            assert_eq!(spelled(&wide(&said("UTF-16"), big, marked)).unwrap(), "<a>è</a>", "{big} {marked}");
        }
        assert_eq!(spelled("<a>è</a>".as_bytes()).unwrap(), "<a>è</a>");
        assert_eq!(spelled(b"<?xml version=\"1.0\"?>\r\n<a/>").unwrap(), "\r\n<a/>");
        // All of its letters are the same in both.
        assert_eq!(spelled(b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>").unwrap(), "<a/>");
    }

    #[test]
    fn another_encoding_is_refused_by_its_name() {
        let ansi = b"<?xml version='1.0' encoding='windows-1252'?><a>\xe8</a>";
        assert_eq!(spelled(ansi), Err(Unspelled::Encoding("windows-1252".to_owned())));
        // What UTF-8 says in two bytes, Latin-1 says in one.
        let both = "<?xml version='1.0' encoding='ISO-8859-1'?><a>è</a>";
        assert_eq!(spelled(both.as_bytes()), Err(Unspelled::Encoding("ISO-8859-1".to_owned())));
        for said in ["UTF-16", "UTF-7", "klingon", "IBM037"] {
            let part = format!("<?xml version='1.0' encoding='{said}'?><a/>");
            assert_eq!(spelled(part.as_bytes()), Err(Unspelled::Encoding(said.to_owned())));
        }
        let wide = wide("<?xml version='1.0' encoding='UTF-8'?><a/>", false, true);
        assert_eq!(spelled(&wide), Err(Unspelled::Encoding("UTF-8".to_owned())));
        assert_eq!(spelled(b"<a>\xe8</a>"), Err(Unspelled::Bytes));
        assert_eq!(spelled(b"<?xml version='1.0' encoding='UTF-8'?><a>\xe8</a>"), Err(Unspelled::Bytes));
        assert_eq!(spelled(&[0xFF, 0xFE, 0x00, 0xD8]), Err(Unspelled::Bytes));
    }
}
