//! A part of a workbook as a tree of elements, read on its own and strictly.

use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;

/// An element without its prefix; entities of the format resolved.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.maybe(name).unwrap_or_else(|| panic!("{}: no {name}", self.name))
    }

    pub(crate) fn maybe(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn children(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Every element of this name, however deep.
    pub(crate) fn all(&self, name: &str) -> Vec<&Element> {
        let mut found: Vec<&Element> = self.children(name).collect();
        found.extend(self.children.iter().flat_map(|child| child.all(name)));
        found
    }

    /// All the text within.
    pub(crate) fn words(&self) -> String {
        let mut words = self.text.clone();
        words.extend(self.children.iter().map(Element::words));
        words
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

/// Reads a part; the reason when it is not well-formed.
pub(crate) fn parse(text: &str) -> Result<Element, String> {
    let mut reader = XmlReader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Eof => break,
            Event::Start(ref start) | Event::Empty(ref start) => {
                let mut element = Element { name: local(start.name().0), ..Element::default() };
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|error| error.to_string())?;
                    let value = quick_xml::escape::unescape(&attribute.value).map_err(|e| e.to_string())?;
                    element.attributes.push((attribute.key.0.to_owned(), value.into_owned()));
                }
                if matches!(event, Event::Start(_)) {
                    open.push(element);
                } else {
                    open.last_mut().unwrap().children.push(element);
                }
            }
            Event::End(_) => {
                let element = open.pop().unwrap();
                open.last_mut().ok_or("closed twice")?.children.push(element);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(name) => {
                let spelled = format!("&{};", &*name);
                let resolved = quick_xml::escape::unescape(&spelled).map_err(|error| error.to_string())?;
                open.last_mut().unwrap().text.push_str(&resolved);
            }
            _ => {}
        }
    }
    match open.as_mut_slice() {
        [outside] if outside.children.len() == 1 => Ok(outside.children.remove(0)),
        _ => Err("not one root".to_owned()),
    }
}
