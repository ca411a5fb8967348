//! What is drawn over the cells of a sheet: text boxes, shapes, pictures, charts, embedded objects, controls.
//!
//! Nothing of it is a value; who reads the sheet sees it all the same. Parts are taken as hostile: bounded in
//! size, in number and in the length of their texts, and never believed beyond their words.

use super::limits::{COMMENT_TEXT, DRAWINGS};
use crate::model::CellRef;
use crate::package::{Element, unescaped};

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DrawingKind {
    /// A text box, or a shape.
    Shape,
    /// A picture.
    Picture,
    /// A chart.
    Chart,
    /// An object of another program.
    Embedded,
    /// A control of a form.
    Control,
    /// Written by hand.
    Ink,
    /// A part with more than is read, or that cannot be read.
    Unread,
}

/// Something drawn over a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drawing {
    /// The cell under its upper left corner, when the file says it.
    pub at: Option<CellRef>,
    /// What it is.
    pub kind: DrawingKind,
    /// The text in it, on one line, at most `COMMENT_TEXT` characters.
    pub text: String,
}

/// The largest part that is read, in bytes.
const PART: usize = 4_194_304;

/// What a part with drawings holds: of the spreadsheet's own kind, or of the old one.
pub(super) fn of_part(name: &str, content: &[u8]) -> Vec<Drawing> {
    let unread = || vec![Drawing { at: None, kind: DrawingKind::Unread, text: String::new() }];
    if content.len() > PART {
        return unread();
    }
    let mut found = Vec::new();
    if name.ends_with(".vml") {
        old(&String::from_utf8_lossy(content), &mut found);
    } else {
        let Some(root) = Element::parse(content) else { return unread() };
        for anchor in &root.children {
            anchored(anchor, place(anchor), &mut found);
        }
    }
    found.truncate(DRAWINGS);
    found
}

fn inside<'n>(node: &'n Element, name: &str) -> Option<&'n Element> {
    node.children.iter().find(|child| child.local() == name)
}

/// The cell of an anchor.
fn place(anchor: &Element) -> Option<CellRef> {
    let from = inside(anchor, "from")?;
    let number = |name| inside(from, name)?.text().trim().parse::<u32>().ok();
    CellRef::new(number("row")?, number("col")?)
}

/// The objects of an anchor or of a group; of two spellings of the same object, the first one.
fn anchored(node: &Element, at: Option<CellRef>, found: &mut Vec<Drawing>) {
    for child in &node.children {
        let kind = match child.local() {
            "sp" | "cxnSp" => DrawingKind::Shape,
            "pic" => DrawingKind::Picture,
            "contentPart" => DrawingKind::Ink,
            "graphicFrame" if child.within().any(|inner| inner.local() == "chart") => DrawingKind::Chart,
            "graphicFrame" => DrawingKind::Embedded,
            "grpSp" => {
                anchored(child, at, found);
                continue;
            }
            "AlternateContent" => {
                if let Some(one) = inside(child, "Choice").or_else(|| inside(child, "Fallback")) {
                    anchored(one, at, found);
                }
                continue;
            }
            _ => continue,
        };
        let text = if kind == DrawingKind::Shape { words(child) } else { String::new() };
        found.push(Drawing { at, kind, text });
    }
}

/// The text of a shape, its paragraphs one after the other.
fn words(shape: &Element) -> String {
    let mut text = String::new();
    for node in shape.within() {
        match node.local() {
            "p" | "br" => text.push(' '),
            "t" => text.push_str(&node.text()),
            _ => {}
        }
    }
    clean(&text)
}

/// On one line, without what is not to be seen.
pub(super) fn clean(text: &str) -> String {
    let unseen = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let seen = text.chars().filter(|c| !unseen(c)).map(|c| if c.is_control() { ' ' } else { c });
    let seen: String = seen.collect();
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= COMMENT_TEXT {
        return line;
    }
    line.chars().take(COMMENT_TEXT).chain(['…']).collect()
}

