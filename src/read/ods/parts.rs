//! The parts of an OpenDocument workbook, by name, and what such a package says that it is.

/// As `mimetype` begins; templates (`.ots`) say more.
pub(in crate::read) const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// The list of the parts.
pub(super) const MANIFEST: &str = "META-INF/manifest.xml";
/// The cells.
pub(super) const CONTENT: &str = "content.xml";
/// The styles that have names.
pub(super) const STYLES: &str = "styles.xml";
/// Who saved the file and when.
pub(super) const META: &str = "meta.xml";
/// How it calculates.
pub(super) const SETTINGS: &str = "settings.xml";
