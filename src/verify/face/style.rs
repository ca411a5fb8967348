//! How a cell looks: its number format, letters, colours, lines, place in the cell.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::leaves::{Quiet, leaves};
use super::quiet;
use crate::package::Element;
use crate::read::built_in_format;

/// The look of a cell, each trait in one spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Look {
    format: String,
    font: String,
    colour: String,
    fill: String,
    border: String,
    alignment: String,
    protection: String,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            format: "General".to_owned(),
            font: "Calibri 11".to_owned(),
            colour: BLACK.to_owned(),
            fill: NO_FILL.to_owned(),
            border: String::new(),
            alignment: String::new(),
            protection: String::new(),
        }
    }
}

const BLACK: &str = "000000";
const WHITE: &str = "ffffff";
const NO_FILL: &str = "nessuno";

impl Look {
    /// The traits that differ: what each is about, here, there.
    pub(super) fn unlike<'a>(&'a self, other: &'a Self) -> Vec<(&'static str, &'a str, &'a str)> {
        let traits = [
            ("formato del numero", &self.format, &other.format),
            ("carattere", &self.font, &other.font),
            ("colore del testo", &self.colour, &other.colour),
            ("sfondo", &self.fill, &other.fill),
            ("bordo", &self.border, &other.border),
            ("allineamento", &self.alignment, &other.alignment),
            ("protezione", &self.protection, &other.protection),
        ];
        let unlike = traits.into_iter().filter(|(_, here, there)| here != there);
        unlike.map(|(about, here, there)| (about, here.as_str(), there.as_str())).collect()
    }
}

/// The looks of a workbook, by the number that cells give.
pub(super) struct Styles(Vec<Rc<Look>>);

impl Styles {
    pub(super) fn of(root: &Element) -> Self {
        let listed = |way: &str, name: &'static str| -> Vec<&Element> {
            root.child(way).map(|list| list.all(name).collect()).unwrap_or_default()
        };
        let codes: BTreeMap<&str, &str> = listed("numFmts", "numFmt")
            .into_iter()
            .filter_map(|format| Some((format.get("numFmtId")?, format.get("formatCode")?)))
            .collect();
        let table: Vec<&str> = root
            .at(&["colors", "indexedColors"])
            .iter()
            .flat_map(|list| &list.children)
            .filter_map(|colour| colour.get("rgb"))
            .collect();
        let colour = |node: Option<&Element>, absent: &str| colour(node, absent, &table);
        let fonts = listed("fonts", "font");
        let fills = listed("fills", "fill");
        let borders = listed("borders", "border");
        let look = |xf: &Element| {
            let listed = |list: &[&Element], name: &str| -> Option<Element> {
                list.get(xf.get(name)?.parse::<usize>().ok()?).map(|node| (*node).clone())
            };
            let font = listed(&fonts, "fontId").unwrap_or_default();
            let id = xf.get("numFmtId").unwrap_or("0");
            Rc::new(Look {
                format: codes.get(id).map_or_else(|| unsaid(id), |code| spelled(code)),
                colour: colour(font.child("color"), BLACK),
                font: typeface(&font),
                fill: listed(&fills, "fillId")
                    .map_or_else(|| NO_FILL.to_owned(), |fill| filled(&fill, colour)),
                border: line(listed(&borders, "borderId").as_ref(), &quiet::BORDER),
                alignment: line(xf.child("alignment"), &quiet::ALIGNMENT),
                protection: line(xf.child("protection"), &quiet::PROTECTION),
            })
        };
        Self(listed("cellXfs", "xf").into_iter().map(look).collect())
    }

    /// The look that a cell's number stands for.
    pub(super) fn get(&self, number: usize) -> Option<Rc<Look>> {
        self.0.get(number).cloned()
    }
}

/// A format that the file does not spell out.
fn unsaid(id: &str) -> String {
    let known = id.parse().ok().and_then(built_in_format);
    known.map_or_else(|| format!("formato predefinito {id}"), str::to_owned)
}

/// A number format in one spelling: programs write a literal letter in quotes or behind a backslash.
fn spelled(code: &str) -> String {
    let code = code.strip_suffix(";@").unwrap_or(code);
    if code.eq_ignore_ascii_case("general") { "General".to_owned() } else { code.replace("\\ ", " ") }
}