/// The old kind of drawings, which is often no XML: shape by shape, by the words that name it. Notes are told
/// elsewhere, and what says nothing of itself stands in headers and footers.
fn old(text: &str, found: &mut Vec<Drawing>) {
    for shape in text.split("<v:shape ").skip(1).take(DRAWINGS) {
        let Some((before, data)) = shape.split_once("ClientData") else { continue };
        let Some(kind) = between(data, "ObjectType=\"", "\"") else { continue };
        let kind = match kind {
            "Note" => continue,
            "Pict" => DrawingKind::Embedded,
            "Rect" | "Shape" | "Line" | "Group" | "RectA" | "Oval" => DrawingKind::Shape,
            _ => DrawingKind::Control,
        };
        let numbers = between(data, "Anchor>", "<").unwrap_or_default();
        let number = |place| numbers.split(',').nth(place).and_then(|number| number.trim().parse().ok());
        let at = number(2).zip(number(0)).and_then(|(row, col)| CellRef::new(row, col));
        let inner = between(before, "<v:textbox", "</v:textbox>").and_then(|inner| inner.split_once('>'));
        let text = inner.map(|(_, inner)| clean(&untagged(inner))).unwrap_or_default();
        found.push(Drawing { at, kind, text });
    }
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close).map(|(inner, _)| inner)
}

/// A text without its marks.
fn untagged(text: &str) -> String {
    let pieces = text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, after)| after));
    let plain = pieces.collect::<Vec<_>>().join(" ");
    unescaped(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Drawing, DrawingKind, of_part};
    use crate::model::CellRef;

    fn read(body: &str) -> Vec<Drawing> {
        of_part(
            "xl/drawings/drawing1.xml",
            format!("<q:wsDr xmlns:q='x' xmlns:a='y'>{body}</q:wsDr>").as_bytes(),
        )
    }

    const FROM: &str = "<q:from><q:col>3</q:col><q:colOff>0</q:colOff><q:row>7</q:row></q:from>";

    #[test]
    fn what_is_drawn_is_told_with_its_place_and_its_words() {
        let text = "<q:txBody><a:p><a:r><a:t>il dato &#232; </a:t></a:r><a:r><a:t>12</a:t></a:r></a:p><a:p><a:r><a:t>e\u{202e} non&#10;2</a:t></a:r></a:p></q:txBody>";
        let found = read(&format!(
            "<q:twoCellAnchor>{FROM}<q:grpSp><q:sp>{text}</q:sp><q:pic/></q:grpSp></q:twoCellAnchor><q:oneCellAnchor>{FROM}<q:graphicFrame><a:graphic><c:chart/></a:graphic></q:graphicFrame></q:oneCellAnchor><q:absoluteAnchor><mc:AlternateContent><mc:Choice><q:contentPart/></mc:Choice><mc:Fallback><q:pic/></mc:Fallback></mc:AlternateContent></q:absoluteAnchor>"
        ));
        let at = CellRef::parse("D8");
        let told = |at, kind, text: &str| Drawing { at, kind, text: text.to_owned() };
        assert_eq!(
            found,
            [
                told(at, DrawingKind::Shape, "il dato è 12 e non 2"),
                told(at, DrawingKind::Picture, ""),
                told(at, DrawingKind::Chart, ""),
                told(None, DrawingKind::Ink, ""),
            ]
        );
    }

    #[test]
    fn drawings_are_bounded_and_never_trusted() {
        let long =
            format!("<q:absoluteAnchor><q:sp><a:t>{}</a:t></q:sp></q:absoluteAnchor>", "x".repeat(5_000));
        assert_eq!(read(&long)[0].text.chars().count(), super::COMMENT_TEXT + 1);
        assert_eq!(read(&"<q:a><q:pic/></q:a>".repeat(5_000)).len(), super::DRAWINGS);
        for broken in [&b"<a><b></a>"[..], &vec![b' '; super::PART + 1]] {
            assert_eq!(of_part("xl/drawings/drawing1.xml", broken)[0].kind, DrawingKind::Unread);
        }
        let far = "<q:a><q:from><q:col>99999</q:col><q:row>1</q:row></q:from><q:pic/></q:a>";
        assert_eq!(read(far)[0].at, None);
    }

    #[test]
    fn the_old_kind_is_read_without_being_xml() {
        let vml = "<xml><v:shape id='1'><x:ClientData ObjectType=\"Note\"><x:Anchor>1, 2</x:Anchor></x:ClientData></v:shape><v:shape id='2'><v:textbox style='x'><div>Manca <br>la sede &amp; il resto</div></v:textbox><x:ClientData ObjectType=\"Button\"><x:Anchor>2, 15, 4, 1, 5, 6, 7, 8</x:Anchor></x:ClientData></v:shape><v:shape id='3'/></xml>";
        let told = Drawing {
            at: CellRef::parse("C5"),
            kind: DrawingKind::Control,
            text: "Manca la sede & il resto".to_owned(),
        };
        assert_eq!(of_part("xl/drawings/vmlDrawing1.vml", vml.as_bytes()), [told]);
    }
}
