//! What is said of an entry while it is typed: a code for each, compiled from what the plan admits there, and
//! one sentence for the row.
//!
//! The number of a code is its weight: the worst one is told. From [`TO_MEND`] on an entry is to be put
//! right.

use super::cells::{explains_nothing, is_error, is_one_of, says_nothing};
use super::input;
use super::names::{self, known};
use crate::excel::{Call, Formula, Sign};
use crate::model::Month;
use crate::plan::{Domain, NO_WORDS, NOT_APPLICABLE_WORDS, RunningTotal, YES_WORDS};
use crate::write::style;

/// What may be said of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// Of a month after the chosen one.
    Early = 1,
    /// Due, and not there.
    Missing = 2,
    /// Looks like the total from January.
    Running = 3,
    /// A row of a register that is there already.
    Twice = 4,
    /// Does not apply, nobody says why.
    NoReason = 5,
    /// A part greater than its whole; in a month without activity, something.
    Part = 6,
    /// Stands over something that does not apply.
    Alone = 7,
    /// A day after the chosen month.
    Later = 8,
    /// Decimals where there are none.
    Decimals = 9,
    /// Beyond its bounds.
    Bounds = 10,
    /// The number of a day where a count is due.
    Day = 11,
    /// Not what is wanted at all.
    Wrong = 12,
}

impl Code {
    /// As a number.
    pub(super) fn number(self) -> i64 {
        self as i64
    }

    /// As a formula.
    pub(super) fn formula(self) -> Formula {
        Formula::whole(self.number())
    }
}

/// From this code on something is to be put right.
pub(super) const TO_MEND: i64 = Code::NoReason as i64;
/// From this one to that, something is to be explained.
pub(super) const TO_EXPLAIN: i64 = Code::Running as i64;

/// What the code of an entry depends on.
pub(super) struct Asked<'a> {
    /// What is typed.
    pub typed: Formula,
    pub domain: &'a Domain<'a>,
    /// When it is due and blank, if it ever is.
    pub due: Option<Formula>,
    /// Whether it is of a month after the chosen one.
    pub early: Option<Formula>,
    /// Where the reason of an n.a., or the note, may stand.
    pub reasons: Vec<Formula>,
    /// When it is a part greater than its whole.
    pub over: Option<Formula>,
    /// When it stands over something that does not apply.
    pub alone: Option<Formula>,
    /// When it looks like the total from January.
    pub running: Option<Formula>,
    /// When it names a row that is there already.
    pub twice: Option<Formula>,
}

impl<'a> Asked<'a> {
    /// An entry alone.
    pub(super) fn alone(typed: Formula, domain: &'a Domain<'a>) -> Self {
        Self {
            typed,
            domain,
            due: None,
            early: None,
            reasons: Vec::new(),
            over: None,
            alone: None,
            running: None,
            twice: None,
        }
    }
}

/// The code of an entry.
pub(super) fn code(asked: &Asked<'_>) -> Formula {
    // Where a text is due, a sign that says nothing is as good as a blank.
    let blank = match asked.domain {
        Domain::Text => says_nothing(&asked.typed),
        _ => asked.typed.clone().is(Formula::none()),
    };
    let missing = match &asked.due {
        Some(due) => Formula::choose(due.clone(), Code::Missing.formula(), Formula::whole(0)),
        None => Formula::whole(0),
    };
    let silent = asked.reasons.iter().map(explains_nothing);
    let silent = Formula::Call(Call::And, silent.collect());
    let na = Formula::choose(silent, Code::NoReason.formula(), Formula::whole(0));
    // In a register it leaves the row without what it needs.
    let na = if asked.reasons.is_empty() { missing.clone() } else { na };
    let na = match &asked.early {
        Some(early) => Formula::choose(early.clone(), Code::Early.formula(), na),
        None => na,
    };
    let text = match asked.domain {
        Domain::Answer => {
            let words = YES_WORDS.iter().chain(&NO_WORDS);
            Formula::choose(is_one_of(&asked.typed, words), Formula::whole(0), Code::Wrong.formula())
        }
        Domain::Text => {
            let twice = asked.twice.clone().map_or(Formula::whole(0), |twice| {
                Formula::choose(twice, Code::Twice.formula(), Formula::whole(0))
            });
            Formula::choose(is_error(&asked.typed), Code::Wrong.formula(), twice)
        }
        _ => Code::Wrong.formula(),
    };
    let text = match asked.domain {
        // A register is complete or it is not.
        Domain::Month | Domain::Text => text,
        _ => Formula::choose(is_one_of(&asked.typed, &NOT_APPLICABLE_WORDS), na, text),
    };
    let number = of_number(asked);
    Formula::choose(blank, missing, Formula::choose(asked.typed.clone().is_number(), number, text))
}

/// The code of a number.
fn of_number(asked: &Asked<'_>) -> Formula {
    let typed = || asked.typed.clone();
    let mut code = Formula::whole(0);
    let mut unless = |wrong: Option<Formula>, own: Code| {
        if let Some(wrong) = wrong {
            code = Formula::choose(wrong, own.formula(), code.clone());
        }
    };
    unless(asked.early.clone(), Code::Early);
    unless(asked.running.clone(), Code::Running);
    unless(asked.over.clone(), Code::Part);
    unless(asked.alone.clone(), Code::Alone);
    match asked.domain {
        Domain::Answer => {
            let neither = [0, 1].map(|flag| typed().signed(Sign::Unlike, Formula::whole(flag)));
            unless(Some(Formula::call(Call::And, neither)), Code::Wrong);
        }
        Domain::Text => {}
        domain => {
            if matches!(domain, Domain::Day(_)) {
                unless(Some(is_later(&typed())), Code::Later);
            }
            unless(input::broken(domain, &typed()), Code::Decimals);
            unless(input::beyond(domain, &typed()), Code::Bounds);
            unless(input::day(domain, &typed()), Code::Day);
        }
    }
    code
}

