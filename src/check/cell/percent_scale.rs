//! C05: a share below one per cent: `0,15` typed in a cell shown as a percentage.

use crate::check::rules::C05;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::model::{Number, Value, VoceType};

/// Judges every share; what is above 100 % is V04's.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind() == VoceType::Percentuale;
    walk::entries(context, ledger, &C05, applies, |item| {
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
