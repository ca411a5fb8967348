//! What a package says, looked at before calamine sees it: bounds, XML, traits; and the parts that calamine
//! is to see.

use super::limits::Reach;
use super::ods::MIMETYPE;
use super::own::Strings;
use super::refusal::Refusal;
use super::traits::{BookTraits, SheetTraits};
use super::xml::Scan;
use crate::package::{Archive, Flaw, Repack, folded};

/// What the look at the package found out.
#[derive(Debug)]
pub(super) struct Package {
    /// The parts that the library reads, packed again for it.
    pub(super) plain: Vec<u8>,
    /// Whether it carries macros.
    pub(super) macros: bool,
    /// Whether every cell says its own address.
    pub(super) addressed: bool,
    /// What the parts say of the workbook.
    pub(super) book: BookTraits,
    /// What they say of each sheet, in the workbook's order.
    pub(super) sheets: Vec<SheetTraits>,
    /// The texts that cells share, as our own pass reads them.
    pub(super) strings: Strings,
}

/// Bounds the package; refuses whatever calamine could not be trusted with.
pub(super) fn inspect(mut archive: Archive<'_>) -> Result<Package, Refusal> {
    if let Some(other) = other_kind(&mut archive) {
        return Err(other);
    }
    let macros = archive.names().iter().any(|name| folded(name).ends_with("vbaproject.bin"));
    let index = archive.index()?;
    let mut scan = Scan::within(Reach::ARRIVING);
    let mut repack = Repack::new(&index, archive.said()).map_err(unpackable)?;
    archive.each(|name, part| {
        let own = folded(name);
        let role = index.role(&own);
        let text = scan.part(name, &own, role, &part)?;
        repack.take(&own, role, &text).map_err(unpackable)
    })?;
    let addressed = scan.addressed();
    let (book, sheets, strings) = scan.finish(&index);
    let plain = repack.finish().map_err(unpackable)?;
    Ok(Package { plain, macros, addressed, book, sheets, strings })
}

fn unpackable(_: Flaw) -> Refusal {
    Refusal::Damaged("le parti del pacchetto non si possono riunire".to_owned())
}

/// Whether a package says that it is an OpenDocument workbook.
pub(super) fn is_open_document(archive: &mut Archive<'_>) -> bool {
    archive.beginning("mimetype", BEGINNING).starts_with(MIMETYPE)
}

/// Which other kind of package this is; `None` for a workbook.
fn other_kind(archive: &mut Archive<'_>) -> Option<Refusal> {
    let names: Vec<String> = archive.names().iter().map(|name| folded(name)).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let under = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    if has("xl/workbook.bin") {
        return Some(Refusal::OtherKind("xlsb"));
    }
    if has("xl/workbook.xml") || (under("xl/worksheets/") && has("[content_types].xml")) {
        return None;
    }
    if archive
        .beginning("[Content_Types].xml", BEGINNING)
        .to_lowercase()
        .contains("spreadsheetml.sheet.main+xml")
    {
        return None;
    }
    let mime = if has("mimetype") { archive.beginning("mimetype", BEGINNING) } else { String::new() };
    Some(match mime.as_str() {
        mime if mime.contains("opendocument") => Refusal::Stray("documento di LibreOffice"),
        _ if under("word/") => Refusal::Stray("docx"),
        _ if under("ppt/") => Refusal::Stray("pptx"),
        _ => Refusal::OtherKind("zip"),
    })
}

/// How much of a part is looked at to tell what the package is, in bytes.
const BEGINNING: u64 = 65_536;
