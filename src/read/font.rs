//! How fonts and fills make a cell look, as far as it decides whether its value is read: struck out, raised, or
//! in the colour of what lies behind it. A colour that cannot be told is never taken for the one behind.

use quick_xml::events::BytesStart;

use super::gather::{is_true, value};
use super::limits;

/// A colour, as the file says it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Colour {
    /// Red, green and blue.
    Rgb([u8; 3]),
    /// A place in the palette.
    Indexed(usize),
    /// A place in the theme, and how much lighter or darker, as written.
    Theme(usize, String),
}

/// A font, of a style or of a piece of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Font {
    struck: bool,
    raised: bool,
    colour: Option<Colour>,
}

/// What lies behind the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Fill {
    /// Nothing: the white of the sheet.
    #[default]
    None,
    /// One colour.
    Solid(Colour),
    /// A pattern or a shade.
    Mixed,
}

/// How something looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Struck out.
    pub struck: bool,
    /// Raised or lowered: superscript, subscript.
    pub raised: bool,
    /// In the colour of what lies behind it.
    pub unseen: bool,
}

/// The fonts, fills and colours of a workbook, and what each style of cell takes of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    fonts: Vec<Font>,
    fills: Vec<Fill>,
    /// The font and the fill of each style.
    styles: Vec<(usize, usize)>,
    /// The palette, when the file has one of its own.
    palette: Vec<Option<[u8; 3]>>,
    /// The theme's colours in the order of its part.
    theme: Vec<Option<[u8; 3]>>,
}

/// The part in which an element stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Elsewhere,
    Fonts,
    Fills,
    Styles,
    Palette,
    Theme,
}

/// Picks up the paint while a part is read.
#[derive(Debug, Default)]
pub(super) struct Painter {
    within: Within,
    paint: Paint,
}

impl Font {
    /// An element inside a font opens.
    pub(super) fn open(&mut self, name: &str, start: &BytesStart<'_>) {
        match name {
            "strike" => self.struck = value(start, "val").is_none_or(|says| is_true(Some(says))),
            "vertAlign" => {
                let says = value(start, "val");
                self.raised = matches!(says.as_deref(), Some("superscript" | "subscript"));
            }
            "color" => self.colour = Colour::of(start),
            _ => {}
        }
    }
}

impl Colour {
    fn of(start: &BytesStart<'_>) -> Option<Self> {
        let place = |name| value(start, name).and_then(|index| index.parse().ok());
        if let Some(rgb) = value(start, "rgb") {
            return rgb_of(&rgb).map(Colour::Rgb);
        }
        if let Some(index) = place("indexed") {
            return Some(Colour::Indexed(index));
        }
        Some(Colour::Theme(place("theme")?, value(start, "tint").unwrap_or_default()))
    }
}

/// `FFRRGGBB` or `RRGGBB`; how transparent it is does not matter.
fn rgb_of(text: &str) -> Option<[u8; 3]> {
    if !text.is_ascii() || !matches!(text.len(), 6 | 8) {
        return None;
    }
    let part = |from: usize| u8::from_str_radix(text.get(from..from + 2)?, 16).ok();
    let from = text.len() - 6;
    Some([part(from)?, part(from + 2)?, part(from + 4)?])
}

impl Painter {
    /// An element of the styles or of the theme opens.
    pub(super) fn open(&mut self, name: &str, start: &BytesStart<'_>) {
        match (name, self.within) {
            ("fonts", Within::Elsewhere) => self.within = Within::Fonts,
            ("fills", Within::Elsewhere) => self.within = Within::Fills,
            ("cellXfs", Within::Elsewhere) => self.within = Within::Styles,
            ("indexedColors", Within::Elsewhere) => self.within = Within::Palette,
            ("clrScheme", Within::Elsewhere) => self.within = Within::Theme,
            ("font", Within::Fonts) => self.paint.fonts.push(Font::default()),
            (name, Within::Fonts) => {
                self.paint.fonts.last_mut().into_iter().for_each(|font| font.open(name, start));
            }
            (name, Within::Fills) => self.open_fill(name, start),
            ("xf", Within::Styles) => {
                let place = |name| value(start, name).and_then(|index| index.parse().ok()).unwrap_or(0);
                self.paint.styles.push((place("fontId"), place("fillId")));
            }
            ("rgbColor", Within::Palette) => {
                let colour = value(start, "rgb").and_then(|rgb| rgb_of(&rgb));
                self.paint.palette.push(colour);
            }
            ("sysClr", Within::Theme) => self.theme_colour(value(start, "lastClr")),
            ("srgbClr", Within::Theme) => self.theme_colour(value(start, "val")),
            _ => {}
        }
    }

