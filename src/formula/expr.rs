//! A bound expression, and what a formula may refer to.

use super::parse::Operation;
use crate::model::{Number, OfficeRule, TimeKind, VoceKey, VoceType};

/// A bound expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A number written in the formula.
    Number(Number),
    /// A voce.
    Voce(VoceKey),
    /// The opposite.
    Negate(Box<Expr>),
    /// One of the four operations.
    Binary(Operation, Box<Expr>, Box<Expr>),
    /// A fold over a register's rows.
    Over(Fold, VoceKey, RowExpr),
    /// How many distinct values a column has.
    Distinct(VoceKey, String),
    /// The days between two dates.
    Days {
        /// The first date, excluded.
        from: VoceKey,
        /// The second date, included.
        to: VoceKey,
        /// Working days only.
        working: bool,
    },
}

/// What is done with the values of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// The greatest.
    Max,
    /// The smallest.
    Min,
    /// The mean.
    Mean,
    /// The sum.
    Sum,
    /// How many there are.
    Count,
}

/// A value of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowExpr {
    /// A column.
    Column(String),
    /// The days between two date columns; with the second blank, up to the day of reference.
    Days {
        /// The first date, excluded.
        from: String,
        /// The second date, included.
        to: String,
        /// Working days only.
        working: bool,
    },
}

/// The names that a formula may use.
pub trait Scope {
    /// The voce called `name` in the scheda.
    fn voce(&self, name: &str) -> Option<VoceInfo>;
    /// All names, for suggestions.
    fn names(&self) -> Vec<String>;
}

/// What binding needs to know of a voce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoceInfo {
    /// Its key.
    pub key: VoceKey,
    /// Its type.
    pub kind: VoceType,
    /// How its entries lie in time.
    pub time: TimeKind,
    /// How the offices' values become one.
    pub rule: OfficeRule,
    /// Whether its entries may be negative.
    pub free_sign: bool,
    /// A register's columns with their types.
    pub columns: Vec<(String, VoceType)>,
}

impl Expr {
    /// What it is made of, in order of appearance: numbers, voci, and what it asks of registers and dates.
    pub fn leaves(&self) -> Vec<&Expr> {
        match self {
            Expr::Negate(inner) => inner.leaves(),
            Expr::Binary(_, left, right) => left.leaves().into_iter().chain(right.leaves()).collect(),
            _ => vec![self],
        }
    }

    /// What it divides by, innermost first.
    pub fn divisors(&self) -> Vec<&Expr> {
        match self {
            Expr::Negate(inner) => inner.divisors(),
            Expr::Binary(operation, left, right) => {
                let own = (*operation == Operation::Divide).then_some(right.as_ref());
                left.divisors().into_iter().chain(right.divisors()).chain(own).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What it asks of a register, each thing once.
    pub fn asked_of(&self, register: &VoceKey) -> Vec<&Expr> {
        let mut asked: Vec<&Expr> = Vec::new();
        for leaf in self.leaves() {
            let own = matches!(leaf, Expr::Over(_, key, _) | Expr::Distinct(key, _) if key == register);
            if own && !asked.contains(&leaf) {
                asked.push(leaf);
            }
        }
        asked
    }

    /// Visits every voce named, in order of appearance.
    pub(super) fn visit(&self, visitor: &mut dyn FnMut(&VoceKey)) {
        for leaf in self.leaves() {
            match leaf {
                Expr::Voce(key) | Expr::Over(_, key, _) | Expr::Distinct(key, _) => visitor(key),
                Expr::Days { from, to, .. } => {
                    visitor(from);
                    visitor(to);
                }
                Expr::Number(_) | Expr::Negate(_) | Expr::Binary(..) => {}
            }
        }
    }

    /// It in words, with the labels of its voci: `Orafi ispezionati ÷ Orafi iscritti`.
    pub fn in_words(&self, label: &dyn Fn(&VoceKey) -> String) -> String {
        match self {
            Expr::Number(number) => number.to_italian(6),
            Expr::Voce(key) => label(key),
            Expr::Negate(inner) => format!("−{}", inner.bracketed(label, inner.binding() < 3)),
            Expr::Binary(operation, left, right) => {
                let (sign, own) = (sign(*operation), self.binding());
                // What stands on the right of − and ÷ is taken as a whole: a − (b − c).
                let whole = matches!(operation, Operation::Subtract | Operation::Divide);
                let left = left.bracketed(label, left.binding() < own);
                let right_binds = right.binding();
                format!(
                    "{left} {sign} {}",
                    right.bracketed(label, right_binds < own || (whole && right_binds == own))
                )
            }
            Expr::Over(fold, key, row) => format!("{} {}", fold.words(), row.in_words(&label(key))),
            Expr::Distinct(key, column) => format!("numero di «{column}» diversi in {}", label(key)),
            Expr::Days { from, to, working } => {
                let kind = if *working { "giorni lavorativi" } else { "giorni" };
                format!("{kind} da {} a {}", label(from), label(to))
            }
        }
    }
}

impl Expr {
    fn bracketed(&self, label: &dyn Fn(&VoceKey) -> String, needed: bool) -> String {
        let text = self.in_words(label);
        if needed { format!("({text})") } else { text }
    }

    /// How tightly it holds together when written in words.
    fn binding(&self) -> u8 {
        match self {
            Expr::Binary(Operation::Add | Operation::Subtract, ..) => 1,
            Expr::Binary(..) | Expr::Negate(_) | Expr::Days { .. } | Expr::Over(..) | Expr::Distinct(..) => 2,
            Expr::Number(_) | Expr::Voce(_) => 3,
        }
    }

    /// Its value, when it is made of numbers only.
    pub(super) fn constant(&self) -> Option<Number> {
        match self {
            Expr::Number(number) => Some(number.clone()),
            Expr::Negate(inner) => inner.constant().map(|number| -number),
            Expr::Binary(operation, left, right) => {
                let (left, right) = (left.constant()?, right.constant()?);
                match operation {
                    Operation::Add => Some(left + &right),
                    Operation::Subtract => Some(left - &right),
                    Operation::Multiply => Some(left * &right),
                    Operation::Divide => left.divided_by(&right),
                }
            }
            Expr::Voce(_) | Expr::Over(..) | Expr::Distinct(..) | Expr::Days { .. } => None,
        }
    }
}

fn sign(operation: Operation) -> &'static str {
    match operation {
        Operation::Add => "+",
        Operation::Subtract => "−",
        Operation::Multiply => "×",
        Operation::Divide => "÷",
    }
}

impl Fold {
    fn words(self) -> &'static str {
        match self {
            Fold::Max => "il massimo fra",
            Fold::Min => "il minimo fra",
            Fold::Mean => "la media di",
            Fold::Sum => "la somma di",
            Fold::Count => "il numero di",
        }
    }
}

impl RowExpr {
    fn in_words(&self, register: &str) -> String {
        match self {
            RowExpr::Column(column) => format!("«{column}» in {register}"),
            RowExpr::Days { from, to, working } => {
                let kind = if *working { "giorni lavorativi" } else { "giorni" };
                format!("{kind} da «{from}» a «{to}» in {register}")
            }
        }
    }
}
