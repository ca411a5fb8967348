//! Numbers as offices type them: cells, or text by Italian rules when unambiguous.

use std::sync::LazyLock;

use regex::Regex;

use super::submission::{Fault, Normalisation};
use crate::model::{Number, VoceType};

/// A number read, with what was normalised.
pub(super) type Read = Result<(Number, Option<Normalisation>), Fault>;

macro_rules! pattern {
    ($name:ident, $text:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect($text));
    };
}

pattern!(
    NUMBER,
    r"^(?P<sign>[+\-−])?\s*(?P<digits>\d[\d.,'’ ]*?)\s*(?P<unit>%|€|[a-zà-ù]+\.?(?: [a-zà-ù]+\.?)?)?$"
);
pattern!(WITH_REMARK, r"^[+\-−]?\s*\d[\d.,]*\s*[^\d\s.,]");

/// Units that may follow a number of this type.
fn units(kind: VoceType) -> &'static [&'static str] {
    match kind {
        VoceType::Ore => &["h", "h.", "ore", "ora", "hh"],
        VoceType::Giorni => &["gg", "gg.", "g", "g.", "giorni", "giorno"],
        VoceType::GiorniLavorativi => &[
            "gg",
            "gg.",
            "giorni",
            "giorno",
            "gg lavorativi",
            "gg. lavorativi",
            "giorni lavorativi",
            "giorno lavorativo",
            "gg. lav.",
            "gg lav",
        ],
        VoceType::Percentuale => &["%"],
        VoceType::Conteggio => &["n", "n.", "imprese", "impresa", "aziende", "azienda", "unità", "pratiche"],
        VoceType::Importo => &["€", "euro", "eur"],
        VoceType::Minuti => &["min", "min.", "minuti", "minuto"],
        VoceType::Numero | VoceType::Data | VoceType::SiNo | VoceType::Testo => &[],
    }
}

/// The sign of euros written before an amount (`€ 12`, `-€ 12`, `€ -12`) goes after it, where units stand.
fn after_the_number(lower: &str, kind: VoceType) -> String {
    let unsigned = lower.trim_start_matches(['-', '−']);
    let minus = lower.strip_suffix(unsigned).unwrap_or_default();
    let euro = units(VoceType::Importo).iter().find_map(|unit| unsigned.strip_prefix(unit));
    match euro.map(str::trim_start) {
        Some(amount)
            if kind == VoceType::Importo
                && amount.starts_with(|c: char| c.is_ascii_digit() || minus.is_empty()) =>
        {
            format!("{minus}{amount} €")
        }
        _ => lower.to_owned(),
    }
}

/// From this magnitude on a number is nobody's count: Excel itself has lost its last digits.
pub(super) const GREAT: f64 = 1e15;

/// The longest run of digits and marks that is read as a number.
const LONGEST: usize = 40;

/// Whether a number's magnitude is `GREAT` or more.
pub(super) fn is_great(number: &Number) -> bool {
    number.abs() >= Number::from(1_000_000_000_000_000_i64)
}

/// Reads a number from text; the text is already trimmed.
pub(super) fn from_text(text: &str, kind: VoceType) -> Read {
    let lower = after_the_number(&text.to_lowercase(), kind);
    let Some(parts) = NUMBER.captures(&lower) else {
        return Err(if WITH_REMARK.is_match(text) { Fault::NumberWithRemark } else { Fault::NotANumber });
    };
    let group = |name: &str| parts.name(name).map_or("", |m| m.as_str());
    let unit = group("unit");
    if !unit.is_empty() && !units(kind).contains(&unit) {
        return Err(Fault::NumberWithRemark);
    }
    let digits = group("digits").trim().replace('’', "'");
    if digits.len() > LONGEST {
        return Err(Fault::TooGreat);
    }
    if kind != VoceType::Percentuale && is_also_thousands(&digits) {
        return Err(Fault::AmbiguousNumber);
    }
    let magnitude = italian(&digits)?;
    if is_great(&magnitude) {
        return Err(Fault::TooGreat);
    }
    let negative = matches!(group("sign"), "-" | "−");
    let mut number = if negative { -magnitude } else { magnitude };
    if unit == "%" {
        number = number.divided_by(&Number::from(100_i64)).unwrap_or_else(Number::zero);
    }
    let (code, rule) = if unit.is_empty() {
        ("C02", "testo letto come numero italiano")
    } else {
        ("C04", "numero con unità: l'unità è stata tolta")
    };
    let taken = number.to_italian(6);
    Ok((number, Some(Normalisation { code, rule, taken, is_text: true })))
}

