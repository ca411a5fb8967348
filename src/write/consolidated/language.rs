//! The language of the document and of its charts, that rust_xlsxwriter cannot say: their parts of the
//! package are written again, the others pass as they are, compressed bytes and all.

use crate::package::rewritten;
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
    let touched = |name: &str| name == CORE || is_chart(name);
    rewritten(
        bytes,
        touched,
        |name, text| if name == CORE { core(text, language) } else { Ok(chart(text, language)) },
    )
}

/// Whether a part is a chart.
fn is_chart(name: &str) -> bool {
    name.starts_with("xl/charts/chart")
}

/// The properties, with the language at their end.
fn core(text: &str, language: &str) -> Result<String, WriteError> {
    let lost = || WriteError::Package(format!("manca la fine di {CORE}"));
    let (before, _) = text.rsplit_once(END).ok_or_else(lost)?;
    Ok(format!("{before}<dc:language>{language}</dc:language>{END}"))
}

/// A chart whose words, titles and axes, are in the language: the library writes that they are English. Only
/// its elements are touched: in a text `<` is written otherwise.
fn chart(text: &str, language: &str) -> String {
    ["<c:lang val=", "<a:rPr lang=", "<a:endParaRPr lang="].iter().fold(text.to_owned(), |text, element| {
        text.replace(&format!("{element}\"en-US\""), &format!("{element}\"{language}\""))
    })
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Chart, ChartFont, Workbook};

    use super::{CORE, set};
    use crate::package::parts;

    /// The text of a part of a workbook once its language is said.
    fn said(mut workbook: Workbook, part: &str) -> String {
        let bytes = set(workbook.save_to_buffer().unwrap(), "it-IT").unwrap();
        String::from_utf8(parts(&bytes).unwrap().remove(part).unwrap()).unwrap()
    }

    #[test]
    fn the_properties_say_the_language() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        let text = said(workbook, CORE);
        assert!(text.ends_with("<dc:language>it-IT</dc:language></cp:coreProperties>"), "{text}");
    }

    #[test]
    fn the_words_of_a_chart_are_in_the_language_and_what_they_say_is_left() {
        let mut workbook = Workbook::new();
        let mut drawn = Chart::new_line();
        drawn.title().set_name("tempi: \"en-US\" <a:rPr lang=\"en-US\"> non cambia");
        drawn.x_axis().set_name("mese").set_name_font(ChartFont::new().set_size(10));
        drawn.y_axis().set_name("giorni");
        drawn.add_series().set_values(("Sheet1", 0, 0, 2, 0));
        workbook.add_worksheet().insert_chart(0, 0, &drawn).unwrap();
        let text = said(workbook, "xl/charts/chart1.xml");
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
