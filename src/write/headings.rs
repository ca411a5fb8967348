//! Titles and headings, bold in their colour and in letters of their size, under the names that every
//! spreadsheet program has for them, which rust_xlsxwriter cannot give: who goes through a sheet by its
//! headings, or hears it read, is told which cells they are. The cells look as before.

use std::collections::BTreeMap;

use super::WriteError;
use super::style::{HEADING_SIZE, TITLE_COLOUR, TITLE_SIZE};
use crate::package::rewritten;

/// The part of the formats.
const STYLES: &str = "xl/styles.xml";

/// The letters of a level, its name, and its number among the styles that programs know.
const LEVELS: [(u32, &str, u32); 2] = [(TITLE_SIZE, "Heading 1", 16), (HEADING_SIZE, "Heading 2", 17)];

/// The style of all other cells stands before.
const FIRST: usize = 1;

/// Gives the cells that look as a title, or as a heading, the style of that name.
///
/// # Errors
/// Only when `bytes` are not those of a workbook.
pub(super) fn named(bytes: Vec<u8>) -> Result<Vec<u8>, WriteError> {
    rewritten(bytes, |name| name == STYLES, |_, text| Ok(styled(text).unwrap_or_else(|| text.to_owned())))
}

/// The part with the styles; `None` when it is not as the library writes it.
fn styled(text: &str) -> Option<String> {
    let fonts = between(text, "<fonts", "</fonts>")?;
    let colour = format!("rgb=\"FF{TITLE_COLOUR:06X}\"");
    let mut styles = Vec::new();
    let mut of_font: BTreeMap<usize, usize> = BTreeMap::new();
    for (size, name, known) in LEVELS {
        let size = format!("<sz val=\"{size}\"/>");
        let own: Vec<usize> = fonts
            .split("<font>")
            .skip(1)
            .enumerate()
            .filter(|(_, font)| font.starts_with("<b/>") && font.contains(&size) && font.contains(&colour))
            .map(|(at, _)| at)
            .collect();
        if let Some(first) = own.first() {
            of_font.extend(own.iter().map(|font| (*font, FIRST + styles.len())));
            styles.push((*first, name, known));
        }
    }
    let cells = between(text, "<cellXfs", "</cellXfs>")?;
    let text = text.replacen(cells, &cells_styled(cells, &of_font), 1);
    let count = FIRST + styles.len();
    let looks = styles.iter().map(|(font, ..)| {
        format!("<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" applyFont=\"1\"/>")
    });
    let names = styles.iter().zip(FIRST..).map(|((_, name, known), at)| {
        format!("<cellStyle name=\"{name}\" xfId=\"{at}\" builtinId=\"{known}\"/>")
    });
    let text = more(&text, "cellStyleXfs", count, &looks.collect::<String>())?;
    more(&text, "cellStyles", count, &names.collect::<String>())
}

/// What stands between two marks, the first left in.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    let start = text.find(from)?;
    let end = text.get(start..)?.find(to)?;
    text.get(start..start + end)
}

/// The formats of the cells, those of a font with a style under it.
fn cells_styled(cells: &str, of_font: &BTreeMap<usize, usize>) -> String {
    let mut styled = String::with_capacity(cells.len());
    for (place, format) in cells.split("<xf ").enumerate() {
        if place > 0 {
            styled.push_str("<xf ");
        }
        let font =
            between(format, "fontId=\"", "\" ").and_then(|font| font.strip_prefix("fontId=\"")?.parse().ok());
        match font.and_then(|font: usize| of_font.get(&font)) {
            Some(style) => styled.push_str(&format.replacen("xfId=\"0\"", &format!("xfId=\"{style}\""), 1)),
            None => styled.push_str(format),
        }
    }
    styled
}

/// A list of the part with more at its end, of which there was one.
fn more(text: &str, list: &str, count: usize, added: &str) -> Option<String> {
    let open = format!("<{list} count=\"1\">");
    let close = format!("</{list}>");
    let (before, rest) = text.split_once(&open)?;
    let (own, after) = rest.split_once(&close)?;
    Some(format!("{before}<{list} count=\"{count}\">{own}{added}{close}{after}"))
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::{STYLES, named};
    use crate::package::parts;
    use crate::write::style;

    fn styles(workbook: &mut Workbook) -> String {
        let bytes = named(workbook.save_to_buffer().unwrap()).unwrap();
        String::from_utf8(parts(&bytes).unwrap().remove(STYLES).unwrap()).unwrap()
    }

    #[test]
    fn titles_and_headings_have_the_names_that_programs_know() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, format) in [style::text(), style::heading(), style::cover_title(), style::text().set_bold()]
            .into_iter()
            .enumerate()
        {
            sheet.write_string_with_format(u32::try_from(row).unwrap(), 0, "testo", &format).unwrap();
        }
        let text = styles(&mut workbook);
        assert!(text.contains("<cellStyle name=\"Heading 1\" xfId=\"1\" builtinId=\"16\"/>"), "{text}");
        assert!(text.contains("<cellStyle name=\"Heading 2\" xfId=\"2\" builtinId=\"17\"/>"), "{text}");
        assert!(
            text.contains("<cellStyles count=\"3\">") && text.contains("<cellStyleXfs count=\"3\">"),
            "{text}"
        );
        // Formats in the order in which they were used: text, heading, title, bold.
        let cells = super::between(&text, "<cellXfs", "</cellXfs>").unwrap();
        let of: Vec<&str> =
            cells.split("<xf ").skip(2).map(|format| super::between(format, "xfId=", " ").unwrap()).collect();
        assert_eq!(of, ["xfId=\"0\"", "xfId=\"2\"", "xfId=\"1\"", "xfId=\"0\""], "{cells}");
    }

    #[test]
    fn a_workbook_without_headings_is_left_as_it_is() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write_string(0, 0, "testo").unwrap();
        let before = parts(&workbook.save_to_buffer().unwrap()).unwrap().remove(STYLES).unwrap();
        assert_eq!(styles(&mut workbook).into_bytes(), before);
    }
}
