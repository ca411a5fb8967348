//! Exact rational numbers: whatever decides is one of these, never a float.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use super::fraction::Fraction;

/// An exact rational number.
///
/// Read from decimal text or from the `f64` of a cell (its decimal form at 15 significant digits,
/// as Excel shows it); written in plain notation, exact when the decimals end, else with 20
/// significant digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Fraction);

/// Significant digits written when the decimals do not end.
const SIGNIFICANT: usize = 20;

impl Number {
    /// Zero.
    pub fn zero() -> Self {
        Self(Fraction::whole(0))
    }

    /// One.
    pub fn one() -> Self {
        Self::from(1_i64)
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        Self::from(numerator).divided_by(&Self::from(denominator))
    }

    /// Reads plain or scientific decimal text with a point (`-12.5`, `1.5e-3`); `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        if exponent.unsigned_abs() > 400 {
            return None;
        }
        let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits_only = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        if !digits_only(unsigned) || !digits_only(decimals) || unsigned.len() + decimals.len() == 0 {
            return None;
        }
        let digits = format!("{whole}{decimals}");
        let scale = exponent - i32::try_from(decimals.len()).ok()?;
        if let Some(small) = shifted(&digits, scale) {
            return Some(Self(small));
        }
        let digits: BigInt = digits.parse().ok()?;
        let power = BigInt::from(10).pow(scale.unsigned_abs());
        Some(Self(Fraction::great(if scale < 0 {
            BigRational::new(digits, power)
        } else {
            BigRational::from_integer(digits * power)
        })))
    }

    /// The number a cell shows: the decimal form of `float` at 15 significant digits.
    /// `None` when it is not finite.
    pub fn from_f64(float: f64) -> Option<Self> {
        if let Some(whole) = whole(float) {
            return Some(Self::from(whole));
        }
        float.is_finite().then(|| format!("{float:.14e}")).and_then(|text| Self::parse(&text))
    }

    /// The nearest `f64`, for a cell or a chart; never for a decision.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The value as a whole number, when it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.0.small().filter(|(_, under)| *under == 1).map(|(whole, _)| whole)
    }

    /// Whether it has no decimals.
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// `self / divisor`; `None` when the divisor is zero.
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        self.0.over(&divisor.0).map(Self)
    }

    /// `self` kept between `low` and `high`.
    pub fn clamped(self, low: &Self, high: &Self) -> Self {
        if &self < low {
            low.clone()
        } else if &self > high {
            high.clone()
        } else {
            self
        }
    }

    /// The absolute value.
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// The terms of the fraction in lowest terms, as text: `("7", "39")`.
    pub fn terms(&self) -> (String, String) {
        let great = || {
            let great = self.0.to_great();
            (great.numer().to_string(), great.denom().to_string())
        };
        self.0.small().map_or_else(great, |(over, under)| (over.to_string(), under.to_string()))
    }

    /// Rounded half away from zero to `decimals` decimals.
    pub fn rounded(&self, decimals: u32) -> Self {
        let small = self.scaled_small(decimals).zip(10_i128.checked_pow(decimals));
        Self(match small {
            Some((scaled, power)) => Fraction::of(scaled, power),
            None => Fraction::great(BigRational::new(self.scaled(decimals), BigInt::from(10).pow(decimals))),
        })
    }

    /// `self × 10^decimals` as a whole number, rounded half away from zero.
    fn scaled(&self, decimals: u32) -> BigInt {
        if let Some(scaled) = self.scaled_small(decimals) {
            return BigInt::from(scaled);
        }
        let scale = BigRational::from_integer(BigInt::from(10).pow(decimals));
        (self.0.to_great() * scale).round().to_integer()
    }

    /// The same in machine integers; `None` where it may not fit.
    fn scaled_small(&self, decimals: u32) -> Option<i128> {
        let (over, under) = self.0.small()?;
        let under = i128::from(under);
        let over = i128::from(over).checked_mul(10_i128.checked_pow(decimals)?)?;
        // Half of the denominator more, away from zero.
        let doubled = over.checked_mul(2)?;
        let half = if over < 0 { -under } else { under };
        doubled.checked_add(half)?.checked_div(under.checked_mul(2)?)
    }

    /// Plain notation with a point: exact when the decimals end, else 20 significant digits.
    pub fn to_plain(&self) -> String {
        match self.terminating_decimals() {
            Some(decimals) => trim_zeros(&self.fixed(decimals)),
            None => self.fixed(self.decimals_for(SIGNIFICANT)),
        }
    }

    /// Italian notation for people: `1.234,56`, half up, at most `decimals` decimals, no idle zeros.
    pub fn to_italian(&self, decimals: u32) -> String {
        group_thousands(&trim_zeros(&self.fixed(decimals as usize)))
    }

    /// Italian notation with all the decimals, for a value as it was typed: `12,0000000001`.
    pub fn to_italian_exact(&self) -> String {
        group_thousands(&self.to_plain())
    }

    /// With all the decimals after a comma and no points, as a cell without a format shows it: `1234,5`.
    pub fn to_cell(&self) -> String {
        self.to_plain().replace('.', ",")
    }

    /// Italian notation with exactly `decimals` decimals: `12,50`.
    pub fn to_italian_fixed(&self, decimals: u32) -> String {
        group_thousands(&self.fixed(decimals as usize))
    }

    /// Whether the exact value needs more than `decimals` decimals.
    pub fn has_more_decimals(&self, decimals: usize) -> bool {
        self.terminating_decimals().is_none_or(|own| own > decimals)
    }

    /// How many decimals the exact value has; `None` when they never end.
    pub fn terminating_decimals(&self) -> Option<usize> {
        let mut rest = self.0.under();
        if let Some(under) = rest.to_u64() {
            return terminating(under);
        }
        let mut count = |factor: u32| {
            let mut times = 0_usize;
            while (&rest % BigInt::from(factor)).is_zero() {
                rest /= BigInt::from(factor);
                times += 1;
            }
            times
        };
        let needed = count(2).max(count(5));
        (rest == BigInt::from(1)).then_some(needed)
    }

    /// Decimals that give `significant` significant digits.
    fn decimals_for(&self, significant: usize) -> usize {
        let one = BigRational::from_integer(BigInt::from(1));
        let mut value = self.0.to_great().abs();
        let whole = value.to_integer();
        if !whole.is_zero() {
            return significant.saturating_sub(whole.to_string().len());
        }
        let ten = BigRational::from_integer(BigInt::from(10));
        let mut leading = 0;
        while !value.is_zero() && value < one {
            value *= &ten;
            leading += 1;
        }
        significant + leading - 1
    }

    fn fixed(&self, decimals: usize) -> String {
        let places = u32::try_from(decimals).unwrap_or(u32::MAX).min(1_000);
        let mut digits = match self.scaled_small(places) {
            Some(scaled) => scaled.to_string(),
            None => self.scaled(places).to_string(),
        };
        if places == 0 {
            return digits;
        }
        let first = usize::from(digits.starts_with('-'));
        let wanted = places as usize + 1;
        let lacking = wanted.saturating_sub(digits.len() - first);
        digits.insert_str(first, &"0".repeat(lacking));
        digits.insert(digits.len() - places as usize, '.');
        digits
    }
}

