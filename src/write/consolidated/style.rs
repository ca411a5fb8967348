//! How the consolidated workbook looks: one format for each meaning, made once.

use std::collections::BTreeMap;
use std::rc::Rc;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::book::height;
use crate::book::{Cell, Content, Format as NumberFormat, RowKind};
use crate::model::{Light, Severity};
use crate::write::style::{ACCENT, ACCENT_DARK, ACCENT_PALE, HEADING_SIZE, INPUT, MUTED, RULE, TITLE_SIZE};

const GREEN: Color = Color::RGB(0x00_8055);
const AMBER: Color = Color::RGB(0xA6_6300);
const RED: Color = Color::RGB(0xCC_334D);
const GREY: Color = Color::RGB(0x5C_6F82);

/// The colour of a light.
pub(super) fn colour(light: Light) -> Color {
    match light {
        Light::Verde => GREEN,
        Light::Giallo => AMBER,
        Light::Rosso => RED,
        Light::Grigio => GREY,
    }
}

/// The light that goes with a severity.
pub(super) fn light_of(severity: Severity) -> Light {
    match severity {
        Severity::Bloccante | Severity::Errore => Light::Rosso,
        Severity::DaMotivare => Light::Giallo,
        Severity::Nota => Light::Grigio,
    }
}

/// What tells one format from another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    row: u8,
    content: u8,
    pattern: &'static str,
    strong: bool,
    right: bool,
    tall: bool,
    letters: u16,
    quoted: bool,
    short: bool,
    input: bool,
}

/// The formats made so far.
#[derive(Default)]
pub(super) struct Styles(BTreeMap<Look, Rc<Format>>);

impl Styles {
    /// The format of `cell` in a row of this kind, in a column of this width; `tall` when the row has more
    /// than one line, in `letters` of so many points.
    pub(super) fn of(
        &mut self,
        row: RowKind,
        cell: &Cell,
        (tall, letters): (bool, u16),
        width: u16,
    ) -> Rc<Format> {
        let look = Look {
            row: row_code(row),
            content: content_code(cell.content.shown()),
            pattern: pattern_of(&cell.content),
            strong: cell.strong,
            right: cell.right,
            tall,
            letters: if matches!(row, RowKind::Header | RowKind::Body) { letters } else { height::FULL },
            quoted: begins_like_a_formula(&cell.content),
            short: overflows(cell.content.shown(), width),
            input: cell.input.is_some(),
        };
        Rc::clone(self.0.entry(look).or_insert_with(|| Rc::new(make(row, cell, &look))))
    }
}

fn make(row: RowKind, cell: &Cell, look: &Look) -> Format {
    let mut format = content(base(row), cell.content.shown());
    if look.pattern != GENERAL {
        format = format.set_num_format(look.pattern);
    }
    if cell.right {
        format = format.set_align(FormatAlign::Right);
    }
    if matches!(row, RowKind::Header | RowKind::Body | RowKind::Total) {
        format = format.set_indent(1);
        if !look.tall {
            format = format.set_align(FormatAlign::VerticalCenter);
        }
    }
    if look.letters < height::FULL {
        format = format.set_font_size(look.letters);
    }
    if look.short {
        format = format.set_num_format("0.00E+00");
    }
    if cell.strong {
        format = format.set_bold();
    }
    if look.input {
        format = format.set_background_color(INPUT).set_border(FormatBorder::Thin).set_border_color(RULE);
    }
    if look.quoted { format.set_quote_prefix() } else { format }
}

fn base(row: RowKind) -> Format {
    let plain = Format::new().set_font_name("Calibri").set_font_size(11).set_align(FormatAlign::Top);
    let ruled = |format: Format| format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE);
    match row {
        RowKind::Title => plain.set_font_size(TITLE_SIZE).set_bold().set_font_color(ACCENT_DARK),
        RowKind::Subtitle | RowKind::Space => plain.set_font_color(MUTED).set_text_wrap(),
        // Red is alarm: there is none in what is final.
        RowKind::Banner => banner(plain, RED),
        RowKind::Seal => banner(plain, ACCENT),
        RowKind::Heading => plain
            .set_font_size(HEADING_SIZE)
            .set_bold()
            .set_font_color(ACCENT_DARK)
            .set_align(FormatAlign::Bottom)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(ACCENT),
        RowKind::Header => plain
            .set_bold()
            .set_font_color(ACCENT_DARK)
            .set_background_color(ACCENT_PALE)
            .set_text_wrap()
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(ACCENT),
        RowKind::Body => ruled(plain.set_text_wrap()),
        RowKind::Total => plain
            .set_bold()
            .set_text_wrap()
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(ACCENT_DARK)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(ACCENT_DARK),
        RowKind::Prose => plain.set_text_wrap().set_align(FormatAlign::VerticalCenter),
    }
}

/// A large word between two rules, all in one colour.
fn banner(plain: Format, colour: Color) -> Format {
    plain
        .set_font_size(18)
        .set_bold()
        .set_font_color(colour)
        .set_align(FormatAlign::VerticalCenter)
        .set_border_top(FormatBorder::Medium)
        .set_border_top_color(colour)
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color(colour)
}

