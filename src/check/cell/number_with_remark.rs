//! C16: a value and a remark in one cell.

use super::wanted::wanted;
use crate::check::rules::C16;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};
use crate::model::quoted;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind().is_number();
    walk::entries(context, ledger, &C16, applies, |item| {
        let EntryState::Wrong(Fault::NumberWithRemark) = &item.entry.state else { return None };
        let what = format!("qui serve solo {}: hai scritto {}", wanted(item), quoted(&item.entry.raw));
        Some((wanted(item).to_owned(), what))
    });
}
