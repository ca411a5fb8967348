//! Attributes and references of XML, resolved.

use quick_xml::events::BytesStart;

/// What a reference to a character stands for: `amp`, `#233`, `#xE9`; nothing when it is no character.
pub(super) fn character(name: &str) -> String {
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

/// An attribute with its entities resolved.
pub(super) fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

pub(super) fn is_true(value: Option<String>) -> bool {
    value.is_some_and(|value| value == "1" || value == "true" || value == "on")
}
