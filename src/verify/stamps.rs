//! What an archive of documents (SharePoint and the like) writes into a workbook that passes through it:
//! properties, labels, and their entries in the lists of parts; never a sheet.

use super::difference::either;
use crate::package::{Element, Parts};

/// Where such archives write.
const STAMPS: [&str; 4] = ["docProps/core.xml", "docProps/custom.xml", "customXml/", "docMetadata/"];

/// The parts that are added or changed, when they are all of this kind; none when anything else differs too.
pub(super) fn stamps(had: &Parts, wanted: &Parts) -> Vec<String> {
    let mut found = Vec::new();
    for name in either(had, wanted) {
        let (own, other) = (had.get(name), wanted.get(name));
        if own == other {
            continue;
        }
        if is_stamp(name) {
            found.push(name.clone());
        } else if !(is_list(name) && own.is_some() && listed(own) == listed(other)) {
            return Vec::new();
        }
    }
    found
}

fn is_stamp(name: &str) -> bool {
    STAMPS.iter().any(|stamp| name.starts_with(stamp))
}

fn is_list(name: &str) -> bool {
    name == "[Content_Types].xml" || name.ends_with(".rels")
}

/// The entries of a list of parts but for those of stamps, whatever their order; `None` when it cannot be
/// read.
fn listed(part: Option<&Vec<u8>>) -> Option<Vec<Vec<(String, String)>>> {
    let root = Element::parse(part?)?;
    let mut entries: Vec<Vec<(String, String)>> =
        root.children.iter().filter(|node| !lists_stamp(node)).map(entry).collect();
    entries.sort();
    Some(entries)
}

fn entry(node: &Element) -> Vec<(String, String)> {
    let own = node.attributes().filter(|(name, _)| *name != "xmlns");
    let own = own.chain([("", node.name())]);
    let mut attributes: Vec<_> = own.map(|(name, said)| (name.to_owned(), said.to_owned())).collect();
    attributes.sort();
    attributes
}

fn lists_stamp(node: &Element) -> bool {
    let named = node.get("PartName").or_else(|| node.get("Target")).unwrap_or_default();
    is_stamp(named.trim_start_matches(['.', '/']))
}

#[cfg(test)]
mod tests {
    use super::stamps;
    use crate::package::Parts;

    fn parts(own: &[(&str, &str)]) -> Parts {
        own.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn only_what_an_archive_writes_is_a_stamp() {
        let rels = r#"<Relationships><Relationship Id="rId1" Target="xl/workbook.xml"/></Relationships>"#;
        let wanted =
            parts(&[("_rels/.rels", rels), ("docProps/core.xml", "<a/>"), ("xl/workbook.xml", "<b/>")]);
        assert_eq!(stamps(&wanted, &wanted), Vec::<String>::new());
        let more = r#"<Relationships><Relationship Target="docProps/custom.xml" Id="rId4"/><Relationship Target="xl/workbook.xml" Id="rId1"/></Relationships>"#;
        let stamped = [
            ("_rels/.rels", more),
            ("docProps/core.xml", "<c/>"),
            ("docProps/custom.xml", "<d/>"),
            ("customXml/item1.xml", "<e/>"),
        ];
        let had = |book: &'static str| parts(&[&stamped[..], &[("xl/workbook.xml", book)]].concat());
        assert_eq!(
            stamps(&had("<b/>"), &wanted),
            ["customXml/item1.xml", "docProps/core.xml", "docProps/custom.xml"]
        );
        assert_eq!(stamps(&had("<b2/>"), &wanted), Vec::<String>::new());
        let other = more.replace("xl/workbook.xml", "xl/other.xml");
        let mut had = had("<b/>");
        had.insert("_rels/.rels".to_owned(), other.into_bytes());
        assert_eq!(stamps(&had, &wanted), Vec::<String>::new());
        // A part of the workbook's own that is gone is no stamp.
        let mut gone = wanted.clone();
        gone.remove("_rels/.rels");
        assert_eq!(stamps(&gone, &wanted), Vec::<String>::new());
    }
}
