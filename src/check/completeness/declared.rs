//! Registers that an office declares complete up to a month: K04 and K16 judge each declaration.

use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Month, Rule};
use crate::plan::{Indicator, Voce, declared_month};

/// A declaration that can be read.
pub(super) struct Declared<'d, 'a> {
    /// The office's desk.
    pub(super) desk: &'d Desk<'a>,
    /// The indicator of the register.
    pub(super) indicator: &'a Indicator,
    /// The register.
    pub(super) voce: &'a Voce,
    /// Where it is declared.
    pub(super) entry: &'a Entry,
    /// The month up to which it is; `None` where none is said.
    pub(super) month: Option<Month>,
}

/// Judges each declaration; of one that cannot be read the check that says so is told.
pub(super) fn each(
    ctx: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    judge: impl Fn(&Context<'_>, &mut Ledger, &Declared<'_, '_>),
) {
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci().filter(|(_, voce)| voce.register.is_some()) {
            let Some(entry) = desk.submission.completeness.get(&voce.key) else { continue };
            let month = match desk.read(ledger, entry) {
                Reading::Value(value) => declared_month(value),
                Reading::Unusable(code) => {
                    ledger.skip(rule, depends_on(code));
                    continue;
                }
                Reading::Blank | Reading::Placeholder | Reading::NotApplicable => None,
            };
            judge(ctx, ledger, &Declared { desk, indicator, voce, entry, month });
        }
    }
}