    fn theme_colour(&mut self, text: Option<String>) {
        if self.paint.theme.len() < THEME {
            self.paint.theme.push(text.and_then(|rgb| rgb_of(&rgb)));
        }
    }

    fn open_fill(&mut self, name: &str, start: &BytesStart<'_>) {
        if name == "fill" {
            self.paint.fills.push(Fill::None);
            return;
        }
        let Some(fill) = self.paint.fills.last_mut() else { return };
        match name {
            "patternFill" => match value(start, "patternType").as_deref() {
                None | Some("none") => {}
                _ => *fill = Fill::Mixed,
            },
            "gradientFill" => *fill = Fill::Mixed,
            _ => {}
        }
        if name == "patternFill" && value(start, "patternType").as_deref() == Some("solid") {
            // Until its colour comes.
            *fill = Fill::Solid(Colour::Indexed(usize::MAX));
        }
        if name == "fgColor" && matches!(fill, Fill::Solid(_)) {
            *fill = Colour::of(start).map_or(Fill::Mixed, Fill::Solid);
        }
    }

    /// An element closes.
    pub(super) fn close(&mut self, name: &str) {
        if matches!(name, "fonts" | "fills" | "cellXfs" | "indexedColors" | "clrScheme") {
            self.within = Within::Elsewhere;
        }
    }

    /// What was picked up from the part.
    pub(super) fn finish(self) -> Paint {
        self.paint
    }
}

/// Colours of a theme: two dark, two light, six accents, two of links.
const THEME: usize = 12;

impl Paint {
    /// Takes what another part says and this one does not.
    pub(super) fn complete(&mut self, other: Paint) {
        fn take<T>(own: &mut Vec<T>, other: Vec<T>) {
            if own.is_empty() {
                *own = other;
            }
        }
        take(&mut self.fonts, other.fonts);
        take(&mut self.fills, other.fills);
        take(&mut self.styles, other.styles);
        take(&mut self.palette, other.palette);
        take(&mut self.theme, other.theme);
    }

    /// How a cell of this style looks, or a piece of its text with a font of its own.
    pub(super) fn look(&self, style: u32, own: Option<&Font>) -> Look {
        let style = usize::try_from(style).ok().and_then(|style| self.styles.get(style));
        let (font, fill) = style.copied().unwrap_or_default();
        let Some(font) = own.or_else(|| self.fonts.get(font)) else { return Look::default() };
        let behind = self.fills.get(fill).unwrap_or(&Fill::None);
        Look {
            struck: font.struck,
            raised: font.raised,
            unseen: font.colour.as_ref().is_some_and(|colour| self.is_behind(colour, behind)),
        }
    }

    /// Whether the eye cannot tell a colour from what lies behind it.
    fn is_behind(&self, colour: &Colour, fill: &Fill) -> bool {
        let behind = match fill {
            Fill::Mixed => return false,
            Fill::Solid(behind) if behind == colour => return true,
            Fill::Solid(behind) => self.rgb(behind),
            Fill::None => Some([0xff; 3]),
        };
        behind.zip(self.rgb(colour)).is_some_and(|(behind, colour)| are_alike(behind, colour))
    }

    fn rgb(&self, colour: &Colour) -> Option<[u8; 3]> {
        match colour {
            Colour::Rgb(rgb) => Some(*rgb),
            Colour::Indexed(index) => match self.palette.get(*index) {
                Some(own) => *own,
                None => in_palette(*index),
            },
            Colour::Theme(index, tint) if is_no_tint(tint) => {
                // The file counts the light one before the dark one.
                let place = match index {
                    0 => 1,
                    1 => 0,
                    2 => 3,
                    3 => 2,
                    other => *other,
                };
                match (self.theme.get(place), index) {
                    (Some(own), _) => *own,
                    (None, 0) => Some([0xff; 3]),
                    (None, 1) => Some([0; 3]),
                    (None, _) => None,
                }
            }
            Colour::Theme(..) => None,
        }
    }
}

