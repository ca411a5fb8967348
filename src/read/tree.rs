//! A part's XML as a tree.

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesStart, Event};

/// An element of a part, entities resolved; names without the prefix of their namespace, when it is one of those that
/// workbooks are written with: another prefix stays, so that nothing can stand under a name that is not its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Its attributes in the order written.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Node>,
    /// The text directly in it.
    pub text: String,
}

/// The prefixes that programs give to the namespaces of workbooks.
const PREFIXES: [&str; 18] = [
    "x", "r", "a", "c", "xdr", "xm", "x14", "x15", "x14ac", "xr", "xr2", "xr3", "cp", "dc", "dcterms", "vt",
    "xml", "c15",
];

/// A name as it is kept.
fn kept(whole: &str) -> String {
    match whole.split_once(':') {
        Some((prefix, local)) if PREFIXES.contains(&prefix) => local.to_owned(),
        _ => whole.to_owned(),
    }
}

/// Elements within one another that are read; deeper ones make the part unreadable.
const DEPTH: usize = 200;

impl Node {
    /// The root of a part; `None` when it is not well-formed, or is not surely read alike by everybody: said to be in other
    /// letters than UTF-8, or with a DOCTYPE.
    pub fn parse(part: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(part).ok()?;
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        // The open elements, the innermost last; the first is no element, and takes the root.
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().ok()? {
                Event::Eof => break,
                Event::Start(start) if open.len() < DEPTH => open.push(Self::of(&start)?),
                Event::Start(_) | Event::DocType(_) => return None,
                Event::Decl(says) if !is_utf8(&says) => return None,
                Event::Empty(start) => open.last_mut()?.children.push(Self::of(&start)?),
                Event::End(_) => {
                    let element = open.pop()?;
                    open.last_mut()?.children.push(element);
                }
                Event::Text(text) => open.last_mut()?.text.push_str(&text),
                Event::CData(text) => open.last_mut()?.text.push_str(&text),
                Event::GeneralRef(name) => {
                    let spelled = format!("&{};", &*name);
                    open.last_mut()?.text.push_str(&unescaped(&spelled));
                }
                _ => {}
            }
        }
        let [outside] = open.as_mut_slice() else { return None };
        outside.children.pop()
    }

    fn of(start: &BytesStart<'_>) -> Option<Self> {
        let mut node = Self { name: kept(start.name().as_ref()), ..Self::default() };
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            node.attributes.push((kept(attribute.key.as_ref()), unescaped(&attribute.value)));
        }
        Some(node)
    }

    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The element at the end of a way of first children.
    pub fn at(&self, way: &[&str]) -> Option<&Self> {
        way.iter().try_fold(self, |node, name| node.child(name))
    }

    /// Every element within, this one first, in the order written.
    pub fn within(&self) -> Vec<&Self> {
        let mut found = vec![self];
        let mut next = 0;
        while let Some(node) = found.get(next).copied() {
            next += 1;
            let rest = found.split_off(next);
            found.extend(&node.children);
            found.extend(rest);
        }
        found
    }
}

/// Whether a part says that it is in UTF-8, or says nothing.
fn is_utf8(says: &BytesDecl<'_>) -> bool {
    let encoding = says.encoding();
    encoding.is_none_or(|encoding| encoding.is_ok_and(|encoding| encoding.eq_ignore_ascii_case("utf-8")))
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn a_part_is_read_as_it_says() {
        let part = b"<?xml version=\"1.0\"?>\n<x:a n=\"1 &amp; 2\" r:id=\"z\"><b>uno &lt; <![CDATA[<due>]]></b><c/><b v='3'/></x:a>";
        let root = Node::parse(part).unwrap();
        assert_eq!((root.name.as_str(), root.get("n"), root.get("id")), ("a", Some("1 & 2"), Some("z")));
        assert_eq!(root.child("b").unwrap().text, "uno < <due>");
        assert_eq!(root.all("b").count(), 2);
        let names: Vec<&str> = root.within().iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c", "b"]);
    }

    #[test]
    fn a_name_under_another_prefix_is_another_name() {
        let root = Node::parse(b"<row zz:hidden='0' hidden='1'><zz:c/><c/></row>").unwrap();
        assert_eq!((root.get("hidden"), root.all("c").count()), (Some("1"), 1));
    }

    #[test]
    fn what_is_no_xml_or_too_deep_is_not_read() {
        for wrong in ["", "x", "<a><b></a>", "<a>"] {
            assert_eq!(Node::parse(wrong.as_bytes()), None, "{wrong}");
        }
        assert!(Node::parse(&[0xff, 0xfe]).is_none());
        for odd in ["<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"] {
            assert_eq!(Node::parse(odd.as_bytes()), None, "{odd}");
        }
        assert!(Node::parse(b"<?xml version='1.0' encoding='utf-8'?><a/>").is_some());
        let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
        assert_eq!(Node::parse(deep.as_bytes()), None);
    }
}
