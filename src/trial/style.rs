//! The formats of cells: a cell keeps its own, unless a date or another format is wanted.

use super::sheet::{recount, style};
use crate::package::Element;

/// What may stand before the formats in the part of the styles.
const AFTER_FORMATS: [&str; 10] = [
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];
/// Excel's own short date.
const SHORT_DATE: u32 = 14;
/// Excel's own duration, `[h]:mm:ss`.
const DURATION: u32 = 46;
/// The first number of a format of the file's own that no program uses.
const OWN: u32 = 900;

/// Whether a cell of this style shows a date.
pub(super) fn is_date(styles: &Element, index: usize) -> bool {
    let format = styles
        .child("cellXfs")
        .and_then(|formats| formats.children.get(index))
        .and_then(|format| format.get("numFmtId")?.parse::<u32>().ok())
        .unwrap_or(0);
    if matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58) {
        return true;
    }
    let number = format.to_string();
    let codes = styles.child("numFmts").into_iter().flat_map(|own| &own.children);
    let code = codes.filter(|own| own.get("numFmtId") == Some(&number)).find_map(|own| own.get("formatCode"));
    code.is_some_and(is_date_code)
}

/// Whether a format has days, months or years outside of its quoted texts and of its colours.
fn is_date_code(code: &str) -> bool {
    let mut quoted = false;
    let mut bracket = false;
    let mut escaped = false;
    code.chars().any(|c| {
        if escaped {
            escaped = false;
            return false;
        }
        match c {
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            'd' | 'm' | 'y' | 'D' | 'M' | 'Y' | 'h' | 's' => return !quoted && !bracket,
            _ => {}
        }
        false
    })
}

/// The style of a cell with the short date as format.
pub(super) fn with_date(styles: &mut Element, cell: &Element) -> Option<usize> {
    with_format(styles, style(cell), SHORT_DATE)
}

/// The style of a cell with the duration as format.
pub(super) fn with_duration(styles: &mut Element, cell: &Element) -> Option<usize> {
    with_format(styles, style(cell), DURATION)
}

/// The style of a cell with a format of its own.
pub(super) fn with_code(styles: &mut Element, cell: &Element, code: &str) -> Option<usize> {
    let formats = styles.child_or_new("numFmts", &AFTER_FORMATS)?;
    let taken =
        formats.children.iter().filter_map(|own| own.get("numFmtId")?.parse::<u32>().ok()).max().unwrap_or(0);
    let id = taken.max(OWN) + 1;
    let new = Element::new(&formats.kin("numFmt"), &[("numFmtId", &id.to_string()), ("formatCode", code)]);
    formats.children.push(new);
    formats.set("count", &formats.children.len().to_string());
    with_format(styles, style(cell), id)
}

/// Adds an element to a list; its place.
fn added(list: &mut Element, new: Element) -> Option<usize> {
    list.children.push(new);
    recount(list);
    list.children.len().checked_sub(1)
}

fn with_format(styles: &mut Element, index: usize, format: u32) -> Option<usize> {
    let formats = styles.child_mut("cellXfs")?;
    let mut new = formats.children.get(index)?.clone();
    new.set("numFmtId", &format.to_string());
    new.set("applyNumberFormat", "1");
    if let Some(same) = formats.children.iter().position(|own| own == &new) {
        return Some(same);
    }
    added(formats, new)
}

/// What may stand before the name in a font, from each property on.
const IN_A_FONT: [(&str, &[&str]); 3] = [
    (
        "strike",
        &["outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme"],
    ),
    ("color", &["name", "family", "charset", "scheme"]),
    ("sz", &["color", "name", "family", "charset", "scheme"]),
];

/// The style of a cell with a property more in its font.
pub(super) fn with_font(
    styles: &mut Element,
    cell: &Element,
    property: &str,
    attribute: Option<(&str, &str)>,
) -> Option<usize> {
    let (_, after) = IN_A_FONT.iter().find(|(name, _)| *name == property)?;
    let mut new = styles.child("cellXfs")?.children.get(style(cell))?.clone();
    let own: usize = new.get("fontId").and_then(|id| id.parse().ok()).unwrap_or(0);
    let fonts = styles.child_mut("fonts")?;
    let mut font = fonts.children.get(own)?.clone();
    let place = font.child_or_new(property, after)?;
    for before in ["val", "theme", "indexed", "tint"] {
        place.unset(before);
    }
    if let Some((name, value)) = attribute {
        place.set(name, value);
    }
    new.set("fontId", &added(fonts, font)?.to_string());
    new.set("applyFont", "1");
    let formats = styles.child_mut("cellXfs")?;
    added(formats, new)
}

/// A format for conditions that only gives the letters a colour; its place in the list.
pub(super) fn with_overlay(styles: &mut Element, colour: &str) -> Option<usize> {
    let formats = styles.child_or_new("dxfs", &["tableStyles", "colors", "extLst"])?;
    let kin = |name: &str| formats.kin(name);
    let colour = Element::new(&kin("color"), &[("rgb", colour)]);
    let font = Element::new(&kin("font"), &[]).with([colour]);
    let format = Element::new(&kin("dxf"), &[]).with([font]);
    added(formats, format)
}

#[cfg(test)]
mod tests {
    use super::is_date_code;

    #[test]
    fn a_format_with_days_is_a_date() {
        for code in ["dd/mm/yyyy", "d mmm", "[$-410]dd\\-mmm\\-yy;@"] {
            assert!(is_date_code(code), "{code}");
        }
        for code in ["0", "#,##0.00", "0\" gg.\"", "[Red]0", "0\\d", "General"] {
            assert!(!is_date_code(code), "{code}");
        }
    }
}
