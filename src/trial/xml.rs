//! A part's XML as a tree: read, changed in a few places, written again; what nobody touched comes back as it was.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A part.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// What stands before the root: the declaration.
    head: String,
    /// The root.
    pub root: Element,
}

/// An element; names, attributes and texts as the file spells them, entities included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    /// Text, or anything else that is not an element, as it is spelled.
    Text(String),
}

impl Document {
    /// Reads a part; `None` when it is not well-formed.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        let mut head = String::new();
        // The open elements, the innermost last; the first is no element, and takes the root.
        let mut open = vec![Element::default()];
        loop {
            let raw = match reader.read_event().ok()? {
                Event::Eof => break,
                Event::Start(start) => {
                    open.push(Element::of(&start)?);
                    continue;
                }
                Event::Empty(start) => {
                    let element = Element::of(&start)?;
                    open.last_mut()?.children.push(Node::Element(element));
                    continue;
                }
                Event::End(_) => {
                    let element = open.pop()?;
                    open.last_mut()?.children.push(Node::Element(element));
                    continue;
                }
                Event::Text(text) => text.to_owned().to_string(),
                Event::GeneralRef(name) => format!("&{};", &*name),
                Event::CData(text) => escape(&text),
                Event::Decl(text) => format!("<?{}?>\n", &*text),
                _ => continue,
            };
            match open.as_mut_slice() {
                [_] => head.push_str(&raw),
                [.., last] => last.push_text(raw),
                [] => return None,
            }
        }
        let [outside] = open.as_mut_slice() else { return None };
        let root = std::mem::take(outside).children.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })?;
        Some(Self { head: head.trim_end().to_owned(), root })
    }

    /// The part as bytes.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut text = self.head.clone();
        if !text.is_empty() {
            text.push('\n');
        }
        self.root.write(&mut text);
        text.into_bytes()
    }
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Option<Self> {
        let mut element = Self { name: start.name().0.to_owned(), ..Self::default() };
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            element.attributes.push((attribute.key.0.to_owned(), attribute.value.replace('"', "&quot;")));
        }
        Some(element)
    }

    /// A new element with these attributes.
    pub(super) fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let mut element = Self { name: name.to_owned(), ..Self::default() };
        for (name, value) in attributes {
            element.set(name, value);
        }
        element
    }

    /// The same with a text in it.
    pub(super) fn with_text(mut self, text: &str) -> Self {
        self.children = vec![Node::Text(escape(text))];
        self
    }

    /// The same with these elements in it.
    pub(super) fn with(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// A new name with this element's namespace prefix.
    pub(super) fn kin(&self, local: &str) -> String {
        self.name.split_once(':').map_or_else(|| local.to_owned(), |(prefix, _)| format!("{prefix}:{local}"))
    }

    /// Whether the name without its namespace is this one.
    pub(super) fn is(&self, local: &str) -> bool {
        self.name.rsplit(':').next() == Some(local)
    }

    /// An attribute by its whole name, entities resolved.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| unescape(value))
    }

    /// Sets an attribute.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let value = escape(value);
        match self.attributes.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name.to_owned(), value)),
        }
    }

    /// Takes an attribute away.
    pub(super) fn unset(&mut self, name: &str) {
        self.attributes.retain(|(own, _)| own != name);
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements in it, to change.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of this name.
    pub(super) fn child(&self, local: &str) -> Option<&Element> {
        self.elements().find(|element| element.is(local))
    }

    /// The first child of this name, to change.
    pub(super) fn child_mut(&mut self, local: &str) -> Option<&mut Element> {
        self.elements_mut().find(|element| element.is(local))
    }

    /// The first child of this name; made when there is none, in front of the first child with one of the
    /// names in `before` (an order is fixed for the children of most elements), or at the end.
    pub(super) fn child_or_new(&mut self, local: &str, before: &[&str]) -> Option<&mut Element> {
        if self.child(local).is_none() {
            let follows = |node: &Node| match node {
                Node::Element(element) => before.iter().any(|name| element.is(name)),
                Node::Text(_) => false,
            };
            let at = self.children.iter().position(follows).unwrap_or(self.children.len());
            let new = Self::new(&self.kin(local), &[]);
            self.children.insert(at, Node::Element(new));
        }
        self.child_mut(local)
    }

    /// Keeps the children that are not elements, and the elements that `keep` admits.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&Element) -> bool) {
        self.children.retain(|node| match node {
            Node::Element(element) => keep(element),
            Node::Text(_) => true,
        });
    }

    /// Adds an element at the end.
    pub(super) fn push(&mut self, element: Element) {
        self.children.push(Node::Element(element));
    }

    fn push_text(&mut self, text: String) {
        match self.children.last_mut() {
            Some(Node::Text(last)) => last.push_str(&text),
            _ => self.children.push(Node::Text(text)),
        }
    }

    /// Its text, and that of the elements in it, entities resolved; phonetic readings left out.
    pub(super) fn text(&self) -> String {
        let mut whole = String::new();
        for node in &self.children {
            match node {
                Node::Text(text) => whole.push_str(&unescape(text)),
                Node::Element(element) if element.is("rPh") => {}
                Node::Element(element) => whole.push_str(&element.text()),
            }
        }
        whole
    }

    /// Puts a text in place of whatever it holds.
    pub(super) fn set_text(&mut self, text: &str) {
        self.children = vec![Node::Text(escape(text))];
    }

    /// A part with this element as its root.
    pub(super) fn to_part(&self) -> Vec<u8> {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.write(&mut text);
        text.into_bytes()
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                Node::Element(element) => element.write(out),
                Node::Text(text) => out.push_str(text),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// A text as XML spells it.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text that XML spells so; an entity that is not known stays as it is.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn what_nobody_touches_comes_back() {
        let text = "<?xml version=\"1.0\"?>\n<a b=\"&apos;x&apos;\"><c/> d &lt; è<e xml:space=\"preserve\"> f </e></a>";
        let document = Document::parse(text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(document.to_bytes()).unwrap(), text);
        assert_eq!(document.root.get("b").unwrap(), "'x'");
        assert_eq!(document.root.text(), " d < è f ");
        assert!(Document::parse(b"<a><b></a>").is_none());
    }
}
