//! Colours, as a file says them and as the eye tells them apart.

use super::limits;
use crate::model::Number;
use crate::package::Tag;

/// A colour, as the file says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Colour {
    /// Red, green and blue.
    Rgb([u8; 3]),
    /// A place in the palette.
    Indexed(usize),
    /// A place in the theme, and how much lighter or darker, in ten thousandths.
    Theme(usize, i64),
}

impl Colour {
    pub(super) fn of(start: Tag<'_>) -> Option<Self> {
        let place = |name| start.get(name).and_then(|index| index.parse().ok());
        if let Some(rgb) = start.get("rgb") {
            return rgb_of(&rgb).map(Colour::Rgb);
        }
        if let Some(index) = place("indexed") {
            return Some(Colour::Indexed(index));
        }
        Some(Colour::Theme(place("theme")?, start.get("tint").map_or(0, |tint| ten_thousandths(&tint))))
    }
}

/// `FFRRGGBB` or `RRGGBB`; how transparent it is does not matter.
pub(super) fn rgb_of(text: &str) -> Option<[u8; 3]> {
    if !text.is_ascii() || !matches!(text.len(), 6 | 8) {
        return None;
    }
    let part = |from: usize| u8::from_str_radix(text.get(from..from + 2)?, 16).ok();
    let from = text.len() - 6;
    Some([part(from)?, part(from + 2)?, part(from + 4)?])
}

/// A tint as written, `-0.249977111117893`: how far to black (below zero) or to white (above), from -1 to 1.
fn ten_thousandths(text: &str) -> i64 {
    let tint = text.parse().ok().and_then(Number::from_f64).map(|tint| tint * &Number::from(TINT));
    tint.and_then(|tint| tint.rounded(0).to_i64()).unwrap_or(0).clamp(-TINT, TINT)
}

/// The whole of a tint.
const TINT: i64 = 10_000;

/// A colour of the theme made lighter or darker: its hue and its saturation stay, its lightness goes so far
/// towards white or black (ECMA-376, 18.8.19).
pub(super) fn tinted(colour: [u8; 3], tint: i64) -> [u8; 3] {
    let parts = colour.map(i64::from);
    let (low, high) = parts.iter().fold((255, 0), |(low, high), part| (low.min(*part), high.max(*part)));
    // Twice the lightness, and how far apart the parts may be at it.
    let twice = low + high;
    let lit = if tint < 0 { twice * (TINT + tint) } else { twice * (TINT - tint) + 510 * tint };
    let (room, new_room) = (255 - (twice - 255).abs(), 255 * TINT - (lit - 255 * TINT).abs());
    let spread = |apart: i64| if room == 0 { 0 } else { apart * new_room / room };
    let base = (lit - spread(high - low)) / 2;
    parts.map(|part| {
        let new = (base + spread(part - low) + TINT / 2) / TINT;
        u8::try_from(new.clamp(0, 255)).unwrap_or(u8::MAX)
    })
}

/// Whether two colours are one for the eye: of nearly the same hue, and with a contrast below 1,15 (of text
/// to be read at least 4,5 is asked; luminance as in WCAG 2, with squares for its powers).
pub(super) fn are_alike(one: [u8; 3], other: [u8; 3]) -> bool {
    const WHITE: u64 = 10_000 * 255 * 255;
    let near = one.iter().zip(&other).all(|(one, other)| one.abs_diff(*other) <= limits::SAME_COLOUR);
    let light = |[red, green, blue]: [u8; 3]| {
        let square = |part: u8| u64::from(part) * u64::from(part);
        2_126 * square(red) + 7_152 * square(green) + 722 * square(blue) + WHITE / 20
    };
    let (low, high) = (light(one).min(light(other)), light(one).max(light(other)));
    near && high * 100 < low * 115
}

/// The palette that every program knows: eight colours, said twice, then the others.
pub(super) fn in_palette(index: usize) -> Option<[u8; 3]> {
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
    use super::{are_alike, in_palette, rgb_of, ten_thousandths, tinted};

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

    #[test]
    fn a_tint_makes_a_colour_lighter_or_darker() {
        let of = |colour, tint| tinted(rgb_of(colour).unwrap(), ten_thousandths(tint));
        // As Excel shows them in its palette: white 15 % darker, black 50 % lighter, blue 40 % lighter and 25
        // % darker (365F91 to 376092, by the program).
        assert_eq!(of("FFFFFF", "-0.14999847407452621"), rgb_of("D9D9D9").unwrap());
        assert_eq!(of("000000", "0.499984740745262"), rgb_of("808080").unwrap());
        assert_eq!(of("4F81BD", "0.39997558519241921"), rgb_of("95B3D7").unwrap());
        assert_eq!(of("4F81BD", "-0.249977111117893"), rgb_of("376092").unwrap());
        for (tint, same) in [("", 0), ("x", 0), ("NaN", 0), ("7", 10_000), ("-7", -10_000)] {
            assert_eq!(ten_thousandths(tint), same, "{tint}");
        }
        assert_eq!((of("123456", "1"), of("123456", "-1")), ([255; 3], [0; 3]));
    }
}
