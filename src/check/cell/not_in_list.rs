//! C21: not one of the values of the list, with the nearest one.

use super::wanted::wanted;
use crate::check::rules::C21;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};
use crate::model::{VoceType, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind() == VoceType::SiNo;
    walk::entries(context, ledger, &C21, applies, |item| {
        let EntryState::Wrong(Fault::NotInList { suggestion }) = &item.entry.state else { return None };
        let mut what = format!("qui serve {}: hai scritto {}", wanted(item), quoted(&item.entry.raw));
        if let Some(suggestion) = suggestion {
            what.push_str(&format!("; forse intendevi {}", quoted(suggestion)));
        }
        Some((wanted(item).to_owned(), what))
    });
}
