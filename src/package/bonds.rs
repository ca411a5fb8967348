//! Who names which part, and of which type each is, as the lists of a package spell it.

use super::name::{folder, plain, resolved};
use super::tree::Element;

/// A relationship: a part names another, or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bond {
    /// Its id.
    pub(crate) id: String,
    /// The last word of its type: `worksheet`.
    pub(crate) kind: String,
    /// Its whole type.
    pub(crate) genus: String,
    /// The name of the part; the address, when it is outside.
    pub(crate) target: String,
    /// Whether it leads out of the package.
    pub(crate) outside: bool,
}

/// The relationships of a part, from the part that lists them, in the order written.
pub(crate) fn bonds(list: &Element, part: &str) -> Vec<Bond> {
    read(list, part, str::to_owned)
}

/// The same with folded names of parts.
pub(super) fn folded_bonds(list: &Element, part: &str) -> Vec<Bond> {
    read(list, part, plain)
}

fn read(list: &Element, part: &str, spelling: fn(&str) -> String) -> Vec<Bond> {
    let bond = |own: &Element| {
        let field = |name| own.get(name).unwrap_or_default();
        let (genus, target) = (field("Type"), field("Target"));
        let outside = field("TargetMode").eq_ignore_ascii_case("external") || target.starts_with('#');
        Bond {
            id: field("Id").to_owned(),
            kind: genus.rsplit('/').next().unwrap_or_default().to_owned(),
            genus: genus.to_owned(),
            target: if outside { target.to_owned() } else { resolved(folder(part), &spelling(target)) },
            outside,
        }
    };
    list.within().filter(|own| own.is("Relationship")).map(bond).collect()
}

/// The namespace of relationships.
pub(super) const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// How the types of relationships between the parts of a workbook begin.
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The part that lists the types of all parts.
pub(super) const TYPES: &str = "[Content_Types].xml";

/// The types that the list of types says of a part by its name, or else by how it ends: one, when the package
/// is sound.
pub(crate) fn content_types<'t>(list: &'t Element, part: &str) -> Vec<&'t str> {
    let said = |name: &'static str, attribute: &str, wanted: &str| -> Vec<&'t str> {
        let own = list.children.iter().filter(|own| own.is(name));
        let own = own.filter(|own| own.get(attribute).is_some_and(|said| said.eq_ignore_ascii_case(wanted)));
        own.filter_map(|own| own.get("ContentType")).collect()
    };
    let named = said("Override", "PartName", &format!("/{part}"));
    if named.is_empty() {
        said("Default", "Extension", part.rsplit('.').next().unwrap_or_default())
    } else {
        named
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, bonds, content_types, folded_bonds};

    #[test]
    fn relationships_are_told_with_where_they_lead() {
        let list = br##"<Relationships><Relationship Id="a" Type="http://x/Drawing" Target="../d/Drawing1.xml"/><Relationship Id="b" Type="http://x/hyperlink" Target="http://x" TargetMode="External"/><Relationship Id="c" Type="y" Target="#A1"/><Relationship Id="d" Type="y" Target="%2fxl/a"/></Relationships>"##;
        let list = Element::parse(list).unwrap();
        let told = |bonds: Vec<super::Bond>| {
            bonds.into_iter().map(|b| (b.id, b.kind, b.target, b.outside)).collect::<Vec<_>>()
        };
        let own = |id: &str, kind: &str, target: &str, outside| {
            (id.to_owned(), kind.to_owned(), target.to_owned(), outside)
        };
        let away = [own("b", "hyperlink", "http://x", true), own("c", "y", "#A1", true)];
        let spelled = [own("a", "Drawing", "xl/d/Drawing1.xml", false), own("d", "y", "xl/s/%2fxl/a", false)];
        let folded = [own("a", "Drawing", "xl/d/drawing1.xml", false), own("d", "y", "xl/a", false)];
        let with = |[first, last]: [_; 2]| [&[first], &away[..], &[last]].concat();
        assert_eq!(told(bonds(&list, "xl/s/s1.xml")), with(spelled));
        assert_eq!(told(folded_bonds(&list, "xl/s/s1.xml")), with(folded));
    }

    #[test]
    fn a_type_is_said_of_a_name_or_of_an_end() {
        let list = br#"<Types><Default Extension="XML" ContentType="x"/><Override PartName="/A.xml" ContentType="y"/><Override PartName="/a.xml" ContentType="z"/></Types>"#;
        let list = Element::parse(list).unwrap();
        assert_eq!(content_types(&list, "a.xml"), ["y", "z"]);
        assert_eq!(content_types(&list, "b.xml"), ["x"]);
        assert!(content_types(&list, "b.bin").is_empty());
    }
}
