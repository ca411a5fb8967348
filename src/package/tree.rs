//! A part's XML as a tree: read, changed in a few places, written again; what nobody touches comes back as it
//! was, but for comments and instructions, which are left out.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesStart, Event};

use super::events::unescaped;
use super::limits::DEPTH;

/// A part.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// The declaration, when there is one, with the end of its line.
    head: String,
    /// The root.
    pub(super) root: Element,
}

/// An element of a part.
///
/// Its name and those of its attributes are known without the prefix of their namespace, when it is one of
/// those that workbooks are written with: another prefix stays, so that nothing can stand under a name that
/// is not its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    name: Box<str>,
    attributes: Vec<(Box<str>, Text)>,
    /// The text before its first child.
    text: Text,
    /// The elements in it.
    pub(crate) children: Vec<Element>,
    /// The text after it, before the next one.
    tail: Text,
}

/// A text, and how the file spells it when it does so with references.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Text {
    plain: Box<str>,
    spelled: Option<Box<str>>,
}

/// The prefixes that programs give to the namespaces of workbooks.
const PREFIXES: [&str; 18] = [
    "x", "r", "a", "c", "xdr", "xm", "x14", "x15", "x14ac", "xr", "xr2", "xr3", "cp", "dc", "dcterms", "vt",
    "xml", "c15",
];

/// A name as it is known.
fn known(whole: &str) -> &str {
    match whole.split_once(':') {
        Some((prefix, local)) if PREFIXES.contains(&prefix) => local,
        _ => whole,
    }
}

impl Text {
    fn new(plain: &str, spelled: &str) -> Self {
        let spelled = Some(spelled).filter(|spelled| *spelled != plain);
        Self { plain: plain.into(), spelled: spelled.map(Box::from) }
    }

    /// A text of which only the spelling is given.
    fn spelled(spelled: &str) -> Self {
        Self::new(&unescaped(spelled), spelled)
    }

    fn plain(text: &str) -> Self {
        Self::new(text, &escaped(text))
    }

    fn as_spelled(&self) -> &str {
        self.spelled.as_ref().unwrap_or(&self.plain)
    }
}

/// The elements of a part that are open, the innermost last; the first is none, and takes the root. With the
/// text in hand.
struct Open {
    elements: Vec<Element>,
    plain: String,
    spelled: String,
}

impl Open {
    /// Keeps the text in hand where it stands: in the innermost element, or after its last child.
    fn settle(&mut self) -> Option<()> {
        if !self.spelled.is_empty() {
            let inner = self.elements.last_mut()?;
            let place = inner.children.last_mut().map_or(&mut inner.text, |child| &mut child.tail);
            *place = Text::new(&self.plain, &self.spelled);
            self.plain.clear();
            self.spelled.clear();
        }
        Some(())
    }

    fn hear(&mut self, plain: &str, spelled: &str) {
        self.plain.push_str(plain);
        self.spelled.push_str(spelled);
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Option<()> {
        self.settle()?;
        let element = Element::of(start)?;
        (self.elements.len() < DEPTH).then(|| self.elements.push(element))
    }

    fn close(&mut self) -> Option<()> {
        self.settle()?;
        let mut element = self.elements.pop()?;
        element.children.shrink_to_fit();
        self.elements.last_mut()?.children.push(element);
        Some(())
    }
}

impl Document {
    /// Reads a part; `None` when it is not well-formed, or is not surely read alike by everybody: said to be
    /// in other letters than UTF-8, or with a DOCTYPE.
    pub(super) fn parse(part: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(part).ok()?;
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        let mut head = String::new();
        let mut open =
            Open { elements: vec![Element::default()], plain: String::new(), spelled: String::new() };
        loop {
            match reader.read_event().ok()? {
                Event::Eof => break,
                Event::Start(start) => open.open(&start)?,
                Event::Empty(start) => {
                    open.open(&start)?;
                    open.close()?;
                }
                Event::End(_) => open.close()?,
                Event::Text(text) => open.hear(&text, &text),
                Event::CData(text) => open.hear(&text, &escaped(&text)),
                Event::GeneralRef(name) => {
                    let spelled = format!("&{};", &*name);
                    open.hear(&unescaped(&spelled), &spelled);
                }
                Event::DocType(_) => return None,
                Event::Decl(says) if !is_utf8(&says) => return None,
                Event::Decl(says) => head = format!("<?{}?>\n", &*says),
                Event::Comment(_) | Event::PI(_) => {}
            }
        }
        let [outside] = open.elements.as_mut_slice() else { return None };
        let root = outside.children.pop()?;
        outside.children.is_empty().then_some(Self { head, root })
    }

