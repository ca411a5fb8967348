//! How workbooks look: every colour, width and number format, named by what it means.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::model::{Unit, VoceType};

/// The accent: the public administration's blue.
pub(super) const ACCENT: Color = Color::RGB(0x00_66CC);
/// The accent, darker: titles and bands.
pub(super) const ACCENT_DARK: Color = Color::RGB(TITLE_COLOUR);
/// The accent, pale: headers, what is computed.
pub(super) const ACCENT_PALE: Color = Color::RGB(0xE6_F0FA);
/// To be filled in; this colour means nothing else.
pub(super) const INPUT: Color = Color::RGB(0xFF_F8DC);
/// Locked values, and cells that do not count.
pub(super) const LOCKED: Color = Color::RGB(0xED_F0F3);
/// The band of an indicator in an office's sheet.
const BAND: Color = Color::RGB(0xF0_F4F8);
/// Plain text.
pub(super) const TEXT: Color = Color::RGB(0x1A_1A1A);
/// Thin rules.
pub(super) const RULE: Color = Color::RGB(0xB8_C2CC);
/// Secondary text (contrast 5.6:1 on white).
pub(super) const MUTED: Color = Color::RGB(0x55_6270);

/// A count.
const COUNT: &str = "#,##0";
/// A number with decimals.
const DECIMAL: &str = "#,##0.00";
/// A fraction shown as a percentage.
const PERCENT: &str = "0.0%";
/// A percentage that decides.
const PERCENT_RESULT: &str = "0.00%";
/// A calendar date.
const DATE: &str = "dd/mm/yyyy";

/// Font of every cell.
const FONT: &str = "Calibri";
/// Height of a line of plain text, in pixels.
pub(super) const LINE: u32 = 20;

/// Plain text.
pub(super) fn text() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

/// Plain text on more than one line.
pub(super) fn wrapped() -> Format {
    text().set_text_wrap().set_align(FormatAlign::Left)
}

/// Secondary text: help, sources, context.
pub(super) fn muted() -> Format {
    wrapped().set_font_color(MUTED)
}

/// Letters of a title, in points, those of a heading, and the colour of both: by them the cells are known
/// that are one.
pub(super) const TITLE_SIZE: u32 = 18;
/// See [`TITLE_SIZE`].
pub(super) const HEADING_SIZE: u32 = 14;
/// See [`TITLE_SIZE`].
pub(super) const TITLE_COLOUR: u32 = 0x00_4D99;

/// The title of the first sheet.
pub(super) fn cover_title() -> Format {
    text().set_font_size(TITLE_SIZE).set_bold().set_font_color(ACCENT_DARK)
}

/// A title or the heading of a part.
pub(super) fn heading() -> Format {
    text().set_font_size(HEADING_SIZE).set_bold().set_font_color(ACCENT_DARK)
}

/// The header of a table.
pub(super) fn header() -> Format {
    text()
        .set_bold()
        .set_text_wrap()
        .set_font_color(ACCENT_DARK)
        .set_background_color(ACCENT_PALE)
        .set_border(FormatBorder::Thin)
        .set_border_color(RULE)
        .set_align(FormatAlign::Center)
}

/// A header over texts.
pub(super) fn header_left() -> Format {
    header().set_align(FormatAlign::Left).set_indent(1)
}

/// A cell of a table that is only read.
pub(super) fn cell() -> Format {
    wrapped().set_indent(1).set_border(FormatBorder::Thin).set_border_color(RULE)
}

/// Help beside an entry, in the table.
pub(super) fn cell_muted() -> Format {
    cell().set_font_color(MUTED)
}

/// A unit of measure.
pub(super) fn unit() -> Format {
    cell_muted().set_indent(0).set_align(FormatAlign::Center)
}

/// A cell to be filled in.
pub(super) fn input(kind: VoceType) -> Format {
    by_kind(cell(), kind).set_background_color(INPUT).set_unlocked()
}

/// Below the table of a register, where an office may go on.
pub(super) fn room_for_more(kind: VoceType) -> Format {
    by_kind(wrapped().set_indent(1), kind).set_unlocked()
}

/// A value given by the plan.
pub(super) fn locked(kind: VoceType) -> Format {
    by_kind(cell(), kind).set_background_color(LOCKED)
}

/// The band of an indicator in an office's sheet.
pub(super) fn slim_band() -> Format {
    wrapped()
        .set_bold()
        .set_font_color(ACCENT_DARK)
        .set_background_color(BAND)
        .set_border_top(FormatBorder::Medium)
        .set_border_top_color(ACCENT)
}

/// A cell of an office's sheet that is only read, two lines high.
pub(super) fn slim() -> Format {
    cell().set_font_size(10)
}

/// A year to date.
pub(super) fn total(format: &str) -> Format {
    fitting(slim().set_num_format(format).set_indent(0).set_align(FormatAlign::Right))
}

/// A number that is drawn smaller rather than hidden, where its column is narrow.
pub(super) fn fitting(format: Format) -> Format {
    format.unset_text_wrap().set_shrink()
}

/// A verdict.
pub(super) fn verdict() -> Format {
    cell().set_font_size(9)
}

/// The sentence that sums up a sheet.
pub(super) fn sentence() -> Format {
    text().set_bold().set_font_size(12).set_font_color(ACCENT_DARK)
}

