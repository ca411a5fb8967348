//! The parts of a workbook packed again for the library, which looks for them where they usually are: every part under its
//! usual name, and no other part. What is read is then what the relationships name, and what was looked at.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, result::ZipResult};

use super::index::{Index, Role};

const BOOK: &str = "xl/workbook.xml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package in the making.
pub(super) struct Repack {
    writer: ZipWriter<Cursor<Vec<u8>>>,
}

impl Repack {
    /// A package with the relationships of this index.
    pub(super) fn new(index: &Index) -> ZipResult<Self> {
        let mut own = Self { writer: ZipWriter::new(Cursor::new(Vec::new())) };
        let root = relationship("rId1", "officeDocument", &format!("/{BOOK}"));
        own.put("_rels/.rels", relationships(&root).as_bytes())?;
        let sheets = index.of_book().iter().filter(|bond| bond.kind.ends_with("sheet"));
        let sheets: String = sheets
            .map(|bond| relationship(&bond.id, &bond.kind, &format!("/{}", sheet(&bond.target))))
            .collect();
        own.put("xl/_rels/workbook.xml.rels", relationships(&sheets).as_bytes())?;
        Ok(own)
    }

    /// Takes a part, when it is one that the library reads.
    pub(super) fn take(&mut self, name: &str, role: Role, content: &[u8]) -> ZipResult<()> {
        match role {
            Role::Book => self.put(BOOK, content),
            Role::Strings => self.put("xl/sharedStrings.xml", content),
            Role::Styles => self.put("xl/styles.xml", content),
            Role::Sheet => self.put(&sheet(name), content),
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
    pub(super) fn finish(self) -> ZipResult<Vec<u8>> {
        Ok(self.writer.finish()?.into_inner())
    }

    fn put(&mut self, name: &str, content: &[u8]) -> ZipResult<()> {
        self.writer
            .start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
        Ok(self.writer.write_all(content)?)
    }
}

/// A place of its own for a sheet, whatever its part is called.
fn sheet(part: &str) -> String {
    format!("sheets/{part}")
}

fn relationship(id: &str, kind: &str, target: &str) -> String {
    let [id, kind, target] = [id, kind, target].map(|text| quick_xml::escape::escape(text).into_owned());
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

fn relationships(all: &str) -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
    )
}