    /// The part as bytes.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut text = self.head.clone();
        self.root.write(&mut text);
        text.into_bytes()
    }
}

impl Element {
    /// The root of a part; `None` when it is not well-formed, or is not surely read alike by everybody: said
    /// to be in other letters than UTF-8, or with a DOCTYPE.
    pub(crate) fn parse(part: &[u8]) -> Option<Self> {
        Document::parse(part).map(|document| document.root)
    }

    fn of(start: &BytesStart<'_>) -> Option<Self> {
        let mut element = Self { name: start.name().0.into(), ..Self::default() };
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            let spelled = if attribute.value.contains('"') {
                Cow::Owned(attribute.value.replace('"', "&quot;"))
            } else {
                attribute.value
            };
            element.attributes.push((attribute.key.0.into(), Text::spelled(&spelled)));
        }
        element.attributes.shrink_to_fit();
        Some(element)
    }

    /// A new element with these attributes.
    pub(crate) fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let own = |(name, value): &(&str, &str)| ((*name).into(), Text::plain(value));
        Self { name: name.into(), attributes: attributes.iter().map(own).collect(), ..Self::default() }
    }

    /// The same with a text in it.
    pub(crate) fn with_text(mut self, text: &str) -> Self {
        self.set_text(text);
        self
    }

    /// The same with these elements in it.
    pub(crate) fn with(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// Its name, as it is known.
    pub(crate) fn name(&self) -> &str {
        known(&self.name)
    }

    /// Its name without any prefix.
    pub(crate) fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    /// A new name with the prefix of this element's.
    pub(crate) fn kin(&self, local: &str) -> String {
        self.name.split_once(':').map_or_else(|| local.to_owned(), |(prefix, _)| format!("{prefix}:{local}"))
    }

    /// Whether its name is this one.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name() == name
    }

    /// Its attributes, by the names that they are known by, in the order written.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (known(name), &*value.plain))
    }

    /// An attribute, by the name that it is known by or by its whole one.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let is = |own: &str| own == name || known(own) == name;
        self.attributes.iter().find(|(own, _)| is(own)).map(|(_, value)| &*value.plain)
    }

    /// Sets an attribute, by its whole name.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(own, _)| **own == *name) {
            Some((_, old)) => *old = Text::plain(value),
            None => self.attributes.push((name.into(), Text::plain(value))),
        }
    }

    /// Takes an attribute away, by its whole name.
    pub(crate) fn unset(&mut self, name: &str) {
        self.attributes.retain(|(own, _)| **own != *name);
    }

    /// The first child of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.is(name))
    }

    /// The first child of this name, to change.
    pub(crate) fn child_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.children.iter_mut().find(|child| child.is(name))
    }

    /// The first child of this name; made when there is none, in front of the first child with one of the
    /// names in `before` (an order is fixed for the children of most elements), or at the end.
    pub(crate) fn child_or_new(&mut self, name: &str, before: &[&str]) -> Option<&mut Self> {
        if self.child(name).is_none() {
            let follows = |child: &Self| before.contains(&child.name());
            let at = self.children.iter().position(follows).unwrap_or(self.children.len());
            let new = Self::new(&self.kin(name), &[]);
            self.children.insert(at, new);
        }
        self.child_mut(name)
    }

    /// The children of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.is(name))
    }

    /// The element at the end of a way of first children.
    pub(crate) fn at(&self, way: &[&str]) -> Option<&Self> {
        way.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Every element within, this one first, in the order written.
    pub(crate) fn within(&self) -> impl Iterator<Item = &Self> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            waiting.extend(next.children.iter().rev());
            Some(next)
        })
    }

    /// The text directly in it.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        let tails = self.children.iter().map(|child| &*child.tail.plain);
        if tails.clone().all(str::is_empty) {
            return Cow::Borrowed(&self.text.plain);
        }
        Cow::Owned(std::iter::once(&*self.text.plain).chain(tails).collect())
    }

    /// Its text, with that of the elements in it; readings of a text in other signs (`rPh`) are left out.
    pub(crate) fn words(&self) -> String {
        let mut words = String::from(&*self.text.plain);
        for child in &self.children {
            if !child.is("rPh") {
                words.push_str(&child.words());
            }
            words.push_str(&child.tail.plain);
        }
        words
    }

    /// Puts a text in place of whatever it holds.
    pub(crate) fn set_text(&mut self, text: &str) {
        self.children.clear();
        self.text = Text::plain(text);
    }

    /// A part with this element as its root.
    pub(crate) fn to_part(&self) -> Vec<u8> {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.write(&mut text);
        text.into_bytes()
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.extend([" ", name, "=\"", value.as_spelled(), "\""]);
        }
        if self.children.is_empty() && self.text.plain.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        out.push_str(self.text.as_spelled());
        for child in &self.children {
            child.write(out);
            out.push_str(child.tail.as_spelled());
        }
        out.extend(["</", &self.name, ">"]);
    }
}