/// `1,234`: one comma before exactly three digits is a thousands mark where the point is that of decimals. A
/// share is never read so: as thousands it would be out of its bounds.
fn is_also_thousands(digits: &str) -> bool {
    let Some((whole, rest)) = digits.split_once(',') else { return false };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let group = rest.len() == 3 && all_digits(rest);
    group && (1..=3).contains(&whole.len()) && all_digits(whole) && !whole.starts_with('0')
}

/// `1.234,5`, `1 234,5` and `1234,5` are clear; `1.234` is not; nor are `1,234.5` and `3 4`.
fn italian(digits: &str) -> Result<Number, Fault> {
    let (whole, decimals) = match digits.split_once(',') {
        Some((_, decimals)) if decimals.is_empty() || !decimals.bytes().all(|b| b.is_ascii_digit()) => {
            return Err(Fault::AmbiguousNumber);
        }
        Some((whole, decimals)) => (whole, decimals),
        None => (digits, ""),
    };
    let mut marks = whole.chars().filter(|c| matches!(c, '.' | ' ' | '\''));
    let mark = marks.next();
    let groups: Vec<&str> = mark.map_or_else(|| vec![whole], |mark| whole.split(mark).collect());
    let grouped = groups.len() > 1;
    let right = groups.iter().skip(1).all(|group| group.len() == 3)
        && (!grouped
            || groups.first().is_some_and(|head| (1..=3).contains(&head.len()) && !head.starts_with('0')));
    // One dot and no comma: thousands or decimals? Nobody can tell.
    let one_dot = mark == Some('.') && groups.len() == 2 && decimals.is_empty();
    if !right || one_dot || marks.any(|other| Some(other) != mark) {
        return Err(Fault::AmbiguousNumber);
    }
    let joined = groups.concat();
    let plain = if decimals.is_empty() { joined } else { format!("{joined}.{decimals}") };
    Number::parse(&plain).ok_or(Fault::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::from_text;
    use crate::interpret::Fault;
    use crate::model::VoceType;

    fn read(text: &str, kind: VoceType) -> Result<String, Fault> {
        from_text(text, kind).map(|(number, _)| number.to_plain())
    }

    #[test]
    fn italian_text_is_read_when_it_is_clear() {
        for (text, kind, value) in [
            ("12", VoceType::Conteggio, "12"),
            ("12,5", VoceType::Ore, "12.5"),
            ("1.234,5", VoceType::Ore, "1234.5"),
            ("1.234.567", VoceType::Conteggio, "1234567"),
            ("1 234", VoceType::Conteggio, "1234"),
            ("1'000", VoceType::Conteggio, "1000"),
            ("12’500", VoceType::Conteggio, "12500"),
            ("1 234,567", VoceType::Ore, "1234.567"),
            ("1.234,567", VoceType::Ore, "1234.567"),
            ("0,125", VoceType::Ore, "0.125"),
            ("1234,500", VoceType::Ore, "1234.5"),
            ("12,25", VoceType::Ore, "12.25"),
            ("12,2500", VoceType::Ore, "12.25"),
            ("15,125%", VoceType::Percentuale, "0.15125"),
            ("85 gg.", VoceType::Giorni, "85"),
            ("2 giorni lavorativi", VoceType::GiorniLavorativi, "2"),
            ("15%", VoceType::Percentuale, "0.15"),
            ("15 %", VoceType::Percentuale, "0.15"),
            ("-3", VoceType::Conteggio, "-3"),
            ("4 ore", VoceType::Ore, "4"),
            ("999.999.999.999.999", VoceType::Conteggio, "999999999999999"),
            ("1.234,50 €", VoceType::Importo, "1234.5"),
            ("€ 12", VoceType::Importo, "12"),
            ("€12,5", VoceType::Importo, "12.5"),
            ("euro 1.234,50", VoceType::Importo, "1234.5"),
            ("-€ 12", VoceType::Importo, "-12"),
            ("€ -12", VoceType::Importo, "-12"),
            ("1.234.567", VoceType::Importo, "1234567"),
            ("0,345", VoceType::Importo, "0.345"),
            ("15 min.", VoceType::Minuti, "15"),
            ("7,5 minuti", VoceType::Minuti, "7.5"),
            ("-0,125", VoceType::Numero, "-0.125"),
        ] {
            assert_eq!(read(text, kind), Ok(value.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_unit_of_another_type_is_a_remark() {
        for (text, kind, fault) in [
            ("€ 12", VoceType::Conteggio, Fault::NotANumber),
            ("12 €", VoceType::Numero, Fault::NumberWithRemark),
            ("12 ore", VoceType::Minuti, Fault::NumberWithRemark),
            ("€ 12 €", VoceType::Importo, Fault::NotANumber),
            ("--€ 12", VoceType::Importo, Fault::NotANumber),
            ("-€ -12", VoceType::Importo, Fault::NotANumber),
            ("1.234 €", VoceType::Importo, Fault::AmbiguousNumber),
            ("€ 1,234.50", VoceType::Importo, Fault::AmbiguousNumber),
        ] {
            assert_eq!(read(text, kind), Err(fault), "{text}");
        }
    }

    #[test]
    fn the_rest_is_a_fault() {
        for (text, fault) in [
            ("circa venti", Fault::NotANumber),
            ("venti", Fault::NotANumber),
            ("1.234", Fault::AmbiguousNumber),
            ("1,234.5", Fault::AmbiguousNumber),
            ("1.23", Fault::AmbiguousNumber),
            ("12.5", Fault::AmbiguousNumber),
            ("1,2,3", Fault::AmbiguousNumber),
            ("1,000", Fault::AmbiguousNumber),
            ("-1,000", Fault::AmbiguousNumber),
            ("12,500", Fault::AmbiguousNumber),
            ("1,234 imprese", Fault::AmbiguousNumber),
            ("3 4", Fault::AmbiguousNumber),
            ("12,", Fault::AmbiguousNumber),
            ("0.123.456", Fault::AmbiguousNumber),
            ("1 234.567", Fault::AmbiguousNumber),
            ("1234.567,5", Fault::AmbiguousNumber),
            ("12 (di cui 3 in corso)", Fault::NumberWithRemark),
            ("3 + 4", Fault::NumberWithRemark),
            ("12*", Fault::NumberWithRemark),
            ("20%", Fault::NumberWithRemark),
            // A mark of a footnote is never a digit.
            ("12¹", Fault::NumberWithRemark),
            ("12 ²", Fault::NumberWithRemark),
            ("¹2", Fault::NotANumber),
            ("1000000000000000", Fault::TooGreat),
            ("-1.000.000.000.000.000", Fault::TooGreat),
            (&"9".repeat(32_767), Fault::TooGreat),
        ] {
            assert_eq!(read(text, VoceType::Conteggio), Err(fault), "{text}");
        }
        for kind in [VoceType::Ore, VoceType::Giorni, VoceType::GiorniLavorativi] {
            assert_eq!(read("12,500", kind), Err(Fault::AmbiguousNumber), "{kind:?}");
        }
    }
}
