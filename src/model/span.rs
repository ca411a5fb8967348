//! Runs of months.

use super::Month;

/// A run of months of the plan's year, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first month.
    pub first: Month,
    /// The last month: not before the first.
    pub last: Month,
}

impl Span {
    /// The whole year.
    pub const YEAR: Span = Span { first: Month::JANUARY, last: Month::DECEMBER };

    /// From `first` to `last`; `None` when it ends before it begins.
    pub fn new(first: Month, last: Month) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Whether `month` is one of them.
    pub fn contains(self, month: Month) -> bool {
        (self.first..=self.last).contains(&month)
    }

    /// The months of both.
    pub fn and(self, other: Self) -> Option<Self> {
        Self::new(self.first.max(other.first), self.last.min(other.last))
    }

    /// Those up to `month`.
    pub fn until(self, month: Month) -> Option<Self> {
        Self::new(self.first, self.last.min(month))
    }

    /// All of them, in order.
    pub fn months(self) -> impl DoubleEndedIterator<Item = Month> + Clone {
        self.last.up_to().filter(move |month| *month >= self.first)
    }

    /// How many they are.
    pub fn number(self) -> u32 {
        self.last.number() + 1 - self.first.number()
    }

    /// In words: `da luglio`, `fino a giugno`, `da marzo ad aprile`; nothing of the whole year.
    pub fn words(self) -> String {
        match (self.first == Month::JANUARY, self.last == Month::DECEMBER) {
            (true, true) => String::new(),
            (false, true) => format!("da {}", self.first),
            (true, false) => format!("fino {:#}", self.last),
            (false, false) => format!("da {} {:#}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Span;
    use crate::model::Month;

    fn span(first: u32, last: u32) -> Span {
        Span::new(Month::new(first).unwrap(), Month::new(last).unwrap()).unwrap()
    }

    #[test]
    fn a_run_of_months_has_its_ends() {
        let own = span(3, 4);
        let inside: Vec<u32> = Month::all().filter(|month| own.contains(*month)).map(Month::number).collect();
        assert_eq!((inside, own.number()), (vec![3, 4], 2));
        assert_eq!(own.months().map(Month::number).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(own.and(span(4, 9)), Some(span(4, 4)));
        assert_eq!(own.and(span(5, 9)), None);
        assert_eq!((own.until(Month::new(3).unwrap()), own.until(Month::JANUARY)), (Some(span(3, 3)), None));
        assert_eq!(Span::new(Month::DECEMBER, Month::JANUARY), None);
    }

    #[test]
    fn it_is_said_in_words() {
        let words = [span(1, 12), span(7, 12), span(1, 6), span(3, 4)].map(Span::words);
        assert_eq!(words, ["", "da luglio", "fino a giugno", "da marzo ad aprile"]);
    }
}
