//! A sum of plain numbers, as people write one in a cell: `=5+3`.

use std::iter::Peekable;
use std::str::Chars;

use crate::model::Number;

/// The longest text that is read as a sum.
const LONGEST: usize = 80;

/// What a formula of plain numbers gives, as a file stores it (`2.5*2`); `None` of any other: one with a
/// reference, a name, a function, a division by zero.
pub(super) fn of_formula(formula: &str) -> Option<Number> {
    Sum::of(formula, '.')
}

/// The same of a text with its sign of a formula, in Italian: `=2,5*2`.
pub(super) fn of_text(text: &str) -> Option<Number> {
    Sum::of(text.strip_prefix('=')?, ',')
}

struct Sum<'a> {
    rest: Peekable<Chars<'a>>,
    /// The mark of the decimals.
    mark: char,
}

impl Sum<'_> {
    fn of(text: &str, mark: char) -> Option<Number> {
        if text.len() > LONGEST {
            return None;
        }
        let mut sum = Sum { rest: text.chars().peekable(), mark };
        let value = sum.terms()?;
        sum.next().is_none().then_some(value)
    }

    /// The next letter that is no blank.
    fn next(&mut self) -> Option<char> {
        while self.rest.next_if(|c| *c == ' ').is_some() {}
        self.rest.peek().copied()
    }

    /// Takes the next letter when it is one of these.
    fn take(&mut self, of: &[char]) -> Option<char> {
        let next = self.next().filter(|c| of.contains(c))?;
        self.rest.next();
        Some(next)
    }

    fn terms(&mut self) -> Option<Number> {
        let mut total = self.factors()?;
        while let Some(sign) = self.take(&['+', '-']) {
            let term = self.factors()?;
            total = total + &if sign == '-' { -term } else { term };
        }
        Some(total)
    }

    fn factors(&mut self) -> Option<Number> {
        let mut product = self.factor()?;
        while let Some(sign) = self.take(&['*', '/']) {
            let factor = self.factor()?;
            product = if sign == '*' { product * &factor } else { product.divided_by(&factor)? };
        }
        Some(product)
    }

    fn factor(&mut self) -> Option<Number> {
        match self.take(&['+', '-', '(']) {
            Some('(') => {
                let inner = self.terms()?;
                self.take(&[')'])?;
                Some(inner)
            }
            Some('-') => Some(-self.factor()?),
            Some(_) => self.factor(),
            None => self.number(),
        }
    }

    fn number(&mut self) -> Option<Number> {
        self.next()?;
        let mark = self.mark;
        let mut plain = String::new();
        while let Some(c) = self.rest.next_if(|c| c.is_ascii_digit() || *c == mark) {
            plain.push(if c == mark { '.' } else { c });
        }
        let shaped = plain.starts_with(|c: char| c.is_ascii_digit()) && !plain.ends_with('.');
        Number::parse(&plain).filter(|_| shaped)
    }
}

#[cfg(test)]
mod tests {
    use super::{of_formula, of_text};

    #[test]
    fn sums_of_plain_numbers_are_computed_exactly() {
        for (text, value) in [
            ("=5+3", "8"),
            ("= 12 - 2*3", "6"),
            ("=(1+2)*3", "9"),
            ("=2,5*2", "5"),
            ("=0,1+0,2", "0.3"),
            ("=7/2", "3.5"),
            ("=-3+5", "2"),
            ("=+4", "4"),
        ] {
            assert_eq!(of_text(text).map(|number| number.to_plain()).as_deref(), Some(value), "{text}");
        }
        assert_eq!(of_formula("1.5+1").map(|number| number.to_plain()).as_deref(), Some("2.5"));
    }

    #[test]
    fn anything_else_is_no_sum() {
        for text in [
            "5+3",
            "=",
            "=A1+3",
            "=SOMMA(1;2)",
            "=5+",
            "=1/0",
            "=(1+2",
            "=1+2)",
            "=1,2,3",
            "=1.5",
            "=5 3",
            "=2^3",
            "=5%",
            "=,5",
            "=5,",
        ] {
            assert_eq!(of_text(text), None, "{text}");
        }
        assert_eq!(of_text(&format!("={}1", "(".repeat(200))), None);
        assert_eq!(of_formula("Foglio1!A1"), None);
        assert_eq!(of_formula("1,5+1"), None);
    }
}