/// Whether `month` is the chosen one or comes before.
pub(super) fn has_come(month: Month) -> Formula {
    known(names::MONTH).signed(Sign::AtLeast, number(month))
}

/// Whether `month` comes after the chosen one.
pub(super) fn is_early(month: Month) -> Formula {
    let chosen = known(names::MONTH).signed(Sign::Above, Formula::whole(0));
    Formula::call(Call::And, [chosen, known(names::MONTH).signed(Sign::Under, number(month))])
}

/// Whether a day comes after the chosen month.
fn is_later(typed: &Formula) -> Formula {
    let chosen = known(names::LAST_DAY).signed(Sign::Above, Formula::whole(0));
    Formula::call(Call::And, [chosen, typed.clone().signed(Sign::Above, known(names::LAST_DAY))])
}

/// Whether the months up to `month`, the chosen one, look like totals from January, at their plainest: each
/// is greater than the one before. `None` of too few months.
pub(super) fn is_running(month: Month, typed: impl Fn(Month) -> Formula) -> Option<Formula> {
    if month.number() < RunningTotal::months() {
        return None;
    }
    let months: Vec<Month> = month.up_to().collect();
    let numbers = months.iter().map(|month| typed(*month).is_number());
    let growing = months.windows(2).filter_map(|pair| match pair {
        [one, next] => Some(typed(*next).signed(Sign::Above, typed(*one))),
        _ => None,
    });
    let (first, last) = (typed(Month::JANUARY), typed(month));
    let steps = i64::try_from(months.len()).unwrap_or(1) - 1;
    let added = last.clone().signed(Sign::Less, first.clone());
    let even = first
        .signed(Sign::Times, Formula::whole(steps))
        .signed(Sign::AtMost, added.signed(Sign::Times, Formula::whole(RunningTotal::FIRST.into())));
    let middle = months.get((months.len() - 1) / 2).copied().unwrap_or(month);
    let half = last
        .clone()
        .signed(Sign::AtMost, typed(middle).signed(Sign::Times, Formula::whole(RunningTotal::HALF.into())));
    let great = last.signed(Sign::AtLeast, Formula::whole(RunningTotal::SMALL.into()));
    let chosen = known(names::MONTH).is(number(month));
    let all = Formula::Call(Call::And, std::iter::once(chosen).chain(numbers).collect());
    let grows = Formula::Call(Call::And, growing.chain([even, half, great]).collect());
    Some(Formula::choose(all, grows, Formula::Flag(false)))
}

/// A month as a number.
pub(super) fn number(month: Month) -> Formula {
    Formula::whole(month.number().into())
}

/// The sentences of a row.
pub(super) struct Sentences<'a> {
    /// The worst code.
    pub worst: Formula,
    /// The name of its month, a colon and a blank; nothing of a value that is one for the year.
    pub when: Formula,
    /// What is said when nothing is wrong.
    pub fine: Formula,
    pub domain: &'a Domain<'a>,
    /// What is missing, in words, after the symbol.
    pub missing: Formula,
    /// The label of the whole, of a part.
    pub whole: &'a str,
    /// The labels of what it stands over.
    pub under: &'a str,
}

/// The verdict of a row.
pub(super) fn sentence(of: &Sentences<'_>) -> Formula {
    let after = |symbol: &str, words: String| {
        let opening = Formula::text(symbol).signed(Sign::And, of.when.clone());
        opening.signed(Sign::And, Formula::text(words))
    };
    let wanted = short(&without_example(&input::wanted(of.domain)));
    let choices = vec![
        of.worst.clone(),
        after("○ ", "è dopo il mese scelto".to_owned()),
        of.missing.clone(),
        after("▲ ", "sembra il totale da gennaio: scrivi solo il mese".to_owned()),
        after("▲ ", "riga già scritta sopra".to_owned()),
        after("▲ ", "n.a.: scrivi il motivo qui a destra".to_owned()),
        after("■ ", format!("è più di «{}»", short(of.whole))),
        after("■ ", format!("ma «{}» è n.a.", short(of.under))),
        after("■ ", "è dopo il mese scelto".to_owned()),
        after("■ ", decimals(of.domain).to_owned()),
        after("■ ", wanted.clone()),
        after("■ ", "è una data diventata numero: riscrivi il dato".to_owned()),
        after("■ ", is_text(of.domain, &wanted)),
    ];
    Formula::choose(
        of.worst.clone().is(Formula::whole(0)),
        of.fine.clone(),
        Formula::Call(Call::Choose, choices),
    )
}

/// What is said of a text where there is none.
fn is_text(domain: &Domain<'_>, wanted: &str) -> String {
    match domain {
        Domain::Number(_) => "è testo, il foglio non lo conta: scrivi il numero".to_owned(),
        Domain::Day(_) => "è testo, il foglio non lo conta: scrivi giorno/mese/anno".to_owned(),
        Domain::Month | Domain::Answer | Domain::Text => wanted.to_owned(),
    }
}

/// What is wanted, in the room of two lines.
fn without_example(wanted: &str) -> String {
    wanted.split_once(", per esempio").map_or_else(|| wanted.to_owned(), |(rule, _)| format!("{rule}."))
}

/// What is said of decimals where there are none.
pub(super) fn decimals(domain: &Domain<'_>) -> &'static str {
    match domain {
        Domain::Day(_) => "c'è anche l'ora: scrivi solo il giorno",
        _ => "qui non servono decimali",
    }
}

/// As much as a narrow column bears.
fn short(text: &str) -> String {
    style::cut(text, 90)
}
