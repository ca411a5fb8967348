//! Where in `content.xml`, or in the styles, an element stands, by its name and by what it stands in.

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// The part itself.
    Part,
    /// Its only element.
    Root,
    /// A list of styles.
    Styles,
    /// A style of cells, of letters, of sheets.
    Style,
    /// A style of numbers.
    Format,
    Body,
    Book,
    /// The list of what may be typed.
    Validations,
    Sheet,
    /// Rows or columns kept together.
    Group,
    Column,
    Row,
    Cell,
    Paragraph,
    /// A piece of a paragraph.
    Piece,
    /// Blanks, a tabulator, the end of a line.
    Blank,
    /// A comment.
    Remark,
    /// Who wrote the comment.
    Author,
    /// A paragraph of a comment.
    RemarkText,
    /// Things drawn together.
    Shapes,
    /// A thing drawn.
    Drawing,
    /// What is in a thing drawn.
    Drawn,
    /// Formats laid over cells on a condition: all of them, those of some cells, one.
    Veils,
    Veil,
    Rule,
    /// Where a sheet comes from, when it is a copy of another file's.
    Source,
    /// How circular formulas are calculated.
    Iteration,
    /// Whatever else.
    Other,
}

/// What an element of this name is, in one of that kind; `None` where it may not stand.
pub(super) fn node(parent: Node, name: &str) -> Option<Node> {
    Some(match parent {
        Node::Part => Node::Root,
        Node::Root => match name {
            "office:automatic-styles" | "office:styles" => Node::Styles,
            "office:body" => Node::Body,
            _ => Node::Other,
        },
        Node::Styles => match name {
            "style:style" | "style:default-style" => Node::Style,
            name if name.starts_with("number:") => Node::Format,
            _ => Node::Other,
        },
        Node::Body if name == "office:spreadsheet" => Node::Book,
        Node::Book => match name {
            "table:content-validations" => Node::Validations,
            "table:table" => Node::Sheet,
            _ => Node::Other,
        },
        Node::Sheet | Node::Group => in_sheet(name),
        Node::Row => match name {
            "table:table-cell" | "table:covered-table-cell" => Node::Cell,
            _ => return None,
        },
        Node::Cell => match name {
            "text:p" => Node::Paragraph,
            "office:annotation" => Node::Remark,
            "table:table" | "table:table-cell" | "table:covered-table-cell" | "table:table-row" => {
                return None;
            }
            name if is_drawn(name) => drawn(name),
            _ => Node::Other,
        },
        Node::Paragraph | Node::Piece => in_paragraph(name),
        Node::Remark => match name {
            "dc:creator" => Node::Author,
            "text:p" => Node::RemarkText,
            _ => Node::Other,
        },
        Node::RemarkText => Node::RemarkText,
        Node::Shapes => drawn(name),
        Node::Drawing | Node::Drawn => Node::Drawn,
        Node::Veils if name == "calcext:conditional-format" => Node::Veil,
        Node::Veil => Node::Rule,
        Node::Other if name == "table:iteration" => Node::Iteration,
        _ => Node::Other,
    })
}

fn in_sheet(name: &str) -> Node {
    match name {
        "table:table-row" => Node::Row,
        "table:table-column" => Node::Column,
        "table:table-row-group"
        | "table:table-header-rows"
        | "table:table-rows"
        | "table:table-column-group"
        | "table:table-header-columns"
        | "table:table-columns" => Node::Group,
        "table:shapes" => Node::Shapes,
        "table:table-source" => Node::Source,
        "calcext:conditional-formats" => Node::Veils,
        _ => Node::Other,
    }
}

fn in_paragraph(name: &str) -> Node {
    match name {
        "text:s" | "text:tab" | "text:line-break" => Node::Blank,
        "office:annotation" => Node::Remark,
        // How signs are pronounced, and what stands at the foot of a page.
        "text:ruby-text" | "text:note" => Node::Other,
        name if is_drawn(name) => drawn(name),
        name if name.starts_with("text:") => Node::Piece,
        _ => Node::Other,
    }
}

/// Whether an element draws something over the cells.
pub(super) fn is_drawn(name: &str) -> bool {
    name.starts_with("draw:") || name.starts_with("dr3d:")
}

fn drawn(name: &str) -> Node {
    if name == "draw:g" { Node::Shapes } else { Node::Drawing }
}

/// Whether an element says nothing of the cells: comments, drawings, forms, what the second reader would
/// stumble on.
pub(super) fn is_aside(name: &str) -> bool {
    const ASIDES: [&str; 9] = [
        "office:annotation",
        "office:forms",
        "table:shapes",
        "table:detective",
        "table:tracked-changes",
        "table:dde-links",
        "text:ruby-text",
        "text:note",
        "table:named-expressions",
    ];
    is_drawn(name) || name.starts_with("calcext:") || ASIDES.contains(&name)
}
