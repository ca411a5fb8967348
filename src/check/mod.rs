//! Checks: facts in, findings out. One check, one file, one screen; its page in `tests/checks/` is its
//! documentation, its example and its test.
//!
//! To add a check: a file with `RULE` and `run` in its family, its page, its line in the family's list.
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

/// The list of a family's checks, by code: the code, then the module (the page has both names).
macro_rules! checks {
    ($stage:ident: $($code:ident $name:ident),* $(,)?) => {
        /// The checks of this family, by code.
        pub(super) const CHECKS: &[crate::check::Check] = &[$(crate::check::Check {
            rule: &$name::RULE,
            run: $name::run,
            stage: crate::check::Stage::$stage,
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

/// A check: its rule, what it does, and its page.
#[derive(Clone, Copy)]
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    /// Looks at everything and writes in the ledger.
    pub run: fn(&Context<'_>, &mut Ledger),
    /// When it runs.
    pub stage: Stage,
    /// The name of its page in `tests/checks/`.
    pub page_name: &'static str,
    /// Its page: why, an example, the finding word for word, the mended entries.
    pub page: &'static str,
}
