//! What a target says, and what is said of a text that is none.

use chrono::NaiveDate;

use crate::model::{Number, euro_it};

/// The comparison a target asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    Over,
    /// `<`
    Under,
    /// `=`
    Exactly,
    /// `entro`: not later than a date.
    By,
}

impl Operator {
    /// As written in JSON: `>=`, `entro`.
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::AtLeast => ">=",
            Operator::AtMost => "<=",
            Operator::Over => ">",
            Operator::Under => "<",
            Operator::Exactly => "=",
            Operator::By => "entro",
        }
    }

    /// Whether a value equal to the threshold does not meet it.
    pub fn is_strict(self) -> bool {
        matches!(self, Operator::Over | Operator::Under)
    }

    /// Whether more is better.
    pub fn higher_is_better(self) -> bool {
        matches!(self, Operator::AtLeast | Operator::Over)
    }
}

/// What the text of a target that is still to be decided begins with.
pub const OPEN: &str = "da decidere";

/// The threshold of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// A number; a percentage is a fraction (`20%` is 1/5).
    Number(Number),
    /// A deadline, its day included.
    Date(NaiveDate),
    /// The value of an earlier year, still to be supplied (13.1).
    Baseline {
        /// That year.
        year: i32,
    },
    /// Still to be decided: nothing is judged against it.
    Open,
}

/// The unit that the text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetUnit {
    /// None.
    Plain,
    /// `%`
    Percent,
    /// `gg.`, `giorni`
    Days,
    /// `gg. lavorativi`, `giorno lavorativo`
    WorkingDays,
    /// A date.
    Date,
    /// `€`, `euro`
    Euro,
    /// `minuti`, `min.`
    Minutes,
}

/// `(+ 30 rispetto al 2018)`: computed and shown, never deciding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondCondition {
    /// As printed, without brackets.
    pub text: String,
    /// The increase wanted: a number, or percentage points as a fraction.
    pub increase: Number,
    /// Whether the text has `%`.
    pub percent: bool,
    /// The year of the baseline.
    pub year: i32,
}

/// A target: what its text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// As printed.
    pub printed: String,
    /// The comparison.
    pub operator: Operator,
    /// Whether the text leaves the comparison out (`100%`).
    pub implicit: bool,
    /// The threshold.
    pub threshold: Threshold,
    /// The unit.
    pub unit: TargetUnit,
    /// The text in brackets, without them, when there is one.
    pub annotation: Option<String>,
    /// A second condition in brackets.
    pub second: Option<SecondCondition>,
}

/// A target text that cannot be read: never guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetError {
    /// What is wrong, in Italian.
    pub message: String,
    /// What to do, without the targets to write.
    pub advice: String,
    /// Targets that can be written instead, each readable; which of them suits depends on the formula.
    pub examples: Vec<String>,
    /// The words that open the target, while the examples are of its value alone.
    pub(super) opening: Option<String>,
}

/// A target of each unit.
pub(super) const THRESHOLDS: [&str; 7] = [
    ">= 10",
    ">= 20%",
    "<= 90 gg.",
    "<= 2 gg. lavorativi",
    "entro il 1/6/2019",
    ">= 10.000,00 €",
    "<= 15 minuti",
];

impl TargetError {
    pub(super) fn new<E: Into<String>>(
        message: impl Into<String>,
        advice: impl Into<String>,
        examples: impl IntoIterator<Item = E>,
    ) -> Self {
        let examples = examples.into_iter().map(Into::into).collect();
        Self { message: message.into(), advice: advice.into(), examples, opening: None }
    }

    /// The examples are of the number alone, which stands in `text` as `digits`.
    pub(super) fn around(self, text: &str, digits: &str) -> Self {
        let (before, after) = text.split_once(digits).unwrap_or_default();
        let examples = self.examples.iter().map(|number| format!("{before}{number}{after}")).collect();
        Self { examples, ..self }
    }

    /// The examples are of the value alone, and these words open the target.
    pub(super) fn opened(self, opening: &str) -> Self {
        Self { opening: Some(opening.to_owned()), ..self }
    }

    /// What to do, with the targets to write instead.
    pub fn remedy(&self) -> String {
        with_examples(&self.advice, &self.examples)
    }
}

/// An advice with the targets that follow it.
pub(in crate::plan) fn with_examples(advice: &str, examples: &[String]) -> String {
    if examples.is_empty() {
        return advice.to_owned();
    }
    let quoted: Vec<String> = examples.iter().map(|example| format!("«{example}»")).collect();
    format!("{advice}: {}", quoted.join(" oppure "))
}

impl Target {
    /// A target with this comparison, number (a percentage is a fraction) and unit, as it can be written in a
    /// plan.
    pub fn written(operator: Operator, number: &Number, unit: TargetUnit) -> String {
        let plain = number.to_italian_exact();
        let amount = match unit {
            TargetUnit::Percent => format!("{}%", (number.clone() * &Number::from(100_i64)).to_cell()),
            TargetUnit::Days => format!("{plain} gg."),
            TargetUnit::WorkingDays => format!("{plain} gg. lavorativi"),
            TargetUnit::Euro => format!("{} €", euro_it(number)),
            TargetUnit::Minutes => format!("{plain} minuti"),
            TargetUnit::Plain | TargetUnit::Date => plain,
        };
        format!("{} {amount}", operator.symbol())
    }

    /// What was understood, in Italian: `maggiore di 46,82 %`.
    pub fn read_in_words(&self) -> String {
        if self.threshold == Threshold::Open {
            return OPEN.to_owned();
        }
        let operator = match self.operator {
            Operator::AtLeast => "almeno",
            Operator::AtMost => "al massimo",
            Operator::Over => "più di",
            Operator::Under => "meno di",
            Operator::Exactly => "esattamente",
            Operator::By => "entro il",
        };
        let threshold = match &self.threshold {
            Threshold::Date(date) => format!("{} (giorno compreso)", crate::model::date_it(*date)),
            Threshold::Baseline { year } => format!("il valore del {year}, da inserire"),
            Threshold::Number(number) => self.number_in_words(number),
            Threshold::Open => OPEN.to_owned(),
        };
        let implicit = if self.implicit { " (operatore implicito)" } else { "" };
        format!("{operator} {threshold}{implicit}")
    }

    fn number_in_words(&self, number: &Number) -> String {
        let one = number == &Number::one();
        match self.unit {
            TargetUnit::Percent => crate::model::ratio_it(number),
            TargetUnit::Days if one => "1 giorno".to_owned(),
            TargetUnit::Days => format!("{} giorni", number.to_italian(6)),
            TargetUnit::WorkingDays if one => "1 giorno lavorativo".to_owned(),
            TargetUnit::WorkingDays => format!("{} giorni lavorativi", number.to_italian(6)),
            TargetUnit::Euro => format!("{} €", euro_it(number)),
            TargetUnit::Minutes if one => "1 minuto".to_owned(),
            TargetUnit::Minutes => format!("{} minuti", number.to_italian(6)),
            TargetUnit::Plain | TargetUnit::Date => number.to_italian(6),
        }
    }
}