/// Digits moved by so many places, in machine integers; `None` where they may not fit.
fn shifted(digits: &str, scale: i32) -> Option<Fraction> {
    let digits = i128::from(digits.parse::<i64>().ok()?);
    let power = 10_i128.checked_pow(scale.unsigned_abs()).filter(|power| i64::try_from(*power).is_ok())?;
    Some(if scale < 0 { Fraction::of(digits, power) } else { Fraction::of(digits * power, 1) })
}

/// A float without decimals and of at most 15 digits, all of which are shown.
fn whole(float: f64) -> Option<i64> {
    let whole = float.to_i64().filter(|_| float.abs() < 1e15)?;
    whole.to_f64()?.total_cmp(&float).is_eq().then_some(whole)
}

/// The decimals of a fraction in lowest terms with this denominator; `None` when they never end.
fn terminating(under: u64) -> Option<usize> {
    let twos = under.trailing_zeros();
    let (mut rest, mut fives) = (under.checked_shr(twos)?, 0);
    while rest % 5 == 0 {
        rest /= 5;
        fives += 1;
    }
    (rest == 1).then_some((twos as usize).max(fives))
}

fn trim_zeros(text: &str) -> String {
    if text.contains('.') {
        let trimmed = text.trim_end_matches('0').trim_end_matches('.');
        if trimmed == "-0" { "0".to_owned() } else { trimmed.to_owned() }
    } else {
        text.to_owned()
    }
}

fn group_thousands(plain: &str) -> String {
    let (unsigned, sign) = plain.strip_prefix('-').map_or((plain, ""), |rest| (rest, "-"));
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if decimals.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped},{decimals}") }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Fraction::whole(value))
    }
}

impl From<u32> for Number {
    fn from(value: u32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        match i64::try_from(value) {
            Ok(value) => Self::from(value),
            Err(_) => Self(Fraction::great(BigRational::from_integer(BigInt::from(value)))),
        }
    }
}

