//! C05: a share below one per cent: `0,15` typed in a cell shown as a percentage.

use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::model::{Number, Rule, Severity, Value, VoceType};

pub(super) const RULE: Rule = Rule {
    code: "C05",
    name: "Percentuale forse cento volte più piccola",
    severity: Severity::DaMotivare,
    why: "In una cella in percentuale 0,15 può restare 0,15 %, che è cento volte meno di 15 %.",
    remedy: "Riscrivi la quota con il segno di percentuale, per esempio 15%, oppure spiega nella nota dell'indicatore perché è così piccola.",
    missing: false,
};

/// Judges every share; what is above 100 % is V04's.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind() == VoceType::Percentuale;
    walk::entries(context, ledger, &RULE, applies, |item| {
        let share = item.value().and_then(Value::number)?;
        let percent = share * &Number::from(100_i64);
        if percent <= Number::zero() || percent >= Number::one() {
            return None;
        }
        let meant = percent.clone() * &Number::from(100_i64);
        let what = format!("hai scritto {} %: volevi dire {} %?", percent.to_italian(6), meant.to_italian(4));
        Some(("una quota da 1 % in su, o 0".to_owned(), what))
    });
}
