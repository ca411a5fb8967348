//! The columns of a table, declared once: what follows from them (order, header, width, what stays in sight,
//! how the table lies on paper, which columns tell a row, the names in formulas, the twins) is asked of them,
//! never counted.

use std::borrow::Cow;

use crate::excel::Target;
use crate::model::CellRef;

use super::sheet::Paper;

/// What stands over a column, and what the column is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The words over it.
    pub name: Cow<'static, str>,
    /// Its width, in characters.
    pub width: u16,
    /// Where it is seen.
    pub on: On,
    /// Whether it tells a row of the table from the others, alone or with its like.
    pub key: bool,
    /// The name that formulas give to its cells.
    pub named: Option<&'static str>,
    /// The place of the column whose figures it holds again, as formulas.
    pub twin_of: Option<u16>,
    /// The key of the same figure in the JSON, where the row is an object of it: a test compares the two.
    pub json: Option<&'static str>,
}

/// Where a column is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// Always: it stays in sight while the rest scrolls, and heads a second page too.
    Always,
    /// On the first page.
    First,
    /// On a second page, beside the first.
    Second,
    /// On the screen only.
    Screen,
}

impl Head {
    /// A column with these words over it.
    pub fn new(name: impl Into<Cow<'static, str>>, width: u16, on: On) -> Self {
        Self { name: name.into(), width, on, key: false, named: None, twin_of: None, json: None }
    }
}

/// The columns of one table, as `columns!` declares them.
pub trait Column: Copy + Eq + 'static {
    /// All of them, in order.
    const ALL: &'static [Self];

    /// What it is.
    fn head(self) -> Head;

    /// The words over it.
    fn title(self) -> &'static str;

    /// Its place, from 0.
    fn at(self) -> u16;

    /// The column whose figures it holds again, as formulas.
    fn engine(self) -> Option<Self> {
        Self::ALL.get(usize::from(self.head().twin_of?)).copied()
    }

    /// Its cell in a row.
    fn in_row(self, row: u32) -> CellRef {
        CellRef { row, col: self.at() }
    }
}

/// The columns of the one table of a sheet.
pub trait OneTable: Column {
    /// The name of the sheet.
    const SHEET: &'static str;

    /// Its cell in a row of the sheet.
    fn target(self, row: u32) -> Target {
        Target { sheet: Self::SHEET, cell: self.in_row(row) }
    }
}

/// What stands over the columns of a table.
pub fn heads<C: Column>() -> Vec<Head> {
    C::ALL.iter().map(|column| column.head()).collect()
}

/// How many columns stay in sight.
pub(super) fn in_sight(heads: &[Head]) -> u16 {
    count(heads.iter().take_while(|head| head.on == On::Always))
}

/// How a table with these columns lies on paper.
pub(super) fn paper(heads: &[Head]) -> Paper {
    let before = |on: On| {
        heads.iter().any(|head| head.on == on).then(|| count(heads.iter().take_while(|head| head.on != on)))
    };
    match (before(On::Second), before(On::Screen)) {
        (Some(from), until) => Paper::Double { from, again: in_sight(heads), until },
        (None, Some(until)) => Paper::UpTo(until),
        (None, None) => Paper::Wide,
    }
}

fn count<'a>(heads: impl Iterator<Item = &'a Head>) -> u16 {
    u16::try_from(heads.count()).unwrap_or(u16::MAX)
}

/// Declares the columns of a table, in order: `Value: "Valore", 13, First, named = Some("dati_valore");`, and
/// the sheet of which it is the one table, if it is.
macro_rules! columns {
    (
        $(#[$about:meta])*
        $visible:vis $Table:ident $(in $sheet:path)? {
            $($(#[$doc:meta])* $Column:ident: $name:expr, $width:expr, $on:ident $(, $field:ident = $value:expr)*;)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visible enum $Table {
            $($(#[$doc])* $Column,)*
        }

        impl $Table {
            /// The words over it.
            $visible const fn name(self) -> &'static str {
                match self {
                    $(Self::$Column => $name,)*
                }
            }

            /// Its place, from 0.
            $visible const fn col(self) -> u16 {
                self as u16
            }
        }

        impl $crate::book::Column for $Table {
            const ALL: &'static [Self] = &[$(Self::$Column,)*];

            fn head(self) -> $crate::book::Head {
                match self {
                    $(Self::$Column => $crate::book::Head {
                        $($field: $value,)*
                        ..$crate::book::Head::new(self.name(), $width, $crate::book::On::$on)
                    },)*
                }
            }

            fn title(self) -> &'static str {
                self.name()
            }

            fn at(self) -> u16 {
                self.col()
            }
        }

        $(impl $crate::book::OneTable for $Table {
            const SHEET: &'static str = $sheet;
        })?
    };
}

pub(crate) use columns;

#[cfg(test)]
mod tests {
    use super::{Column, heads, in_sight, paper};
    use crate::book::Paper;

    columns! {
        /// Two pages and a column for formulas.
        Wide {
            Code: "Codice", 8, Always, key = true;
            Value: "Valore", 12, First, json = Some("valore");
            Note: "Nota", 30, Second;
            Again: "Valore in Excel", 12, Screen, twin_of = Some(1);
        }
    }

    columns! {
        /// One page.
        Narrow {
            Code: "Codice", 8, Always;
            Value: "Valore", 12, First;
        }
    }

    #[test]
    fn what_follows_from_the_columns_is_asked_of_them() {
        let wide = heads::<Wide>();
        assert_eq!(wide.iter().map(|head| head.width).collect::<Vec<_>>(), [8, 12, 30, 12]);
        assert_eq!(in_sight(&wide), 1);
        assert_eq!(paper(&wide), Paper::Double { from: 2, again: 1, until: Some(3) });
        assert_eq!(paper(&wide[..3]), Paper::Double { from: 2, again: 1, until: None });
        assert_eq!(paper(&heads::<Narrow>()), Paper::Wide);
        let screen = [heads::<Narrow>(), vec![Wide::Again.head()]].concat();
        assert_eq!(paper(&screen), Paper::UpTo(2));
        assert_eq!((Wide::Again.in_row(7).row, Wide::Again.in_row(7).col), (7, 3));
        assert_eq!(Wide::Note.name(), "Nota");
    }
}