fn content(format: Format, content: &Content) -> Format {
    match content {
        Content::Blank | Content::Text(_) | Content::Code(_) | Content::Live(_) => {
            format.set_align(FormatAlign::Left)
        }
        Content::Number(..) | Content::Date(_) => format.set_align(FormatAlign::Right),
        Content::Status(light, _) => {
            format.set_align(FormatAlign::Left).set_bold().set_font_color(colour(*light))
        }
        Content::Severity(severity) => {
            format.set_align(FormatAlign::Left).set_bold().set_font_color(colour(light_of(*severity)))
        }
        Content::Link(_, _) => {
            format.set_align(FormatAlign::Left).set_font_color(ACCENT).set_underline(FormatUnderline::Single)
        }
    }
}

/// As spreadsheets show what has no format.
const GENERAL: &str = "General";

/// The same, said aloud. Of a formula's number without a format a spreadsheet may take the format of
/// the cells that it comes from, and saved again it would show it otherwise.
const GENERAL_ALOUD: &str = "[=0]0;General";

/// How a spreadsheet shows what a cell holds.
fn pattern_of(content: &Content) -> &'static str {
    match (content.shown(), content) {
        (Content::Number(_, NumberFormat::General), Content::Live(_)) => GENERAL_ALOUD,
        (Content::Number(number, format), _) => pattern(*format, number.is_integer()),
        (Content::Date(_), _) => "d/m/yyyy",
        _ => GENERAL,
    }
}

/// How a spreadsheet shows a number.
pub(super) fn pattern(format: NumberFormat, whole: bool) -> &'static str {
    match (format, whole) {
        (NumberFormat::Integer, _) => "#,##0",
        (NumberFormat::Decimal, _) => "#,##0.00",
        (NumberFormat::Percent, _) => "0.00%",
        (NumberFormat::Points, _) => "0.00\" punti \"%",
        (NumberFormat::Days, true) => "#,##0\" gg.\"",
        (NumberFormat::Days, false) => "#,##0.00\" gg.\"",
        (NumberFormat::Hours, true) => "#,##0\" ore\"",
        (NumberFormat::Hours, false) => "#,##0.00\" ore\"",
        (NumberFormat::Euro, _) => "#,##0.00\" €\"",
        (NumberFormat::Minutes, true) => "#,##0\" min.\"",
        (NumberFormat::Minutes, false) => "#,##0.00\" min.\"",
        (NumberFormat::Plain, _) => "0",
        (NumberFormat::General, _) => GENERAL,
    }
}

fn row_code(row: RowKind) -> u8 {
    match row {
        RowKind::Title => 0,
        RowKind::Subtitle => 1,
        RowKind::Banner => 2,
        RowKind::Heading => 3,
        RowKind::Header => 4,
        RowKind::Body => 5,
        RowKind::Total => 6,
        RowKind::Prose => 7,
        RowKind::Space => 8,
        RowKind::Seal => 9,
    }
}

fn content_code(content: &Content) -> u8 {
    let light = |light: Light| match light {
        Light::Grigio => 0,
        Light::Verde => 1,
        Light::Giallo => 2,
        Light::Rosso => 3,
    };
    match content {
        Content::Blank | Content::Live(_) => 0,
        Content::Text(_) => 1,
        Content::Code(_) => 2,
        Content::Date(_) => 3,
        Content::Link(_, _) => 4,
        Content::Status(shown, _) => 10 + light(*shown),
        Content::Severity(severity) => 20 + light(light_of(*severity)),
        // Which number format it has is told apart by the pattern.
        Content::Number(..) => 30,
    }
}

/// Whether a number is too long for its column, where Excel would write `####`.
fn overflows(content: &Content, width: u16) -> bool {
    let Content::Number(number, format) = content else { return false };
    let (decimals, unit) = match format {
        NumberFormat::Integer | NumberFormat::Plain | NumberFormat::General => (0, 0),
        NumberFormat::Decimal => (2, 0),
        // Two digits more, and the sign.
        NumberFormat::Percent => (2, 3),
        NumberFormat::Days | NumberFormat::Hours => (2, 4),
        NumberFormat::Euro => (2, 2),
        NumberFormat::Minutes => (2, 5),
        NumberFormat::Points => (2, 8),
    };
    let cents = matches!(format, NumberFormat::Decimal | NumberFormat::Euro);
    let decimals = if number.is_integer() && !cents { 0 } else { decimals };
    let shown = number.to_italian_fixed(decimals);
    let tenths: usize = shown.chars().map(|letter| if letter.is_ascii_digit() { 10 } else { 5 }).sum();
    // The indent and a little air.
    tenths + unit * 10 + 15 > usize::from(width) * 10
}

/// Text that Excel would take for a formula as soon as somebody edits it.
fn begins_like_a_formula(content: &Content) -> bool {
    match content {
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) => {
            text.starts_with(['=', '+', '-', '@', '\t', '\r'])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::overflows;
    use crate::book::{Content, Format};
    use crate::model::Number;

    #[test]
    fn a_number_too_long_for_its_column_is_shown_in_short() {
        let shown =
            |text: &str, format| overflows(&Content::Number(Number::parse(text).unwrap(), format), 12);
        assert!(!shown("1234567.8", Format::Decimal), "1.234.567,80 just fits");
        assert!(!shown("12345", Format::Integer));
        assert!(shown("1e15", Format::Integer));
        assert!(shown("1e15", Format::Days));
        assert!(!shown("0.4682", Format::Percent));
    }
}
