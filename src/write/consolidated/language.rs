//! The language of the document and of its charts, that rust_xlsxwriter cannot say: their parts of the package are
//! written again, the others pass as they are, compressed bytes and all.

use std::io::{Cursor, Error, Read, Write};

use zip::result::ZipError;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use crate::write::WriteError;

/// The part that says who, what and when.
const CORE: &str = "docProps/core.xml";

/// The end of that part.
const END: &str = "</cp:coreProperties>";

/// Says in the workbook that it is in this language, a tag as `it-IT`.
///
/// # Errors
/// Only when `bytes` are not those of a workbook.
pub(super) fn set(bytes: Vec<u8>, language: &str) -> Result<Vec<u8>, WriteError> {
    let room = bytes.len();
    rewritten(bytes, room, language).map_err(|error| WriteError::Package(error.to_string()))
}

fn rewritten(bytes: Vec<u8>, room: usize, language: &str) -> Result<Vec<u8>, ZipError> {
    let mut from = ZipArchive::new(Cursor::new(bytes))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
    for index in 0..from.len() {
        let part = from.by_index_raw(index)?;
        let name = part.name()?.into_owned();
        if name != CORE && !is_chart(&name) {
            to.raw_copy_file(part)?;
            continue;
        }
        // As all the others: deflated, and without a time of its own.
        let mut options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        if let Some(mode) = part.unix_mode() {
            options = options.unix_permissions(mode);
        }
        if let Some(time) = part.last_modified() {
            options = options.last_modified_time(time);
        }
        drop(part);
        let mut text = String::new();
        from.by_index(index)?.read_to_string(&mut text)?;
        let text = if name == CORE { core(&text, language)? } else { chart(&text, language) };
        to.start_file(name, options)?;
        to.write_all(text.as_bytes())?;
    }
    Ok(to.finish()?.into_inner())
}

/// Whether a part is a chart.
fn is_chart(name: &str) -> bool {
    name.starts_with("xl/charts/chart")
}

/// The properties, with the language at their end.
fn core(text: &str, language: &str) -> Result<String, ZipError> {
    let Some((before, _)) = text.rsplit_once(END) else {
        return Err(ZipError::Io(Error::other("manca la fine di docProps/core.xml")));
    };
    Ok(format!("{before}<dc:language>{language}</dc:language>{END}"))
}

/// A chart whose words, titles and axes, are in the language: the library writes that they are English. Only its
/// elements are touched: in a text `<` is written otherwise.
fn chart(text: &str, language: &str) -> String {
    ["<c:lang val=", "<a:rPr lang=", "<a:endParaRPr lang="].iter().fold(text.to_owned(), |text, element| {
        text.replace(&format!("{element}\"en-US\""), &format!("{element}\"{language}\""))
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use rust_xlsxwriter::{Chart, Workbook};

    use super::set;

    type Part = (String, Option<zip::DateTime>, Option<u32>, zip::CompressionMethod, u32);

    fn parts(bytes: &[u8]) -> Vec<Part> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let number = archive.len();
        let part = |index: usize| {
            let part = archive.by_index_raw(index).unwrap();
            let name = part.name().unwrap().into_owned();
            (name, part.last_modified(), part.unix_mode(), part.compression(), part.crc32())
        };
        (0..number).map(part).collect()
    }

    #[test]
    fn one_part_changes_and_the_others_pass_as_they_are() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write_string(0, 0, "perché").unwrap();
        let before = workbook.save_to_buffer().unwrap();
        let after = set(before.clone(), "it-IT").unwrap();
        let (had, has) = (parts(&before), parts(&after));
        assert_eq!(had.len(), has.len());
        for (one, other) in had.iter().zip(&has) {
            assert_eq!((&one.0, one.1, one.2, one.3), (&other.0, other.1, other.2, other.3));
            assert_eq!(one.4 == other.4, one.0 != "docProps/core.xml", "{}", one.0);
        }
        assert_eq!(after, set(before, "it-IT").unwrap());
    }

    #[test]
    fn the_words_of_a_chart_are_in_the_language_and_what_they_say_is_left() {
        let mut workbook = Workbook::new();
        let mut drawn = Chart::new_line();
        drawn.title().set_name("tempi: \"en-US\" <a:rPr lang=\"en-US\"> non cambia");
        drawn.x_axis().set_name("mese").set_name_font(rust_xlsxwriter::ChartFont::new().set_size(10));
        drawn.y_axis().set_name("giorni");
        drawn.add_series().set_values(("Sheet1", 0, 0, 2, 0));
        workbook.add_worksheet().insert_chart(0, 0, &drawn).unwrap();
        let bytes = set(workbook.save_to_buffer().unwrap(), "it-IT").unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("xl/charts/chart1.xml").unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains("<c:lang val=\"it-IT\"/>"), "{text}");
        // The title and both axes.
        assert_eq!(text.matches("<a:rPr lang=\"it-IT\"").count(), 3, "{text}");
        assert_eq!(text.matches("en-US").count(), 2, "only what the title says: {text}");
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(set(b"not a package".to_vec(), "it-IT").is_err());
    }
}
