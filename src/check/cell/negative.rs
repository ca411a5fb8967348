//! C07: a negative entry.

use crate::check::rules::C07;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::model::Value;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::entries(
        context,
        ledger,
        &C07,
        |item| item.kind().is_number() && !item.voce.free_sign,
        |item| {
            let number = item.value().and_then(Value::number).filter(|number| number.is_negative())?;
            let what = format!(
                "hai scritto {}, ma qui il valore non può essere negativo",
                number.to_italian_exact()
            );
            Some(("un numero da 0 in su".to_owned(), what))
        },
    );
}
