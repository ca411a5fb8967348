//! C12: a duration where hours are wanted, read as hours.

use crate::check::rules::C12;
use crate::check::{Context, Ledger};
use crate::model::{Number, Value, VoceType, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(
        context,
        ledger,
        &C12,
        |kind| kind == VoceType::Ore,
        |item, read| {
            let one = item.value().and_then(Value::number).is_some_and(|hours| hours == Number::one());
            let hours = if one { "ora" } else { "ore" };
            let (raw, taken) = (&item.entry.raw, &read.taken);
            let what = if read.is_text {
                format!("nella cella c'è il testo {}: è stato letto come {taken} {hours}", quoted(raw))
            } else {
                format!("nella cella c'è una durata, {raw}: è stata letta come {taken} {hours}")
            };
            ("un numero di ore".to_owned(), what)
        },
    );
}
