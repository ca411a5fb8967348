//! Checks: facts in, findings out. One check, one file, one screen; its page in `tests/checks/` is its
//! documentation, its example and its test.
//!
//! To add a check: a file with `RULE` and `run` in its family, its page, its line in the family's list,
//! which says what its findings put in doubt ([`Doubt`]).
//! Only this room makes findings. It never prints, never stops the run, never changes an entry.

mod alike;
mod catalogue;
mod context;
mod desk;
#[cfg(test)]
mod fixture;
mod gate;
mod ledger;
mod robust;
mod say;
mod unused;
mod walk;

pub use catalogue::{ALL, CATALOGUE, Judged, check, judge, rule, rules};
pub use completeness::pending::{Pending, pending};
pub use context::{Context, Outcome};
pub use ledger::{Checked, Ledger, Tally};
pub use robust::spread_per_mad;
pub use unused::{UNUSED, why_unused};

pub use crate::interpret::{Fate, Received};
use crate::model::Rule;

/// The list of a family's checks, by code: the code, the module (the page has both names), what its findings doubt.
macro_rules! checks {
    ($stage:ident: $($code:ident $name:ident: $doubt:ident),* $(,)?) => {
        /// The checks of this family, by code.
        pub(super) const CHECKS: &[crate::check::Check] = &[$(crate::check::Check {
            rule: &$name::RULE,
            run: $name::run,
            stage: crate::check::Stage::$stage,
            doubt: crate::check::Doubt::$doubt,
            page_name: concat!(stringify!($code), "-", stringify!($name), ".md"),
            page: include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"), "/tests/checks/", stringify!($code), "-", stringify!($name), ".md"
            )),
        }),*];
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
    /// Outcomes.
    Esito,
}

/// What the findings of a check put in doubt: so what answers one that could change a result of the final issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// What happened: the office knows, and its note says it.
    Fact,
    /// What else a cell or its workbook says: no note on the result answers that.
    Cell,
    /// What a blank cell stands for, which counts as not done: nor does a note, and a *nota* asks all the same.
    Blank,
    /// That the value that counts is the one that was meant: whatever it changes, a figure may be wrong.
    Value,
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
