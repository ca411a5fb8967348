//! The parts of a workbook packed again for the library, which looks for them where they usually are: every
//! part under its usual name, and no other part. What is read is then what the relationships name, and what
//! was looked at.

use super::bonds::{OFFICE, RELATIONSHIPS};
use super::flaw::Flaw;
use super::index::{Index, Role};
use super::pack::Writer;
use super::tree::Element;

const BOOK: &str = "xl/workbook.xml";

/// A package in the making.
pub(crate) struct Repack {
    writer: Writer,
}

impl Repack {
    /// A package with the relationships of this index, with room for so many bytes.
    pub(crate) fn new(index: &Index, room: usize) -> Result<Self, Flaw> {
        let mut writer = Writer::with_room(room);
        let root = relationship("rId1", "officeDocument", &format!("/{BOOK}"));
        writer.put("_rels/.rels", &relationships([root]))?;
        let sheets = index.of_book().iter().filter(|bond| bond.kind.ends_with("sheet"));
        let sheets =
            sheets.map(|bond| relationship(&bond.id, &bond.kind, &format!("/{}", sheet(&bond.target))));
        writer.put("xl/_rels/workbook.xml.rels", &relationships(sheets))?;
        Ok(Self { writer })
    }

    /// Takes the text of a part, when it is one that the library reads.
    pub(crate) fn take(&mut self, name: &str, role: Role, text: &str) -> Result<(), Flaw> {
        let content = text.as_bytes();
        match role {
            Role::Book => self.writer.put(BOOK, content),
            Role::Strings => self.writer.put("xl/sharedStrings.xml", content),
            Role::Styles => self.writer.put("xl/styles.xml", content),
            Role::Sheet => self.writer.put(&sheet(name), content),
            Role::Theme
            | Role::Drawing
            | Role::Remarks
            | Role::Link
            | Role::Connections
            | Role::Properties
            | Role::Other => Ok(()),
        }
    }

    /// The package.
    pub(crate) fn finish(self) -> Result<Vec<u8>, Flaw> {
        self.writer.finish()
    }
}

/// A place of its own for a sheet, whatever its part is called.
fn sheet(part: &str) -> String {
    format!("sheets/{part}")
}

fn relationship(id: &str, kind: &str, target: &str) -> Element {
    let genus = format!("{OFFICE}/{kind}");
    Element::new("Relationship", &[("Id", id), ("Type", &genus), ("Target", target)])
}

fn relationships(all: impl IntoIterator<Item = Element>) -> Vec<u8> {
    Element::new("Relationships", &[("xmlns", RELATIONSHIPS)]).with(all).to_part()
}
