//! Checks: facts in, findings out. The page of a check in `tests/checks/` is its rule, its documentation, its
//! example and its test.
//!
//! To add a check: its page, which has the words of its rule (`rules.rs`); its line in the family's list; its
//! function, in the family's file where a few lines say it, in one of its own otherwise.
//! Only this room makes findings. It never prints, never stops the run, never changes an entry.

mod alike;
mod answers;
mod catalogue;
mod context;
mod desk;
#[cfg(test)]
mod fixture;
mod gate;
mod ledger;
mod robust;
mod rules;
mod say;
mod unused;
mod walk;

pub use answers::{binding, concerns};
pub use catalogue::{ALL, CATALOGUE, Judged, check, judge, rule, rules, rules_after};
pub use completeness::pending::{Pending, pending};
pub use context::{Context, Facts, Outcome, Past};
pub use file::TAKE_OUT;
pub use ledger::{Checked, Ledger, Tally};
pub use previous::wants_a_reason;
pub use robust::spread_per_mad;
pub use rules::Doubt;
pub use unused::{UNUSED, why_unused};

pub use crate::interpret::{Fate, Received};
use crate::model::Rule;

/// The list of a family's checks, by code, and what each does: a function of its own (`C20: cut_text::run`),
/// or one that does it for many, with what it is told besides (`C01: entries(of_a_number, not_a_number)`).
macro_rules! checks {
    ($stage:ident: $($code:ident: $($name:ident)::+ $(($($told:expr),* $(,)?))?),* $(,)?) => {
        /// The checks of this family, by code.
        pub(super) const CHECKS: &[crate::check::Check] = &[$(crate::check::Check {
            rule: &crate::check::rules::$code,
            run: checks!(@run $code $($name)::+ $(($($told),*))?),
            stage: crate::check::Stage::$stage,
            doubt: crate::check::rules::pages::$code.doubt,
            page_name: crate::check::rules::pages::$code.name,
            page: crate::check::rules::pages::$code.text,
        }),*];
    };
    (@run $code:ident $($name:ident)::+) => { $($name)::+ };
    (@run $code:ident $($name:ident)::+ ($($told:expr),*)) => {
        |context, ledger| $($name)::+(context, ledger, &crate::check::rules::$code, $($told),*)
    };
}

mod cell;
mod completeness;
mod counting;
mod date;
mod file;
mod month;
mod office;
mod outcome;
mod plan;
mod previous;
mod ratio;
mod template;
mod value;
mod year;

/// When a check runs; what fails in a stage is not judged again in the next ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The file itself.
    Formale,
    /// The workbook against its template.
    Modello,
    /// Each cell alone.
    Cella,
    /// Values against each other.
    Coerenza,
    /// Month against month.
    Tempo,
    /// Year against year.
    Anno,
    /// Office against office.
    Uffici,
    /// What was consolidated already.
    Memoria,
    /// Outcomes.
    Esito,
}

/// A check: its rule, what it does, and its page.
#[derive(Clone, Copy)]
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    /// Looks at everything and writes in the ledger.
    pub run: fn(&Context<'_>, &mut Ledger),
    /// When it runs.
    pub stage: Stage,
    /// What its findings put in doubt.
    pub doubt: Doubt,
    /// The name of its page in `tests/checks/`.
    pub page_name: &'static str,
    /// Its page: why, an example, the finding word for word, the mended entries.
    pub page: &'static str,
}
