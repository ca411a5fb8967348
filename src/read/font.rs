//! How fonts and fills make a cell look, as far as it decides whether its value is read: struck out, raised,
//! too small, or in the colour of what lies behind it. A colour that cannot be told is never taken for the
//! one behind.

use super::colour::{Colour, are_alike, in_palette, rgb_of, tinted};
use super::limits;
use crate::package::Tag;

/// A font, of a style or of a piece of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Font {
    struck: bool,
    raised: bool,
    tiny: bool,
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
    /// In letters too small to be read.
    pub tiny: bool,
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
    /// The formats that conditions lay over cells.
    overlays: Vec<Overlay>,
}

/// What a format of the list for conditions changes in the look of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Overlay {
    font: Font,
    fill: Option<Fill>,
    /// Its number format.
    format: Option<String>,
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
    /// Formats for conditions; whether in the font of one.
    Overlays {
        in_font: bool,
    },
}

/// Picks up the paint while a part is read.
#[derive(Debug, Default)]
pub(super) struct Painter {
    within: Within,
    paint: Paint,
}

impl Font {
    /// A font that looks so.
    pub(super) fn new(look: Look, colour: Option<Colour>) -> Self {
        Self { struck: look.struck, raised: look.raised, tiny: look.tiny, colour }
    }

    /// An element inside a font opens.
    pub(super) fn open(&mut self, name: &str, start: Tag<'_>) {
        match name {
            "strike" => self.struck = start.says("val") != Some(false),
            "vertAlign" => {
                let says = start.get("val");
                self.raised = matches!(says.as_deref(), Some("superscript" | "subscript"));
            }
            "color" => self.colour = Colour::of(start),
            "sz" => {
                let size = start.get("val").and_then(|size| size.parse::<f64>().ok());
                self.tiny = size.is_some_and(|size| size < limits::SMALLEST_LETTERS);
            }
            _ => {}
        }
    }
}

impl Painter {
    /// An element of the styles or of the theme opens.
    pub(super) fn open(&mut self, name: &str, start: Tag<'_>) {
        match (name, self.within) {
            ("fonts", Within::Elsewhere) => self.within = Within::Fonts,
            ("fills", Within::Elsewhere) => self.within = Within::Fills,
            ("cellXfs", Within::Elsewhere) => self.within = Within::Styles,
            ("indexedColors", Within::Elsewhere) => self.within = Within::Palette,
            ("clrScheme", Within::Elsewhere) => self.within = Within::Theme,
            ("dxfs", Within::Elsewhere) => self.within = Within::Overlays { in_font: false },
            (name, Within::Overlays { in_font }) => self.open_overlay(name, in_font, start),
            ("font", Within::Fonts) => self.paint.fonts.push(Font::default()),
            (name, Within::Fonts) => {
                self.paint.fonts.last_mut().into_iter().for_each(|font| font.open(name, start));
            }
            (name, Within::Fills) => self.open_fill(name, start),
            ("xf", Within::Styles) => {
                let place = |name| start.get(name).and_then(|index| index.parse().ok()).unwrap_or(0);
                self.paint.styles.push((place("fontId"), place("fillId")));
            }
            ("rgbColor", Within::Palette) => {
                let colour = start.get("rgb").and_then(|rgb| rgb_of(&rgb));
                self.paint.palette.push(colour);
            }
            ("sysClr", Within::Theme) => self.theme_colour(start.get("lastClr")),
            ("srgbClr", Within::Theme) => self.theme_colour(start.get("val")),
            _ => {}
        }
    }

    fn theme_colour(&mut self, text: Option<String>) {
        if self.paint.theme.len() < THEME {
            self.paint.theme.push(text.and_then(|rgb| rgb_of(&rgb)));
        }
    }

    fn open_fill(&mut self, name: &str, start: Tag<'_>) {
        if name == "fill" {
            self.paint.fills.push(Fill::None);
            return;
        }
        let Some(fill) = self.paint.fills.last_mut() else { return };
        match name {
            "patternFill" => match start.get("patternType").as_deref() {
                None | Some("none") => {}
                _ => *fill = Fill::Mixed,
            },
            "gradientFill" => *fill = Fill::Mixed,
            _ => {}
        }
        if name == "patternFill" && start.get("patternType").as_deref() == Some("solid") {
            // Until its colour comes.
            *fill = Fill::Solid(Colour::Indexed(usize::MAX));
        }
        if name == "fgColor" && matches!(fill, Fill::Solid(_)) {
            *fill = Colour::of(start).map_or(Fill::Mixed, Fill::Solid);
        }
    }