/// Whether a part says that it is in UTF-8, or says nothing.
fn is_utf8(says: &BytesDecl<'_>) -> bool {
    let encoding = says.encoding();
    encoding.is_none_or(|encoding| encoding.is_ok_and(|encoding| encoding.eq_ignore_ascii_case("utf-8")))
}

/// A text as XML spells it.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Document, Element};

    fn root(part: &str) -> Element {
        Element::parse(part.as_bytes()).unwrap()
    }

    #[test]
    fn a_part_is_read_as_it_says() {
        let root = root(
            "<?xml version=\"1.0\"?>\n<x:a n=\"1 &amp; 2\" r:id=\"z\"><b>uno &lt; <![CDATA[<due>]]></b><c/><b v='3'/></x:a>",
        );
        assert_eq!((root.name(), root.get("n"), root.get("id")), ("a", Some("1 & 2"), Some("z")));
        assert_eq!((root.get("r:id"), root.get("x:id"), root.kin("d")), (Some("z"), None, "x:d".to_owned()));
        assert_eq!(root.child("b").unwrap().text(), "uno < <due>");
        assert_eq!(root.all("b").count(), 2);
        assert_eq!(root.within().map(Element::name).collect::<Vec<_>>(), ["a", "b", "c", "b"]);
    }

    #[test]
    fn what_nobody_touches_comes_back() {
        let text = "<?xml version=\"1.0\"?>\n<a b=\"&apos;x&apos; &#10;\"> c&apos;è <c/> d &lt; è<e xml:space=\"preserve\"> f </e> g<rPh>h</rPh></a>";
        let mut document = Document::parse(text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(document.to_bytes()).unwrap(), text);
        assert_eq!(document.root.get("b").unwrap(), "'x' \n");
        assert_eq!(document.root.text(), " c'è  d < è g");
        assert_eq!(document.root.words(), " c'è  d < è f  g");
        document.root.child_mut("e").unwrap().set_text("<f>");
        let changed = text.replace("> f </e>", ">&lt;f&gt;</e>");
        assert_eq!(String::from_utf8(document.to_bytes()).unwrap(), changed);
        // An attribute in the other quotes, and a text in which nothing is a mark, mean the same in ours.
        assert_eq!(
            String::from_utf8(Document::parse(b"<a b='\"'><![CDATA[<c>]]></a>").unwrap().to_bytes()).unwrap(),
            "<a b=\"&quot;\">&lt;c&gt;</a>"
        );
    }

    #[test]
    fn an_element_is_made_in_its_place() {
        let mut root = root("<x:a><x:d/></x:a>");
        root.child_or_new("b", &["c", "d"]).unwrap().set("e", "1 < 2");
        root.child_or_new("f", &["g"]).unwrap();
        assert_eq!(root.child_or_new("d", &[]).unwrap().name(), "d");
        let part = String::from_utf8(root.to_part()).unwrap();
        assert!(part.ends_with("\n<x:a><x:b e=\"1 &lt; 2\"/><x:d/><x:f/></x:a>"), "{part}");
    }

    #[test]
    fn a_name_under_another_prefix_is_another_name() {
        let root = root("<row zz:hidden='0' hidden='1'><zz:c/><c/></row>");
        assert_eq!((root.get("hidden"), root.all("c").count()), (Some("1"), 1));
        assert_eq!(root.children.first().unwrap().local(), "c");
    }

    #[test]
    fn what_is_no_xml_or_too_deep_is_not_read() {
        for wrong in ["", "x", "<a><b></a>", "<a>", "<a/><b/>"] {
            assert_eq!(Element::parse(wrong.as_bytes()), None, "{wrong}");
        }
        assert!(Element::parse(&[0xff, 0xfe]).is_none());
        for odd in ["<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"] {
            assert_eq!(Element::parse(odd.as_bytes()), None, "{odd}");
        }
        assert!(Element::parse(b"<?xml version='1.0' encoding='utf-8'?><a/>").is_some());
        let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
        assert_eq!(Element::parse(deep.as_bytes()), None);
    }

    #[test]
    fn a_wide_part_costs_what_its_size_says() {
        let wide = format!("<a>{}</a>", "<b>&amp;</b>".repeat(200_000));
        assert_eq!(root(&wide).within().count(), 200_001);
        let long = format!("<a>{}</a>", "&lt;".repeat(200_000));
        assert_eq!(root(&long).text().len(), 200_000);
    }
}