/// Name and size of the letters, and all else that is said of them but their colour.
fn typeface(font: &Element) -> String {
    let value = |name: &str| font.child(name).and_then(|node| node.get("val"));
    let mut words = format!("{} {}", value("name").unwrap_or("Calibri"), value("sz").unwrap_or("11"));
    let mut more: Vec<String> = Vec::new();
    for child in font.children.iter().filter(|child| !FAMILY.contains(&child.name())) {
        let said = child.get("val").unwrap_or(if child.name() == "u" { "single" } else { "1" });
        if !matches!(said, "0" | "false" | "none" | "baseline") {
            more.push(format!(", {} {}", child.name(), said.replace("true", "1")));
        }
    }
    more.sort();
    words.extend(more);
    words
}

/// What of a font is told on its own, or chooses among letters of the same name.
const FAMILY: [&str; 6] = ["name", "sz", "color", "family", "charset", "scheme"];

/// The leaves of an element in one line.
fn line(node: Option<&Element>, quiet: &Quiet) -> String {
    let leaves = node.map(|node| leaves(node, quiet)).unwrap_or_default();
    let said = |(way, said): (String, String)| {
        let own = way.split_once(['/', '@']).map_or("", |(_, own)| own);
        format!("{own} {said}")
    };
    leaves.into_iter().map(said).collect::<Vec<_>>().join(", ")
}

/// A colour as six digits; what themes and tables of colours call black and white is black and white.
/// `table`: the colours that the file itself gives to the numbers.
fn colour(node: Option<&Element>, absent: &str, table: &[&str]) -> String {
    let Some(node) = node else { return absent.to_owned() };
    let six = |digits: &str| digits.get(digits.len().saturating_sub(6)..).unwrap_or(digits).to_lowercase();
    let numbered = node.get("indexed").and_then(|place| table.get(place.parse::<usize>().ok()?));
    if let Some(digits) = node.get("rgb").or(numbered.copied()) {
        return six(digits);
    }
    match (node.get("theme"), node.get("indexed"), node.get("tint").unwrap_or("0")) {
        (Some("1"), _, "0") | (None, Some("8" | "64"), _) | (None, None, _) => BLACK.to_owned(),
        (Some("0"), _, "0") | (None, Some("9" | "65"), _) => WHITE.to_owned(),
        (Some(theme), _, tint) => format!("tema {theme}, tinta {tint}"),
        (None, Some(place), _) => format!("colore {place}"),
    }
}

fn filled(fill: &Element, colour: impl Fn(Option<&Element>, &str) -> String) -> String {
    let Some(pattern) = fill.child("patternFill") else { return "sfumato".to_owned() };
    match pattern.get("patternType").unwrap_or("none") {
        "none" => NO_FILL.to_owned(),
        "solid" => colour(pattern.child("fgColor"), WHITE),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, Styles};
    use crate::package::Element;

    fn look(format: &str, font: &str) -> Look {
        let styles = format!(
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='{format}'/></numFmts>\
             <fonts><font>{font}</font></fonts><fills><fill><patternFill patternType='none'/></fill></fills>\
             <cellXfs><xf numFmtId='164' fontId='0' fillId='0'/></cellXfs></styleSheet>"
        );
        (*Styles::of(&Element::parse(styles.as_bytes()).unwrap()).get(0).unwrap()).clone()
    }

    #[test]
    fn what_two_programs_spell_differently_is_the_same_look() {
        let own = look("General", "<sz val='11'/><color theme='1'/><name val='Calibri'/>");
        let saved =
            look("General", "<sz val='11'/><color rgb='FF000000'/><name val='Calibri'/><strike val='0'/>");
        assert_eq!(own, saved);
        assert_eq!(own, Look::default());
    }

    #[test]
    fn a_look_that_hides_is_another_one() {
        let own = look("0.00", "<sz val='11'/><name val='Calibri'/>");
        let about = |other: Look| own.unlike(&other).iter().map(|(about, ..)| *about).collect::<Vec<_>>();
        assert_eq!(about(look("\"9\"0.00", "<sz val='11'/><name val='Calibri'/>")), ["formato del numero"]);
        assert_eq!(about(look("0.00", "<sz val='1'/><name val='Wingdings'/>")), ["carattere"]);
        let white = "<sz val='11'/><color rgb='FFFFFFFF'/><name val='Calibri'/>";
        assert_eq!(about(look("0.00", white)), ["colore del testo"]);
    }
}