    /// In a format for conditions a fill is solid unless it says otherwise, and its colour is the one behind.
    fn open_overlay(&mut self, name: &str, in_font: bool, start: Tag<'_>) {
        if name == "dxf" {
            self.paint.overlays.push(Overlay::default());
        }
        let Some(overlay) = self.paint.overlays.last_mut() else { return };
        match name {
            "font" => self.within = Within::Overlays { in_font: true },
            name if in_font => overlay.font.open(name, start),
            "numFmt" => overlay.format = start.get("formatCode"),
            "patternFill" => match start.get("patternType").as_deref() {
                None | Some("solid") => {}
                Some("none") => overlay.fill = Some(Fill::None),
                Some(_) => overlay.fill = Some(Fill::Mixed),
            },
            "bgColor" if overlay.fill.is_none() => {
                overlay.fill = Some(Colour::of(start).map_or(Fill::Mixed, Fill::Solid));
            }
            "gradientFill" => overlay.fill = Some(Fill::Mixed),
            _ => {}
        }
    }

    /// An element closes.
    pub(super) fn close(&mut self, name: &str) {
        match (name, self.within) {
            ("fonts" | "fills" | "cellXfs" | "indexedColors" | "clrScheme", within)
                if !matches!(within, Within::Overlays { .. }) =>
            {
                self.within = Within::Elsewhere;
            }
            ("dxfs", _) => self.within = Within::Elsewhere,
            ("font", Within::Overlays { .. }) => self.within = Within::Overlays { in_font: false },
            _ => {}
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
    /// Adds a style of cells, at the next place; and, at the same place of the list for conditions, the same
    /// as a format laid over a cell.
    ///
    /// `behind` is what it says of what lies behind the text: a colour, none, or nothing at all.
    pub(super) fn add(&mut self, font: Font, behind: Option<Option<Colour>>) {
        let fill = behind.map(|colour| colour.map_or(Fill::None, Fill::Solid));
        self.overlays.push(Overlay { font: font.clone(), fill: fill.clone(), format: None });
        let fill = fill.unwrap_or_default();
        self.styles.push((self.fonts.len(), self.fills.len()));
        self.fonts.push(font);
        self.fills.push(fill);
    }

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
        take(&mut self.overlays, other.overlays);
    }

    /// How a cell of this style looks, or a piece of its text with a font of its own.
    pub(super) fn look(&self, style: u32, own: Option<&Font>) -> Look {
        let (font, fill) = self.style(style);
        let Some(font) = own.or(font) else { return Look::default() };
        Look {
            struck: font.struck,
            raised: font.raised,
            unseen: font.colour.as_ref().is_some_and(|colour| self.is_behind(colour, fill)),
            tiny: font.tiny,
        }
    }

    fn style(&self, style: u32) -> (Option<&Font>, &Fill) {
        let style = usize::try_from(style).ok().and_then(|style| self.styles.get(style));
        let (font, fill) = style.copied().unwrap_or_default();
        (self.fonts.get(font), self.fills.get(fill).unwrap_or(&Fill::None))
    }

    /// How the format for conditions at this place of their list makes a cell of this style look, and the
    /// number format that it brings.
    pub(super) fn overlaid(&self, style: u32, place: usize) -> (Look, Option<&str>) {
        let Some(overlay) = self.overlays.get(place) else { return (Look::default(), None) };
        let (font, fill) = self.style(style);
        let colour = overlay.font.colour.as_ref().or_else(|| font?.colour.as_ref());
        let fill = overlay.fill.as_ref().unwrap_or(fill);
        let unseen = colour.is_some_and(|colour| self.is_behind(colour, fill));
        (Look { struck: overlay.font.struck, unseen, ..Look::default() }, overlay.format.as_deref())
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
            Colour::Theme(index, tint) => {
                // The file counts the light one before the dark one.
                let place = match index {
                    0 => 1,
                    1 => 0,
                    2 => 3,
                    3 => 2,
                    other => *other,
                };
                let plain = match (self.theme.get(place), index) {
                    (Some(own), _) => *own,
                    (None, 0) => Some([0xff; 3]),
                    (None, 1) => Some([0; 3]),
                    (None, _) => None,
                };
                plain.map(|colour| tinted(colour, *tint))
            }
        }
    }
}