/// A cell to be filled in, white: what lights it up is the chosen month.
pub(super) fn plain_input(kind: VoceType) -> Format {
    by_kind(cell().set_font_size(10), kind).set_unlocked()
}

/// What is to be filled in now.
pub(super) fn bright() -> Format {
    Format::new().set_background_color(INPUT).set_border(FormatBorder::Thin).set_border_color(ACCENT)
}

/// What is missing, or in doubt.
pub(super) fn doubtful() -> Format {
    Format::new().set_background_color(Color::RGB(0xFD_F0DB))
}

/// What is to be put right.
pub(super) fn wrong() -> Format {
    Format::new().set_background_color(Color::RGB(0xFB_E4E8))
}

/// A figure that does not hold.
pub(super) fn void() -> Format {
    Format::new().set_font_color(MUTED).set_font_strikethrough()
}

/// What comes later, and what does not count.
pub(super) fn quiet() -> Format {
    Format::new().set_background_color(LOCKED)
}

/// The heading of the chosen month.
pub(super) fn due_header() -> Format {
    Format::new().set_background_color(ACCENT_DARK).set_font_color(Color::White).set_bold()
}

/// The colour of each symbol.
pub(super) fn verdict_lights() -> [(&'static str, Format); 4] {
    let of = |color| Format::new().set_font_color(color);
    [
        ("●", of(Color::RGB(0x00_8055))),
        ("▲", of(Color::RGB(0xA6_6300))),
        ("■", of(Color::RGB(0xCC_334D))),
        ("○", of(MUTED)),
    ]
}

/// The number format of a distance from a target: `dal target -26,7%`.
pub(super) fn distance(format: &str) -> String {
    let format = if format == DATE { COUNT } else { format };
    let unit = match format {
        COUNT => "0",
        // One decimal, in a narrow column.
        share if share.ends_with('%') => "0.0%",
        other => other,
    };
    format!("\"dal target \"+{unit};\"dal target \"-{unit};\"sul target\"")
}

/// A link in a table.
pub(super) fn cell_link() -> Format {
    cell().set_font_color(ACCENT).set_underline(FormatUnderline::Single)
}

/// A link in an office's sheet.
pub(super) fn slim_link() -> Format {
    cell_link().set_font_size(10)
}

/// A link.
pub(super) fn link() -> Format {
    text().set_font_color(ACCENT).set_underline(FormatUnderline::Single)
}

fn by_kind(format: Format, kind: VoceType) -> Format {
    match kind {
        VoceType::Testo => format.set_num_format("@"),
        VoceType::SiNo => format.set_indent(0).set_align(FormatAlign::Center),
        number => format.set_num_format(number_format(number)).set_indent(0).set_align(FormatAlign::Right),
    }
}

/// The number format of an entry.
pub(super) fn number_format(kind: VoceType) -> &'static str {
    match kind {
        VoceType::Conteggio => COUNT,
        VoceType::Ore | VoceType::Giorni | VoceType::GiorniLavorativi => DECIMAL,
        VoceType::Importo | VoceType::Minuti => DECIMAL,
        VoceType::Percentuale => PERCENT,
        VoceType::Data => DATE,
        // A number is shown with the decimals that it has: a format that rounds would hide them.
        VoceType::Numero | VoceType::SiNo | VoceType::Testo => "General",
    }
}

/// The number format of a result: a percentage only when the target speaks in percent.
pub(super) fn result_format(unit: Unit, percent: bool, whole: bool) -> &'static str {
    match unit {
        Unit::Data => DATE,
        _ if percent => PERCENT_RESULT,
        _ if whole && unit != Unit::Euro => COUNT,
        _ => DECIMAL,
    }
}

/// So many letters of a text, to the end of a word.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole))
}

/// How many lines `text` takes in a cell `width` pixels wide; words are not broken.
pub(super) fn lines(text: &str, width: u32, bold: bool) -> u32 {
    let room = (room_of(width) * 10 / if bold { 68 } else { 64 }).max(4);
    text.split('\n').map(|paragraph| paragraph_lines(paragraph, room)).sum::<u32>().max(1)
}

/// Pixels for the text: margins and the indent of texts taken away.
fn room_of(width: u32) -> u32 {
    width.saturating_sub(16)
}

fn paragraph_lines(paragraph: &str, room: u32) -> u32 {
    let (mut count, mut used) = (1, 0);
    for word in paragraph.split_whitespace() {
        let length = u32::try_from(word.chars().count()).unwrap_or(room);
        if used > 0 && used + 1 + length > room {
            count += 1;
            used = 0;
        }
        used += if used > 0 { length + 1 } else { length };
        while used > room {
            count += 1;
            used -= room;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn long_texts_take_more_lines() {
        assert_eq!(lines("", 100, false), 1);
        assert_eq!(lines("breve", 100, false), 1);
        // 144 pixels leave room for 20 characters: "uno due tre quattro" is 19, the next word goes down.
        assert_eq!(lines("uno due tre quattro cinque", 144, false), 2);
        assert_eq!(lines("uno\ndue", 144, false), 2);
        assert_eq!(lines(&"x".repeat(41), 144, false), 3);
    }
}