/// Whether two colours are one for the eye: of nearly the same hue, and with a contrast below 1,15 (of text to
/// be read at least 4,5 is asked; luminance as in WCAG 2, with squares for its powers).
fn are_alike(one: [u8; 3], other: [u8; 3]) -> bool {
    const WHITE: u64 = 10_000 * 255 * 255;
    let near = one.iter().zip(&other).all(|(one, other)| one.abs_diff(*other) <= limits::SAME_COLOUR);
    let light = |[red, green, blue]: [u8; 3]| {
        let square = |part: u8| u64::from(part) * u64::from(part);
        2_126 * square(red) + 7_152 * square(green) + 722 * square(blue) + WHITE / 20
    };
    let (low, high) = (light(one).min(light(other)), light(one).max(light(other)));
    near && high * 100 < low * 115
}

fn is_no_tint(text: &str) -> bool {
    text.is_empty() || text.parse::<f64>().is_ok_and(|tint| tint == 0.0)
}

/// The palette that every program knows: eight colours, said twice, then the others.
fn in_palette(index: usize) -> Option<[u8; 3]> {
    const COLOURS: [u32; 56] = [
        0x00_0000, 0xff_ffff, 0xff_0000, 0x00_ff00, 0x00_00ff, 0xff_ff00, 0xff_00ff, 0x00_ffff, 0x80_0000,
        0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xc0_c0c0, 0x80_8080, 0x99_99ff, 0x99_3366,
        0xff_ffcc, 0xcc_ffff, 0x66_0066, 0xff_8080, 0x00_66cc, 0xcc_ccff, 0x00_0080, 0xff_00ff, 0xff_ff00,
        0x00_ffff, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00ff, 0x00_ccff, 0xcc_ffff, 0xcc_ffcc, 0xff_ff99,
        0x99_ccff, 0xff_99cc, 0xcc_99ff, 0xff_cc99, 0x33_66ff, 0x33_cccc, 0x99_cc00, 0xff_cc00, 0xff_9900,
        0xff_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366,
        0x33_3399, 0x33_3333,
    ];
    let colour = match index {
        0..8 => COLOURS.get(index),
        8..64 => COLOURS.get(index - 8),
        // Of the window: the one of what is written, the one of what lies behind.
        64 => Some(&0),
        65 => Some(&0xff_ffff),
        _ => None,
    };
    let [_, red, green, blue] = colour?.to_be_bytes();
    Some([red, green, blue])
}

#[cfg(test)]
mod tests {
    use super::{are_alike, in_palette, rgb_of};

    #[test]
    fn colours_are_alike_when_the_eye_takes_them_for_one() {
        let alike = |one, other| are_alike(rgb_of(one).unwrap(), rgb_of(other).unwrap());
        // White on the pale yellow of the cells to fill in; nearly white; nearly black.
        for (one, other) in [("FFFFFF", "FFF8DC"), ("FFFFFF", "F8F8F8"), ("000000", "000022")] {
            assert!(alike(one, other) && alike(other, one), "{one} {other}");
        }
        // A light grey is still read; red and green of the same light are not one.
        for (one, other) in [("FFFFFF", "D9D9D9"), ("FF0000", "008000"), ("000000", "004D99")] {
            assert!(!alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn colours_are_told() {
        assert_eq!(rgb_of("FFFFFFFF"), Some([255; 3]));
        assert_eq!(rgb_of("00ff80"), Some([0, 255, 128]));
        for wrong in ["", "FFF", "GG0000", "è12345", "FF00000"] {
            assert_eq!(rgb_of(wrong), None, "{wrong}");
        }
        assert_eq!((in_palette(1), in_palette(9)), (Some([255; 3]), Some([255; 3])));
        assert_eq!((in_palette(65), in_palette(63), in_palette(66)), (Some([255; 3]), Some([0x33; 3]), None));
    }
}