impl Add<&Number> for Number {
    type Output = Number;
    fn add(self, other: &Number) -> Number {
        Number(self.0.plus(&other.0))
    }
}

impl Sub<&Number> for Number {
    type Output = Number;
    fn sub(self, other: &Number) -> Number {
        Number(self.0.minus(&other.0))
    }
}

impl Mul<&Number> for Number {
    type Output = Number;
    fn mul(self, other: &Number) -> Number {
        Number(self.0.times(&other.0))
    }
}

impl Neg for Number {
    type Output = Number;
    fn neg(self) -> Number {
        Number(self.0.negated())
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Number>>(numbers: I) -> Number {
        numbers.fold(Number::zero(), |total, number| total + &number)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl serde::Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_plain())
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn plain_notation_is_exact_or_twenty_digits() {
        assert_eq!(Number::ratio(48, 468).unwrap().to_plain(), "0.10256410256410256410");
        assert_eq!(Number::ratio(1, 8).unwrap().to_plain(), "0.125");
        assert_eq!(Number::ratio(2, 3).unwrap().to_plain(), "0.66666666666666666667");
        assert_eq!(Number::ratio(1000, 3).unwrap().to_plain(), "333.33333333333333333");
        assert_eq!(number("100").to_plain(), "100");
        assert_eq!(number("-0.50").to_plain(), "-0.5");
        assert_eq!(number("1e3").to_plain(), "1000");
    }

    #[test]
    fn large_and_small_numbers_are_rounded_alike() {
        // 1/3 of a number is rounded the same in machine integers and beyond them.
        for (text, decimals, shown) in [
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("0.04", 1, "0"),
            ("-0.05", 1, "-0,1"),
            ("0.05", 1, "0,1"),
            ("9223372036854775807", 2, "9.223.372.036.854.775.807"),
            ("9223372036854775808.005", 2, "9.223.372.036.854.775.808,01"),
            ("-9223372036854775808.005", 2, "-9.223.372.036.854.775.808,01"),
            ("1e-25", 3, "0"),
            ("1e-25", 25, "0,0000000000000000000000001"),
        ] {
            assert_eq!(number(text).to_italian(decimals), shown, "{text}");
        }
        assert_eq!(number("-0.001").to_italian_fixed(2), "0,00");
        assert_eq!(number("-0.05").rounded(1), number("-0.1"));
        assert_eq!(number("1e30").rounded(3), number("1e30"));
        let places = |text: &str| number(text).terminating_decimals();
        assert_eq!(["8", "0.125", "0.2", "0.05", "1e-25"].map(places), [0, 3, 1, 2, 25].map(Some));
        assert_eq!(Number::ratio(1, 6).unwrap().terminating_decimals(), None);
    }

    #[test]
    fn a_cell_is_what_it_shows() {
        assert_eq!(Number::from_f64(1.1 + 2.0 - 2.0).unwrap(), number("1.1"));
        assert_eq!(Number::from_f64(0.1 + 0.2).unwrap(), number("0.3"));
        assert_eq!(Number::from_f64(46.82).unwrap(), number("46.82"));
        assert_eq!(Number::from_f64(-2735.0).unwrap(), number("-2735"));
        assert_eq!(Number::from_f64(-0.0).unwrap(), number("0"));
        assert_eq!(Number::from_f64(999_999_999_999_999.0).unwrap(), number("999999999999999"));
        // Sixteen digits are shown as fifteen.
        assert_eq!(Number::from_f64(9_007_199_254_740_991.0).unwrap(), number("9007199254740990"));
        assert_eq!(Number::from_f64(1e300).unwrap(), number("1e300"));
        assert_eq!(Number::from_f64(f64::NAN), None);
        assert_eq!(Number::from_f64(f64::INFINITY), None);
    }

    #[test]
    fn nothing_else_is_a_number() {
        for text in ["", ".", "-", "1,5", "abc", "1e", "0x10", "+1", "1.2.3", "inf", "1e999999999"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn people_read_italian_numbers() {
        assert_eq!(number("1234567.891").to_italian(2), "1.234.567,89");
        assert_eq!(number("-1234.5").to_italian(2), "-1.234,5");
        assert_eq!(number("0.005").to_italian_fixed(2), "0,01");
        assert_eq!(number("12").to_italian(2), "12");
        assert_eq!(number("-0.001").to_italian(2), "0");
        assert_eq!(number("1012.0000000001").to_italian_exact(), "1.012,0000000001");
    }

    #[test]
    fn the_tie_of_seventy_on_three_hundred_is_a_tie() {
        let measured = Number::ratio(70, 300).unwrap();
        let pace = number("0.4") * &Number::ratio(7, 12).unwrap();
        assert_eq!(measured, pace);
    }
}
